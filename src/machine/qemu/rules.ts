import type { Diagnostic, SpecRef } from "../../diagnostic.ts";
import { ruleTable } from "../../rule-info.ts";

const core: SpecRef = { doc: "QEMU hw/acpi/core.c", rev: "11.1" };
const fwCfg: SpecRef = { doc: "QEMU hw/nvram/fw_cfg.c", rev: "11.1" };
const flash: SpecRef = { doc: "QEMU hw/i386/pc_sysfw.c", rev: "11.1" };
const loader: SpecRef = { doc: "QEMU hw/acpi/bios-linker-loader.c", rev: "11.1" };
const slirp: SpecRef = { doc: "QEMU docs/system/devices/net.rst", rev: "11.1" };

/** Rules about a virtual machine: what QEMU refuses, changes or drops, and what a guest will not find. */
export const qemuRules = ruleTable(
  { doc: "QEMU qemu-options.hx", rev: "11.1" },
  {
    Q001: {
      name: "acpitable-large",
      severity: "error",
      summary: "A table for -acpitable has at most 65535 bytes.",
      why: "QEMU keeps its length in 16 bits and refuses to start with a larger one.",
      hint: "Put the table into an initrd (nbft initrd), or into the loader's files (nbft qemu --route table-loader)",
      spec: core,
    },
    Q002: {
      name: "acpitable-short",
      severity: "error",
      summary: "A table given with file= has at least the 36 bytes of an ACPI table header.",
      why: "QEMU uses the first 36 bytes as the header and refuses to start without them.",
      hint: "Name the file of a whole table; data= is for a body without header",
      spec: core,
    },
    Q003: {
      name: "acpitable-length",
      severity: "warning",
      summary: "The table's Length is the size of its file.",
      why: "QEMU writes the size of the file into Length, so the guest sees a different table than the one in the file.",
      hint: "nbft repair --only H004,H005,H006 corrects the file",
      spec: core,
    },
    Q004: {
      name: "acpitable-checksum",
      severity: "warning",
      summary: "The table's bytes add up to 0.",
      why: "QEMU corrects the checksum of -acpitable silently; in injected items, SeaBIOS passes the table on as it is and OVMF installs nothing.",
      hint: "nbft repair --only H002 corrects the file; to test a wrong checksum, use an initrd, or SeaBIOS and the table-loader route",
      spec: core,
    },
    Q005: {
      name: "acpitable-path",
      severity: "error",
      summary: "The path of a table has no colon and is not empty.",
      why: "QEMU treats a colon as the separator of two paths.",
      hint: "Use a relative path, or a copy under another name",
      spec: core,
    },
    Q006: {
      name: "acpitable-total",
      severity: "error",
      summary: "All tables of a machine together have less than 2 MiB, QEMU's own included.",
      why: "QEMU stops on an assertion, without a message, when they have more.",
      hint: "Use fewer or smaller tables",
      spec: core,
    },
    Q007: {
      name: "acpitable-target",
      severity: "error",
      summary: "-acpitable is used with an x86 machine.",
      why: "Other QEMU targets do not have the option and refuse it.",
      hint: "Put the table into an initrd: nbft qemu --route initrd",
    },
    Q008: {
      name: "acpitable-ignored",
      severity: "error",
      summary: "The machine hands -acpitable tables to its firmware.",
      why: "Some machines accept the option and drop the table.",
      hint: "Use --machine q35 or pc",
    },
    Q011: {
      name: "acpitable-source",
      severity: "error",
      summary: "What an -acpitable option names becomes an NBFT.",
      why: "With another signature the guest sees another table.",
      hint: "Write -acpitable file=NBFT.bin",
      spec: core,
    },
    Q012: {
      name: "acpitable-migration",
      severity: "warning",
      summary: "All tables together have at most 64 KiB, QEMU's own included.",
      why: "QEMU before 10.0 warns that such a machine may not migrate.",
      hint: "Nothing is wrong if the machine is not migrated",
      spec: core,
    },
    Q020: {
      name: "fw-cfg-name",
      severity: "error",
      summary: "The name of a fw_cfg item has at most 55 characters.",
      why: "QEMU refuses to start with a longer one: the directory has 56 bytes for a name and its NUL.",
      hint: "Choose a shorter name below opt/",
      spec: fwCfg,
    },
    Q021: {
      name: "fw-cfg-prefix",
      severity: "warning",
      summary: "The name of a fw_cfg item begins with opt/.",
      why: "Other names belong to QEMU and the firmware; QEMU warns and accepts the item.",
      hint: "Nothing is wrong with the items of an injected table set, which replace QEMU's own",
      spec: fwCfg,
    },
    Q022: {
      name: "fw-cfg-duplicate",
      severity: "error",
      summary: "Every fw_cfg item has its own name, which is not that of one of QEMU's items.",
      why: "QEMU refuses to start with two items of the same name.",
      hint: "Start the machine with acpi=off to provide its ACPI items yourself",
      spec: fwCfg,
    },
    Q023: {
      name: "fw-cfg-slots",
      severity: "error",
      summary: "There is a fw_cfg slot for every item.",
      why: "QEMU stops on an assertion when they run out; there are 32, and the machine's own items take about half.",
      hint: "-global fw_cfg_io.x-file-slots=128 (x86) or fw_cfg_mem.x-file-slots=128 (Arm) gives more",
      spec: fwCfg,
    },
    Q024: {
      name: "fw-cfg-source",
      severity: "error",
      summary: "A fw_cfg item has a name and a value.",
      why: "QEMU refuses an option without one of them.",
      hint: "Write -fw_cfg name=opt/NAME,file=FILE or string=TEXT",
      spec: fwCfg,
    },
    Q030: {
      name: "firmware-pair",
      severity: "error",
      summary: "CODE and VARS are from the same firmware build.",
      why: "The sizes determine where the firmware looks for its variables: with VARS of another build, it finds none.",
      hint: "2M: CODE 1966080 with VARS 131072 bytes; 4M: CODE 3653632 with VARS 540672 bytes",
      spec: flash,
    },
    Q031: {
      name: "firmware-vars",
      severity: "error",
      summary: "The VARS file is a variable store, the CODE file is not, and their format is the one given.",
      why: "With files swapped, or a qcow2 image used as raw, the guest does not start and QEMU prints nothing.",
      hint: "Check both with nbft vars show; use format=qcow2 for a qcow2 image",
      spec: flash,
    },
    Q032: {
      name: "firmware-size",
      severity: "error",
      summary: "Firmware images have sizes that fit the machine's flash.",
      why: "A PC takes multiples of 4096 bytes, together up to 8 MiB, Arm's virt exactly 64 MiB each; QEMU refuses others.",
      hint: "For virt pad the images: truncate -s 64M FILE",
      spec: flash,
    },
    Q033: {
      name: "file-missing",
      severity: "error",
      summary: "Every file that the machine names can be opened.",
      why: "QEMU refuses to start without it.",
      hint: "Correct the path; relative paths are relative to the folder where QEMU is started",
    },
    Q034: {
      name: "firmware-none",
      severity: "error",
      summary: "A machine for which QEMU has no firmware is given one.",
      why: "Without firmware nothing reads the table.",
      hint: "Name the images: --code and --vars",
    },
    Q040: {
      name: "duplicate-id",
      severity: "error",
      summary: "Every id is an identifier, and unique.",
      why: "QEMU refuses to start with another form, or with a repeated id.",
      hint: "An id begins with a letter, followed by letters, digits, dots, hyphens and underscores",
    },
    Q041: {
      name: "duplicate-mac",
      severity: "error",
      summary: "Every NIC has its own unicast MAC address.",
      why: "Programs find the interfaces of an NBFT by MAC address, and cannot distinguish two with the same address.",
      hint: "Correct the addresses in the table or the boot description",
    },
    Q042: {
      name: "pci-place",
      severity: "error",
      summary: "The machine can put a card at the table's PCI address.",
      why: "Some programs match an HFI by its PCI address; if QEMU puts the card elsewhere, they find none.",
      hint: "QEMU chooses another PCI address for the card; to test matching by PCI address, change the one in the table",
    },
    Q043: {
      name: "pci-unknown",
      severity: "warning",
      summary: "The table has a network interface, and the PCI address of each.",
      why: "Otherwise QEMU chooses the PCI address of a card, and a table without interfaces gives a machine without NIC.",
      hint: "Nothing is wrong if programs find interfaces by MAC address",
    },
    Q044: {
      name: "network-reach",
      severity: "warning",
      summary: "QEMU's user network answers at the gateway's and every target's address.",
      why: "It has one address for this host's loopback, which is set to the first target's.",
      hint: "--target HOST:PORT forwards all targets; --net joins the NIC to a real network",
      spec: slirp,
    },
    Q045: {
      name: "network-vlan",
      severity: "warning",
      summary: "A NIC with a VLAN is not on QEMU's user network.",
      why: "The user network does not understand tagged frames, so nothing answers.",
      hint: "Connect the NIC to a bridge, a tap or a stream (--net)",
      spec: slirp,
    },
    Q051: {
      name: "acpi-off",
      severity: "error",
      summary: "A machine with -acpitable has ACPI.",
      why: "With acpi=off, and on microvm, the guest gets no tables.",
      hint: "Leave acpi=off out, or use --machine q35",
    },
    Q052: {
      name: "write-pointer",
      severity: "warning",
      summary: "The captured loader script does not ask the firmware to write an address back.",
      why: "Items given with -fw_cfg are read-only: devices that rely on the address (vmgenid, NVDIMM, ERST) do not work.",
      hint: "The command is left out; capture from a machine without these devices",
      spec: loader,
    },
    Q060: {
      name: "smbios-uuid",
      severity: "warning",
      summary: "The SMBIOS system UUID is a UUID.",
      why: "QEMU refuses to start otherwise.",
      hint: "Write 8-4-4-4-12 hexadecimal digits",
    },
  },
);

/** Code of a rule about virtual machines. */
export type QemuRule = keyof typeof qemuRules;

/** A finding about a machine's configuration. There is no file after it, so offset and length are 0. */
export function qemuFinding(code: QemuRule, path: string, message: string, hint?: string): Diagnostic {
  const { name, severity } = qemuRules[code];
  return { rule: code, name, severity, path, offset: 0, length: 0, message, ...(hint !== undefined && { hint }) };
}
