// Examples of the rules about virtual machines: a machine with one sound table, and what is different about it.
import { fwCfgItems, loaderItem, rsdpItem, tablesItem } from "../../../src/acpi/fw-cfg-capture.ts";
import { rsdpStructure } from "../../../src/acpi/rsdp.ts";
import { encodeTableLoader, type LoaderCommand } from "../../../src/acpi/table-loader.ts";
import type { Diagnostic } from "../../../src/diagnostic.ts";
import { checkMachine, type InspectedFile } from "../../../src/machine/qemu/check-machine.ts";
import { injectTables } from "../../../src/machine/qemu/inject.ts";
import type { MachineNic, MachineSpec } from "../../../src/machine/qemu/machine.ts";
import { userNetwork } from "../../../src/machine/qemu/network.ts";
import { planPci } from "../../../src/machine/qemu/pci-places.ts";
import type { qemuRules } from "../../../src/machine/qemu/rules.ts";
import { exampleBytes } from "../../../src/rules/example.ts";
import { encodeStructure } from "../../../src/structure/index.ts";
import { createVariableStore } from "../../../src/uefi/store/create-store.ts";
import type { MadeExample } from "./example.ts";

const nbft = exampleBytes({});

type Files = Readonly<Record<string, Uint8Array>>;

function fileOf(bytes: Uint8Array | undefined): InspectedFile | undefined {
  return bytes && { size: bytes.length, head: (length) => bytes.subarray(0, length), bytes: () => bytes };
}

/** A q35 that gets its table from the file NBFT. */
function machine(input: string, changes: Partial<MachineSpec>, files: Files = {}): MadeExample {
  const spec: MachineSpec = {
    name: "vm",
    architecture: "x86_64",
    machine: "q35",
    accelerators: ["tcg"],
    cpu: "max",
    cpus: 2,
    memory: 1024,
    firmware: { kind: "default" },
    nics: [],
    bridges: [],
    tables: [{ file: ["NBFT"] }],
    fwCfg: [],
    disks: [],
    ...changes,
  };
  const all: Files = { NBFT: nbft, ...files };
  return { input: [input], check: () => checkMachine(spec, (path) => fileOf(all[path])) };
}

/** The same with another table. */
const withTable = (input: string, bytes: Uint8Array) => machine(input, {}, { NBFT: bytes });
const item = (name: string, value: string) => ({ name, string: value });

function changed(at: number, ...bytes: readonly number[]): Uint8Array {
  const copy = nbft.slice();
  copy.set(bytes, at);
  return copy;
}

/** A table of a size, with an NBFT's header. */
function sized(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  bytes.set(nbft.subarray(0, 36));
  new DataView(bytes.buffer).setUint32(4, length, true);
  return bytes;
}

const nic = (id: string, mac: string): MachineNic => ({
  id,
  mac,
  model: "virtio-net-pci",
  place: undefined,
  backend: { kind: "user" },
});

function network(input: string, vlan: number | undefined, ...targets: readonly string[]): MadeExample {
  const one = { dhcp: false, address: "192.0.2.10", prefixLength: 24, ...(vlan !== undefined && { vlan }) };
  return {
    input: [input],
    check: () =>
      userNetwork(
        { mac: "52:54:00:12:34:56", names: ["HFI 1"], networks: [one] },
        "nics[0]",
        targets.map((traddr) => ({ traddr, trsvcid: 4420 })),
        undefined,
      ).diagnostics,
  };
}

/** A captured set of items whose script asks the firmware to write an address back. */
function writePointer(): readonly Diagnostic[] {
  const rsdt = new Uint8Array(36);
  rsdt.set(new TextEncoder().encode("RSDT"));
  rsdt[4] = 36;
  const rsdp = encodeStructure(rsdpStructure, { signature: "RSD PTR ", oemId: "TEST", revision: 0 }).slice(0, 20);
  const commands: LoaderCommand[] = [
    { kind: "allocate", file: tablesItem, align: 64, zone: "high" },
    { kind: "allocate", file: rsdpItem, align: 16, zone: "fseg" },
    { kind: "add-checksum", file: tablesItem, result: 9, start: 0, length: 36 },
    { kind: "add-pointer", file: rsdpItem, target: tablesItem, offset: 16, size: 4 },
    { kind: "add-checksum", file: rsdpItem, result: 8, start: 0, length: 20 },
    { kind: "write-pointer", file: "etc/vmgenid_addr", target: tablesItem, offset: 0, targetOffset: 0, size: 8 },
  ];
  const items = { [tablesItem]: rsdt, [rsdpItem]: rsdp, [loaderItem]: encodeTableLoader(commands, 128) };
  return injectTables(fwCfgItems(items), [nbft]).diagnostics;
}

