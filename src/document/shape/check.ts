import { escapeText } from "../../text/escape.ts";
import { addressAlone, leadingZeros } from "../../text/ip.ts";
import { isObject } from "../../text/is-object.ts";
import { nearest } from "../../text/suggestion.ts";
import type { DocumentProblem } from "../document-error.ts";
import type { ListShape, MapShape, ObjectShape, Shape, TextShape, ValueOf } from "./shape.ts";

/** What a document holds. */
export interface Checked<S extends Shape> {
  /** The value; only complete when there are no problems. */
  readonly value: ValueOf<S>;
  readonly problems: readonly DocumentProblem[];
  /** Keys that the shape has not, where they are not refused. */
  readonly unknown: readonly DocumentProblem[];
}

/** More problems than this are noise. */
const enough = 50;

/**
 * Checks a value against a shape and takes its parts in canonical form. Unknown keys, wrong types and wrong texts are problems with
 * their paths (unknown keys only reported on demand). What is null or undefined counts as missing, as in `gateway:` with nothing after
 * it.
 */
export function checkValue<S extends Shape>(
  value: unknown,
  shape: S,
  unknownKeys: "refuse" | "report" = "refuse",
): Checked<S> {
  const checker = new Checker(unknownKeys === "refuse");
  const checked = checker.check(value, shape, "") as ValueOf<S>;
  return { value: checked, problems: checker.problems, unknown: checker.unknownKeys };
}

class Checker {
  readonly problems: DocumentProblem[] = [];
  readonly unknownKeys: DocumentProblem[] = [];
  readonly #refuses: boolean;

  constructor(refuses: boolean) {
    this.#refuses = refuses;
  }

  check(given: unknown, shape: Shape, path: string): unknown {
    switch (shape.kind) {
      case "object":
        return isObject(given) ? this.#object(given, shape, path) : this.#wrong(given, shape, path);
      case "list":
        return Array.isArray(given) ? this.#list(given, shape, path) : this.#wrong(given, shape, path);
      case "map":
        return isObject(given) ? this.#map(given, shape, path) : this.#wrong(given, shape, path);
      case "either": {
        const form = isObject(given) ? shape.mapping : Array.isArray(given) ? shape.list : shape.scalar;
        return form ? this.check(given, form, path) : this.#wrong(given, shape, path);
      }
      case "text":
        return this.#text(given, shape, path);
      case "word":
        return typeof given === "string" && Object.hasOwn(shape.words, given) ? given : this.#wrong(given, shape, path);
      case "integer": {
        if (typeof given === "string" && shape.names?.includes(given)) return given;
        const number = typeof given === "string" && numeric.test(given) ? Number(given) : given;
        const fits = Number.isInteger(number) && (number as number) >= shape.min && (number as number) <= shape.max;
        return fits ? number : this.#wrong(given, shape, path);
      }
      case "boolean":
        return typeof given === "boolean" && given === (shape.only ?? given) ? given : this.#wrong(given, shape, path);
    }
  }

  #problem(path: string, message: string, key?: true): undefined {
    if (this.problems.length < enough) this.problems.push({ path, message, ...(key && { key }) });
  }

  #wrong(given: unknown, shape: Shape, path: string): undefined {
    if (this.problems.length >= enough) return;
    const what = isMissing(given) ? "nothing is here" : `${describe(given)} is wrong`;
    return this.#problem(path, `${what}: expected ${expectation(shape)}`);
  }

  #text(given: unknown, shape: TextShape, path: string): unknown {
    const digits = typeof given === "number" && Number.isSafeInteger(given);
    if (digits && shape.digits === "refused") {
      return this.#problem(path, `${given} is wrong: expected ${shape.expected}; put it in quotes if it is text`);
    }
    const text = digits ? String(given) : given;
    if (typeof text !== "string") return this.#wrong(given, shape, path);
    if (/\p{Surrogate}/u.test(text)) {
      return this.#problem(path, "half of a surrogate pair is wrong: expected Unicode text");
    }
    const parsed = shape.parse(text);
    if (parsed !== undefined) return parsed;
    const isRight = (other: string) => shape.parse(other) !== undefined;
    const hint = leadingZeros(text, isRight) ?? addressAlone(text, isRight);
    if (hint === undefined) return this.#wrong(given, shape, path);
    return this.#problem(path, `${describe(text)} is wrong: ${escapeText(hint)}`);
  }

  #list(given: readonly unknown[], shape: ListShape<unknown>, path: string): unknown {
    const { length } = given;
    if (length < shape.min) return this.#problem(path, `needs at least ${shape.min}`);
    if (length > shape.max) return this.#problem(path, `${length} are too many: at most ${shape.max}`);
    // A hole counts as missing, too.
    return Array.from(given, (item, i) =>
      isMissing(item) && shape.gaps ? undefined : this.check(item, shape.items, `${path}[${i}]`),
    );
  }

  #map(given: Mapping, shape: MapShape<unknown>, path: string): unknown {
    const value: [string, unknown][] = [];
    const names = new Set<string>();
    for (const [key, item] of Object.entries(given)) {
      const inner = joinPath(path, key);
      const name = shape.keys.parse(key);
      if (name === undefined) this.#problem(inner, `expected ${shape.keys.expected}`, true);
      else if (names.has(name)) this.#problem(inner, "is there twice, written in another way before", true);
      else value.push([name, this.check(item, shape.values, inner)]);
      if (name !== undefined) names.add(name);
    }
    return Object.fromEntries(value);
  }

  #object(given: Mapping, shape: ObjectShape<unknown>, path: string): unknown {
    const value: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(given)) {
      const inner = joinPath(path, key);
      const field = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
      if (!field) this.#unknown(inner, () => `no such key${suggestion(key, shape)}`);
      else if (!isMissing(item)) value[key] = this.check(item, field, inner);
    }
    for (const [key, field] of Object.entries(shape.fields)) {
      if (!field.required || key in value) continue;
      // An abbreviation keeps its letters: `IP address`, `NQN`.
      const title = field.title.replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase());
      this.#problem(joinPath(path, key), `is missing: ${title}`);
    }
    return value;
  }

  #unknown(path: string, message: () => string): void {
    const found = this.#refuses ? this.problems : this.unknownKeys;
    if (found.length < enough) found.push({ path, message: message(), key: true });
  }
}

