import { type ByteReader, bytesReader } from "./reader.ts";

/** One name in a folder of a {@link FileTree}. */
export interface TreeEntry {
  /** Name in its folder. */
  readonly name: string;
  /** What it is; symbolic links are followed. */
  readonly kind: "file" | "folder" | "other";
}

/** A folder with files and folders: a real directory, or a map in memory. Paths are relative, parts joined by `/`, `""` is the folder itself. */
export interface FileTree {
  /** Entries of a folder in the order of their names (by code unit); nothing where there is no such folder. */
  list(path: string): readonly TreeEntry[];
  /** Whether `path` is a file, a folder, something else, or absent. Symbolic links are followed. */
  kind(path: string): TreeEntry["kind"] | undefined;
  /** Opens a file. What the platform throws for a file that cannot be read is thrown on. */
  open(path: string): ByteReader;
}

/** A tree of files held in memory, keyed by path (`etc/acpi/tables`). */
export function memoryTree(files: Readonly<Record<string, Uint8Array>>): FileTree {
  const paths = Object.keys(files);
  const kind = (path: string): TreeEntry["kind"] | undefined => {
    if (Object.hasOwn(files, path)) return "file";
    return path === "" || paths.some((other) => other.startsWith(`${path}/`)) ? "folder" : undefined;
  };
  return {
    kind,
    list: (path) => {
      const prefix = path === "" ? "" : `${path}/`;
      const names = new Set<string>();
      for (const other of paths) if (other.startsWith(prefix)) names.add(other.slice(prefix.length).split("/")[0]!);
      return [...names].sort(byCodeUnit).map((name) => ({ name, kind: kind(prefix + name)! }));
    },
    open: (path) => {
      const bytes = files[path];
      if (!bytes) throw new RangeError(`no file ${path}`);
      return bytesReader(bytes);
    },
  };
}

/** Order of names that does not depend on the locale. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Joins a folder and a name. */
export function joinPath(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
