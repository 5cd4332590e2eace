import { statSync } from "node:fs";
import { type ContainerReading, type FileKind, fileKinds, readFile } from "../acpi/container.ts";
import { readTree, type TreeKind, treeKinds } from "../acpi/container-tree.ts";
import type { Progress } from "../acpi/memory-tables.ts";
import { DecodeError } from "../errors.ts";
import { openFile } from "./file-reader.ts";
import { openTree } from "./file-tree.ts";

/** Every form in which a file or folder holds tables. */
export type ContainerKind = FileKind | TreeKind;

/** Every form, files first. */
export const containerKinds: readonly ContainerKind[] = [...fileKinds, ...treeKinds];

/** Choices of {@link readContainer}. */
export interface ContainerOptions {
  /** The form, when it should not be judged by the content. */
  readonly from?: ContainerKind | undefined;
  /** Called while a large image is searched. */
  readonly progress?: Progress | undefined;
}

/**
 * All tables of a file or directory, whatever their signature.
 *
 * @throws {DecodeError} when it cannot be read as what it is, or as `from` says it is; system errors as they come.
 */
export function readContainer(path: string, options: ContainerOptions = {}): ContainerReading<ContainerKind> {
  return statSync(path).isDirectory() ? readDirectory(path, options.from) : readOneFile(path, options);
}

function readDirectory(path: string, from: ContainerKind | undefined): ContainerReading<TreeKind> {
  if (from !== undefined && !isTreeKind(from))
    throw new DecodeError(`is a directory, and ${from} is the form of a file`);
  return readTree(openTree(path), from);
}

function readOneFile(path: string, { from, progress }: ContainerOptions): ContainerReading<FileKind> {
  const reader = openFile(path);
  try {
    return readFile(reader, { from: fileKind(from), progress });
  } finally {
    reader.close();
  }
}

/**
 * The same word as the form of a file.
 *
 * @throws {DecodeError} when it is that of a folder.
 */
export function fileKind(from: ContainerKind | undefined): FileKind | undefined {
  if (from !== undefined && isTreeKind(from))
    throw new DecodeError(`is a file, and ${from} is the form of a directory`);
  return from;
}

function isTreeKind(kind: ContainerKind): kind is TreeKind {
  return (treeKinds as readonly string[]).includes(kind);
}
