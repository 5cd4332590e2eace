import { type Bytes, checkBytes } from "../../bytes/bytes.ts";
import { viewOf } from "../../bytes/view.ts";
import { DecodeError, EncodeError } from "../../errors.ts";
import { parseGuid } from "../../text/uuid.ts";
import { guidText } from "../bytes.ts";

/** GUIDs of the parts of a flash variable store. */
export const storeGuids = {
  /** Firmware volume that holds non-volatile data. */
  nvData: "fff12b8d-7696-4c8b-a985-2747075b4f50",
  /** Variable store whose records carry count, time and key (used with and without Secure Boot). */
  authenticated: "aaf32c78-947b-439a-a180-2e144ec37792",
  /** Variable store with the short record header. */
  plain: "ddcf3616-3275-4164-98b6-fe85707ffe7d",
  workingBlock: "9e58292b-7c68-497d-a0ce-6500fd9f1b95",
} as const;

/** Which record header a store has. */
export type StoreFormat = "authenticated" | "plain";

/** Sizes of the fixed parts in bytes. */
export const volumeHeaderSize = 72;
export const storeHeaderSize = 28;

/** Bytes of a record's header. */
export const recordHeaderSize = { authenticated: 60, plain: 32 } as const;

/** Where the parts of a flash variable store lie, from its headers; offsets from the start of the file. */
export interface FlashLayout {
  /** `FvLength`: bytes of the firmware volume. The file may go on after it. */
  readonly volumeLength: number;
  /** Bytes of the volume header, at which the store header lies. */
  readonly volumeHeaderLength: number;
  /** Sum of the volume header's 16-bit words: 0 in a sound one. */
  readonly headerSum: number;
  /** Which header its records have. */
  readonly format: StoreFormat;
  /** First record. */
  readonly recordsStart: number;
  /** End of the space for records. */
  readonly recordsEnd: number;
  /** The store header's "formatted" and "healthy" bytes: 5Ah and FEh in a sound one. */
  readonly formatted: number;
  /** FEh in a sound store. */
  readonly healthy: number;
}

/**
 * Layout of a flash variable store (EDK II: firmware volume header, variable store header, records).
 *
 * @throws {DecodeError} when the bytes are not such a store, or its lengths lie outside the file; rule `V001` to `V004`.
 */
export function decodeFlashLayout(bytes: Uint8Array): FlashLayout {
  checkBytes(bytes);
  const fail = (rule: string, message: string, offset = 0) => new DecodeError(message, { rule, offset });
  if (bytes.length < volumeHeaderSize + storeHeaderSize) {
    throw fail("V001", `${bytes.length} bytes are not a variable store`);
  }
  const view = viewOf(bytes);
  if (view.getUint32(40, false) !== 0x5f465648) throw fail("V001", notAStore(bytes), 40);
  const guid = guidText(bytes, 16);
  if (guid !== storeGuids.nvData)
    throw fail("V001", `The firmware volume ${guid} holds no variables: is it a CODE file? Its VARS file does`, 16);
  const length = view.getBigUint64(32, true);
  if (length > BigInt(bytes.length)) {
    throw fail("V002", `The file has ${bytes.length} bytes, its volume ${length}: it is cut off`, 32);
  }
  const volumeHeaderLength = view.getUint16(48, true);
  if (volumeHeaderLength < volumeHeaderSize || volumeHeaderLength % 2 !== 0) {
    throw fail("V003", `The volume header has ${volumeHeaderLength} bytes, expected ${volumeHeaderSize}`, 48);
  }
  const volumeLength = Number(length);
  if (volumeHeaderLength + storeHeaderSize > volumeLength) {
    throw fail("V003", `The volume header has ${volumeHeaderLength} bytes, more than its volume`, 48);
  }
  const storeGuid = guidText(bytes, volumeHeaderLength);
  const format = storeGuid === storeGuids.authenticated ? "authenticated" : "plain";
  if (format === "plain" && storeGuid !== storeGuids.plain) {
    throw fail("V004", `The variable store has the unknown format ${storeGuid}`, volumeHeaderLength);
  }
  const size = view.getUint32(volumeHeaderLength + 16, true);
  const recordsEnd = volumeHeaderLength + size;
  if (size < storeHeaderSize || recordsEnd > volumeLength) {
    throw fail("V004", `The variable store has ${size} bytes, more than its volume`, volumeHeaderLength + 16);
  }
  return {
    volumeLength,
    volumeHeaderLength,
    headerSum: sum16(view, volumeHeaderLength),
    format,
    recordsStart: volumeHeaderLength + storeHeaderSize,
    recordsEnd,
    formatted: bytes[volumeHeaderLength + 20]!,
    healthy: bytes[volumeHeaderLength + 21]!,
  };
}

/** Sum of the first 16-bit words, modulo 65536. */
export function sum16(view: DataView, length: number): number {
  let sum = 0;
  for (let at = 0; at + 1 < length; at += 2) sum += view.getUint16(at, true);
  return sum & 0xffff;
}

/** What a file probably is that is no flash variable store. */
function notAStore(bytes: Uint8Array): string {
  if (bytes[0] === 0x51 && bytes[1] === 0x46 && bytes[2] === 0x49 && bytes[3] === 0xfb) {
    return "a qcow2 image: convert it with qemu-img convert -O raw";
  }
  return "not a variable store: there is no firmware volume header";
}

/** Whether nothing was ever written: all bytes of the file's first 64 KiB are 00h or FFh. The firmware formats such a store when it starts. */
export function isUnformatted(bytes: Uint8Array): boolean {
  const first = bytes[0];
  if (first !== 0 && first !== 0xff) return false;
  const end = Math.min(bytes.length, 0x10000);
  for (let i = 1; i < end; i++) if (bytes[i] !== first) return false;
  return true;
}

/** Bytes of a GUID. @throws {EncodeError} for a text that is none. */
export function guidBytes(text: string): Bytes {
  const bytes = parseGuid(text);
  if (!bytes) throw new EncodeError(`${JSON.stringify(text)} is not a GUID`, "guid");
  return bytes;
}
