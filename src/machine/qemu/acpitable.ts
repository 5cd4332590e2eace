import { checksumFor, sumBytes } from "../../acpi/checksum.ts";
import { acpiHeaderSize } from "../../acpi/table-header.ts";
import { concatBytes } from "../../bytes/concat.ts";
import { readUint, writeUint } from "../../bytes/numbers.ts";
import type { Diagnostic } from "../../diagnostic.ts";
import { EncodeError } from "../../errors.ts";
import { formatOption, type OptionPart } from "./option-text.ts";
import { qemuFinding } from "./rules.ts";

/**
 * One `-acpitable` option: a table from files, and header fields that replace the file's (QEMU, qapi/acpi.json AcpiTableOptions).
 */
export interface AcpitableOption {
  /** Files whose contents make up ONE table, header included. */
  readonly file?: readonly string[];
  /** Files whose contents make up the body; QEMU puts a header before it. Exactly one of `file` and `data`. */
  readonly data?: readonly string[];
  /** Bytes 0–3. */
  readonly sig?: string;
  /** Byte 8. */
  readonly rev?: number;
  /** Bytes 10–15, padded with NUL. */
  readonly oemId?: string;
  /** Bytes 16–23, padded with NUL. */
  readonly oemTableId?: string;
  /** Bytes 24–27. */
  readonly oemRev?: number;
  /** Bytes 28–31. */
  readonly aslCompilerId?: string;
  /** Bytes 32–35. */
  readonly aslCompilerRev?: number;
}

/** Header fields in the order in which QEMU documents them: key, name here, place, size, text or number. */
const headerKeys = [
  ["sig", "sig", 0, 4, "text"],
  ["rev", "rev", 8, 1, "number"],
  ["oem_id", "oemId", 10, 6, "text"],
  ["oem_table_id", "oemTableId", 16, 8, "text"],
  ["oem_rev", "oemRev", 24, 4, "number"],
  ["asl_compiler_id", "aslCompilerId", 28, 4, "text"],
  ["asl_compiler_rev", "aslCompilerRev", 32, 4, "number"],
] as const;

/** Longest table that `-acpitable` takes, header included: its length is kept in 16 bits. */
export const longestAcpitable = 65_535;
/** Most bytes of all tables of a machine together. */
const mostBytes = 2 << 20;

/**
 * Text of one `-acpitable` option.
 *
 * @throws {EncodeError} for a path with a colon, which QEMU takes for two paths, or when not exactly one of `file` and `data` is given.
 */
export function formatAcpitable(option: AcpitableOption): string {
  const [key, files] = option.file ? (["file", option.file] as const) : (["data", option.data ?? []] as const);
  if ((option.file === undefined) === (option.data === undefined))
    throw new EncodeError("exactly one of file and data is needed");
  if (files.length === 0 || files.some((path) => path === ""))
    throw new EncodeError("at least one path is needed", key);
  const colon = files.find((path) => path.includes(":"));
  if (colon !== undefined)
    throw new EncodeError(
      `${JSON.stringify(colon)} has a colon, which QEMU takes for the end of a path: use a relative path or /dev/stdin`,
      key,
    );
  const parts: OptionPart[] = [];
  for (const [name, property] of headerKeys) {
    const value = option[property];
    // QEMU reads numbers as C does: no leading zeros, or 00002210 becomes octal.
    if (value !== undefined) parts.push([name, String(value)]);
  }
  parts.push([key, files.join(":")]);
  return formatOption(parts);
}

