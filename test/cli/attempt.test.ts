import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseBootDescription } from "../../src/boot/parse.ts";
import { decodeDmpstore } from "../../src/uefi/files/dmpstore.ts";
import { runCli } from "../helpers/cli.ts";

const root = resolve(import.meta.dirname, "../..");
const example = (name: string) => join(root, "examples", name);
const sound = readFileSync(example("attempt-dual-path.config"), "utf8");
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nbft-attempt-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const attempt = (...words: string[]) => runCli(["attempt", ...words]);

describe("attempt check", () => {
  it.each([
    ["stored", sound, 0],
    ["rejected", sound.replace("Enabled", "enabled"), 1],
    ["hang", sound.replace("$Start\n", "$Start\n   # four\n"), 1],
  ])("%s: JSON with verdict and findings, exit code", async (result, text, code) => {
    const found = await runCli(["attempt", "check", "-", "-o", "json"], { stdin: text });
    expect(found.code).toBe(code);
    const { firmware, findings } = JSON.parse(found.out);
    expect(firmware.result).toBe(result);
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings) {
      expect(Object.keys(finding)).toEqual(
        expect.arrayContaining(["rule", "name", "severity", "path", "offset", "length", "line", "column", "message"]),
      );
    }
    expect("stored" in firmware).toBe(result === "stored");
  });

  it("lists 1,024 findings of a rule, counts all, and says in every format how many it does not list", async () => {
    const stdin = sound.replace("$Start\n", `$Start\n${"x\n".repeat(2000)}`);
    const check = async (format: string) => (await runCli(["attempt", "check", "-", "-o", format], { stdin })).out;
    const { findings } = JSON.parse(await check("json")) as { findings: { rule: string; more?: number }[] };
    const same = findings.filter(({ rule }) => rule === "A003");
    expect(same).toHaveLength(1024);
    expect(same.filter(({ more }) => more !== undefined)).toEqual([same.at(-1)]);
    expect(same.at(-1)!.more).toBe(976);
    const text = await check("text");
    expect(text).toContain("2000 errors");
    expect(text).toContain("and 1990 more (-o json has the first 1024)");
    for (const format of ["ndjson", "sarif", "github", "junit"])
      expect((await check(format)).split("976 more findings of A003 are not listed")).toHaveLength(2);
  });

  it("says where the firmware stops", async () => {
    const { out } = await runCli(["attempt", "check", "-"], {
      stdin: sound.replace("$Start\n", "$Start\n   # four\n"),
    });
    expect(out).toMatch(/^-: the firmware hangs at line 4\n[\s\S]*\nerror {3}A005 comment-column: 4:4: /);
  });

  it("a file that would not be stored fails even when its errors are switched off", async () => {
    const text = sound.replace("Enabled", "enabled");
    const { code, out } = await runCli(["attempt", "check", "-", "--off", "A007,A104,A120"], { stdin: text });
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining("no findings") });
  });

  it("has a test report that fails where the firmware would not store the file", async () => {
    const report = async (text: string) =>
      (await runCli(["attempt", "check", "-", "-o", "junit", "--only", "A007"], { stdin: text })).out;
    expect(await report(sound)).toContain('tests="1" failures="0"');
    const { out } = await runCli(["attempt", "check", "-", "-o", "junit", "--off", "A007,A104,A120"], {
      stdin: sound.replace("Enabled", "enabled"),
    });
    expect(out).toMatch(
      /failures="1"[^>]*>\n +<testcase classname="firmware" name="stores">\n +<failure message="the firmware stores nothing/,
    );
  });

  it("--fail-on and --only choose", async () => {
    expect((await attempt("check", example("attempt-dual-path.config"))).code).toBe(0);
    expect((await attempt("check", example("attempt-dual-path.config"), "--fail-on", "warning")).code).toBe(1);
    expect(
      (await attempt("check", example("attempt-dual-path.config"), "--fail-on", "warning", "--only", "a001")).code,
    ).toBe(0);
  });

  it("exits 2 for a file that cannot be read, 1 for one that is no Config", async () => {
    expect((await attempt("check", join(folder, "nothing"))).code).toBe(2);
    expect((await attempt("check", join(root, "LICENSE"))).code).toBe(1);
    expect((await runCli(["attempt", "check", "-"], { stdin: new Uint8Array() })).code).toBe(1);
  });

  it("refuses what is not a Config, and names what checks it", async () => {
    const store = join(folder, "store.fd");
    await runCli(["vars", "create", store, "--attempts", "examples/static.yaml"]);
    for (const [file, what] of [
      [store, `a variable store, not a Config: nbft vars check ${store} checks it and its attempts`],
      [
        "examples/static.yaml",
        "a boot description, not a Config: nbft attempt convert -o config examples/static.yaml -w Config makes one",
      ],
      [
        "test/vectors/firmware/multipath/NBFT.bin",
        "a table, not a Config: nbft validate test/vectors/firmware/multipath/NBFT.bin checks it",
      ],
      [
        "test/vectors/forms/show-3.1-multipath.json",
        "a table, not a Config: nbft validate test/vectors/forms/show-3.1-multipath.json checks it",
      ],
      ["examples/table.yaml", "a table, not a Config: nbft validate examples/table.yaml checks it"],
    ])
      expect(await runCli(["attempt", "check", file!])).toEqual(
        expect.objectContaining({ out: "", err: `nbft: ${file}: ${what}\n`, code: 2 }),
      );
  });

  it("efidisk refuses the same, and a table's document stands for no attempts", async () => {
    const disk = join(folder, "disk.img");
    expect(await runCli(["efidisk", "--config", "examples/static.yaml", "-w", disk])).toMatchObject({
      code: 2,
      err: "nbft: examples/static.yaml: a boot description, not a Config: nbft attempt convert -o config examples/static.yaml -w Config makes one\n",
    });
    for (const argv of [["predict"], ["vars", "create", join(folder, "made.fd"), "--attempts"]])
      expect(await runCli([...argv, "examples/table.yaml"])).toMatchObject({
        code: 2,
        err: "nbft: examples/table.yaml: a table: a store, a Config or a boot description is needed; nbft init examples/table.yaml -w boot.yaml makes one\n",
      });
  });

  it("a kernel log is no store", async () => {
    const log = join(folder, "dmesg.txt");
    writeFileSync(log, `${"[    0.000000] ACPI: NBFT 0x000000007F7E3000\n".repeat(4)}`);
    expect((await attempt("check", log)).out).toContain("the firmware stores nothing");
    expect((await runCli(["vars", "list", log])).err).toBe(
      `nbft: ${log}: not a variable store: there is no firmware volume header\n`,
    );
  });

  it("says for programs what it found, where the message does", async () => {
    const { out } = await runCli(["attempt", "check", "examples/attempt-mistakes.config", "-o", "json"]);
    const found = JSON.parse(out).findings.map(({ rule, found }: { rule: string; found?: string }) => [rule, found]);
    expect(found).toContainEqual(["A107", "ea:eb:d3:58:89:58"]);
    expect(found).toContainEqual(["A106", "14420"]);
  });

  it("escapes what the text holds", async () => {
    const { out } = await runCli(["attempt", "check", "-"], { stdin: sound.replace("NQN:", "N\u001bQN:") });
    expect(out).not.toContain("\u001b");
    expect(out).toContain("N\\x1bQN");
  });
});

