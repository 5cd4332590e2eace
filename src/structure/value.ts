import { readUint, writeUint } from "../bytes/numbers.ts";
import { EncodeError } from "../errors.ts";
import { didYouMean } from "../text/suggestion.ts";
import type { BitField, Field, FlagsField, Names, UintField } from "./field.ts";
import { maskOf } from "./structure.ts";
import { bytesToText, textToBytes } from "./text-value.ts";

/** A value in a message: short, and numbers as they were given where JSON has no form for them. */
export function shown(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** Value of one field that stands for itself (everything but references and reserved bytes). */
export function decodeValue(field: Field, bytes: Uint8Array, at: number): unknown {
  switch (field.kind) {
    case "uint": {
      const number = readUint(bytes, at, field.size);
      return number === field.const ? undefined : nameOfValue(field.names, number);
    }
    case "flags":
      return decodeFlags(field, readUint(bytes, at, field.size));
    case "reserved":
      return undefined;
    case "ref":
      return { offset: readUint(bytes, at, 4), length: readUint(bytes, at + 4, 2) };
    default: {
      const text = bytesToText(field, bytes, at);
      return text === field.const ? undefined : text;
    }
  }
}

/** A number's name, or the number itself. */
export function nameOfValue(names: Names | undefined, number: number): string | number {
  return names?.[number] ?? number;
}

/** Properties of a flags field's value, in the order of the description, then `reserved`. */
function decodeFlags(field: FlagsField, number: number): Record<string, boolean | string | number | undefined> {
  const value: Record<string, boolean | string | number | undefined> = {};
  let rest = number;
  for (const [key, part] of Object.entries(field.bits)) {
    const mask = maskOf(part.low, part.width);
    const bits = (number & mask) >>> part.low;
    rest &= ~mask;
    value[key] = part.names || part.width > 1 ? nameOfValue(part.names, bits) : bits !== 0;
  }
  value["reserved"] = rest === 0 ? undefined : rest >>> 0;
  return value;
}

/**
 * Writes one field's value; `undefined` writes the field's constant, default, or zeros.
 *
 * @throws {EncodeError} naming `path` when the value does not fit.
 */
export function encodeValue(field: Field, value: unknown, bytes: Uint8Array, at: number, path: string): void {
  switch (field.kind) {
    case "uint":
      writeUint(bytes, at, field.size, numberOf(field, value, path));
      return;
    case "flags":
      writeUint(bytes, at, field.size, encodeFlags(field, value, path));
      return;
    case "reserved":
      return;
    case "ref": {
      const { offset, length } = (value ?? { offset: 0, length: 0 }) as { offset: number; length: number };
      writeUint(bytes, at, 4, offset);
      writeUint(bytes, at + 4, 2, length);
      return;
    }
    default: {
      const text = value ?? field.const ?? field.default;
      if (text === undefined) return;
      if (typeof text !== "string") throw new EncodeError(`expected text, got ${typeof text}`, path);
      const data = textToBytes(field, text);
      if (typeof data === "string") throw new EncodeError(`${shown(text)} is wrong: ${data}`, path);
      bytes.set(data, at);
    }
  }
}

function numberOf(field: UintField, value: unknown, path: string): number {
  const number = value === undefined ? (field.const ?? field.default ?? 0) : unname(field.names, value);
  const max = 2 ** (8 * field.size) - 1;
  if (number === undefined || number < 0 || number > max || !Number.isInteger(number)) {
    throw new EncodeError(`${shown(value)} is wrong: expected ${expectation(field.names, max)}`, path);
  }
  return number;
}

/** The number after a name or number, or undefined. */
export function unname(names: Names | undefined, value: unknown): number | undefined {
  if (typeof value === "number") return value;
  for (const [number, name] of Object.entries(names ?? {})) if (name === value) return Number(number);
  return undefined;
}

function expectation(names: Names | undefined, max: number): string {
  const listed = names
    ? `${Object.values(names)
        .map((name) => `"${name}"`)
        .join(", ")} or `
    : "";
  return `${listed}a whole number from 0 to ${max}`;
}

/** The number of a flags value; missing properties are their defaults. */
function encodeFlags(field: FlagsField, value: unknown, path: string): number {
  const given = (value ?? {}) as Record<string, unknown>;
  if (typeof given !== "object") throw new EncodeError("expected an object of flags", path);
  let number = 0;
  for (const key of Object.keys(given)) {
    if (key === "reserved" || Object.hasOwn(field.bits, key)) continue;
    throw new EncodeError(`no such flag${didYouMean(key, Object.keys(field.bits))}`, `${path}.${key}`);
  }
  for (const [key, part] of Object.entries(field.bits)) {
    number |= bitsOf(part, given[key], `${path}.${key}`) << part.low;
  }
  const rest = given["reserved"] ?? 0;
  if (typeof rest !== "number") throw new EncodeError("expected a number", `${path}.reserved`);
  return (number | rest) >>> 0;
}

function bitsOf(part: BitField, value: unknown, path: string): number {
  if (value === undefined) return part.default ?? 0;
  const number = typeof value === "boolean" && part.width === 1 ? Number(value) : unname(part.names, value);
  const max = 2 ** part.width - 1;
  if (number === undefined || number < 0 || number > max || !Number.isInteger(number)) {
    const wanted = part.width === 1 ? "true or false" : expectation(part.names, max);
    throw new EncodeError(`${shown(value)} is wrong: expected ${wanted}`, path);
  }
  return number;
}
