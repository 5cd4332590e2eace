import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  type Pair,
  Parser,
  type Scalar,
  type YAMLSeq,
} from "yaml";
import { withoutStacks } from "../errors.ts";
import type { TextRange } from "../text/json-places.ts";
import type { DocumentProblem } from "./document-error.ts";
import type { PathKey } from "./path.ts";
import { yamlTrouble } from "./yaml-words.ts";

/** Errors after which a text is not read further: nobody reads more of them, and thousands would take minutes. */
const MOST_ERRORS = 5;

/** Deepest nesting that is read. */
const MAX_DEPTH = 64;

/** Tags that a document may write: those of values that JSON has too. */
const plainTags = new Set(
  ["str", "int", "float", "bool", "null", "map", "seq"].map((tag) => `tag:yaml.org,2002:${tag}`),
);

/** A text read as one YAML document. */
export interface YamlReading {
  /** What it says, in values that JSON has; a number whose usual form is another, such as 0044 or 0x10, as text. */
  readonly value: unknown;
  /** Why it cannot be read; the value means nothing then. */
  readonly problems: readonly (DocumentProblem & { readonly at: number })[];
  /** Where a path is, or the nearest thing around it. */
  locate(path: readonly PathKey[]): TextRange & { readonly whole: boolean };
}

/**
 * Reads a text as one YAML document, in time that follows its length: what yaml's own `parseDocument` takes the square of it for, many
 * errors and many keys in one map, is bounded or done otherwise here. Nothing that the document says is lost: a key that is there twice,
 * a tag that is none of JSON's types and aliases that multiply are problems.
 */
export function readYaml(text: string): YamlReading {
  const parser = new Parser();
  let document: Document.Parsed;
  try {
    document = withoutStacks(() => compose(parser, text));
  } catch (error) {
    if (!(error instanceof NestedTooDeep)) throw error;
    return failed([{ path: "", message: "nested too deep for a document", at: parser.offset }]);
  }
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => ({ path: "", message: yamlTrouble(error), at: error.pos[0] }));
    // Where two brackets are open at the end, both are missing at one place.
    const twice = (i: number) =>
      problems[i]!.at === problems[i - 1]?.at && problems[i]!.message === problems[i - 1]?.message;
    return failed(problems.filter((_, i) => !twice(i)));
  }
  const directive = document.warnings.find(({ code }) => code === "BAD_DIRECTIVE");
  if (directive) return failed([{ path: "", message: yamlTrouble(directive), at: directive.pos[0] }]);
  const { explicit, version } = document.directives.yaml;
  if (explicit && version !== "1.2") {
    const message = `YAML ${version} reads 010 and yes as another number and word; write YAML 1.2, without a %YAML line`;
    return failed([{ path: "", message, at: Math.max(0, text.search(/^%YAML/m)) }]);
  }
  const reader = new ValueReader(text.length);
  const value = reader.value(document.contents as Node | null, 0);
  if (reader.problem) return failed([reader.problem]);
  return { value, problems: [], locate: (path) => locate(document, path) };
}

function failed(problems: YamlReading["problems"]): YamlReading {
  return { value: undefined, problems: problems.slice(0, MOST_ERRORS), locate: () => ({ at: 0, whole: false }) };
}

/** Thrown before yaml's composer, which descends by recursion, is given what would end its stack. */
class NestedTooDeep extends Error {}

function compose(parser: Parser, text: string): Document.Parsed {
  const composer = new Composer({ prettyErrors: false, resolveKnownTags: false, stringKeys: true, uniqueKeys: false });
  let document: Document.Parsed | undefined;
  for (const next of composer.compose(tokensOf(parser, text), true, text.length)) {
    if (document === undefined) document = next as Document.Parsed;
    else {
      const pos: [number, number] = [next.range[0], next.range[1]];
      document.errors.push({ code: "MULTIPLE_DOCS", pos, message: "" } as Document.Parsed["errors"][number]);
      break;
    }
  }
  // The composer was told to make a document even of nothing.
  return document!;
}

/** Lexemes of a text, and undefined for its end. */
function* lexemesOf(text: string): Generator<string | undefined> {
  yield* new Lexer().lex(text);
  yield undefined;
}

/** Tokens of a text up to a few errors, as `parser.parse` gives them. */
function* tokensOf(parser: Parser, text: string): Generator<CST.Token> {
  let errors = 0;
  for (const lexeme of lexemesOf(text)) {
    for (const token of lexeme === undefined ? parser.end() : parser.next(lexeme)) {
      yield token;
      if (token.type === "error" && ++errors >= MOST_ERRORS) return;
    }
    // A level of the document is one or two of the parser's.
    if (parser.stack.length > 4 * MAX_DEPTH) throw new NestedTooDeep();
  }
}

