import { writeUint } from "../bytes/numbers.ts";
import { hex } from "../text/hex.ts";
import { changed, distinct, type Edit, mutator, range, withNumber } from "./mutator.ts";
import { type FieldSite, type MutableTable, storedRef } from "./sites.ts";

const show = ({ offset, length }: { offset: number; length: number }) => `${hex(offset)}+${length}`;

function withReference(
  subject: MutableTable,
  { path, offset: at }: FieldSite<unknown>,
  after: { offset: number; length: number },
  note = "",
): Edit {
  const before = storedRef(subject.bytes, at);
  const bytes = changed(subject, (copy) => {
    writeUint(copy, at, 4, after.offset);
    writeUint(copy, at + 4, 2, after.length);
  });
  return { path, text: `${show(before)} → ${show(after)}${note}`, bytes };
}

/** Offset or length that stays as it is. */
const SAME = -1;
const lengths = [0, 1, 15, 16, 17, 0xffff, SAME] as const;
const offsets = ({ frame: { heapStart, heapEnd, bytes } }: MutableTable) => [
  0,
  Math.max(heapStart - 1, 0),
  heapEnd,
  bytes.length,
  0xffffffff,
  SAME,
];

const edges = mutator("reference", "every reference set to the edges of heap and table, with edge lengths", {
  places: ({ references }) => references,
  // The last pair is the reference as it is.
  choices: (subject) => range(0, offsets(subject).length * lengths.length - 2),
  apply: (subject, site, choice) => {
    const before = storedRef(subject.bytes, site.offset);
    const offset = offsets(subject)[Math.floor(choice / lengths.length)]!;
    const length = lengths[choice % lengths.length]!;
    return withReference(subject, site, {
      offset: offset === SAME ? before.offset : offset,
      length: length === SAME ? before.length : length,
    });
  },
});

const structureLengths = mutator(
  "object-length",
  "lengths of structures in the heap: 0 to 40, around their size, 65535",
  {
    places: ({ references }) => references.filter(({ field }) => field.object.kind === "structure"),
    choices: (_, { field }) => {
      const size = field.object.kind === "structure" ? field.object.structure.size : 0;
      return distinct([...range(0, 40), size - 1, size, size + 1, 2 * size, 0xffff], 2);
    },
    apply: (subject, { path, offset }, length) => withNumber(subject, path, offset + 4, 2, length),
  },
);

const aliases = mutator("alias", "a reference that names the object of another one, or starts inside it", {
  places: ({ references, bytes }) => references.filter(({ offset }) => storedRef(bytes, offset).length > 0),
  choices: ({ references }) => range(0, 2 * references.length - 1),
  apply: (subject, site, choice) => {
    const other = subject.references[choice >> 1]!;
    const target = storedRef(subject.bytes, other.offset);
    const { length } = storedRef(subject.bytes, site.offset);
    const after = choice % 2 === 0 ? target : { offset: (target.offset + 1) >>> 0, length };
    return withReference(subject, site, after, ` (${other.path})`);
  },
});

export const referenceMutators = [edges, structureLengths, aliases];
