/**
 * A text with an ellipsis in the place of each key. Where a word begins as a secret does, all of it is hidden, for a mistyped key is one that
 * somebody may guess.
 */
export function withoutSecrets(text: string): string {
  return text.replace(/(DHHC-1|NVMeTLSkey-1):[A-Za-z0-9+/=:._-]+/gi, "$1:…");
}
