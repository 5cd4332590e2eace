import { mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { editFile, type FileEditOptions } from "../node/edit-file.ts";
import { createPrivateFile } from "../node/private-file.ts";
import {
  type FileContent,
  type FileParts,
  type WriteFileOptions,
  type WrittenFile,
  writeFileAtomic,
} from "../node/write-file.ts";
import { escapeText } from "../text/escape.ts";
import { type Io, UsageError } from "./io.ts";

/**
 * Writes a file, or standard output for `-`. What the file loses by that is a warning.
 *
 * @throws {UsageError} instead of writing binary data to a terminal.
 */
export function writeOutput(io: Io, file: string, content: FileContent, options: WriteFileOptions = {}): void {
  if (file !== "-") {
    warnOfLoss(io, file, writeFileAtomic(file, content, options));
    return;
  }
  if (typeof content !== "string") refuseTerminal(io, "binary data");
  if (typeof content === "object" && "parts" in content) for (const piece of piecesOf(content)) io.out(piece);
  else io.out(content);
}

/** Writes a result that holds secrets: a new file is readable by its owner alone, and one that was there and is not is named. */
export function writePrivateOutput(io: Io, file: string, content: Uint8Array | string): void {
  if (file !== "-") createPrivateFile(file);
  writeOutput(io, file, content);
  const stat = file === "-" ? undefined : statSync(file);
  if (stat?.isFile() && (stat.mode & 0o077) !== 0) {
    const name = escapeText(file);
    io.err(`nbft: ${name}: warning: others than its owner may read or write it, as before; chmod 600 ${name}\n`);
  }
}

/** @throws {UsageError} when standard output is a terminal, for what is not to be read there. */
export function refuseTerminal(io: Io, what: string, file = "-w FILE"): void {
  if (io.outIsTty) throw new UsageError(`will not write ${what} to a terminal: use ${file}, or a pipe`);
}

/**
 * For what a person has written or a machine has changed: descriptions, variable stores, folders of tables. What can be made again is
 * replaced.
 *
 * @throws {UsageError} when the file exists, without `-f`.
 */
export function refuseExisting(file: string, force: boolean | undefined): void {
  if (!force && file !== "-" && statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(`${escapeText(file)}: exists already; -f overwrites it`);
}

/**
 * Makes a folder and those above it. Node.js's own `recursive` never ends below a parent that takes no folders, such as /proc.
 *
 * @throws {UsageError} where something else has the name.
 */
export function makeFolder(folder: string): void {
  const there = statSync(folder, { throwIfNoEntry: false });
  if (there) {
    if (!there.isDirectory()) throw new UsageError(`${escapeText(folder)}: not a folder`);
    return;
  }
  const parent = dirname(resolve(folder));
  if (parent !== resolve(folder)) makeFolder(parent);
  mkdirSync(folder);
}

/** Edits a file in its place; what the file loses by that is a warning. */
export function editInPlace(
  io: Io,
  file: string,
  edit: (before: Uint8Array) => Uint8Array,
  options: FileEditOptions,
): void {
  warnOfLoss(io, file, editFile(file, edit, options));
}

function warnOfLoss(io: Io, file: string, { lost }: WrittenFile): void {
  for (const each of lost)
    io.err(`nbft: ${escapeText(file)}: warning: the new file does not have its ${escapeText(each)}\n`);
}

/** Zeros between the parts of a file, in pieces. */
const gap = new Uint8Array(1 << 20);

/** All bytes of a file in parts, one after the other. */
function* piecesOf({ size = 0, parts }: FileParts): Generator<Uint8Array> {
  let at = 0;
  const zerosUpTo = function* (end: number) {
    for (; at < end; at += Math.min(gap.length, end - at)) yield gap.subarray(0, Math.min(gap.length, end - at));
  };
  for (const { offset, bytes } of parts) {
    yield* zerosUpTo(offset);
    yield bytes;
    at = offset + bytes.length;
  }
  yield* zerosUpTo(size);
}

/** @throws {UsageError} when the output would replace the input of a command that does not work in place. */
export function refuseSameFile(input: string, output: string): void {
  if (isSameFile(input, output)) throw new UsageError(`${escapeText(output)}: is the input; name another file`);
}

/** Whether an output is the file that the input is, by whatever name. */
export function isSameFile(input: string, output: string): boolean {
  if (input === "-" || output === "-") return false;
  const [from, to] = [input, output].map((path) => statSync(path, { throwIfNoEntry: false, bigint: true }));
  return from?.isFile() === true && to !== undefined && from.dev === to.dev && from.ino === to.ino;
}
