import { checksumFor } from "../acpi/checksum.ts";
import { bufferValue, fieldLine, iaslHex, rawTableData, subLine } from "../acpi/iasl-lines.ts";
import type { IaslStyle } from "../acpi/text-styles.ts";
import { readUint } from "../bytes/numbers.ts";
import type { NbftReading } from "../nbft/read/read.ts";
import { type Span, spansOf } from "../nbft/read/spans.ts";
import { describeField } from "../structure/codec.ts";
import type { Field, HeapObject } from "../structure/index.ts";
import { escapeText } from "../text/escape.ts";
import { formatIp } from "../text/ip.ts";

/** Names that iasl gives to the fields of every table's header. */
export const headerNames: Readonly<Record<string, string>> = {
  "header.signature": "Signature",
  "header.length": "Table Length",
  "header.majorRevision": "Revision",
  "header.checksum": "Checksum",
  "header.oemId": "Oem ID",
  "header.oemTableId": "Oem Table ID",
  "header.oemRevision": "Oem Revision",
  "header.creatorId": "Asl Compiler ID",
  "header.creatorRevision": "Asl Compiler Revision",
};

/** Choices of {@link formatIasl}. */
export interface IaslOptions {
  /** Look of iasl's newer releases unless `old`. */
  readonly style?: IaslStyle;
}

/**
 * An NBFT in the look of iasl's disassembly of a data table, every field named and every byte shown once, with the raw data at the end. iasl itself
 * knows no NBFT and decodes the header alone.
 */
export function formatIasl(name: string, reading: NbftReading, { style = "new" }: IaslOptions = {}): string {
  const { frame } = reading;
  const lines = [
    "/*",
    " * NVMe Boot Firmware Table, in the look of iasl's disassembly",
    " *",
    ` * Disassembly of ${commentText(name)}`,
    " *",
    " * ACPI Data Table [NBFT]",
    " *",
    ` * Format: [HexOffset DecimalOffset ByteLength]  FieldName : FieldValue${style === "new" ? " (in hex)" : ""}`,
    " */",
    "",
  ];
  let owner = "header";
  for (const span of spansOf(frame)) {
    const next = ownerOf(span);
    if (next !== owner) lines.push("");
    owner = next;
    lines.push(...spanLines(span, frame.input, style));
  }
  return `${lines.join("\n")}\n\n${rawTableData(frame.input)}`;
}

/** The structure that a span belongs to; heap objects that are not a structure go together. */
function ownerOf({ kind, path }: Span): string {
  if (kind === "field" || kind === "reserved" || kind === "extra") return path.replace(/\.[^.]*$/, "");
  return kind === "object" || kind === "terminator" || kind === "unused" ? "heap" : kind;
}

function spanLines(span: Span, input: Uint8Array, style: IaslStyle): string[] {
  const { offset, length, claim } = span;
  const bytes = input.subarray(offset, offset + length);
  const whole = claim !== undefined && claim.offset === offset && claim.length === length;
  const line = (value: string, name = spanTitle(span)) => fieldLine(style, offset, length, name, value);
  if (!whole) return [line(bufferValue(style, bytes), claim ? `${spanTitle(span)} (part)` : spanTitle(span))];
  if (claim.field && span.kind === "field") return fieldLines(claim.field, span, input, style);
  if (span.kind === "object") return [line(objectValue(claim.via!.object, bytes, style))];
  return [line(length <= 4 && length !== 3 ? number(bytes, 0, length) : bufferValue(style, bytes))];
}

/** A span's name in the table: iasl's for the header, the specification's elsewhere. */
export function spanTitle(span: Span): string {
  const { kind, path, title } = span;
  const own = headerNames[path];
  if (own !== undefined) return own;
  if (kind === "unused") return "Unused Heap";
  if (kind === "gap") return "Not in a Structure";
  if (kind === "trailing") return "Behind the Table";
  if (kind === "terminator") return `${shorten(title.replace(/, NUL$/, ""))}, NUL`;
  return shorten(title);
}

function shorten(title: string): string {
  return shortNames.reduce((text, [from, to]) => text.replace(from, to), title);
}