/** The table that a guest sees, and what QEMU says and changes on the way. */
export interface AppliedAcpitable {
  /** Undefined when QEMU refuses. */
  readonly bytes?: Uint8Array;
  /** Errors are refusals: QEMU exits with 1 and the message. Warnings are printed, or name a silent change. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The header that QEMU puts before `data=` where no option says otherwise. */
const defaultHeader = {
  sig: "QEMU",
  rev: 1,
  oemId: "QEMUQE",
  oemTableId: "QEMUQEMU",
  oemRev: 1,
  aslCompilerId: "QEMU",
  aslCompilerRev: 1,
};

/**
 * What QEMU does with the contents of an option's files (hw/acpi/core.c): joins them, sets the header fields that the option names, and always
 * rewrites Length and Checksum, so that neither a wrong checksum nor a wrong length can reach a guest this way.
 *
 * @param contents the bytes of each file in the order of the option.
 */
export function applyAcpitable(
  option: AcpitableOption,
  contents: readonly Uint8Array[],
  path = "acpitable",
): AppliedAcpitable {
  const diagnostics: Diagnostic[] = [];
  const complain = (...args: [rule: "Q001" | "Q002" | "Q003" | "Q004", message: string, hint?: string]) =>
    diagnostics.push(qemuFinding(args[0], path, args[1], args[2]));
  const own = concatBytes(contents);
  const withHeader = option.file !== undefined;
  if (withHeader && own.length < acpiHeaderSize) {
    complain(
      "Q002",
      `ACPI table claiming to have header is too short, available: ${own.length}, expected: ${acpiHeaderSize}`,
    );
    return { diagnostics };
  }
  const bytes = withHeader ? own.slice() : concatBytes([new Uint8Array(acpiHeaderSize), own]);
  if (bytes.length > longestAcpitable) {
    complain(
      "Q001",
      `ACPI table too big, requested: ${bytes.length}, max: ${longestAcpitable}`,
      "An initrd takes larger tables",
    );
    return { diagnostics };
  }
  const stated = readUint(bytes, 4, 4);
  if (withHeader && stated !== bytes.length)
    complain(
      "Q003",
      `ACPI table has wrong length, header says ${stated}, actual size ${bytes.length} bytes`,
      stated < bytes.length
        ? "The bytes after the table become part of it"
        : "QEMU sets Length to the size of the file",
    );
  if (withHeader && stated === bytes.length && sumBytes(bytes) !== 0)
    complain(
      "Q004",
      "the checksum is wrong; QEMU repairs it silently",
      "A wrong checksum cannot be tried this way: see the table-loader route",
    );
  if (!withHeader && headerKeys.every(([, property]) => option[property] === undefined))
    complain("Q003", "ACPI table: no headers are specified", "The table is named QEMU");
  for (const [, property, at, size, kind] of headerKeys) {
    const value = option[property] ?? (withHeader ? undefined : defaultHeader[property]);
    if (value === undefined) continue;
    if (kind === "number") writeUint(bytes, at, size, value as number);
    else bytes.set(textField(value as string, size), at);
  }
  writeUint(bytes, 4, 4, bytes.length);
  bytes[9] = checksumFor(bytes);
  return { bytes, diagnostics };
}

function textField(text: string, size: number): Uint8Array {
  const field = new Uint8Array(size);
  field.set(new TextEncoder().encode(text).subarray(0, size));
  return field;
}

/**
 * Limits on all tables of a machine together: QEMU aborts (an assertion, no message) above 2 MiB, and its versions before 10.0 warn above 64 KiB.
 * `sizes` are those of the user's tables; QEMU's own take about 10 KiB.
 */
export function checkAcpitableTotal(sizes: readonly number[]): Diagnostic[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const own = 10_000;
  if (total + own > mostBytes)
    return [
      qemuFinding(
        "Q006",
        "acpitable",
        `${sizes.length} tables have ${total} bytes; QEMU aborts when all tables pass 2 MiB`,
      ),
    ];
  if (total + own > 65_536)
    return [
      qemuFinding(
        "Q012",
        "acpitable",
        `ACPI table size exceeds 65536 bytes, migration may not work (QEMU before 10.0 says so)`,
      ),
    ];
  return [];
}

/** Architectures whose QEMU has `-acpitable`; the others refuse the option. */
export const acpitableArchitectures: readonly string[] = ["x86_64", "i386"];
