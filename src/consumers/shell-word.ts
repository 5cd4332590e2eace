import { latin1Bytes } from "../bytes/latin1.ts";

const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * A word for a POSIX shell: as it is where no character is special, in single quotes where it is plain text. A word with control
 * characters, or with bytes that are not UTF-8, is written as `"$(printf '…')"`, so that the line can be shown on a terminal and still says
 * exactly these bytes. Not as `$'…'`, which is shorter: dash does not know it, and would run what stands after a quote in it.
 *
 * @param text one character a byte, without NULs
 */
export function shellWord(text: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(text)) return text;
  const plain = decode(text);
  if (plain !== undefined && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(plain)) return `'${plain.replaceAll("'", "'\\''")}'`;
  // A command substitution drops line ends at its end; the third character of IFS is one.
  const ends = /\n*$/.exec(text)![0];
  const escaped = text
    .slice(0, text.length - ends.length)
    .replace(/[^\x20-\x7e]|['\\]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`)
    .replaceAll("%", "%%");
  // printf takes what begins with a hyphen for an option.
  const format = escaped.replace(/^-/, "\\055");
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's
  return `"$(printf '${format}')${"${IFS#??}".repeat(ends.length)}"`;
}

function decode(text: string): string | undefined {
  try {
    return strictUtf8.decode(latin1Bytes(text));
  } catch {
    return undefined;
  }
}