/** Makes the values of a document that was parsed. */
class ValueReader {
  problem: (DocumentProblem & { readonly at: number }) | undefined;
  /** Nodes by anchor, as far as the document has been read: an alias means the last one before it. yaml's own search takes as long as the text. */
  readonly #anchors = new Map<string, Node>();
  /** Lists and mappings that are being made. */
  readonly #open = new Set<Node>();
  /** Aliases that are being followed. */
  #following = 0;
  /** Values that may still be made. A text has fewer values than characters; only aliases make more. */
  #left: number;

  constructor(length: number) {
    this.#left = length + 1000;
  }

  value(node: unknown, depth: number): unknown {
    if (this.problem !== undefined || !isNode(node)) return null;
    if (depth > MAX_DEPTH) return this.#refuse(node, "nested too deep for a document");
    if (--this.#left < 0) return this.#refuse(node, "aliases make a document many times as large as its text");
    if (isAlias(node)) {
      const target = this.#anchors.get(node.source);
      if (target && this.#open.has(target))
        return this.#refuse(node, "the alias is inside the value that it refers to");
      if (!target) return this.#refuse(node, `no anchor before this alias is called ${node.source.slice(0, 40)}`);
      this.#following++;
      const value = this.value(target, depth + 1);
      this.#following--;
      return value;
    }
    if (node.anchor !== undefined && this.#following === 0) this.#anchors.set(node.anchor, node);
    const { tag } = node;
    if (tag !== undefined && !plainTags.has(tag)) {
      const name = tag.replace(/^tag:yaml\.org,2002:/, "!!");
      return this.#refuse(
        node,
        `the tag ${name.slice(0, 40)} means nothing here; write a plain mapping, list or value`,
      );
    }
    const kind = isMap(node) ? "map" : isSeq(node) ? "seq" : undefined;
    if (kind && tag !== undefined && tag !== `tag:yaml.org,2002:${kind}`)
      return this.#refuse(node, "the tag is for another kind of value");
    if (kind) {
      this.#open.add(node);
      const value = isMap(node)
        ? this.#mapping(node.items, depth)
        : (node as YAMLSeq).items.map((item) => this.value(item, depth + 1));
      this.#open.delete(node);
      return value;
    }
    const scalar = node as Scalar;
    if (tag !== undefined && !fits(tag, scalar.value)) return this.#refuse(node, "the tag does not fit its value");
    return scalarValue(scalar);
  }

  #mapping(items: readonly Pair[], depth: number): unknown {
    const entries = new Map<string, unknown>();
    for (const { key, value } of items) {
      const name = keyText(key);
      if (entries.has(name)) {
        return this.#refuse(key, `the key ${JSON.stringify(name.slice(0, 40))} is there twice`);
      }
      entries.set(name, this.value(value, depth + 1));
    }
    return Object.fromEntries(entries);
  }

  #refuse(node: unknown, message: string): null {
    this.problem ??= { path: "", message, at: (isNode(node) ? node.range?.[0] : undefined) ?? 0 };
    return null;
  }
}

function keyText(key: unknown): string {
  if (!isScalar(key)) return isAlias(key) ? key.source : "?";
  return typeof key.value === "string" ? key.value : (key.source ?? String(key.value));
}

/** Whether a value is what its tag says; yaml takes one that is not for text. */
function fits(tag: string, value: unknown): boolean {
  const kind = tag.slice(tag.lastIndexOf(":") + 1);
  if (kind === "int") return typeof value === "number";
  // yaml takes a whole number that is called a float for text.
  if (kind === "float") return value !== "" && Number.isFinite(Number(value));
  return kind === (value === null ? "null" : typeof value === "boolean" ? "bool" : "str");
}

/** A number keeps the digits of its text where it has none of its own for them: 0011 may be the beginning of an address. */
function scalarValue({ value, source }: Scalar): unknown {
  if (typeof value !== "number" || source === undefined) return value;
  return Number.isSafeInteger(value) && String(value) === source ? value : source;
}

function locate(document: Document.Parsed, path: readonly PathKey[]): TextRange & { readonly whole: boolean } {
  let place: TextRange = { at: document.contents?.range?.[0] ?? 0 };
  let node: unknown = document.contents;
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(document);
    let keyAt: number | undefined;
    if (isMap(node)) {
      const pair = node.items.find((item) => keyText(item.key) === key);
      if (!pair) return { ...place, whole: false };
      keyAt = (pair.key as Node).range?.[0];
      node = pair.value;
    } else if (isSeq(node) && typeof key === "number" && key < node.items.length) node = node.items[key];
    else return { ...place, whole: false };
    const at = (isNode(node) ? node.range?.[0] : undefined) ?? keyAt;
    if (at !== undefined) place = { at, keyAt };
  }
  return { ...place, whole: true };
}
