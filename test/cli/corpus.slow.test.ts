import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { validate } from "../../src/rules/validate.ts";
import { runCli } from "../helpers/cli.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-corpus-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Listed {
  readonly file: string;
  readonly document?: string;
  readonly size: number;
  readonly sha256: string;
  readonly group?: string;
  readonly changes?: readonly { readonly kind: string }[];
  readonly findings: readonly { readonly rule: string; readonly severity: string }[];
}

const listOf = (folder: string) =>
  (JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as { tables: Listed[] }).tables;
const source = "test/vectors/nbft/made/L10-ssns-no-secondary";

describe("nbft corpus", () => {
  it("writes tables, documents that give them back, and what is expected of them", async () => {
    const folder = join(scratch, "whole");
    const { code, out, err } = await runCli([
      "corpus",
      "-w",
      folder,
      "--seed",
      "cli",
      "--random",
      "2",
      "--mutants",
      "4",
    ]);
    expect([code, err]).toEqual([0, ""]);
    const tables = listOf(folder);
    expect(out).toContain(`${tables.length} tables (`);
    expect(new Set(tables.map(({ group }) => group))).toEqual(new Set(["sound", "unusual", "malformed", "mutants"]));
    for (const { file, size, sha256, group, findings } of tables) {
      const bytes = readFileSync(join(folder, file));
      expect([bytes.length, createHash("sha256").update(bytes).digest("hex")], file).toEqual([size, sha256]);
      expect(
        findings.map(({ rule }) => rule),
        file,
      ).toEqual(validate(bytes).map(({ rule }) => rule));
      expect(
        findings.some(({ severity }) => severity === "error") === (group === "malformed") || group === "mutants",
      ).toBe(true);
    }
    for (const { file, document } of tables.filter(({ size }) => size < 900)) {
      if (document === undefined) continue;
      const stdin = readFileSync(join(folder, document), "utf8");
      const { bytes } = await runCli(["encode", "-"], { stdin });
      if (bytes.length > 0) expect(Buffer.compare(bytes, readFileSync(join(folder, file))), file).toBe(0);
    }
  }, 60_000);

  it("is the same for the same seed, and another for another", async () => {
    const words = ["--groups", "mutants", "--mutants", "3", "--no-documents"];
    const sums: string[] = [];
    for (const [i, seed] of ["7", "7", "8"].entries()) {
      const folder = join(scratch, `seed-${i}`);
      expect((await runCli(["corpus", "-w", folder, "--seed", seed, ...words])).code).toBe(0);
      expect(existsSync(join(folder, "documents"))).toBe(false);
      sums.push(
        listOf(folder)
          .map(({ sha256 }) => sha256)
          .join(),
      );
    }
    expect(sums[0]).toBe(sums[1]);
    expect(sums[2]).not.toBe(sums[0]);
  });

  it("leaves a folder alone that is not empty, unless told otherwise", async () => {
    const folder = mkdtempSync(join(scratch, "full-"));
    writeFileSync(join(folder, "mine"), "");
    const words = ["corpus", "-w", folder, "--groups", "mutants", "--mutants", "1"];
    expect(await runCli(words)).toMatchObject({ code: 2, err: expect.stringContaining(": is not empty; ") });
    expect(readdirSync(folder)).toEqual(["mine"]);
    expect((await runCli([...words, "-f"])).code).toBe(0);
    expect(readdirSync(folder)).toContain("expected.json");
  });

  it.each([
    [["corpus"]],
    [["corpus", "-w", source]],
    [["corpus", "-w", join(scratch, "x"), "--groups", "wrong"]],
    [["corpus", "-w", join(scratch, "x"), "--random", "-1"]],
    [["corpus", "-w", join(scratch, "x"), "--mutants", "many"]],
  ])("refuses %j", async (words) => {
    const { code, out, err } = await runCli(words);
    expect([code, out]).toEqual([2, ""]);
    expect(err).not.toBe("");
    expect(existsSync(join(scratch, "x"))).toBe(false);
  });
});

describe("nbft mutate", () => {
  it("prints a line for each mutant, none of which is the table", async () => {
    const { code, out } = await runCli(["mutate", source, "-n", "5", "--seed", "3"]);
    const lines = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { bytes: string; changes: unknown[] });
    const hex = readFileSync(source).toString("hex");
    expect([code, lines.length]).toEqual([0, 5]);
    for (const { bytes, changes } of lines) {
      expect(bytes).not.toBe(hex);
      expect(changes.length).toBeGreaterThan(0);
    }
    expect((await runCli(["mutate", source, "-n", "2", "--seed", "3"])).out).toBe(
      `${out.split("\n").slice(0, 2).join("\n")}\n`,
    );
  });

  it("writes a folder with what is expected", async () => {
    const folder = join(scratch, "mutants");
    const words = ["mutate", source, "-n", "6", "-w", folder, "--kinds", "count,flag", "--documents"];
    expect(await runCli(words)).toMatchObject({ code: 0, err: "" });
    const tables = listOf(folder);
    expect(tables).toHaveLength(6);
    const kinds = new Set(tables.flatMap(({ changes }) => changes!.map(({ kind }) => kind)));
    expect([...kinds].every((kind) => kind === "count" || kind === "flag")).toBe(true);
    for (const { file, document } of tables) {
      const bytes = readFileSync(join(folder, file));
      expect(
        bytes.reduce((sum, byte) => (sum + byte) & 0xff, 0),
        file,
      ).toBe(0);
      expect(document === undefined || existsSync(join(folder, document))).toBe(true);
    }
    expect((await runCli(words)).code).toBe(2);
    expect((await runCli([...words, "-f"])).code).toBe(0);
  });

  it("goes through every single change in order", async () => {
    const { out } = await runCli(["mutate", source, "--all", "-n", "40", "--kinds", "number"]);
    const lines = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { changes: { kind: string }[] });
    expect(lines).toHaveLength(40);
    expect(lines.every(({ changes }) => changes.length === 1 && changes[0]!.kind === "number")).toBe(true);
  });

  it("keeps the checksum when told so", async () => {
    const { out } = await runCli(["mutate", source, "-n", "8", "--kinds", "number", "--checksum", "kept"]);
    const sums = out
      .trim()
      .split("\n")
      .map((line) => Buffer.from(JSON.parse(line).bytes, "hex"));
    expect(sums.some((bytes) => bytes.reduce((sum, byte) => (sum + byte) & 0xff, 0) !== 0)).toBe(true);
  });

  it.each([
    [["mutate"]],
    [["mutate", "no-such-file"]],
    [["mutate", source, "-n", "-1"]],
    [["mutate", source, "-n", "1e99"]],
    [["mutate", source, "--kinds", "wrong"]],
    [["mutate", source, "--with", "no-such-file"]],
    [["mutate", "package.json"]],
  ])("refuses %j", async (words) => {
    const { code, out, err } = await runCli(words);
    expect([code, out]).toEqual([2, ""]);
    expect(err).not.toBe("");
  });
});
