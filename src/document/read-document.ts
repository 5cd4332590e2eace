import type { NbftTable } from "../nbft/table.ts";
import { type EncodeOptions, encodeNbft, type LayoutChoice } from "../nbft/write/encode.ts";
import { isExact, type NbftLayout } from "../nbft/write/layout-part.ts";
import { checkDocument } from "./check.ts";
import { type Draft, withDefaults, withLayout } from "./defaults.ts";
import { resolveSameAs } from "./document.ts";
import { type NbftRevision, type RevisionNote, withRevision } from "./revision.ts";

/** A document ready to be encoded. */
export interface ReadDocument {
  readonly table: NbftTable;
  /** The document's own layout; `undefined` means canonical. */
  readonly layout: NbftLayout | undefined;
}

/** Choices of {@link encodeDocument}. */
export interface DocumentOptions {
  /** `preserve` follows the document's `layout`; without a choice the document decides, else `spec`. */
  readonly layout?: "spec" | "edk2" | "preserve";
  /** Revision of the NBFT to write; what the document says when not given. */
  readonly revision?: NbftRevision;
  /** Derived fields to force, limits to lift. */
  readonly encode?: Omit<EncodeOptions, "layout">;
}

/**
 * Table and layout of a parsed document (an object as `dump -o json` writes it, or by hand).
 *
 * @throws {EncodeError} naming the path of what no document may hold.
 */
export function readDocument(value: unknown): ReadDocument {
  checkDocument(value);
  const { layout, ...rest } = resolveSameAs(value) as Draft & { layout?: NbftLayout };
  const { $schema: _, source: __, ...parts } = rest;
  const draft = withTextPorts(parts);
  return { table: isExact(layout) ? withLayout(draft, layout) : withDefaults(draft), layout };
}

/** A service id is text in the table, and a number to whoever writes YAML. */
function withTextPorts(draft: Draft): Draft {
  const { ssns } = draft;
  if (!Array.isArray(ssns)) return draft;
  const entries = ssns.map((entry: Draft) =>
    Number.isInteger(entry["trsvcid"]) ? { ...entry, trsvcid: String(entry["trsvcid"]) } : entry,
  );
  return { ...draft, ssns: entries };
}

/** What a document says, made into what is encoded: a choice of layout, maybe another revision. */
export interface PreparedDocument {
  readonly table: NbftTable;
  readonly layout: LayoutChoice;
  /** What the table lost or lacks in the revision that was asked for. */
  readonly notes: readonly RevisionNote[];
}

/**
 * Table and layout of a parsed document as {@link encodeNbft} takes them.
 *
 * @throws {EncodeError} naming the path of what no document may hold.
 */
export function prepareDocument(value: unknown, options: DocumentOptions = {}): PreparedDocument {
  const { table, layout } = readDocument(value);
  const choice = layoutChoice(options.layout, layout);
  // A canonical layout chosen against an exact one: what the exact one left absent gets its default now.
  const ready = typeof choice === "string" && isExact(layout) ? withDefaults(table) : table;
  if (options.revision === undefined) return { table: ready, layout: choice, notes: [] };
  return { ...withRevision(ready, options.revision), layout: choice };
}

/**
 * Bytes of a document.
 *
 * @throws {EncodeError} naming the path of a value that has no representation.
 */
export function encodeDocument(value: unknown, options: DocumentOptions = {}): Uint8Array {
  const { table, layout } = prepareDocument(value, options);
  return encodeNbft(table, { layout, ...options.encode });
}

function layoutChoice(asked: DocumentOptions["layout"], layout: NbftLayout | undefined): LayoutChoice {
  if (asked === "spec" || asked === "edk2") return asked;
  return layout ?? "spec";
}
