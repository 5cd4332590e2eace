import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { readAsLibnvme } from "../../src/consumers/libnvme/libnvme.ts";
import { fabricsStrings, planConnectAll } from "../../src/consumers/nvme-cli/connect-all.ts";
import { formatNvmeCliJson, formatNvmeCliText, runNvmeCliShow } from "../../src/consumers/nvme-cli/show.ts";
import { mutated, patched, summed } from "../helpers/tables.ts";
import { allTables, table } from "../helpers/vectors.ts";
import { latin1, named, plain } from "./made-tables.ts";

const droppedOf = (bytes: Uint8Array, version: "2.13" | "3.0-rc1" = "3.0-rc1") =>
  readAsLibnvme(bytes, version).dropped.map(({ path, rule }) => `${path} ${rule}`);

describe("what libnvme rejects, by rule", () => {
  const sound = plain();
  /** With a checksum over the whole file, which is what libnvme looks at. */
  const put = (at: number, ...values: number[]) => {
    const bytes = patched(sound, { 9: [0], [at]: values });
    return patched(bytes, { 9: [-bytes.reduce((sum, byte) => sum + byte, 0) & 0xff] });
  };
  it.each([
    ["too short", sound.subarray(0, 127), "H001", "H001"],
    ["wrong checksum", patched(sound, { 9: [sound[9]! ^ 1] }), "H002", "H002"],
    ["wrong signature", put(0, 0x58), "H003", "H003"],
    ["a length below 128", put(4, 100, 0, 0, 0), "H004", "H014"],
    ["a length beyond the file", put(4, 0, 0, 1, 0), "H005", "H005"],
    ["major revision 2", put(8, 2), "H007", "H007"],
    ["minor revision 2", put(50, 2), "H008", "H008"],
    ["minor revision 1", put(50, 1), undefined, undefined],
    ["a heap that leaves the table", put(40, 0xff, 0xff, 0, 0), "H014", "H014"],
    ["Block Valid 0", put(70, 0), "C002", "accepted"],
    ["a wrong control id", put(64, 9), "C001", "C001"],
    ["no host descriptor", put(72, 0, 0, 0, 0), "C006", "C006"],
    ["a host descriptor that is not valid", put(129, 6), "O002", "O002"],
    ["a host descriptor with a wrong id", put(128, 9), "O001", "O001"],
    ["no host NQN", put(128 + 18, 0, 0, 0, 0, 0, 0), "O004", "O004"],
    ["a list at offset 0", put(80, 0, 0, 0, 0), "C010", "accepted"],
    ["a list with entries that are too short", put(84, 31, 0), "C011", "accepted"],
    ["a list that leaves the table", put(80, 0, 0xf0, 0, 0), "C012", "C012"],
  ])("%s", (_, bytes, rule3, rule1) => {
    const outcome = (version: "2.13" | "3.0-rc1") => {
      const { table: read, rejection } = readAsLibnvme(bytes, version);
      return read ? "accepted" : rejection?.rule;
    };
    expect([outcome("3.0-rc1"), outcome("2.13")]).toEqual([bytes[50] === 1 ? "accepted" : rule3, rule1]);
  });
});

