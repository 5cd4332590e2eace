/** ASCII codes of a text, for objects that are stored without a NUL. */
export function codes(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

/** An NQN of 224 bytes, one too many, with its NUL: no encoder writes one. */
export const longNqn: readonly number[] = [...codes(`nqn.2024-01.com.example:${"x".repeat(200)}`), 0];
