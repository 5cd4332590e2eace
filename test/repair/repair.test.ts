import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAsLibnvme } from "../../src/consumers/libnvme/libnvme.ts";
import { hostileCases } from "../../src/corpus/hostile-cases.ts";
import { mutations } from "../../src/corpus/mutations.ts";
import { createPrng } from "../../src/corpus/prng.ts";
import { diffTables } from "../../src/diff/diff-tables.ts";
import { withRevision } from "../../src/document/revision.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import type { NbftTable } from "../../src/nbft/table.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { repairable, repairNbft } from "../../src/repair/repair.ts";
import { unrepairable } from "../../src/repair/unrepaired.ts";
import { exampleBytes } from "../../src/rules/example.ts";
import { exampleTables } from "../../src/rules/example-tables.ts";
import { describeExample } from "../../src/rules/explain.ts";
import { tableRules } from "../../src/rules/index.ts";
import { placeOf } from "../../src/rules/place.ts";
import { explainedRule } from "../../src/rules/texts/index.ts";
import { validate } from "../../src/rules/validate.ts";
import { patched, summed } from "../helpers/tables.ts";
import { madeTables, malformedTables, table } from "../helpers/vectors.ts";
import { expectNotWorse } from "./not-worse.ts";

const sound = table("L24");
/** A table that a repair once made worse. */
const harmed = (name: string) => Uint8Array.from(readFileSync(join(import.meta.dirname, "../vectors/repair", name)));
const codes = (bytes: Uint8Array) => new Set(validate(bytes).map(({ rule }) => rule));

/** Examples of broken rules that are left as they are, because nobody knows what was meant. */
const undecided = new Set([
  "H020: header.driverSignature is stored as af af",
  "H020: header.driverSignature is stored as 1b",
  'T026: hfi[0].transportInfo.ipOrigin is "dhcp"',
  "S018: ssns[0].primaryHfi is 3",
  "S018: ssns[0].primaryHfi is 0",
  "S018: hfi[0].trtype is 4",
  "D008: discovery[0].hfiIndex is 3",
  "D008: hfi[0].trtype is 4",
  "C012: control.hfiOffset is stored as 4294967264",
  "O005: host.hostNqnRef is stored as offset 16",
  "P002: discovery[0].nqnRef is stored as offset 0",
  'S005: ssns[0].flags.unavailable is "reserved"',
  "S024: ssns[0].discoveryIndex is 0",
  "S028: ssns[0].transportFlags.headerDigest is true",
  'Y003: the table "secured"; security[0].index is 2',
  'Y004: the table "secured"; security[0].flags.inBandAuthentication is "reserved"',
  'Y008: the table "secured"; security[0].cipherSuitesRef is stored as length 1',
  'Y011: the table "secured"; security[0].secretKeypath is left out',
  "D003: discovery[0].index is 2",
  'D005: discovery[0].uri is "tcp://192.0.2.20:8009/"',
  'D005: discovery[0].uri is "nvme+tcp://192.0.2.20:99999/"',
]);

/** Errors and warnings. */
const worse = (bytes: Uint8Array) =>
  validate(bytes)
    .filter(({ severity, rule }) => severity !== "info" && rule !== "H021")
    .map(({ rule, path }) => `${rule} ${path}`);

/** The part of a table that a finding is about, in the words of a difference: `hfi#1` for `hfi[0].transportInfo`. */
function ownerIn(before: NbftTable, path: string): string {
  const [, list, position] = /^(\w+)\[(\d+)\]/.exec(path) ?? [];
  if (list === undefined) return path.split(".")[0]!;
  return `${list}#${before[list as "hfi"][Number(position)]?.index}`;
}

/** Parts that change along with what a rule is about. */
const alsoChanged: Readonly<Record<string, string>> = { H010: "header" };
/** Rules whose findings hide other parts of the table, which come to light unchanged. */
const hiding = new Set(["C006", "C011", "H015", "H017"]);

const examples = repairable.flatMap((code) =>
  explainedRule(code)!.bad.map((example) => ({
    code,
    example,
    title: `${code}: ${describeExample(example).join("; ")}`,
  })),
);

