import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DecodeError, EncodeError } from "../../../src/errors.ts";
import { isAuthenticated } from "../../../src/uefi/attributes.ts";
import { createVariableStore } from "../../../src/uefi/store/create-store.ts";
import { editVariableStore, type StoreEdit } from "../../../src/uefi/store/edit-store.ts";
import { readVariableStore, visibleVariables } from "../../../src/uefi/store/read-store.ts";
import { type Variable, variableKey } from "../../../src/uefi/variable.ts";
import { needs } from "../../helpers/needs.ts";
import { debianStores } from "../vectors.ts";
import { rawRecord, storeWith, variable } from "./build-store.ts";

const guid = "1509cae7-7044-4392-a247-3f870a197142";
const made = (name: string, data: readonly number[], attributes = 3): Variable => ({
  guid,
  name,
  attributes,
  data: Uint8Array.from(data),
});
const set = (one: Variable): StoreEdit => ({ kind: "set", variable: one });
const remove = (name: string): StoreEdit => ({ kind: "delete", key: { guid, name } });
const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;
const states = (bytes: Uint8Array) => readVariableStore(bytes).store!.records.map(({ name, state }) => [name, state]);

describe("what an edit leaves in the file", () => {
  const empty = createVariableStore("2M");

  test("a new variable is a live record at the end of the list", () => {
    const { bytes, changes } = editVariableStore(empty, [set(made("A", [1])), set(made("B", [2]))]);
    expect(changes.map(({ action }) => action)).toEqual(["added", "added"]);
    expect(states(bytes)).toEqual([
      ["A", 0x3f],
      ["B", 0x3f],
    ]);
  });

  test("a replaced one is marked as the firmware does, a deleted one too", () => {
    const { bytes, changes } = editVariableStore(empty, [set(made("A", [1])), set(made("A", [2])), remove("A")]);
    expect(changes.map(({ action }) => action)).toEqual(["added", "replaced", "deleted"]);
    expect(states(bytes)).toEqual([
      ["A", 0x3c],
      ["A", 0x3d],
    ]);
  });

  test("the same content changes nothing", () => {
    const { bytes } = editVariableStore(empty, [set(made("A", [1]))]);
    const again = editVariableStore(bytes, [set(made("A", [1]))]);
    expect(again.changes[0]!.action).toBe("unchanged");
    expect(same(again.bytes, bytes)).toBe(true);
  });

  test("deleting what is not there changes nothing", () => {
    const result = editVariableStore(empty, [remove("A")]);
    expect(result.changes[0]!.action).toBe("missing");
    expect(same(result.bytes, empty)).toBe(true);
  });

  test("compacting gives every byte of dead records back", () => {
    const { bytes } = editVariableStore(empty, [
      set(made("A", [1])),
      set(made("B", [2])),
      remove("A"),
      { kind: "compact" },
    ]);
    expect(same(bytes, editVariableStore(empty, [set(made("B", [2]))]).bytes)).toBe(true);
  });

  test("when space runs out the live records are packed first", () => {
    let bytes: Uint8Array = empty;
    for (let i = 0; i < 20; i++) bytes = editVariableStore(bytes, [set(made("A", new Array(5000).fill(i)))]).bytes;
    expect(visibleVariables(readVariableStore(bytes).store!)).toMatchObject([
      { name: "A", data: new Uint8Array(5000).fill(19) },
    ]);
  });

  test("bytes in the free space are cleaned by the next record", () => {
    const dirty = empty.slice();
    dirty.fill(0x30, 0x1000, 0x2000);
    expect(readVariableStore(editVariableStore(dirty, [set(made("A", [1]))]).bytes).diagnostics).toEqual([]);
  });

  test("a variable being replaced is finished by writing it", () => {
    const bytes = storeWith([{ ...made("A", [1]), state: 0x3e }]);
    expect(states(editVariableStore(bytes, [set(made("A", [1]))]).bytes)).toEqual([
      ["A", 0x3c],
      ["A", 0x3f],
    ]);
  });

  test("a Node Buffer is not written through", () => {
    const buffer = Buffer.from(empty);
    editVariableStore(buffer, [set(made("A", [1])), { kind: "compact" }]);
    expect(Buffer.compare(buffer, empty)).toBe(0);
  });
});

describe("what an edit refuses", () => {
  const empty = createVariableStore("2M");
  test.each([
    { name: "no room even after compacting", variable: made("A", new Array(60000).fill(1)) },
    { name: "no data", variable: made("A", []) },
    { name: "no name", variable: made("", [1]) },
    { name: "a NUL in the name", variable: made("A\0", [1]) },
    { name: "a GUID in upper case", variable: { ...made("A", [1]), guid: guid.toUpperCase() } },
    { name: "attributes that mean unwritten", variable: made("A", [1], 0xffffffff) },
  ])("$name", ({ variable: one }) => {
    expect(() => editVariableStore(empty, [set(one)])).toThrow(EncodeError);
  });

  test("a signed variable, unless forced; count, time and key go on", () => {
    const timestamp = new Uint8Array(16).fill(3);
    const bytes = storeWith([
      { ...made("db", [1], 0x27), state: 0x3f, timestamp, monotonicCount: 8n, publicKeyIndex: 9 },
    ]);
    expect(() => editVariableStore(bytes, [set(made("db", [2], 0x27))])).toThrow(/signature/);
    expect(() => editVariableStore(bytes, [remove("db")])).toThrow(/signature/);
    const forced = editVariableStore(bytes, [set(made("db", [2], 0x27))], { force: true });
    expect(visibleVariables(readVariableStore(forced.bytes).store!)).toMatchObject([
      { data: Uint8Array.of(2), timestamp, monotonicCount: 8n, publicKeyIndex: 9 },
    ]);
  });

  const damaged: readonly { name: string; at: number; bytes: readonly number[]; rule: string }[] = [
    { name: "a pending write", at: 0xf020, bytes: [0xfc], rule: "V010" },
    { name: "a wrong volume checksum", at: 50, bytes: [0], rule: "V003" },
    { name: "an unhealthy store", at: 0x5d, bytes: [0], rule: "V004" },
    { name: "a broken record", at: 0x64, bytes: [0xaa, 0x55, 0x3f, 0, 3, 0, 0, 0], rule: "V006" },
  ];
  test.each(damaged)("a store with $name", ({ at, bytes: change, rule }) => {
    const bytes = createVariableStore("2M");
    if (rule === "V006") bytes.fill(0x10, 0x64, 0x64 + 60);
    bytes.set(change, at);
    const attempt = () => editVariableStore(bytes, [set(made("A", [1]))]);
    expect(attempt).toThrow(DecodeError);
    expect(attempt).toThrow(expect.objectContaining({ rule }));
  });
});

