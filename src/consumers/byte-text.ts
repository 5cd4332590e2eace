import { latin1Bytes } from "../bytes/latin1.ts";

const utf8 = new TextDecoder("utf-8");

/** Text with one character a byte, as people read it: UTF-8, with U+FFFD for what is not. */
export function readableText(text: string): string {
  return /[^\0-\x7f]/.test(text) ? utf8.decode(latin1Bytes(text)) : text;
}
