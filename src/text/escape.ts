/**
 * Text that came from a table, safe to show on a terminal or in a log: control characters (C0, DEL, C1), line separators
 * and bidirectional controls become `\n`, `\t`, `\x1b`, `\u202e` …; a backslash is doubled so that the result is unambiguous.
 */
export function escapeText(text: string): string {
  return text.replace(
    /[\\\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (character) => {
      if (character === "\\") return "\\\\";
      if (character === "\n") return "\\n";
      if (character === "\r") return "\\r";
      if (character === "\t") return "\\t";
      const code = character.charCodeAt(0);
      return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
    },
  );
}
