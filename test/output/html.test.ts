import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { explainTables } from "../../src/consumers/explain.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { topologyOf } from "../../src/output/picture/topology.ts";
import { topologySvg } from "../../src/output/picture/topology-svg.ts";
import { consumerMatrix } from "../../src/output/report/consumer-matrix.ts";
import { explainedFindings } from "../../src/output/report/explained-findings.ts";
import { pathsSeen, type ReportClaim, reportHtml } from "../../src/output/report/html.ts";
import { runCli } from "../helpers/cli.ts";
import { allTables, table } from "../helpers/vectors.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-report-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("reportHtml", () => {
  it.each(allTables.filter(({ bytes }) => bytes.length >= 128).map(({ name, bytes }) => [name, bytes] as const))(
    "shows every byte of %s, or 16 KB, and asks for nothing from elsewhere",
    (name, bytes) => {
      const html = reportHtml({ tables: [{ name, reading: readNbft(bytes) }], showSecrets: true });
      const shown = [
        ...html.matchAll(
          /<button type="button" class="\w+" data-path="[^"]*" title="[^"]*"[^>]*>([0-9a-f ]+)<\/button>/g,
        ),
      ];
      expect(
        Uint8Array.from(shown.flatMap(([, digits]) => digits!.split(" ").map((pair) => Number.parseInt(pair, 16)))),
      ).toEqual(bytes.subarray(0, 0x4000));
      const sentence = `${bytes.length - 0x4000} more bytes are not shown here: nbft dump -o hex shows them`;
      expect(html.includes(sentence)).toBe(bytes.length > 0x4000);
      expect(html).not.toMatch(/src\s*=|href="[^#]|@import|url\(/);
      expect(html.length).toBeLessThan(200 * bytes.length + 60_000);
    },
  );

  it("shows the fields of 64 descriptors of a list, and says of how many it does not", () => {
    const model = readNbft(table("L02")).table;
    const page = (count: number) => {
      const hfi = Array.from({ length: count }, (_, i) => ({ ...model.hfi[0]!, index: i + 1 }));
      return reportHtml({ tables: [{ name: "x", reading: readNbft(encodeNbft({ ...model, hfi })) }] });
    };
    expect(page(64)).not.toContain("not shown");
    const html = page(70);
    expect(html).toContain("The fields of 6 more descriptors are not shown here: nbft dump -o json shows them");
    const tree = html.slice(html.indexOf('<div class="tree"'), html.indexOf('<div class="bytes"'));
    const summaries = [...tree.matchAll(/<summary data-path="hfi\[(\d+)\]"/g)].map(([, i]) => Number(i));
    expect(summaries).toEqual(Array.from({ length: 64 }, (_, i) => i));
    const names = [...tree.matchAll(/<button [^>]*data-path="(hfi\[\d+\])" title="fields not shown"/g)];
    expect(names.map(([, path]) => path)).toEqual(["64", "65", "66", "67", "68", "69"].map((i) => `hfi[${i}]`));
  });

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

  it("says who breaks on a defect, and that nobody uses a table with a fatal one", () => {
    const page = (bytes: Uint8Array) =>
      reportHtml({ tables: [{ name: "x", reading: readNbft(bytes), findings: explainedFindings(bytes) }] });
    const bad = table("S09");
    expect(page(bad)).toContain("No reader that follows the specification uses this table: C012");
    expect(page(bad)).toContain("<li>nvme-cli 3.0-rc1 and later: rejects a table with a list that lies outside it");
    expect(page(table("L02"))).not.toContain("No reader");
  });

  it("shows summary and picture first, then findings: what breaks first, and what is only worth knowing under its number", () => {
    const bytes = table("S09");
    const findings = explainedFindings(bytes);
    const html = reportHtml({ tables: [{ name: "x", reading: readNbft(bytes), findings }] });
    const order = [
      "No reader",
      "<svg ",
      "<h3>Findings",
      'id="table-0-error"',
      'id="table-0-warning"',
      '<details id="table-0-info"',
      "Content and bytes",
      "<h2>Rules",
    ];
    const places = order.map((text) => html.indexOf(text));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    const shown = [...html.matchAll(/<span class="(error|warning|info)">[^<]*<\/span> <a href="#rule-(\w+)">/g)];
    expect(shown).toHaveLength(findings.length);
    expect(findings.find(({ rule }) => rule === shown[0]![2])!.fatal).toBe(true);
    for (const { rule, about } of findings) {
      expect(html.split(`id="rule-${rule}"`)).toHaveLength(2);
      expect(html).toContain(about!.summary.slice(0, 20));
    }
  });

  it("shows 64 findings of a rule, counts all, and says how many more there are", () => {
    const bytes = table("L02");
    const [finding] = explainedFindings(table("S09"));
    const page = (count: number) =>
      reportHtml({ tables: [{ name: "x", reading: readNbft(bytes), findings: Array(count).fill(finding) }] });
    const shown = (html: string) => html.split('<li class="finding"><div>').length - 1;
    expect(shown(page(64))).toBe(64);
    expect(page(64)).not.toContain("are not shown here");
    expect(shown(page(70))).toBe(64);
    expect(page(70)).toContain(`6 more of ${finding!.rule} are not shown here: nbft validate -o json shows them`);
    expect(page(70)).toContain(`>70 ${finding!.severity}s</a>`);
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

describe("what consumers do", () => {
  const matrixOf = (bytes: Uint8Array) => {
    const explanation = explainTables([{ path: "NBFT", bytes }]);
    return { explanation, matrix: consumerMatrix(explanation, explanation.tables[0]!) };
  };

  it("is a column for each consumer, and a row for each descriptor and what explain says besides", () => {
    const { explanation, matrix } = matrixOf(table("multipath/"));
    expect(matrix!.rows.map(({ label }) => label)).toEqual([
      "HFI 1",
      "HFI 2",
      "SSNS 1",
      "SSNS 2",
      "host NQN",
      "after switch-root",
    ]);
    expect(matrix!.columns).toEqual(explanation.consumers.map(({ id }) => id));
    for (const [i, { cells }] of matrix!.rows.entries())
      expect(cells.map(({ text }) => text)).toEqual(
        matrix!.columns.map((id) => explanation.tables[0]!.rows[i]!.verdicts[id]?.does ?? "-"),
      );
  });

  it("marks disagreements and says why", () => {
    const model = readNbft(table("multipath/")).table;
    const bytes = encodeNbft({ ...model, ssns: [{ ...model.ssns[0]!, securityIndex: 1 }] });
    const { explanation, matrix } = matrixOf(bytes);
    const differ = explanation.tables[0]!.rows.map(({ disagreement }) => disagreement !== undefined);
    expect(matrix!.rows.map(({ marked }) => marked)).toEqual(differ);
    expect(differ).toContain(true);
    const html = reportHtml({ tables: [{ name: "x", reading: readNbft(bytes), matrix }] });
    for (const { label, marked, reasons } of matrix!.rows) {
      expect(html.includes(`${label}: why they differ`)).toBe(marked);
      expect(reasons!.length > 0).toBe(marked);
    }
  });

  it("is nothing where nobody uses the table", () => {
    expect(matrixOf(new Uint8Array(10)).matrix).toBeUndefined();
  });
});

describe("paths that a boot found dead", () => {
  const reading = readNbft(table("multipath/"));
  const claim = (about: string, verdict: "pass" | "fail"): ReportClaim => ({
    ...{ id: "path.live", about, title: "", expected: "", source: "", verdict },
    seen: "no controller",
  });
  const edges = (claims: ReportClaim[], name?: string) =>
    topologyOf(reading.table, pathsSeen(claims, name)).edges.map(({ state }) => state);

  it("are marked where the claim about them failed, and nowhere else", () => {
    const claims = [claim("SSNS 1 through HFI 1", "pass"), claim("SSNS 2 through HFI 2", "fail")];
    expect(edges([]).filter((state) => state === "dead")).toHaveLength(0);
    // From the card to the path, and from there to the portal, the subsystem.
    expect(edges(claims).filter((state) => state === "dead")).toHaveLength(3);
    const svg = topologySvg(topologyOf(reading.table, pathsSeen(claims)));
    expect(svg).toContain("<title>dead in this boot: no controller</title>");
  });

  it("belong to the table that the claim names", () => {
    const claims = [claim("NBFT2 SSNS 2 through HFI 2", "fail")];
    expect(edges(claims, "NBFT1")).not.toContain("dead");
    expect(edges(claims, "NBFT2")).toContain("dead");
    expect(
      reportHtml({ tables: [reading, reading].map((each, i) => ({ name: `${i}`, reading: each })), claims }),
    ).toContain("dead in this boot: no controller");
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
    expect((await runCli(["report", source, "-w", file])).code).toBe(0);
    expect(readFileSync(file, "utf8")).toMatch(start);
  });

  it("adds what nbft verify prints, and marks the paths that it found dead", async () => {
    const evidence = "test/vectors/evidence/connect-one-path.nbft";
    const verified = await runCli(["verify", evidence, "-o", "json"]);
    const file = join(scratch, "verify.json");
    writeFileSync(file, verified.out);
    const { out } = await runCli(["report", "test/vectors/firmware/multipath/NBFT.bin", "--verify", file]);
    const { claims } = JSON.parse(verified.out)[0] as { claims: { verdict: string }[] };
    const failed = claims.filter(({ verdict }) => verdict === "fail").length;
    expect(failed).toBeGreaterThan(0);
    expect(out).toContain(`${claims.length} claims, ${failed} failed`);
    expect(out).toContain("dead in this boot");
    expect(out).toContain("What consumers do with it");
  });

  it("keeps a page off the terminal", async () => {
    const { code, out, err } = await runCli(["report", source], { tty: true });
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("will not write HTML to a terminal: use -w FILE");
    expect((await runCli(["report", source, "-o", "mermaid"], { tty: true })).code).toBe(0);
  });

  it("shows one boot only", async () => {
    const file = join(scratch, "boots.json");
    writeFileSync(file, JSON.stringify([{ claims: [] }, { claims: [] }]));
    const { code, err } = await runCli(["report", source, "--verify", file]);
    expect([code, err]).toEqual([2, `nbft: ${file}: 2 boots; a report shows one\n`]);
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
    const { code, err } = await runCli(["report", source, source, "-o", "svg"]);
    expect([code, err]).toEqual([2, "nbft: svg shows one table; 2 were given\n"]);
  });
});
