import { EncodeError } from "../errors.ts";
import type {
  ControlDescriptor,
  DiscoveryDescriptor,
  HfiDescriptor,
  HostDescriptor,
  NbftHeader,
  SecurityProfileDescriptor,
  SsnsDescriptor,
} from "../nbft/generated/model.ts";
import { LONG_LIST, LONG_TEXT } from "../nbft/limits.ts";
import type { NbftReading } from "../nbft/read/read.ts";
import type { NbftTable } from "../nbft/table.ts";
import { layoutOf, valueAt } from "../nbft/write/layout-of.ts";
import type { NbftLayout } from "../nbft/write/layout-part.ts";
import { fillDefaults } from "./defaults.ts";

/** Where the JSON Schema of documents is found in the package. */
export const DOCUMENT_SCHEMA_ID = "https://unpkg.com/nbft/schema/nbft.schema.json";

/** Stands for a long value that the document holds elsewhere already. */
export interface SameAs {
  /** Path of that value in the document, for example `ssns[0].subsystemNqn`. */
  readonly sameAs: string;
}

/**
 * Part of a model in a document: any field may be missing, long texts and lists may be named by the place where they are, and a
 * service id may be a number.
 */
export type DocumentPart<T> = {
  readonly [K in keyof T]?: DocumentValue<NonNullable<T[K]>> | (K extends "trsvcid" ? number : never) | undefined;
};

type DocumentValue<T> = T extends string
  ? string extends T
    ? T | SameAs
    : T
  : T extends readonly (string | number)[]
    ? T | SameAs
    : T extends object
      ? DocumentPart<T>
      : T;

/**
 * The document of a table: its model as JSON, and a `layout` where the bytes are not those of the canonical layout. Long
 * values that occur again are written once and referred to by a `sameAs` reference, so that a document's size follows its table's.
 * What is missing gets the value that `withDefaults` gives it, unless the layout is exact.
 */
export interface NbftDocument {
  /** JSON Schema of the document, for editors; ignored. */
  readonly $schema?: string | undefined;
  /** Where the table came from; ignored. */
  readonly source?: string | undefined;
  /** The header. */
  readonly header?: DocumentPart<NbftHeader> | undefined;
  /** The Control Descriptor. */
  readonly control?: DocumentPart<ControlDescriptor> | undefined;
  /** The Host Descriptor. */
  readonly host?: DocumentPart<HostDescriptor> | undefined;
  /** Network interfaces of the host, in the order of the table. */
  readonly hfi?: readonly DocumentPart<HfiDescriptor>[] | undefined;
  /** Namespaces to boot from, in the order of the table. */
  readonly ssns?: readonly DocumentPart<SsnsDescriptor>[] | undefined;
  /** Security profiles, in the order of the table. */
  readonly security?: readonly DocumentPart<SecurityProfileDescriptor>[] | undefined;
  /** Discovery controllers, in the order of the table. */
  readonly discovery?: readonly DocumentPart<DiscoveryDescriptor>[] | undefined;
  /** Where the bytes are, if not as in the canonical layout. */
  readonly layout?: NbftLayout | undefined;
}

/** The document of a table that was read, without its layout: the form of one NDJSON line. */
export function bareDocumentOf(table: NbftTable): NbftDocument {
  // Almost every table has nothing long in it: then the model itself is the document.
  return (hasLong(table) ? referTo(table, "", new Map()) : table) as NbftDocument;
}

/** The document of a table that was read, lossless. */
export function documentOf(reading: NbftReading): NbftDocument {
  const layout = layoutOf(reading, fillDefaults);
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
