import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LabError } from "../../src/lab/errors.ts";
import { differences } from "../../src/lab/matrix/findings.ts";
import { type MatrixBoot, type MatrixPlan, type MatrixRun, runMatrix } from "../../src/lab/matrix/matrix.ts";
import { formatMatrix } from "../../src/lab/matrix/page.ts";
import { verifyBoot } from "../../src/verify/verify.ts";
import { runCli } from "../helpers/cli.ts";
import { scenarios } from "../lab/scenarios.ts";

const folder = join(import.meta.dirname, "../vectors/evidence");

function recorded(name: string) {
  const scenario = scenarios.find((each) => each.name === name)!;
  const { claims, evidence } = verifyBoot(readFileSync(join(folder, `${name}.nbft`)));
  const { depth } = scenario.options;
  const versions = evidence.manifest!.versions;
  return { tables: scenario.tables(), depth, versions, claims };
}

describe("where a boot differs from what explain predicts", () => {
  it.each(["connect-dual-path", "dracut-dual-path", "dracut-vlan", "dracut-dhcp", "dracut-two-tables", "dracut-ipv6"])(
    "is nowhere in %s",
    (name) => {
      const { tables, depth, versions, claims } = recorded(name);
      expect(differences(tables, { suite: "trixie", depth }, versions, claims)).toEqual([]);
    },
  );

  it("is each path that did not come up", () => {
    const { tables, depth, versions, claims } = recorded("dracut-one-path");
    const found = differences(tables, { suite: "trixie", depth }, versions, claims);
    expect(found).toEqual([
      expect.stringMatching(
        /^SSNS 2: explain predicts "1 path: HFI 2 \(routed by the system's table\)"; path\.live failed: /,
      ),
    ]);
  });

  it("is a path and an address that came up against the prediction", () => {
    const { tables, depth, claims } = recorded("dracut-dual-path");
    const old = { "nvme-cli": "2.3", "dracut-core": "059" };
    const found = differences(tables, { suite: "bookworm", depth }, old, claims)!;
    expect(found.map((text) => text.replace(/;.*/, ""))).toEqual([
      'HFI 1: explain predicts "nothing is configured"',
      'HFI 2: explain predicts "nothing is configured"',
      'SSNS 1: explain predicts "nvme-cli 2.3 cannot read an NBFT"',
      'SSNS 2: explain predicts "nvme-cli 2.3 cannot read an NBFT"',
    ]);
  });

  it("is not a failure to connect as another host, which the target lets in as little as explain says", () => {
    const { tables, depth, claims } = recorded("connect-refused-host");
    expect(differences(tables, { suite: "experimental", depth }, { "nvme-cli": "3.1-1" }, claims)).toEqual([]);
    expect(differences(tables, { suite: "trixie", depth }, { "nvme-cli": "2.13-2" }, claims)).toHaveLength(1);
    const live = recorded("connect-static").claims;
    expect(differences(tables, { suite: "experimental", depth }, { "nvme-cli": "3.1-1" }, live)).toEqual([
      expect.stringMatching(
        /^SSNS 1: explain predicts "1 path: HFI 1, as the system's host NQN.*: must fail"; path\.live holds/,
      ),
    ]);
  });

  it("goes by dracut's lines alone where no NetworkManager reads them", () => {
    const { tables, depth, versions, claims } = recorded("dracut-dual-path");
    const { "network-manager": _, ...without } = versions;
    const failed = claims.map((each) => (each.id === "network.address" ? { ...each, verdict: "fail" as const } : each));
    const stack = { suite: "trixie+network-legacy", depth };
    expect(differences(tables, stack, without, claims)).toEqual([]);
    expect(differences(tables, stack, without, failed)).toHaveLength(2);
  });

  it("is not known of a release that no stack is known of", () => {
    const { tables, depth, versions, claims } = recorded("dracut-dual-path");
    expect(differences(tables, { suite: "other", depth }, versions, claims)).toBeUndefined();
  });
});

const plan: MatrixPlan = {
  cases: [
    { name: "a.yaml", tables: [Uint8Array.of(1)] },
    { name: "b.yaml", tables: [Uint8Array.of(2)] },
  ],
  suites: ["trixie", "sid"],
  depths: ["connect"],
  build: { cache: "unused" },
};
const outcome = {
  date: "2026-12-01T00:00:00.000Z",
  seconds: 20,
  versions: { linux: "6.12.1", "nvme-cli": "2.13-2" },
  judgement: "proved",
  claims: { hold: 20, required: 20 },
  open: [],
  findings: [],
} as const;
const work = { children: { stopped: () => false }, progress: () => {}, notice: () => {} } as never;

