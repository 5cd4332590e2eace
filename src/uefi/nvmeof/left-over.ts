import type { Bytes } from "../../bytes/bytes.ts";
import { isFilled } from "../../bytes/compare.ts";
import type { Structure } from "../../structure/index.ts";

/** Bytes after the NUL of a text field: what an earlier text, or the writer's stack, left there. */
export interface LeftOver {
  /** Name of the text field in the model, such as `hostNqn`. */
  readonly field: string;
  /** First byte after the NUL, from the start of the bytes given. */
  readonly offset: number;
  /** The bytes from there to the end of the field. */
  readonly bytes: Uint8Array;
}

/** Text fields of a structure at `at` whose bytes after the NUL are not all zero. */
export function findLeftOver(structure: Structure, bytes: Uint8Array, at = 0): LeftOver[] {
  return tails(structure, bytes, at)
    .filter(({ start, end }) => !isFilled(bytes, 0, start, end))
    .map(({ field, start, end }) => ({ field, offset: start, bytes: new Uint8Array(bytes.subarray(start, end)) }));
}

/** A copy of a structure's bytes, or of several records of it, with zeros after the NUL of every text field. */
export function clearLeftOver(structure: Structure, bytes: Uint8Array): Bytes {
  const clean = new Uint8Array(bytes);
  for (let at = 0; at + structure.size <= clean.length; at += structure.size) {
    for (const { start, end } of tails(structure, clean, at)) clean.fill(0, start, end);
  }
  return clean;
}

function tails(structure: Structure, bytes: Uint8Array, at: number): { field: string; start: number; end: number }[] {
  return Object.entries(structure.fields).flatMap(([field, { kind, at: offset, size }]) => {
    if (kind !== "cstring") return [];
    const end = at + offset + size;
    const nul = bytes.subarray(at + offset, end).indexOf(0);
    return nul < 0 ? [] : [{ field, start: at + offset + nul + 1, end }];
  });
}
