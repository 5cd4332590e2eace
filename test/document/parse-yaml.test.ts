import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { DocumentError } from "../../src/document/document-error.ts";
import { parseText } from "../../src/document/parse-text.ts";
import { readYaml } from "../../src/document/parse-yaml.ts";

function messageOf(text: string): string {
  try {
    parseText(text, "x.yaml");
  } catch (error) {
    expect(error).toBeInstanceOf(DocumentError);
    return (error as Error).message;
  }
  return "";
}

describe("YAML", () => {
  it.each([
    "",
    "# nothing\n",
    "a: 1\nb: [x, y, true, null, ~]\n",
    "a: &x {b: c}\nd: *x\n",
    "- a\n- b: {c: d}\n",
    "a: |\n  text\n  more\n",
    "'a': \"\\u00e9\"\n",
    "---\na: b\n...\n",
    "a: !!str 12\nb: !!map {c: d}\n",
    '%YAML 1.2\n---\na: !!int 12\nb: !!int "12"\nc: !!null ~\nd: !!bool true\n',
    "{a: [1, 2,], b: 'x'}\n",
    '{"a": 1} # JSON with a comment\n',
    "__proto__: {a: 1}\n",
  ])("%j means what yaml makes of it", (text) => {
    const { value, problems } = readYaml(text);
    expect(problems).toEqual([]);
    expect(value).toEqual(parse(text));
  });

  it.each([
    ["0044", "0044"],
    ["00000000000000000000000000000000", "00000000000000000000000000000000"],
    ["12345678901234567890", "12345678901234567890"],
    ["0x10", "0x10"],
    ["1.50", "1.50"],
    [".inf", ".inf"],
    ["1e999", "1e999"],
    ["4420", 4420],
    ["-1", -1],
  ])("%s keeps its digits where a number has not", (written, value) => {
    expect(readYaml(`a: ${written}\n`).value).toEqual({ a: value });
  });

  it.each([
    ["a: 1\nb: {c: 1, d: 2, c: 3}\n", 'x.yaml:2:17: the key "c" is there twice'],
    ["a: 1\n---\nb: 2\n", "x.yaml:2:1: a second document begins here; give one"],
    ["a: [1, 2\nb: 3\n", "x.yaml:2:1: the closing ] is missing before this"],
    ["a:\n\t- b\n", "x.yaml:2:1: lines are indented by blanks, not by tabs"],
    ['a: "b\n', "x.yaml:2:1: the closing quote is missing"],
    ["{a: 1}: 2\n", "x.yaml:1:1: a key is text"],
    ["a: *b\n", "x.yaml:1:4: no anchor before this alias is called b"],
    ["a: @b\n", "x.yaml:1:4: text cannot begin with this character; put it in quotes"],
    ['a: "\\q"\n', "x.yaml:1:5: not an escape sequence of double-quoted text"],
    ["a: 1\n b: 2\n", "x.yaml:1:4: a mapping or list cannot begin on the line of its key"],
    ["a: !!omap [b: 1]\n", "x.yaml:1:11: the tag !!omap means nothing here; write a plain mapping, list or value"],
    ["!!set {a, b}\n", "x.yaml:1:7: the tag !!set means nothing here; write a plain mapping, list or value"],
    [
      "a: !!binary aGVsbG8=\n",
      "x.yaml:1:13: the tag !!binary means nothing here; write a plain mapping, list or value",
    ],
    ["a: !!binary '@'\n", "x.yaml:1:13: the tag !!binary means nothing here; write a plain mapping, list or value"],
    ["a: !!timestamp b\n", "x.yaml:1:16: the tag !!timestamp means nothing here; write a plain mapping, list or value"],
    ["a: !!str {b: 1}\n", "x.yaml:1:10: the tag is for another kind of value"],
    ["a: !mine {b: 1}\n", "x.yaml:1:10: the tag !mine means nothing here; write a plain mapping, list or value"],
    ['a: !!null "b"\n', "x.yaml:1:11: the tag does not fit its value"],
    ["a: !!int b\n", "x.yaml:1:10: the tag does not fit its value"],
    ["a: !!float b\n", "x.yaml:1:12: the tag does not fit its value"],
    ["a: !!seq b\n", "x.yaml:1:10: the tag does not fit its value"],
    [
      "%YAML 1.1\n---\na: 010\n",
      "x.yaml:1:1: YAML 1.1 reads 010 and yes as another number and word; write YAML 1.2, without a %YAML line",
    ],
    [
      "# made elsewhere\n%YAML 1.1\n---\na: 010\n",
      "x.yaml:2:1: YAML 1.1 reads 010 and yes as another number and word; write YAML 1.2, without a %YAML line",
    ],
    ["%YAML 3.0\n---\na: 1\n", "x.yaml:1:7: a line that begins with % is not a YAML directive"],
    ['{"a":1}\n{"a":2}\n', "x.yaml:2:1: a second document begins here; give one"],
    ['{"a":1}{"a":2}', "x.yaml:1:8: a second document begins here; give one"],
    ["a: &x [*x]\n", "x.yaml:1:8: the alias is inside the value that it refers to"],
    ["a: &x {b: [*x]}\n", "x.yaml:1:12: the alias is inside the value that it refers to"],
  ])("%j is refused in our own words, with its place", (text, message) => {
    expect(messageOf(text).split("\n")[0]).toBe(message);
  });

  it("aliases that multiply are refused where they begin to", () => {
    const lines = Array.from(
      { length: 12 },
      (_, i) => `a${i}: &a${i} [${Array(10).fill(i === 0 ? "x" : `*a${i - 1}`)}]`,
    );
    expect(messageOf(`${lines.join("\n")}\n`)).toMatch(
      /^x\.yaml:\d+:\d+: (aliases make a document many times as large as its text|nested too deep for a document)$/,
    );
  });

  // yaml's own way takes the square of the length for these: twenty seconds for 128 KB.
  it.each([["{}"], ["[]"], ["&a [*a]"], ['{"header":1}'], ["{}\n"]])(
    "many times %j ends after a few errors",
    (word) => {
      const text = word.repeat(Math.ceil((128 * 1024) / word.length));
      expect(readYaml(text).problems.length).toBeLessThan(20);
    },
  );

  // yaml's own search for an anchor takes as long as the text: eighteen seconds for 128 KB.
  it("with many aliases is read, each as the last anchor of its name before it", () => {
    const anchors = Array.from({ length: 9000 }, (_, i) => `- &a${i} x${i}\n`).join("");
    const aliases = Array.from({ length: 3000 }, (_, i) => `- *a${i}\n`).join("");
    const { value, problems } = readYaml(`${anchors}${aliases}`);
    expect(problems).toEqual([]);
    expect((value as string[]).slice(9000, 9003)).toEqual(["x0", "x1", "x2"]);
    const again = "a: &x {b: &y 1, c: &y 2}\nd: *x\ne: &y 3\nf: *x\ng: *y\n";
    expect(readYaml(again).value).toEqual(parse(again));
  });

  it("leaves the stacks of errors as they were", () => {
    const before = Error.stackTraceLimit;
    readYaml("[".repeat(5000));
    readYaml('"\\q"');
    expect(Error.stackTraceLimit).toBe(before);
  });

  it("with many keys is read", () => {
    const text = Array.from({ length: 8000 }, (_, i) => `key${i}: value\n`).join("");
    expect(readYaml(text).problems).toEqual([]);
  });

  it.each(["[", "{a: ", "- ", "a:\n"])("nested without end (%j) is refused in words", (word) => {
    const text = Array.from({ length: 20_000 }, (_, i) =>
      word === "a:\n" ? `${" ".repeat(i % 3000)}a:\n` : word,
    ).join("");
    const message = messageOf(text);
    expect(message).toMatch(/^x\.yaml:\d+:\d+: |nested too deep/);
    expect(message).not.toContain("call stack");
  });
});

