import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createVariableStore } from "../../src/uefi/store/create-store.ts";
import { editVariableStore } from "../../src/uefi/store/edit-store.ts";
import { buildCli } from "../helpers/program.ts";

const folder = mkdtempSync(join(tmpdir(), "nbft-kill-"));

/** Kills the program at its n-th call that changes the file system; a write is cut in half first. */
const killer = `
const fs = require("node:fs");
let left = Number(process.env.KILL_AT);
for (const name of ["openSync", "writeSync", "fsyncSync", "closeSync", "renameSync", "unlinkSync"]) {
  const call = fs[name];
  fs[name] = (...args) => {
    if (name === "writeSync" && args[0] < 3) return call(...args);
    if (--left === 0) {
      if (name === "writeSync") call(args[0], args[1].subarray(args[2] ?? 0, (args[2] ?? 0) + 1000));
      process.kill(process.pid, "SIGKILL");
    }
    return call(...args);
  };
}`;

beforeAll(async () => {
  await buildCli(join(folder, "nbft.cjs"));
  writeFileSync(join(folder, "killer.cjs"), killer);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;
const variable = {
  guid: "8be4df61-93ca-11d2-aa0d-00e098032b8c",
  name: "Timeout",
  attributes: 7,
  data: Uint8Array.of(5, 0),
};

describe("a program that is killed", () => {
  test.each([
    { name: "with a backup", options: [] },
    { name: "without one", options: ["--no-backup"] },
  ])("$name, at any step of an edit, leaves the old store or the new one", ({ options }) => {
    const before = createVariableStore("2M");
    const after = editVariableStore(before, [{ kind: "set", variable }]).bytes;
    const path = join(folder, "vars.fd");
    const outcomes = { old: 0, new: 0 };
    for (let at = 1; ; at++) {
      expect(at).toBeLessThan(50);
      for (const name of readdirSync(folder)) if (name.includes("vars.fd")) rmSync(join(folder, name));
      writeFileSync(path, before);
      const words = ["vars", "set", path, "Timeout", "--value", "5", ...options];
      const { status, signal, stderr } = spawnSync(
        process.execPath,
        ["--require", join(folder, "killer.cjs"), join(folder, "nbft.cjs"), ...words],
        {
          env: { ...process.env, KILL_AT: String(at) },
          encoding: "utf8",
        },
      );
      const found = readFileSync(path);
      expect(same(found, before) || same(found, after)).toBe(true);
      for (const name of readdirSync(folder)) {
        if (name === "vars.fd.bak") expect(same(readFileSync(join(folder, name)), before)).toBe(true);
      }
      if (signal === null) {
        expect({ status, stderr, changed: same(found, after) }).toEqual({ status: 0, stderr: "", changed: true });
        break;
      }
      outcomes[same(found, before) ? "old" : "new"]++;
    }
    // Kills came before the rename; the rename is the only step that changes the store.
    expect(outcomes.old).toBeGreaterThan(3);
  });
});
