import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createVariableStore } from "../../../src/uefi/store/create-store.ts";
import { editVariableStore } from "../../../src/uefi/store/edit-store.ts";
import { readVariableStore, storeSpace, visibleVariables } from "../../../src/uefi/store/read-store.ts";
import { type RawRecord, rawRecord, storeWith } from "./build-store.ts";

const guid = "1509cae7-7044-4392-a247-3f870a197142";
const record = (name: string, state: number, data = [1], attributes = 3): RawRecord => ({
  guid,
  name,
  attributes,
  data: Uint8Array.from(data),
  state,
});
const codes = (bytes: Uint8Array) => readVariableStore(bytes).diagnostics.map(({ rule }) => rule);
const seen = (records: readonly RawRecord[]) => [
  ...(visibleVariables(readVariableStore(storeWith(records)).store!).find(({ name }) => name === "A")?.data ?? []),
];

describe("which record the firmware finds", () => {
  test.each([
    { name: "a live one", records: [record("A", 0x3f, [1])], data: [1] },
    { name: "the first of two live ones", records: [record("A", 0x3f, [1]), record("A", 0x3f, [2])], data: [1] },
    { name: "the one being replaced, when there is no other", records: [record("A", 0x3e, [1])], data: [1] },
    {
      name: "the live one before one being replaced",
      records: [record("A", 0x3e, [1]), record("A", 0x3f, [2])],
      data: [2],
    },
    { name: "the last of those being replaced", records: [record("A", 0x3e, [1]), record("A", 0x3e, [2])], data: [2] },
    { name: "none with only its header written", records: [record("A", 0x7f, [1])], data: [] },
    { name: "none replaced", records: [record("A", 0x3c, [1])], data: [] },
    { name: "none deleted", records: [record("A", 0x3d, [1])], data: [] },
    { name: "none of another name", records: [record("AB", 0x3f, [1])], data: [] },
  ])("$name", ({ records, data }) => {
    expect(seen(records)).toEqual(data);
  });

  test("the same name under several vendors are several variables", () => {
    const other = { ...record("A", 0x3f, [2]), guid: "8be4df61-93ca-11d2-aa0d-00e098032b8c" };
    expect(visibleVariables(readVariableStore(storeWith([record("A", 0x3f), other])).store!)).toHaveLength(2);
  });
});

test("both formats keep name, attributes and data; the authenticated one count, time and key too", () => {
  const signed = {
    ...record("db", 0x3f, [9], 0x27),
    timestamp: new Uint8Array(16).fill(7),
    monotonicCount: 5n,
    publicKeyIndex: 6,
  };
  const [authenticated] = readVariableStore(storeWith([signed])).store!.records;
  expect(authenticated).toMatchObject({ ...signed, length: 60 + 6 + 1 });
  const [plain] = readVariableStore(storeWith([signed], "plain")).store!.records;
  expect(plain).toMatchObject({
    name: "db",
    attributes: 0x27,
    data: Uint8Array.of(9),
    monotonicCount: 0n,
    length: 32 + 6 + 1,
  });
});

test("data follow the name directly, the next record begins at a multiple of 4", () => {
  const { records } = readVariableStore(storeWith([record("A", 0x3f, [1, 2, 3]), record("B", 0x3f)])).store!;
  expect(records.map(({ offset, dataOffset }) => [offset, dataOffset])).toEqual([
    [0x64, 0x64 + 64],
    [0x64 + 68, 0x64 + 68 + 64],
  ]);
});

test("space is counted with the padding", () => {
  const store = readVariableStore(storeWith([record("A", 0x3f), record("B", 0x3c)])).store!;
  expect(storeSpace(store)).toEqual({ total: 57244, live: 68, dead: 68, free: 57244 - 136 });
});

