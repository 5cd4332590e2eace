import type { Bytes } from "../bytes/bytes.ts";

const utf8 = new TextDecoder("utf-8");

/**
 * Text as a C program handles it: one character a byte, whatever the encoding is. `TextDecoder("latin1")` will not do for it: it
 * means Windows-1252, which moves 80h to 9Fh.
 */
export function byteText(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return text;
}

/** The bytes of such a text. */
export function bytesOfText(text: string): Bytes {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Such a text as people read it: UTF-8, with U+FFFD for what is not. */
export function readableText(text: string): string {
  return utf8.decode(bytesOfText(text));
}