/** What a store should hold after some steps. */
function expected(before: ReadonlyMap<string, Variable>, edits: readonly StoreEdit[]): Map<string, Variable> {
  const model = new Map(before);
  for (const edit of edits) {
    if (edit.kind === "set") model.set(variableKey(edit.variable), edit.variable);
    else if (edit.kind === "delete") model.delete(variableKey(edit.key));
  }
  return model;
}

const contentOf = (bytes: Uint8Array) => visibleVariables(readVariableStore(bytes).store!);
const mapOf = (list: readonly Variable[]) => new Map(list.map((one) => [variableKey(one), one]));

/** Name, attributes, data and what belongs to a signature, of every variable. */
function essence(list: Iterable<Variable>): string[] {
  return [...list]
    .map(({ guid: vendor, name, attributes, data }) =>
      JSON.stringify([vendor, name, attributes, Buffer.from(data).toString("hex")]),
    )
    .sort();
}

const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: variable.map(set) },
    {
      weight: 3,
      arbitrary: variable.map(({ guid: vendor, name }): StoreEdit => ({ kind: "delete", key: { guid: vendor, name } })),
    },
    { weight: 1, arbitrary: fc.constant<StoreEdit>({ kind: "compact" }) },
  ),
  { maxLength: 25 },
);

describe("sequences of edits", () => {
  test("hold what a map would, in both formats, from stores with records in any state", () => {
    fc.assert(
      fc.property(
        fc.array(rawRecord, { maxLength: 10 }),
        fc.constantFrom("authenticated", "plain"),
        steps,
        (records, format, edits) => {
          const before = storeWith(records, format as "plain");
          const signed = new Map(
            contentOf(before)
              .filter(({ attributes }) => isAuthenticated(attributes))
              .map((one) => [variableKey(one), one]),
          );
          const { bytes } = editVariableStore(before, edits, { force: true });
          expect(bytes.length).toBe(before.length);
          expect(same(bytes.subarray(0, 0x64), before.subarray(0, 0x64))).toBe(true);
          expect(same(bytes.subarray(0xe000), before.subarray(0xe000))).toBe(true);
          expect(essence(contentOf(bytes))).toEqual(essence(expected(mapOf(contentOf(before)), edits).values()));
          const touched = new Set(
            edits.flatMap((edit) =>
              edit.kind === "compact" ? [] : [edit.kind === "set" ? variableKey(edit.variable) : variableKey(edit.key)],
            ),
          );
          for (const after of contentOf(bytes)) {
            const old = signed.get(variableKey(after));
            if (!old || touched.has(variableKey(after))) continue;
            const { timestamp, monotonicCount, publicKeyIndex } = old;
            expect(after).toMatchObject({ timestamp, monotonicCount, publicKeyIndex });
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  describe.skipIf(!needs("Debian's ovmf", debianStores.length > 0, "edits of stores with keys"))(
    "on Debian's stores",
    () => {
      const formatted = debianStores.filter((path) => readVariableStore(readFileSync(path)).store);

      test("all of them read without an error", () => {
        for (const path of debianStores) {
          const errors = readVariableStore(readFileSync(path)).diagnostics.filter(
            ({ severity }) => severity === "error",
          );
          expect([path, errors]).toEqual([path, []]);
        }
      });

      test.each(formatted)("%s: every other variable stays as it was", (path) => {
        // The images of aarch64 are 64 MiB of filler after the volume.
        const whole = new Uint8Array(readFileSync(path));
        const before = whole.subarray(0, readVariableStore(whole).store!.layout.volumeLength);
        const content = contentOf(before);
        fc.assert(
          fc.property(steps, (edits) => {
            const { bytes } = editVariableStore(before, edits, { force: true });
            expect(essence(contentOf(bytes))).toEqual(essence(expected(mapOf(content), edits).values()));
            const { recordsStart, recordsEnd } = readVariableStore(before).store!.layout;
            expect(Buffer.compare(bytes.subarray(0, recordsStart), before.subarray(0, recordsStart))).toBe(0);
            expect(Buffer.compare(bytes.subarray(recordsEnd), before.subarray(recordsEnd))).toBe(0);
            const errors = readVariableStore(bytes).diagnostics.filter(({ severity }) => severity === "error");
            expect(errors).toEqual([]);
          }),
          { numRuns: 15 },
        );
      });
    },
  );
});
