import { latin1Text } from "../bytes/latin1.ts";
import { writeUint } from "../bytes/numbers.ts";
import { withRevision } from "../document/revision.ts";
import { FIXED_BYTES, type ListName, listNames, listStructures, type TableFrame } from "../nbft/read/frame.ts";
import type { NbftReading } from "../nbft/read/read.ts";
import { controlDescriptor, hostDescriptor, nbftHeader } from "../nbft/structures/index.ts";
import { encodeNbft } from "../nbft/write/encode.ts";
import { exactLayoutOf } from "../nbft/write/layout-of.ts";
import { placeOf } from "../rules/place.ts";
import { clearing, editing, type Fix, patching, writing, zeroing } from "./fix.ts";

const { length, heapOffset, heapLength } = nbftHeader.fields;
const control = nbftHeader.size;

/** A driver's image path as UEFI drivers write it, at the start of a text. */
const driverPath =
  /^Fv\([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\)\/FvFile\([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\)/i;
/** Bytes that such a path may take. */
const MOST_PATH = 100;

/** Length is the number of bytes there are; nothing where the bytes end before the table does. */
function lengthOfInput({ frame }: NbftReading): Uint8Array {
  const bytes = Uint8Array.from(frame.input);
  const { header } = frame;
  const cut = header.heapOffset + header.heapLength > bytes.length || endOfStructures(frame) > bytes.length;
  if (!cut) writeUint(bytes, length.at, 4, bytes.length);
  return bytes;
}

/** First byte after header, Control Descriptor, Host Descriptor and lists, as the Control Descriptor states them. */
function endOfStructures({ control: stated }: TableFrame): number {
  let end = FIXED_BYTES;
  if (stated.hostOffset > 0) end = Math.max(end, stated.hostOffset + hostDescriptor.size);
  for (const name of listNames) {
    const count = stated[`${name}Count`];
    if (count > 0) end = Math.max(end, stated[`${name}Offset`] + count * stated[`${name}Length`]);
  }
  return end;
}

/** The heap is everything after the structures. */
function restIsHeap({ frame }: NbftReading): Uint8Array {
  const bytes = Uint8Array.from(frame.input);
  const start = endOfStructures(frame);
  const end = frame.bytes.length;
  if (start > end) return bytes;
  writeUint(bytes, heapOffset.at, 4, start === end ? 0 : start);
  writeUint(bytes, heapLength.at, 4, end - start);
  return bytes;
}

/** The list of a path such as `control.hfiOffset`. */
function listIn(path: string): ListName {
  return listNames.find((name) => path.startsWith(`control.${name}`))!;
}

/** Whether `count` entries of a list stand at every `stride` bytes. */
function areEntries({ bytes }: TableFrame, name: ListName, offset: number, stride: number, count: number): boolean {
  const { structureId } = listStructures[name].fields;
  if (offset < FIXED_BYTES || offset + count * stride > bytes.length) return false;
  return Array.from({ length: count }).every((_, i) => bytes[offset + i * stride] === structureId.const);
}

/** Fixes of what everything else is found through. They come first. */
export const frameFixes: readonly Fix[] = [
  { rule: "H004", apply: lengthOfInput },
  { rule: "H005", apply: lengthOfInput },
  { rule: "H006", apply: ({ frame }) => Uint8Array.from(frame.bytes) },
  writing("C001", 1, { reveals: true }),
  clearing("C003"),
  writing("C004", controlDescriptor.size),
  writing("C005", ({ path }) => (path.endsWith("majorRevision") ? 1 : 0)),
  patching(
    "C006",
    (bytes, { offset }) => {
      if (bytes[FIXED_BYTES] !== hostDescriptor.fields.structureId.const) return;
      writeUint(bytes, offset, 4, FIXED_BYTES);
      writeUint(bytes, offset + 4, 2, hostDescriptor.size);
    },
    { reveals: true },
  ),
  writing("C008", hostDescriptor.size),
  writing("C009", 1),
  writing(
    "C011",
    ({ path }, { frame }) => {
      const name = listIn(path);
      const { size } = listStructures[name];
      const offset = frame.control[`${name}Offset`];
      return areEntries(frame, name, offset, size, frame.control[`${name}Count`]) ? size : undefined;
    },
    { reveals: true },
  ),
  patching(
    "C012",
    (bytes, { path }, { frame }) => {
      const name = listIn(path);
      const { offset, stride, count } = frame.lists[name];
      if (count > 0 && areEntries(frame, name, offset, stride, count)) {
        bytes[control + controlDescriptor.fields[`${name}Count`].at] = count;
      }
    },
    { reveals: true },
  ),
  patching("C014", (bytes, { offset }) => bytes.fill(0, offset, offset + 7)),
  zeroing("C017"),
  { rule: "H014", apply: restIsHeap },
  { rule: "H015", apply: restIsHeap },
  { rule: "H016", apply: restIsHeap },
  { rule: "H017", apply: restIsHeap },
  zeroing("H013"),
  editing("H020", ({ table: { header }, layout }, _, { frame }) => {
    const { offset, length } = placeOf(frame, "header.driverSignature");
    const text = latin1Text(frame.bytes.subarray(offset, offset + Math.min(length, MOST_PATH)));
    const path = driverPath.exec(text)?.[0];
    if (path === undefined) return;
    header.driverSignature = path;
    const { "header.driverSignature": _place, ...objects } = layout.objects ?? {};
    layout.objects = objects;
  }),
  editing("H011", ({ table: { header } }) => {
    header.oemId = header.oemId.trimEnd();
    header.oemTableId = header.oemTableId.trimEnd();
  }),
  writing("H008", 1),
  { rule: "H010", apply: oneRevision },
];

/** Revision 1.0 where nothing of 1.1 says anything, else 1.1. */
function oneRevision(reading: NbftReading): Uint8Array {
  const layout = exactLayoutOf(reading);
  const older = withRevision(reading.table, "1.0");
  const { table } = older.notes.length === 0 ? older : withRevision(reading.table, "1.1");
  return encodeNbft(table, { layout, limits: false });
}