describe("forms of a report", () => {
  const mistakes = example("attempt-mistakes.config");

  it("SARIF names the line, and describes the rules", async () => {
    const { out, code } = await attempt("check", mistakes, "-o", "sarif");
    expect(code).toBe(1);
    const [run] = JSON.parse(out).runs;
    const result = run.results.find(({ ruleId }: { ruleId: string }) => ruleId === "A106");
    expect(result.locations[0].physicalLocation.region).toMatchObject({ startLine: 7, startColumn: 12 });
    expect(run.tool.driver.rules[result.ruleIndex]).toMatchObject({ id: "A106", name: "target-port-digits" });
  });

  it("GitHub annotations point at the line", async () => {
    expect((await attempt("check", mistakes, "-o", "github")).out).toMatch(
      /^::error file=.*,line=4,col=4,title=A005 comment-column::/,
    );
  });

  it("one JSON object a line", async () => {
    const lines = (await attempt("check", mistakes, "-o", "ndjson")).out.trim().split("\n");
    expect(lines.map((line) => JSON.parse(line).rule)).toContain("A005");
  });

  it("rules are chosen by code, name or letter", async () => {
    const only = async (word: string) =>
      JSON.parse((await attempt("check", mistakes, "-o", "json", "--only", word)).out).findings.length;
    expect([await only("A106"), await only("target-port-digits"), (await only("A")) > 5]).toEqual([1, 1, true]);
    expect((await attempt("check", mistakes, "--only", "Z")).code).toBe(2);
  });
});

