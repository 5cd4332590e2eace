import { describe, expect, it } from "vitest";
import { LineCounter, parseDocument } from "yaml";
import { parseText } from "../../src/document/parse-text.ts";
import { parseYaml } from "../../src/document/parse-yaml.ts";

const own = (text: string) => parseYaml(text, new LineCounter());
const theirs = (text: string) => parseDocument(text, { prettyErrors: false, stringKeys: true });

describe("YAML", () => {
  it.each([
    "",
    "# nothing\n",
    "a: 1\nb: [x, y]\n",
    "a: &x {b: c}\nd: *x\n",
    "- a\n- b: {c: d}\n",
    "a: |\n  text\n  more\n",
    "'a': \"\\u00e9\"\n",
    "---\na: b\n...\n",
  ])("%j means what yaml makes of it", (text) => {
    expect(own(text).toJS()).toEqual(theirs(text).toJS());
    expect(own(text).errors).toEqual([]);
  });

  it.each([
    ["a key that stands twice", "a: 1\nb: {c: 1, d: 2, c: 3}\n"],
    ["several documents", "a: 1\n---\nb: 2\n"],
    ["a bracket that is not closed", "a: [1, 2\nb: 3\n"],
    ["a tab", "a:\n\t- b\n"],
    ["something behind a flow", "{}{}\n"],
    ["a key that is no text", "{a: 1}: 2\n"],
  ])("%s is refused at the same place, for the same reason", (_, text) => {
    const [mine, yours] = [own(text).errors[0]!, theirs(text).errors[0]!];
    expect([mine.code, mine.pos[0], mine.message.split("\n")[0]]).toEqual([
      yours.code,
      yours.pos[0],
      yours.message.split("\n")[0],
    ]);
  });

  // yaml's own way takes the square of the length for these: twenty seconds for 128 KB.
  it.each([["{}"], ["[]"], ["&a [*a]"], ['{"header":1}'], ["{}\n"]])(
    "many times %j ends after a few errors",
    (word) => {
      const text = word.repeat(Math.ceil((128 * 1024) / word.length));
      expect(own(text).errors.length).toBeLessThan(20);
    },
  );

  it("with many keys is read", () => {
    const text = Array.from({ length: 8000 }, (_, i) => `key${i}: value\n`).join("");
    expect(own(text).errors).toEqual([]);
  });

  it.each(["[", "{a: ", "- ", "a:\n"])("nested without end (%j) is refused in words", (word) => {
    const text = Array.from({ length: 20_000 }, (_, i) =>
      word === "a:\n" ? `${" ".repeat(i % 3000)}a:\n` : word,
    ).join("");
    try {
      parseText(text, "x.yaml");
    } catch (error) {
      expect((error as Error).message).toMatch(/^x\.yaml:\d+:\d+: |nested too deep/);
      expect((error as Error).message).not.toContain("call stack");
    }
  });
});
