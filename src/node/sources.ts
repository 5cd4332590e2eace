import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Where Linux shows the firmware's tables. */
export const LIVE_TABLES = "/sys/firmware/acpi/tables";

/** One table found in a source, or the reason why there is none. */
export interface SourceTable {
  /** Name to show: the file's path, `DIR/NAME` for a directory, `-` for standard input. */
  readonly path: string;
  readonly bytes?: Uint8Array;
  /** Why the table could not be read. */
  readonly error?: string;
}

/** What to read tables from. */
export interface SourceOptions {
  /** Files, directories, or `-`; empty means this machine's own tables. */
  readonly sources: readonly string[];
  /** Reads standard input to its end. */
  stdin(): Uint8Array;
}

/**
 * The tables of some sources, in order: a file is one table, a directory has one in every `NBFT*`.
 * What cannot be read comes out with its reason, and the rest follows.
 */
export function* tablesOf({ sources, stdin }: SourceOptions): Generator<SourceTable> {
  if (sources.length === 0) yield* liveTables();
  for (const source of sources) {
    if (source === "-") yield { path: "-", bytes: stdin() };
    else yield* tablesAt(source);
  }
}

function* tablesAt(path: string): Generator<SourceTable> {
  const names = attempt(path, () => (statSync(path).isDirectory() ? tableNames(readdirSync(path)) : undefined));
  if (names.error !== undefined) yield { path, error: names.error };
  else if (names.value) for (const name of names.value) yield readTable(join2(path, name));
  else yield readTable(path);
}

/** As nvme-cli prints it: the directory as given, a slash, the name. */
function join2(folder: string, name: string): string {
  return folder.endsWith("/") ? folder + name : `${folder}/${name}`;
}

function* liveTables(): Generator<SourceTable> {
  const found = attempt(LIVE_TABLES, () => tableNames(readdirSync(LIVE_TABLES)));
  if (found.error !== undefined) {
    yield { path: LIVE_TABLES, error: `${found.error} (is this Linux on a machine with ACPI?)` };
  } else if (found.value!.length === 0) {
    yield { path: LIVE_TABLES, error: "no NBFT: this machine's firmware has published none" };
  } else for (const name of found.value!) yield readTable(join(LIVE_TABLES, name));
}

/** Names of NBFT tables in a directory listing, `NBFT2` before `NBFT10`. */
export function tableNames(names: readonly string[]): string[] {
  return names.filter((name) => name.startsWith("NBFT")).sort(naturally);
}

function naturally(a: string, b: string): number {
  const [left, right] = [a, b].map((name) => /^NBFT(\d*)(.*)$/s.exec(name)!);
  const byNumber = Number(left![1] || -1) - Number(right![1] || -1);
  return byNumber || (a < b ? -1 : a > b ? 1 : 0);
}

function readTable(path: string): SourceTable {
  const read = attempt(path, () => readFileSync(path));
  return read.error === undefined ? { path, bytes: read.value! } : { path, error: read.error };
}

function attempt<T>(path: string, action: () => T): { value?: T; error?: string } {
  try {
    return { value: action() };
  } catch (error) {
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
    case undefined:
      throw error;
    default:
      return `cannot be read (${error.code})`;
  }
}
