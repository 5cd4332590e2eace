import type { Bytes } from "./bytes.ts";
import { latin1Bytes, latin1Text } from "./latin1.ts";

/** Bytes of a base64 text in its one canonical form (padding, no stray bits); undefined for any other text. */
export function decodeBase64(text: string): Bytes | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const bytes = latin1Bytes(atob(text));
  return encodeBase64(bytes) === text ? bytes : undefined;
}

/** Base64 text of some bytes, with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  return btoa(latin1Text(bytes));
}
