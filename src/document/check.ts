import { EncodeError } from "../errors.ts";
import { listNames, listStructures } from "../nbft/read/frame.ts";
import { controlDescriptor, hostDescriptor, nbftHeader } from "../nbft/structures/index.ts";
import type { NbftLayout } from "../nbft/write/layout-part.ts";
import type { Field, Structure } from "../structure/index.ts";

/** Top-level keys of a document besides the structures. */
const otherKeys = ["$schema", "source", "layout"];

/** Structures that stand at the top of a document by themselves. */
export const singleStructures = { header: nbftHeader, control: controlDescriptor, host: hostDescriptor } as const;

/**
 * Checks the shape of a document: objects and lists where they belong, no unknown keys. Values are checked when encoded.
 *
 * @throws {EncodeError} naming the path of the first mistake, with the nearest known key where there is one.
 */
export function checkDocument(value: unknown): asserts value is Readonly<Record<string, unknown>> {
  const document = objectAt(value, "");
  known(Object.keys(document), [...Object.keys(singleStructures), ...listNames, ...otherKeys], "");
  for (const [name, structure] of Object.entries(singleStructures)) {
    if (document[name] !== undefined) checkStructure(structure, document[name], name);
  }
  for (const name of listNames) {
    const list = document[name];
    if (list === undefined) continue;
    if (!Array.isArray(list)) throw new EncodeError("expected a list", name);
    for (const [i, entry] of list.entries()) checkStructure(listStructures[name], entry, `${name}[${i}]`);
  }
  if (document["layout"] !== undefined) checkLayout(objectAt(document["layout"], "layout"));
}

function objectAt(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>;
  throw new EncodeError(
    path === "" ? "a document is an object with header, host, hfi, ssns …" : "expected an object",
    path,
  );
}

/** Keys of a structure's model. */
export function modelKeys(structure: Structure): string[] {
  return Object.entries(structure.fields)
    .filter(([, field]) => !field.derived && field.kind !== "reserved")
    .map(([key]) => key);
}

function checkStructure(structure: Structure, value: unknown, path: string): void {
  const model = objectAt(value, path);
  known(Object.keys(model), modelKeys(structure), path);
  for (const [key, part] of Object.entries(model)) {
    // Programs leave out by undefined what a file leaves out by silence.
    if (part === undefined) continue;
    const field: Field = structure.fields[key]!;
    if (field.kind === "flags")
      known(Object.keys(objectAt(part, `${path}.${key}`)), [...Object.keys(field.bits), "reserved"], `${path}.${key}`);
    if (field.kind === "ref" && field.object.kind === "structure") {
      checkStructure(field.object.structure, part, `${path}.${key}`);
    }
  }
}

function known(keys: readonly string[], allowed: readonly string[], path: string): void {
  for (const key of keys) {
    if (allowed.includes(key)) continue;
    const near = nearest(key, allowed);
    throw new EncodeError(
      `no such key${near === undefined ? "" : `; did you mean ${near}?`}`,
      path === "" ? key : `${path}.${key}`,
    );
  }
}

/** The allowed key that differs least from a mistyped one. */
export function nearest(key: string, allowed: readonly string[]): string | undefined {
  const close = allowed
    .map((candidate) => ({ candidate, distance: distanceOf(key.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return close && close.distance <= Math.max(2, key.length / 3) ? close.candidate : undefined;
}

/** Number of letters to insert, delete or replace. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= Math.min(a.length, 64); i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}

const placeKeys = ["offset", "length", "version"];
const hostKeys = [...placeKeys, "unread"];
const listKeys = [...placeKeys, "entries", "count"];

const layoutKeys: readonly (keyof NbftLayout)[] = [
  "style",
  "strings",
  "size",
  "header",
  "host",
  "hfi",
  "ssns",
  "security",
  "discovery",
  "objects",
  "bytes",
];

function checkLayout(layout: Readonly<Record<string, unknown>>): void {
  known(Object.keys(layout), layoutKeys, "layout");
  const { style } = layout;
  if (style !== undefined && style !== "spec" && style !== "edk2")
    throw new EncodeError("expected spec or edk2", "layout.style");
  const { strings } = layout;
  if (strings !== undefined && strings !== "counted" && strings !== "uncounted")
    throw new EncodeError("expected counted or uncounted", "layout.strings");
  if (style === undefined && layout["header"] === undefined) {
    throw new EncodeError("expected a style, or a header with heapOffset and heapLength", "layout");
  }
  whole(layout, ["size"], "layout");
  for (const name of ["host", ...listNames]) {
    if (layout[name] === undefined) continue;
    const place = objectAt(layout[name], `layout.${name}`);
    known(Object.keys(place), name === "host" ? hostKeys : listKeys, `layout.${name}`);
    whole(place, placeKeys, `layout.${name}`, style === undefined);
    whole(place, ["entries", "count"], `layout.${name}`);
    onlyTrue(place, ["unread"], `layout.${name}`);
  }
  if (layout["header"] !== undefined) {
    const header = objectAt(layout["header"], "layout.header");
    whole(header, ["length", "checksum", "heapOffset", "heapLength"], "layout.header");
    for (const key of ["heapOffset", "heapLength"]) {
      if (header[key] === undefined) throw new EncodeError("expected a whole number", `layout.header.${key}`);
    }
  }
  for (const [path, place] of Object.entries(objectAt(layout["objects"] ?? {}, "layout.objects"))) {
    const at = `layout.objects["${path}"]`;
    const object = objectAt(place, at);
    known(Object.keys(object), ["offset", "length", "kept", "unread"], at);
    whole(object, ["offset", "length"], at, true);
    onlyTrue(object, ["kept", "unread"], at);
  }
  const runs = layout["bytes"] ?? [];
  if (!Array.isArray(runs)) throw new EncodeError("expected a list", "layout.bytes");
  for (const [i, run] of runs.entries()) {
    const object = objectAt(run, `layout.bytes[${i}]`);
    whole(object, ["offset"], `layout.bytes[${i}]`, true);
    if (typeof object["bytes"] !== "string") {
      throw new EncodeError("expected hexadecimal digits", `layout.bytes[${i}].bytes`);
    }
  }
}

function whole(object: Readonly<Record<string, unknown>>, keys: readonly string[], path: string, needed = false): void {
  for (const key of keys) {
    const value = object[key];
    if (value === undefined && !needed) continue;
    if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > 0xffffffff) {
      throw new EncodeError("expected a whole number from 0 to 4294967295", `${path}.${key}`);
    }
  }
}

function onlyTrue(object: Readonly<Record<string, unknown>>, keys: readonly string[], path: string): void {
  for (const key of keys) {
    if (object[key] !== undefined && object[key] !== true) {
      throw new EncodeError("expected true, or nothing", `${path}.${key}`);
    }
  }
}
