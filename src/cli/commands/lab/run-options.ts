import { type Command, InvalidArgumentError, Option } from "commander";
import type { RunOptions } from "../../../lab/run.ts";
import { faults } from "../../../lab/topology/topology.ts";
import { leadingZeros } from "../../../text/ip.ts";
import { listOption, repeatedOption } from "../../options/list.ts";
import { memoryOption } from "../../options/machine.ts";

/** Options that a run takes as they are: the option by the field of {@link RunOptions} that it sets. One more is one more line. */
const passed = {
  via: new Option("--via <way>", "how the table gets into the machine")
    .choices(["acpitable", "initrd"])
    .default("acpitable"),
  overlays: repeatedOption("--overlay <file>", "archive (cpio) to append to the initramfs"),
  commandLine: new Option("--cmdline <text>", "what to say about the root file system, instead of the lab's own"),
  append: new Option("--append <text>", "more for the kernel's command line"),
  exactCommandLine: new Option("--exact-cmdline", "put nothing there to make an emulated machine faster"),
  system: new Option(
    "--system <folder|tar|image>",
    "a whole system to boot: its files, or its disk, raw or qcow2, which is not written to",
  ),
  target: new Option("--target <address:port>", "a target that runs already, instead of the lab's").argParser(
    parseTarget,
  ),
  faults: listOption("--fault <names>", "break something on purpose", Object.keys(faults)),
  disks: repeatedOption("--disk <image>", "disk of the host itself; it is not written to"),
  shuffle: new Option("--no-shuffle", "keep the table's own names and addresses instead of new ones for this run"),
  nicModel: new Option("--nic-model <model>", "QEMU's network card"),
  memory: memoryOption(),
  qemu: new Option("--qemu <program>", "QEMU to use"),
  qemuArguments: repeatedOption("--qemu-arg <word>", "one more argument for the host's QEMU: --qemu-arg=-device"),
  timeout: new Option("--timeout <seconds>", "longest time that the host may run").argParser(parsePositive),
  keep: new Option("--keep", "keep the folder of the run"),
} as const satisfies Partial<Record<keyof RunOptions, Option>>;

/** Adds those options to a command. */
export function addPassedOptions(command: Command): Command {
  for (const option of Object.values(passed)) command.addOption(option);
  return command;
}

/** What was given of them, for the run. */
export function passedOptions(given: object): Pick<RunOptions, keyof typeof passed> {
  const values = given as Readonly<Record<string, unknown>>;
  const entries = Object.entries(passed).map(([field, option]) => [field, values[option.attributeName()]] as const);
  return Object.fromEntries(entries) as unknown as Pick<RunOptions, keyof typeof passed>;
}

function parseTarget(text: string): { address: string; port: number } {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:[\]]+)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (!match || port < 1 || port > 65535) throw new InvalidArgumentError("expected ADDRESS:PORT or [ADDRESS]:PORT");
  const zeros = leadingZeros(text, () => true);
  if (zeros !== undefined) throw new InvalidArgumentError(zeros);
  return { address: match[1] ?? match[2]!, port };
}

function parsePositive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError("expected a number above 0");
  return value;
}
