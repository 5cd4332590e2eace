declare const type: unique symbol;

/** What every part of a written document has. `T` is the type of its value. */
interface ShapeBase<T> {
  /** One sentence for people: shown by editors and in the reference. */
  readonly title: string;
  /** Values as a person writes them; the tests parse every one. */
  readonly examples?: readonly unknown[];
  /** What holds where the document says nothing, in words. */
  readonly otherwise?: string;
  /** Carries the type; never set. Published, or the model's types would be unknown. */
  readonly [type]?: T;
}

/** A text with a grammar of its own. */
export interface TextShape<T extends string = string> extends ShapeBase<T> {
  readonly kind: "text";
  /** What the text should be, for error messages, for example `a MAC address such as 52:54:00:12:34:56`. */
  readonly expected: string;
  /** Regular expression for editors; `parse` decides. */
  readonly pattern?: string;
  /** Most characters, for editors. */
  readonly maxLength?: number;
  /**
   * What a number in its place is: its digits (without a choice; editors are told that text is wanted), as good as text (`meant`), or
   * wrong (`refused`).
   */
  readonly digits?: "meant" | "refused";
  /** The text in its one canonical form, or undefined when it is wrong. */
  parse(text: string): T | undefined;
}

/** A whole number. */
export interface IntegerShape extends ShapeBase<number> {
  readonly kind: "integer";
  readonly min: number;
  readonly max: number;
  /** Names of some numbers: written in their place, and left as they are. */
  readonly names?: readonly string[];
  /** What holds where the document says nothing, for editors. */
  readonly default?: number;
}

/** `true` or `false`. */
export interface BooleanShape extends ShapeBase<boolean> {
  readonly kind: "boolean";
  /** The only value that may be written. */
  readonly only?: true;
}

/** One of some words. */
export interface WordShape<T extends string = string> extends ShapeBase<T> {
  readonly kind: "word";
  readonly words: Readonly<Record<string, string>>;
}

/** A list of one shape. */
export interface ListShape<T = readonly unknown[]> extends ShapeBase<T> {
  readonly kind: "list";
  readonly items: Shape;
  readonly min: number;
  readonly max: number;
  /** Entries may be null: they come out as undefined. */
  readonly gaps?: true;
}

/** A mapping with known keys. */
export interface ObjectShape<T = unknown> extends ShapeBase<T> {
  readonly kind: "object";
  readonly name: string;
  readonly fields: Readonly<Record<string, Shape & { readonly required?: true }>>;
  /** Words that people write for a key, and the key. */
  readonly synonyms?: Readonly<Record<string, string>>;
}

/** A mapping whose keys are texts of one form and whose values are of one shape. */
export interface MapShape<T = unknown> extends ShapeBase<T> {
  readonly kind: "map";
  readonly keys: TextShape;
  readonly values: Shape;
}

/** Different shapes for a single value, a list and a mapping. */
export interface EitherShape<T = unknown> extends ShapeBase<T> {
  readonly kind: "either";
  readonly scalar?: TextShape | BooleanShape | WordShape;
  readonly list?: ListShape<unknown>;
  readonly mapping?: ObjectShape<unknown>;
}

export type Shape =
  | TextShape
  | IntegerShape
  | BooleanShape
  | WordShape
  | ListShape<unknown>
  | ObjectShape<unknown>
  | MapShape<unknown>
  | EitherShape<unknown>;

/** The type of a shape's value. */
export type ValueOf<S> = S extends { readonly [type]?: infer T } ? NonNullable<T> : never;

type Fields = Readonly<Record<string, Shape & { readonly required?: true }>>;

type Flat<T> = { [K in keyof T]: T[K] };

type RequiredKeys<F extends Fields> = { [K in keyof F]: F[K] extends { required: true } ? K : never }[keyof F];

type ObjectValue<F extends Fields> = Flat<
  { readonly [K in RequiredKeys<F>]: ValueOf<F[K]> } & {
    readonly [K in Exclude<keyof F, RequiredKeys<F>>]?: ValueOf<F[K]> | undefined;
  }
>;

interface Extras {
  readonly examples?: readonly unknown[];
  readonly otherwise?: string;
}

export function text(
  title: string,
  form: Pick<TextShape, "expected" | "parse" | "pattern" | "maxLength" | "digits">,
  extras: Extras = {},
): TextShape {
  return { kind: "text", title, ...form, ...extras };
}

export function integer(
  title: string,
  min: number,
  max: number,
  extras: Extras & Pick<IntegerShape, "names" | "default"> = {},
): IntegerShape {
  return { kind: "integer", title, min, max, ...extras };
}

export function boolean(title: string, extras: Extras & Pick<BooleanShape, "only"> = {}): BooleanShape {
  return { kind: "boolean", title, ...extras };
}

/** Most items of a list, unless it says otherwise. */
export const LONGEST_LIST = 255;

/** One of some words; each with a sentence about it. */
export function word<const W extends Readonly<Record<string, string>>>(
  title: string,
  words: W,
  extras: Extras = {},
): WordShape<keyof W & string> {
  return { kind: "word", title, words, ...extras } as WordShape<keyof W & string>;
}

export function list<S extends Shape>(
  title: string,
  items: S,
  extras: Extras & { readonly min?: number; readonly max?: number; readonly gaps?: true } = {},
): ListShape<readonly ValueOf<S>[]> {
  return { kind: "list", title, items, min: 0, max: LONGEST_LIST, ...extras };
}

export function object<const F extends Fields>(
  name: string,
  title: string,
  fields: F,
  extras: Extras & { readonly synonyms?: Readonly<Record<string, string>> } = {},
): ObjectShape<ObjectValue<F>> {
  return { kind: "object", name, title, fields, ...extras };
}

export function map<S extends Shape>(
  title: string,
  keys: TextShape,
  values: S,
  extras: Extras = {},
): MapShape<Readonly<Record<string, ValueOf<S>>>> {
  return { kind: "map", title, keys, values, ...extras };
}

interface Alternatives {
  readonly scalar?: TextShape | BooleanShape | WordShape;
  readonly list?: ListShape<unknown>;
  readonly mapping?: ObjectShape<unknown>;
}

export function either<const A extends Alternatives>(
  title: string,
  alternatives: A,
  extras: Extras = {},
): EitherShape<{ [K in keyof A]: ValueOf<A[K]> }[keyof A]> {
  return { kind: "either", title, ...alternatives, ...extras };
}

/** Marks a field that a document must have. */
export function required<S extends Shape>(shape: S): S & { readonly required: true } {
  return { ...shape, required: true };
}
