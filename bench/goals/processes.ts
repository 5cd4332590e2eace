import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { buildSync } from "esbuild";
import { labCacheFolder } from "../../src/lab/cache.ts";
import { duration, type GoalResult, median, type Row } from "../measure.ts";
import { fleet } from "../tables.ts";

const cli = "dist/cli/nbft.cjs";
const scratch = "node_modules/.cache/nbft-bench";
const table = "test/vectors/firmware/multipath/NBFT.bin";

/** CPU time of a program in milliseconds, all its threads and children, as the shell measures it. It must succeed, or find something. */
function cpuOf(command: readonly string[]): number {
  const words = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const script = `TIMEFORMAT='CPU %U %S'; time ${words} >/dev/null 2>/dev/null; echo "STATUS $?" >&2`;
  const { stderr } = spawnSync("bash", ["-c", script], { encoding: "utf8" });
  const [, user, system] = /CPU ([\d.]+) ([\d.]+)/.exec(stderr) ?? [];
  const status = Number(/STATUS (\d+)/.exec(stderr)?.[1]);
  // A program that fails is quick.
  if (user === undefined || system === undefined || (status !== 0 && !(status === 1 && command.includes("validate")))) {
    throw new Error(`cannot measure ${command.join(" ")}: ${stderr}`);
  }
  return (Number(user) + Number(system)) * 1000;
}

/** Largest resident size of a Node.js program in MB. */
function residentOf(command: readonly string[]): number {
  const report = join(scratch, "resident");
  const probe = join(scratch, "resident.cjs");
  writeFileSync(
    probe,
    `process.on("exit",()=>require("fs").writeFileSync(${JSON.stringify(report)},String(process.resourceUsage().maxRSS)))`,
  );
  rmSync(report, { force: true });
  const { status } = spawnSync(process.execPath, ["--require", `./${probe}`, ...command.slice(1)], { stdio: "ignore" });
  if (status !== 0 && status !== 1) throw new Error(`${command.join(" ")} failed`);
  return Number(readFileSync(report, "utf8")) / 1024;
}

/** Runs commands in turn with a yardstick and gives the median of the rounds' ratios. */
function against(
  yardstick: readonly string[],
  commands: Readonly<Record<string, readonly string[]>>,
  rounds: number,
): Record<string, { ratio: number; ours: number; yardstick: number }> {
  const samples = Object.fromEntries(Object.keys(commands).map((name) => [name, [] as [number, number][]]));
  for (let round = 0; round < rounds; round++) {
    const base = cpuOf(yardstick);
    for (const [name, command] of Object.entries(commands)) samples[name]!.push([cpuOf(command), base]);
  }
  return Object.fromEntries(
    Object.entries(samples).map(([name, pairs]) => [
      name,
      {
        ratio: median(pairs.map(([a, b]) => a / b)),
        ours: median(pairs.map(([a]) => a)),
        yardstick: median(pairs.map(([, b]) => b)),
      },
    ]),
  );
}

function empty(): string[] {
  mkdirSync(scratch, { recursive: true });
  writeFileSync(join(scratch, "empty.cjs"), "");
  return [process.execPath, join(scratch, "empty.cjs")];
}

/** G6: from the shell to the table on the screen. */
export function startGoal(): GoalResult {
  const node = process.execPath;
  const yardstick = empty();
  const hot: Record<string, string[]> = {
    "dump FILE": [node, cli, "dump", table],
    "dump -o json FILE": [node, cli, "dump", "-o", "json", table],
    "dump -o ndjson FILE": [node, cli, "dump", "-o", "ndjson", table],
  };
  const others = readdirSync("dist/cli/commands")
    .flatMap((file) => (file.endsWith(".cjs") ? [file.slice(0, -4)] : []))
    .filter((name) => name !== "manual" && name !== "completion");
  const rest: Record<string, string[]> = {
    "--help": [node, cli, "--help"],
    "validate FILE": [node, cli, "validate", table],
    "dump -o nvme-cli-json FILE": [node, cli, "dump", "-o", "nvme-cli-json", table],
    ...Object.fromEntries(others.map((name) => [`${name} --help`, [node, cli, name, "--help"]])),
  };
  const row =
    (limit: number) =>
    ([name, { ratio, ours, yardstick: base }]: [string, { ratio: number; ours: number; yardstick: number }]): Row => ({
      goal: "G6",
      what: `${name} ÷ node empty.cjs`,
      ratio,
      limit,
      detail: `${duration(ours * 1e6)} / ${duration(base * 1e6)}`,
    });
  const rows = [
    ...Object.entries(against(yardstick, hot, 21)).map(row(1.12)),
    ...Object.entries(against(yardstick, rest, 11)).map(row(1.5)),
  ];
  const resident = residentOf(hot["dump FILE"]!);
  rows.push({
    goal: "G6",
    what: "dump FILE, resident MB ÷ 40",
    ratio: resident / 40,
    limit: 1,
    detail: `${resident.toFixed(1)} MB`,
  });
  return { rows };
}

