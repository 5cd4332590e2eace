import type { NbftReading } from "../../nbft/read/read.ts";
import { type Span, spansOf } from "../../nbft/read/spans.ts";
import { escapeHtml } from "./escape-html.ts";
import { pathKey } from "./findings.ts";

/** Bytes that the view shows, many times what recorded firmware writes. What is after them is left to `nbft dump -o hex`. */
const MAX_SHOWN_BYTES = 0x4000;
const WIDTH = 16;

/** Rows of 16 bytes; each run of bytes with one owner is a button that names it. One of them is a stop for the keyboard, arrows lead to the others. */
export function bytesHtml({ frame }: NbftReading, secrets: boolean): string {
  const { input } = frame;
  const hidden = new Set<number>();
  const shown = Math.min(input.length, MAX_SHOWN_BYTES);
  const rows: string[] = [];
  let row = rowStart(0);
  const finish = (start: number, end: number) => {
    const gap = " ".repeat(3 * (WIDTH - (end - start)) + 2);
    rows.push(`${row}<span class="at text">${gap}${escapeHtml(printable(input, start, end, hidden))}</span></div>`);
  };
  for (const span of spansOf(frame)) {
    const secret = !secrets && isSecret(span);
    if (secret) for (let at = span.offset; at < span.offset + span.length; at++) hidden.add(at);
    for (let at = span.offset; at < Math.min(span.offset + span.length, shown); ) {
      const end = Math.min(span.offset + span.length, shown, at - (at % WIDTH) + WIDTH);
      row += buttonHtml(span, input.subarray(at, end), at === 0, secret);
      at = end;
      if (at % WIDTH === 0 || at === shown) {
        finish(at - 1 - ((at - 1) % WIDTH), at);
        row = rowStart(at);
      } else row += " ";
    }
  }
  const rest = input.length - shown;
  return (
    rows.join("") +
    (rest > 0 ? `<p class="dim">${rest} more bytes are not shown here: nbft dump -o hex shows them</p>` : "")
  );
}

/** Key paths say where a secret lies: their bytes are as hidden as their text. */
function isSecret({ kind, path, sharedWith = [] }: Span): boolean {
  return kind === "object" && [path, ...sharedWith].some((each) => each.endsWith(".secretKeypath"));
}

function printable(bytes: Uint8Array, start: number, end: number, hidden: ReadonlySet<number>): string {
  let text = "";
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    text += byte >= 0x20 && byte < 0x7f && !hidden.has(at) ? String.fromCharCode(byte) : ".";
  }
  return text;
}

function rowStart(offset: number): string {
  return `<div class="row"><span class="at">${offset.toString(16).padStart(6, "0")}  </span>`;
}

function buttonHtml(span: Span, bytes: Uint8Array, stop: boolean, secret: boolean): string {
  const digits = Array.from(bytes, (byte) => (secret ? "**" : byte.toString(16).padStart(2, "0"))).join(" ");
  const paths = escapeHtml([span.path, ...(span.sharedWith ?? []).slice(0, 16)].map(pathKey).join(" "));
  return `<button type="button" class="${span.kind}" data-path="${paths}" title="${escapeHtml(span.title)}" tabindex="${stop ? 0 : -1}">${digits}</button>`;
}
