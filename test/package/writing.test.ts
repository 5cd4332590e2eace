import { describe, expect, it } from "vitest";
import { diffBytes, diffTables } from "../../src/diff.ts";
import { encodeNbft, layoutOf, withDefaults } from "../../src/encode.ts";
import { readNbft } from "../../src/index.ts";
import { repairable, repairNbft, ruleOf, validate } from "../../src/validate.ts";

/** What the package's entries for writing are for, put together as a program would. */
describe("nbft/encode, nbft/diff and nbft/validate", () => {
  const draft = {
    host: { hostNqn: "nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890" },
    hfi: [{ transportInfo: { mac: "ea:eb:d3:58:89:58", ipAddress: "192.168.101.30", pciSbdf: "0000:00:03.0" } }],
    ssns: [
      {
        traddr: "192.168.101.20",
        subsystemNqn: "nqn.2014-08.org.example:storage",
        nsid: 1,
        nid: "bee9c2b7-1761-44b5-a4e6-f690498a94b1",
      },
    ],
  };

  it("make a sound table of what matters", () => {
    const bytes = encodeNbft(withDefaults(draft));
    expect(validate(bytes).filter(({ severity }) => severity !== "info")).toEqual([]);
    expect(layoutOf(readNbft(bytes), withDefaults)).toBeUndefined();
  });

  it("tell apart what tables say and how they are laid out", () => {
    const table = withDefaults(draft);
    const [spec, edk2] = [encodeNbft(table), encodeNbft(table, { layout: "edk2" })].map((bytes) => readNbft(bytes));
    expect(diffTables(spec!.table, edk2!.table)).toEqual([]);
    expect(diffBytes(spec!, edk2!).length).toBeGreaterThan(0);
    const other = withDefaults({ ...draft, ssns: [{ ...draft.ssns[0], traddr: "192.168.101.21" }] });
    expect(diffTables(table, other)).toEqual([
      { kind: "changed", path: "ssns#1.traddr", before: "192.168.101.20", after: "192.168.101.21" },
    ]);
  });

  it("repair a table and say what is left", () => {
    const table = withDefaults({ ...draft, ssns: [{ ...draft.ssns[0], nid: undefined, secondaryHfis: [] }] });
    const broken = encodeNbft(table);
    broken[9] = (broken[9]! + 1) & 0xff;
    const { bytes, applied, left, unrepaired } = repairNbft(broken);
    expect(applied.map(({ rule }) => rule)).toEqual(["S019", "H002"]);
    expect(readNbft(bytes).table.ssns[0]!.secondaryHfis).toEqual([1]);
    expect(unrepaired.map(({ rule }) => rule)).toEqual(
      left.filter(({ severity }) => severity !== "info").map(({ rule }) => rule),
    );
    expect(repairable.every((code) => ruleOf(code)!.fix !== undefined)).toBe(true);
  });
});