describe("what is wrong with a store", () => {
  const changed = (offset: number, ...data: number[]) => {
    const bytes = storeWith([record("A", 0x3f)]);
    bytes.set(data, offset);
    return bytes;
  };
  test.each([
    { name: "empty file", bytes: new Uint8Array(), found: ["V001"] },
    { name: "text", bytes: new TextEncoder().encode("hello ".repeat(100)), found: ["V001"] },
    { name: "another volume", bytes: changed(16, 0), found: ["V001"] },
    { name: "cut off", bytes: createVariableStore("2M").subarray(0, 0x1ffff), found: ["V002"] },
    { name: "wrong volume checksum", bytes: changed(50, 0), found: ["V003"] },
    { name: "volume header of 70 bytes", bytes: changed(48, 70), found: ["V003"] },
    { name: "unknown store format", bytes: changed(0x48, 0), found: ["V004"] },
    { name: "store larger than its volume", bytes: changed(0x5b, 0xff), found: ["V004"] },
    { name: "not formatted", bytes: changed(0x5c, 0), found: ["V004"] },
    { name: "not healthy", bytes: changed(0x5d, 0), found: ["V004"] },
    { name: "never written, all zeros", bytes: new Uint8Array(0x20000), found: ["V005"] },
    { name: "never written, all ones", bytes: new Uint8Array(0x20000).fill(0xff), found: ["V005"] },
    { name: "record larger than the store", bytes: changed(0x64 + 40, 0, 0, 1, 0), found: ["V006"] },
    {
      name: "record after the end",
      bytes: changed(0x200, ...storeWith([record("A", 0x3f)]).subarray(0x64, 0x64 + 65)),
      found: ["V007"],
    },
    { name: "free space not FFh", bytes: changed(0x1000, 0), found: ["V008"] },
    { name: "no working block", bytes: changed(0xf000, 0), found: ["V009"] },
    { name: "working block with a wrong checksum", bytes: changed(0xf010, 0), found: ["V009"] },
    { name: "two live records", bytes: storeWith([record("A", 0x3f), record("A", 0x3f)]), found: ["V011"] },
    { name: "being replaced", bytes: storeWith([record("A", 0x3e)]), found: ["V012"] },
    { name: "only a header", bytes: storeWith([record("A", 0x7f)]), found: ["V013"] },
    {
      name: "too large for the build",
      bytes: storeWith([record("A", 0x3f, new Array(9000).fill(1))]),
      found: ["V015"],
    },
    { name: "nothing", bytes: storeWith([record("A", 0x3f)]), found: [] },
  ])("$name: $found", ({ bytes, found }) => {
    expect(codes(bytes)).toEqual(found);
  });

  test("a name without its NUL", () => {
    const bytes = storeWith([record("A", 0x3f)]);
    bytes.set([2], 0x64 + 36);
    expect(codes(bytes)).toContain("V014");
  });

  test("a record whose sizes were never written takes its header only", () => {
    const bytes = createVariableStore("2M");
    bytes.set([0xaa, 0x55], 0x64);
    const { store, diagnostics } = readVariableStore(bytes);
    expect(store!.records).toMatchObject([{ state: 0xff, length: 60, name: "" }]);
    expect(diagnostics).toMatchObject([
      {
        rule: "V013",
        severity: "warning",
        message: expect.stringContaining("the guest does not boot"),
        hint: "nbft vars compact STORE removes it",
      },
    ]);
    // The hint works.
    expect(codes(editVariableStore(bytes, [{ kind: "compact" }]).bytes)).toEqual([]);
  });

  test("a qcow2 image is named", () => {
    const bytes = new Uint8Array(1000);
    bytes.set([0x51, 0x46, 0x49, 0xfb]);
    expect(readVariableStore(bytes).diagnostics[0]!.message).toMatch(/qemu-img convert/);
  });
});

describe("the fault-tolerant-write block", () => {
  /** A write header with one record after it, in the working block's queue. */
  const withWrite = (header: number, entry: number, writes = 1) => {
    const bytes = createVariableStore("2M");
    bytes.fill(0, 0xf020, 0xf020 + 80);
    bytes[0xf020] = header;
    bytes[0xf020 + 24] = writes;
    bytes[0xf020 + 40] = entry;
    return bytes;
  };
  test.each([
    { name: "finished", header: 0xf8, entry: 0xf9, pending: undefined, writes: 1 },
    { name: "allocated, nothing copied", header: 0xfc, entry: 0xff, pending: false, writes: 1 },
    { name: "spare complete, destination not", header: 0xfc, entry: 0xfd, pending: true, writes: 1 },
    { name: "destination complete, header not", header: 0xfc, entry: 0xf9, pending: false, writes: 1 },
    { name: "header complete, record only in the spare", header: 0xf8, entry: 0xfd, pending: true, writes: 1 },
  ])("$name", ({ header, entry, pending, writes }) => {
    const { store, diagnostics } = readVariableStore(withWrite(header, entry));
    expect(store!.workingBlock).toMatchObject({ valid: true, writes });
    expect(store!.workingBlock!.pending?.restores).toBe(pending);
    expect(diagnostics.map(({ rule }) => rule)).toEqual(pending === undefined ? [] : ["V010"]);
  });

  test("a count that leaves the queue is pending, not a hang", () => {
    const bytes = withWrite(0xf8, 0xf9);
    bytes.fill(0xff, 0xf020 + 24, 0xf020 + 32);
    expect(codes(bytes)).toEqual(["V010"]);
  });
});

describe("hostile bytes", () => {
  test("any bytes after sound headers are read without an exception, records inside the store", () => {
    fc.assert(
      fc.property(
        fc.array(rawRecord, { maxLength: 8 }),
        fc.array(fc.tuple(fc.nat(0x1ffff), fc.nat(255)), { maxLength: 60 }),
        (records, changes) => {
          const bytes = storeWith(records);
          for (const [at, byte] of changes) bytes[at % (records.length > 0 ? 0x800 : 0x20000)] = byte;
          const { store } = readVariableStore(bytes);
          for (const { offset, length } of store?.records ?? []) {
            expect(offset + length).toBeLessThanOrEqual(store!.layout.recordsEnd);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test("any bytes at all", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4096 }), (bytes) => {
        expect(readVariableStore(bytes).diagnostics).toHaveLength(1);
      }),
    );
  });
});
