import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseQemuJson } from "../../src/uefi/files/qemu-json.ts";
import {
  attemptEdits,
  createVariableStore,
  editVariableStore,
  encodeBootOption,
  encodeFirmwareConfig,
  encodeU16List,
  type FirmwareConfig,
  formatQemuJson,
  readVariableStore,
  readVariables,
  type StoreEdit,
  type Variable,
  vendorGuids,
} from "../../src/uefi/index.ts";
import { shellPath } from "../helpers/shell-path.ts";
import { debianStores } from "../uefi/vectors.ts";
import { installDebianTree, type RealPrograms } from "./debian-tree.ts";

const tree = await installDebianTree({
  name: "virt-firmware",
  version: "1",
  packages: ["bash", "coreutils", "python3-virt-firmware"],
  prepare: (root) => void mkdirSync(join(root, "cases"), { recursive: true }),
});
const missing = typeof tree === "string" ? tree : undefined;
if (missing !== undefined) console.log(`virt-fw-vars of Debian trixie: could not run: ${missing}`);
const real = tree as RealPrograms;

const place = (name: string) => {
  mkdirSync(join(real.root, "cases"), { recursive: true });
  return join(real.root, "cases", name);
};
const put = (name: string, content: Uint8Array | string) => writeFileSync(place(name), content);
const get = (name: string) => new Uint8Array(readFileSync(place(name)));

/** Runs virt-fw-vars, which has to succeed. */
function virtFwVars(words: string): void {
  const { status, stderr } = real.run(`cd /cases && virt-fw-vars ${words}`);
  expect({ words, status, stderr: status === 0 ? "" : stderr.toString() }).toEqual({ words, status: 0, stderr: "" });
}

/** Everything of a variable that both know, in an order of its own. */
function plain(variables: readonly Variable[]): string[] {
  return variables
    .map(({ guid, name, attributes, data, timestamp }) => {
      const time = timestamp?.some((byte) => byte !== 0) ? Buffer.from(timestamp).toString("hex") : "";
      return [guid, name, attributes, Buffer.from(data).toString("hex"), time].join(" ");
    })
    .sort();
}

const errorsOf = (store: Uint8Array) =>
  readVariableStore(store).diagnostics.map(({ rule, message }) => [rule, message]);

const config: FirmwareConfig = {
  hostNqn: "nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890",
  hostId: "f8131bac-cdef-4165-866b-5998c1e67890",
  attempts: [
    {
      attemptName: "Attempt1",
      macString: "52:54:00:12:34:56\\000A",
      targetPort: 4420,
      enabled: 1,
      ipMode: 1,
      targetIp: "fd00::1",
      nqn: "nqn.2014-08.org.example:sub",
    },
  ],
};

const global = (name: string, data: Uint8Array): StoreEdit => ({
  kind: "set",
  variable: { guid: vendorGuids.global, name, attributes: 7, data },
});

/** A store with attempts, VLAN, IPv6 policy and boot options, and records that were replaced and deleted on the way. */
function made(size: "4M" | "2M"): Uint8Array {
  const edits = attemptEdits(encodeFirmwareConfig(config), [], { maxVariable: size === "2M" ? 0x2000 : 0x8400 });
  return editVariableStore(createVariableStore(size), [
    global("BootOrder", encodeU16List([1, 2, 3])),
    global("Gone", Uint8Array.of(1)),
    ...edits,
    global("Boot0007", encodeBootOption({ description: "Shell", paths: [shellPath] })),
    global("BootOrder", encodeU16List([7])),
    { kind: "delete", key: { guid: vendorGuids.global, name: "Gone" } },
  ]).bytes;
}

describe.skipIf(missing !== undefined).each(["4M", "2M"] as const)("virt-fw-vars and a %s store made here", (size) => {
  test("reads every variable as it was meant", () => {
    const store = made(size);
    put("made.fd", store);
    virtFwVars("-i made.fd --output-json made.json");
    expect(plain(parseQemuJson(readFileSync(place("made.json"), "utf8")))).toEqual(plain(readVariables(store)));
    expect(readVariables(store)).toHaveLength(6);
  });

  test("writes one in which everything is still there", () => {
    const store = made(size);
    put("made.fd", store);
    virtFwVars("-i made.fd -d BootOrder --set-true SecureBootEnable -o edited.fd");
    const edited = get("edited.fd");
    expect(errorsOf(edited)).toEqual([]);
    const kept = readVariables(edited).filter(({ name }) => name !== "SecureBootEnable");
    expect(plain(kept)).toEqual(plain(readVariables(store).filter(({ name }) => name !== "BootOrder")));
    expect(readVariables(edited).find(({ name }) => name === "SecureBootEnable")?.data).toEqual(Uint8Array.of(1));
    // And what it wrote can be edited here.
    const again = editVariableStore(edited, [global("BootOrder", encodeU16List([7]))]).bytes;
    put("again.fd", again);
    virtFwVars("-i again.fd --output-json again.json");
    expect(plain(parseQemuJson(readFileSync(place("again.json"), "utf8")))).toEqual(plain(readVariables(again)));
  });

  test("takes the JSON export", () => {
    const variables = readVariables(made(size));
    put("export.json", formatQemuJson(variables));
    put("pristine.fd", createVariableStore(size));
    virtFwVars("-i pristine.fd --set-json export.json -o filled.fd");
    expect(plain(readVariables(get("filled.fd")))).toEqual(plain(variables));
    expect(errorsOf(get("filled.fd"))).toEqual([]);
  });
});

describe.skipIf(missing !== undefined || debianStores.length === 0)("virt-fw-vars and Debian's stores", () => {
  const formatted = debianStores.filter((path) => readVariableStore(readFileSync(path)).store);

  test.each(formatted)("%s is read alike", (path) => {
    const whole = new Uint8Array(readFileSync(path));
    put("debian.fd", whole);
    virtFwVars("-i debian.fd --output-json debian.json");
    const theirs = parseQemuJson(readFileSync(place("debian.json"), "utf8"));
    expect(plain(theirs)).toEqual(plain(readVariables(whole)));
  });

  test("keys that it enrolled are read, and kept by an edit", () => {
    put("pristine.fd", createVariableStore("4M"));
    virtFwVars("-i pristine.fd --enroll-redhat --sb -o keys.fd --output-json keys.json");
    const keys = get("keys.fd");
    expect(errorsOf(keys)).toEqual([]);
    const before = readVariables(keys);
    expect(plain(before)).toEqual(plain(parseQemuJson(readFileSync(place("keys.json"), "utf8"))));
    expect(before.map(({ name }) => name)).toEqual(expect.arrayContaining(["PK", "KEK", "db"]));
    const { bytes } = editVariableStore(keys, attemptEdits(encodeFirmwareConfig(config), before));
    const names = new Set(before.map(({ name }) => name));
    expect(plain(readVariables(bytes).filter(({ name }) => names.has(name)))).toEqual(plain(before));
    put("both.fd", bytes);
    virtFwVars("-i both.fd --output-json both.json");
    expect(plain(parseQemuJson(readFileSync(place("both.json"), "utf8")))).toEqual(plain(readVariables(bytes)));
  });
});