describe("what libnvme drops, by rule", () => {
  it.each([
    ["SSNS without secondary list", plain((m) => delete m.ssns[0]!.secondaryHfis), ["ssns[0] S019"]],
    ["SSNS of an unknown HFI", plain((m) => Object.assign(m.ssns[0]!, { primaryHfi: 7 })), ["ssns[0] S018"]],
    ["SSNS of an unknown profile", plain((m) => Object.assign(m.ssns[0]!, { securityIndex: 7 })), ["ssns[0] S017"]],
    ["SSNS without NQN", plain((m) => delete m.ssns[0]!.subsystemNqn), ["ssns[0] S010"]],
    ["SSNS without address", plain((m) => delete m.ssns[0]!.traddr), ["ssns[0] S006"]],
    ["discovery without URI", plain((m) => delete m.discovery[0]!.uri), ["discovery[0] D004"]],
    [
      "discovery of an unknown profile",
      plain((m) => Object.assign(m.discovery[0]!, { securityIndex: 9 })),
      ["discovery[0] D009"],
    ],
  ])("%s", (_, bytes, expected) => {
    expect(droppedOf(bytes)).toEqual(expected);
  });

  test("a discovery descriptor of an unknown HFI hides those after it when it has an NQN, and only itself when it has none", () => {
    const twice = (nqn: string | undefined) =>
      plain((m) => {
        const [first] = m.discovery;
        m.discovery = [
          { ...first!, hfiIndex: 9, nqn },
          { ...first!, index: 2 },
        ];
      });
    expect(readAsLibnvme(twice("nqn.2026-01.lab:dc")).table?.discovery).toEqual([]);
    expect(droppedOf(twice("nqn.2026-01.lab:dc"))).toEqual(["discovery[0] D008", "discovery[1] undefined"]);
    expect(readAsLibnvme(twice(undefined)).table?.discovery.map(({ index }) => index)).toEqual([2]);
  });

  test("an unterminated host name is used all the same, up to the next NUL", () => {
    const bytes = plain((m) => Object.assign(m.hfi[0]!.transportInfo!, { hostName: "one" }));
    const at = latin1(bytes).indexOf("one\0");
    const glued = summed(patched(bytes, { [at + 3]: [0x21, 0x3f] }));
    expect(latin1(readAsLibnvme(glued).table!.hfis[0]!.hostName!)).toMatch(/^one!\?/);
  });
});

describe("the list of secondary HFIs", () => {
  const withList = (list: number[]) =>
    plain((m) => {
      const [first] = m.hfi;
      m.hfi = [first!, { ...first!, index: 2 }];
      m.ssns[0]!.secondaryHfis = list;
    });
  it.each([
    { list: [1], new3: [1], old: [1], dies: false },
    { list: [0], new3: [1], old: [1, undefined], dies: true },
    { list: [2], new3: [1, 2], old: [1, 2], dies: false },
    { list: [1, 2], new3: [1, 2], old: [1, undefined], dies: true },
    { list: [2, 2, 1], new3: [1, 2], old: [1, 2], dies: false },
    { list: [9, 2], new3: [1, 2], old: [1, undefined], dies: true },
  ])("$list becomes $new3 in 3.0-rc1 and $old in 1.13", ({ list, new3, old, dies }) => {
    const hfis = (version: "2.13" | "3.0-rc1") =>
      readAsLibnvme(withList(list), version).table!.subsystems[0]!.hfis.map((hfi) => hfi?.index);
    expect(hfis("3.0-rc1")).toEqual(new3);
    expect(hfis("2.13")).toEqual(old);
    expect(runNvmeCliShow(named(withList(list)), "json", {}, "2.13").crash !== undefined).toBe(dies);
    expect(runNvmeCliShow(named(withList(list)), "json").crash).toBeUndefined();
  });
});

describe("nvme nbft show", () => {
  const bad = patched(plain(), { 9: [0] });

  it("puts rejected tables in front of the JSON, and prints nothing when there is no other", () => {
    const out = latin1(formatNvmeCliJson(named(plain(), bad)));
    expect(out.startsWith("Failed to parse NBFT2\n[\n  {\n")).toBe(true);
    expect(latin1(formatNvmeCliJson(named(bad)))).toBe("Failed to parse NBFT\n");
    expect(formatNvmeCliJson([])).toHaveLength(0);
    expect(formatNvmeCliText([])).toHaveLength(0);
  });

  it("prints only what -s, -H and -d ask for", () => {
    const keys = (options: object) =>
      Object.keys((JSON.parse(latin1(formatNvmeCliJson(named(plain()), options))) as object[])[0]!);
    expect(keys({})).toEqual(["filename", "host", "subsystem", "hfi", "discovery"]);
    expect(keys({ hfi: true })).toEqual(["filename", "host", "hfi"]);
    expect(keys({ subsystem: true, discovery: true })).toEqual(["filename", "host", "subsystem", "discovery"]);
    expect(latin1(formatNvmeCliText(named(plain()), { discovery: true }))).not.toContain("NBFT HFIs");
  });

  it("dies on a discovery descriptor without NQN, as text only, and only when that section is shown", () => {
    const nameless = plain((m) => delete m.discovery[0]!.nqn);
    const run = runNvmeCliShow(named(nameless), "normal");
    expect(run.crash).toContain("has no NQN");
    expect(run.stdout).toHaveLength(0);
    expect(runNvmeCliShow(named(nameless), "json").crash).toBeUndefined();
    expect(runNvmeCliShow(named(nameless), "normal", { hfi: true }).crash).toBeUndefined();
  });

  it("cuts a long list of HFIs with dots", () => {
    const many = plain((m) => {
      const [first] = m.hfi;
      m.hfi = Array.from({ length: 12 }, (_, i) => ({ ...first!, index: i + 1 }));
      m.ssns[0]!.secondaryHfis = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    });
    expect(latin1(formatNvmeCliText(named(many)))).toContain("|1,2,3,4,5,6,7,8,9..\n");
  });

  it("lets raw bytes through and escapes control characters", () => {
    const bytes = plain((m) => Object.assign(m.ssns[0]!, { subsystemNqn: "nqn.x:ABCDEFGH" }));
    const at = latin1(bytes).indexOf("ABCDEFGH");
    const raw = summed(patched(bytes, { [at]: [0xff, 0x80, 0x22, 0x5c, 0x0a, 0x01, 0x2f, 0x7f] }));
    expect(latin1(formatNvmeCliJson(named(raw)))).toContain('"subsys_nqn":"nqn.x:\xff\x80\\"\\\\\\n\\u0001/\x7f"');
    expect(latin1(formatNvmeCliText(named(raw)))).toContain('nqn.x:\xff\x80"\\\n\x01/\x7f');
  });
});

