import { iaslHex } from "../acpi/iasl-lines.ts";
import { acpiHeaderSize } from "../acpi/table-header.ts";
import { latin1Text } from "../bytes/latin1.ts";
import { readUint } from "../bytes/numbers.ts";
import type { NbftReading } from "../nbft/read/read.ts";
import { type Span, spansOf } from "../nbft/read/spans.ts";
import { describeField } from "../structure/codec.ts";
import { commentText, headerNames, spanTitle } from "./iasl.ts";

/** Bytes on a line of a buffer. */
const rowSize = 16;

/**
 * An NBFT as source of iasl's generic data table language: `iasl FILE` makes the same bytes of it, but for the checksum, which is made anew, and the
 * creator fields, which become iasl's own. Lengths and places of heap objects are labels and follow when a text is edited.
 *
 * Header fields take printable text only; what cannot be written, and bytes after the table, are named in comments.
 */
export function formatDsl(name: string, reading: NbftReading): string {
  const { frame } = reading;
  const spans = spansOf(frame);
  const labels = labelsOf(spans, frame.bytes, [frame.heapStart, frame.heapEnd]);
  const lines = [
    "/*",
    " * NVMe Boot Firmware Table, as source of iasl's generic data table language",
    " *",
    ` * From ${commentText(name)}`,
    " */",
    ...remarks(frame.bytes, frame.input),
    ...headerLines(frame.bytes),
    "",
  ];
  let owner = "";
  for (const span of spans) {
    if (span.offset < acpiHeaderSize || span.kind === "trailing") continue;
    const next = span.path.replace(/\.[^.]*$/, "");
    if (next !== owner && owner !== "") lines.push("");
    owner = next;
    for (const label of labels.at(span.offset)) lines.push(`Label : ${label}`);
    lines.push(...spanSource(span, frame.bytes, labels));
  }
  for (const label of labels.at(frame.bytes.length)) lines.push(`Label : ${label}`);
  return `${lines.join("\n")}\n`;
}

function remarks(bytes: Uint8Array, input: Uint8Array): string[] {
  const found: string[] = [];
  const bad = [...textPlaces].filter(([at, size]) => !isPlain(trimNul(bytes.subarray(at, at + size))));
  for (const [at, size] of bad)
    found.push(`// bytes ${at} to ${at + size - 1} cannot be written here: ${buffer(bytes.subarray(at, at + size))}`);
  const stated = readUint(bytes, 4, 4);
  if (stated !== bytes.length)
    found.push(`// the table says ${stated} bytes and has ${bytes.length}; iasl writes its own number`);
  if (input.length > bytes.length) found.push(`// ${input.length - bytes.length} bytes after the table are left out`);
  return found.length > 0 ? [...found, ""] : [];
}

/** Places and sizes of text in the header. */
const textPlaces: readonly (readonly [at: number, size: number])[] = [
  [10, 6],
  [16, 8],
  [28, 4],
];

function headerLines(bytes: Uint8Array): string[] {
  const text = (at: number, size: number) => {
    const plain = [...trimNul(bytes.subarray(at, at + size))].map((byte) =>
      isPlain(Uint8Array.of(byte)) ? String.fromCharCode(byte) : "?",
    );
    return `"${plain.join("")}"`;
  };
  const number = (at: number, size: 1 | 4) => iaslHex(readUint(bytes, at, size), 2 * size);
  const values = [
    '"NBFT"',
    number(4, 4),
    number(8, 1),
    number(9, 1),
    text(10, 6),
    text(16, 8),
    number(24, 4),
    text(28, 4),
    number(32, 4),
  ];
  return Object.values(headerNames).map((name, i) => `${name.padStart(25)} : ${values[i]}`);
}

/** Names for places in the heap. */
class Labels {
  readonly #byOffset = new Map<number, string[]>();
  readonly #names = new Set<string>();

