/**
 * Text that came from a table, safe to show on a terminal or in a log: control characters (C0, DEL, C1), line separators
 * and bidirectional controls become `\n`, `\t`, `\x1b`, `\u202e` …; a backslash is doubled so that the result is unambiguous.
 */
export function escapeText(text: string): string {
  const first = text.search(special);
  if (first < 0) return text;
  // Character by character: in text that is all control characters, replacing takes five times as long.
  let escaped = text.slice(0, first);
  for (let i = first; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const form = forms[code] ?? formOf(text[i]!, code);
    if (code < 0x100) forms[code] = form;
    escaped += form;
  }
  return escaped;
}

/**
 * A message with the controls of {@link escapeText} made harmless, in which line feeds and backslashes are its own: names in it that nobody
 * escaped command no terminal.
 */
export function escapeControls(text: string): string {
  const parts = text.split(/([\\\n]+)/);
  return parts.map((part, i) => (i % 2 === 0 ? escapeText(part) : part)).join("");
}

const special = /[\\\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;

const named: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** What stands for the first 256 characters, as far as one has been met. */
const forms: string[] = [];

function formOf(character: string, code: number): string {
  if (!special.test(character)) return character;
  const short = named[character];
  if (short !== undefined) return short;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
}
