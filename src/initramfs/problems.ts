import { behavioursOf } from "../consumers/behaviours/index.ts";
import type { Stack } from "../consumers/stacks.ts";
import { type InitramfsDescription, type KernelModule, wordsOf } from "./description.ts";
import { type DemandingPath, type InitramfsProblem, problemsOfKeys } from "./key-problems.ts";

/** What is wrong with an initramfs for a boot by NBFT, the worst first. */
export function problemsOfInitramfs(
  description: InitramfsDescription,
  stack: Stack | string,
  tagged: boolean,
  secured: readonly DemandingPath[] = [],
): InitramfsProblem[] {
  const problems: InitramfsProblem[] = [];
  const add = (fatal: boolean, message: string, file?: string) => problems.push({ fatal, message, file });
  if (!description.nvmfHook) add(true, "dracut's module nvmf is missing: nothing reads an NBFT (dracut --add nvmf)");
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
