import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../src/text/parse-json.ts";

const mistake = (text: string) => {
  try {
    parseJson(text);
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
};

describe("parseJson", () => {
  it.each([
    ["", "line 1, column 1: not JSON: expected a value, the text ends"],
    ['{"a":', "line 1, column 6: not JSON: expected a value, the text ends"],
    ['{"a":\n  nul}', "line 2, column 3: not JSON: expected a value"],
    ['{"a" 1}', "line 1, column 6: not JSON: expected a colon"],
    ["[1 2]", "line 1, column 4: not JSON: expected a comma or ]"],
    ['{"a": 1 "b": 2}', "line 1, column 9: not JSON: expected a comma or }"],
    ["[1,]", "line 1, column 4: not JSON: expected a value"],
    ["[}", "line 1, column 2: not JSON: expected a value or ]"],
    ["{'a': 1}", 'line 1, column 2: not JSON: expected a key in "quotes" or }'],
    ['{"a": 1,}', 'line 1, column 9: not JSON: expected a key in "quotes"'],
    ["[01]", "line 1, column 2: not JSON: expected a value or ]"],
    [
      '["a\nb"]',
      "line 1, column 2: not JSON: expected a string that ends in its line and has no other escapes than JSON's",
    ],
    ["1 2", "line 1, column 3: not JSON: expected the end of the text"],
  ])("%j: %s", (text, message) => expect(mistake(text)).toBe(message));

  it("gives what JSON.parse gives, and a place for every text that it does not take", () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom("", "}", "]", ",", ":", '"', "\\", "\n", "x", "0"),
        (json, at, more) => {
          expect(parseJson(json)).toEqual(JSON.parse(json));
          const text = json.slice(0, at % (json.length + 1)) + more + json.slice((at % (json.length + 1)) + 1);
          let taken = true;
          try {
            JSON.parse(text);
          } catch {
            taken = false;
          }
          if (taken) expect(parseJson(text)).toEqual(JSON.parse(text));
          else expect(mistake(text)).toMatch(/^line \d+, column \d+: not JSON: expected /);
        },
      ),
    );
  });

  it("looks at texts that are nested deep", () => {
    expect(mistake("[".repeat(100_000))).toBe("line 1, column 100001: not JSON: expected a value or ], the text ends");
  });
});
