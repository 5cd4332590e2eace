import { describe, expect, it } from "vitest";
import { asciiText, hasUtf8 } from "../../src/cli/ascii-text.ts";

describe("asciiText", () => {
  it("draws trees and signs with ASCII", () => {
    expect(asciiText("x\n├─ a\n│  └─ b → c × 2, …\n")).toBe("x\n|- a\n|  `- b -> c x 2, ...\n");
  });

  it("writes other letters as JSON escapes them, which reads the same", () => {
    const text = '{"host":"hôte-日本-\u{1f600}"}';
    expect(asciiText(text)).toMatch(/^[\0-\x7f]*$/);
    expect(JSON.parse(asciiText(text))).toEqual(JSON.parse(text));
  });
});

describe("hasUtf8", () => {
  it.each([
    [{}, false],
    [{ LANG: "C" }, false],
    [{ LANG: "POSIX" }, false],
    [{ LANG: "de_DE.ISO-8859-1" }, false],
    [{ LANG: "en_US.UTF-8" }, true],
    [{ LANG: "C.utf8" }, true],
    [{ LANG: "en_US.UTF-8", LC_ALL: "C" }, false],
    [{ LANG: "en_US.UTF-8", LC_ALL: "" }, true],
    [{ LANG: "en_US.UTF-8", LC_CTYPE: "C" }, false],
    [{ LANG: "C", LC_CTYPE: "UTF-8" }, true],
    [{ LANG: "C", LC_ALL: "C.UTF-8" }, true],
  ])("of %o is %s", (env, wanted) => expect(hasUtf8(env, "linux")).toBe(wanted));

  it("of Windows is true: its terminals have no locale", () => expect(hasUtf8({}, "win32")).toBe(true));
});
