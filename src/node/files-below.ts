import { readdirSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";

/** Every file below a folder, folder by folder, names in the order of their code units. Symbolic links are not followed. System errors as they come. */
export function* filesBelow(folder: string): Generator<string> {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) if (entry.isFile()) yield join(folder, entry.name);
  for (const entry of entries) if (entry.isDirectory()) yield* filesBelow(join(folder, entry.name));
}

export function isFolder(path: string): boolean {
  return statIfAny(path)?.isDirectory() ?? false;
}

/** What a path is; undefined where that cannot be seen: whoever reads it says why, and goes on with what else there is. */
export function statIfAny(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
