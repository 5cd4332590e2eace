import type { Diagnostic, SpecRef } from "../diagnostic.ts";
import { ruleTable } from "../rule-info.ts";

const acpi = (section: string): SpecRef => ({ doc: "ACPI", rev: "6.5", section });
const initrd: SpecRef = { doc: "Linux Documentation/admin-guide/acpi/initrd_table_override.rst", rev: "6.12" };
const fwCfg: SpecRef = { doc: "QEMU docs/specs/fw_cfg.rst", rev: "11.1" };
const loader: SpecRef = { doc: "QEMU hw/acpi/bios-linker-loader.c", rev: "11.1" };

/** Rules about what tables are taken from: dumps, archives, memory images, captures, folders. */
export const containerRules = ruleTable(
  { doc: "ACPICA acpidump", rev: "20251212" },
  {
    K001: {
      name: "text-gap",
      severity: "error",
      summary: "The lines of a dump are complete and in order.",
      why: "Bytes are missing or misplaced: they are read as zeros, or the rest of the table is not read.",
      hint: "Take the dump again, and paste all of it",
    },
    K002: {
      name: "text-cut",
      severity: "warning",
      summary: "A dump has as many bytes as its header line and the table's Length say.",
      why: "The end of the table is missing, with its strings and descriptors.",
      hint: "Take the dump again, to its end",
    },
    K003: {
      name: "text-mismatch",
      severity: "warning",
      summary: "The bytes begin with the signature that the line above them announces.",
      why: "Header line and bytes belong to different tables; the bytes are used.",
      hint: "Check the text around the line: a part may have been pasted in the wrong place",
    },
    K005: {
      name: "text-form",
      severity: "info",
      summary: "A text is a dump of a known program.",
      why: "In any other text, a hex dump or base64 is searched for; the finding names the form and the first line.",
      hint: "Nothing is wrong; --from names the kind of source",
    },
    K010: {
      name: "cpio-cut",
      severity: "error",
      summary: "The archive at the start of an initrd can be read to its end.",
      why: "The kernel stops at the damage and does not see the tables after it.",
      hint: "Make the archive again: nbft initrd",
      spec: initrd,
    },
    K011: {
      name: "cpio-ignored",
      severity: "warning",
      summary: "The name of a table in an initrd begins with kernel/firmware/acpi/.",
      why: "The kernel compares the first characters: with ./ or / before them, it ignores the file.",
      hint: "Make the archive in its root folder with find kernel, or with nbft initrd",
      spec: initrd,
    },
    K012: {
      name: "cpio-name",
      severity: "warning",
      summary: "The name of a table after kernel/firmware/acpi/ has at most 17 characters.",
      why: "The kernel cuts the name in its messages, but uses the table.",
      hint: "Nothing is wrong; a shorter name is found more easily in the kernel's log",
      spec: initrd,
    },
    K013: {
      name: "cpio-table",
      severity: "error",
      summary: "A table in an initrd has a valid header, length and checksum, and is one of the first 64.",
      why: "The kernel refuses others, with a line in its log.",
      hint: "nbft repair --only H002,H004,H005,H006 corrects the table",
      spec: initrd,
    },
    K014: {
      name: "cpio-compressed",
      severity: "info",
      summary: "An initrd contains only the uncompressed archive of tables.",
      why: "The kernel does not see tables inside the compressed part that follows, and nbft does not read them.",
      hint: "Nothing is wrong: the compressed part is the system's own initramfs",
      spec: initrd,
    },
    K020: {
      name: "loader-size",
      severity: "error",
      summary: "The loader script is a multiple of 128 bytes.",
      why: "SeaBIOS and OVMF refuse a script that is not.",
      hint: "Capture etc/table-loader again",
      spec: loader,
    },
    K021: {
      name: "loader-record",
      severity: "error",
      summary: "Every command of the loader script names existing files, and offsets inside them.",
      why: "Firmware refuses the script, and installs no table.",
      hint: "Capture all items together: nbft collect, or nbft tables with the folder of the capture",
      spec: loader,
    },
    K022: {
      name: "loader-unknown",
      severity: "warning",
      summary: "Every command of the loader script is known.",
      why: "Firmware skips unknown ones.",
      hint: "If QEMU is newer, look for a newer nbft",
      spec: loader,
    },
    K023: {
      name: "capture-incomplete",
      severity: "warning",
      summary: "A capture has all items of its directory, and etc/table-loader.",
      why: "Without the script, tables are found by following offsets from the RSDP; some may be missing.",
      hint: "Capture all items below /sys/firmware/qemu_fw_cfg",
      spec: fwCfg,
    },
    K024: {
      name: "capture-pristine",
      severity: "warning",
      summary: "A capture was made after the firmware ran.",
      why: "Before, the FADT has no power management ports: the tables can be inspected, but a machine that is given these items has no ACPI.",
      hint: "Capture from a running guest",
      spec: fwCfg,
    },
    K025: {
      name: "capture-size",
      severity: "warning",
      summary: "An item of a capture has the size that the directory says.",
      why: "The item is truncated, or the directory is from another machine.",
      hint: "Capture it again",
      spec: fwCfg,
    },
    K031: {
      name: "root-table",
      severity: "error",
      summary: "The RSDP leads to an RSDT or XSDT with the right signature and checksum.",
      why: "An operating system finds no table without it.",
      hint: "Take the image from physical address 0 on, or look for the table in another capture",
      spec: acpi("5.2.5"),
    },
    K032: {
      name: "table-entry",
      severity: "warning",
      summary: "The entries of a root table point to existing tables with correct checksums.",
      why: "Linux leaves out a table that it cannot map; one with a wrong checksum is installed with a message.",
      hint: "nbft validate says what is wrong with an NBFT; other tables are not checked further",
      spec: acpi("5.2.8"),
    },
    K033: {
      name: "no-rsdp",
      severity: "warning",
      summary: "A memory image has an RSDP that points to tables.",
      why: "Without one, nbft searches for the signature NBFT, with strict checks: the result may be a copy that no system used.",
      hint: "The image may contain only a part of the memory; take it from physical address 0 on",
      spec: acpi("5.2.5.1"),
    },
    K040: {
      name: "file-skipped",
      severity: "info",
      summary: "No file of a folder is too large for a table.",
      why: "Larger files are not read when a folder is searched.",
      hint: "Name the file itself if it contains tables",
    },
    K041: {
      name: "file-unreadable",
      severity: "error",
      summary: "Every file of a folder can be read.",
      why: "Its contents are not known.",
      hint: "Check the permissions; only root can read the tables in /sys/firmware/acpi",
    },
  },
);

/**
 * A finding about a container.
 *
 * @param offset from the start of the file, or a line number where `path` says so.
 */
export function containerFinding(
  code: keyof typeof containerRules,
  path: string,
  offset: number,
  length: number,
  message: string,
  hint?: string,
): Diagnostic {
  const { name, severity } = containerRules[code];
  return { rule: code, name, severity, path, offset, length, message, ...(hint !== undefined && { hint }) };
}
