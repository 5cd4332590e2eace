import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { dumpRows } from "../../src/cli/dump/options.ts";
import { dumpRequest, plainFormats } from "../../src/cli/dump/request.ts";
import type { OptionRow } from "../../src/cli/options/rows.ts";
import { type CliResult, keepingIo, runByCommander, timeless } from "../helpers/cli.ts";
import { allTables, table, writeTablesFolder } from "../helpers/vectors.ts";

const made = "test/vectors/nbft/made";
const bad = "test/vectors/nbft/made-bad";
const scratch = mkdtempSync(join(tmpdir(), "nbft-plain-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const folder = join(scratch, "tables");
// One file of them is no table: it is reported, and the others are shown.
writeTablesFolder(folder);
const large = join(scratch, "large");
mkdirSync(large);
for (let i = 0; i < 120; i++) writeFileSync(join(large, `NBFT${i}`), table("L01"));

/** What the plain way prints; undefined where it leaves the command line to commander. */
async function runPlain(argv: readonly string[], tty: boolean): Promise<CliResult | undefined> {
  const request = dumpRequest(argv);
  if (!request) return undefined;
  const { io, chunks, result } = keepingIo({ tty });
  const { run } = await request.load();
  if (!run(request, io)) {
    expect([chunks, result().err, io.exitCode]).toEqual([[], "", 0]);
    return undefined;
  }
  return result();
}

const sources = [
  [`${made}/L13-security-3`],
  [`${made}/L02-min-v11-spec`, `${bad}/S17-bad-utf8`],
  [`${bad}/S23-255-ssns-x-heap-sized-list`],
  [folder],
  [`${folder}/`, `${made}/L01-min-v10-edk2`],
  [large],
];
const switches = [
  [],
  ["-s"],
  ["-H", "--discovery"],
  ["--show-secrets"],
  ["--color", "always"],
  ["--color", "never", "-d"],
];

describe("the plain dump", () => {
  it.each(
    Object.keys(plainFormats).flatMap((format) => [["-o", format] as const, ["--output-format", format] as const]),
  )("prints with %s %s what commander's way prints, whatever the options", async (option, format) => {
    for (const [i, files] of sources.entries())
      for (const [k, extra] of switches.entries()) {
        // Options before and after the sources, on a terminal and not.
        const tty = (i + k) % 2 === 0;
        const argv = ["dump", option, format, ...extra, ...files];
        if (k % 2 === 0) argv.push(...argv.splice(1, 2 + extra.length));
        const plain = await runPlain(argv, tty);
        expect(plain, argv.join(" ")).toBeDefined();
        expect(timeless(plain!), argv.join(" ")).toEqual(timeless(await runByCommander(argv, { tty })));
      }
  });

  it.each(allTables.filter(({ bytes }) => bytes.length >= 128).map(({ path }) => [path]))(
    "shows %s as commander's way does",
    async (path) => {
      for (const format of Object.keys(plainFormats)) {
        const argv = ["dump", "-o", format, path];
        expect(timeless((await runPlain(argv, false))!)).toEqual(timeless(await runByCommander(argv)));
      }
      expect(await runPlain(["dump", path], true)).toEqual(await runByCommander(["dump", path], { tty: true }));
    },
  );

  it.each([
    [],
    ["--help"],
    ["help", "dump"],
    ["dump"],
    ["dump", "-"],
    ["dump", "--help", `${made}/L13-security-3`],
    ["dump", "-sH", `${made}/L13-security-3`],
    ["dump", "-ojson", `${made}/L13-security-3`],
    ["dump", "-o", "xml", `${made}/L13-security-3`],
    ["dump", "-o", "hex", `${made}/L13-security-3`],
    ["dump", `${made}/L13-security-3`, "-o"],
    ["dump", "--color", "sometimes", `${made}/L13-security-3`],
    ["dump", "--nbft-path", made, `${made}/L13-security-3`],
    ["dump", "--", `${made}/L13-security-3`],
    ["dump", ""],
    ["dump", join(scratch, "nothing")],
    ["dump", `${made}/L13-security-3`, join(scratch, "nothing")],
    ["dump", scratch],
    ["dump", "package.json"],
    ["dump", "/dev/null"],
    ["dumps", `${made}/L13-security-3`],
    ["dump", ...new Array<string>(17).fill(`${made}/L13-security-3`)],
  ])("leaves the rest to commander, with nothing printed: %s %s %s %s", async (...argv: string[]) => {
    expect(await runPlain(argv, false)).toBeUndefined();
  });

  it("knows every option that commander knows by the same table, and gives it the same value", () => {
    const rows: readonly OptionRow[] = dumpRows;
    const lines = rows.flatMap(({ flags, choices, parse }) =>
      flags.split(", ").map((flag) => [flag.split(" ")[0]!, choices?.[0], parse] as const),
    );
    expect(lines.length).toBeGreaterThan(10);
    for (const [flag, choice, parse] of lines) {
      const argv = ["dump", "a", flag, ...(choice === undefined ? [] : [choice])];
      expect(dumpRequest(argv)?.sources, argv.join(" ")).toEqual(parse ? undefined : ["a"]);
    }
    expect(dumpRequest(["dump", "a", "-o", "json", "--show-secrets"])?.options).toEqual({
      outputFormat: "json",
      iaslStyle: "new",
      acpidumpStyle: "acpica",
      color: "auto",
      showSecrets: true,
    });
  });

  it("sums up a large run on standard error, and shows its progress on a terminal only", async () => {
    const { err, out } = (await runPlain(["dump", "-o", "ndjson", large], false))!;
    expect(out.split("\n")).toHaveLength(121);
    expect(err).toMatch(/^nbft: 120 tables in \d+\.\d\d s, 0 not read; slowest \S+large\/NBFT\d+ \(\d+\.\d ms\)\n$/);
    expect((await runByCommander(["dump", "-o", "ndjson", folder])).err.split("\n")).toHaveLength(2);
  });
});