  add(offset: number, wanted: string): string {
    let name = wanted;
    for (let number = 2; this.#names.has(name); number++) name = `${wanted}Again${number}`;
    this.#names.add(name);
    this.#byOffset.set(offset, [...(this.#byOffset.get(offset) ?? []), name]);
    return name;
  }

  at(offset: number): readonly string[] {
    return this.#byOffset.get(offset) ?? [];
  }

  /** The label that starts at an offset, to refer to it. */
  first(offset: number): string | undefined {
    return this.#byOffset.get(offset)?.[0];
  }
}

interface LabelSet {
  at(offset: number): readonly string[];
  /** Expressions for the offset and length of a reference; numbers where it leads to no labelled place. */
  refer(offset: number, length: number): { offset: string; length: string };
  /** Whether the label `Heap` is at an offset, and `HeapEnd` at another. */
  isHeap(offset: number): boolean;
  isHeapEnd(offset: number): boolean;
}

/** A label for each start and end of something referred to that is also the start of a span: only there can a label stand. */
function labelsOf(
  spans: readonly Span[],
  bytes: Uint8Array,
  [heapStart, heapEnd]: readonly [number, number],
): LabelSet {
  const starts = new Set(spans.map(({ offset }) => offset).filter((offset) => offset >= acpiHeaderSize));
  starts.add(bytes.length);
  const labels = new Labels();
  const ends = new Map<string, string>();
  const objects = new Map<number, string>();
  const placed = (offset: number, wanted: string) => (starts.has(offset) ? labels.add(offset, wanted) : undefined);
  const hasHeap = placed(heapStart, "Heap") !== undefined;
  const hasHeapEnd = heapEnd > heapStart && placed(heapEnd, "HeapEnd") !== undefined;
  for (const { claim, path, offset } of spans) {
    if (claim?.field?.kind !== "ref" || claim.offset !== offset) continue;
    const start = readUint(bytes, offset, 4);
    const length = readUint(bytes, offset + 4, 2);
    if (length === 0 || start < heapStart || start + length > heapEnd) continue;
    const name = labelName(path);
    if (!objects.has(start)) {
      const label = placed(start, name);
      if (label !== undefined) objects.set(start, label);
    }
    const end = `${start}+${length}`;
    if (!ends.has(end) && objects.has(start)) {
      const label = placed(start + length, `${objects.get(start)}End`);
      if (label !== undefined) ends.set(end, label);
    }
  }
  return {
    at: (offset) => labels.at(offset),
    isHeap: (offset) => hasHeap && offset === heapStart,
    isHeapEnd: (offset) => hasHeapEnd && offset === heapEnd,
    refer: (offset, length) => {
      const start = objects.get(offset);
      const end = ends.get(`${offset}+${length}`);
      return {
        offset: start === undefined || length === 0 ? iaslHex(offset, 8) : `$${start}`,
        length: start === undefined || end === undefined || length === 0 ? iaslHex(length, 4) : `($${end} - $${start})`,
      };
    },
  };
}

/** `hfi[0].transportInfo.hostNameRef` as `Hfi0TransportInfoHostName`: iasl takes letters and digits. */
function labelName(path: string): string {
  return path
    .replace(/Ref$/, "")
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");
}

function spanSource(span: Span, bytes: Uint8Array, labels: LabelSet): string[] {
  const { offset, length, claim } = span;
  const own = bytes.subarray(offset, offset + length);
  const whole = claim !== undefined && claim.offset === offset && claim.length === length;
  const comment = spanTitle(span);
  if (!whole) return [bufferSource(own, comment)];
  if (claim.field?.kind === "ref" && span.kind === "field") return referenceSource(offset, bytes, labels, comment);
  if (claim.field) {
    const heap = readUint(bytes, 36, 4);
    const described =
      span.kind === "reserved" ? comment : `${comment}: ${commentText(describeField(claim.field, bytes, offset))}`;
    if (span.path === "header.heapOffset" && labels.isHeap(heap)) return [source("UINT32", "$Heap", comment)];
    if (span.path === "header.heapLength" && labels.isHeap(heap) && labels.isHeapEnd(heap + readUint(bytes, 40, 4)))
      return [source("UINT32", "($HeapEnd - $Heap)", comment)];
    return [
      length === 1 || length === 2 || length === 4 ? integerSource(own, described) : bufferSource(own, described),
    ];
  }
  if (span.kind === "object" && claim.via?.object.kind === "string") {
    const text = stringSource(own, comment);
    if (text !== undefined) return [text];
  }
  return [bufferSource(own, comment)];
}

function referenceSource(at: number, bytes: Uint8Array, labels: LabelSet, comment: string): string[] {
  const reference = labels.refer(readUint(bytes, at, 4), readUint(bytes, at + 4, 2));
  return [
    source("UINT32", reference.offset, `${comment}, offset`),
    source("UINT16", reference.length, `${comment}, length`),
  ];
}

function source(type: string, value: string, comment: string): string {
  return `${`${type.padStart(8)} : ${value}`.padEnd(48)} // ${comment}`;
}

function integerSource(bytes: Uint8Array, comment: string): string {
  const size = bytes.length as 1 | 2 | 4;
  return source(`UINT${8 * size}`, iaslHex(readUint(bytes, 0, size), 2 * size), comment);
}

/** iasl's String adds a NUL: it stands for text that counts one at its end. */
function stringSource(bytes: Uint8Array, comment: string): string | undefined {
  const text = bytes.subarray(0, bytes.length - 1);
  if (bytes.at(-1) !== 0 || text.length === 0 || !isPlain(text)) return undefined;
  return source("String", `"${latin1Text(text)}"`, comment);
}

function bufferSource(bytes: Uint8Array, comment: string): string {
  return `${" ".repeat(9)}// ${comment}${printableText(bytes)}\n${"Buffer".padStart(8)} : ${buffer(bytes)}`;
}

/** What a buffer says, where it is text. */
function printableText(bytes: Uint8Array): string {
  const text = trimNul(bytes);
  return text.length > 2 && isPlain(text) ? `: ${commentText(latin1Text(text.subarray(0, 80)))}` : "";
}

function buffer(bytes: Uint8Array): string {
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += rowSize)
    rows.push([...bytes.subarray(at, at + rowSize)].map((byte) => iaslHex(byte, 2)).join(" "));
  return rows.join(` \\\n${" ".repeat(11)}`);
}

function trimNul(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes.subarray(0, end);
}

/** Whether iasl takes bytes inside quotes: printable ASCII without quote and backslash. */
function isPlain(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c);
}
