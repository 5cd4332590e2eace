import { checksumFor } from "../../acpi/checksum.ts";
import { writeUint } from "../../structure/value.ts";
import { FIXED_BYTES } from "../read/frame.ts";
import type { NbftTable } from "../table.ts";
import { CanonicalWriter } from "./encode-canonical.ts";
import { encodeExact } from "./encode-exact.ts";
import { isExact, type NbftLayout } from "./layout-part.ts";

/** Where things go: a canonical layout, or the places of another table. */
export type LayoutChoice = "spec" | "edk2" | NbftLayout;

/** Choices of {@link encodeNbft}. */
export interface EncodeOptions {
  /**
   * `spec` (default): lists, then a packed heap, lengths of strings count their NUL: every known reader accepts it.
   * `edk2`: as the Timberland driver writes: a NUL that no length counts behind every object, an offset for the empty
   * discovery list. An {@link NbftLayout}: every byte in its place.
   */
  readonly layout?: LayoutChoice;
  /** Derived header fields to write instead of the right ones, to make malformed tables. */
  readonly force?: { readonly length?: number; readonly checksum?: number };
  /** `false` writes what can be represented but no reader takes, such as NQNs of more than 223 bytes. */
  readonly limits?: boolean;
}

/**
 * Bytes of a table. Offsets, lengths, counts and the checksum are derived. The table is taken as it is: defaults for
 * hand-written documents are filled in before (`withDefaults`).
 *
 * NVMe Boot Specification 1.3, section 3.2.
 *
 * @throws {EncodeError} with the path of a value that has no representation: an object over 65 535 bytes, more than 255
 *   descriptors, an address or number out of form or range; an NQN over 223 bytes.
 */
export function encodeNbft(table: NbftTable, options: EncodeOptions = {}): Uint8Array {
  const choice = options.layout ?? "spec";
  const layout = typeof choice === "string" ? { style: choice } : choice;
  const limits = options.limits ?? true;
  const bytes = isExact(layout)
    ? encodeExact(table, layout, limits)
    : new CanonicalWriter(layout.style ?? "spec", limits).write(table);
  const length = options.force?.length;
  if (length !== undefined) writeUint(bytes, 4, 4, length);
  const stated = length ?? new DataView(bytes.buffer).getUint32(4, true);
  const end = stated >= FIXED_BYTES && stated < bytes.length ? stated : bytes.length;
  bytes[9] = options.force?.checksum ?? layout.header?.checksum ?? checksumFor(bytes, end);
  return bytes;
}
