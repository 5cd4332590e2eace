import { type Bytes, checkBytes } from "../../bytes/bytes.ts";
import { concatBytes } from "../../bytes/concat.ts";
import { crc32 } from "../../bytes/crc32.ts";
import { viewOf } from "../../bytes/view.ts";
import { DecodeError } from "../../errors.ts";
import { hex } from "../../text/hex.ts";
import { formatGuid } from "../../text/uuid.ts";
import { decodeUtf16, encodeUtf16 } from "../bytes.ts";
import { guidBytes } from "../store/flash.ts";
import type { Variable } from "../variable.ts";

/** Bytes of a record besides name and data: two sizes, GUID, attributes, checksum. */
const overhead = 8 + 16 + 4 + 4;

/**
 * Variables of a file that the UEFI shell's `dmpstore -s FILE` wrote. Data are views of the input.
 *
 * @throws {DecodeError} when a record leaves the file, its checksum is wrong, or its name has no NUL at its end.
 */
export function decodeDmpstore(bytes: Uint8Array): Variable[] {
  checkBytes(bytes);
  const view = viewOf(bytes);
  const variables: Variable[] = [];
  for (let at = 0; at < bytes.length; ) {
    const path = `records[${variables.length}]`;
    const fail = (message: string) =>
      new DecodeError(`record ${variables.length + 1} at ${hex(at)}: ${message}`, { offset: at, path });
    if (at + overhead > bytes.length) throw fail(`${bytes.length - at} bytes are left, fewer than a record has`);
    const nameSize = view.getUint32(at, true);
    const dataSize = view.getUint32(at + 4, true);
    const end = at + overhead + nameSize + dataSize;
    if (end > bytes.length)
      throw fail(`name (${nameSize} bytes) and data (${dataSize} bytes) go past the end of the file`);
    const guid = at + 8 + nameSize;
    const name = decodeUtf16(bytes.subarray(at + 8, guid));
    if (nameSize !== 2 * name.length + 2) throw fail("the name is not a text that ends with its only NUL");
    const crc = view.getUint32(end - 4, true);
    const sum = crc32(bytes.subarray(at, end - 4));
    if (crc !== sum) throw fail(`the checksum is ${hex(crc, 8)}, expected ${hex(sum, 8)}`);
    variables.push({
      guid: formatGuid(bytes, guid),
      name,
      attributes: view.getUint32(guid + 16, true),
      data: bytes.subarray(guid + 20, end - 4),
    });
    at = end;
  }
  return variables;
}

/**
 * A file that the UEFI shell's `dmpstore -all -l FILE` loads. Times, counts and keys of signed variables have no place in it.
 *
 * @throws {EncodeError} for a vendor GUID that is none.
 */
export function encodeDmpstore(variables: readonly Variable[]): Bytes {
  return concatBytes(variables.map(encodeRecord));
}

function encodeRecord({ guid, name, attributes, data }: Variable): Uint8Array {
  const nameBytes = encodeUtf16(name);
  const head = new Uint8Array(8);
  viewOf(head).setUint32(0, nameBytes.length, true);
  viewOf(head).setUint32(4, data.length, true);
  const attribute = new Uint8Array(4);
  viewOf(attribute).setUint32(0, attributes, true);
  const record = concatBytes([head, nameBytes, guidBytes(guid), attribute, data]);
  const sum = new Uint8Array(4);
  viewOf(sum).setUint32(0, crc32(record), true);
  return concatBytes([record, sum]);
}

/** Whether bytes look like such a file: a record with a good checksum at the start. */
export function isDmpstore(bytes: Uint8Array): boolean {
  if (bytes.length < overhead) return false;
  const view = viewOf(bytes);
  const nameSize = view.getUint32(0, true);
  // The shortest name has one character and NUL; a flash image begins with zeros.
  if (nameSize < 4) return false;
  const end = overhead + nameSize + view.getUint32(4, true);
  return end <= bytes.length && view.getUint32(end - 4, true) === crc32(bytes.subarray(0, end - 4));
}
