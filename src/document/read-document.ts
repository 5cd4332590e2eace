import { isCollection, isNode, LineCounter, parseDocument as parseYaml, type YAMLError } from "yaml";
import { EncodeError, ParseError } from "../errors.ts";
import type { EncodeOptions, LayoutChoice } from "../nbft/encode.ts";
import { encodeNbft } from "../nbft/encode.ts";
import type { NbftLayout } from "../nbft/layout-part.ts";
import type { NbftTable } from "../nbft/table.ts";
import { checkDocument } from "./check.ts";
import { withDefaults } from "./defaults.ts";
import { resolveSameAs } from "./document.ts";

/** A text parsed as YAML or JSON, with the places of its parts. */
export interface ParsedText {
  readonly value: unknown;
  /** Line and column (from 1) of the value at a path such as `hfi[0].transportInfo.mac`, or of its nearest owner. */
  locate(path: string): { line: number; column: number };
}

/** Aliases in YAML can name one another: more than this many copies are refused. */
const MAX_ALIASES = 100;

/**
 * Parses YAML or JSON.
 *
 * @throws {ParseError} with line and column.
 */
export function parseText(text: string): ParsedText {
  const json = parseJson(text);
  const lines = new LineCounter();
  let yaml: ReturnType<typeof parseYaml> | undefined;
  const parsed = () => {
    yaml ??= parseYaml(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
    return yaml;
  };
  const locate = (path: string) => place(parsed(), lines, path);
  if (json !== undefined) return { value: json, locate };
  const [error] = parsed().errors as YAMLError[];
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new ParseError(`line ${line}, column ${col}: ${error.message}`, { line, column: col });
  }
  try {
    return { value: parsed().toJS({ maxAliasCount: MAX_ALIASES }), locate };
  } catch (error) {
    throw new ParseError((error as Error).message);
  }
}

/** JSON is tried first: dumps are JSON, and a large one would take YAML's parser long. */
function parseJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function place(yaml: ReturnType<typeof parseYaml>, lines: LineCounter, path: string): { line: number; column: number } {
  const keys = pathKeys(path);
  for (let depth = keys.length; depth >= 0; depth--) {
    const node = depth === 0 ? yaml.contents : yaml.getIn(keys.slice(0, depth), true);
    if (!isNode(node) || !node.range) continue;
    const [start] = node.range;
    const { line, col } = lines.linePos(isCollection(node) && node.flow !== true && depth > 0 ? start : start);
    return { line, column: col };
  }
  return { line: 1, column: 1 };
}

function pathKeys(path: string): (string | number)[] {
  return [...path.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, name]) =>
    index === undefined ? (quoted ?? name!) : Number(index),
  );
}

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
  readonly force?: EncodeOptions["force"];
}

/**
 * Table and layout of a parsed document (an object as `dump -o json` writes it, or by hand).
 *
 * @throws {EncodeError} naming the path of what no document may hold.
 */
export function readDocument(value: unknown): ReadDocument {
  checkDocument(value);
  const { layout, ...draft } = resolveSameAs(value) as Record<string, unknown> & { layout?: NbftLayout };
  const table = layout?.header ? asWritten(draft) : withDefaults(draft);
  return { table, layout };
}

/** The table of a document that has an exact layout: absent means absent. */
function asWritten(draft: Readonly<Record<string, unknown>>): NbftTable {
  const lists = { hfi: [], ssns: [], security: [], discovery: [] };
  return { header: {}, control: {}, ...lists, ...draft } as unknown as NbftTable;
}

/**
 * Bytes of a document.
 *
 * @throws {EncodeError} naming the path of a value that has no representation.
 */
export function encodeDocument(value: unknown, options: DocumentOptions = {}): Uint8Array {
  const { table, layout } = readDocument(value);
  const choice = layoutChoice(options.layout, layout);
  // A canonical layout chosen against an exact one: what the exact one left absent gets its default now.
  const ready = typeof choice === "string" && layout?.header ? withDefaults(table) : table;
  return encodeNbft(ready, { layout: choice, ...(options.force ? { force: options.force } : {}) });
}

function layoutChoice(asked: DocumentOptions["layout"], layout: NbftLayout | undefined): LayoutChoice {
  if (asked === "spec" || asked === "edk2") return asked;
  if (asked === "preserve" && !layout) return "spec";
  return layout ?? "spec";
}

/**
 * Runs an action on a parsed text's value and gives the errors that name a path their line and column.
 *
 * @throws {ParseError} instead of an {@link EncodeError}.
 */
export function withPlaces<T>(parsed: ParsedText, action: (value: unknown) => T): T {
  try {
    return action(parsed.value);
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error;
    const { line, column } = parsed.locate(error.path);
    throw new ParseError(`line ${line}, column ${column}: ${error.message}`, { line, column, path: error.path });
  }
}
