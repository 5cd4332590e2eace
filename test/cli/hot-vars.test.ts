import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { run as edit } from "../../src/cli/hot/vars-edit.ts";
import { varsRequest } from "../../src/cli/hot/vars-request.ts";
import { run as show } from "../../src/cli/hot/vars-show.ts";
import { encodeDmpstore } from "../../src/uefi/files/dmpstore.ts";
import { formatQemuJson } from "../../src/uefi/files/qemu-json.ts";
import { vendorGuids } from "../../src/uefi/guids.ts";
import { createVariableStore } from "../../src/uefi/store/create-store.ts";
import { editVariableStore } from "../../src/uefi/store/edit-store.ts";
import type { Variable } from "../../src/uefi/variable.ts";
import { type CliResult, keepingIo, runCli } from "../helpers/cli.ts";

const root = resolve(import.meta.dirname, "../..");
const config = join(root, "examples/attempt-dual-path.config");
const folder = mkdtempSync(join(tmpdir(), "nbft-hot-vars-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const firmware = (file: string) => readFileSync(join(root, "test/vectors/firmware/multipath", file));
const variables: readonly Variable[] = [
  { guid: vendorGuids.nvmeof, name: "NvmeofGlobalData", attributes: 3, data: firmware("NvmeofGlobalData.bin") },
  {
    guid: vendorGuids.nvmeof,
    name: "Nvmeof_Attemptconfig",
    attributes: 3,
    data: firmware("Nvmeof_Attemptconfig.bin"),
  },
  { guid: vendorGuids.global, name: "Timeout", attributes: 7, data: Uint8Array.of(3, 0) },
  { guid: vendorGuids.vlan, name: "525400123456", attributes: 3, data: Uint8Array.of(10, 0) },
  { guid: vendorGuids.ip6config, name: "525400123456", attributes: 3, data: new Uint8Array(4) },
  { guid: vendorGuids.global, name: "db", attributes: 0x27, data: Uint8Array.of(1) },
];
const empty = createVariableStore("2M");
const flash = editVariableStore(
  empty,
  variables.map((variable) => ({ kind: "set", variable })),
).bytes;
const contents: Readonly<Record<string, Uint8Array>> = {
  "flash.fd": flash,
  "empty.fd": empty,
  "blank.fd": new Uint8Array(131072).fill(0xff),
  "vars.json": Buffer.from(formatQemuJson(variables)),
  "vars.dmp": encodeDmpstore(variables),
  "short.fd": flash.subarray(0, 70000),
  "text.fd": Buffer.from("no store"),
};
const stores = Object.keys(contents);

const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Every result of a command line: what it printed, and the files that it left. */
interface Outcome extends CliResult {
  readonly files: Readonly<Record<string, string>>;
}

/** Runs a command line with the stores as they were. */
async function outcome(run: () => Promise<CliResult | undefined>): Promise<Outcome | undefined> {
  for (const name of stores) {
    const path = join(folder, name);
    if (!existsSync(path) || !readFileSync(path).equals(contents[name]!)) writeFileSync(path, contents[name]!);
    rmSync(`${path}.bak`, { force: true });
  }
  const out = join(folder, "out.fd");
  rmSync(out, { force: true });
  const result = await run();
  const files = [...stores.flatMap((name) => [name, `${name}.bak`]), "out.fd"]
    .map((name) => [name, join(folder, name)] as const)
    .filter(([, path]) => existsSync(path))
    .map(([name, path]) => [name, digest(readFileSync(path))] as const);
  return result && { ...result, files: Object.fromEntries(files) };
}

/** What the short way prints; undefined where it leaves the command line to commander. */
async function runShort(argv: readonly string[]): Promise<CliResult | undefined> {
  const request = varsRequest(argv);
  if (!request) return undefined;
  const { io, chunks, result } = keepingIo();
  if (!{ "vars-edit": edit, "vars-show": show }[request.bundle](request, io)) {
    expect([chunks, result().err, io.exitCode]).toEqual([[], "", 0]);
    return undefined;
  }
  return result();
}

type Action = readonly [string, ...string[]];

/** Done in the short way, at least for sound stores. */
const plain: readonly Action[] = [
  ["list"],
  ["list", "-a", "-o", "json"],
  ["show"],
  ["show", "-o", "json"],
  ["show", "-o", "config"],
  ["show", "--host-id", "rfc4122", "--output-format", "config"],
  ["show", "--left-over", "NvmeofGlobalData"],
  ["show", "525400123456", "--guid", "vlan"],
  ["set", "Timeout", "--value", "9"],
  ["set", "Timeout", "--value", "3"],
  ["set", "Timeout", "--hex", "0900", "--attributes", "NV+BS", "--no-backup"],
  ["set", "BootOrder", "--value", "0001,0002", "-o", "OUT"],
  ["set", "Mine", "--guid", "8be4df61-93ca-11d2-aa0d-00e098032b8d", "--data", config],
  ["set", "db", "--hex", "00", "-f"],
  ["set", "db", "--hex", "00"],
  ["set", "525400123456", "-g", "vlan", "--value", "10,20:5"],
  ["set", "525400123456", "-g", "ip6config", "--value", "automatic"],
  ["set", "--attempts", config],
  ["set", "--attempts", config, "--no-companions", "--host-id", "rfc4122"],
  ["delete", "Timeout"],
  ["delete", "Timeout", "NvmeofGlobalData", "--output", "OUT"],
  ["delete", "Lang"],
  ["compact"],
];

/** Left to the whole program, which refuses all but the last. */
const left: readonly Action[] = [
  ["show", "NoSuch"],
  ["set", "Timeout", "--value", "never"],
  ["set", "Mine", "--hex", "00"],
  ["set", "--attempts", join(root, "examples/attempt-mistakes.config")],
  ["delete", "525400123456"],
  ["set", "--attempts", join(root, "examples/vlan.yaml")],
];

/** Options and names behind the store; for one store also before it. */
function commandLines([action, ...words]: readonly [string, ...string[]], store: string): string[][] {
  const rest = words.map((word) => (word === "OUT" ? join(folder, "out.fd") : word));
  const options = rest[0]?.startsWith("-") && store.endsWith("flash.fd") ? [["vars", action, ...rest, store]] : [];
  return [["vars", action, store, ...rest], ...options];
}

describe("plain work on variable stores", () => {
  it.each([...plain, ...left].map((action) => [action.join(" ").replaceAll(root, "."), action] as const))(
    "%s does and prints what commander's route does, or leaves it alone",
    async (_, action) => {
      let done = 0;
      for (const name of stores)
        for (const argv of commandLines(action, join(folder, name))) {
          const short = await outcome(() => runShort(argv));
          const long = await outcome(() => runCli(argv));
          if (short) {
            done++;
            expect(short, argv.join(" ")).toEqual(long);
          } else {
            await expectUntouched(argv);
            // What it cannot do fails there too, except for a boot description, which it does not read.
            if (!argv.some((word) => word.endsWith(".yaml"))) expect(long!.code, argv.join(" ")).toBe(2);
          }
        }
      expect(done > 0).toBe(plain.includes(action));
    },
  );

  async function expectUntouched(argv: readonly string[]): Promise<void> {
    const left = await outcome(async () => {
      await runShort(argv);
      return { out: "", bytes: new Uint8Array(), err: "", code: 0 };
    });
    expect(Object.keys(left!.files).sort()).toEqual([...stores].sort());
    for (const name of stores) expect(left!.files[name]).toBe(digest(contents[name]!));
  }

  it.each([
    [],
    ["list"],
    ["list", "-"],
    ["list", ""],
    ["list", "a", "b"],
    ["list", "a", "-o"],
    ["list", "a", "-o", "xml"],
    ["list", "a", "-ojson"],
    ["list", "a", "--output-format=json"],
    ["list", "--help"],
    ["list", "a", "--force"],
    ["show", "a", "--host-id", "other"],
    ["show", "a", "-g", ""],
    ["set", "a"],
    ["set", "a", "Timeout", "--attempts", "b"],
    ["set", "a", "Timeout", "Lang"],
    ["set", "a", "--attempts", "-"],
    ["set", "a", "Boot0001", "--path", "HD(1)"],
    ["set", "a", "Timeout", "--value", "-1"],
    ["delete", "a"],
    ["compact", "a", "b"],
    ["create", "a"],
    ["check", "a"],
    ["constructor", "a"],
    ["list", "a", "constructor"],
  ])("leaves vars %s %s %s %s %s to commander", (...words: string[]) => {
    expect(varsRequest(["vars", ...words])).toBeUndefined();
  });

  it("knows no other command", () => {
    expect(varsRequest([])).toBeUndefined();
    expect(varsRequest(["dump", "list", "a"])).toBeUndefined();
  });

  it("chooses the bundle by what it needs", () => {
    expect(varsRequest(["vars", "list", "a"])?.bundle).toBe("vars-edit");
    expect(varsRequest(["vars", "show", "a"])?.bundle).toBe("vars-show");
    expect(varsRequest(["vars", "set", "a", "--attempts", "b"])?.bundle).toBe("vars-show");
  });
});
