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

/** Values of text that was found to be JSON, brackets and separators. */
const token = /"(?:[^"\\]+|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

interface Frame {
  key: string | number | undefined;
  keyAt: number | undefined;
  /** Keys so far and where they are; undefined in a list. */
  readonly keys: Map<string, number> | undefined;
}

/** The first key of valid JSON text that its object has already: JSON.parse takes the last without a word. */
export function repeatedKey(json: string): RepeatedKey | undefined {
  return scan(json, []).repeated;
}

/** Where a path of valid JSON text is, or the nearest thing around it. */
export function locateInJson(
  json: string,
  path: readonly (string | number)[],
): TextRange & { readonly whole: boolean } {
  const { place, depth } = scan(json, path);
  return { ...place, whole: depth === path.length };
}

function scan(json: string, path: readonly (string | number)[]) {
  const stack: Frame[] = [];
  /** Frames from the outermost one whose key is the path's. */
  let matched = 0;
  let place: TextRange = { at: 0 };
  let depth = -1;
  const found = (at: number) => {
    if (matched !== stack.length || depth >= stack.length || stack.length > path.length) return;
    depth = stack.length;
    place = { at, keyAt: stack.at(-1)?.keyAt };
  };
  const enter = (key: string | number, keyAt?: number) => {
    const frame = stack.at(-1)!;
    frame.key = key;
    frame.keyAt = keyAt;
    const level = stack.length - 1;
    if (matched >= level) matched = path[level] === key ? level + 1 : level;
  };
  for (const { 0: lexeme, index: at } of json.matchAll(token)) {
    const frame = stack.at(-1);
    switch (lexeme) {
      case "{":
        found(at);
        stack.push({ key: undefined, keyAt: undefined, keys: new Map() });
        break;
      case "[":
        found(at);
        stack.push({ key: undefined, keyAt: undefined, keys: undefined });
        enter(0);
        break;
      case "}":
      case "]":
        stack.pop();
        matched = Math.min(matched, stack.length);
        break;
      case ",":
        if (frame?.keys) frame.key = undefined;
        else if (frame) enter((frame.key as number) + 1);
        break;
      case ":":
        break;
      default:
        if (!frame?.keys || frame.key !== undefined) {
          found(at);
          break;
        }
        {
          const key = JSON.parse(lexeme) as string;
          const firstAt = frame.keys.get(key);
          if (firstAt !== undefined) return { repeated: { key, at, firstAt }, place, depth };
          frame.keys.set(key, at);
          enter(key, at);
        }
    }
  }
  return { repeated: undefined, place, depth };
}
