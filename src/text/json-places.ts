/** Offsets in a text. */
export interface TextRange {
  /** Where the value begins. */
  readonly at: number;
  /** Where its key begins, for the value of a key. */
  readonly keyAt?: number | undefined;
}

/** A key that is in its object twice. */
export interface RepeatedKey {
  readonly key: string;
  readonly at: number;
  readonly firstAt: number;
}

interface Place extends TextRange {
  /** Values of an object by key, or of a list by position. */
  readonly parts?: Map<string | number, Place>;
}

/** Values of text that was found to be JSON, brackets and separators. */
const token = /"(?:[^"\\]+|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Where the parts of valid JSON text are. */
export class JsonPlaces {
  /** The first key that its object has already: JSON.parse takes the last silently. What follows it is not looked at. */
  readonly repeated: RepeatedKey | undefined;
  #root: Place = { at: 0 };

  constructor(json: string) {
    this.repeated = this.#scan(json);
  }

  /** Where a path is, or the nearest thing around it. */
  locate(path: readonly (string | number)[]): TextRange & { readonly whole: boolean } {
    let place = this.#root;
    for (const key of path) {
      const part = place.parts?.get(key);
      if (!part) return { at: place.at, keyAt: place.keyAt, whole: false };
      place = part;
    }
    return { at: place.at, keyAt: place.keyAt, whole: true };
  }

  #scan(json: string): RepeatedKey | undefined {
    const open: { readonly place: Place; readonly isObject: boolean; key?: string | undefined; keyAt?: number }[] = [];
    const add = (place: Place) => {
      const owner = open.at(-1);
      if (!owner) this.#root = place;
      else owner.place.parts!.set(owner.key ?? owner.place.parts!.size, place);
    };
    for (const { 0: lexeme, index: at } of json.matchAll(token)) {
      const owner = open.at(-1);
      switch (lexeme) {
        case "{":
        case "[": {
          const place = { at, keyAt: owner?.keyAt, parts: new Map() };
          add(place);
          open.push({ place, isObject: lexeme === "{" });
          break;
        }
        case "}":
        case "]":
          open.pop();
          break;
        case ",":
          if (owner) owner.key = undefined;
          break;
        case ":":
          break;
        default: {
          if (!owner?.isObject || owner.key !== undefined) {
            add({ at, keyAt: owner?.keyAt });
            break;
          }
          const key = JSON.parse(lexeme) as string;
          const first = owner.place.parts!.get(key);
          if (first) return { key, at, firstAt: first.keyAt! };
          owner.key = key;
          owner.keyAt = at;
        }
      }
    }
    return undefined;
  }
}
