// Goal P1: time to proof. Boots dual-path by dracut in the lab of this version and of another one, in turn, and shows where the seconds go.
//   npm run bench -- --lab --against FOLDER [--runs 3]
// FOLDER is a worktree of the version to compare with, built: `git worktree add FOLDER 1.0.0-commit && cd FOLDER && npm ci && npm run build`.
// Each version keeps a cache of its own; the first run, which fetches and makes everything, is measured apart.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** Wall over that of the other version, and over that of the same two machines without the lab around them. */
const limit = 0.75;
const handLimit = 1.15;

/** Rows as bench/main.mjs shows them. */
export async function measureLab({ against, runs = 3, cache }) {
  const scratch = mkdtempSync(join(tmpdir(), "nbft-bench-lab-"));
  const folder = cache ?? join(scratch, "cache");
  const here = { name: "this version", root: resolve(import.meta.dirname, "..") };
  const versions = against === undefined ? [here] : [here, { name: "the other version", root: resolve(against) }];
  try {
    const first = versions.map((version, i) => bootOnce(version, join(folder, String(i)), scratch));
    const byHand = prepareByHand(here, join(folder, "0"), scratch);
    const taken = versions.map(() => []);
    const hand = [];
    // In turn, so that a machine that becomes busy or idle meets both.
    for (let run = 0; run < runs; run++) {
      for (const [i, version] of versions.entries()) taken[i].push(bootOnce(version, join(folder, String(i)), scratch));
      // An emulated machine that fails is started once more, as the lab does.
      hand.push(await bootByHand(byHand).catch(() => bootByHand(byHand)));
    }
    return rowsOf(versions, first, taken, hand);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function rowsOf(versions, first, taken, hand) {
  const medians = taken.map((boots) => median(boots.map(({ wall }) => wall)));
  const told = versions.map(({ name }, i) => {
    const boot = taken[i].find(({ wall }) => wall === medians[i]);
    return `${name} ${boot.wall.toFixed(1)} s (${boot.cpu.toFixed(0)} s CPU): ${boot.stages}; first run ${first[i].wall.toFixed(0)} s, of it ${first[i].host.toFixed(0)} s the host's`;
  });
  const verdicts = new Set(taken.flat().map(({ verdict }) => verdict));
  const unproved = [...verdicts].filter((verdict) => !verdict.startsWith("proved"));
  return {
    rows: [
      {
        goal: "P1",
        what: "lab run dual-path --depth dracut, wall, cache built",
        ratio: medians.length > 1 ? medians[0] / medians[1] : 1,
        ...(medians.length > 1 && unproved.length === 0 ? { limit } : {}),
        detail: told.join(" | "),
      },
      {
        goal: "P1",
        what: "the same, to the same two machines by hand without collector",
        ratio: medians[0] / median(hand),
        ...(unproved.length === 0 ? { limit: handLimit } : {}),
        detail: `by hand ${median(hand).toFixed(1)} s`,
      },
    ],
    skipped: [
      ...(medians.length > 1 ? [] : ["P1 against another version: --against names none"]),
      ...unproved.map((verdict) => `P1: a run was ${verdict}`),
    ],
  };
}

/**
 * What it takes to start the two machines by hand: their arguments and files, kept by a QEMU that notes them, with the initramfs as dracut made it: no
 * hooks, no collector, no record of programs.
 */
function prepareByHand(version, cache, scratch) {
  const folder = join(scratch, "by-hand");
  mkdirSync(folder);
  const qemu = join(scratch, "qemu");
  const note = `case $2 in nbft-host|nbft-target) printf '%s\\n' "$@" > "${folder}/$2.args"; cp ./*.initrd ./nbft*.bin "${folder}" 2> /dev/null;; esac`;
  writeFileSync(qemu, `#!/bin/sh\n${note}\nexec qemu-system-x86_64 "$@"\n`, { mode: 0o755 });
  bootOnce(version, cache, scratch, ["--qemu", qemu]);
  const builds = join(cache, "lab/builds");
  const initrd = readdirSync(builds, { recursive: true }).find((name) => /dracut[^/]*\.img$/.test(name));
  const argsOf = (name) =>
    readFileSync(join(folder, `${name}.args`), "utf8")
      .trimEnd()
      .split("\n");
  const host = argsOf("nbft-host").map((word) =>
    word === "host.initrd" ? join(builds, initrd) : word.replace(/trace_event=\S+/, ""),
  );
  return { folder, host, target: argsOf("nbft-target") };
}

/** Seconds from the start of the target to the end of the host. */
async function bootByHand({ folder, host, target }) {
  for (const name of readdirSync(folder)) if (name.endsWith(".sock")) rmSync(join(folder, name));
  const start = performance.now();
  const options = { cwd: folder, stdio: ["pipe", "ignore", "ignore"] };
  const server = spawn("qemu-system-x86_64", target, options);
  const listens = () => readdirSync(folder).filter((name) => name.endsWith(".sock")).length === 2;
  while (!listens()) await new Promise((resolve) => setTimeout(resolve, 20));
  const client = spawn("qemu-system-x86_64", host, options);
  await new Promise((resolve) => client.once("exit", resolve));
  server.kill();
  const console = readFileSync(join(folder, "host.console"), "latin1");
  if (!console.includes("root reached"))
    throw new Error(`the machines started by hand did not reach root: ${console.slice(-300)}`);
  return (performance.now() - start) / 1000;
}

function bootOnce({ root }, cache, scratch, more = []) {
  mkdirSync(cache, { recursive: true });
  const evidence = join(scratch, "evidence.nbft");
  rmSync(evidence, { force: true });
  const cli = ["dist/cli/nbft.cjs", "dist/cli/main.cjs", "dist/cli/main.js"]
    .map((path) => join(root, path))
    .find((path) => existsSync(path));
  if (cli === undefined) throw new Error(`${root}: dist/cli is not built: npm run build there`);
  const args = [cli, "lab", "run", "examples/dual-path.yaml", "--depth", "dracut", "--evidence", evidence, ...more];
  // The shell adds up what the machines took.
  const start = performance.now();
  const { stdout, stderr } = spawnSync("/bin/sh", ["-c", '"$@"; times', "sh", process.execPath, ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NBFT_CACHE: cache },
    maxBuffer: 1 << 26,
  });
  const wall = (performance.now() - start) / 1000;
  if (!existsSync(evidence)) throw new Error(`${root}: no boot: ${stderr.slice(-500)}`);
  const lines = stdout.trimEnd().split("\n");
  const verdict = lines.find((line) => /^(?:proved|refuted|not proved)/.test(line)) ?? "without a verdict";
  return { wall, verdict, cpu: secondsOf(lines.at(-1)), ...stagesOf(readFileSync(evidence, "latin1"), wall) };
}

/** The last line of `times`: user and system time of children. */
function secondsOf(line) {
  return [...line.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, m, s]) => sum + Number(m) * 60 + Number(s), 0);
}

/** Where the seconds went: by the guest's clock until each report began, then until the host had ended, and around it. */
function stagesOf(evidence, wall) {
  const host = Number(/"seconds":\s*([\d.]+)/.exec(evidence)?.[1]);
  const marks = [...evidence.matchAll(/@@\w+ STAGE (\w+)[\s\S]*?\/proc\/uptime\t([\d.]+)/g)]
    .filter(([, stage]) => ["early", "initramfs", "root"].includes(stage))
    .map(([, stage, at]) => `${stage} at ${Number(at).toFixed(1)}`);
  return {
    host,
    stages: `${marks.join(", ")}, host over at ${host.toFixed(1)}, ${(wall - host).toFixed(1)} s around it`,
  };
}

function median(values) {
  return [...values].sort((a, b) => a - b)[(values.length - 1) >> 1];
}
