import { readdirSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { byCodeUnit, type FileTree, type TreeEntry } from "../acpi/file-tree.ts";
import type { ByteReader } from "../acpi/reader.ts";
import { namingFile } from "./file-error.ts";
import { openFile } from "./file-reader.ts";

/**
 * A directory as a {@link FileTree}. Symbolic links below its folders are followed only as long as they stay inside it: such a tree may have come from
 * somebody else. Links directly in it are the user's own and followed anywhere.
 */
export function openTree(root: string): FileTree {
  const real = realpathSync(root);
  const resolve = (path: string): string | undefined => {
    const full = join(real, path);
    try {
      const target = realpathSync(full);
      const inside = target === real || target.startsWith(real.endsWith(sep) ? real : real + sep);
      return inside || !path.includes("/") ? target : undefined;
    } catch {
      return undefined;
    }
  };
  const kind = (path: string): TreeEntry["kind"] | undefined => {
    const target = resolve(path);
    const stat = target === undefined ? undefined : statSync(target, { throwIfNoEntry: false });
    if (!stat) return undefined;
    return stat.isFile() ? "file" : stat.isDirectory() ? "folder" : "other";
  };
  return {
    kind,
    list: (path) => {
      const target = resolve(path);
      if (target === undefined) return [];
      const names = namingFile(join(root, path), () => readdirSync(target)).sort(byCodeUnit);
      return names.map((name) => ({ name, kind: kind(path === "" ? name : `${path}/${name}`) ?? "other" }));
    },
    open: (path) => namingFile(join(root, path), () => transientReader(resolve(path) ?? join(real, path))),
  };
}

/** A file that is open only while it is read: a directory may have more files than a process may open. */
function transientReader(path: string): ByteReader {
  const reader = openFile(path);
  reader.close();
  if (!reader.streamed) {
    return {
      size: reader.size,
      read: (offset, length) => {
        const again = openFile(path);
        try {
          return again.read(offset, length);
        } finally {
          again.close();
        }
      },
    };
  }
  return reader;
}
