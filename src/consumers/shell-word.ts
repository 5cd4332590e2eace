import { bytesOfText } from "./byte-text.ts";

const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * A word for a shell: as it is where no character is special, in single quotes where it is plain text. A word with control
 * characters, or with bytes that are no UTF-8, is written with escapes (`$'…'`, POSIX.1-2024; bash, zsh, ksh, busybox), so that the
 * line can be shown on a terminal and still says exactly these bytes.
 *
 * @param text one character a byte
 */
export function shellWord(text: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(text)) return text;
  const plain = decode(text);
  if (plain !== undefined && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(plain)) return `'${plain.replaceAll("'", "'\\''")}'`;
  const escaped = text.replace(/[^\x20-\x7e]|['\\]/g, (character) =>
    character === "'" || character === "\\"
      ? `\\${character}`
      : `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
  // A hexadecimal digit behind an escape would be read as a part of it by some shells: the quotes are closed and opened again.
  return `$'${escaped.replace(/\\x[0-9a-f]{2}(?=[0-9a-fA-F])/g, (code) => `${code}'$'`)}'`;
}

function decode(text: string): string | undefined {
  try {
    return strictUtf8.decode(bytesOfText(text));
  } catch {
    return undefined;
  }
}