/** G7: importing the library, and that it generates no code. */
export function importGoal(): GoalResult {
  const probe = join(scratch, "import.mjs");
  mkdirSync(scratch, { recursive: true });
  writeFileSync(
    probe,
    "const t=()=>{const{user,system}=process.cpuUsage();return (user+system)/1000};await import('node:fs');const a=t();await import(process.argv[2]);console.log(t()-a)",
  );
  const bundled = join(scratch, "bundled.mjs");
  buildSync({ entryPoints: ["dist/index.js"], bundle: true, format: "esm", minify: true, outfile: bundled });
  const entries: Record<string, [file: string, limit?: number]> = {
    nbft: ["dist/index.js", 1],
    "nbft, bundled with the program that uses it": [bundled],
    "nbft/encode": ["dist/encode.js"],
    "nbft/validate": ["dist/validate.js"],
    "nbft/document, with YAML": ["dist/document.js"],
  };
  const rows = Object.entries(entries).map(([name, [file, limit]]): Row => {
    const taken = median(
      Array.from({ length: 11 }, () =>
        Number(execFileSync(process.execPath, [probe, pathToFileURL(resolve(file)).href], { encoding: "utf8" })),
      ),
    );
    return {
      goal: "G7",
      what: `import ${name}, ÷ 3 ms`,
      ratio: taken / 3,
      ...(limit === undefined ? {} : { limit }),
      detail: `${taken.toFixed(1)} ms`,
    };
  });
  const { status } = spawnSync(process.execPath, [
    "--disallow-code-generation-from-strings",
    cli,
    "dump",
    "-o",
    "json",
    table,
  ]);
  rows.push({
    goal: "G7",
    what: "fails without code generation",
    ratio: status === 0 ? 0 : 1,
    limit: 0,
    detail: "--disallow-code-generation-from-strings",
  });
  return { rows };
}

/** A directory of tables of its own, made once. */
function fleetFolder(count: number): string {
  const folder = join(scratch, `fleet-${count}`);
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length !== count) {
    let i = 0;
    for (const bytes of fleet(count)) writeFileSync(join(folder, `NBFT${i++}`), bytes);
  }
  return folder;
}

/** Opens, reads and closes every file of a folder into one buffer, and nothing else. */
function floorProgram(): string {
  const file = join(scratch, "floor.cjs");
  writeFileSync(
    file,
    `const fs=require("fs"),d=process.argv[2],b=new Uint8Array(65536);for(const n of fs.readdirSync(d)){const f=fs.openSync(d+"/"+n,"r");fs.readSync(f,b,0,65536,null);fs.closeSync(f);}`,
  );
  return file;
}

/** G8, G9: many tables in one run, beside reading their files alone. */
export function batchGoal(goal: string, count: number, limit: number, rounds: number): GoalResult {
  mkdirSync(scratch, { recursive: true });
  const node = process.execPath;
  const folder = fleetFolder(count);
  const dump = [node, cli, "dump", "-o", "ndjson", folder];
  const validate = [node, cli, "validate", "--separate", "-o", "ndjson", folder];
  const measured = against(
    [node, floorProgram(), folder],
    { "dump -o ndjson": dump, "validate -o ndjson": validate },
    rounds,
  );
  const rows = Object.entries(measured).map(
    ([name, { ratio, ours, yardstick }]): Row => ({
      goal,
      what: `${name}, ${count} tables ÷ reading the files`,
      ratio,
      ...(name.startsWith("dump") ? { limit } : {}),
      detail: `${duration(ours * 1e6)} / ${duration(yardstick * 1e6)}`,
    }),
  );
  for (const [name, command] of [
    ["dump", dump],
    ["validate", validate],
  ] as const) {
    const resident = residentOf(command);
    rows.push({
      goal,
      what: `${name}, ${count} tables, resident MB ÷ 90`,
      ratio: resident / 90,
      limit: 1,
      detail: `${resident.toFixed(1)} MB`,
    });
  }
  const lines = execFileSync(node, dump.slice(1), { maxBuffer: 1 << 30, stdio: ["ignore", "pipe", "ignore"] });
  let newlines = 0;
  for (const byte of lines) if (byte === 10) newlines++;
  rows.push({ goal, what: "lines that are missing", ratio: count - newlines, limit: 0, detail: `${newlines} lines` });
  const skipped = [];
  if (nvmeShowsTables()) {
    const other = against(
      ["nvme", "nbft", "show", `--nbft-path=${folder}`, "-o", "json"],
      { ours: dump },
      Math.min(rounds, 5),
    )["ours"]!;
    rows.push({
      goal,
      what: "dump ÷ nvme nbft show of the folder",
      ratio: other.ratio,
      limit: goal === "G8" ? 0.85 : 0.25,
      detail: `${duration(other.ours * 1e6)} / ${duration(other.yardstick * 1e6)}`,
    });
  } else skipped.push(`${goal}: no nvme-cli with nbft show`);
  return { rows, skipped };
}

