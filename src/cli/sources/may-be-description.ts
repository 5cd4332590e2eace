import { closeSync, openSync, readSync } from "node:fs";
import { compressionOf } from "../../acpi/compression.ts";
import { isTable } from "../../acpi/is-table.ts";
import { isPlainText } from "../../bytes/decode-text.ts";
import { statIfAny } from "../../node/files-below.ts";
import type { Io } from "../io.ts";
import { isEfivarfs } from "./efivarfs.ts";
import { pipedBytes } from "./piped.ts";

/** Whether a source may be a description, and has to be looked at: text of any name; what is binary holds tables. */
export function mayBeDescription(path: string, io: Io): boolean {
  if (path === "-") return isText(io.stdin().subarray(0, headSize));
  const stat = statIfAny(path);
  // A test of a file with several: described.ts looks whether there is one.
  if (!stat) return /\.json:/.test(path) || /\.(ya?ml|json)$/i.test(path);
  if (stat.isDirectory()) return isEfivarfs(path);
  const piped = pipedBytes(path, io);
  if (piped) return isText(piped.subarray(0, headSize));
  // A device may not be read twice.
  return /\.(ya?ml|json)$/i.test(path) || (stat.isFile() && isText(headOf(path)));
}

/** Compressed bytes may be of a text. */
const isText = (head: Uint8Array) => !isTable(head) && (isPlainText(head) || compressionOf(head) !== undefined);

const headSize = 1024;

function headOf(path: string): Uint8Array {
  const head = new Uint8Array(headSize);
  try {
    const fd = openSync(path, "r");
    try {
      return head.subarray(0, readSync(fd, head, 0, headSize, 0));
    } finally {
      closeSync(fd);
    }
  } catch {
    // What cannot be read is reported by whoever reads it.
    return head;
  }
}
