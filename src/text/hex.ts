const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Lower-case hexadecimal digits of some bytes, without separators unless one is given. */
export function formatHex(bytes: Uint8Array, separator = ""): string {
  let text = "";
  for (let i = 0; i < bytes.length; i++) text += (i > 0 ? separator : "") + digits[bytes[i]!];
  return text;
}

/**
 * Bytes from hexadecimal digits; blanks, line ends, `:` and `-` between digits are skipped.
 *
 * @returns undefined when the text holds anything else or half a byte.
 */
export function parseHex(text: string): Uint8Array | undefined {
  const clean = text.replace(/[\s:-]+/g, "");
  if (clean.length % 2 !== 0 || /[^0-9a-fA-F]/.test(clean)) return undefined;
  const bytes = new Uint8Array(clean.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(clean.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** A number as the specifications print it: upper-case digits and an `h`, for example `0Ah`. */
export function specHex(value: number, width = 2): string {
  return `${value.toString(16).toUpperCase().padStart(width, "0")}h`;
}

/** A number with `0x` and lower-case digits. */
export function hex(value: number, width = 0): string {
  return `0x${value.toString(16).padStart(width, "0")}`;
}