describe("attempt format", () => {
  it("shows 64 findings of a rule, and says how many more there are, as efidisk does", async () => {
    const file = join(folder, "Config");
    const write = (count: number) =>
      writeFileSync(file, sound.replace("$Start\n", `$Start\n${"Key:x\n".repeat(count)}`));
    const errors = async (...words: string[]) =>
      (await runCli(words)).err.split("\n").filter((line) => line.includes("A006"));
    for (const words of [
      ["attempt", "format", file],
      ["efidisk", "--config", file, "-w", join(folder, "disk.img")],
    ]) {
      write(64);
      expect(await errors(...words)).toHaveLength(64);
      write(70);
      const shown = await errors(...words);
      expect(shown).toHaveLength(65);
      expect(shown.at(-1)).toMatch(/Config: 6 more of A006: nbft attempt check -o json lists more$/);
    }
    const { out } = await attempt("check", "-o", "json", file);
    const { findings } = JSON.parse(out) as { findings: { rule: string }[] };
    expect(findings.filter(({ rule }) => rule === "A006")).toHaveLength(70);
  });

  it("shows the beginning of what the firmware prints for very many unknown keys", async () => {
    const { out } = await runCli(["attempt", "check", "-"], {
      stdin: sound.replace("$Start\n", "$Start\nKey:x\n".repeat(99)),
    });
    expect(out.split("\n")[0]).toMatch(
      /^-: the firmware stores nothing: The tag Key .{990,1024}… \(\d{4} more characters\)$/,
    );
  });

  it("leaves a canonical text as it is", async () => {
    expect((await attempt("format", example("attempt-dual-path.config"))).out).toBe(sound);
  });

  it("writes another one canonically", async () => {
    const untidy = sound
      .replace(/\n/g, "\r\n")
      .replace("HostId:", "  hostid :  ")
      .replace("$Start", "# first\r\n$START")
      .replace("TargetPort:4420", "TARGETPORT: 04420");
    expect((await runCli(["attempt", "format", "-"], { stdin: untidy })).out).toBe(sound);
  });

  it("refuses what the firmware would not store", async () => {
    const { code, err, out } = await attempt("format", example("attempt-mistakes.config"));
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("A005");
  });
});

describe("attempt convert", () => {
  it("to a boot description and back", async () => {
    const file = join(folder, "boot.yaml");
    expect((await attempt("convert", example("attempt-dual-path.config"), "-o", "boot", "-w", file)).code).toBe(0);
    expect(parseBootDescription(readFileSync(file, "utf8")).attempts).toHaveLength(2);
    expect((await attempt("convert", file, "-o", "config")).out).toBe(sound);
  });

  it("says what the firmware cannot do of a boot description", async () => {
    const source = join(folder, "boot.yaml");
    const boot = readFileSync(example("chap.yaml"), "utf8");
    writeFileSync(
      source,
      boot.replace("20:4420", "20:14420").replace("    security:", "    digests: {header: true}\n    security:"),
    );
    const { err } = await attempt("convert", source, "-o", "config");
    expect(err.split("\n")).toEqual([
      `nbft: ${source}: attempts[0]: the firmware connects without the digests of target0`,
      `nbft: ${source}: attempts[0]: the firmware connects without the security of target0`,
      `nbft: ${source}: error A106: TargetPort 14420 has five digits: the driver connects to port 1442`,
      "",
    ]);
  });

  it("to JSON", async () => {
    const config = JSON.parse((await attempt("convert", example("attempt-dual-path.config"), "-o", "json")).out);
    expect(config.attempts[1]).toMatchObject({ macString: "EA:EB:D3:59:89:59", targetPort: 4420 });
  });

  it("to a dmpstore file, with the variables that the attempts need", async () => {
    const { bytes } = await attempt("convert", example("vlan.yaml"), "-o", "dmpstore");
    expect(decodeDmpstore(bytes).map(({ name }) => name)).toEqual([
      "Nvmeof_Attemptconfig",
      "NvmeofGlobalData",
      "EAEBD3588958",
    ]);
  });

  it("from every kind of source", async () => {
    const dump = join(folder, "vars.dmp");
    const flash = join(folder, "vars.fd");
    const list = join(folder, "vars.json");
    await attempt("convert", example("attempt-dual-path.config"), "-o", "dmpstore", "-w", dump);
    await runCli(["vars", "create", flash, "--attempts", dump]);
    await runCli(["vars", "export", flash, "-w", list]);
    for (const file of [dump, flash, list]) expect((await attempt("format", file)).out).toBe(sound);
  });

  it("UTF-16 too", async () => {
    const file = join(folder, "Config");
    writeFileSync(file, Buffer.concat([Uint8Array.of(0xff, 0xfe), Buffer.from(sound, "utf16le")]));
    expect((await attempt("format", file)).out).toBe(sound);
  });

  it("a store without attempts, and a missing form, are refused", async () => {
    const flash = join(folder, "vars.fd");
    await runCli(["vars", "create", flash]);
    expect((await attempt("format", flash)).code).toBe(2);
    expect((await attempt("convert", example("vlan.yaml"))).code).toBe(2);
  });
});
