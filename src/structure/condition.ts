import { readUint } from "../bytes/numbers.ts";
import type { Condition, Field, Structure } from "./field.ts";
import { maskOf } from "./structure.ts";

/** Whether a field of the structure at `at` is in use: its condition holds, or it has none. */
export function inUse(structure: Structure, field: Field, bytes: Uint8Array, at: number): boolean {
  const when = "when" in field ? field.when : undefined;
  return when === undefined || holds(structure, when, bytes, at);
}

function holds(structure: Structure, when: Condition, bytes: Uint8Array, at: number): boolean {
  const [key, bit] = when.field.split(".") as [string, string?];
  const field = structure.fields[key];
  if (field?.kind !== "uint" && field?.kind !== "flags") throw new TypeError(`${structure.name} has no number ${key}`);
  const number = readUint(bytes, at + field.at, field.size);
  if (bit === undefined) return number >= when.atLeast;
  const part = field.kind === "flags" ? field.bits[bit] : undefined;
  if (!part) throw new TypeError(`${structure.name}.${key} has no bits ${bit}`);
  return (number & maskOf(part.low, part.width)) >>> part.low >= when.atLeast;
}
