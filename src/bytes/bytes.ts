/**
 * Bytes that this library made: a `Uint8Array<ArrayBuffer>` from TypeScript 5.7 on, which `Blob` and `crypto.subtle` take, and a
 * `Uint8Array` before. Parameters take any `Uint8Array`, a Node.js Buffer too.
 */
export type Bytes = ReturnType<typeof Uint8Array.from>;
