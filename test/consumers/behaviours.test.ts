import { describe, expect, it, test } from "vitest";
import { AlikeResults } from "../../src/consumers/behaviours/alike.ts";
import {
  behaviourRows,
  behavioursOf,
  behavioursOfRule,
  findRelease,
  type ProgramName,
  programs,
} from "../../src/consumers/behaviours/index.ts";
import { compareReleases, formatRange, isInRange } from "../../src/consumers/behaviours/release.ts";
import { tableRules } from "../../src/rules/index.ts";

const names = Object.keys(programs) as ProgramName[];

describe("releases", () => {
  it.each([
    ["2.9", "2.10"],
    ["2.16", "2.16.1"],
    ["3.0-b.4", "3.0-rc1"],
    ["3.0-rc1", "3.0"],
    ["3.1", "3.2-dev"],
    ["3.2-dev", "3.2"],
    ["059", "060"],
    ["1.58.0", "1.58.1"],
  ])("%s comes before %s", (older, newer) => {
    expect(compareReleases(older, newer)).toBeLessThan(0);
    expect(compareReleases(newer, older)).toBeGreaterThan(0);
  });

  it("takes no notice of a distribution's revision", () => {
    expect(compareReleases("2.16-1", "2.16")).toBe(0);
    expect(compareReleases("112-7", "112")).toBe(0);
  });

  it("ends a range with everything that begins as its end does", () => {
    expect(isInRange("2.16.2", { from: "2.10", to: "2.16" })).toBe(true);
    expect(isInRange("2.30", { to: "2" })).toBe(true);
    expect(isInRange("3.0-rc1", { to: "2" })).toBe(false);
    expect(isInRange("3.0", { to: "3.0-rc1" })).toBe(false);
  });

  it.each([
    [{}, "every release"],
    [{ from: "3.0" }, "3.0 and later"],
    [{ to: "2.4" }, "up to 2.4"],
    [{ from: "2.5", to: "2" }, "2.5 to 2.x"],
    [{ from: "2.8", to: "2.8" }, "2.8"],
  ])("writes %j as %s", (range, words) => {
    expect(formatRange(range)).toBe(words);
  });
});

describe("a release by its name", () => {
  it.each<[ProgramName, string, string]>([
    ["nvme-cli", "2.3", "up to 2.4"],
    ["nvme-cli", "2.14", "2.10 to 2.16"],
    ["nvme-cli", "2.13-2", "2.10 to 2.16"],
    ["nvme-cli", "2", "2.10 to 2.16"],
    ["nvme-cli", "2.17", "2.17-dev to 2.x"],
    ["nvme-cli", "3", "3.1"],
    ["nvme-cli", "3.0", "3.0"],
    ["networkmanager", "1.54", "1.54.1 to 1.58.0"],
    ["networkmanager", "1.54.0", "1.54.0"],
    ["networkmanager", "1.58", "1.58.1 to 1.59.x"],
    ["dracut", "107", "106 to 108"],
    ["dracut", "059", "up to 059"],
  ])("%s %s behaves as %s", (program, release, alike) => {
    expect(findRelease(program, release)).toMatchObject({ alike, outside: undefined });
  });

  const newest = (name: ProgramName) => {
    const { release, dated, date } = programs[name].newest;
    return `the newest release known is ${release} (${dated} ${date})`;
  };

  it.each<[ProgramName, string, string]>([
    ["nvme-cli", "4.0", `predicted as 3.2-dev, the nearest; ${newest("nvme-cli")}`],
    ["nvme-cli", "3.0-b.4", "predicted as 3.0-rc1"],
    ["dracut", "999", newest("dracut")],
    ["networkmanager", "1.60.0", "predicted as 1.58.1"],
    ["nvme-stas", "2.3", "predicted as 2.4"],
  ])("%s %s is outside the table, and says so", (program, release, words) => {
    expect(findRelease(program, release)?.outside).toContain(words);
  });

  it("is none where there is no number", () => {
    expect(findRelease("nvme-cli", "latest")).toBeUndefined();
    expect(() => behavioursOf("nvme-cli", "latest")).toThrow(RangeError);
  });

  it("may be built without its reader", () => {
    expect(behavioursOf("networkmanager", "1.58.1").readsNbft).toBe(true);
    expect(behavioursOf("networkmanager", "1.58.1-without-nbft").readsNbft).toBe(false);
  });
});

