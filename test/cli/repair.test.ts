import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readNbft } from "../../src/nbft/read/read.ts";
import { runCli } from "../helpers/cli.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-repair-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const source = "test/vectors/nbft/made/L10-ssns-no-secondary";
const swapped = "test/vectors/nbft/made/L25-hostid-guid";

describe("nbft repair", () => {
  it("shows the change and writes the result", async () => {
    const file = join(scratch, "NBFT");
    const { code, out } = await runCli(["repair", source, "-w", file, "--only", "S019"]);
    expect(out).toContain("+ ssns#1.secondaryHfis [1]");
    expect(code).toBe(0);
    expect(readNbft(readFileSync(file)).table.ssns[0]?.secondaryHfis).toEqual([1]);
  });

  it("writes nothing on a dry run, and exits 1 when it would have", async () => {
    const file = join(scratch, "dry");
    const { code } = await runCli(["repair", source, "-w", file, "--dry-run"]);
    expect(code).toBe(1);
    expect(existsSync(file)).toBe(false);
    expect((await runCli(["repair", "test/vectors/nbft/made/L24-hostid-rfc", "--dry-run"])).code).toBe(0);
  });

  it("gives only the table on standard output", async () => {
    const { bytes, err } = await runCli(["repair", source, "-w", "-"]);
    expect(readNbft(bytes).table.ssns).toHaveLength(1);
    expect(err).toContain("S019");
  });

  it("writes no table to a terminal", async () => {
    expect(await runCli(["repair", source, "-w", "-"], { tty: true })).toMatchObject({ code: 2 });
  });

  it("replaces the table itself only where it is named, and keeps the old one", async () => {
    const file = join(scratch, "in-place");
    copyFileSync(swapped, file);
    await runCli(["repair", file, "--dry-run"]);
    expect(readFileSync(file)).toEqual(readFileSync(swapped));
    expect((await runCli(["repair", file, "--only", "O009", "-w", file])).code).toBe(0);
    expect(readFileSync(`${file}.bak`)).toEqual(readFileSync(swapped));
    expect(readNbft(readFileSync(file)).table.host!.hostId).toBe("00112233-4455-6677-8899-aabbccddeeff");
  });

  it("keeps no backup when told so", async () => {
    const file = join(scratch, "no-backup");
    copyFileSync(swapped, file);
    expect((await runCli(["repair", file, "--only", "O009", "-w", file, "--no-backup"])).code).toBe(0);
    expect(existsSync(`${file}.bak`)).toBe(false);
  });

  it("does not write over a dump that holds the table", async () => {
    const dump = join(scratch, "tables.json");
    writeFileSync(dump, (await runCli(["dump", source, "-o", "json"])).bytes);
    expect(await runCli(["repair", dump, "-w", dump])).toMatchObject({ code: 2, err: /: is the input; / });
  });

  it("tells in JSON what it did", async () => {
    const { out } = await runCli(["repair", swapped, "--only", "O009", "--dry-run", "--output-format", "json"]);
    const told = JSON.parse(out);
    expect(told.applied.map(({ rule }: { rule: string }) => rule)).toEqual(["O009"]);
    expect(told.left.every(({ severity }: { severity: string }) => severity !== "error")).toBe(true);
  });

  it("takes the table after the rules", async () => {
    const { out, code } = await runCli(["repair", "--dry-run", "--only", "O009", swapped]);
    expect([out.slice(0, 4), code]).toEqual(["O009", 1]);
  });

  it("takes families and names, and repairs no other", async () => {
    for (const word of ["O", "hostid-guid", "o009"]) {
      expect((await runCli(["repair", swapped, "--dry-run", "--only", word])).out).toContain("O009");
    }
    expect((await runCli(["repair", swapped, "--dry-run", "--only", "H002"])).out).toBe("nothing to repair\n");
  });

  it("lists what it can repair", async () => {
    const { out } = await runCli(["repair", "--list"]);
    expect(out).toMatch(/^S019 {2}adds a list with the primary HFI's index$/m);
  });

  it.each([
    [["repair", source], /-w FILE/],
    [["repair", source, "--dry-run", "--only", "X999"], /there is no rule X999/],
    [["repair", source, "--dry-run", "--only", "T014"], /T014 cannot be repaired/],
    [["repair", "--dry-run"], /name the table/],
    [["repair", "no-such-file", "--dry-run"], /no-such-file/],
  ])("refuses %j", async (words, message) => {
    const { code, err } = await runCli(words);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  it("exits 1 when errors are left", async () => {
    const bad = "test/vectors/nbft/made-bad/S13-trinfo-7-bytes-valid-head";
    const { code, out } = await runCli(["repair", bad, "-w", join(scratch, "left")]);
    expect(code).toBe(1);
    expect(out).toMatch(
      /^not repaired: T001 hfi\[0\]\.transportInfo: .*: the rest of the table does not show what was meant/m,
    );
  });
});
