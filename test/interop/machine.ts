import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, it } from "vitest";

/** Whether a program can be run here; a test that needs it is skipped by name otherwise. */
export function hasProgram(name: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${name}`]).status === 0;
}

/**
 * `describe` for tests that need some programs: skipped, loudly, where one is missing. `NBFT_INTEROP_ALL=1` makes a missing one a failure.
 */
export function describeWith(programs: readonly string[], title: string, body: () => void): void {
  const missing = programs.filter((name) => !hasProgram(name));
  if (missing.length === 0) return void describe(title, body);
  const why = `${title}: could not run: ${missing.join(", ")} not installed`;
  console.log(why);
  if (process.env["NBFT_INTEROP_ALL"] === "1")
    it(title, () => {
      throw new Error(why);
    });
  else describe.skip(why, body);
}

/** A folder that lives as long as the test process. */
export function scratchFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `nbft-${name}-`));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A QEMU that is driven over QMP. */
export interface Machine {
  execute(command: string, args?: Record<string, unknown>): Promise<unknown>;
  /** What it wrote to its standard error so far. */
  stderr(): string;
  end(): Promise<void>;
}

/** Starts a QEMU and connects to it. Rejects with its own words when it ends before. */
export async function startMachine(program: string, args: readonly string[]): Promise<Machine> {
  const folder = mkdtempSync(join(tmpdir(), "nbft-qmp-"));
  const path = join(folder, "qmp");
  const child = spawn(program, [...args, "-qmp", `unix:${path},server=on,wait=off`, "-display", "none"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr!.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const closed = new Promise<void>((resolve) => child.on("close", () => resolve()));
  const end = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    await closed;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const socket = await connectTo(path, child, () => stderr);
    const execute = qmp(socket);
    await execute("qmp_capabilities");
    return { execute, stderr: () => stderr, end };
  } catch (error) {
    await end();
    throw error;
  }
}

async function connectTo(path: string, child: ChildProcess, stderr: () => string): Promise<Socket> {
  for (let i = 0; i < 300; i++) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} exited with ${child.exitCode}: ${stderr()}`);
    const socket = await new Promise<Socket | undefined>((resolve) => {
      const attempt = connect(path);
      attempt.on("connect", () => resolve(attempt));
      attempt.on("error", () => resolve(undefined));
    });
    if (socket) return socket;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${child.spawnfile} opens no monitor: ${stderr()}`);
}

function qmp(socket: Socket): Machine["execute"] {
  const waiting: ((answer: { return?: unknown; error?: { desc: string } }) => void)[] = [];
  const lines = createInterface({ input: socket });
  lines.on("line", (line) => {
    const answer = JSON.parse(line);
    if ("return" in answer || "error" in answer) waiting.shift()?.(answer);
  });
  // A machine that is killed resets its monitor.
  lines.on("error", () => {});
  return async (execute, args) => {
    const answer = await new Promise<{ return?: unknown; error?: { desc: string } }>((resolve) => {
      waiting.push(resolve);
      socket.write(`${JSON.stringify({ execute, ...(args && { arguments: args }) })}\n`);
    });
    if (answer.error) throw new Error(`${execute}: ${answer.error.desc}`);
    return answer.return;
  };
}

/** Runs a QEMU that is expected to end by itself, and gives what it said. */
export function runToEnd(
  program: string,
  args: readonly string[],
  seconds = 20,
): { code: number | null; signal: string | null; stderr: string } {
  const result = spawnSync(program, args, { timeout: seconds * 1000, encoding: "utf8", killSignal: "SIGKILL" });
  return { code: result.status, signal: result.signal, stderr: result.stderr };
}

export function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
