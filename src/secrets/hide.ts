import { latin1Text } from "../bytes/latin1.ts";

/**
 * A text with an ellipsis in the place of each key. Where a word begins as a secret does, all of it is hidden, for a mistyped key is one that
 * somebody may guess; but for the colon that says what is wrong with it.
 */
export function withoutSecrets(text: string): string {
  return text.replace(/(DHHC-1|NVMeTLSkey-1):[A-Za-z0-9+/=:._-]+?(?=: |(?![A-Za-z0-9+/=:._-]))/gi, "$1:…");
}

/** Whether a secret is written in bytes, as 8-bit text or UTF-16. */
export function holdsSecret(bytes: Uint8Array): boolean {
  const text = latin1Text(bytes).replaceAll("\0", "");
  return withoutSecrets(text) !== text;
}
