import { DecodeError } from "../errors.ts";

/**
 * Bytes that this library made: a `Uint8Array<ArrayBuffer>` from TypeScript 5.7 on, which `Blob` and `crypto.subtle` take, and a
 * `Uint8Array` before. Parameters take any `Uint8Array`, a Node.js Buffer too.
 */
export type Bytes = ReturnType<typeof Uint8Array.from>;

/**
 * Refuses what a program without types may give in place of bytes. An array of another realm is one, too.
 *
 * @throws {DecodeError} that says what was given, and what to give.
 */
export function checkBytes(input: Uint8Array): void {
  if (input instanceof Uint8Array) return;
  const kind = Object.prototype.toString.call(input).slice("[object ".length, -1);
  if (kind === "Uint8Array") return;
  const remedy = /^(Shared)?ArrayBuffer$/.test(kind)
    ? ": give new Uint8Array(buffer)"
    : ArrayBuffer.isView(input)
      ? ": give new Uint8Array(view.buffer, view.byteOffset, view.byteLength)"
      : typeof input === "string"
        ? ": give the bytes of a file, not its name or text"
        : "";
  throw new DecodeError(`expected a Uint8Array, got ${kind === "Undefined" ? "nothing" : kind}${remedy}`);
}
