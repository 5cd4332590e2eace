import { EncodeError } from "../errors.ts";
import { LONG_LIST, LONG_TEXT } from "../nbft/limits.ts";
import { listNames, listStructures } from "../nbft/read/frame.ts";
import { hostDescriptor, nbftHeader } from "../nbft/structures/index.ts";
import type { NbftTable } from "../nbft/table.ts";
import { valueAt } from "../nbft/value-at.ts";
import type { Structure } from "../structure/field.ts";
import { referencesOf } from "../structure/structure.ts";

/** Stands for a long value that the document holds elsewhere already. */
export interface SameAs {
  /** Path of that value in the document, for example `ssns[0].subsystemNqn`. */
  readonly sameAs: string;
}

/** A table in which long values that occur again are references to where they are first. */
export function referToLong(table: NbftTable): unknown {
  // Almost every table has nothing long in it: then the model itself is the document.
  return hasLong(table) ? referTo(table, "", new Map()) : table;
}

function isLong(value: unknown): value is string | readonly unknown[] {
  if (typeof value === "string") return value.length >= LONG_TEXT;
  return Array.isArray(value) && value.length >= LONG_LIST && typeof value[0] !== "object";
}

/** Whether a heap object of a table has a long value: nothing else in a model can be. */
function hasLong(table: NbftTable): boolean {
  return (
    hasLongObject(nbftHeader, table.header) ||
    (table.host !== undefined && hasLongObject(hostDescriptor, table.host)) ||
    listNames.some((name) => table[name].some((entry) => hasLongObject(listStructures[name], entry)))
  );
}

function hasLongObject(structure: Structure, model: object): boolean {
  for (const [key, { object }] of referencesOf(structure)) {
    const value = (model as Readonly<Record<string, unknown>>)[key];
    if (object.kind === "structure" ? value && hasLongObject(object.structure, value) : isLong(value)) return true;
  }
  return false;
}

function referTo(value: unknown, path: string, seen: Map<string, string>): unknown {
  if (isLong(value)) {
    const key = typeof value === "string" ? value : JSON.stringify(value);
    const first = seen.get(key);
    if (first !== undefined) return { sameAs: first } satisfies SameAs;
    seen.set(key, path);
    return value;
  }
  if (Array.isArray(value)) return value.map((part, i) => referTo(part, `${path}[${i}]`, seen));
  if (typeof value !== "object" || value === null) return value;
  const prefix = path === "" ? "" : `${path}.`;
  const copy: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) {
    copy[key] = typeof part === "object" || typeof part === "string" ? referTo(part, prefix + key, seen) : part;
  }
  return copy;
}

/** Deepest nesting that a document can have. */
const MAX_DEPTH = 32;

/**
 * A document with every `sameAs` reference replaced by what it stands for.
 *
 * @throws {EncodeError} naming the path of one that leads to no text or list, or of what is nested deeper than any document.
 */
export function resolveSameAs(document: unknown): unknown {
  return resolve(document, document, "", 0);
}

function resolve(value: unknown, root: unknown, path: string, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth > MAX_DEPTH) throw new EncodeError("nested too deep", path);
  if (Array.isArray(value)) {
    if (typeof value[0] !== "object") return value;
    return value.map((part, i) => resolve(part, root, `${path}[${i}]`, depth + 1));
  }
  if (isSameAs(value)) {
    const target = valueAt(root as NbftTable, value.sameAs);
    if (typeof target === "string" || (Array.isArray(target) && typeof target[0] !== "object")) return target;
    throw new EncodeError(`${JSON.stringify(value.sameAs)} is not text or list of this document`, `${path}.sameAs`);
  }
  const prefix = path === "" ? "" : `${path}.`;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, resolve(part, root, prefix + key, depth + 1)]),
  );
}

function isSameAs(value: object): value is SameAs {
  return Object.keys(value).length === 1 && "sameAs" in value && typeof value.sameAs === "string";
}
