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
      hint: "Let an initrd carry the table (nbft initrd), or inject it into the loader's files (nbft qemu --route table-loader)",
      spec: core,
    },
    Q002: {
      name: "acpitable-short",
      severity: "error",
      summary: "A table given with file= has at least the 36 bytes of an ACPI table header.",
      why: "QEMU takes the first 36 bytes for the header and refuses to start without them.",
      hint: "Name the file of a whole table; data= is for a body without header",
      spec: core,
    },
    Q003: {
      name: "acpitable-length",
      severity: "warning",
      summary: "The table's Length is the size of its file.",
      why: "QEMU writes the size of the file into Length, so the guest sees another table than the file holds.",
      hint: "nbft repair --only H004,H005,H006 corrects the file",
      spec: core,
    },
    Q004: {
      name: "acpitable-checksum",
      severity: "warning",
      summary: "The table's bytes add up to 0.",
      why: "QEMU corrects the checksum of -acpitable silently; in injected items SeaBIOS hands the table over as it is and OVMF installs nothing.",
      hint: "nbft repair --only H002 corrects the file; a wrong checksum is tried with an initrd or with SeaBIOS and the table-loader route",
      spec: core,
    },
    Q005: {
      name: "acpitable-path",
      severity: "error",
      summary: "The path of a table has no colon and is not empty.",
      why: "QEMU takes a colon for the end of one path and the start of the next.",
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
      hint: "Let an initrd carry the table: nbft qemu --route initrd",
    },
    Q008: {
      name: "acpitable-ignored",
      severity: "error",
      summary: "The machine hands -acpitable tables to its firmware.",
      why: "Some machines take the option and drop the table.",
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
      hint: "Nothing is wrong for a machine that is not migrated",
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
      why: "Other names are QEMU's and the firmware's own; QEMU warns and takes the item.",
      hint: "Nothing is wrong with the items of an injected table set, which replace QEMU's own",
      spec: fwCfg,
    },
    Q022: {
      name: "fw-cfg-duplicate",
      severity: "error",
      summary: "Every fw_cfg item has a name of its own, which is not one of QEMU's items.",
      why: "QEMU refuses to start with two items of one name.",
      hint: "Start the machine with acpi=off to give its ACPI items yourself",
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
      summary: "CODE and VARS are of one firmware build.",
      why: "The sizes decide where the firmware looks for its variables: with VARS of another build it finds none.",
      hint: "2M: CODE 1966080 with VARS 131072 bytes; 4M: CODE 3653632 with VARS 540672 bytes",
      spec: flash,
    },
    Q031: {
      name: "firmware-vars",
      severity: "error",
      summary: "The VARS file is a variable store, the CODE file is not, and their format is the one that is said.",
      why: "With files exchanged, or a qcow2 image run as raw bytes, the guest does not start and QEMU says nothing.",
      hint: "Look at both with nbft vars show; say format=qcow2 for a qcow2 image",
      spec: flash,
    },
    Q032: {
      name: "firmware-size",
      severity: "error",
      summary: "Firmware images have sizes that the machine's flash takes.",
      why: "A PC takes multiples of 4096 bytes up to 8 MiB together, Arm's virt exactly 64 MiB for each; QEMU refuses others.",
      hint: "For virt pad the images: truncate -s 64M FILE",
      spec: flash,
    },
    Q033: {
      name: "file-missing",
      severity: "error",
      summary: "Every file that the machine names can be opened.",
      why: "QEMU refuses to start without it.",
      hint: "Correct the path; relative ones count from where QEMU is started",
    },
    Q034: {
      name: "firmware-none",
      severity: "error",
      summary: "A machine that has no firmware of its own in QEMU is given one.",
      why: "Without firmware nothing reads the table.",
      hint: "Name the images: --code and --vars",
    },
    Q040: {
      name: "duplicate-id",
      severity: "error",
      summary: "Every id is an identifier and names one thing.",
      why: "QEMU refuses to start with another form, or with an id that is there already.",
      hint: "An id begins with a letter and goes on with letters, digits, points, hyphens and underlines",
    },
    Q041: {
      name: "duplicate-mac",
      severity: "error",
      summary: "Every NIC has a unicast MAC address of its own.",
      why: "Programs find the interfaces of an NBFT by MAC address: two with one address are the same to them.",
      hint: "Correct the addresses in the table or the boot description",
    },
    Q042: {
      name: "pci-place",
      severity: "error",
      summary: "The machine can put a card where the table says.",
      why: "Some programs match an HFI by its PCI place; where QEMU puts the card elsewhere they find none.",
      hint: "The card goes where QEMU has room; change the place in the table where the match by it is tried",
    },
    Q043: {
      name: "pci-unknown",
      severity: "warning",
      summary: "The table names a network interface, and the PCI place of each.",
      why: "QEMU chooses the place of a card otherwise, and a table without interfaces gives a machine without NIC.",
      hint: "Nothing is wrong where interfaces are found by MAC address",
    },
    Q044: {
      name: "network-reach",
      severity: "warning",
      summary: "QEMU's user network answers at the gateway's and every target's address.",
      why: "It has one address that is this host's loopback, and it becomes the first target's.",
      hint: "--target HOST:PORT forwards all targets; --net joins the NIC to a real network",
      spec: slirp,
    },
    Q045: {
      name: "network-vlan",
      severity: "warning",
      summary: "A NIC with a VLAN is not on QEMU's user network.",
      why: "The user network does not understand tagged frames: nobody answers.",
      hint: "Give the NIC a bridge, a tap or a stream (--net)",
      spec: slirp,
    },
    Q051: {
      name: "acpi-off",
      severity: "error",
      summary: "A machine with -acpitable has ACPI.",
      why: "With acpi=off, and on microvm, no table reaches the guest.",
      hint: "Leave acpi=off out, or use --machine q35",
    },
    Q052: {
      name: "write-pointer",
      severity: "warning",
      summary: "The captured loader script does not ask the firmware to write an address back.",
      why: "Items given with -fw_cfg are read-only: what relies on the address (vmgenid, NVDIMM, ERST) does not work.",
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