describe("a matrix of boots", () => {
  it("goes on where it was stopped, and boots a changed table again", async () => {
    const kept: MatrixRun[] = [];
    const booted: string[] = [];
    const boot = async ({ name }: { name: string }, suite: string) => {
      booted.push(`${name} ${suite}`);
      if (booted.length === 3) throw new Error("stopped");
      return outcome;
    };
    const keep = (run: MatrixRun) => void kept.push(run);
    await expect(runMatrix(plan, kept, keep, work, boot)).rejects.toThrow("stopped");
    const { runs } = await runMatrix(plan, [...kept], keep, work, boot);
    expect(booted).toEqual(["a.yaml trixie", "b.yaml trixie", "a.yaml sid", "a.yaml sid", "b.yaml sid"]);
    expect(runs.map(({ name, suite }) => `${name} ${suite}`)).toEqual([
      "a.yaml trixie",
      "b.yaml trixie",
      "a.yaml sid",
      "b.yaml sid",
    ]);
    const changed = { ...plan, cases: [{ name: "a.yaml", tables: [Uint8Array.of(3)] }], suites: ["sid"] };
    await runMatrix(changed, kept, keep, work, boot);
    expect(booted.at(-1)).toBe("a.yaml sid");
    expect(booted).toHaveLength(6);
  });

  it("gives what the machines said beside each result, not in it", async () => {
    const evidence = Uint8Array.of(7);
    const given: unknown[] = [];
    const small = { ...plan, cases: plan.cases.slice(0, 1), suites: ["sid"] };
    const boot = async () => ({ ...outcome, evidence });
    const { runs } = await runMatrix(small, [], (...both) => void given.push(...both), work, boot);
    expect(given).toEqual([runs[0], evidence]);
    expect(runs[0]).not.toHaveProperty("evidence");
  });

  it("makes a boot again that the machine spoiled, and keeps none that was stopped", async () => {
    const spoiled = { ...outcome, judgement: "not proved", reason: { kind: "machine", text: "panic" } } as const;
    const small = { ...plan, cases: plan.cases.slice(0, 1), suites: ["sid"] };
    const kept: MatrixRun[] = [];
    const keep = (run: MatrixRun) => void kept.push(run);
    await runMatrix(small, kept, keep, work, async () => spoiled);
    const { runs } = await runMatrix(small, [...kept], keep, work, async () => outcome);
    expect(runs.map(({ judgement }) => judgement)).toEqual(["proved"]);
    expect(kept).toHaveLength(2);
    const over = { children: { stopped: () => true }, progress: () => {}, notice: () => {} } as never;
    await runMatrix(small, [], keep, over, async () => outcome);
    expect(kept).toHaveLength(2);
  });

  it("is a page with every boot, what differed, what was open and what could not run", async () => {
    const boot = async ({ name }: { name: string }, suite: string): Promise<MatrixBoot> => {
      if (suite === "sid" && name === "b.yaml") throw new LabError("sid: no such package");
      if (suite === "trixie") return outcome;
      return {
        ...outcome,
        judgement: "refuted",
        claims: { hold: 19, required: 20 },
        open: [{ id: "path.live", about: "SSNS 1", seen: "no such controller | none" }],
        findings: ['SSNS 1: explain predicts "1 path"; path.live failed: no such controller'],
      };
    };
    const { runs, gaps } = await runMatrix(plan, [], () => {}, work, boot);
    expect(formatMatrix(runs, gaps)).toMatchInlineSnapshot(`
      "# What came up by which stack

      Boots of \`nbft lab matrix\`, 2026-12-01. Each cell is one boot, with the required claims that held. A number in
      brackets is a boot that differs from what [\`nbft explain\`](commands/explain.md) predicts for the stack.

      | suite, depth | a.yaml | b.yaml |
      | --- | --- | --- |
      | trixie, connect | proved, 20 of 20 | proved, 20 of 20 |
      | sid, connect | refuted, 19 of 20 [1] | could not run |

      ## The stacks

      | suite | depth | packages | boots |
      | --- | --- | --- | --- |
      | trixie | connect | linux 6.12.1, nvme-cli 2.13-2 | 2: 20 s |
      | sid | connect | linux 6.12.1, nvme-cli 2.13-2 | 1: 20 s |

      ## Where explain was wrong

      1. a.yaml, sid, connect: SSNS 1: explain predicts "1 path"; path.live failed: no such controller

      ## What was open

      - a.yaml, sid, connect, refuted: \`path.live\` SSNS 1: no such controller \\| none

      ## What could not run

      - b.yaml, sid, connect: sid: no such package
      "
    `);
  });

  it("is shown again from its file of results, without a boot", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "nbft-matrix-")), "results.jsonl");
    const line = (more: object) => JSON.stringify({ ...outcome, tables: "", suite: "sid", depth: "connect", ...more });
    writeFileSync(
      file,
      `${line({ name: "a.yaml", claims: { hold: 1, required: 20 } })}\n${line({ name: "a.yaml" })}\n`,
    );
    const { out, code } = await runCli(["lab", "matrix", "--results", file]);
    expect(out).toContain("| suite, depth | a.yaml |");
    expect(out).toContain("| sid, connect | proved, 20 of 20 |");
    expect(code).toBe(0);
    writeFileSync(file, `${line({ name: "a.yaml", findings: ["SSNS 1: something else"] })}\n`);
    expect((await runCli(["lab", "matrix", "--results", file])).code).toBe(1);
    const open = [{ id: "path.live", about: "SSNS 1", seen: "no such controller" }];
    writeFileSync(file, `${line({ name: "a.yaml", judgement: "refuted", open })}\n`);
    expect((await runCli(["lab", "matrix", "--results", file])).out).toContain("| refuted as predicted, 20 of 20 |");
    writeFileSync(file, "{");
    expect(await runCli(["lab", "matrix", "--results", file])).toMatchObject({
      code: 2,
      err: expect.stringContaining("line 1 is not JSON"),
    });
    expect((await runCli(["lab", "matrix"])).err).toContain("SOURCE is missing");
  });
});
