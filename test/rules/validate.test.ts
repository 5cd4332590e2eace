import { describe, expect, it } from "vitest";
import { readNbft } from "../../src/nbft/read/read.ts";
import { exampleBytes } from "../../src/rules/example.ts";
import { validate, validateTogether } from "../../src/rules/validate.ts";
import { findingKeys } from "../helpers/findings.ts";
import { malformedTables, table } from "../helpers/vectors.ts";

const codes = (found: readonly { rule: string }[]) => found.map(({ rule }) => rule);

describe("validate", () => {
  it("takes bytes, a part of a larger buffer, or a reading, and says the same", () => {
    for (const { bytes } of malformedTables) {
      const fromBytes = validate(bytes);
      const padded = new Uint8Array(bytes.length + 7);
      padded.set(bytes, 5);
      expect(validate(padded.subarray(5, 5 + bytes.length))).toEqual(fromBytes);
      expect(validate(Buffer.from(bytes))).toEqual(fromBytes);
      if (bytes.length >= 128) expect(validate(readNbft(bytes))).toEqual(fromBytes);
    }
  });

  it.each([
    ["nothing", new Uint8Array(0), "H001"],
    ["three bytes", Uint8Array.of(0x4e, 0x42, 0x46), "H001"],
    ["another table", new TextEncoder().encode(`DSDT${"x".repeat(200)}`), "H003"],
    ["the first 127 bytes of a table", table("S01"), "H001"],
  ])("says that %s is not a table", (_, bytes, rule) => {
    const [found, ...more] = validate(bytes);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ rule, severity: "error" });
    expect(Object.keys(found!)).toEqual(findingKeys);
  });

  it("gives every finding the same keys, in their order", () => {
    for (const found of validate(table("S25"))) {
      expect(Object.keys(found).slice(0, findingKeys.length)).toEqual(findingKeys);
      const rest = Object.keys(found).slice(findingKeys.length);
      expect(["defect", "found", "expected"].filter((key) => rest.includes(key))).toEqual(rest);
    }
  });

  it("says in data what is found and what is expected, where the message does", () => {
    const bytes = exampleBytes({ model: { "hfi[0].transportInfo.vlan": 4095, "ssns[0].traddr": "203.0.113.9" } });
    const found = (code: string) => validate(bytes).find(({ rule }) => rule === code)!;
    expect(found("T015")).toMatchObject({ found: 4095, expected: "0 to 4094" });
    expect(found("H021")).toMatchObject({ found: 1 });
    expect("expected" in found("H021")).toBe(false);
  });

  it("leaves out what is less bad than asked for, whichever rule finds it", () => {
    for (const { bytes } of malformedTables) {
      const found = validate(bytes);
      expect(validate(bytes, { least: "warning" })).toEqual(found.filter(({ severity }) => severity !== "info"));
      expect(validate(bytes, { least: "error" })).toEqual(found.filter(({ severity }) => severity === "error"));
    }
  });

  it("puts the worst first, then goes by offset", () => {
    const found = validate(table("S25"));
    const rank = { error: 0, warning: 1, info: 2 };
    const keys = found.map(({ severity, offset }) => rank[severity] * 1e6 + offset);
    expect(keys).toEqual(keys.toSorted((a, b) => a - b));
    expect(new Set(found.map(({ severity }) => severity)).size).toBe(3);
  });

  it("reports a defect that reading meets once, under the catalogue's code for its place", () => {
    const at = (path: string) => exampleBytes({ table: "secured", stored: { [path]: { offset: 0x10 } } });
    const errors = (path: string) =>
      codes(validate(at(path)).filter(({ path: where, offset }) => where === path && offset < 0x400));
    expect(errors("header.driverSignatureRef")).toEqual(["H019"]);
    expect(errors("host.hostNqnRef")).toEqual(["O005"]);
    expect(errors("security[0].dhGroupsRef")).toEqual(["Y007"]);
    expect(errors("security[0].secretKeypathRef")).toEqual(["P001"]);
    expect(errors("ssns[0].extendedInfoRef")).toEqual(["S027"]);
    expect(errors("ssns[0].traddrRef")).toEqual(["P001"]);
  });

  it("does not report that an object is missing which only cannot be read", () => {
    const found = codes(validate(exampleBytes({ stored: { "ssns[0].traddrRef": { offset: 0x10 } } })));
    expect(found).toContain("P001");
    expect(found).not.toContain("S006");
  });

  it("judges nothing in a descriptor that is not valid or not what its list holds", () => {
    const junk = { "ssns[0].nsid": 0xffffffff, "ssns[0].traddrRef": { offset: 4 }, "ssns[0].reserved66": 1 };
    const about = (model: Record<string, unknown>) =>
      validate(exampleBytes({ model, stored: junk })).filter(({ path }) => path.startsWith("ssns[0]"));
    expect(codes(about({ "ssns[0].flags.valid": false }))).toEqual(["S002"]);
    expect(codes(about({ "ssns[0].structureId": 9 }))).toEqual(["S001"]);
    expect(codes(about({})).length).toBeGreaterThan(2);
  });

  it("judges nothing in a transport info that is not valid, nor in what hangs on it", () => {
    const bytes = exampleBytes({
      model: { "hfi[1].transportInfo.flags.valid": false },
      stored: {
        "hfi[1].transportInfo.vlan": 0xffff,
        "hfi[1].transportInfo.extendedInfo.version": 9,
        "hfi[1].transportInfo.extendedInfo.dhcpIaidRef": { length: 3 },
      },
    });
    expect(codes(validate(bytes).filter(({ path }) => path.startsWith("hfi[1]")))).toEqual(["T007"]);
  });

  it("stops at another major revision", () => {
    const bytes = exampleBytes({
      model: { "header.majorRevision": 2, "ssns[0].nsid": 0xffffffff },
      stored: { "ssns[0].traddrRef": { offset: 4 } },
    });
    expect(codes(validate(bytes))).toEqual(["H007"]);
  });

  it("stops at a Control Descriptor that is none", () => {
    const bytes = exampleBytes({ model: { "control.structureId": 7, "control.flags.reserved": 2 } });
    expect(codes(validate(bytes))).toEqual(["C001", "H021"]);
  });

  it("blames a table that was cut off for nothing but the cut", () => {
    const whole = exampleBytes({});
    for (let size = 700; size < whole.length; size += 1) {
      const errors = validate(whole.subarray(0, size)).filter(({ severity }) => severity === "error");
      expect(codes(errors), `${size} bytes`).toEqual(["H005"]);
    }
  });

  it("does not call an index missing that may be in the part of a list which cannot be read", () => {
    const bytes = exampleBytes({ model: { "ssns[0].primaryHfi": 9 }, stored: { "control.hfiCount": 255 } });
    expect(codes(validate(bytes))).toContain("C012");
    expect(codes(validate(bytes))).not.toContain("S018");
    expect(codes(validate(exampleBytes({ model: { "ssns[0].primaryHfi": 9 } })))).toContain("S018");
  });
});

