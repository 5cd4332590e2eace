import { readUint } from "../../bytes/numbers.ts";
import type { Variable } from "../variable.ts";

/**
 * A variable as a file of efivarfs: the name is `NAME-GUID`, the first four bytes are the attributes, little-endian, and the rest is the data
 * (Linux, Documentation/filesystems/efivarfs.rst). One without data is not a variable of the firmware, which has none of that kind: Linux
 * shows an empty file for what was not written yet, or is deleted (fs/efivarfs/file.c).
 *
 * @returns undefined for a file that is not one.
 */
export function efivarfsVariable(fileName: string, read: () => Uint8Array): Variable | undefined {
  const parts = /^(.+)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.exec(fileName);
  if (!parts) return undefined;
  const bytes = read();
  const attributes = bytes.length < 4 ? 0 : readUint(bytes, 0, 4);
  return { name: parts[1]!, guid: parts[2]!.toLowerCase(), attributes, data: bytes.slice(4) };
}
