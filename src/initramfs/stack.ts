import { behavioursOf, findRelease, type KnownRelease } from "../consumers/behaviours/index.ts";
import type { Stack } from "../consumers/stacks.ts";
import { type InitramfsDescription, wordsOf } from "./description.ts";

/** The programs in an initramfs as a stack, or a sentence why there is none that can be predicted. */
export function stackOfInitramfs(name: string, description: InitramfsDescription): Stack | string {
  const { dracut, nvmeCli, networkManager, networkManagerReadsNbft } = description;
  if (!dracut) return "it was not made by dracut, or does not say by which: what it does with an NBFT is not known";
  const release = findRelease("dracut", dracut.value);
  if (!release) return `${dracut.value} is not a release of dracut`;
  const connects = nvmeCli && findRelease("nvme-cli", nvmeCli.value);
  if (!connects) return nvmeCli ? `${nvmeCli.value} is not a release of nvme-cli` : "it has no nvme-cli";
  return {
    name,
    dracut: release,
    nvmeCli: connects,
    networkManager: networkManager && managerOf(networkManager.value, networkManagerReadsNbft?.value ?? false),
    nvmeDiscoverd: undefined,
    nvmeStas: undefined,
    generic: !(description.hostOnly?.value ?? true),
    leavesNetwork: leavesNetwork(description),
    seen: undefined,
  };
}

function managerOf(version: string, reads: boolean): KnownRelease | undefined {
  const known = findRelease("networkmanager", version);
  if (!known || reads || !behavioursOf("networkmanager", version).readsNbft) return known;
  return findRelease("networkmanager", `${version}-without-nbft`);
}

/** Whether `rd.nvmf.nm=1` is among the words that the initramfs adds to the command line. */
function leavesNetwork({ commandLine }: InitramfsDescription): boolean {
  return wordsOf(commandLine).some(({ word }) => /^rd\.nvmf\.nm(?:=(?:1|yes|on|true))?$/.test(word));
}
