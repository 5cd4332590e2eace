import { readUint } from "../bytes/numbers.ts";
import { FIXED_BYTES, type ListName, listNames, listStructures } from "../nbft/read/frame.ts";
import { controlDescriptor, nbftHeader } from "../nbft/structures/index.ts";
import { specHex } from "../text/hex.ts";
import { distinct, mutator, range, withNumber } from "./mutator.ts";
import type { MutableTable } from "./sites.ts";

/** A field of the Control Descriptor about a list. */
function about(name: ListName, what: "Offset" | "Length" | "Count") {
  const { at, size } = controlDescriptor.fields[`${name}${what}`];
  return { path: `control.${name}${what}`, offset: nbftHeader.size + at, size };
}

const stored = ({ bytes }: MutableTable, { offset, size }: { offset: number; size: 1 | 2 | 4 }) =>
  readUint(bytes, offset, size);

const counts = mutator("count", "the number of descriptors in a list: one more, one less, none, 255", {
  places: () => listNames,
  choices: (subject, name) => {
    const count = stored(subject, about(name, "Count"));
    return distinct([count + 1, count - 1, 0, 1, 255], 1, count);
  },
  apply: (subject, name, value) => {
    const { path, offset, size } = about(name, "Count");
    return withNumber(subject, path, offset, size, value);
  },
});

const strides = mutator("stride", "the length of a list's descriptors: short, odd, long", {
  places: () => listNames,
  choices: (subject, name) => {
    const { size } = listStructures[name];
    return distinct(
      [0, 1, size - 1, size, size + 1, size + 8, 2 * size, 0xffff],
      2,
      stored(subject, about(name, "Length")),
    );
  },
  apply: (subject, name, value) => {
    const { path, offset, size } = about(name, "Length");
    return withNumber(subject, path, offset, size, value);
  },
});

const listOffsets = mutator("list-offset", "the place of a list: on other structures, at edges, outside", {
  places: () => listNames,
  choices: (subject, name) => {
    const { heapStart, bytes } = subject.frame;
    const { size } = listStructures[name];
    const edges = [0, 1, 64, 128, 160, heapStart, bytes.length - size, bytes.length, 2 ** 32 - size, 0xffffffff];
    return distinct(edges, 4, stored(subject, about(name, "Offset")));
  },
  apply: (subject, name, value) => {
    const { path, offset, size } = about(name, "Offset");
    return withNumber(subject, path, offset, size, value);
  },
});

const heap = mutator("heap", "the heap: wraps, covers the table, ends early or outside", {
  places: () => ["heapOffset", "heapLength"] as const,
  choices: ({ bytes, frame }, name) => {
    const now = readUint(bytes, nbftHeader.fields[name].at, 4);
    const { length } = frame.bytes;
    return distinct([now - 1, now + 1, 0, 1, 64, FIXED_BYTES, length - 1, length, 0xfffffff0, 0xffffffff], 4, now);
  },
  apply: (subject, name, value) => withNumber(subject, `header.${name}`, nbftHeader.fields[name].at, 4, value),
});

const lengths = mutator("length", "Length: one off, short, huge", {
  places: () => [nbftHeader.fields.length],
  choices: ({ bytes }, { at }) => {
    const now = readUint(bytes, at, 4);
    return distinct([0, 36, FIXED_BYTES - 1, FIXED_BYTES, now - 1, now + 1, 2 * now, 0xffffffff], 4, now);
  },
  apply: (subject, { at }, value) => withNumber(subject, "header.length", at, 4, value),
});

const checksums = mutator("checksum", "a wrong checksum", {
  places: () => [nbftHeader.fields.checksum],
  choices: () => range(1, 255),
  apply: ({ bytes }, { at }, by) => {
    const copy = Uint8Array.from(bytes);
    copy[at] = copy[at]! + by;
    return { path: "header.checksum", text: `${specHex(bytes[at]!)} → ${specHex(copy[at]!)}`, bytes: copy };
  },
});

export const frameMutators = [counts, strides, listOffsets, heap, lengths, checksums];
