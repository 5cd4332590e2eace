import { withoutEscapes } from "../../text/terminal.ts";

/** A text without what programs put around it to show it. */
export interface BareText {
  readonly text: string;
  /** What was taken away, for a person. */
  readonly taken: readonly string[];
}

/**
 * A text as it was before a terminal coloured it or a browser showed it: without escape sequences, with common blanks for the unbreakable ones, with lines
 * for the elements of HTML and escaped line ends. Lines keep their numbers, but where one of these has several in one.
 */
export function bareText(text: string): BareText {
  const taken: string[] = [];
  let bare = text;
  if (bare.includes("\x1b")) {
    bare = withoutEscapes(bare);
    taken.push("escape sequences of a terminal");
  }
  if (isQuotedPrintable(bare)) {
    bare = bare
      .replace(softBreaks, "")
      .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
    taken.push("quoted-printable encoding");
  }
  if (hasEscapedRows(bare)) {
    // The string ends in the line of its last row; what follows may be long.
    bare = bare
      .replace(/(?:\\r)?\\n/g, "\n")
      .replaceAll("\\t", "\t")
      .replace(/", ?(?=")/g, '",\n')
      .replaceAll('\\"', '"');
    taken.push("escaped line ends");
  }
  if (isHtml(bare)) {
    bare = withoutElements(bare);
    taken.push("tags of HTML");
  }
  if (/[\u00a0\u2000-\u200b\u202f\u2060\u3000\ufeff]/.test(bare)) {
    bare = bare.replace(/[\u200b\u2060\ufeff]/g, "").replace(/[\u00a0\u2000-\u200a\u202f\u3000]/g, " ");
    taken.push("unbreakable blanks");
  }
  return { text: bare, taken };
}

/**
 * The end of a line that goes on in the next one. A row of a dump may end with this character too; what follows it there is the next row.
 */
const softBreak = "=[ \\t]*\\r?\\n(?=\\S)(?!\\W{0,4}[\\da-fA-F]{4,16}:? )";
const softBreaks = new RegExp(`(?<=^.{70,75})${softBreak}`, "gm");
/** Lines of 76 characters with it: two, or one with a quote mark, for a line of base64 may be the last one. */
const quotedPrintable = new RegExp(
  `^.{75}${softBreak}(?:[^\\n]*\\n){1,64}?.{75}${softBreak}|^(?=[^\\n]*").{75}${softBreak}`,
  "m",
);

/** Whether lines are wrapped as mail's quoted-printable encoding wraps them (RFC 2045, 6.7). */
function isQuotedPrintable(text: string): boolean {
  return text.includes("=") && quotedPrintable.test(text);
}

/** Whether rows of a dump, of base64 or of `nvme nbft show` are in one string, as JSON and most programming languages write it. */
function hasEscapedRows(text: string): boolean {
  if (!text.includes("\\n")) return false;
  if (/TkJGV[A-Za-z0-9+/]{32,128}\\n[A-Za-z0-9+/]{32}/.test(text)) return true;
  if (/\\nIdx {0,4}\|/.test(text) || /\\"(?:subsystem|hfi)\\"\s{0,4}:/.test(text)) return true;
  return (text.match(/\\n {0,8}(?:0x)?[0-9a-f]{4,16}:? {1,4}[0-9a-f]{2}/gi)?.length ?? 0) > 1;
}

const marks = /<\/(?:pre|code|span|t[dr]|p|li|div|tt|samp|kbd|body|html|font|textarea|b)>|<br ?\/?>|<pre[ >]|&nbsp;/i;

function isHtml(text: string): boolean {
  return text.includes("<") || text.includes("&nbsp;") ? marks.test(text) : false;
}

const element =
  /<(\/?)(a|b|blockquote|body|br|code|dd|div|dl|dt|em|font|h[1-6]|html|i|kbd|li|ol|p|pre|samp|section|span|strong|table|tbody|td|textarea|th|thead|tr|tt|u|ul)(?:\s[^<>]{0,999})?\/?>/gi;
const endsLine = /^(?:blockquote|br|dd|div|dt|h[1-6]|li|p|pre|section|table|tr)$/i;
const startsLine = /^(?:blockquote|dd|div|dt|h[1-6]|li|p|section|tr)$/i;

function withoutElements(text: string): string {
  const pieces: string[] = [];
  let from = 0;
  let lineHasText = false;
  const add = (piece: string) => {
    pieces.push(piece);
    const end = piece.lastIndexOf("\n");
    lineHasText = (end < 0 && lineHasText) || piece.slice(end + 1).trim() !== "";
  };
  for (const match of text.matchAll(element)) {
    const [whole, closing, name] = match;
    add(text.slice(from, match.index));
    from = match.index + whole.length;
    const breaks = closing || /^br$/i.test(name!) ? endsLine : startsLine;
    // A line that ends here by itself is ended once.
    if (breaks.test(name!) && lineHasText && !/^[ \t]*\r?\n/.test(text.slice(from, from + 64))) add("\n");
    else if (/^t[dh]$/i.test(name!)) add(" ");
  }
  add(text.slice(from));
  return pieces.join("").replace(/&(#\d{1,7}|#x[0-9a-f]{1,6}|nbsp|lt|gt|amp|quot|apos);/gi, characterOf);
}

const characters: Readonly<Record<string, string>> = {
  nbsp: " ",
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
};

function characterOf(whole: string, name: string): string {
  if (!name.startsWith("#")) return characters[name.toLowerCase()] ?? whole;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code === 0xa0 ? " " : code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}
