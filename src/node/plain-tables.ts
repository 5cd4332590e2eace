import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { isTable, lostAsText } from "../acpi/is-table.ts";
import { readUint } from "../bytes/numbers.ts";
import { DecodeError } from "../errors.ts";
import { statIfAny } from "./files-below.ts";

/** Where Linux shows the firmware's tables. */
export const LIVE_TABLES = "/sys/firmware/acpi/tables";

/** A table's bytes under the name to show, or the reason why it could not be read. */
export interface PlainTable {
  readonly path: string;
  readonly bytes?: Uint8Array;
  readonly error?: string;
}

/** Names of NBFT tables in a directory listing, `NBFT2` before `NBFT10`. */
export function tableNames(names: readonly string[]): string[] {
  const tables = names.filter((name) => name.startsWith("NBFT"));
  return tables.sort((a, b) => numberIn(a) - numberIn(b) || (a < b ? -1 : a > b ? 1 : 0));
}

/** The number after `NBFT`, or -1. Nothing is allocated for it: directories may have 100,000 names (G9). */
function numberIn(name: string): number {
  let number = 0;
  let at = 4;
  for (; at < name.length; at++) {
    const digit = name.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) break;
    number = 10 * number + digit;
  }
  // Zero is as good as no number.
  return number || -1;
}

/** As nvme-cli prints it: the directory as given, a slash, the name. */
export function pathIn(folder: string, name: string): string {
  return folder.endsWith("/") ? folder + name : `${folder}/${name}`;
}

/** Files are read into this first: three or four calls of the system, and no search for the size. */
const buffer = new Uint8Array(1 << 16);

/** Reads the file of one table. */
export function readTable(path: string): PlainTable {
  const read = attempt(path, () => {
    const fd = openSync(path, "r");
    try {
      const start = startOf(fd);
      // Short of the end only files of the kernel come in parts, and their tables have no bytes after them.
      if (start >= 8 && start < buffer.length && start === readUint(buffer, 4, 4)) return buffer.slice(0, start);
      let end = 0;
      for (;;) {
        // Files of the kernel come a page at a time: only nothing is the end.
        const got = readSync(fd, buffer, end, buffer.length - end, null);
        if (got === 0) return buffer.slice(0, end);
        end += got;
        if (end === buffer.length) return restOf(fd, end);
      }
    } finally {
      closeSync(fd);
    }
  });
  return read.error === undefined ? { path, bytes: read.value! } : { path, error: read.error };
}

/** How many bytes come first from a file that can be read anywhere; 0 for a pipe, of which nothing is read. */
function startOf(fd: number): number {
  try {
    return readSync(fd, buffer, 0, buffer.length, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESPIPE") return 0;
    throw error;
  }
}

/** The table in a file; why it is none where bytes of it were lost. */
export function wholeTable(path: string): PlainTable {
  const table = readTable(path);
  const error = table.bytes && lostAsText(table.bytes);
  return error === undefined ? table : { path, error };
}

/** All bytes of a file of which the buffer is full. */
function restOf(fd: number, have: number): Uint8Array {
  const start = buffer.slice(0, have);
  const rest = readFileSync(fd);
  const whole = new Uint8Array(have + rest.length);
  whole.set(start);
  whole.set(rest, have);
  return whole;
}

/** What an action gives, or in words why it failed. */
export function attempt<T>(path: string, action: () => T): { value?: T; error?: string; foreign?: true } {
  try {
    return { value: action() };
  } catch (error) {
    if (error instanceof DecodeError) return { error: error.message, foreign: true };
    return { error: reason(error as NodeJS.ErrnoException, path) };
  }
}

function reason(error: NodeJS.ErrnoException, path: string): string {
  switch (error.code) {
    case "ENOENT":
      return "no such file or directory";
    case "EACCES":
    case "EPERM":
      return path.startsWith(LIVE_TABLES)
        ? "permission denied: firmware tables are readable by root only"
        : "permission denied";
    case "EISDIR":
      return "is a directory";
    case "ELOOP":
      return "too many symbolic links encountered";
    case "ENOTDIR":
      return "not a directory";
    case "ENAMETOOLONG":
      return "name too long";
    case "ERR_FS_FILE_TOO_LARGE":
      return "too large to be read (more than 2 GiB): is it the file that was meant?";
    case undefined:
      throw error;
    default:
      return `cannot be read (${error.code})`;
  }
}

/**
 * The tables of sources that are table files and directories with `NBFT*` files only; undefined as soon as one is anything else, or cannot be
 * looked at. The files named are read at once, those in directories one by one.
 */
export function plainTables(sources: readonly string[]): Iterable<PlainTable> | undefined {
  const parts: (() => Iterable<PlainTable>)[] = [];
  for (const path of sources) {
    const stat = statIfAny(path);
    if (stat?.isDirectory()) {
      const names = attempt(path, () => tableNames(readdirSync(path))).value ?? [];
      if (names.length === 0) return undefined;
      parts.push(() => tablesIn(path, names));
    } else {
      // What is no file may not be read twice.
      const table = stat?.isFile() ? wholeTable(path) : undefined;
      if (!table?.bytes || !isTable(table.bytes)) return undefined;
      parts.push(() => [table]);
    }
  }
  return joined(parts);
}

function* joined(parts: readonly (() => Iterable<PlainTable>)[]): Generator<PlainTable> {
  for (const part of parts) yield* part();
}

function* tablesIn(folder: string, names: readonly string[]): Generator<PlainTable> {
  for (const name of names) yield wholeTable(pathIn(folder, name));
}
