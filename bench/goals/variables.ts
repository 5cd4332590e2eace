import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { labCacheFolder } from "../../src/lab/cache.ts";
import type { GoalResult } from "../measure.ts";
import { against, cli, emptyProgram, scratch } from "../processes.ts";

/** virt-fw-vars: this system's, or Debian trixie's as `npm run test:interop` unpacked it into the lab's cache. Paths are those inside of it. */
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

/** P7: showing and editing a variable store. */
export function variablesGoal(): GoalResult {
  const node = process.execPath;
  const store = join(scratch, "OVMF_VARS.fd");
  const output = join(scratch, "OVMF_VARS.out");
  execFileSync(node, [cli, "vars", "create", "-f", store], { stdio: "ignore" });
  const attempts = ["--no-backup", "--attempts", "examples/static.yaml"];
  execFileSync(node, [cli, "vars", "set", store, ...attempts], { stdio: "ignore" });
  const show = [node, cli, "vars", "show", store];
  // Timeout is new in the store each time, so that each run edits and writes.
  const edit = [node, cli, "vars", "set", store, "Timeout", "--value", "5", "-f", "-w", output];
  const rows = against("P7", emptyProgram(), { "vars show": [show], "vars set": [edit] }, 11);
  const other = virtFwVars(readFileSync(store));
  if (!other) return { rows, skipped: ["P7: virt-fw-vars, which is not installed (Debian: python3-virt-firmware)"] };
  const print = ["virt-fw-vars -p", [...other.command, "-i", other.store, "-p"]] as const;
  const change = [
    "virt-fw-vars --set-true",
    [...other.command, "-i", other.store, "--set-true", "Other", "-o", other.output],
  ] as const;
  rows.push(...against("P7", print, { "vars show": [show, 0.35] }, 11));
  rows.push(...against("P7", change, { "vars set": [edit, 0.06] }, 11));
  return { rows };
}
