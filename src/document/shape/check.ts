import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from "yaml";
import { escapeText } from "../../text/escape.ts";
import type { ListShape, MapShape, ObjectShape, Shape, ValueOf } from "./shape.ts";
import { suggestion } from "./suggestion.ts";

/** Something wrong in a document. */
export interface ShapeProblem {
  /** Path in the document, for example `interfaces[0].mac`; empty for the document itself. */
  readonly path: string;
  readonly message: string;
  /** Offset of the text concerned in the source, where there is a source. */
  readonly at: number | undefined;
}

/** What a document holds, and where. */
export interface Checked<S extends Shape> {
  /** The value; only complete when there are no problems. */
  readonly value: ValueOf<S>;
  readonly problems: readonly ShapeProblem[];
  /** Keys that the shape has not, where they are not refused. */
  readonly unknown: readonly ShapeProblem[];
  /** Offset of the text at each path that the document has. */
  readonly places: ReadonlyMap<string, number>;
}

/** More problems than this are noise. */
const enough = 50;

/**
 * Checks a parsed YAML or JSON document against a shape and takes its values in canonical form. Unknown keys, wrong types and
 * wrong texts are problems with their places (unknown keys only reported on demand); numbers in places of texts keep the digits of the source.
 */
export function checkDocument<S extends Shape>(
  document: Document.Parsed | Document,
  shape: S,
  options: { readonly unknownKeys?: "refuse" | "report" } = {},
): Checked<S> {
  const checker = new Checker(document, options.unknownKeys ?? "refuse");
  const value = checker.check(document.contents as Node | null, shape, "") as ValueOf<S>;
  return { value, problems: checker.problems, unknown: checker.unknownKeys, places: checker.places };
}

class Checker {
  readonly problems: ShapeProblem[] = [];
  readonly places = new Map<string, number>();
  readonly unknownKeys: ShapeProblem[] = [];
  readonly #document: Document.Parsed | Document;
  readonly #refuses: boolean;

  constructor(document: Document.Parsed | Document, unknownKeys: "refuse" | "report") {
    this.#document = document;
    this.#refuses = unknownKeys === "refuse";
  }

  check(given: unknown, shape: Shape, path: string): unknown {
    const node = isAlias(given) ? given.resolve(this.#document as Document) : given;
    const at = placeOf(given) ?? placeOf(node);
    if (at !== undefined) this.places.set(path, at);
    switch (shape.kind) {
      case "object":
        return this.#object(node, shape, path, at);
      case "list":
        return this.#list(node, shape, path, at);
      case "map":
        return this.#map(node, shape, path, at);
      case "either": {
        const form = isMap(node) ? shape.mapping : isSeq(node) ? shape.list : shape.scalar;
        return form ? this.check(node, form, path) : this.#wrong(node, expectation(shape), path, at);
      }
      default:
        return isScalar(node) ? this.#scalar(node, shape, path, at) : this.#wrong(node, expectation(shape), path, at);
    }
  }

  unknown(path: string, message: string, at: number | undefined): void {
    if (this.#refuses) this.#problem(path, message, at);
    else if (this.unknownKeys.length < enough) this.unknownKeys.push({ path, message, at });
  }

  #problem(path: string, message: string, at: number | undefined): undefined {
    if (this.problems.length < enough) this.problems.push({ path, message, at });
  }

  #wrong(node: unknown, expected: string, path: string, at: number | undefined): undefined {
    return this.#problem(path, `${describe(node)} is wrong: expected ${expected}`, at);
  }

