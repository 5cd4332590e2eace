import { spawn } from "node:child_process";
import type { ProgramRun } from "../corpus/trial.ts";

/** What is kept of what a program prints. */
const MAX_OUTPUT = 16 << 20;

/**
 * Runs a command by the shell with bytes on its standard input, until it ends by itself or its time is up: then it and everything that it started
 * is killed.
 */
export function runProgram(command: string, input: Uint8Array, seconds: number): Promise<ProgramRun> {
  return new Promise((resolve, reject) => {
    // A group of its own, so that all of it can be killed.
    const child = spawn("sh", ["-c", command], { detached: true, stdio: "pipe" });
    const outputs = { stdout: collect(child.stdout), stderr: collect(child.stderr) };
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      killGroup(child.pid);
    }, seconds * 1000);
    child.on("error", reject);
    // A program need not read its input.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      killGroup(child.pid);
      resolve({
        code: code ?? undefined,
        signal: signal ?? undefined,
        timedOut,
        stdout: outputs.stdout(),
        stderr: outputs.stderr(),
      });
    });
  });
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  let length = 0;
  stream.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length <= MAX_OUTPUT) chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString("utf8");
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
