import { describe, expect, it } from "vitest";
import { decodeNbft, readNbft } from "../../src/nbft/read/read.ts";
import { spansOf } from "../../src/nbft/read/spans.ts";
import { expectCovered } from "../helpers/spans.ts";
import { le32, patched, summed } from "../helpers/tables.ts";
import { allTables, madeTables, moreTables, table } from "../helpers/vectors.ts";

const rules = (bytes: Uint8Array) => readNbft(bytes).diagnostics.map(({ rule, path }) => `${rule} ${path}`);

describe("readNbft on sound tables", () => {
  it("finds the project's vectors, and says how many more there are", () => {
    expect(madeTables.length).toBeGreaterThanOrEqual(17);
    console.log(
      moreTables.length > 0
        ? `read ${moreTables.length} more tables from NBFT_VECTORS`
        : "NBFT_VECTORS names no folder: no more tables read",
    );
  });

  it.each(madeTables.filter(({ name }) => !name.startsWith("L23")).map(({ name, bytes }) => [name, bytes] as const))(
    "%s has nothing wrong",
    (_, bytes) => {
      expect(rules(bytes)).toEqual([]);
    },
  );

  it("shows values in the field's words", () => {
    const { host, hfi, ssns } = readNbft(table("L12")).table;
    expect(host?.flags).toEqual({
      valid: true,
      hostIdConfigured: true,
      hostNqnConfigured: true,
      primaryAdminHost: "not indicated",
      reserved: undefined,
    });
    expect(hfi[0]?.transportInfo).toMatchObject({
      mac: "02:00:00:00:00:01",
      ipAddress: "192.0.2.10",
      subnetMaskPrefix: 24,
    });
    expect(ssns.map(({ extendedInfo }) => extendedInfo?.naed)).toEqual([
      "connect invalid parameters",
      "network error",
      241,
      undefined,
    ]);
    expect(ssns[0]?.extendedInfo).toMatchObject({ cipeec: "bad controller id", connectionTimeout: 30, nceec: "none" });
  });

  it("has no 1.1 fields in an 18-byte extended info", () => {
    expect(readNbft(table("L12")).table.ssns[3]?.extendedInfo).toMatchObject({
      cntlid: 9,
      connectionTimeout: undefined,
    });
  });

  it("reads both string conventions alike", () => {
    const [uncounted, counted] = [readNbft(table("L01")).table, readNbft(table("L02")).table];
    expect(uncounted.ssns[0]?.subsystemNqn).toBe(counted.ssns[0]?.subsystemNqn);
    expect(uncounted.host?.hostNqn).toBe(counted.host?.hostNqn);
  });

  it("takes a table with nothing configured as what it is", () => {
    const { table: bare, diagnostics } = readNbft(table("L23"));
    expect(bare).toMatchObject({ host: undefined, hfi: [], ssns: [], security: [], discovery: [] });
    expect(diagnostics.map(({ rule, severity }) => [rule, severity])).toEqual([["C002", "info"]]);
  });

  it("accepts a minor revision that is newer than known", () => {
    expect(readNbft(table("L22")).table.header.minorRevision).toBe(2);
    expect(decodeNbft(table("L22")).header.minorRevision).toBe(2);
  });

  it("shows DHCP identities as bytes", () => {
    const { extendedInfo } = readNbft(table("L03")).table.hfi[0]!.transportInfo!;
    expect(extendedInfo?.flags.dhcpClientInfo).toBe(true);
    expect(extendedInfo?.dhcpDuid).toMatch(/^0100[0-9a-f]{24}$/);
  });

  it("steps by the stated descriptor length", () => {
    const base = table("L02");
    const { frame } = readNbft(base);
    const { offset } = frame.lists.ssns;
    // The same descriptor moved after the table, with eight more bytes than a descriptor has.
    const wide = new Uint8Array(base.length + 2 * 136);
    wide.set(base);
    for (const i of [0, 1]) wide.set(base.subarray(offset, offset + 128), base.length + i * 136);
    const stretched = summed(patched(wide, { 4: le32(wide.length), 88: [...le32(base.length), 136, 0, 1, 2] }));
    const reading = readNbft(stretched);
    expect(reading.diagnostics).toEqual([]);
    expect(reading.table.ssns.map(({ subsystemNqn }) => subsystemNqn)).toEqual(
      new Array(2).fill(readNbft(base).table.ssns[0]?.subsystemNqn),
    );
  });

  it("never looks at version 2 fields of a version 1 transport info", () => {
    const base = table("L01");
    const at = readNbft(base).frame.view.getUint32(176, true);
    const garbage = summed(patched(base, { [at + 110]: [0, 0, 0x68, 0xa7, 0x39, 0x64, 0xff] }));
    expect(rules(garbage)).toEqual([]);
    expect(readNbft(garbage).table.hfi[0]?.transportInfo).toMatchObject({
      extendedInfo: undefined,
      pcieSegment: undefined,
    });
  });

  it("never follows the reference of a list that the security flags disable", () => {
    const base = table("L13");
    const at = readNbft(base).frame.lists.security.offset + 64;
    const planted = summed(patched(base, { [at + 6]: [0xff, 0xff, 0xff, 0xff, 0xff, 0xff] }));
    expect(rules(planted)).toEqual([]);
  });
});

