/** What stands for the signs that the commands draw and write with, where a terminal has none but ASCII. */
const signs: Readonly<Record<string, string>> = {
  "│": "|",
  "├": "|",
  "└": "`",
  "─": "-",
  "→": "->",
  "←": "<-",
  "…": "...",
  "×": "x",
  "·": "|",
  "–": "-",
  "—": "-",
  "“": '"',
  "”": '"',
  "’": "'",
};

/** Text for a terminal that has ASCII only: signs in its characters, letters of other alphabets as `\u00f4`, as JSON writes them. */
export function asciiText(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (sign) => signs[sign] ?? `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Whether programs may write UTF-8 to the terminal, as the locale says: POSIX, where nothing is set. */
export function hasUtf8(
  env: Readonly<Record<string, string | undefined>>,
  platform: string = process.platform,
): boolean {
  if (platform === "win32") return true;
  return /utf-?8/i.test(env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "C");
}