describe("the choice of rules", () => {
  const bytes = table("S25");

  it("applies only some, or all but some, and both", () => {
    expect(new Set(codes(validate(bytes, { only: ["T015", "y004"] })))).toEqual(new Set(["T015", "Y004"]));
    expect(codes(validate(bytes, { off: ["T015"] }))).toEqual(codes(validate(bytes)).filter((code) => code !== "T015"));
    expect(codes(validate(bytes, { only: ["T"], off: ["ti-vlan"] }))).not.toContain("T015");
    expect(codes(validate(bytes, { only: ["T"], off: ["ti-vlan"] })).every((code) => code.startsWith("T"))).toBe(true);
  });

  it("reaches what reading meets, and what is no table", () => {
    expect(codes(validate(table("S13"), { only: ["T001"] }))).toEqual(["T001"]);
    expect(validate(table("S13"), { off: ["T001"] }).filter(({ rule }) => rule === "T001")).toEqual([]);
    expect(validate(table("S01"), { off: ["H001"] })).toEqual([]);
  });

  it("does not change what the other rules say: what a rule stops is stopped when it is switched off", () => {
    const invalid = exampleBytes({
      model: { "ssns[0].flags.valid": false },
      stored: { "ssns[0].nsid": 0xffffffff, "ssns[0].traddrRef": { offset: 4 } },
    });
    const all = validate(invalid);
    expect(validate(invalid, { off: ["S002"] })).toEqual(all.filter(({ rule }) => rule !== "S002"));
    expect(validate(invalid, { only: ["S015"] })).toEqual([]);
  });

  it("refuses what is no rule", () => {
    expect(() => validate(bytes, { only: ["T999"] })).toThrow(RangeError);
    expect(() => validate(bytes, { off: ["nonsense"] })).toThrow("no such rule: nonsense");
  });

  it("takes a wrong checksum for a warning where it may be wrong", () => {
    const wrong = exampleBytes({ checksum: 0 });
    expect(validate(wrong, { only: ["H002"] })[0]!.severity).toBe("error");
    expect(validate(wrong, { only: ["H002"], lenient: true })[0]!.severity).toBe("warning");
  });
});

