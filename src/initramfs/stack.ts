import { behavioursOf, findRelease, type KnownRelease } from "../consumers/behaviours/index.ts";
import type { Stack } from "../consumers/stacks.ts";
import type { InitramfsDescription, KernelModule } from "./description.ts";
import { type DemandingPath, problemsOfKeys } from "./keys.ts";

/** Something that a boot by NBFT needs and the initramfs lacks, or that will go wrong in it. */
export interface InitramfsProblem {
  /** Whether the boot cannot work with it; else it may. */
  readonly fatal: boolean;
  readonly message: string;
  /** The file that shows it. */
  readonly file?: string | undefined;
}

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

function wordsOf(files: InitramfsDescription["commandLine"]): { word: string; file: string }[] {
  return files.flatMap(({ file, words }) => words.map((word) => ({ word, file })));
}

/** What is wrong with an initramfs for a boot by NBFT, the worst first. */
export function problemsOfInitramfs(
  description: InitramfsDescription,
  stack: Stack | string,
  tagged: boolean,
  secured: readonly DemandingPath[] = [],
): InitramfsProblem[] {
  const problems: InitramfsProblem[] = [];
  const add = (fatal: boolean, message: string, file?: string) => problems.push({ fatal, message, file });
  if (!description.nvmfHook) add(true, "dracut's module nvmf is missing: nothing looks at an NBFT (dracut --add nvmf)");
  if (!description.nvmeCli) add(true, "nvme-cli is missing: nothing reads an NBFT");
  if (!description.jq) add(true, "jq is missing: dracut cannot read what nvme-cli prints (dracut --install jq)");
  if (typeof stack !== "string" && !behavioursOf("nvme-cli", stack.nvmeCli.release).readsNbft) {
    add(true, `nvme-cli ${stack.nvmeCli.release} cannot read an NBFT`, description.nvmeCli?.file);
  }
  for (const module of description.modules) addModule(module, tagged, add);
  problems.push(...problemsOfKeys(description, stack, secured));
  const hand = wordsOf(description.commandLine).find(({ word }) => /^rd\.nvmf\.nm(?:=1)?$/.test(word));
  if (hand && !(description.networkManagerReadsNbft?.value ?? false)) {
    const who = description.networkManager ? "its NetworkManager cannot read an NBFT" : "it has no NetworkManager";
    add(true, `${hand.word} leaves the network to NetworkManager, and ${who}: there is no network`, hand.file);
  }
  const off = wordsOf(description.commandLine).find(({ word }) => /^rd\.nvmf\.nonbft|^rd\.nonvmf/.test(word));
  if (off) add(true, `${off.word} turns NBFTs off`, off.file);
  if (description.hostOnly?.value) {
    add(
      false,
      "it was made for one machine (host-only): on another one drivers may be missing",
      description.hostOnly.file,
    );
  }
  return problems.sort((a, b) => Number(b.fatal) - Number(a.fatal));
}

function addModule(
  { name, state }: KernelModule,
  tagged: boolean,
  add: (fatal: boolean, message: string, file?: string) => void,
): void {
  if (state !== "missing") return;
  if (name === "nvme_tcp") add(true, "the kernel module nvme_tcp is missing: nothing can connect");
  else if (name === "8021q")
    add(tagged, `the kernel module 8021q is missing: there are no VLANs${tagged ? ", and the table has one" : ""}`);
  else add(true, `the kernel module ${name} of a network card is missing`);
}