describe("hostile tables", () => {
  /** 255 SSNS that share one list of 65,535 entries: 109 KB. */
  const aliased = plain((m) => {
    const [first] = m.ssns;
    m.ssns = Array.from({ length: 255 }, (_, i) => ({ ...first!, index: i + 1 }));
    m.discovery = [];
  });

  function inflate(bytes: Uint8Array): Uint8Array {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const big = new Uint8Array(bytes.length + 65535);
    big.set(bytes);
    const all = new DataView(big.buffer);
    all.setUint32(4, big.length, true);
    all.setUint32(40, view.getUint32(40, true) + 65535, true);
    // Values that never end the search early: two of them, over and over.
    for (let i = 0; i < 65535; i++) big[bytes.length + i] = 200 + (i & 1);
    const list = view.getUint32(88, true);
    for (let i = 0; i < 255; i++) {
      all.setUint32(list + 128 * i + 48, bytes.length - (i % 7), true);
      all.setUint16(list + 128 * i + 52, 65535, true);
    }
    return summed(big);
  }

  it("takes 255 lists that name the same bytes", () => {
    expect(readAsLibnvme(inflate(aliased)).table?.subsystems).toHaveLength(255);
  });

  it.each(["2.13", "3.0-rc1"] as const)("never throws and never reads outside (%s)", (version) => {
    const bases = allTables.filter(({ bytes }) => bytes.length < 5000).map(({ bytes }) => bytes);
    fc.assert(
      fc.property(mutated(bases), (bytes) => {
        const tables = [{ path: "NBFT", bytes }];
        const { table: read, rejection } = readAsLibnvme(bytes, version);
        expect(read === undefined).toBe(rejection !== undefined);
        runNvmeCliShow(tables, "json", {}, version);
        runNvmeCliShow(tables, "normal", {}, version);
        for (const line of fabricsStrings(planConnectAll(tables, {}, version))) expect(line.at(-1)).toBe(10);
      }),
      { numRuns: 300 },
    );
  });

  it("remarks 16 unknown HFIs of a list, and counts the others", () => {
    const remarks = (last: number) =>
      readAsLibnvme(
        plain((model) => {
          model.ssns[0]!.secondaryHfis = Array.from({ length: last - 1 }, (_, i) => i + 2);
        }),
      ).remarks.filter(({ rule }) => rule === "S021");
    expect(remarks(17)).toHaveLength(16);
    expect(
      remarks(255)
        .map(({ message }) => message)
        .slice(15),
    ).toEqual(["HFI 17 of the secondary list is unknown", "238 more HFIs of the secondary list are unknown"]);
  });

  it("takes any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void readAsLibnvme(bytes)),
      { numRuns: 200 },
    );
  });

  it("says where the program reads after the end of the table", () => {
    expect(readAsLibnvme(table("S13")).readsPastEnd).toBe(true);
    expect(readAsLibnvme(table("S19")).readsPastEnd).toBe(true);
    expect(readAsLibnvme(table("L01")).readsPastEnd).toBe(false);
  });
});
