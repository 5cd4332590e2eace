import { copyFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createVariableStore } from "../../src/uefi/store/create-store.ts";
import { runCli } from "../helpers/cli.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-messages-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const put = (name: string, text: string) => {
  writeFileSync(join(scratch, name), text);
  return join(scratch, name);
};
const folder = join(scratch, "folder");
mkdirSync(folder);
const absent = join(scratch, "absent");
const cut = put("cut.json", '{"host": {');
const mistakes = put("mistakes.yaml", "hots: 1\nhost:\n  hostNqn: 3\nssns: x\n");
const words = put("words", "this is not a form that anything reads, and more than thirty-six bytes\n");
const table = "test/vectors/firmware/multipath/NBFT.bin";
const output = join(scratch, "output");

/** Each command that reads a file, with the words around its name. */
const commands: readonly (readonly [words: readonly string[], after?: readonly string[]])[] = [
  [["dump"]],
  [["tables"]],
  [["validate"]],
  [["report"], ["-w", output]],
  [["diff"], [table]],
  [["diff", table]],
  [["repair"], ["--dry-run"]],
  [["explain"]],
  [["plan"]],
  [["network"]],
  [["init"]],
  [["encode"], ["-w", output]],
  [["mutate"], ["-w", output]],
  [["predict"]],
  [["qemu"]],
  [["initrd"], ["-w", output]],
  [["efidisk"], ["-w", output]],
  [["target"]],
  [["verify"]],
  [["vars", "show"]],
  [["vars", "check"]],
  [["attempt", "check"]],
  [["secret", "check"]],
];
const cases = commands.map(([before, after = []]) => ({
  title: [...before, "FILE", ...after.map((word) => (word === output ? "OUT" : word))].join(" "),
  run: (path: string) => runCli([...before, path, ...after]),
}));

describe.each(cases)("nbft $title", ({ run }) => {
  it.each([
    ["a file that is not there", absent],
    ["a folder with nothing in it", folder],
    ["a name without letters", ""],
  ])("names %s", async (_, path) => {
    const { err, code } = await run(path);
    expect(code).toBe(2);
    expect(err.split("\n")[0]).toMatch(`nbft: ${path || "''"}: `);
  });
});

it
  .runIf(process.platform === "linux")
  .each([["encode"], ["verify"], ["vars", "list"], ["attempt", "check"], ["efidisk", "-w", output, "--config"]])(
  "names a file that cannot be read to its end: %s %s",
  async (...words) => {
    const { err, code } = await runCli([...words, "/proc/self/mem"]);
    expect([code, err]).toEqual([2, "nbft: /proc/self/mem: i/o error\n"]);
  },
);

const documents = cases.filter(({ title }) =>
  /^(dump|validate|report|diff|repair|explain|plan|network|init|encode|qemu)/.test(title),
);

describe.each(documents)("nbft $title", ({ run }) => {
  it("shows where a document breaks off", async () => {
    const { err, code } = await run(cut);
    expect([code, err]).toEqual([2, `nbft: ${cut}:1:11: the closing } is missing before this\n`]);
  });

  it("shows every mistake of a document, a line each", async () => {
    const { err, code } = await run(mistakes);
    expect(code).toBe(2);
    expect(err.split("\n").slice(0, 3)).toEqual([
      expect.stringMatching(`^nbft: ${mistakes}:1:1: hots: no such key "hots" in document: did you mean "host"?`),
      `${mistakes}:3:12: host.hostNqn: 3 is wrong: expected text; put it in quotes if it is text`,
      `${mistakes}:4:7: ssns: "x" is wrong: expected a list`,
    ]);
  });
});

it("lists no table where a file is not one", async () => {
  const { out, err, code } = await runCli(["tables", words]);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toMatch(`nbft: ${words}: `);
  const short = await runCli(["tables", put("short", "NBFT")]);
  expect([short.code, short.err]).toEqual([2, `nbft: ${join(scratch, "short")}: 4 bytes: too short for a table\n`]);
});

it.each(["text", "json", "yaml", "ndjson", "hex", "iasl", "dsl", "acpidump", "binary"])(
  "dumps nothing of a file that is not an NBFT as %s",
  async (format) => {
    const { bytes, err, code } = await runCli(["dump", "-o", format, words]);
    expect(code).toBe(2);
    expect(err).toMatch(`nbft: ${words}: `);
    const path = put("SSDT", `SSDT${"\0".repeat(200)}`);
    const raw = await runCli(["dump", "-o", format, path]);
    expect([raw.code, raw.err]).toEqual([2, `nbft: ${path}: not an NBFT: the signature is not NBFT\n`]);
    for (const shown of [bytes, raw.bytes]) expect(["", "[]\n"]).toContain(Buffer.from(shown).toString());
  },
);

describe("a file that is too large to be a text", () => {
  const large = put("large", "");
  truncateSync(large, 600 * 2 ** 20);
  const store = join(scratch, "store.fd");
  writeFileSync(store, createVariableStore("4M"));

  it.each([
    ["vars", "list", large],
    ["vars", "set", store, "--attempts", large],
    ["vars", "import", store, large],
    ["attempt", "check", large],
    ["secret", "check", large],
    ["predict", large],
    ["predict", store, "--facts", large],
    ["efidisk", "-w", output, "--config", large],
  ])("is refused by name: %s %s", async (...argv) => {
    const err = `nbft: ${large}: too large to be read (more than 512 MiB): is it the file that was meant?\n`;
    expect(await runCli(argv)).toMatchObject({ code: 2, out: "", err });
  });

  it("is refused where Node.js itself would, by every command", async () => {
    const larger = put("larger", "");
    truncateSync(larger, 3 * 2 ** 30);
    const table = put("table", "");
    copyFileSync("test/vectors/firmware/multipath/NBFT.bin", table);
    truncateSync(table, 3 * 2 ** 30);
    const words = "too large to be read (more than 2 GiB): is it the file that was meant?";
    expect((await runCli(["verify", larger])).err).toBe(`nbft: ${larger}: ${words}\n`);
    expect((await runCli(["dump", table])).err).toBe(`nbft: ${table}: ${words}\n`);
  });
});