  #scalar(node: Scalar, shape: Shape, path: string, at: number | undefined): unknown {
    const { value } = node;
    switch (shape.kind) {
      case "text": {
        const text = typeof value === "string" ? value : (node.source ?? String(value));
        const parsed = shape.parse(text);
        return parsed ?? this.#wrong(node, shape.expected, path, at);
      }
      case "word":
        if (typeof value === "string" && Object.hasOwn(shape.words, value)) return value;
        return this.#wrong(node, expectation(shape), path, at);
      case "integer": {
        const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
        const fits =
          typeof number === "number" && Number.isInteger(number) && number >= shape.min && number <= shape.max;
        return fits ? number : this.#wrong(node, expectation(shape), path, at);
      }
      case "boolean":
        return typeof value === "boolean" ? value : this.#wrong(node, expectation(shape), path, at);
      default:
        return this.#wrong(node, expectation(shape), path, at);
    }
  }

  #list(node: unknown, shape: ListShape<unknown>, path: string, at: number | undefined): unknown {
    if (!isSeq(node)) return this.#wrong(node, expectation(shape), path, at);
    const { length } = node.items;
    if (length < shape.min) return this.#problem(path, `needs at least ${shape.min}`, at);
    if (length > shape.max) return this.#problem(path, `${length} are too many: at most ${shape.max}`, at);
    return node.items.map((item, i) =>
      isEmpty(item) && shape.gaps ? undefined : this.check(item, shape.items, `${path}[${i}]`),
    );
  }

  #map(node: unknown, shape: MapShape<unknown>, path: string, at: number | undefined): unknown {
    if (!isMap(node)) return this.#wrong(node, expectation(shape), path, at);
    const value: Record<string, unknown> = {};
    for (const [key, item, keyAt] of entries(node)) {
      const inner = path ? `${path}.${key}` : key;
      const name = shape.keys.parse(key);
      if (name === undefined) this.#problem(inner, `expected ${shape.keys.expected}`, keyAt);
      else value[name] = this.check(item, shape.values, inner);
    }
    return value;
  }

  #object(node: unknown, shape: ObjectShape<unknown>, path: string, at: number | undefined): unknown {
    if (!isMap(node)) return this.#wrong(node, expectation(shape), path, at);
    const value: Record<string, unknown> = {};
    for (const [key, item, keyAt] of entries(node)) {
      const inner = path ? `${path}.${key}` : key;
      const field = Object.hasOwn(shape.fields, key) ? shape.fields[key]! : undefined;
      if (keyAt !== undefined) this.places.set(inner, keyAt);
      if (!field) this.unknown(inner, `no such key${suggestion(key, shape)}`, keyAt);
      // An empty value says nothing, as in `gateway:` with nothing behind it.
      else if (!isEmpty(item)) value[key] = this.check(item, field, inner);
    }
    for (const [key, field] of Object.entries(shape.fields)) {
      if (!field.required || key in value) continue;
      const title = field.title.charAt(0).toLowerCase() + field.title.slice(1);
      this.#problem(path ? `${path}.${key}` : key, `is missing: ${title}`, at ?? 0);
    }
    return value;
  }
}

function* entries(map: YAMLMap): Generator<[string, unknown, number | undefined]> {
  for (const { key, value } of map.items) {
    const name = isScalar(key) ? String(key.value) : "?";
    yield [name, value, placeOf(key)];
  }
}

function isEmpty(node: unknown): boolean {
  return node === null || node === undefined || (isScalar(node) && node.value === null);
}

function placeOf(node: unknown): number | undefined {
  return isNode(node) ? (node.range?.[0] ?? undefined) : undefined;
}

/** What a shape accepts, in words. */
export function expectation(shape: Shape): string {
  switch (shape.kind) {
    case "text":
      return shape.expected;
    case "word": {
      const words = Object.keys(shape.words);
      return words.length === 1 ? words[0]! : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
    }
    case "integer":
      return `a whole number from ${shape.min} to ${shape.max}`;
    case "boolean":
      return "true or false";
    case "list":
      return "a list";
    case "object":
    case "map":
      return "a mapping";
    case "either":
      return [shape.scalar, shape.list, shape.mapping]
        .flatMap((form) => (form ? [expectation(form)] : []))
        .join(", or ");
  }
}

/** A value from a document, safe to print and short. */
function describe(node: unknown): string {
  if (isMap(node)) return "a mapping";
  if (isSeq(node)) return "a list";
  if (!isScalar(node)) return "nothing";
  const text = typeof node.value === "string" ? node.value : (node.source ?? String(node.value));
  return `"${escapeText(text.length > 80 ? `${text.slice(0, 77)}...` : text)}"`;
}