/** iasl's names have up to 27 characters; the specification's titles are cut to fit, in its own words. */
const shortNames: readonly (readonly [RegExp, string])[] = [
  [/ Heap Object Reference$/, ""],
  [/^Number of Host Fabric Interface Descriptors$/, "HFI Count"],
  [/^Number of Subsystem and Namespace Descriptors$/, "SSNS Count"],
  [/^Number of (\w+).* Descriptors$/, "$1 Count"],
  [/^Security Profile(?= Descriptor)/, "Security"],
  [/ Descriptor (?=(List )?(Offset|Length|Version|Index|Flags)$)/, " "],
  [/^Driver Dev Path(?= Signature$)/, "Driver"],
  [/^HFI Transport Info Descriptor$/, "Transport Info"],
  [/^(HFI Transport Info|SSNS) Extended Info(rmation)?( Descriptor)?$/, "Extended Info"],
  [/^PCI Express Routing ID for .*$/, "PCI Express Routing ID"],
  [/^Subsystem Transport Service Identifier$/, "Transport Service"],
  [/^Subsystem (?=Transport Address$)/, ""],
  [/^Transport Specific Flags$/, "Transport Flags"],
  [/^Primary Discovery Controller Index$/, "Primary Discovery Index"],
  [/^Secondary HFI Associations$/, "Secondary HFIs"],
  [/^NVM Subsystem NVMe Qualified Name$/, "Subsystem NQN"],
  [/ NVMe Qualified Name$/, " NQN"],
  [/^Secure Channel Algorithm.*$/, "Secure Channel"],
  [/^Secure Hash Functions.*$/, "Secure Hashes"],
  [/^Authentication (?=Protocols|DH)/, "Auth "],
  [/^Discovery Controller (?=Address|NQN)/, "Discovery "],
];

/** What a structure's first byte says it is. */
const structureTitles: Readonly<Record<number, string>> = {
  1: "Control Descriptor",
  2: "Host Descriptor",
  3: "HFI Descriptor",
  4: "SSNS Descriptor",
  5: "Security Profile Descriptor",
  6: "Discovery Descriptor",
  7: "HFI Transport Info Descriptor",
  9: "SSNS Extended Information Descriptor",
  10: "HFI Extended Information Descriptor",
};

function number(bytes: Uint8Array, at: number, size: number): string {
  return iaslHex(readUint(bytes, at, size as 1 | 2 | 4), 2 * size);
}

function fieldLines(field: Field, span: Span, input: Uint8Array, style: IaslStyle): string[] {
  const { offset, length } = span;
  const bytes = input.subarray(offset, offset + length);
  const title = spanTitle(span);
  const line = (value: string, name = title) => fieldLine(style, offset, length, name, value);
  switch (field.kind) {
    case "uint": {
      const value = readUint(bytes, 0, field.size);
      const digits = iaslHex(value, 2 * field.size);
      if (span.path === "header.checksum") return [line(checksumText(digits, input))];
      const name = span.path.endsWith(".structureId") ? structureTitles[value] : field.names?.[value];
      return [line(name === undefined ? digits : `${digits} [${name}]`)];
    }
    case "flags": {
      const value = readUint(bytes, 0, field.size);
      const parts = Object.values(field.bits).map((bit) => {
        const part = (value >>> bit.low) & (2 ** bit.width - 1);
        const name = bit.names?.[part];
        return subLine(style, bit.title, iaslHex(part, 1) + (name === undefined ? "" : ` [${name}]`));
      });
      return [
        line(iaslHex(value, 2 * field.size), title.length > 11 ? `${title} (decoded)` : `${title} (decoded below)`),
        ...parts,
      ];
    }
    case "ref":
      return [
        fieldLine(style, offset, 4, `${title} Offset`, number(bytes, 0, 4)),
        fieldLine(style, offset + 4, 2, `${title} Length`, number(bytes, 4, 2)),
      ];
    case "ascii":
    case "cstring":
      return [line(quoted(bytes) + (span.path === "header.signature" ? "    [NVMe Boot Firmware Table]" : ""))];
    default:
      return [line(`${bufferValue(style, bytes)} [${escapeText(describeField(field, input, offset))}]`)];
  }
}

function checksumText(digits: string, input: Uint8Array): string {
  const length = Math.min(readUint(input, 4, 4), input.length);
  const right = iaslHex(checksumFor(input, length), 2);
  return right === digits ? digits : `${digits}     /* Incorrect checksum, should be ${right} */`;
}

function objectValue(object: HeapObject, bytes: Uint8Array, style: IaslStyle): string {
  const buffer = bufferValue(style, bytes);
  switch (object.kind) {
    case "string":
      return quoted(bytes);
    case "ip":
      return bytes.length === 16 ? `${buffer} [${formatIp(bytes)}]` : buffer;
    default:
      return buffer;
  }
}

/** Text in quotes without its trailing NULs; what is not printable is escaped. */
function quoted(bytes: Uint8Array): string {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  let text = "";
  for (const byte of bytes.subarray(0, end)) text += byte < 0x7f ? String.fromCharCode(byte) : `\\x${iaslHex(byte, 2)}`;
  return `"${text.replace(/[\x00-\x1f]/g, (character) => `\\x${iaslHex(character.charCodeAt(0), 2)}`)}"`;
}

/** Text for a comment: one line, ASCII, and nothing that would end the comment. */
export function commentText(text: string): string {
  return escapeText(text)
    .replace(/[^\x20-\x7e]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`)
    .replaceAll("*/", "*\\/");
}
