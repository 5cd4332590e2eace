import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readAsLibnvme } from "../../src/consumers/libnvme/libnvme.ts";
import { fabricsStrings, planConnectAll } from "../../src/consumers/nvme-cli/connect-all.ts";
import { runNvmeCliShow } from "../../src/consumers/nvme-cli/show.ts";
import { corpus } from "../../src/corpus/corpus.ts";
import { crashesOf } from "../consumers/crash-vectors.ts";
import { withMinor } from "./consumers-corpus.ts";
import { installRealPrograms, type RealPrograms, realConnects, realShow } from "./consumers-tree.ts";

const programs = await installRealPrograms("trixie");
const missing = typeof programs === "string" ? programs : undefined;
if (missing !== undefined) console.log(`differential: could not run: ${missing}`);
const real = programs as RealPrograms;

/** How many generated tables and mutants: `NBFT_DIFFERENTIAL=5000 NBFT_SEED=2 npm run test:interop -- differential`. */
const wanted = Number(process.env["NBFT_DIFFERENTIAL"] ?? 300);
const seed = process.env["NBFT_SEED"] ?? "1";
/** Larger tables are hostile ones on which the old library takes minutes. */
const LARGEST = 20_000;

/**
 * What our reading may say differently from the program, by name: nothing may but these.
 *
 * - `reads-past-the-end`: the program reads memory after the table and goes on with what lies there.
 */
const divergences = ["reads-past-the-end"] as const;

const counts = new Map<string, number>();
const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
afterAll(() => {
  for (const [what, number] of counts) console.log(`differential: ${what}: ${number}`);
});

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
const identity = {
  hostNqn: "nqn.2014-08.org.nvmexpress:uuid:aaaaaaaa-0000-4000-8000-000000000001",
  hostId: "aaaaaaaa-0000-4000-8000-000000000001",
};
const words = [`--hostnqn=${identity.hostNqn}`, `--hostid=${identity.hostId}`];

/** Keeps an input on which the two disagree, or the program dies in a way that nobody foresaw. */
function keep(name: string, bytes: Uint8Array): string {
  const folder = join(import.meta.dirname, "../../fuzz-finds");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `differential-${seed}-${name.replaceAll(/\W+/g, "-")}`);
  writeFileSync(path, bytes);
  return path;
}

describe.skipIf(missing !== undefined)(
  "nvme-cli 2.13 and our reading of generated and mutated tables",
  () => {
    const share = Math.ceil(wanted / 4);
    const made = [...corpus(seed, { random: share, mutants: 3 * share })];

    test("agree on what is accepted, rejected, dropped, connected and fatal, table by table", () => {
      const bad: string[] = [];
      for (const [i, { group, name, bytes: original }] of made.entries()) {
        if (original.length > LARGEST) continue;
        // The old library takes revision 1.0 alone; every fourth table stays as it is, to be rejected.
        const bytes = i % 4 === 3 || original.length < 128 ? original : withMinor(original, 0);
        const { table, readsPastEnd, dropped } = readAsLibnvme(bytes, "2.13");
        if (readsPastEnd) {
          count(`named divergence ${divergences[0]}`);
          continue;
        }
        const seen = { show: realShow(real, bytes, "json"), connects: realConnects(real, bytes, words) };
        const show = runNvmeCliShow([{ path: "./NBFT", bytes }], "json", {}, "2.13");
        const plan = planConnectAll([{ path: "NBFT", bytes }], identity, "2.13");
        const predicted = {
          show: { stdout: latin1(show.stdout), stderr: latin1(show.stderr), crashed: show.crash !== undefined },
          connects: {
            strings: [...fabricsStrings(plan)].map((line) => latin1(line).split("\n", 1)[0]!),
            crashed: plan.tables.some(({ steps }) => steps.some(({ action }) => action === "die")),
          },
        };
        count(table ? (dropped.length > 0 ? "accepted, something dropped" : "accepted whole") : "rejected");
        if (seen.show.crashed || seen.connects.crashed) count("the program dies, as predicted");
        if (JSON.stringify(predicted) === JSON.stringify(seen)) continue;
        bad.push(`${group} ${name}: ${keep(name, bytes)}`);
        if (bad.length >= 10) break;
      }
      expect(bad).toEqual([]);
      expect(counts.get("accepted whole") ?? 0).toBeGreaterThan(wanted / 20);
      expect(counts.get("accepted, something dropped") ?? 0).toBeGreaterThan(0);
      expect(counts.get("rejected") ?? 0).toBeGreaterThan(0);
    });
  },
  1_800_000,
);

test.skipIf(missing !== undefined)("nvme-cli 2.13 dies of the recorded inputs, where our model does", () => {
  const folder = join(import.meta.dirname, "../vectors/crashes/nvme-cli-2.13");
  for (const name of readdirSync(folder)) {
    const bytes = Uint8Array.from(readFileSync(join(folder, name)));
    const seen = { show: realShow(real, bytes, "json").crashed, connect: realConnects(real, bytes, []).crashed };
    expect([name, seen]).toEqual([name, crashesOf(bytes)]);
  }
});
