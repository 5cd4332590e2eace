import { EncodeError } from "../errors.ts";
import { LONG_LIST, LONG_TEXT } from "../nbft/limits.ts";
import type { NbftReading } from "../nbft/read/read.ts";
import type { NbftTable } from "../nbft/table.ts";
import { layoutOf, valueAt } from "../nbft/write/layout-of.ts";
import type { NbftLayout } from "../nbft/write/layout-part.ts";
import { withDefaults } from "./defaults.ts";

/** Where the JSON Schema of documents is found in the package. */
export const DOCUMENT_SCHEMA_ID = "https://unpkg.com/nbft/schema/nbft.schema.json";

/** Stands for a long value that the document holds elsewhere already. */
export interface SameAs {
  readonly sameAs: string;
}

/**
 * The document of a table: its model as JSON, and a `layout` where the bytes are not those of the canonical layout. Long
 * values that occur again are written once and referred to by a `sameAs` reference, so that a document's size follows its table's.
 */
export type NbftDocument = Readonly<Record<string, unknown>> & { readonly layout?: NbftLayout };

/** The document of a table that was read, without its layout: the form of one NDJSON line. */
export function bareDocumentOf(table: NbftTable): NbftDocument {
  // Almost every table has nothing long in it: then the model itself is the document.
  return (hasLong(table) ? referTo(table, "", new Map()) : table) as NbftDocument;
}

/** The document of a table that was read, lossless. */
export function documentOf(reading: NbftReading): NbftDocument {
  const layout = layoutOf(reading, withDefaults);
  const document = bareDocumentOf(reading.table);
  return layout === undefined ? document : { ...document, layout };
}

function isLong(value: unknown): value is string | readonly unknown[] {
  if (typeof value === "string") return value.length >= LONG_TEXT;
  return Array.isArray(value) && value.length >= LONG_LIST && typeof value[0] !== "object";
}

function hasLong(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return isLong(value);
  if (isLong(value)) return true;
  for (const key in value) if (hasLong((value as Record<string, unknown>)[key])) return true;
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
    throw new EncodeError(`${JSON.stringify(value.sameAs)} is no text or list of this document`, `${path}.sameAs`);
  }
  const prefix = path === "" ? "" : `${path}.`;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, resolve(part, root, prefix + key, depth + 1)]),
  );
}

function isSameAs(value: object): value is SameAs {
  return Object.keys(value).length === 1 && "sameAs" in value && typeof value.sameAs === "string";
}
