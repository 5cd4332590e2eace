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
import { readNamed } from "../../src/consumers/behaviours/named.ts";
import { compareReleases, formatRange, isInRange, isRelease } from "../../src/consumers/behaviours/release.ts";
import { findConsumers } from "../../src/consumers/models.ts";
import { tableRules } from "../../src/rules/index.ts";
import { named, plain } from "./made-tables.ts";

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

  it.each([
    ["2.16-1", "2.16"],
    ["112-7", "112"],
    ["1:1.54.0-1.fc43", "1.54.0"],
    ["059-22.el9", "059"],
    ["057-13.git20220816.el9_0", "057"],
    ["059+suse.541.g3a1f7ac-150600.3.3", "059"],
    ["2.11+22.gd31b1a01-150700.3.3.2", "2.11"],
    ["2.16-1~deb13u1", "2.16"],
    ["2.16-r0", "2.16"],
    ["3.0~rc1-1", "3.0-rc1"],
    ["3.0~rc1-1.fc44", "3.0-rc1"],
    ["v3.0-rc1-75-ge117ee680", "3.0-rc1"],
    ["3.2-dev+git20261101-1", "3.2-dev"],
  ])("takes no notice of what a distribution puts around it: %s is %s", (packaged, release) => {
    expect(isRelease(packaged)).toBe(true);
    expect(compareReleases(packaged, release)).toBe(0);
  });

  it.each(["latest", "2.16-beta", "2.16_1", "1:", "", "2.16 1"])("has no name such as %j", (text) => {
    expect(isRelease(text)).toBe(false);
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
  ])("%s %s is outside the table, and says so", (program, release, words) => {
    expect(findRelease(program, release)?.outside).toContain(words);
  });

  it.each([
    ["dracut-057-13.el9_4", "dracut", "057-13.el9_4"],
    ["dracut@dracut-057-13.el9_4", "dracut", "057-13.el9_4"],
    ["nvme-cli-2.11-5.el10.x86_64", "nvme-cli", "2.11-5.el10.x86_64"],
    ["NetworkManager-1.54.0-1.fc43", "networkmanager", "1.54.0-1.fc43"],
    ["network-manager@1.58.1-1", "networkmanager", "1.58.1-1"],
    ["dracut-ng@107", "dracut", "107"],
    ["libnvme-1.16.2", "nvme-cli", "2.16.2"],
    ["nvme-cli", "nvme-cli", undefined],
    ["nvme", "nvme-cli", undefined],
  ])("is read from %s", (word, program, release) => {
    expect(readNamed(word)).toEqual({ program, release });
  });

  it.each(["grub", "grub-2.12", "dracut-", "nvme-cli2", "nvme-cli-latest"])("is not in %s", (word) => {
    expect(readNamed(word)).toBeUndefined();
  });

  it.each<[ProgramName, string, boolean]>([
    ["nvme-stas", "2.2.3", false],
    ["nvme-stas", "2.3.1", true],
    ["wicked", "0.6.74", false],
    ["wicked", "0.6.75", true],
  ])("%s %s reads NBFTs: %s", (program, release, reads) => {
    expect(behavioursOf(program, release).readsNbft).toBe(reads);
    const [model] = findConsumers(`${program}@${release}`);
    const said = [...model!.predict(named(plain())).verdicts.values()].map(({ does }) => does);
    expect(said.includes("cannot read")).toBe(!reads);
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
    ["2.5 to 2.x", "treats a table whose Block Valid is 0 as"],
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
