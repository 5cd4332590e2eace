import { readUint } from "../bytes/numbers.ts";
import type { NbftReading } from "../nbft/read/read.ts";
import { controlDescriptor, nbftHeader } from "../nbft/structures/index.ts";
import type { Structure } from "../structure/index.ts";

/** A number of the frame that two tables state differently: length, checksum, heap, places and counts of lists. */
export interface FrameDifference {
  /** Path of the field as stored, for example `header.heapLength`. */
  readonly path: string;
  /** Number in the first table. */
  readonly before: number;
  /** Number in the second table. */
  readonly after: number;
}

/** What header and Control Descriptor of two tables state differently of what follows from the rest. */
export function diffFrames(before: NbftReading, after: NbftReading): FrameDifference[] {
  const [a, b] = [before.frame.bytes, after.frame.bytes];
  return [
    ...differences("header", nbftHeader, 0, a, b),
    ...differences("control", controlDescriptor, nbftHeader.size, a, b),
  ];
}

function differences(name: string, structure: Structure, at: number, a: Uint8Array, b: Uint8Array): FrameDifference[] {
  return Object.entries(structure.fields).flatMap(([key, field]) => {
    if (field.kind !== "uint" || !field.derived) return [];
    const [before, after] = [readUint(a, at + field.at, field.size), readUint(b, at + field.at, field.size)];
    return before === after ? [] : [{ path: `${name}.${key}`, before, after }];
  });
}
