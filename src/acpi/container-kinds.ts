/** Forms in which a file holds tables. */
const fileKinds = [
  "table",
  "tables",
  "acpidump",
  "iasl",
  "hex",
  "base64",
  "initrd",
  "memory",
  "elf-core",
  "lime",
] as const;

/** Kind of file that tables are found in. */
export type FileKind = (typeof fileKinds)[number];

/** Forms in which a folder holds tables. */
export const treeKinds = ["directory", "sosreport", "fw-cfg"] as const;

/** Kind of folder that tables are found in. */
export type TreeKind = (typeof treeKinds)[number];

/** Every form in which a file or folder holds tables. */
export type ContainerKind = FileKind | TreeKind;

/** Every form, files first. */
export const containerKinds: readonly ContainerKind[] = [...fileKinds, ...treeKinds];