function nvmeShowsTables(): boolean {
  return (
    spawnSync("nvme", ["nbft", "show", "--help"]).error === undefined &&
    /nbft/i.test(spawnSync("nvme", ["help"], { encoding: "utf8" }).stdout ?? "")
  );
}

/**
 * virt-fw-vars: this system's, or Debian trixie's as `npm run test:interop` unpacked it into the lab's cache. Paths are those inside of it.
 */
function virtFwVars(store: Uint8Array): { command: readonly string[]; store: string; output: string } | undefined {
  if (spawnSync("virt-fw-vars", ["--help"]).error === undefined) {
    const path = join(scratch, "virt-fw-vars.fd");
    writeFileSync(path, store);
    return { command: ["virt-fw-vars"], store: path, output: join(scratch, "virt-fw-vars.out") };
  }
  const root = join(labCacheFolder(process.env), "virt-firmware");
  if (!existsSync(join(root, "usr/bin/virt-fw-vars"))) return undefined;
  const folder = join(root, "cases");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "bench.fd"), store);
  const enter = process.getuid?.() === 0 ? ["chroot"] : ["unshare", "--user", "--map-root-user", "chroot"];
  return { command: [...enter, root, "virt-fw-vars"], store: "/cases/bench.fd", output: "/cases/bench.out" };
}

/** G10: variable stores. */
export function variablesGoal(): GoalResult {
  const yardstick = empty();
  const node = process.execPath;
  const store = join(scratch, "OVMF_VARS.fd");
  const output = join(scratch, "OVMF_VARS.out");
  execFileSync(node, [cli, "vars", "create", "-f", store], { stdio: "ignore" });
  execFileSync(node, [cli, "vars", "set", store, "--no-backup", "--attempts", "examples/static.yaml"], {
    stdio: "ignore",
  });
  const show = [node, cli, "vars", "show", store];
  // Timeout is new in the store each time, so that each run edits and writes.
  const edit = [node, cli, "vars", "set", store, "Timeout", "--value", "5", "-f", "-w", output];
  const row =
    (limits: Readonly<Record<string, number>>, suffix: string) =>
    ([name, { ratio, ours, yardstick: base }]: [string, { ratio: number; ours: number; yardstick: number }]): Row => {
      const limit = limits[name];
      const detail = `${duration(ours * 1e6)} / ${duration(base * 1e6)}`;
      return { goal: "G10", what: `${name} ÷ ${suffix}`, ratio, detail, ...(limit === undefined ? {} : { limit }) };
    };
  const rows = Object.entries(against(yardstick, { "vars show": show, "vars set": edit }, 21)).map(
    row({ "vars set": 1.15 }, "node empty.cjs"),
  );
  const other = virtFwVars(readFileSync(store));
  if (!other) return { rows, skipped: ["G10: virt-fw-vars is not installed (Debian: python3-virt-firmware)"] };
  const print = against([...other.command, "-i", other.store, "-p"], { "vars show": show }, 11);
  const change = against(
    [...other.command, "-i", other.store, "--set-true", "Other", "-w", other.output],
    { "vars set": edit },
    11,
  );
  rows.push(...Object.entries(print).map(row({ "vars show": 0.1 }, "virt-fw-vars -p")));
  rows.push(...Object.entries(change).map(row({ "vars set": 0.04 }, "virt-fw-vars --set-true")));
  return { rows };
}
