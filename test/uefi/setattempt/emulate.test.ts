import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nvmeofAttemptConfig } from "../../../src/uefi/nvmeof/attempt-config.ts";
import { nvmeofGlobalData } from "../../../src/uefi/nvmeof/global-data.ts";
import { clearLeftOver } from "../../../src/uefi/nvmeof/left-over.ts";
import { runSetattempt } from "../../../src/uefi/setattempt/emulate.ts";
import { bytesOf, firmwareCases, setattemptCases, sharedVectors } from "../vectors.ts";

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const clean = (lines: readonly string[]) => lines.map((line) => line.trim());

describe("what the real firmware did with a text", () => {
  test.each(setattemptCases)("$name: $result", ({ config, result, console, globalData, attempts }) => {
    const run = runSetattempt(latin1(config));
    expect(run.result).toBe(result);
    // What else happens then depends on memory that the text does not fill.
    if (run.unknowns.length > 0) return;
    expect(clean(run.console)).toEqual(clean(console));
    if (!globalData || !attempts) return;
    expect(clearLeftOver(nvmeofGlobalData, run.variables!.globalData)).toEqual(bytesOf(globalData, 754));
    expect(clearLeftOver(nvmeofAttemptConfig, run.variables!.attempts)).toEqual(bytesOf(attempts, 11952));
  });

  test("few cases depend on more than their text", () => {
    const open = setattemptCases.filter(({ config }) => runSetattempt(latin1(config)).unknowns.length > 0);
    expect(open.map(({ name }) => name).sort()).toEqual(
      "bomcomment eight_late nine_mac nine_nomac nocolonfirst startblank tguidbad twelve utf16be".split(" "),
    );
  });

  test("there are cases of all three kinds", () => {
    const count = (wanted: string) => setattemptCases.filter(({ result }) => result === wanted).length;
    expect([count("stored") > 80, count("rejected") > 20, count("hang") > 8]).toEqual([true, true, true]);
  });
});

describe("the variables that the real firmware stored", () => {
  test.each(firmwareCases())("$name", ({ config, globalData, attempts }) => {
    const run = runSetattempt(config);
    expect(run.result).toBe("stored");
    expect(clearLeftOver(nvmeofGlobalData, run.variables!.globalData)).toEqual(
      clearLeftOver(nvmeofGlobalData, globalData),
    );
    // These were written with as many records as there are attempts.
    const cut = run.variables!.attempts.subarray(0, attempts.length);
    expect(clearLeftOver(nvmeofAttemptConfig, cut)).toEqual(clearLeftOver(nvmeofAttemptConfig, attempts));
  });
});

describe.skipIf(sharedVectors === undefined)("further vectors, named by NBFT_VECTORS", () => {
  const folder = (name: string) => join(sharedVectors ?? "", "ovmf", name);
  const names = (path: string) => (existsSync(path) ? readdirSync(path) : []);

  test.each(names(folder("setattempt")))("setattempt/%s, left-over bytes included", (name) => {
    const path = join(folder("setattempt"), name);
    const run = runSetattempt(new Uint8Array(readFileSync(join(path, "Config"))));
    expect(run.variables!.globalData).toEqual(new Uint8Array(readFileSync(join(path, "NvmeofGlobalData.bin"))));
    expect(run.variables!.attempts).toEqual(new Uint8Array(readFileSync(join(path, "Nvmeof_Attemptconfig.bin"))));
  });

  test.each(names(folder("grammar")))("grammar/%s", (name) => {
    const path = join(folder("grammar"), name);
    const expected = JSON.parse(readFileSync(join(path, "result.json"), "utf8"));
    const run = runSetattempt(new Uint8Array(readFileSync(join(path, "Config"))));
    expect(run.result).toBe(expected.result);
    if (expected.result !== "hang") expect(clean(run.console)).toEqual(expected.console);
  });
});

describe("what a text does to the tool's memory", () => {
  const head =
    "HostNqn:nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890\nHostId:f8131bac-cdef-4165-866b-5998c1e67890\n";

  test("a text field keeps what the line buffer held after the value", () => {
    const run = runSetattempt(latin1(`${head}AttemptName:A1\n$End\n`));
    const name = run.variables!.attempts.subarray(5, 17);
    expect(String.fromCharCode(...name)).toBe("A1\u0000-cdef-416");
  });

  test("an IPv4 address may have leading zeros, and is decimal", () => {
    const run = runSetattempt(latin1(`${head}LocalIp:010.00.0.08\n$End\n`));
    expect([...run.variables!.attempts.subarray(165, 169)]).toEqual([10, 0, 0, 8]);
  });

  test("an IPv4 address over an IPv6 one leaves its last twelve bytes", () => {
    const run = runSetattempt(latin1(`${head}LocalIp:fec0::1\nLocalIp:10.0.0.1\n$End\n`));
    expect(Buffer.from(run.variables!.attempts.subarray(165, 181)).toString("hex")).toBe(
      "0a000001000000000000000000000001",
    );
  });

  test("256 $End count as none", () => {
    expect(runSetattempt(latin1(`${head}${"$End\n".repeat(256)}`)).attemptCount).toBe(0);
  });

  test("a line without a colon depends on what the stack held when nothing longer came before", () => {
    expect(runSetattempt(latin1("x\n")).unknowns).toHaveLength(1);
    expect(runSetattempt(latin1(`${"#".padEnd(300, "x")}\nx\n`))).toMatchObject({ result: "hang", unknowns: [] });
  });
});

test("any bytes give a verdict, without an exception and without changing the input", () => {
  const piece = fc.oneof(
    fc.constantFrom("$Start\n", "$End\n", "$End \n", "NQN:x\n", "#\n", "a\n", ":\n", "\r", "\0", "HostId:", "LocalIp:"),
    fc.string({ maxLength: 600 }),
  );
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 2000 }),
    fc.array(piece, { maxLength: 300 }).map((all) => latin1(all.join(""))),
  );
  fc.assert(
    fc.property(bytes, (input) => {
      const copy = input.slice();
      const { result, variables } = runSetattempt(input);
      expect(["stored", "rejected", "hang"]).toContain(result);
      if (result === "stored") expect(variables!.globalData[228]).not.toBe(0);
      expect(input).toEqual(copy);
    }),
    { numRuns: 500 },
  );
});