describe("readNbft on malformed tables", () => {
  it.each([
    ["S03", ["H005 header.length"]],
    ["S05", ["H014 header.heapOffset"]],
    ["S07", ["C006 control.hostOffset"]],
    ["S09", ["C012 control.hfiOffset"]],
    ["S13", ["T001 hfi[0].transportInfo"]],
    ["S15", ["P006 discovery[0].nqn"]],
    ["S17", ["P008 ssns[0].subsystemNqn"]],
    ["S19", ["X006 hfi[0].transportInfo.extendedInfo.dhcpIaid"]],
  ])("%s has %j", (name, expected) => {
    expect(rules(table(name))).toEqual(expect.arrayContaining(expected));
  });

  it("reads the neighbours of what is broken", () => {
    const { table: found } = readNbft(table("S13"));
    expect(found.hfi[0]?.transportInfo).toBeUndefined();
    expect(found.ssns[0]?.traddr).toBe("192.0.2.20");
    expect(found.discovery).toHaveLength(1);
  });

  it("reads what a count beyond the table leaves", () => {
    expect(readNbft(table("S09")).table.hfi).toHaveLength(1);
  });

  it.each([
    ["too short", new Uint8Array(127).map((_, i) => [0x4e, 0x42, 0x46, 0x54][i] ?? 0), "H001"],
    ["another table", new Uint8Array(200).map((_, i) => [0x41, 0x50, 0x49, 0x43][i] ?? 0), "H003"],
    ["empty", new Uint8Array(0), "H001"],
  ])("throws on bytes that are not an NBFT: %s", (_, bytes, rule) => {
    expect(() => readNbft(bytes)).toThrow(expect.objectContaining({ name: "DecodeError", rule }));
  });

  it("says what the checksum should be, and goes on", () => {
    const { diagnostics, table: found } = readNbft(patched(table("L02"), { 9: [0] }));
    expect(diagnostics).toMatchObject([
      { rule: "H002", path: "header.checksum", offset: 9, length: 1, severity: "error" },
    ]);
    expect(found.hfi).toHaveLength(1);
  });

  it("bounds what it shows of an object that every descriptor names", () => {
    const { table: found } = readNbft(table("S23"));
    expect(found.ssns).toHaveLength(255);
    expect(found.ssns[254]?.secondaryHfis).toHaveLength(255);
  });
});

describe("decodeNbft", () => {
  it.each([
    ["H002", patched(table("L02"), { 9: [0] })],
    ["H004", patched(table("L02"), { 4: [1, 0] })],
    ["H005", table("S03")],
    ["H007", summed(patched(table("L02"), { 8: [2] }))],
    ["H014", table("S05")],
    ["C001", summed(patched(table("L02"), { 64: [9] }))],
    ["C006", table("S07")],
    ["C010", summed(patched(table("L02"), { 80: [0, 0, 0, 0] }))],
    ["C011", summed(patched(table("L02"), { 84: [31, 0] }))],
    ["C012", table("S09")],
    ["O001", summed(patched(table("L02"), { 128: [3] }))],
    ["O002", summed(patched(table("L02"), { 129: [0] }))],
  ])("throws %s", (rule, bytes) => {
    expect(() => decodeNbft(bytes)).toThrow(expect.objectContaining({ name: "DecodeError", rule }));
  });

  it("accepts a wrong checksum when asked to", () => {
    expect(decodeNbft(patched(table("L02"), { 9: [0] }), { lenient: true }).hfi).toHaveLength(1);
  });

  it("gives the same model for a Buffer as for a Uint8Array", () => {
    expect(JSON.stringify(decodeNbft(Buffer.from(table("L13"))))).toBe(JSON.stringify(decodeNbft(table("L13"))));
  });

  it("does not keep or change its input", () => {
    const bytes = Uint8Array.from(table("L13"));
    const model = JSON.stringify(decodeNbft(bytes));
    const decoded = decodeNbft(bytes);
    bytes.fill(0);
    expect(JSON.stringify(decoded)).toBe(model);
  });
});

describe("spansOf", () => {
  it.each(allTables.filter(({ name }) => !name.includes("S01")).map(({ name, bytes }) => [name, bytes] as const))(
    "gives every byte of %s one owner",
    (_, bytes) => {
      expectCovered(bytes);
    },
  );

  it("names the owner of each kind of byte", () => {
    const spans = spansOf(readNbft(table("L01")).frame);
    const kindsAt = (path: string) => spans.filter((span) => span.path === path).map(({ kind }) => kind);
    expect(kindsAt("hfi[0].transportInfoRef")).toEqual(["field"]);
    expect(kindsAt("host.hostNqn")).toEqual(["object", "terminator"]);
    expect(kindsAt("hfi[0].transportInfo.pcieSegment")).toEqual(["reserved"]);
    expect(kindsAt("heap").every((kind) => kind === "unused")).toBe(true);
  });

  it("tells which references share an object", () => {
    const spans = spansOf(readNbft(table("S23")).frame);
    const shared = spans.find(({ sharedWith }) => sharedWith !== undefined && sharedWith.length > 250);
    expect(shared?.path).toBe("ssns[0].secondaryHfis");
  });
});
