import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeJson, formatJson, jsonPieces } from "../../src/text/json.ts";

describe("JSON for a terminal", () => {
  it.each([
    ["DEL", "\u007f", "\\u007f"],
    ["a C1 control, which terminals take for ESC [", "\u009b31m", "\\u009b31m"],
    ["next line", "\u0085", "\\u0085"],
    ["a line separator", "\u2028", "\\u2028"],
    ["a right-to-left override", "\u202e", "\\u202e"],
    ["ESC, as JSON has it anyway", "\u001b", "\\u001b"],
  ])("escapes %s", (_, text, escaped) => {
    expect(escapeJson(JSON.stringify(text))).toBe(`"${escaped}"`);
  });

  it("leaves letters of any language alone", () => {
    expect(formatJson({ name: "hôte-日本-🖥" })).toBe('{\n  "name": "hôte-日本-🖥"\n}\n');
  });

  it("says the same to whoever parses it", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
        const text = formatJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });

  it("is the same in pieces", () => {
    const long = fc.array(fc.integer(), { minLength: 255, maxLength: 514, size: "max" });
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.jsonValue(), fc.constant(undefined), long)), (value) => {
        expect([...jsonPieces(value)].join("")).toBe(formatJson(value));
      }),
      { numRuns: 50 },
    );
    const pieces = [...jsonPieces({ list: Array.from({ length: 1000 }, () => "x") })];
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(4000);
  });
});
