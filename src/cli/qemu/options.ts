import { InvalidArgumentError } from "commander";
import type { FwCfgArgument } from "../../machine/qemu/fw-cfg-argument.ts";
import type { NicBackend } from "../../machine/qemu/machine.ts";
import { ovmfSwitch, ovmfSwitches } from "../../machine/qemu/ovmf-switches.ts";
import { routeNames } from "../../machine/qemu/route.ts";
import { leadingZeros } from "../../text/ip.ts";
import { memoryRow, parseCount } from "../options/machine-rows.ts";
import type { OptionsOf } from "../options/options-of.ts";
import { formatRow, type OptionRow } from "../options/rows.ts";
import { sourceRows } from "../options/table-rows.ts";

/** Accelerators that are tried where nobody names one. */
export const accelerators = ["kvm", "tcg"] as const;

/** The options of `nbft qemu`. */
export const qemuRows = [
  ...sourceRows,
  formatRow(["shell", "json", "libvirt"], "what to print"),
  { flags: "--check", description: "check files, sizes, pairs, ids and names first; exit 1 on an error" },
  { flags: "--routes", description: "list the routes for this machine with reasons, and exit" },
  {
    flags: "--route <route>",
    description: "how to pass the table",
    choices: routeNames,
  },
  { flags: "--arch <arch>", description: "architecture", choices: ["x86_64", "aarch64"], default: "x86_64" },
  { flags: "--machine <type>", description: "machine type with options (default: q35, or virt)" },
  { ...memoryRow, default: 1024 },
  { flags: "--cpus <n>", description: "number of CPUs", parse: parseCount, default: 2 },
  { flags: "--cpu <model>", description: "CPU model" },
  {
    flags: "--accel <name>",
    description: `accelerator, with fallbacks (default: ${accelerators.join(", ")})`,
    repeated: true,
  },
  {
    flags: "--firmware <which>",
    description: "seabios, uefi (found by QEMU's firmware descriptors), or a file for -bios",
  },
  { flags: "--code <file>", description: "firmware code for flash" },
  { flags: "--vars <file>", description: "the machine's own firmware variables" },
  { flags: "--template <file>", description: "variables to copy to --vars if that file does not exist" },
  {
    flags: "--net <backend>",
    description: "for each NIC: user, bridge:NAME, tap:NAME, stream:PATH or libvirt:NAME; {n} is its number",
    repeated: true,
    parse: parseBackend,
  },
  {
    flags: "--target <address:port>",
    description: "real address of the table's targets, for the user network",
    parse: parsePlace,
  },
  { flags: "--nic-model <model>", description: "card model (default: virtio-net-pci)" },
  { flags: "--kernel <file>", description: "kernel to boot" },
  { flags: "--initrd <file>", description: "its initrd" },
  { flags: "--append <text>", description: "its command line" },
  { flags: "--disk <file[,block-size=4096]>", description: "disk, raw or qcow2", repeated: true, parse: parseDisk },
  { flags: "--table <file>", description: "file for the table of a boot description, or of a container" },
  { flags: "--uuid <uuid>", description: "system UUID, or host: that of the host NQN" },
  { flags: "--oem-string <text>", description: "SMBIOS OEM string", repeated: true },
  {
    flags: "--fw-cfg <name=string>",
    description: "fw_cfg item; NAME=@FILE for a file",
    repeated: true,
    parse: parseItem,
  },
  {
    flags: "--switch <key=value>",
    description: `OVMF switch: ${ovmfSwitches.map(({ key }) => key).join(", ")}`,
    repeated: true,
    parse: parseSwitch,
  },
  { flags: "--name <name>", description: "name of the machine", default: "nbft" },
  {
    flags: "--capture <dir>",
    description: "captured fw_cfg items for the table-loader route; auto: from QEMU itself",
    default: "auto",
  },
  { flags: "--items <dir>", description: "where the table-loader route writes its items" },
  { flags: "--kernel-version <version>", description: "the guest's Linux, to choose the route" },
  { flags: "--qemu-version <version>", description: "QEMU's version, to choose the route" },
  {
    flags: "--libvirt-version <version>",
    description: "libvirt's version; before 11.2 tables go on QEMU's command line",
  },
] as const satisfies readonly OptionRow[];

/** What `nbft qemu` is given. */
export type QemuOptions = OptionsOf<typeof qemuRows>;

/** The machine type of the options: q35 on a PC, virt on Arm, unless said otherwise. */
export function machineOf({ machine, arch }: QemuOptions): string {
  return machine ?? (arch === "aarch64" ? "virt" : "q35");
}

function parseBackend(text: string): NicBackend {
  const [kind = "", ...rest] = text.split(":");
  const name = rest.join(":");
  if (kind === "user" && name === "") return { kind: "user" };
  if (name !== "" && kind === "stream") return { kind, path: name };
  if (name !== "" && (kind === "bridge" || kind === "tap" || kind === "libvirt")) return { kind, name };
  throw new InvalidArgumentError("expected user, bridge:NAME, tap:NAME, stream:PATH or libvirt:NAME");
}

/** `HOST:PORT`: they become words of the command that QEMU runs for a connection. */
function parsePlace(text: string): string {
  if (!/^(\[[0-9a-fA-F:.%]+\]|[A-Za-z0-9.-]+):\d{1,5}$/.test(text))
    throw new InvalidArgumentError("expected ADDRESS:PORT");
  const zeros = leadingZeros(text, () => true);
  if (zeros !== undefined) throw new InvalidArgumentError(zeros);
  return text;
}

function parseDisk(text: string): { path: string; blockSize: number } {
  const match = /^(.+?)(?:,block-size=(512|4096))?$/.exec(text);
  if (!match) throw new InvalidArgumentError("expected FILE or FILE,block-size=4096");
  return { path: match[1]!, blockSize: Number(match[2] ?? 512) };
}

function parseItem(text: string): FwCfgArgument {
  const match = /^([^=]+)=(@?)(.+)$/s.exec(text);
  if (!match) throw new InvalidArgumentError("expected NAME=STRING or NAME=@FILE");
  return match[2] === "@" ? { name: match[1]!, file: match[3]! } : { name: match[1]!, string: match[3]! };
}

function parseSwitch(text: string): FwCfgArgument {
  const [key = "", ...rest] = text.split("=");
  const item = ovmfSwitch(key, rest.join("="));
  if (typeof item === "string") throw new InvalidArgumentError(item);
  return item;
}
