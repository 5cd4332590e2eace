// Shows that a busy machine refutes no boot: runs the lab again and again while other programs take the processors.
//   node scripts/build.mjs --cli && node scripts/loaded-runs.mjs --results FILE [--connect 30] [--dracut 10] [--loops 4]
// Resumable: each run appends one line of JSON to FILE, and what is there is not run again. Not part of continuous integration: it takes hours.
import { spawn, spawnSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    results: { type: "string" },
    connect: { type: "string", default: "30" },
    dracut: { type: "string", default: "10" },
    loops: { type: "string", default: "4" },
  },
});
if (values.results === undefined) {
  console.error("loaded-runs: --results FILE is missing");
  process.exit(2);
}
const root = join(import.meta.dirname, "..");
const done = existsSync(values.results)
  ? readFileSync(values.results, "utf8")
      .trim()
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  : [];
const loops = Array.from({ length: Number(values.loops) }, () =>
  spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" }),
);
const end = () => {
  for (const loop of loops) loop.kill("SIGKILL");
};
process.on("exit", end);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));

for (const depth of ["connect", "dracut"]) {
  for (let i = done.filter((run) => run.depth === depth).length; i < Number(values[depth]); i++) {
    const start = Date.now();
    const load = loadavg()[0];
    const args = ["dist/cli/nbft.cjs", "lab", "run", "examples/dual-path.yaml", "--depth", depth, "-o", "json"];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    // Whoever stops this stops the boot as well: it is no result.
    if (/stopped by SIG/.test(stderr)) process.exit(130);
    const [boot] = stdout.trim() === "" ? [] : JSON.parse(stdout);
    const run = {
      depth,
      date: new Date(start).toISOString(),
      seconds: Math.round((Date.now() - start) / 1000),
      load: [load, loadavg()[0]].map((value) => Math.round(value * 10) / 10),
      exit: status,
      judgement: boot?.judgement ?? "none",
      reason: boot?.reason,
      repeatedFor: boot?.run?.spoiled,
      failed: boot?.claims.filter(({ verdict, required }) => required && verdict === "fail").map(({ id }) => id),
      ...(boot ? {} : { stderr: stderr.slice(-300) }),
    };
    done.push(run);
    appendFileSync(values.results, `${JSON.stringify(run)}\n`);
    console.log(`${depth} ${i + 1}: ${run.judgement}, ${run.seconds} s, load ${run.load.join(" to ")}`);
  }
}
const count = (judgement) => done.filter((run) => run.judgement === judgement).length;
console.log(
  `${done.length} runs: ${count("proved")} proved, ${count("refuted")} refuted, ${count("not proved")} not proved`,
);
process.exit(count("refuted") === 0 ? 0 : 1);
