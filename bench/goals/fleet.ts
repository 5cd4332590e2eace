import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { GoalResult, Row } from "../measure.ts";
import { against, cli, residentOf, scratch } from "../processes.ts";
import { fleet } from "../tables.ts";

/** A folder of tables, made once. */
function fleetFolder(count: number): string {
  const folder = join(scratch, `fleet-${count}`);
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length !== count) {
    let i = 0;
    for (const bytes of fleet(count)) writeFileSync(join(folder, `NBFT${i++}`), bytes);
  }
  return folder;
}

/** A program that opens, reads and closes every file of a folder, and nothing else. */
function readingProgram(): string {
  const file = join(scratch, "reading.cjs");
  writeFileSync(
    file,
    `const fs=require("fs"),d=process.argv[2],b=new Uint8Array(65536);for(const n of fs.readdirSync(d)){const f=fs.openSync(d+"/"+n,"r");fs.readSync(f,b,0,65536,null);fs.closeSync(f);}`,
  );
  return file;
}

/** P2: many tables in one run, beside nvme-cli's directory mode, or where there is none beside reading their files alone. */
export function fleetGoal(count: number): GoalResult {
  const node = process.execPath;
  const [folder, fewer] = [fleetFolder(count), fleetFolder(count / 4)];
  const words = (...args: string[]) => [node, cli, ...args];
  const commands = {
    "dump -o ndjson": [words("dump", "-o", "ndjson"), 0.6],
    "dump -o json": [words("dump", "-o", "json"), 0.6],
    "dump -o nvme-cli-json": [words("dump", "-o", "nvme-cli-json"), 1],
    "validate -o ndjson": [words("validate", "--separate", "-o", "ndjson"), 1.8],
  } as const;
  const nvme =
    spawnSync("nvme", ["nbft", "show", `--nbft-path=${fewer}`, "-o", "json"], { stdio: "ignore" }).status === 0;
  const yardstick = nvme
    ? (["nvme nbft show of the folder", ["nvme", "nbft", "show", `--nbft-path=${folder}`, "-o", "json"]] as const)
    : (["reading the files", [node, readingProgram(), folder]] as const);
  const rows: Row[] = against(
    "P2",
    yardstick,
    Object.fromEntries(
      Object.entries(commands).map(([name, [command, limit]]) => [
        `${name}, ${count} tables`,
        nvme ? [[...command, folder], limit] : [[...command, folder]],
      ]),
    ),
    3,
  );
  for (const [name, [command]] of Object.entries(commands)) {
    const [most, few] = [residentOf([...command, folder]), residentOf([...command, fewer])];
    const detail = `${most.toFixed(0)} MB, with a quarter of the tables ${few.toFixed(0)} MB`;
    rows.push({ goal: "P2", what: `${name}, ${count} tables, resident ÷ 120 MB`, ratio: most / 120, limit: 1, detail });
  }
  return { rows, skipped: nvme ? [] : ["P2: the time of nvme-cli with nbft show, which is not installed"] };
}
