import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { encodeNbft } from "../../src/nbft/encode.ts";
import { readNbft } from "../../src/nbft/read.ts";
import { reportHtml } from "../../src/report/html.ts";
import { runCli } from "../helpers/cli.ts";
import { allTables, table } from "../helpers/vectors.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-report-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("reportHtml", () => {
  it.each(allTables.filter(({ bytes }) => bytes.length >= 128).map(({ name, bytes }) => [name, bytes] as const))(
    "shows every byte of %s, and asks for nothing from elsewhere",
    (name, bytes) => {
      const html = reportHtml({ tables: [{ name, reading: readNbft(bytes) }], showSecrets: true });
      const shown = [
        ...html.matchAll(
          /<button type="button" class="\w+" data-path="[^"]*" title="[^"]*"[^>]*>([0-9a-f ]+)<\/button>/g,
        ),
      ];
      expect(
        Uint8Array.from(shown.flatMap(([, digits]) => digits!.split(" ").map((pair) => Number.parseInt(pair, 16)))),
      ).toEqual(bytes);
      expect(html).not.toMatch(/(?:src|href)\s*=|@import|url\(/);
      expect(html.length).toBeLessThan(200 * bytes.length + 60_000);
    },
  );

  it("escapes all text of a table", () => {
    const model = readNbft(table("L02")).table;
    const evil = '"><img src=x onerror=alert(1)>\u0000'.replace("\u0000", "");
    const bytes = encodeNbft({
      ...model,
      host: { ...model.host!, hostNqn: evil },
      ssns: [{ ...model.ssns[0]!, subsystemNqn: evil }],
    });
    expect(reportHtml({ tables: [{ name: evil, reading: readNbft(bytes) }] })).not.toContain("<img");
  });

  it("hides key paths unless asked", () => {
    const reading = readNbft(table("L13"));
    const keypath = reading.table.security[0]!.secretKeypath!;
    const html = reportHtml({ tables: [{ name: "x", reading }] });
    const letters = html.replace(/<[^>]*>/g, "");
    expect(letters).not.toContain(keypath.slice(0, 12));
    expect(html).not.toContain(
      Buffer.from(keypath.slice(0, 5))
        .toString("hex")
        .replace(/..(?=.)/g, "$& "),
    );
    expect(reportHtml({ tables: [{ name: "x", reading }], showSecrets: true })).toContain(keypath);
  });
});

describe("nbft report", () => {
  const source = "test/vectors/firmware/multipath/NBFT.bin";

  it.each([
    ["page.html", /^<!doctype html>/],
    ["picture.svg", /^<svg /],
    ["picture.mmd", /^flowchart LR\n/],
  ])("writes %s by its name", async (name, start) => {
    const file = join(scratch, name);
    expect((await runCli(["report", source, "-o", file])).code).toBe(0);
    expect(readFileSync(file, "utf8")).toMatch(start);
  });

  it("adds the claims of a verify result", async () => {
    const claim = {
      id: "table.bytes",
      about: "NBFT",
      title: "same <bytes>",
      verdict: "fail",
      expected: "a",
      seen: "b",
      source: "sysfs",
    };
    const file = join(scratch, "verify.json");
    writeFileSync(file, JSON.stringify({ claims: [claim] }));
    const { out } = await runCli(["report", source, "--verify", file]);
    expect(out).toContain("1 claims, 1 failed");
    expect(out).toContain("same &lt;bytes&gt;");
  });

  it.each([
    ["no JSON", "oops", /not JSON/],
    ["something else", '{"claims": [{"id": 7}]}', /no result of nbft verify/],
  ])("refuses a verify result that is %s", async (_, content, message) => {
    const file = join(scratch, "bad.json");
    writeFileSync(file, content);
    const { code, err } = await runCli(["report", source, "--verify", file]);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  it("draws one table only where there is one picture", async () => {
    const { code, err } = await runCli(["report", source, source, "--format", "svg"]);
    expect([code, err]).toEqual([2, "nbft: svg shows one table; 2 were given\n"]);
  });
});