describe("repairNbft", () => {
  it("has a fix for every rule that says so, and no other", () => {
    const told = tableRules.filter(({ fix }) => fix !== undefined).map(({ code }) => code);
    expect([...repairable].sort()).toEqual([...told].sort());
  });

  it.each(examples.filter(({ title }) => !undecided.has(title)))("fixes $title", ({ code, example }) => {
    const bytes = exampleBytes(example);
    const { bytes: fixed, applied, left } = repairNbft(bytes, { only: [code, "H002"] });
    expect(applied.map(({ rule }) => rule)).toContain(code);
    expect(codes(fixed)).not.toContain(code);
    expect(codes(fixed)).not.toContain("H002");
    expect(left).toEqual(validate(fixed));
  });

  it.each(examples.filter(({ title }) => undecided.has(title)))("leaves $title as it is", ({ code, example }) => {
    const bytes = exampleBytes(example);
    expect(repairNbft(bytes, { only: [code] })).toMatchObject({ bytes, applied: [] });
  });

  it("knows every example that it leaves", () => {
    const titles = new Set(examples.map(({ title }) => title));
    for (const title of undecided) expect(titles).toContain(title);
  });

  it.each(examples.filter(({ title }) => !undecided.has(title)))(
    "makes no new findings of $title",
    ({ code, example }) => {
      const bytes = exampleBytes(example);
      const { bytes: fixed } = repairNbft(bytes, { only: [code, "H002"] });
      const [before, after] = [worse(bytes), worse(fixed)];
      const pathOf = (finding: string) => finding.split(" ")[1];
      // What stands in the place of another finding was hidden by it: the index of a profile that was not there.
      const gone = new Set(before.filter((finding) => !after.includes(finding)).map(pathOf));
      // That readers of revision 1.0 reject the table is what naming H010 decides.
      const brought = after.filter((finding) => !before.includes(finding) && !gone.has(pathOf(finding)));
      expect(brought.filter((finding) => code !== "H010" || !finding.startsWith("H021"))).toEqual([]);
    },
  );

  it.each(examples.filter(({ title }) => !undecided.has(title)))(
    "changes only what it is about in $title",
    ({ code, example }) => {
      const bytes = exampleBytes(example);
      const { bytes: fixed } = repairNbft(bytes, { only: [code, "H002"] });
      const [before, after] = [readNbft(bytes).table, readNbft(fixed).table];
      if (hiding.has(code)) {
        const { table: name, layout } = example;
        const whole = exampleBytes({ ...(name && { table: name }), ...(layout && { layout }) });
        expect(diffTables(readNbft(whole).table, after)).toEqual([]);
        return;
      }
      const owners = new Set(
        validate(bytes).flatMap(({ rule, path }) => (rule === code ? [ownerIn(before, path)] : [])),
      );
      const changed = new Set(diffTables(before, after).map(({ path }) => path.split(".")[0]!));
      expect([...changed].filter((owner) => !owners.has(owner) && owner !== alsoChanged[code])).toEqual([]);
    },
  );

  it("ends a driver signature with the path that it begins with", () => {
    const path = exampleTables.plain.header.driverSignature!;
    const driverSignature = `${path}${"x".repeat(6)}`;
    const bytes = encodeNbft({ ...exampleTables.plain, header: { ...exampleTables.plain.header, driverSignature } });
    const at = placeOf(readNbft(bytes).frame, "header.driverSignature").offset + path.length;
    const broken = summed(patched(bytes, { [at]: [0xaf, 0xaf, 0xaf, 0xaf, 0x1b, 0x02] }));
    expect(codes(broken)).toContain("H020");
    const { bytes: fixed } = repairNbft(broken, { only: ["H020"] });
    expect(diffTables(exampleTables.plain, readNbft(fixed).table)).toEqual([]);
    expect(worse(fixed)).toEqual([]);
  });

  it("names the only HFI there is", () => {
    const [hfi] = exampleTables.plain.hfi;
    const [ssns] = exampleTables.plain.ssns;
    const [discovery] = exampleTables.plain.discovery;
    const sound = { ...exampleTables.plain, hfi: [hfi!], ssns: [ssns!] };
    const lost = { ...sound, ssns: [{ ...ssns!, primaryHfi: 9 }], discovery: [{ ...discovery!, hfiIndex: 0 }] };
    const { bytes: fixed, applied } = repairNbft(encodeNbft(lost), { only: ["S018", "D008"] });
    expect(applied.map(({ rule }) => rule)).toEqual(["S018", "D008"]);
    expect(diffTables(sound, readNbft(fixed).table)).toEqual([]);
  });

  it("sets DHCP Override where a DHCP server is named", () => {
    const { table: model } = readNbft(table("L10"));
    const info = { ...model.hfi[0]!.transportInfo!, ipOrigin: "dhcp", dhcpServer: "192.0.2.1" } as const;
    const older = withRevision({ ...model, hfi: [{ ...model.hfi[0]!, transportInfo: info }] }, "1.0").table;
    const bytes = encodeNbft(older);
    expect(codes(bytes)).toContain("T026");
    const { bytes: fixed, applied } = repairNbft(bytes, { only: ["T026"] });
    expect(applied.map(({ rule, changes }) => [rule, changes])).toEqual([
      ["T026", [{ kind: "changed", path: "hfi#1.transportInfo.flags.dhcpOverride", before: false, after: true }]],
    ]);
    expect(codes(fixed)).not.toContain("T026");
  });

  it.each(["c000:20a::", "::192.0.2.10"])("maps an IPv4 address that stands as %s", (raw) => {
    const { table: model } = readNbft(table("L10"));
    const [hfi] = model.hfi;
    const bytes = encodeNbft({
      ...model,
      hfi: [{ ...hfi!, transportInfo: { ...hfi!.transportInfo!, primaryDns: raw } }, ...model.hfi.slice(1)],
    });
    expect(codes(bytes)).toContain("T020");
    const { bytes: fixed } = repairNbft(bytes, { only: ["T020"] });
    expect(readNbft(fixed).table.hfi[0]!.transportInfo!.primaryDns).toBe("192.0.2.10");
  });

  it("says of what it leaves why", () => {
    const bytes = exampleBytes({ model: { "ssns[0].primaryHfi": 3, "hfi[0].transportInfo.mac": "00:00:00:00:00:00" } });
    const reasons = repairNbft(bytes).unrepaired.map(({ rule, reason }) => [rule, reason]);
    expect(reasons).toContainEqual(["S018", "the rest of the table does not show what was meant"]);
    expect(reasons).toContainEqual(["T014", "the address and the network are the firmware's to say"]);
    const other = repairNbft(bytes, { only: ["H002"] }).unrepaired;
    expect(other).toContainEqual({
      rule: "S018",
      path: "ssns[0].primaryHfi",
      reason: "was not asked for",
      choice: false,
    });
  });

  it("describes bytes where nothing else differs", () => {
    const [fix] = repairNbft(exampleBytes({ stored: { "control.reserved3": 1 } }), { only: ["C017"] }).applied;
    expect(fix).toMatchObject({ rule: "C017", changes: [], bytes: [{ kind: "bytes", path: "control.reserved3" }] });
    expect(repairNbft(table("L10"), { only: ["S019"] }).applied[0]!.bytes).toEqual([]);
  });

  it("says of every rule that it cannot repair why, and of no other", () => {
    const silent = tableRules.filter(
      ({ severity, milder = [], fix }) => fix === undefined && [severity, ...milder].some((each) => each !== "info"),
    );
    expect([...unrepairable.keys()].sort()).toEqual(silent.map(({ code }) => code).sort());
  });

  it.each(madeTables.filter(({ bytes }) => validate(bytes).every(({ severity }) => severity === "info")))(
    "leaves $name alone",
    ({ bytes }) => {
      expect(repairNbft(bytes)).toMatchObject({ bytes, applied: [] });
    },
  );

  it("leaves what is only worth knowing alone unless it is asked for", () => {
    const bytes = exampleBytes({ stored: { "control.reserved3": 1 } });
    expect(repairNbft(bytes).applied).toEqual([]);
    expect(repairNbft(bytes, { all: true }).applied.map(({ rule }) => rule)).toContain("C017");
    expect(repairNbft(bytes, { only: ["ctl-reserved"] }).applied.map(({ rule }) => rule)).toEqual(["C017"]);
  });

  it("changes only the bytes that the repair is about", () => {
    const before = table("vlan/NBFT.bin");
    const { bytes } = repairNbft(before, { only: ["O009"] });
    const differing = [...bytes.keys()].filter((at) => bytes[at] !== before[at]);
    expect(bytes.length).toBe(before.length);
    expect(differing.every((at) => at === 9 || (at >= 130 && at < 146))).toBe(true);
  });

  it("keeps a checksum wrong that nobody asked to fix", () => {
    const bytes = patched(table("L25"), { 9: [0x42] });
    const { bytes: fixed } = repairNbft(bytes, { only: ["O009"] });
    expect(fixed[9]).toBe(0x42);
    expect(codes(fixed)).toContain("H002");
  });

  it("fixes a table that needs several rounds", () => {
    // The length hides nothing, the list is missing, the checksum is wrong.
    const { table: model } = readNbft(table("vlan/NBFT.bin"));
    const swapped = encodeNbft({ ...model, ssns: [{ ...model.ssns[0]!, secondaryHfis: undefined }] });
    const broken = patched(swapped, { 4: [0xff, 0xff], 9: [0] });
    const { applied, left } = repairNbft(broken);
    expect(applied.map(({ rule }) => rule)).toEqual(["H005", "S019", "H002"]);
    expect(left.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it("does not take a cut table for one with a wrong length", () => {
    const cut = sound.slice(0, 500);
    expect(repairNbft(cut).applied.map(({ rule }) => rule)).not.toContain("H005");
  });

  it("tells what was changed", () => {
    const [fix] = repairNbft(table("L10"), { only: ["S019"] }).applied;
    expect(fix).toMatchObject({ rule: "S019", name: "ss-shfi-empty", findings: 1 });
    expect(fix!.changes).toEqual([{ kind: "added", path: "ssns#1.secondaryHfis", after: [1] }]);
    expect(fix!.frame.map(({ path }) => path)).toEqual(["header.length", "header.checksum", "header.heapLength"]);
  });

  it("numbers interfaces anew with everything that names them", () => {
    const { table: model } = readNbft(table("L09"));
    const shifted = {
      ...model,
      hfi: model.hfi.map((hfi) => ({
        ...hfi,
        index: hfi.index + 10,
        transportInfo: { ...hfi.transportInfo!, hfiIndex: hfi.index + 10 },
      })),
      ssns: model.ssns.map((ssns) => ({
        ...ssns,
        primaryHfi: ssns.primaryHfi + 10,
        secondaryHfis: ssns.secondaryHfis!.map((index) => (index as number) + 10),
      })),
    };
    const { bytes } = repairNbft(encodeNbft(shifted), { only: ["F003"] });
    const back = readNbft(bytes).table;
    expect(back.hfi.map(({ index }) => index)).toEqual(model.hfi.map(({ index }) => index));
    expect(back.ssns.map(({ primaryHfi }) => primaryHfi)).toEqual(model.ssns.map(({ primaryHfi }) => primaryHfi));
  });

  it("shortens a list of cipher suites by an odd byte", () => {
    const { table: model } = readNbft(table("L13"));
    const bytes = encodeNbft(model);
    const { frame } = readNbft(bytes);
    const at = frame.lists.security.offset + 18 + 4;
    const odd = summed(patched(bytes, { [at]: [bytes[at]! - 1] }));
    if (bytes[at]! < 4) return expect(codes(odd)).toContain("Y008");
    expect(codes(odd)).toContain("Y008");
    expect(codes(repairNbft(odd, { only: ["Y008"] }).bytes)).not.toContain("Y008");
  });

  it("does not touch its input", () => {
    const bytes = patched(sound, { 9: [0] });
    repairNbft(bytes);
    expect(bytes).toEqual(patched(sound, { 9: [0] }));
  });

  it.each([
    ["X99", /no such rule: X99/],
    ["T014", /T014 cannot be repaired/],
  ])("refuses %s", (word, message) => {
    expect(() => repairNbft(sound, { only: [word] })).toThrow(message);
  });

  it.each([
    "transport-info-2-in-minor-0",
    "discovery-list-over-security",
    "lists-outside-and-other-transport",
    "needs-two-rounds",
    "other-transport-behind-a-wrong-index",
    "structure-id-in-text",
    "text-lost-by-move",
  ])("makes %s no worse", (name) => {
    for (const all of [false, true]) expectNotWorse(name, harmed(name), { all });
  });

  it("leaves what would cost some releases the table, and says which rule to name", () => {
    const bytes = harmed("transport-info-2-in-minor-0");
    const { bytes: result, unrepaired } = repairNbft(bytes, { only: ["H"] });
    expect(readNbft(result).table.header.minorRevision).toBe(0);
    expect(readNbft(repairNbft(bytes, { all: true }).bytes).table.header.minorRevision).toBe(0);
    expect(unrepaired.find(({ rule }) => rule === "H010")).toMatchObject({
      choice: true,
      reason: expect.stringMatching(/^its repair would break something else: (H021 |nvme-cli@2)/),
    });
    // A family is not a decision, a rule is.
    expect(repairNbft(bytes, { only: ["H"] }).applied).not.toContainEqual(expect.objectContaining({ rule: "H010" }));
    const [fix] = repairNbft(bytes, { only: ["H010"] }).applied;
    expect(fix).toMatchObject({ rule: "H010", costs: expect.arrayContaining([expect.stringMatching(/nvme-cli@2/)]) });
  });

  it("keeps everything in the heap that readers found there", () => {
    const bytes = harmed("discovery-list-over-security");
    const { table } = readNbft(repairNbft(bytes).bytes);
    expect(table.host?.hostNqn).toBe(readNbft(bytes).table.host!.hostNqn);
    expect(table.hfi[0]!.transportInfo).toBeDefined();
    for (const rule of ["H015", "H017"]) expect(repairNbft(bytes, { only: [rule] }).applied).toEqual([]);
  });

  it("writes no structure id over a text that an entry lies on", () => {
    const bytes = harmed("structure-id-in-text");
    const { bytes: result, unrepaired } = repairNbft(bytes);
    expect(readNbft(result).table.header.driverSignature).toBe(readNbft(bytes).table.header.driverSignature);
    expect(unrepaired).toContainEqual(
      expect.objectContaining({
        rule: "F001",
        reason: "its repair would break something else: header.driverSignature would change",
      }),
    );
  });

  it("leaves a defect after which there are others, unless its rule is named", () => {
    // The Control Descriptor's id hides all lists from readers; in the list a subsystem has no address.
    const bytes = exampleBytes({ model: { "ssns[0].traddr": "0.0.0.0" }, stored: { "control.structureId": 7 } });
    const { applied, unrepaired } = repairNbft(bytes);
    expect(applied).toEqual([]);
    expect(unrepaired).toContainEqual({
      rule: "C001",
      path: "control.structureId",
      reason: "with its repair more can be read, and that has errors: S008 ssns[0].traddr",
      choice: true,
    });
    expect(repairNbft(bytes, { only: ["C001"] }).applied).toMatchObject([{ rule: "C001" }]);
  });

  it("leaves a sum that libnvme finds right over the whole file, where what follows the table stays", () => {
    const many = malformedTables.find(({ name }) => name.startsWith("S23"))!.bytes;
    const bytes = Uint8Array.from([...many, 1, 2, 3]);
    bytes[9] = bytes[9]! - bytes.reduce((sum, byte) => sum + byte, 0);
    const { bytes: repaired, unrepaired } = repairNbft(bytes);
    expect(repaired).toEqual(bytes);
    expect(unrepaired.map(({ rule }) => rule)).toContain("H002");
    expect(repairNbft(bytes, { only: ["H002"] }).applied).toMatchObject([{ rule: "H002" }]);
  });

  it("keeps a sum that libnvme finds right over the whole file where only something else is repaired", () => {
    const { table: model } = readNbft(table("L10"));
    const [hfi] = model.hfi;
    const bytes = Uint8Array.from([
      ...encodeNbft({
        ...model,
        hfi: [{ ...hfi!, transportInfo: { ...hfi!.transportInfo!, primaryDns: "c000:20a::" } }, ...model.hfi.slice(1)],
      }),
      ...[1, 2, 3],
    ]);
    bytes[9] = bytes[9]! - bytes.reduce((sum, byte) => sum + byte, 0);
    expect(readAsLibnvme(bytes).rejection).toBeUndefined();
    for (const [code, size] of [
      ["T020", bytes.length],
      ["H006", bytes.length - 3],
    ] as const) {
      const { bytes: repaired, applied } = repairNbft(bytes, { only: [code] });
      expect(applied.map(({ rule }) => rule)).toEqual([code]);
      expect(readAsLibnvme(repaired).rejection).toBeUndefined();
      expect(repaired).toHaveLength(size);
    }
    const { applied } = repairNbft(bytes, { only: ["H002", "H006"] });
    expect(applied.map(({ rule }) => rule)).toEqual(["H006", "H002"]);
    expect(applied[1]!.frame).toHaveLength(1);
  });

  it("leaves a table that would take too long, as it is", () => {
    for (const { name, make } of hostileCases) {
      const bytes = make(createPrng(1));
      const start = performance.now();
      const { applied } = repairNbft(bytes);
      expect(performance.now() - start, name).toBeLessThan(10_000);
      if (name.startsWith("hostile-255")) expect(applied, name).toEqual([]);
    }
  });

  it("takes any table, and has nothing more to do afterwards", () => {
    fc.assert(
      fc.property(fc.constantFrom(...madeTables), fc.nat(), ({ bytes }, seed) => {
        const mutant = mutations(bytes, createPrng(seed)).next().value.bytes;
        fc.pre(!validate(mutant).some(({ rule }) => rule === "H001" || rule === "H003"));
        expectNotWorse(`seed ${seed}`, mutant, { all: true });
      }),
      { numRuns: 40 },
    );
  });
});
