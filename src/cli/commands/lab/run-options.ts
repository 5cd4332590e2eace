import { InvalidArgumentError } from "commander";
import type { RunOptions } from "../../../lab/run.ts";
import { faults } from "../../../lab/topology/topology.ts";
import { leadingZeros } from "../../../text/ip.ts";
import { memoryRow } from "../../options/machine-rows.ts";
import { type OptionRow, optionName } from "../../options/rows.ts";

/** Options that a run takes as they are: the option by the field of {@link RunOptions} that it sets. One more is one more row. */
const passed = {
  via: {
    flags: "--via <way>",
    description: "how to pass the table to the machine",
    choices: ["acpitable", "initrd"],
    default: "acpitable",
  },
  overlays: { flags: "--overlay <file>", description: "archive (cpio) to append to the initramfs", repeated: true },
  commandLine: {
    flags: "--cmdline <text>",
    description: "root file system options, instead of the lab's own",
  },
  append: { flags: "--append <text>", description: "more options for the kernel command line" },
  exactCommandLine: { flags: "--exact-cmdline", description: "add no options that speed up emulation" },
  system: {
    flags: "--system <folder|tar|image>",
    description: "system to boot: its files, or its disk, raw or qcow2 (never written to)",
  },
  target: {
    flags: "--target <address:port>",
    description: "a running target, instead of the lab's",
    parse: parseTarget,
  },
  faults: {
    flags: "--fault <names>",
    description: "break something on purpose",
    list: true,
    choices: Object.keys(faults),
  },
  disks: { flags: "--disk <image>", description: "local disk of the host (never written to)", repeated: true },
  shuffle: {
    flags: "--no-shuffle",
    description: "keep the table's names and addresses instead of using new ones",
  },
  nicModel: { flags: "--nic-model <model>", description: "QEMU's network card" },
  memory: memoryRow,
  qemu: { flags: "--qemu <program>", description: "QEMU to use" },
  qemuArguments: {
    flags: "--qemu-arg <word>",
    description: "argument for the host's QEMU: --qemu-arg=-device",
    repeated: true,
  },
  timeout: {
    flags: "--timeout <seconds>",
    description: "time limit for the host",
    parse: parsePositive,
  },
  keep: { flags: "--keep", description: "keep the folder of the run" },
} as const satisfies Partial<Record<keyof RunOptions, OptionRow>>;

/** Those options. */
export const passedRows: readonly (typeof passed)[keyof typeof passed][] = Object.values(passed);

/** What was given of them, for the run. */
export function passedOptions(given: object): Pick<RunOptions, keyof typeof passed> {
  const values = given as Readonly<Record<string, unknown>>;
  const entries = Object.entries(passed).map(([field, row]) => [field, values[optionName(row)]] as const);
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
