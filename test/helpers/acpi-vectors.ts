import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type FileTree, memoryTree } from "../../src/acpi/file-tree.ts";

const folder = join(import.meta.dirname, "../vectors/acpi");

/** Text of one of the project's own dumps. */
export function acpiText(name: string): string {
  return readFileSync(join(folder, name), "latin1");
}

/** Files below a folder of the project's own captures, in memory. */
export function filesBelow(name: string): Record<string, Uint8Array> {
  const root = join(folder, name);
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(root, path)).isFile(),
  );
  return Object.fromEntries(paths.map((path) => [path, Uint8Array.from(readFileSync(join(root, path)))]));
}

/** One of the project's own captures as a tree. */
export function captureTree(name: string): FileTree {
  return memoryTree(filesBelow(`fwcfg/${name}`));
}
