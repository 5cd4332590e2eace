import type { NbftReading } from "../nbft/read/read.ts";
import { type Span, spansOf } from "../nbft/read/spans.ts";
import { describeField } from "../structure/codec.ts";
import { escapeText } from "../text/escape.ts";
import { formatHex } from "../text/hex.ts";
import { type Paint, plain } from "./paint.ts";

const WIDTH = 16;

/**
 * Every byte of the input with its owner: one line a span, long spans on several lines of 16 bytes.
 *
 * Each line: offset, bytes, model path, title and value. Nothing is left out and nothing shown twice.
 */
export function formatHexDump(name: string, reading: NbftReading, paint: Paint = plain): string {
  const spans = spansOf(reading.frame);
  const lines = spans.flatMap((span) => spanLines(span, reading, paint));
  const owned = spans.reduce((sum, { length }) => sum + length, 0);
  const total = reading.frame.input.length;
  return `${paint.bold(escapeText(name))}: ${total} bytes\n${lines.join("\n")}\n${owned} of ${total} bytes owned by ${spans.length} spans\n`;
}

function spanLines(span: Span, reading: NbftReading, paint: Paint): string[] {
  const { offset, length, path } = span;
  const bytes = reading.frame.input.subarray(offset, offset + length);
  const rows = Math.ceil(length / WIDTH);
  return Array.from({ length: rows }, (_, row) => {
    const part = bytes.subarray(row * WIDTH, (row + 1) * WIDTH);
    const place = paint.dim((offset + row * WIDTH).toString(16).padStart(6, "0"));
    const digits = formatHex(part, " ").padEnd(3 * WIDTH - 1);
    if (row > 0) return `${place}  ${digits}  ${printable(part)}`;
    const shared = span.sharedWith
      ? `, also ${span.sharedWith.slice(0, 3).join(", ")}${span.sharedWith.length > 3 ? ", …" : ""}`
      : "";
    return `${place}  ${digits}  ${paint.bold(path)}${shared}  ${describe(span, reading)}`;
  });
}

function describe(span: Span, { frame }: NbftReading): string {
  const { claim } = span;
  const title = paintTitle(span);
  const whole = claim && claim.offset === span.offset && claim.length === span.length;
  if (claim?.field && whole) {
    return `${title}: ${escapeText(shorten(describeField(claim.field, frame.bytes, span.offset)))}`;
  }
  if (span.kind === "object" && whole) {
    return `${title}: ${printable(frame.bytes.subarray(span.offset, span.offset + Math.min(span.length, 64)))}`;
  }
  return whole || !claim ? title : `${title} (part of ${claim.length} bytes)`;
}

function paintTitle({ kind, title }: Span): string {
  return kind === "reserved" && title !== "Reserved" ? `${title} (not in use)` : title;
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** Printable ASCII as it is, everything else a dot. */
function printable(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".";
  return text;
}
