import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DecodeError, EncodeError, ParseError } from "../../../src/errors.ts";
import { decodeDmpstore, encodeDmpstore } from "../../../src/uefi/files/dmpstore.ts";
import { decodeNvVars, encodeNvVars } from "../../../src/uefi/files/nvvars.ts";
import { formatQemuJson, parseQemuJson } from "../../../src/uefi/files/qemu-json.ts";
import { detectVariableFile, editVariableFile, readVariables } from "../../../src/uefi/files/variable-file.ts";
import { createVariableStore } from "../../../src/uefi/store/create-store.ts";
import { readVariableStore } from "../../../src/uefi/store/read-store.ts";
import type { Variable } from "../../../src/uefi/variable.ts";
import { needs } from "../../helpers/needs.ts";
import { variable } from "../store/build-store.ts";
import { debianStores } from "../vectors.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const hex = (data: Uint8Array) => Buffer.from(data).toString("hex");
const guid = "1509cae7-7044-4392-a247-3f870a197142";
const one: Variable = { guid, name: "A", attributes: 3, data: Uint8Array.of(1, 2) };

describe("dmpstore files", () => {
  test("a record: sizes, name, vendor, attributes, data, checksum", () => {
    expect(hex(encodeDmpstore([one]))).toBe(
      `0400000002000000${"41000000"}e7ca0915447092 43a2473f870a197142 03000000 0102`.replaceAll(" ", "") +
        hex(encodeDmpstore([one]).subarray(-4)),
    );
  });

  test("the checksum covers everything before it", () => {
    const bytes = encodeDmpstore([one]);
    for (let i = 0; i < bytes.length; i++) {
      const changed = bytes.slice();
      changed[i] = changed[i]! ^ 0x10;
      expect(() => decodeDmpstore(changed)).toThrow(DecodeError);
    }
  });

  test.each([1, 10, 35])("%d bytes are refused", (length) => {
    expect(() => decodeDmpstore(encodeDmpstore([one]).subarray(0, length))).toThrow(DecodeError);
  });

  test("any variables come back", () => {
    fc.assert(
      fc.property(fc.array(variable), (list) => {
        expect(decodeDmpstore(encodeDmpstore(list))).toEqual(list);
      }),
    );
  });
});

describe("NvVars files", () => {
  test("a record: size of the name, name, vendor, attributes, size of the data, data", () => {
    expect(hex(encodeNvVars([one]))).toBe(
      "0400000041000000e7ca09154470924 3a2473f870a1971420300000002000000 0102".replaceAll(" ", ""),
    );
  });

  test.each([1, 8, 30])("%d bytes are refused", (length) => {
    expect(() => decodeNvVars(encodeNvVars([one]).subarray(0, length))).toThrow(DecodeError);
  });

  test.each([encodeNvVars, encodeDmpstore])("a vendor that is no GUID is refused: %o", (encode) => {
    expect(() => encode([{ ...one, guid: "8be4df61" }])).toThrow(new EncodeError('"8be4df61" is not a GUID', "guid"));
  });

  test("any variables come back, and an edit keeps the form", () => {
    fc.assert(
      fc.property(fc.array(variable), (list) => {
        expect(decodeNvVars(encodeNvVars(list))).toEqual(list);
      }),
    );
    const file = encodeNvVars([one]);
    expect(detectVariableFile(file)).toBe("nvvars");
    const { bytes } = editVariableFile(file, [{ kind: "set", variable: { ...one, name: "B" } }]);
    expect(readVariables(bytes, "nvvars")).toEqual([one, { ...one, name: "B" }]);
  });
});

describe("JSON of python-uefivars", () => {
  test("version 2 says timestamp", () => {
    const text = `{"version":2,"variables":[{"name":"A","data":"0102","guid":"${guid}","attr":39,"timestamp":"${"01".repeat(16)}","digest":"aa"}]}`;
    const [read] = parseQemuJson(text);
    expect(read).toMatchObject({ timestamp: new Uint8Array(16).fill(1), extra: { digest: "aa" } });
  });

  test("version 1 has GUIDs as bytes, and blanks between bytes", () => {
    const text = `[{"name":"A","data":"01 02","guid":"e7 ca 09 15 44 70 92 43 a2 47 3f 87 0a 19 71 42","attr":3}]`;
    expect(parseQemuJson(text)).toEqual([one]);
  });

  test("base64 is that of all entries, whatever one alone looks like", () => {
    const entry = (data: string) => `{"name":"A","data":"${data}","guid":"${guid}","attr":3}`;
    const data = (text: string) => parseQemuJson(text).map((each) => hex(each.data));
    // BAAA alone would be two bytes in hexadecimal.
    expect(data(`[${entry("BAAA")},${entry("AAABAA==")}]`)).toEqual(["040000", "00000100"]);
    expect(data(`[${entry("BAAA")}]`)).toEqual(["baaa"]);
  });
});