/** Spellings of a whole number that YAML knows; what is no number in its usual form comes from there as text. */
const numeric = /^\+?(\d{1,15}(\.0*)?(e\+?\d{1,2})?|0x[\da-f]{1,12}|0o[0-7]{1,16})$/i;

type Mapping = Readonly<Record<string, unknown>>;

function isMissing(value: unknown): boolean {
  return value === null || value === undefined;
}

/** The path of a key in a mapping: `hfi[0].mac`, `objects["hfi[0].transportInfo"]`. */
function joinPath(path: string, key: string): string {
  if (!/^[^.[\]"\s]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

/** `: did you mean "mac"?` for a key that an object has not; else the keys that it has. */
function suggestion(key: string, { name, fields, synonyms = {} }: ObjectShape<unknown>): string {
  const known = Object.keys(fields).filter((field) => !field.startsWith("$"));
  if (key === "<<") return ` "<<" in ${name}: YAML 1.2 merges no mappings; write their keys here`;
  const word = key.toLowerCase().replace(/[-_\s]/g, "");
  const near = Object.hasOwn(synonyms, word) ? synonyms[word] : (nearest(key, known) ?? beginningWith(word, known));
  const given = `"${escapeText(key.length > 40 ? `${key.slice(0, 37)}...` : key)}" in ${name}`;
  const inside = known.find((field) => hasKey(fields[field]!, key));
  if (near === undefined && inside !== undefined) return ` ${given}: did you mean "${inside}.${key}"?`;
  return near === undefined ? ` ${given}: known are ${known.join(", ")}` : ` ${given}: did you mean "${near}"?`;
}

function hasKey(shape: Shape, key: string): boolean {
  return shape.kind === "object" && Object.hasOwn(shape.fields, key);
}

/** The one known key that begins with a word: `subnetMaskPrefix` for `subnetMask`. */
function beginningWith(word: string, known: readonly string[]): string | undefined {
  const longer = known.filter((field) => field.toLowerCase().startsWith(word));
  return word.length > 3 && longer.length === 1 ? longer[0] : undefined;
}

/** What a shape accepts, in words. */
export function expectation(shape: Shape): string {
  switch (shape.kind) {
    case "text":
      return shape.expected;
    case "word":
      return alternatives(Object.keys(shape.words));
    case "integer": {
      const number = `a whole number from ${shape.min} to ${shape.max}`;
      return alternatives([...(shape.names ?? []).map((name) => `"${name}"`), number]);
    }
    case "boolean":
      return shape.only ? "true, or nothing" : "true or false";
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

function alternatives(words: readonly string[]): string {
  return words.length === 1 ? words[0]! : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** A value from a document, safe to print and short. */
function describe(given: unknown): string {
  if (Array.isArray(given)) return "a list";
  if (typeof given === "object") return "a mapping";
  if (typeof given === "function" || typeof given === "symbol") return `a ${typeof given}`;
  const text = String(given);
  return `"${escapeText(text.length > 80 ? `${text.slice(0, 77)}...` : text)}"`;
}