const flash = { kind: "flash", code: "CODE.fd", vars: "VARS.fd" } as const;
const code = new Uint8Array(1_966_080);
const vars = createVariableStore("2M");

/** An example of each rule. */
export const machineExamples: Readonly<Record<keyof typeof qemuRules, MadeExample>> = {
  Q001: withTable("the table has 65536 bytes", sized(65_536)),
  Q002: withTable("the file has 20 bytes", nbft.subarray(0, 20)),
  Q003: withTable("the table is followed by four bytes", Uint8Array.from([...nbft, 0, 0, 0, 0])),
  Q004: withTable("the checksum is 0", changed(9, 0)),
  Q005: machine("the table is in a:b", { tables: [{ file: ["a:b"] }] }, { "a:b": nbft }),
  Q006: machine(
    "there are 32 tables of 65535 bytes",
    { tables: new Array(32).fill({ file: ["NBFT"] }) },
    {
      NBFT: sized(65_535),
    },
  ),
  Q007: machine("the machine is Arm's virt", { architecture: "aarch64", machine: "virt" }),
  Q008: machine("the machine is isapc", { machine: "isapc" }),
  Q011: machine("-acpitable file=NBFT,sig=TEST", { tables: [{ file: ["NBFT"], sig: "TEST" }] }),
  Q012: withTable("the table has 60000 bytes", sized(60_000)),
  Q020: machine("an item's name has 56 characters", { fwCfg: [item(`opt/${"x".repeat(52)}`, "a")] }),
  Q021: machine("an item is called etc/mine", { fwCfg: [item("etc/mine", "a")] }),
  Q022: machine("two items are called opt/a", { fwCfg: [item("opt/a", "1"), item("opt/a", "2")] }),
  Q023: machine("there are 18 items", { fwCfg: Array.from({ length: 18 }, (_, i) => item(`opt/${i}`, "a")) }),
  Q024: machine("an item has an empty text", { fwCfg: [item("opt/a", "")] }),
  Q030: machine(
    "CODE is of a 4M build, VARS of a 2M build",
    { firmware: flash },
    {
      "CODE.fd": new Uint8Array(3_653_632),
      "VARS.fd": vars,
    },
  ),
  Q031: machine("CODE is named as VARS, and VARS as CODE", { firmware: flash }, { "CODE.fd": vars, "VARS.fd": code }),
  Q032: machine(
    "CODE has 1966081 bytes",
    { firmware: flash },
    {
      "CODE.fd": new Uint8Array(1_966_081),
      "VARS.fd": vars,
    },
  ),
  Q033: machine("there is no file vmlinuz", { kernel: "vmlinuz" }),
  Q034: machine("the machine is Arm's virt, without firmware", {
    architecture: "aarch64",
    machine: "virt",
    tables: [],
  }),
  Q040: machine("two NICs have the id net0", {
    nics: [nic("net0", "52:54:00:12:34:56"), nic("net0", "52:54:00:12:34:57")],
  }),
  Q041: machine("two NICs have one MAC address", {
    nics: [nic("net0", "52:54:00:12:34:56"), nic("net1", "52:54:00:12:34:56")],
  }),
  Q042: {
    input: ["the table says PCI place 0000:00:1f.0, on q35"],
    check: () => planPci(["0000:00:1f.0"], "q35").diagnostics,
  },
  Q043: { input: ["the HFI has no PCI place"], check: () => planPci([undefined], "q35").diagnostics },
  Q044: network("two targets are in the NIC's network", undefined, "192.0.2.20", "192.0.2.21"),
  Q045: network("the HFI has VLAN 7", 7),
  Q051: machine("the machine is q35,acpi=off", { machine: "q35,acpi=off" }),
  Q052: { input: ["the script writes an address back to etc/vmgenid_addr"], check: writePointer },
  Q060: machine("the system UUID is x", { smbios: { uuid: "x" } }),
};
