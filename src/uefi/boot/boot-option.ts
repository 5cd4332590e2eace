import { type Bytes, checkBytes } from "../../bytes/bytes.ts";
import { concatBytes } from "../../bytes/concat.ts";
import { viewOf } from "../../bytes/view.ts";
import { DecodeError, EncodeError } from "../../errors.ts";
import { decodeUtf16, encodeUtf16 } from "../bytes.ts";
import { decodeNodes } from "../device-path/node.ts";
import { formatDevicePath, parseDevicePath } from "../device-path/text.ts";

/** Bits of a load option's attributes. */
export const LoadOptionAttribute = { Active: 1, ForceReconnect: 2, Hidden: 8, CategoryApp: 0x100 } as const;

/** A load option: the content of `Boot####` (UEFI Specification 2.10, section 3.1.3). */
export interface BootOption {
  /** Bits of {@link LoadOptionAttribute}. */
  readonly attributes: number;
  /** What a boot menu shows. */
  readonly description: string;
  /** Device paths as text; the first is the one to boot. */
  readonly paths: readonly string[];
  /** What the loader gets as its argument. */
  readonly optionalData: Uint8Array;
}

/**
 * A load option from a variable's data. The texts of its paths give the same bytes back.
 *
 * @throws {DecodeError} when the description has no end, or a path leaves its list.
 */
export function decodeBootOption(data: Uint8Array): BootOption {
  checkBytes(data);
  if (data.length < 8) throw new DecodeError(`${data.length} bytes are not a load option`);
  const view = viewOf(data);
  const pathsLength = view.getUint16(4, true);
  const description = decodeUtf16(data.subarray(6));
  const start = 6 + 2 * description.length + 2;
  const end = start + pathsLength;
  if (end > data.length) {
    throw new DecodeError(
      `The load option's paths have ${pathsLength} bytes, ${Math.max(0, data.length - start)} are left`,
      {
        offset: start,
      },
    );
  }
  const list = data.subarray(0, end);
  const paths: string[] = [];
  for (let at = start; at < end; ) {
    paths.push(formatDevicePath(list, at));
    at = decodeNodes(list, at).end;
  }
  return { attributes: view.getUint32(0, true), description, paths, optionalData: data.subarray(end) };
}

/** A load option to write; missing parts are: active, no optional data. */
export interface BootOptionInput {
  /** Bits of {@link LoadOptionAttribute}; `Active` unless given. */
  readonly attributes?: number | undefined;
  /** What a boot menu shows; without NUL. */
  readonly description: string;
  /** Device paths as text, at most 65535 bytes together when encoded. */
  readonly paths: readonly string[];
  /** What the loader gets as its argument; nothing unless given. */
  readonly optionalData?: Uint8Array | undefined;
}

/**
 * Data of a `Boot####` variable.
 *
 * @throws {ParseError} when a path is not a device path.
 * @throws {EncodeError} when the description holds a NUL or the paths have more than 65535 bytes.
 */
export function encodeBootOption(option: BootOptionInput): Bytes {
  if (option.description.includes("\0")) throw new EncodeError("the description holds a NUL", "description");
  const paths = concatBytes(option.paths.map(parseDevicePath));
  if (paths.length > 0xffff) throw new EncodeError(`${paths.length} bytes, at most 65535 fit`, "paths");
  const head = new Uint8Array(6);
  viewOf(head).setUint32(0, option.attributes ?? LoadOptionAttribute.Active, true);
  viewOf(head).setUint16(4, paths.length, true);
  return concatBytes([head, encodeUtf16(option.description), paths, option.optionalData ?? new Uint8Array()]);
}
