import type { Bytes } from "./bytes.ts";

/**
 * Text with one character a byte, whatever the encoding is, as a C program handles it. `TextDecoder("latin1")` will not do for it: it means
 * Windows-1252, which moves 80h to 9Fh.
 */
export function latin1Text(bytes: Uint8Array): string {
  let text = "";
  // A call has room for so many arguments only. Spread arguments would be copied one by one.
  for (let at = 0; at < bytes.length; at += 8192)
    text += Reflect.apply(String.fromCharCode, undefined, bytes.subarray(at, at + 8192));
  return text;
}

/** The bytes of such a text; of a character above U+00FF its lower byte. */
export function latin1Bytes(text: string): Bytes {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
