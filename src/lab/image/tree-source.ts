import { chmodSync, existsSync, lstatSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type InitramfsImage, isSymbolicLink } from "../../initramfs/image.ts";
import { namingFile } from "../../node/file-error.ts";
import { openFolder } from "../../node/initramfs.ts";
import { ProgramError } from "../children.ts";
import { LabError } from "../errors.ts";
import type { Work } from "../parts.ts";
import { needProgram } from "../programs.ts";

/** Owner of a file, and its permissions where they are not those of the file on this machine. */
export interface FileOwner {
  /** Path from the root, without a leading `/`. */
  readonly path: string;
  readonly uid: number;
  readonly gid: number;
  /** `st_mode`. */
  readonly mode?: number | undefined;
}

/** A system's files as a folder, and what they are to be that they are not on this machine. */
export interface OpenedTree {
  readonly folder: string;
  readonly files: InitramfsImage;
  /** Files whose owner in the system differs from the one that they have here. */
  readonly owners: readonly FileOwner[];
  /** Sentences: what could not be kept. */
  readonly notes: readonly string[];
}

/** Opens a folder with a system's files, or an archive of one, which is unpacked beside the file that is being made. */
export async function withTree<T>(
  source: string,
  output: string,
  work: Work,
  action: (tree: OpenedTree) => Promise<T>,
): Promise<T> {
  const found = statSync(source, { throwIfNoEntry: false });
  if (!found) throw new LabError(`${source}: there is no such file or folder`);
  if (found.isDirectory()) return action(asFolder(source));
  const scratch = namingFile(output, () => mkdtempSync(join(dirname(resolve(output)), ".nbft-tree-")));
  work.children.watchFolder(scratch);
  try {
    return await action(await unpack(source, scratch, work));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const isRoot = () => process.getuid?.() === 0;

function asFolder(folder: string): OpenedTree {
  if (existsSync(join(folder, "proc/self")))
    throw new LabError(`${folder}: it is a running system, or one that has /proc mounted; give a copy, or unmount it`);
  const files = openFolder(folder, "system");
  if (isRoot()) return { folder, files, owners: [], notes: [] };
  // What belongs to the user who made the tree belongs to root in the system.
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  const others = new Set<number>();
  const owners = [...files.entries.keys()].map((path): FileOwner => {
    const stat = lstatSync(join(folder, path));
    if (stat.uid !== uid) others.add(stat.uid);
    return { path, uid: stat.uid === uid ? 0 : stat.uid, gid: stat.gid === gid ? 0 : stat.gid };
  });
  const notes =
    others.size === 0
      ? []
      : [
          `files in ${folder} belong to other users (${[...others].join(", ")}), and will in the image: a tar keeps owners`,
        ];
  return { folder, files, owners, notes };
}

/** Devices are made by the kernel when the system starts; only root could make them here. */
const withoutDevices = ["--exclude=./dev/*", "--exclude=dev/*"];

async function unpack(archive: string, folder: string, { children, progress }: Work): Promise<OpenedTree> {
  const tar = needProgram("tar", "unpacks the tree");
  progress({ step: "unpack the tree" });
  const owner = isRoot() ? ["--same-owner", "--xattrs", "--xattrs-include=*"] : ["--no-same-owner"];
  const run: Work["children"]["run"] = (...given) =>
    children.run(...given).catch((error: unknown) => {
      throw error instanceof ProgramError ? new LabError(`${archive}: ${error.message}`) : error;
    });
  await run(tar, ["-x", "-p", "--numeric-owner", ...owner, ...withoutDevices, "-C", folder, "-f", archive]);
  if (isRoot()) return { folder, files: openFolder(folder, "system"), owners: [], notes: [] };
  const listing = ["-t", "-vv", "--xattrs", "--numeric-owner", "--quoting-style=escape", ...withoutDevices];
  const { stdout } = await run(tar, [...listing, "-f", archive], {
    env: { ...process.env, LC_ALL: "C" },
  });
  const { owners, attributes } = parseTarListing(new TextDecoder().decode(stdout));
  for (const each of owners) makeReadable(folder, each);
  const files = openFolder(folder, "system");
  const notes =
    attributes === 0
      ? []
      : [`extended attributes (capabilities, labels) of ${attributes} files are lost: only root can unpack them`];
  return { folder, files, owners: owners.filter(({ path }) => files.entries.has(path)), notes };
}

/** mke2fs has to read every file; the image gets the permissions of the archive. */
function makeReadable(folder: string, { path, mode = 0 }: FileOwner): void {
  const kind = mode & 0o170000;
  if (isSymbolicLink({ mode }) || (mode & 0o400) !== 0 || (kind !== 0o100000 && kind !== 0o040000)) return;
  chmodSync(join(folder, path), (mode & 0o7777) | (kind === 0o040000 ? 0o700 : 0o600));
}

const kinds: Readonly<Record<string, number>> = {
  "-": 0o100000,
  h: 0o100000,
  d: 0o040000,
  l: 0o120000,
  p: 0o010000,
};

/** What `LC_ALL=C tar -tvv --numeric-owner --quoting-style=escape` says of owners and permissions, and how many files have extended attributes. */
export function parseTarListing(text: string): { readonly owners: FileOwner[]; readonly attributes: number } {
  const owners: FileOwner[] = [];
  const attributed = new Set<number>();
  for (const line of text.split("\n")) {
    if (/^ +x: /.test(line)) attributed.add(owners.length);
    const found = /^([-hdlp])([-rwxsStT]{9})\S* +(\d+)\/(\d+) +\S+ \S+ \S+ (.*)$/.exec(line);
    if (!found) continue;
    const [, kind = "-", permissions = "", uid, gid, rest = ""] = found;
    const name = kind === "l" ? rest.split(" -> ")[0]! : kind === "h" ? rest.split(" link to ")[0]! : rest;
    const path = unquote(name).replace(/^(?:\.?\/)+|\/+$/g, "");
    if (path === "" || path === ".") continue;
    owners.push({ path, uid: Number(uid), gid: Number(gid), mode: kinds[kind]! | modeOf(permissions) });
  }
  return { owners, attributes: attributed.size };
}

/** `rwsr-x---` as bits. */
function modeOf(text: string): number {
  const letters = [...text];
  const bits = letters.reduce((sum, letter, i) => sum | (/[rwxst]/.test(letter) ? 1 << (8 - i) : 0), 0);
  const special = [2, 5, 8].reduce((sum, at, i) => sum | (/[sStT]/.test(letters[at]!) ? 0o4000 >> i : 0), 0);
  return bits | special;
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v", a: "\x07" };

/** GNU tar's quoting style "escape" in the C locale: bytes above 127 as octal numbers, control characters as C's letters after a backslash. */
function unquote(text: string): string {
  const bytes = text.replace(/\\([0-7]{3}|.)/g, (_, code: string) =>
    /^\d{3}$/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (escapes[code] ?? code),
  );
  return new TextDecoder().decode(Uint8Array.from(bytes, (letter) => letter.charCodeAt(0)));
}
