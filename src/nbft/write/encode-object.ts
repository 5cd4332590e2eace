import type { Bytes } from "../../bytes/bytes.ts";
import { writeUint } from "../../bytes/numbers.ts";
import { EncodeError } from "../../errors.ts";
import type { HeapObject } from "../../structure/index.ts";
import { shown, unname } from "../../structure/value.ts";
import { parseHex } from "../../text/hex.ts";
import { leadingZeros, parseIp } from "../../text/ip.ts";
import type { TableReader } from "../read/table-reader.ts";

/** An object that is no structure. */
export type PlainObject = Exclude<HeapObject, { kind: "structure" }>;

/** Largest heap object: lengths are 16 bits. */
export const MAX_OBJECT_LENGTH = 0xffff;

const utf8 = new TextEncoder();

/**
 * Bytes of a heap object that is no structure; strings without a NUL.
 *
 * @throws {EncodeError} naming `path` when the value is not of the object's form or too long for a reference.
 */
export function encodeObject(object: PlainObject, value: unknown, path: string): Bytes {
  const bytes = bytesOf(object, value, path);
  const room = object.kind === "string" ? MAX_OBJECT_LENGTH - 1 : MAX_OBJECT_LENGTH;
  if (bytes.length > room) throw new EncodeError(`${bytes.length} bytes, at most ${room} fit into a heap object`, path);
  return bytes;
}

function bytesOf(object: PlainObject, value: unknown, path: string): Bytes {
  switch (object.kind) {
    case "string": {
      if (typeof value !== "string") throw new EncodeError("expected text", path);
      if (value.includes("\0")) throw new EncodeError("text holds a NUL, which ends strings in the heap", path);
      if (/\p{Surrogate}/u.test(value)) throw new EncodeError("text holds half of a surrogate pair", path);
      return utf8.encode(value);
    }
    case "ip": {
      const bytes = typeof value === "string" ? parseIp(value) : undefined;
      if (bytes) return bytes;
      const zeros = typeof value === "string" && leadingZeros(value, (text) => parseIp(text) !== undefined);
      throw new EncodeError(`${shown(value)} is wrong: ${zeros || "expected an IPv4 or IPv6 address"}`, path);
    }
    case "bytes": {
      const bytes = typeof value === "string" ? parseHex(value) : undefined;
      if (!bytes) throw new EncodeError(`${shown(value)} is wrong: expected hexadecimal digits`, path);
      return bytes;
    }
    case "number": {
      if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > 0xffffffff) {
        throw new EncodeError(`${shown(value)} is wrong: expected a whole number from 0 to 4294967295`, path);
      }
      const bytes = new Uint8Array(object.size);
      writeUint(bytes, 0, object.size, value);
      return bytes;
    }
    case "list": {
      if (!Array.isArray(value)) throw new EncodeError("expected a list", path);
      const { itemSize, names } = object;
      const max = 2 ** (8 * itemSize) - 1;
      const bytes = new Uint8Array(value.length * itemSize);
      for (let i = 0; i < value.length; i++) {
        const number = unname(names, value[i]);
        if (number === undefined || !Number.isInteger(number) || number < 0 || number > max) {
          const known = Object.values(names ?? {});
          const wanted = `${known.length > 0 ? `${known.join(", ")} or ` : ""}a number from 0 to ${max}`;
          throw new EncodeError(`${shown(value[i])} is wrong: expected ${wanted}`, `${path}[${i}]`);
        }
        // Two-byte entries stand in registry order, high byte first.
        if (itemSize === 2) bytes[2 * i] = number >>> 8;
        bytes[(i + 1) * itemSize - 1] = number;
      }
      return bytes;
    }
  }
}

/** What a reader makes of an object. */
export function valueOfObject(object: PlainObject, reader: TableReader, offset: number, length: number): unknown {
  switch (object.kind) {
    case "string":
      return reader.string(offset, length, "");
    case "ip":
      return reader.ip(offset, length, "");
    case "bytes":
      return reader.hex(offset, length, "");
    case "number":
      return reader.number(offset, length, "");
    case "list":
      return reader.list(offset, length, "", object.itemSize, object.names ?? {});
  }
}

/** Whether two values of objects are the same. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
