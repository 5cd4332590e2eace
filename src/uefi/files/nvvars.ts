import { type Bytes, checkBytes } from "../../bytes/bytes.ts";
import { concatBytes } from "../../bytes/concat.ts";
import { viewOf } from "../../bytes/view.ts";
import { DecodeError } from "../../errors.ts";
import { hex } from "../../text/hex.ts";
import { formatGuid } from "../../text/uuid.ts";
import { decodeUtf16, encodeUtf16 } from "../bytes.ts";
import { guidBytes } from "../store/flash.ts";
import type { Variable } from "../variable.ts";

/** Bytes of a record besides name and data: two sizes, GUID, attributes. */
const overhead = 4 + 16 + 4 + 4;

/**
 * Variables of the file `NvVars` that OVMF without a variable store (QEMU's `-bios`) keeps on the EFI system partition: packed records of size of the
 * name, name with its NUL, GUID, attributes, size of the data, data (EDK II, OvmfPkg, NvVarsFileLib and SerializeVariablesLib). Data are views of the
 * input.
 *
 * @throws {DecodeError} when a record leaves the file, or its name has no NUL at its end.
 */
export function decodeNvVars(bytes: Uint8Array): Variable[] {
  checkBytes(bytes);
  const view = viewOf(bytes);
  const variables: Variable[] = [];
  for (let at = 0; at < bytes.length; ) {
    const fail = (message: string) =>
      new DecodeError(`record ${variables.length + 1} at ${hex(at)}: ${message}`, {
        offset: at,
        path: `records[${variables.length}]`,
      });
    if (at + overhead > bytes.length) throw fail(`${bytes.length - at} bytes are left, fewer than a record has`);
    const nameSize = view.getUint32(at, true);
    const guid = at + 4 + nameSize;
    if (guid + overhead - 4 > bytes.length) throw fail(`the name (${nameSize} bytes) goes past the end of the file`);
    const name = decodeUtf16(bytes.subarray(at + 4, guid));
    if (nameSize !== 2 * name.length + 2) throw fail("the name is not a text that ends with its only NUL");
    const dataSize = view.getUint32(guid + 20, true);
    const end = guid + 24 + dataSize;
    if (end > bytes.length) throw fail(`the data (${dataSize} bytes) go past the end of the file`);
    variables.push({
      guid: formatGuid(bytes, guid),
      name,
      attributes: view.getUint32(guid + 16, true),
      data: bytes.subarray(guid + 24, end),
    });
    at = end;
  }
  return variables;
}

/**
 * The file of some variables. Times, counts and keys of signed variables have no place in it.
 *
 * @throws {EncodeError} for a vendor GUID that is none.
 */
export function encodeNvVars(variables: readonly Variable[]): Bytes {
  return concatBytes(
    variables.map(({ name, guid, attributes, data }) => {
      const text = encodeUtf16(name);
      const head = new Uint8Array(4);
      viewOf(head).setUint32(0, text.length, true);
      const tail = new Uint8Array(8);
      viewOf(tail).setUint32(0, attributes, true);
      viewOf(tail).setUint32(4, data.length, true);
      return concatBytes([head, text, guidBytes(guid), tail, data]);
    }),
  );
}

/** Whether bytes look like such a file: a first name that is text, and a record that fits. */
export function isNvVars(bytes: Uint8Array): boolean {
  if (bytes.length < overhead + 4) return false;
  const nameSize = viewOf(bytes).getUint32(0, true);
  if (nameSize < 4 || nameSize > 2048 || nameSize % 2 !== 0 || nameSize + overhead > bytes.length) return false;
  const name = decodeUtf16(bytes.subarray(4, 4 + nameSize));
  return 2 * name.length + 2 === nameSize && /^[\x20-\x7e]+$/.test(name);
}
