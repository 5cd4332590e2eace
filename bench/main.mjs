// Measures the goals of docs/performance.md: `npm run bench`, `npm run bench -- --only P2,P3 --json FILE`. Builds what it measures first.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { measureLab } from "./lab.mjs";

const all = ["P2", "P3", "P4", "P5", "P6", "P7"];
const { values } = parseArgs({
  options: {
    only: { type: "string" },
    json: { type: "string" },
    built: { type: "boolean" },
    lab: { type: "boolean" },
    against: { type: "string" },
    runs: { type: "string" },
    tests: { type: "boolean" },
    tables: { type: "string", default: "100000" },
    node: { type: "string", multiple: true },
  },
});
// A boot takes a minute: P1 is measured when it is asked for, and alone.
const wanted = values.lab ? [] : (values.only?.split(",") ?? all);
for (const goal of wanted) if (!all.includes(goal)) throw new Error(`no such goal: ${goal} (${all.join(", ")})`);

// Node.js 20 reads this file of certificates at start, which takes twice as long as everything else.
delete process.env.NODE_EXTRA_CA_CERTS;
if (!values.built) execFileSync(process.execPath, ["scripts/build.mjs"], { stdio: "inherit" });
mkdirSync("node_modules/.cache", { recursive: true });
const worker = "node_modules/.cache/nbft-bench.mjs";
await build({
  entryPoints: ["bench/worker.ts"],
  bundle: true,
  platform: "node",
  format: "esm",
  define: { "import.meta.url": JSON.stringify(new URL("./worker.ts", import.meta.url).href) },
  external: ["yaml", "esbuild"],
  outfile: worker,
  logLevel: "warning",
});

const rows = [];
const skipped = [];
const pad = (text, width) => text + " ".repeat(Math.max(0, width - text.length));
function show(result) {
  skipped.push(...(result.skipped ?? []));
  for (const row of result.rows) {
    const met = row.limit === undefined ? undefined : row.ratio <= row.limit;
    rows.push({ ...row, ...(met === undefined ? {} : { met }) });
    const verdict = met === undefined ? "" : met ? "met" : "NOT MET";
    const limit = row.limit === undefined ? "" : `<= ${row.limit}`;
    console.log(
      `${pad(row.goal, 4)}${pad(row.what, 66)}${pad(row.ratio.toFixed(3), 10)}${pad(limit, 9)}${pad(verdict, 9)}${row.detail}`,
    );
  }
}
for (const goal of wanted) {
  const { status, stdout } = spawnSync(process.execPath, [worker, goal, JSON.stringify(values)], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 1 << 26,
  });
  if (status === 0) {
    show(JSON.parse(stdout));
    continue;
  }
  skipped.push(`${goal}: it failed, see above`);
  process.exitCode = 2;
}
if (values.lab) show(await measureLab({ against: values.against, runs: Number(values.runs ?? 3) }));
else skipped.push("P1: a proof by the lab: give --lab");
for (const line of skipped) console.log(`could not run: ${line}`);
const judged = rows.filter(({ met }) => met !== undefined);
console.log(`${judged.filter(({ met }) => met).length} of ${judged.length} limits met`);
if (values.json) {
  const report = { node: process.version, cpu: cpus()[0]?.model, rows, skipped };
  writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
}
