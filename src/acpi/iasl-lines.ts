import { hexLine } from "./acpidump-text.ts";
import type { IaslStyle } from "./text-styles.ts";

/** Columns before the name, the name's own width, and that of names without a place. */
const looks = {
  old: { place: oldPlace, width: 28, indent: 44, continuation: 47 },
  new: { place: newPlace, width: 27, indent: 44, continuation: 47 },
} as const;

function oldPlace(offset: number, length: number): string {
  return `[${iaslHex(offset, 3)}h ${String(offset).padStart(4, "0")}${` ${length}`.padStart(4)}]`;
}

function newPlace(offset: number, length: number): string {
  return `[${iaslHex(offset, 3)}h ${String(offset).padStart(4, "0")} ${iaslHex(length, 3)}h]`;
}

/** Upper-case digits, at least `width`. */
export function iaslHex(value: number, width: number): string {
  return value.toString(16).toUpperCase().padStart(width, "0");
}

/** `[000h 0000 004h]                   Signature : "NBFT"`. */
export function fieldLine(style: IaslStyle, offset: number, length: number, name: string, value: string): string {
  const { place, width } = looks[style];
  return `${place(offset, length)} ${name.padStart(width)} : ${value}`;
}

/** A line about a part of the field above, without a place. */
export function subLine(style: IaslStyle, name: string, value: string): string {
  return `${name.padStart(looks[style].indent)} : ${value}`;
}

/** Bytes as iasl prints a buffer: 16 on a line, lines joined by a backslash. */
export function bufferValue(style: IaslStyle, bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16)
    lines.push([...bytes.subarray(at, at + 16)].map((byte) => iaslHex(byte, 2)).join(" "));
  return lines.join(` \\\n${" ".repeat(looks[style].continuation)}`);
}

/** The part at the end that has every byte once more: what acpixtract-like tools, and this library, read back. */
export function rawTableData(bytes: Uint8Array): string {
  const lines = [`Raw Table Data: Length ${bytes.length} (0x${iaslHex(bytes.length, 1)})`, ""];
  for (let offset = 0; offset < bytes.length; offset += 16) lines.push(hexLine(bytes, offset, 8, " // "));
  return `${lines.join("\n")}\n`;
}