describe("the table of behaviours", () => {
  it.each(names)("%s: groups follow each other, and each stands for itself", (name) => {
    const { groups } = programs[name];
    for (const [i, group] of groups.entries()) {
      expect(isInRange(group.shown, group.range)).toBe(true);
      const next = groups[i + 1];
      if (next) expect(compareReleases(group.shown, next.shown)).toBeLessThan(0);
    }
  });

  it("changes between groups only", () => {
    const ends = (range: { from?: string; to?: string }) => [range.from, range.to];
    for (const { program, name, behaviour } of behaviourRows()) {
      const groupEnds = new Set(programs[program].groups.flatMap(({ range }) => ends(range)));
      for (const end of [behaviour.releases].flat().flatMap(ends)) {
        if (end !== undefined) expect(groupEnds, `${program} ${name}: ${end}`).toContain(end);
      }
    }
  });

  it("gives for every behaviour and release a dated source", () => {
    for (const { cells } of behaviourRows()) {
      expect(cells.length).toBeGreaterThan(0);
      for (const { evidence } of cells) {
        expect(evidence.date).toMatch(/^20\d\d-\d\d-\d\d$/);
        expect(evidence.source).not.toBe("");
      }
    }
  });

  it("has no evidence for releases that come later", () => {
    for (const { program, name, behaviour } of behaviourRows())
      for (const { releases, source } of behaviour.evidence ?? [])
        expect([program, name, source, releases.to]).toEqual([program, name, source, expect.any(String)]);
  });

  it("names rules that there are", () => {
    const codes = new Set(tableRules.map(({ code }) => code));
    for (const { behaviour } of behaviourRows()) {
      for (const code of behaviour.rules ?? []) expect(codes).toContain(code);
    }
  });
});

test("a rule gets what each release does, its otherwise included", () => {
  const found = behavioursOfRule("C002").map(({ releases, does }) => [releases, does.slice(0, 40)]);
  expect(found).toEqual([
    ["2.5 to 2.x", "takes a table whose Block Valid is 0 for"],
    ["3.0-rc1 and later", "rejects a table whose Block Valid is 0"],
  ]);
  expect(behavioursOfRule("C012")[0]?.evidence).toMatchObject({ by: "run", date: "2026-11-30" });
});

describe("results of releases that do alike", () => {
  const make = (does: { a: boolean; b: boolean; c: boolean }) => ({ what: does.a ? does.b : "not asked" });

  it("are one where what was asked for is answered alike", () => {
    const results = new AlikeResults<Parameters<typeof make>[0], ReturnType<typeof make>>();
    const first = results.of({ a: true, b: true, c: true }, make);
    expect(first).toEqual({ what: true });
    expect(results.of({ a: true, b: true, c: false }, make)).toBe(first);
    expect(results.of({ a: true, b: false, c: true }, make)).toEqual({ what: false });
    const other = results.of({ a: false, b: true, c: true }, make);
    expect(other).toEqual({ what: "not asked" });
    expect(results.of({ a: false, b: false, c: false }, make)).toBe(other);
    expect(results.of({ a: true, b: true, c: true }, make)).toBe(first);
  });

  it("are not one where all behaviours are copied and one differs", () => {
    const results = new AlikeResults<{ a: boolean; b: boolean }, object>();
    const first = results.of({ a: true, b: true }, (does) => ({ ...does }));
    expect(results.of({ a: true, b: false }, (does) => ({ ...does }))).not.toBe(first);
  });
});
