import type { ReportPart } from "../report.ts";

/** Files of a few lines, by path: what a part named `….attrs` holds. */
export interface Attributes {
  /** Lines of a file. */
  lines(path: string): readonly string[] | undefined;
  /** First line of a file, without blanks at its ends. */
  value(path: string): string | undefined;
  /** Names of the entries of a folder that something is known of, in their order. */
  entries(folder: string): readonly string[];
}

/** Lines that are read; no machine has as many. */
const mostLines = 100_000;

/** Reads lines of path, TAB, text; several lines with one path are the lines of that file. Time follows the size of the part. */
export function readAttributes(part: ReportPart | undefined): Attributes {
  const files = new Map<string, string[]>();
  const folders = new Map<string, Set<string>>();
  const text = part ? new TextDecoder().decode(part.bytes).split("\n", mostLines) : [];
  for (const line of text) {
    const tab = line.indexOf("\t");
    if (tab <= 0) continue;
    const path = line.slice(0, tab);
    const known = files.get(path);
    if (known) known.push(line.slice(tab + 1));
    else {
      files.set(path, [line.slice(tab + 1)]);
      index(folders, path);
    }
  }
  return {
    lines: (path) => files.get(path),
    value: (path) => files.get(path)?.[0]?.trim(),
    entries: (folder) => [...(folders.get(folder) ?? [])],
  };
}

/** Deepest folder that is looked into; sysfs paths here have at most seven parts. */
const deepest = 10;

function index(folders: Map<string, Set<string>>, path: string): void {
  const parts = path.split("/", deepest);
  for (let i = 1; i < parts.length; i++) {
    const folder = parts.slice(0, i).join("/");
    const names = folders.get(folder) ?? new Set();
    folders.set(folder, names.add(parts[i]!));
  }
}
