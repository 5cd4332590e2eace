import { longestAcpitable } from "./acpitable.ts";

/** All of them. */
export const routeNames = ["acpitable", "initrd", "table-loader", "variables"] as const;

/** A way by which a table gets into a guest. */
export type RouteName = (typeof routeNames)[number];

/** What decides about the ways. */
export interface RouteQuestion {
  /** `x86_64`, `i386`, `aarch64`, `riscv64`, `loongarch64`, … */
  readonly architecture: string;
  /** QEMU machine type without its version: `q35`, `pc`, `microvm`, `virt`, …; with options as in `q35,acpi=off`. */
  readonly machine: string;
  /** QEMU's version, for example `7.2`; unknown where absent. */
  readonly qemu?: string;
  /** Version of the guest's Linux, for example `6.12`; unknown where absent. */
  readonly kernel?: string;
  /** The guest's firmware; `none` for a kernel started without one. Unknown where absent. */
  readonly firmware?: "seabios" | "ovmf" | "aavmf" | "none";
  /** SeaBIOS's version, which matters with ACPI off. */
  readonly seabios?: string;
  /** Size of each table in bytes. */
  readonly sizes?: readonly number[];
  /** Whether the guest's kernel and initrd are given on QEMU's command line, or can be changed. */
  readonly initrd?: boolean;
  /** Whether the tables have to arrive with a wrong checksum or length. */
  readonly broken?: boolean;
  /** Whether the kernel is locked down. */
  readonly lockdown?: boolean;
}

/** A way, whether it works, and why. */
export interface Route {
  /** Which way: `-acpitable`, an initrd, fw_cfg's table-loader, or the firmware's own variables. */
  readonly name: RouteName;
  /** Whether the table gets into the guest this way. */
  readonly usable: boolean;
  /** The reason, as a sentence without full stop. */
  readonly reason: string;
  /** What to know when it is used. */
  readonly notes: readonly string[];
}

/** First release of Linux that takes an NBFT from an initrd. */
const initrdKernel = "6.3";

/** Every way, best first: the usable ones, then those that are not, each with its reason. */
export function routesFor(question: RouteQuestion): Route[] {
  const routes = [acpitableRoute(question), initrdRoute(question), tableLoaderRoute(question)];
  return [...routes.filter(({ usable }) => usable), ...routes.filter(({ usable }) => !usable)];
}

function isX86(architecture: string): boolean {
  return architecture === "x86_64" || architecture === "i386";
}

/** Type and options of `q35,acpi=off`; versions such as `pc-q35-7.2` are the type's own. */
export function parseMachine(machine: string): { type: string; acpi: boolean } {
  const [name = "", ...options] = machine.split(",");
  const type = /^pc-q35-|^q35$/.test(name)
    ? "q35"
    : /^pc-i440fx-|^pc$/.test(name)
      ? "pc"
      : /^virt(-|$)/.test(name)
        ? "virt"
        : name;
  return { type, acpi: !options.some((option) => /^acpi=(off|no)$/.test(option)) };
}

function acpitableRoute(question: RouteQuestion): Route {
  const no = (reason: string): Route => ({ name: "acpitable", usable: false, reason, notes: [] });
  const { type, acpi } = parseMachine(question.machine);
  if (!isX86(question.architecture))
    return no(`qemu-system-${question.architecture} refuses -acpitable ("Option not supported for this target")`);
  if (type === "microvm") return no("microvm accepts -acpitable and drops the table silently");
  if (type === "isapc" || type === "none") return no(`${type} has no ACPI: the table is dropped silently`);
  if (!acpi && !(type === "q35" && question.firmware === "seabios" && isBefore(question.seabios, "1.17")))
    return no("with acpi=off the table is dropped; only SeaBIOS up to 1.16 on q35 shows it, from a legacy item");
  const large = question.sizes?.find((size) => size > longestAcpitable);
  if (large !== undefined) return no(`a table of ${large} bytes is refused, ${longestAcpitable} is the most`);
  if (question.broken) return no("QEMU rewrites Length and Checksum: a wrong one never reaches the guest");
  return {
    name: "acpitable",
    usable: true,
    reason: `${type} appends the table to its own, byte for byte, for every firmware and kernel`,
    notes:
      (question.sizes?.length ?? 1) > 1
        ? ["Linux names several tables NBFT1, NBFT2 …; there is no plain NBFT then"]
        : [],
  };
}

function initrdRoute(question: RouteQuestion): Route {
  const no = (reason: string): Route => ({ name: "initrd", usable: false, reason, notes: [] });
  if (question.initrd === false) return no("the guest's initrd cannot be changed");
  if (question.kernel !== undefined && isBefore(question.kernel, initrdKernel))
    return no(
      `Linux ${question.kernel} does not know the signature NBFT in an initrd; ${initrdKernel} is the first that does`,
    );
  if (!isX86(question.architecture) && question.architecture !== "aarch64" && question.architecture !== "loongarch64")
    return no(`Linux has no ACPI table upgrade on ${question.architecture}`);
  if (question.broken) return no("Linux refuses a table with a wrong checksum or length in an initrd");
  const { acpi } = parseMachine(question.machine);
  if (!acpi) return no("without ACPI the kernel has no list of tables to add one to");
  const notes = ["needs CONFIG_ACPI_TABLE_UPGRADE; works without QEMU, too, on real machines and other hypervisors"];
  if (question.kernel === undefined) notes.push(`needs Linux ${initrdKernel} or later`);
  if (question.lockdown)
    notes.push(
      "a locked-down kernel may ignore it: seen to be taken by 6.12 and 7.2 on x86, expected to be ignored by 6.3 to 6.11",
    );
  notes.push("only Linux sees the table: firmware and boot loader do not");
  return {
    name: "initrd",
    usable: true,
    reason: "Linux adds the table from an uncompressed archive at the start of the initrd",
    notes,
  };
}

function tableLoaderRoute(question: RouteQuestion): Route {
  const no = (reason: string): Route => ({ name: "table-loader", usable: false, reason, notes: [] });
  const { type } = parseMachine(question.machine);
  const known = ["q35", "pc", "virt"].includes(type);
  if (!known) return no(`a full set of fw_cfg items was tried on q35 and on Arm's virt only, not on ${type}`);
  if (type === "virt" && question.architecture !== "aarch64") return no(`not tried on ${question.architecture}`);
  if (question.broken && question.firmware !== undefined && question.firmware !== "seabios")
    return no("OVMF and AAVMF take a table with a wrong checksum for data and install nothing; SeaBIOS hands it over");
  return {
    name: "table-loader",
    usable: true,
    reason: `acpi=off and a captured set of items with the table added${type === "virt" ? ": the only way on virt's command line that firmware sees" : ""}`,
    notes: [
      "the machine must have the shape of the captured one: CPUs, memory, PCI holes",
      "vmgenid, NVDIMM and TPM write-back do not work",
      'QEMU warns that the items are not named "opt/…"',
    ],
  };
}

/** Compares version numbers part by part; an unknown version is not before anything. */
export function isBefore(version: string | undefined, other: string): boolean {
  if (version === undefined) return false;
  const parts = (text: string) => (text.match(/\d+/g) ?? []).map(Number);
  const [left, right] = [parts(version), parts(other)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
