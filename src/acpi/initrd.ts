import { type Bytes, checkBytes } from "../bytes/bytes.ts";
import { readUint } from "../bytes/numbers.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { EncodeError } from "../errors.ts";
import { sumBytes } from "./checksum.ts";
import { compressionOf } from "./compression.ts";
import { type EarlyFile, findEarlyFiles, isRegularFile, readCpio, readCpioData } from "./cpio.ts";
import { type FoundTable, nameTables, signatureOf, type UnnamedTable } from "./found-table.ts";
import type { ByteReader } from "./reader.ts";
import { containerFinding } from "./rules.ts";
import { acpiHeaderFields, acpiHeaderSize, decodeAcpiTableHeader } from "./table-header.ts";

/** Where Linux looks for tables in an early archive (Documentation/admin-guide/acpi/initrd_table_override.rst). */
export const initrdTablePath = "kernel/firmware/acpi/";
/** Linux's NR_ACPI_INITRD_TABLES. */
export const mostInitrdTables = 64;
const largestTable = 16 << 20;

/** What an initrd gives. */
export interface InitrdReading {
  /** As the kernel finds them, then those that it passes over. */
  readonly tables: readonly FoundTable[];
  /** What the kernel would pass over or refuse. */
  readonly diagnostics: readonly Diagnostic[];
  /** First byte that the kernel's search did not pass: the end, or where a compressed archive starts. */
  readonly end: number;
}

/**
 * Tables in an initrd, as Linux (CONFIG_ACPI_TABLE_UPGRADE) finds them: regular files below `kernel/firmware/acpi/` in uncompressed newc archives
 * at the start of the file. What the kernel would pass over or refuse is a finding.
 */
export function readInitrd(reader: ByteReader): InitrdReading {
  const search = findEarlyFiles(reader, initrdTablePath);
  const diagnostics: Diagnostic[] = [];
  const tables = search.files.map((file, i) => tableOf(reader, file, i, diagnostics));
  if (search.stopped !== undefined) diagnostics.push(stop(reader, search.end, search.stopped));
  for (const entry of readCpio(reader).entries) {
    const wanted = entry.name.replace(/^(\.?\/)+/, "");
    if (!isRegularFile(entry) || entry.name === wanted || !wanted.startsWith(initrdTablePath)) continue;
    diagnostics.push(
      containerFinding(
        "K011",
        entry.name,
        entry.offset,
        entry.end - entry.offset,
        `the kernel ignores ${entry.name}: the name must start with ${initrdTablePath}`,
      ),
    );
    const bytes = readCpioData(reader, entry, largestTable);
    tables.push({ signature: signatureOf(bytes), bytes, origin: entry.name, offset: entry.dataOffset });
  }
  return { tables: nameTables(tables), diagnostics, end: search.end };
}

function tableOf(reader: ByteReader, { name, entry }: EarlyFile, i: number, diagnostics: Diagnostic[]): UnnamedTable {
  const bytes = readCpioData(reader, entry, largestTable);
  const full = entry.name.slice(initrdTablePath.length);
  if (name !== full)
    diagnostics.push(
      containerFinding("K012", entry.name, entry.offset, 110, `Linux cuts the name to ${name}, but uses the table`),
    );
  const refused = i >= mostInitrdTables ? `it is table ${i + 1}, Linux takes ${mostInitrdTables}` : refusal(bytes);
  if (refused)
    diagnostics.push(
      containerFinding(
        "K013",
        entry.name,
        entry.dataOffset,
        entry.size,
        `the kernel refuses ${entry.name}: ${refused}`,
      ),
    );
  return { signature: signatureOf(bytes), bytes, origin: entry.name, offset: entry.dataOffset };
}

/** Why Linux refuses bytes as a table of an initrd (acpi_table_upgrade in drivers/acpi/tables.c), its own words first; signatures are not checked. */
export function refusal(bytes: Uint8Array): string | undefined {
  checkBytes(bytes);
  if (bytes.length < acpiHeaderSize) return `Table smaller than ACPI header (${bytes.length} bytes)`;
  const length = readUint(bytes, 4, 4);
  if (length !== bytes.length) return `File length does not match table length (${bytes.length} and ${length} bytes)`;
  return sumBytes(bytes) === 0 ? undefined : "Bad table checksum";
}

function stop(reader: ByteReader, end: number, why: string): Diagnostic {
  const compressed = compressionOf(reader.read(end, 8));
  return compressed
    ? containerFinding(
        "K014",
        "initrd",
        end,
        0,
        `a ${compressed} archive starts at ${end}; the kernel looks for tables only before it`,
      )
    : containerFinding("K010", "initrd", end, 0, `at ${end}: ${why}; the kernel looks no further`);
}

/**
 * A copy of an ACPI table with the next OEM Revision: from an initrd, Linux puts it in the place of a table with the same OEM ID and OEM
 * Table ID. A checksum that is right stays right.
 *
 * @throws {DecodeError} when there are fewer than 36 bytes.
 * @throws {EncodeError} when the OEM Revision is the greatest that there is.
 */
export function raiseOemRevision(table: Uint8Array): Bytes {
  checkBytes(table);
  const { oemRevision } = decodeAcpiTableHeader(table);
  if (oemRevision === 0xffffffff) throw new EncodeError("the OEM Revision is FFFFFFFFh: there is no greater one");
  const raised = Uint8Array.from(table);
  const { oemRevision: revision, checksum } = acpiHeaderFields;
  new DataView(raised.buffer).setUint32(revision.at, oemRevision + 1, true);
  raised[checksum.at]! += sumBytes(table) - sumBytes(raised);
  return raised;
}
