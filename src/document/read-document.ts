import type { Bytes } from "../bytes/bytes.ts";
import type { NbftTable } from "../nbft/table.ts";
import { type EncodeOptions, encodeNbft, type LayoutChoice } from "../nbft/write/encode.ts";
import { isExact, type NbftLayout } from "../nbft/write/layout-part.ts";
import { fillDefaults, withLayout } from "./defaults.ts";
import { documentShape } from "./document-shape.ts";
import type { NbftDocument } from "./nbft-document.ts";
import { type RevisionNote, withRevision } from "./revision.ts";
import type { NbftRevision } from "./revisions.ts";
import { resolveSameAs } from "./same-as.ts";
import { checkShape } from "./shape/checked.ts";
import { parseShape } from "./shape/parse.ts";

/** A document ready to be encoded. */
export interface ReadDocument {
  /** The document's values and their defaults; what an exact layout leaves absent stays absent. */
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
 * Table and layout of a document: an object as `dump -o json` writes it, or by hand.
 *
 * @param value what a text was parsed to, of any type: it is checked
 * @throws {DocumentError} that lists unknown keys, with suggestions, and values of a wrong form.
 * @throws {EncodeError} naming the path of a `sameAs` that leads to no text or list.
 */
export function readDocument(value: unknown): ReadDocument {
  const checked = checkShape(value, documentShape());
  const { layout, $schema: _, source: __, ...parts } = checked.value;
  if (layout && layout.style === undefined && layout.header === undefined) {
    const message = "expected a style, or a header with heapOffset and heapLength";
    checked.refuse([{ path: "layout", message }]);
  }
  const document = resolveSameAs(parts) as NbftDocument;
  return { table: isExact(layout) ? withLayout(document, layout) : fillDefaults(document), layout };
}

/**
 * The document in a text, YAML or JSON.
 *
 * @param file name for messages
 * @throws {DocumentError} that lists everything that is wrong, each with line, column and path.
 */
export function parseDocument(text: string, file?: string): NbftDocument {
  return parseShape(text, documentShape(), { file }).value;
}

/** What a document says, made into what is encoded: a choice of layout, maybe another revision. */
export interface PreparedDocument {
  /** The table in the revision that was asked for. */
  readonly table: NbftTable;
  /** The layout that options and document choose. */
  readonly layout: LayoutChoice;
  /** What the table lost or lacks in the revision that was asked for. */
  readonly notes: readonly RevisionNote[];
}

/**
 * Table and layout of a document as {@link encodeNbft} takes them.
 *
 * @param value a document, or what a text was parsed to, of any type: it is checked
 * @throws {DocumentError} that lists unknown keys, with suggestions, and values of a wrong form.
 * @throws {EncodeError} naming the path of a `sameAs` that leads to no text or list.
 */
export function prepareDocument(value: unknown, options: DocumentOptions = {}): PreparedDocument {
  const { table, layout } = readDocument(value);
  const choice = layoutChoice(options.layout, layout);
  // A canonical layout chosen against an exact one: what the exact one left absent gets its default now.
  const ready = typeof choice === "string" && isExact(layout) ? fillDefaults(table) : table;
  if (options.revision === undefined) return { table: ready, layout: choice, notes: [] };
  return { ...withRevision(ready, options.revision), layout: choice };
}

/**
 * Bytes of a document.
 *
 * @throws {DocumentError} that lists unknown keys, with suggestions, and values of a wrong form.
 * @throws {EncodeError} naming the path of a `sameAs` that leads to no text or list.
 * @throws {EncodeError} naming the path of a value that has no representation.
 */
export function encodeDocument(document: NbftDocument, options: DocumentOptions = {}): Bytes {
  const { table, layout } = prepareDocument(document, options);
  return encodeNbft(table, { layout, ...options.encode });
}

function layoutChoice(asked: DocumentOptions["layout"], layout: NbftLayout | undefined): LayoutChoice {
  if (asked === "spec" || asked === "edk2") return asked;
  return layout ?? "spec";
}
