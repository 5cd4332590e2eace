import type { Diagnostic } from "../diagnostic.ts";
import { DecodeError } from "../errors.ts";
import { type ContainerReading, looksLikeTable, readTextFile } from "./container.ts";
import type { TreeKind } from "./container-kinds.ts";
import { type FileTree, joinPath } from "./file-tree.ts";
import { type FoundTable, nameTables, signatureOf, type UnnamedTable } from "./found-table.ts";
import { isFwCfgTree, readFwCfgTables, readFwCfgTree } from "./fw-cfg-capture.ts";
import { type ByteReader, readAll } from "./reader.ts";
import { containerFinding } from "./rules.ts";
import { acpiHeaderSize } from "./table-header.ts";

const largestTable = 16 << 20;
/** Files of a folder that are read as tables when none has the name of one. */
const mostFiles = 4096;

/** The form of a folder, checked by the names in it. */
export function detectTree(tree: FileTree): TreeKind {
  if (tree.list("").some(({ name, kind }) => kind === "file" && isTableName(name))) return "directory";
  if (isFwCfgTree(tree)) return "fw-cfg";
  return tablesFolder(tree) === undefined ? "directory" : "sosreport";
}

/** The tables of a folder, in whatever form it holds them. */
export function readTree(tree: FileTree, from?: TreeKind): ContainerReading<TreeKind> {
  const kind = from ?? detectTree(tree);
  switch (kind) {
    case "fw-cfg": {
      const { tables, diagnostics } = readFwCfgTables(readFwCfgTree(tree));
      return { kind, tables, diagnostics };
    }
    case "sosreport":
      return { kind, ...readFolder(tree, tablesFolder(tree) ?? "") };
    case "directory":
      return { kind, ...readFolder(tree, onlyFolder(tree) ?? "") };
  }
}

/** `NBFT` with anything after it, `SSDT1`, `SSDT12`, `nbft.dat`, `nbft1.dat`, `NBFT0000.bin`, `nbft.aml`. */
export function isTableName(name: string): boolean {
  return (
    /^NBFT/.test(name) ||
    /^[A-Z][A-Z0-9_]{3}\d{0,3}$/.test(name) ||
    /^[a-zA-Z][a-zA-Z0-9_]{3}\d{0,4}\.(dat|bin|aml)$/.test(name)
  );
}

/** The folder with tables in a report: below the root, or below the one folder that an unpacked archive has. */
function tablesFolder(tree: FileTree): string | undefined {
  const places = ["sys/firmware/acpi/tables", "firmware/acpi/tables", "acpi/tables", "tables"];
  const roots = ["", ...tree.list("").flatMap(({ name, kind }) => (kind === "folder" ? [name] : []))];
  for (const root of roots) {
    const found = places.map((place) => joinPath(root, place)).find((place) => tree.kind(place) === "folder");
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The folder that an archive of a folder with NBFTs has, and nothing beside it. */
function onlyFolder(tree: FileTree): string | undefined {
  const [only, ...others] = tree.list("");
  if (only?.kind !== "folder" || others.length > 0) return undefined;
  return tree.list(only.name).some(({ name, kind }) => kind === "file" && /^NBFT/.test(name)) ? only.name : undefined;
}

function readFolder(tree: FileTree, folder: string): { tables: FoundTable[]; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const tables: UnnamedTable[] = [];
  const names = tree.list(folder).flatMap(({ name, kind }) => (kind === "file" ? [name] : []));
  const known = names.filter(isTableName);
  for (const name of sortTables(known.length > 0 ? known : names.slice(0, mostFiles))) {
    const path = joinPath(folder, name);
    try {
      const reader = tree.open(path);
      if (known.length > 0 || looksLikeTable(reader.read(0, acpiHeaderSize), reader.size)) {
        const bytes = readAll(reader, largestTable);
        if (!bytes) diagnostics.push(containerFinding("K040", path, 0, 0, `${path} is too large for a table`));
        if (!bytes || bytes.length === 0) continue;
        const sysfs = /^[A-Z][A-Z0-9_]{3}\d{0,3}$/.test(name);
        tables.push({ signature: signatureOf(bytes), ...(sysfs && { name }), bytes, origin: path, offset: 0 });
      } else tables.push(...textTables(reader, path, diagnostics));
    } catch (error) {
      if (!(error instanceof Error) || !("code" in error || error instanceof DecodeError)) throw error;
      // Node.js says `EACCES: permission denied, open '/whole/path'`.
      const why = error.message.replace(/^[A-Z0-9_]+: (.*?), \w+(?: .*)?$/s, "$1");
      diagnostics.push(containerFinding("K041", path, 0, 0, `${path} cannot be read: ${why}`));
    }
  }
  return { tables: nameTables(tables), diagnostics };
}

/** The tables of one text in a folder, each under the text's name. */
function textTables(reader: ByteReader, path: string, diagnostics: Diagnostic[]): UnnamedTable[] {
  const text = readTextFile(reader);
  if (!text) return [];
  for (const finding of text.diagnostics) diagnostics.push({ ...finding, path: `${path}: ${finding.path}` });
  return text.tables.map(({ name, ...table }) => ({ ...table, origin: `${path}:${name}` }));
}

/** By name, numbers by value: NBFT2 before NBFT10. */
function sortTables(names: readonly string[]): string[] {
  const parts = (name: string) => /^(.*?)(\d*)(\.[a-z]+)?$/s.exec(name)!;
  return [...names].sort((a, b) => {
    const [left, right] = [parts(a), parts(b)];
    if (left[1] !== right[1]) return left[1]! < right[1]! ? -1 : 1;
    return Number(left[2] || -1) - Number(right[2] || -1) || (a < b ? -1 : 1);
  });
}
