import { checksumFor } from "../../acpi/checksum.ts";
import type { Bytes } from "../../bytes/bytes.ts";
import { writeUint } from "../../bytes/numbers.ts";
import { EncodeError } from "../../errors.ts";
import { didYouMean } from "../../text/suggestion.ts";
import { FIXED_BYTES, listNames } from "../read/frame.ts";
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
   * `edk2`: as the Timberland driver writes: a NUL that no length counts after every object, an offset for the empty
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
export function encodeNbft(table: NbftTable, options: EncodeOptions = {}): Bytes {
  checkParts(table);
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

const parts = ["header", "control", "host", ...listNames];

/** Refuses what a program without types may give in place of a table; the fields of its parts are checked as they are written. */
function checkParts(table: NbftTable): void {
  const given = table as unknown as Readonly<Record<string, unknown>> | null | undefined;
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new EncodeError("expected a table: an object with header, control, hfi, ssns, security and discovery");
  }
  for (const key of Object.keys(given)) {
    if (!parts.includes(key)) throw new EncodeError(`no such key${didYouMean(key, parts)}`, key);
  }
  for (const part of ["header", "control"] as const) {
    if (typeof given[part] !== "object" || given[part] === null)
      throw new EncodeError("is missing: withDefaults makes a table of what there is", part);
  }
  for (const name of listNames) {
    const list = given[name];
    if (!Array.isArray(list))
      throw new EncodeError(`expected a list${list === undefined ? "; [] where there are none" : ""}`, name);
  }
}
