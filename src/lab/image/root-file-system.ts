import { ProgramError } from "../children.ts";
import type { Work } from "../parts.ts";
import { needProgram } from "../programs.ts";
import { formatTree } from "../root-image.ts";
import type { FileOwner, OpenedTree } from "./tree-source.ts";

/** Where in a disk the root file system is, in bytes. */
export interface RootPlace {
  readonly offset: number;
  readonly size: number;
  readonly uuid: string;
}

/** Features that every GRUB from 2.02 on reads, whatever this machine's mke2fs has as its default. */
const features =
  "none,has_journal,ext_attr,resize_inode,dir_index,filetype,extent,64bit,flex_bg,sparse_super,large_file,huge_file,dir_nlink,extra_isize,metadata_csum";

/** Makes an ext4 file system with a tree inside a disk. */
export async function fillRoot(
  disk: string,
  { offset, size, uuid }: RootPlace,
  { folder, owners }: OpenedTree,
  { children, progress }: Work,
): Promise<void> {
  const mke2fs = needProgram("mke2fs", "makes the root file system");
  const debugfs = owners.length === 0 ? undefined : needProgram("debugfs", "gives the files to their owners");
  progress({ step: "make the root file system" });
  await formatTree(mke2fs, disk, folder, `${size / 1024}K`, children, { features, uuid, label: "root", offset });
  if (debugfs === undefined) return;
  const script = new TextEncoder().encode(owners.flatMap(ownerCommands).join(""));
  const { stderr } = await children.run(debugfs, ["-w", "-f", "-", `${disk}?offset=${offset}`], {
    input: script,
  });
  // It ends well whatever happens, and names itself first.
  const [trouble] = stderr.split("\n").filter((line) => line !== "" && !line.startsWith("debugfs "));
  if (trouble !== undefined) throw new ProgramError(`debugfs: ${trouble}`, "debugfs");
}

/** debugfs's own commands, one a line; it has no way to write a name with a line break. */
function ownerCommands({ path, uid, gid, mode }: FileOwner): string[] {
  if (/[\n\r]/.test(path)) return [];
  const name = `"/${path.replaceAll('"', '""')}"`;
  const fields = { uid, gid, ...(mode === undefined ? {} : { mode: `0${mode.toString(8)}` }) };
  return Object.entries(fields).map(([field, value]) => `sif ${name} ${field} ${value}\n`);
}
