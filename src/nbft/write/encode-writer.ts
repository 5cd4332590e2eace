import type { Bytes } from "../../bytes/bytes.ts";
import { writeUint } from "../../bytes/numbers.ts";
import { EncodeError } from "../../errors.ts";
import { inUse } from "../../structure/condition.ts";
import type { Field, HeapObject, RefField, Structure } from "../../structure/index.ts";
import { encodeValue } from "../../structure/value.ts";
import { MAX_NQN_BYTES } from "../../text/nvme.ts";
import { didYouMean } from "../../text/suggestion.ts";
import type { ListName } from "../read/frame.ts";
import type { NbftTable } from "../table.ts";

/** Largest table that is written; the format itself ends at 4 GiB. */
export const MAX_TABLE_BYTES = 64 * 1024 * 1024;

export type Model = Readonly<Record<string, unknown>>;

/** Where an object went. */
export interface Reference {
  readonly offset: number;
  readonly length: number;
}

/** Writes structures into a growing table; subclasses decide where things go. */
export abstract class TableWriter {
  protected bytes = new Uint8Array(4096);
  /** First byte after everything written so far. */
  protected end = 0;

  abstract write(table: NbftTable): Bytes;

  /** Writes the object at the end of a reference, and says what the reference holds. */
  protected abstract follow(field: RefField, path: string, value: unknown): Reference | undefined;

  /** Makes sure that `length` bytes from `offset` exist. */
  protected reserve(offset: number, length: number): void {
    const end = offset + length;
    if (end > MAX_TABLE_BYTES)
      throw new EncodeError(`table would have ${end} bytes, at most ${MAX_TABLE_BYTES} are written`);
    if (end > this.bytes.length) {
      const grown = new Uint8Array(Math.max(end, 2 * this.bytes.length));
      grown.set(this.bytes);
      this.bytes = grown;
    }
    if (end > this.end) this.end = end;
  }

  /** Writes the fields of a structure that fit into `length` bytes; reserved bytes and fields out of use stay as they are. */
  protected structure(structure: Structure, path: string, model: object, offset: number, length: number): void {
    const value = model as Model;
    this.reserve(offset, length);
    const { rows, keys } = shapeOf(structure);
    checkKeys(keys, path, value);
    const references: [string, RefField][] = [];
    for (const [key, field] of rows) {
      if (field.at + field.size > length) break;
      if (field.kind === "ref") references.push([key, field]);
      else if (this.#used(structure, field, value[key], offset, path, key)) {
        encodeValue(field, value[key], this.bytes, offset + field.at, `${path}.${key}`);
      }
    }
    for (const [key, field] of references) {
      const used = this.#used(structure, field, value[key], offset, path, key);
      const reference = used ? this.follow(field, `${path}.${key}`, value[key]) : undefined;
      if (!reference) continue;
      writeUint(this.bytes, offset + field.at, 4, reference.offset);
      writeUint(this.bytes, offset + field.at + 4, 2, reference.length);
    }
  }

  /** Whether a field is in use in the structure written so far; a value for one that is not is a contradiction. */
  #used(structure: Structure, field: Field, value: unknown, offset: number, path: string, key: string): boolean {
    if (inUse(structure, field, this.bytes, offset)) return true;
    if (value === undefined) return false;
    const { when } = field as RefField;
    throw new EncodeError(`is reserved unless ${when!.field} is ${when!.atLeast} or more`, `${path}.${key}`);
  }

  /** Writes numbers that follow from the rest. */
  protected derived(structure: Structure, base: number, values: Readonly<Record<string, number>>): void {
    for (const [key, value] of Object.entries(values)) {
      const field = structure.fields[key]!;
      writeUint(this.bytes, base + field.at, field.size, value);
    }
  }
}

interface Shape {
  /** The fields that a model has, in order. */
  readonly rows: readonly (readonly [string, Field])[];
  readonly keys: ReadonlySet<string>;
}

const shapes = new WeakMap<Structure, Shape>();

function shapeOf(structure: Structure): Shape {
  let shape = shapes.get(structure);
  if (!shape) {
    const rows = Object.entries(structure.fields).filter(([, field]) => field.kind !== "reserved" && !field.derived);
    shape = { rows, keys: new Set(rows.map(([key]) => key)) };
    shapes.set(structure, shape);
  }
  return shape;
}

function checkKeys(keys: ReadonlySet<string>, path: string, value: Model): void {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new EncodeError("expected an object", path);
  for (const key in value) {
    if (keys.has(key) || value[key] === undefined) continue;
    throw new EncodeError(`no such field${didYouMean(key, [...keys])}`, `${path}.${key}`);
  }
}

/** Size of the form of a structure that a value needs: the newest one unless all its newer fields are absent. */
export function formSize(structure: Structure, value: Model): number {
  if (structure.minSize === structure.size) return structure.size;
  const newer = shapeOf(structure).rows.some(
    ([key, field]) => field.at >= structure.minSize && value[key] !== undefined,
  );
  return newer ? structure.size : structure.minSize;
}

/** Bytes up to the last field that a value has, at least those of the shortest form. */
export function usedSize(structure: Structure, value: Model): number {
  let size = structure.minSize;
  for (const [key, field] of shapeOf(structure).rows) {
    if (value[key] !== undefined) size = Math.max(size, field.at + field.size);
  }
  return size;
}

/** The entries of a list. @throws {EncodeError} when there are more than the count field can say. */
export function entriesOf(table: NbftTable, name: ListName): readonly Model[] {
  const entries = table[name] as unknown as readonly Model[];
  if (entries.length > 255) throw new EncodeError(`${entries.length} descriptors, at most 255 can be counted`, name);
  return entries;
}

/** @throws {EncodeError} when no reader takes an object: an NQN ends at 223 bytes. */
export function checkLimits(object: HeapObject, bytes: Uint8Array, path: string): void {
  if (object.kind !== "string" || object.what !== "nqn" || bytes.length <= MAX_NQN_BYTES) return;
  throw new EncodeError(`${bytes.length} bytes, an NQN has at most ${MAX_NQN_BYTES}`, path);
}
