import type { Bytes } from "../bytes/bytes.ts";
import { readUint } from "../bytes/numbers.ts";
import { DecodeError, EncodeError } from "../errors.ts";
import { formatHex, hex } from "../text/hex.ts";
import { didYouMean } from "../text/suggestion.ts";
import type { Field, Structure } from "./field.ts";
import { decodeValue, encodeValue } from "./value.ts";

type AnyModel = Readonly<Record<string, unknown>>;

/**
 * Model of a structure at `at`, interpreted row by row from its description. References come out as `{ offset, length }`:
 * following them is the business of the format. Hot paths use code generated from the same description. `Model` is the
 * interface that `npm run generate` wrote for the structure.
 *
 * @throws {DecodeError} when fewer bytes are left than the structure has.
 */
export function decodeStructure<Model = AnyModel>(structure: Structure, bytes: Uint8Array, at = 0): Model {
  requireBytes(structure, bytes, at);
  const model: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(structure.fields)) {
    if (field.derived || field.kind === "reserved") continue;
    model[key] = decodeValue(field, bytes, at + field.at);
  }
  return model as Model;
}

/**
 * Bytes of a structure from its model: constants, defaults and zeros where the model is silent, zeros in reserved bytes.
 * References are taken as `{ offset, length }`; derived fields are left zero.
 *
 * @throws {EncodeError} naming the field when a value does not fit, or when the model has a key that the structure has not.
 */
export function encodeStructure<Model = AnyModel>(structure: Structure, model: Partial<Model>, path = ""): Bytes {
  const bytes = new Uint8Array(structure.size);
  const given = model as Readonly<Record<string, unknown>>;
  const prefix = path ? `${path}.` : "";
  for (const key of Object.keys(given)) {
    const field: Field | undefined = structure.fields[key];
    if (field && !field.derived && field.kind !== "reserved") continue;
    throw new EncodeError(`no such field${didYouMean(key, Object.keys(structure.fields))}`, prefix + key);
  }
  for (const [key, field] of Object.entries(structure.fields)) {
    if (field.derived) continue;
    encodeValue(field, given[key], bytes, field.at, prefix + key);
  }
  return bytes;
}

function requireBytes(structure: Structure, bytes: Uint8Array, at: number): void {
  if (at + structure.size <= bytes.length) return;
  const left = Math.max(0, bytes.length - at);
  throw new DecodeError(`${structure.name} at ${hex(at)}: needs ${structure.size} bytes, ${left} left`, { offset: at });
}

/** A field's stored value in words. */
export function describeField(field: Field, bytes: Uint8Array, at: number): string {
  switch (field.kind) {
    case "uint": {
      const number = readUint(bytes, at, field.size);
      const name = field.names?.[number];
      return name === undefined ? String(number) : `${number} (${name})`;
    }
    case "flags": {
      const number = readUint(bytes, at, field.size);
      const value = decodeValue(field, bytes, at) as Record<string, unknown>;
      const set = Object.entries(value).flatMap(([key, part]) => {
        if (part === false || part === undefined) return [];
        if (part === true) return [key];
        return key === "reserved" ? [`reserved ${hex(part as number)}`] : [`${key}=${part}`];
      });
      return `${hex(number, 2 * field.size)}${set.length > 0 ? ` (${set.join(", ")})` : ""}`;
    }
    case "ref": {
      const offset = readUint(bytes, at, 4);
      const length = readUint(bytes, at + 4, 2);
      return offset === 0 && length === 0 ? "none" : `${length} bytes at ${hex(offset)}`;
    }
    case "reserved": {
      const data = bytes.subarray(at, at + field.size);
      return data.every((byte) => byte === 0) ? "zero" : formatHex(data, " ");
    }
    default: {
      const text = decodeValue({ ...field, const: undefined }, bytes, at);
      return text === undefined ? "none" : String(text);
    }
  }
}
