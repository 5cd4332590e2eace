import { type Command, InvalidArgumentError, Option } from "commander";
import type { FwCfgArgument } from "../../machine/qemu/fw-cfg-argument.ts";
import type { NicBackend } from "../../machine/qemu/machine.ts";
import { ovmfSwitch, ovmfSwitches } from "../../machine/qemu/ovmf-switches.ts";
import type { RouteName } from "../../machine/qemu/route.ts";
import { leadingZeros } from "../../text/ip.ts";
import type { Io } from "../io.ts";
import { optionOf } from "../options/add.ts";
import { repeatedOption as repeated } from "../options/list.ts";
import { memoryOption, parseCount } from "../options/machine.ts";
import { formatRow } from "../options/rows.ts";
import { addSourceArguments, type SourceArguments } from "../sources/arguments.ts";

/** Options of `nbft qemu`. */
export interface QemuOptions extends SourceArguments {
  readonly outputFormat: "shell" | "json" | "libvirt";
  readonly check?: true;
  readonly routes?: true;
  readonly route?: RouteName;
  readonly arch: "x86_64" | "aarch64";
  readonly machine?: string;
  readonly memory: number;
  readonly cpus: number;
  readonly cpu?: string;
  readonly accel?: readonly string[];
  readonly firmware?: string;
  readonly code?: string;
  readonly vars?: string;
  readonly template?: string;
  readonly net?: readonly NicBackend[];
  readonly target?: string;
  readonly nicModel?: string;
  readonly kernel?: string;
  readonly initrd?: string;
  readonly append?: string;
  readonly disk?: readonly { path: string; blockSize: number }[];
  readonly table?: string;
  readonly uuid?: string;
  readonly oemString?: readonly string[];
  readonly fwCfg?: readonly FwCfgArgument[];
  readonly switch?: readonly FwCfgArgument[];
  readonly name: string;
  readonly capture: string;
  readonly items?: string;
  readonly kernelVersion?: string;
  readonly qemuVersion?: string;
  readonly libvirtVersion?: string;
}

/** The machine type of the options: q35 on a PC, virt on Arm, unless said otherwise. */
export function machineOf({ machine, arch }: QemuOptions): string {
  return machine ?? (arch === "aarch64" ? "virt" : "q35");
}

/** Adds the options of `nbft qemu` to its command. */
export function addQemuOptions(command: Command, io: Io): Command {
  return addSourceArguments(command, io)
    .addOption(optionOf(formatRow(["shell", "json", "libvirt"], "what to print")))
    .option("--check", "look at files, sizes, pairs, ids and names first; exit 1 on an error")
    .option("--routes", "list every route for this machine with its reason, and stop")
    .addOption(
      new Option("--route <route>", "how the table gets in").choices([
        "acpitable",
        "initrd",
        "table-loader",
        "variables",
      ]),
    )
    .addOption(new Option("--arch <arch>", "architecture").choices(["x86_64", "aarch64"]).default("x86_64"))
    .option("--machine <type>", "machine type with options (default: q35, or virt)")
    .addOption(memoryOption().default(1024))
    .option("--cpus <n>", "number of CPUs", parseCount, 2)
    .option("--cpu <model>", "CPU model")
    .addOption(repeated("--accel <name>", "accelerator, with fallbacks (default: kvm, tcg)"))
    .option("--firmware <which>", "seabios, uefi (found by QEMU's firmware descriptors), or a file for -bios")
    .option("--code <file>", "firmware code for flash")
    .option("--vars <file>", "the machine's own firmware variables")
    .option("--template <file>", "variables to copy to --vars when that is not there")
    .addOption(
      repeated(
        "--net <backend>",
        "for each NIC: user, bridge:NAME, tap:NAME, stream:PATH or libvirt:NAME; {n} is its number",
        parseBackend,
      ),
    )
    .option("--target <address:port>", "where the table's targets really are, for the user network", parsePlace)
    .option("--nic-model <model>", "card model (default: virtio-net-pci)")
    .option("--kernel <file>", "kernel to boot")
    .option("--initrd <file>", "its initrd")
    .option("--append <text>", "its command line")
    .addOption(repeated("--disk <file[,block-size=4096]>", "disk, raw or qcow2", parseDisk))
    .option("--table <file>", "file for the table of a boot description, or of a container")
    .option("--uuid <uuid>", "system UUID, or host: that of the host NQN")
    .addOption(repeated("--oem-string <text>", "SMBIOS OEM string"))
    .addOption(repeated("--fw-cfg <name=string>", "fw_cfg item; NAME=@FILE for a file", parseItem))
    .addOption(
      repeated("--switch <key=value>", `OVMF switch: ${ovmfSwitches.map(({ key }) => key).join(", ")}`, parseSwitch),
    )
    .option("--name <name>", "name of the machine", "nbft")
    .option("--capture <dir>", "captured fw_cfg items for the table-loader route; auto: from QEMU itself", "auto")
    .option("--items <dir>", "where the table-loader route writes its items")
    .option("--kernel-version <version>", "the guest's Linux, to choose the route")
    .option("--qemu-version <version>", "QEMU's version, to choose the route")
    .option("--libvirt-version <version>", "libvirt's version; before 11.2 tables go on QEMU's command line");
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