describe("validateTogether", () => {
  const one = exampleBytes({ model: { "host.flags.primaryAdminHost": "selected" } });
  const two = exampleBytes({
    model: {
      "hfi[0].transportInfo.mac": "52:54:00:00:00:01",
      "hfi[1].transportInfo.mac": "52:54:00:00:00:02",
      "hfi[0].transportInfo.ipAddress": "192.0.2.110",
      "hfi[1].transportInfo.ipAddress": "198.51.100.110",
    },
  });

  it("says about each table what it says about it alone, where no rule spans them", () => {
    expect(validateTogether([one, two])).toEqual([validate(one), validate(two)]);
    expect(validateTogether([])).toEqual([]);
  });

  it("finds what only several tables show, and names the other one", () => {
    const [first, second] = validateTogether([
      { name: "NBFT", table: two },
      { name: "NBFT1", table: two },
    ]);
    expect(codes(first!)).toContain("O012");
    expect(codes(second!)).not.toContain("O012");
    const same = second!.filter(({ rule }) => rule === "G002");
    expect(same.map(({ path }) => path)).toEqual(["hfi[0].transportInfo.mac", "hfi[1].transportInfo.mac"]);
    expect(same[0]!.message).toBe("52:54:00:00:00:01 is that of hfi[0] of NBFT too");
  });

  it("finds one address on interfaces of two tables, whose connections go through one of them", () => {
    const three = exampleBytes({ model: { "hfi[0].transportInfo.mac": "52:54:00:00:00:03" } });
    const [, second] = validateTogether([
      { name: "NBFT", table: one },
      { name: "NBFT1", table: three },
    ]);
    expect(second!.filter(({ rule }) => rule === "G004")).toMatchObject([
      {
        path: "hfi[0].transportInfo.ipAddress",
        message: "IP address 192.0.2.10 is that of hfi[0] of NBFT too",
        severity: "warning",
      },
    ]);
  });

  it("leaves out what is no table", () => {
    const [junk, table] = validateTogether([new Uint8Array(8), two]);
    expect(codes(junk!)).toEqual(["H003"]);
    expect(table).toEqual(validate(two));
  });

  it("applies the choice of rules to what spans tables", () => {
    expect(validateTogether([two, two], { off: ["O012", "G002"] })).toEqual([validate(two), validate(two)]);
    expect(codes(validateTogether([two, two], { only: ["O012"] }).flat())).toEqual(["O012"]);
  });
});
