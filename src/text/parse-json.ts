import { ParseError } from "../errors.ts";

/** What may come next in a JSON text, as its first mistake is reported. */
const wanted = {
  value: "a value",
  "first value": "a value or ]",
  key: 'a key in "quotes"',
  "first key": 'a key in "quotes" or }',
  colon: "a colon",
  "comma or ]": "a comma or ]",
  "comma or }": "a comma or }",
  end: "the end of the text",
} as const;

/** A line end, a control character or an unknown escape is in it. */
const wholeString = "a string that ends in its line and has no other escapes than JSON's";

type Wanted = keyof typeof wanted;

const blanks = /[ \t\r\n]*/y;
const string = /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const scalar = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;

/**
 * The value of a JSON text (RFC 8259).
 *
 * @throws {ParseError} `line 2, column 7: not JSON: expected a colon`
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const { at, what } = mistakeIn(text);
    throw jsonError(text, at, `not JSON: expected ${what}${at >= text.trimEnd().length ? ", the text ends" : ""}`);
  }
}

/** An error at an offset of a text. */
export function jsonError(text: string, at: number, message: string): ParseError {
  const before = text.slice(0, at);
  const line = before.split("\n").length;
  const column = at - before.lastIndexOf("\n");
  return new ParseError(`line ${line}, column ${column}: ${message}`, { line, column });
}

/** The first place where a text is not JSON, and what may be there. Lists and objects may be nested as deep as they like. */
function mistakeIn(text: string): { readonly at: number; readonly what: string } {
  const open: ("[" | "{")[] = [];
  let next: Wanted = "value";
  const after = (): Wanted => (open.length === 0 ? "end" : open.at(-1) === "[" ? "comma or ]" : "comma or }");
  for (let at = endOf(blanks, text, 0); ; at = endOf(blanks, text, at)) {
    const char = text[at];
    const wrong = { at, what: wanted[next] };
    if (next === "end") return wrong;
    if (next.startsWith("first") && char === (next === "first key" ? "}" : "]")) {
      open.pop();
      next = after();
      at++;
    } else if (next === "key" || next === "first key") {
      const end = endOf(string, text, at);
      if (end === at) return char === '"' ? { at, what: wholeString } : wrong;
      at = end;
      next = "colon";
    } else if (next === "colon") {
      if (char !== ":") return wrong;
      at++;
      next = "value";
    } else if (next === "comma or ]" || next === "comma or }") {
      if (char === ",") next = open.at(-1) === "[" ? "value" : "key";
      else if (char === (open.at(-1) === "[" ? "]" : "}")) {
        open.pop();
        next = after();
      } else return wrong;
      at++;
    } else if (char === "[" || char === "{") {
      open.push(char);
      next = char === "[" ? "first value" : "first key";
      at++;
    } else {
      const end = Math.max(endOf(string, text, at), endOf(scalar, text, at));
      if (end === at) return char === '"' ? { at, what: wholeString } : wrong;
      at = end;
      next = after();
    }
  }
}

/** Where what a sticky pattern finds at an offset ends; the offset where it finds nothing. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
