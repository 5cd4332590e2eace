import { latin1Bytes } from "../../bytes/latin1.ts";

/** Sections of a key file in order, each with its keys in order; a key whose value is undefined is left out. */
export type KeyFileSections = readonly (readonly [string, Readonly<Record<string, string | number | undefined>>])[];

/** A text file that a network manager reads. */
export interface ConfigFile {
  /** File name without its folder. */
  readonly name: string;
  /** One character a byte. */
  readonly text: string;
}

/** Text of a key file, sections with a blank line between. */
export function formatKeyFile(sections: KeyFileSections): string {
  return sections
    .map(([title, keys]) => {
      const lines = Object.entries(keys)
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => `${key}=${typeof value === "number" ? value : escapeValue(value!)}\n`);
      return `[${title}]\n${lines.join("")}`;
    })
    .join("\n");
}

/** DNS servers as NetworkManager keeps them: each once. */
export function dnsList(servers: readonly string[]): string {
  return [...new Set(servers)].map((server) => `${server};`).join("");
}

/** A value as GKeyFile writes it: no line end and no leading blank can leave the value. */
function escapeValue(value: string): string {
  return value
    .replaceAll("\\", "\\\\")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replace(/^[ \t]+/, (blanks) => blanks.replaceAll(" ", "\\s").replaceAll("\t", "\\t"));
}

/**
 * A UUID made from a text, always the same for the same text. Programs draw theirs at random; output that can be compared is worth
 * more here. RFC 9562 version 8, over the 128-bit FNV-1a hash.
 */
export function uuidOf(text: string): string {
  const prime = (1n << 88n) + 0x13bn;
  let hash = 0x6c62272e07bb014262b821756295c58dn;
  for (const byte of latin1Bytes(text)) hash = BigInt.asUintN(128, (hash ^ BigInt(byte)) * prime);
  const digits = hash.toString(16).padStart(32, "0");
  const variant = ((Number.parseInt(digits[16]!, 16) & 3) | 8).toString(16);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    variant + digits.slice(17, 20),
    digits.slice(20),
  ].join("-");
}