describe("JSON", () => {
  it.each([
    ['{"a":1,\n "a":2}', 'x.yaml:2:2: the key "a" is there twice, first in line 1'],
    ['{"a":{"b":[{"c":1,"\\u0063":2}]}}', 'x.yaml:1:19: the key "c" is there twice, first in line 1'],
    ['{"a":[1,2],"b":{"a":"a"},"a\\"":[],"a":0}', 'x.yaml:1:35: the key "a" is there twice, first in line 1'],
  ])("%s is refused", (text, message) => {
    expect(messageOf(text)).toBe(message);
  });

  it.each(['{"a":{"a":{"a":[{"a":1},{"a":2}]}}}', '[{"a":1},{"a":1}]', '{"a":"{\\"a\\":1,\\"a\\":2}"}'])(
    "%s has no key twice",
    (text) => {
      expect(parseText(text).value).toEqual(JSON.parse(text));
    },
  );

  it("has the places that YAML finds in it", () => {
    const text = '{\n  "a": [1, {"b": "x", "c.d": [true]}],\n  "e": {"f": null}, "g": []\n}';
    const json = parseText(text);
    const yaml = parseText(`# the same\n${text}`);
    for (const path of [
      "",
      "a",
      "a[0]",
      "a[1]",
      "a[1].b",
      'a[1]["c.d"]',
      'a[1]["c.d"][0]',
      "e",
      "e.f",
      "g",
      "e.x",
      "a[7]",
    ]) {
      for (const key of [false, true]) {
        const { line, column } = yaml.locate(path, key);
        expect(json.locate(path, key), path).toEqual({ line: line - 1, column });
      }
    }
    expect(json.locate("a[1].b", true)).toEqual({ line: 2, column: 13 });
  });
});