describe("QEMU's JSON store", () => {
  test("version 2, with what QEMU may add", () => {
    const text = `{"version":2,"variables":[{"guid":"${guid.toUpperCase()}","name":"A","attr":39,"data":"0102","time":"${"01".repeat(16)}","digest":"aa"}]}`;
    const [read] = parseQemuJson(text);
    expect(read).toMatchObject({
      ...one,
      attributes: 39,
      timestamp: new Uint8Array(16).fill(1),
      extra: { digest: "aa" },
    });
    expect(JSON.parse(formatQemuJson([read!]))).toEqual(JSON.parse(text.replace(guid.toUpperCase(), guid)));
  });

  test("a bare list is version 1", () => {
    expect(parseQemuJson(`[{"guid":"${guid}","name":"A","attr":3,"data":"0102"}]`)).toEqual([one]);
  });

  test("an empty time is not written", () => {
    expect(formatQemuJson([{ ...one, timestamp: new Uint8Array(16) }])).not.toContain("time");
  });

  test.each([
    ["no JSON", "hello"],
    ["no list", "{}"],
    ["null", "null"],
    ["an entry that is no object", '{"variables":[1]}'],
    ["no name", `{"variables":[{"guid":"${guid}","attr":3,"data":""}]}`],
    ["no GUID", '{"variables":[{"name":"A","attr":3,"data":""}]}'],
    ["a text as attributes", `{"variables":[{"guid":"${guid}","name":"A","attr":"3","data":""}]}`],
    ["half a byte", `{"variables":[{"guid":"${guid}","name":"A","attr":3,"data":"1"}]}`],
    ["a short time", `{"variables":[{"guid":"${guid}","name":"A","attr":3,"data":"11","time":"00"}]}`],
  ])("%s is refused", (_, text) => {
    expect(() => parseQemuJson(text)).toThrow(ParseError);
  });

  test("half a surrogate pair in a name cannot be written", () => {
    expect(() => formatQemuJson([{ ...one, name: "\ud800" }])).toThrow(EncodeError);
  });

  test("any variables come back", () => {
    fc.assert(
      fc.property(fc.array(variable), (list) => {
        expect(parseQemuJson(formatQemuJson(list))).toEqual(list);
      }),
    );
  });
});

describe("files of any kind", () => {
  const kinds = [
    ["flash", createVariableStore("2M")],
    ["qemu-json", utf8('{"version": 2, "variables": []}')],
    ["dmpstore", encodeDmpstore([{ ...one, name: "Z" }])],
  ] as const;

  test.each(kinds)("%s is recognised, edited and read back", (kind, empty) => {
    expect(detectVariableFile(empty)).toBe(kind);
    const added = editVariableFile(empty, [{ kind: "set", variable: one }]);
    expect(added.changes[0]!.action).toBe("added");
    expect(readVariables(added.bytes).find(({ name }) => name === "A")).toMatchObject(one);
    const again = editVariableFile(added.bytes, [{ kind: "set", variable: one }, { kind: "compact" }]);
    expect(again.changes[0]!.action).toBe("unchanged");
    const replaced = editVariableFile(added.bytes, [{ kind: "set", variable: { ...one, data: Uint8Array.of(3) } }]);
    expect(replaced.changes[0]!.action).toBe("replaced");
    const removed = editVariableFile(replaced.bytes, [
      { kind: "delete", key: one },
      { kind: "delete", key: one },
    ]);
    expect(removed.changes.map(({ action }) => action)).toEqual(["deleted", "missing"]);
    expect(readVariables(removed.bytes).some(({ name }) => name === "A")).toBe(false);
  });

  test("a signed variable in a list is not replaced unless forced", () => {
    const bytes = utf8(formatQemuJson([{ ...one, attributes: 0x27 }]));
    const edit = { kind: "set", variable: { ...one, attributes: 0x27, data: Uint8Array.of(9) } } as const;
    expect(() => editVariableFile(bytes, [edit])).toThrow(EncodeError);
    expect(editVariableFile(bytes, [edit], { force: true }).changes[0]!.action).toBe("replaced");
  });

  test.each([0x20000, 0x84000])("an image of %d bytes that was never written is formatted first", (length) => {
    const { bytes } = editVariableFile(new Uint8Array(length), [{ kind: "set", variable: one }]);
    expect(bytes.length).toBe(length);
    expect(readVariableStore(bytes).diagnostics).toEqual([]);
    expect(readVariables(bytes)).toMatchObject([one]);
  });

  test("one of another size is refused", () => {
    expect(() => editVariableFile(new Uint8Array(0x30000), [{ kind: "set", variable: one }])).toThrow(DecodeError);
    expect(readVariables(new Uint8Array(0x30000))).toEqual([]);
  });

  test.skipIf(!needs("Debian's ovmf", debianStores.length > 0, "JSON of stores with keys"))(
    "a real store with its keys goes through JSON and back",
    () => {
      const before = readVariables(readFileSync(debianStores.find((path) => path.endsWith("OVMF_VARS_4M.ms.fd"))!));
      const text = formatQemuJson(before);
      const edits = parseQemuJson(text).map((each) => ({ kind: "set" as const, variable: each }));
      const after = readVariables(editVariableFile(createVariableStore("4M"), edits).bytes);
      expect(formatQemuJson(after)).toBe(text);
      expect(text).toContain('"name": "PK"');
      expect(text).toContain('"time"');
    },
  );
});
