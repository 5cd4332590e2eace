import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { concatBytes } from "../bytes/concat.ts";
import { LabError } from "./errors.ts";
import { startWatchdog, type Watchdog } from "./watchdog.ts";

/** How a program ended. */
export interface Ended {
  /** Exit code; undefined when a signal ended it. */
  readonly code: number | undefined;
  /** Name of the signal that ended it, such as `SIGKILL`; undefined when it ended by itself. */
  readonly signal: string | undefined;
  /** The last part of what it wrote to standard error, where that was not sent elsewhere. */
  readonly stderr: string;
  /** What it wrote to standard output, where that was asked for. */
  readonly stdout: Uint8Array;
}

/** A running program. */
export interface Child {
  /** Process id; 0 for a program that could not be started. */
  readonly pid: number;
  /** Settles when the program has ended; never rejects. */
  readonly ended: Promise<Ended>;
  /** Writes to its standard input, where {@link SpawnOptions.talk} keeps that open. */
  say(text: string): void;
  /** Asks it to end (SIGTERM to its process group) and, `grace` milliseconds later, ends it. Settles when it is gone. */
  stop(grace?: number): Promise<void>;
}

/** How a program is started. */
export interface SpawnOptions {
  /** Folder that it runs in; this process's own unless given. */
  readonly cwd?: string;
  /** The whole environment of the program; this process's own unless given. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Written to its standard input, which is empty otherwise. */
  readonly input?: Uint8Array;
  /** Its standard input stays open, for {@link Child.say}. */
  readonly talk?: boolean;
  /** A file that takes standard output and standard error. */
  readonly log?: string;
  /** Most bytes of standard output that are kept; more is an error of the program. Default 64 MiB. */
  readonly most?: number;
  /** Called with each piece of standard output or standard error. */
  readonly onOutput?: (piece: Uint8Array, from: "stdout" | "stderr") => void;
}

/** Programs started together and ended together. Each is the leader of a session, so that ending it ends what it started. */
export interface Children {
  /** Starts a program and returns at once. @throws {ProgramError} after {@link stop}. */
  spawn(program: string, args: readonly string[], options?: SpawnOptions): Child;
  /** Runs a program to its end. @throws {ProgramError} when it fails or is missing. */
  run(program: string, args: readonly string[], options?: SpawnOptions): Promise<Ended>;
  /** A folder that is removed when this process is killed. */
  watchFolder(path: string): void;
  /** The folder is to stay. */
  keepFolder(path: string): void;
  /** Ends everything that still runs and starts nothing more. */
  stop(): Promise<void>;
  /** Whether {@link stop} was called. */
  stopped(): boolean;
  /** {@link stop}, and the watching shell ends as well. */
  close(): Promise<void>;
}

/** A program that failed, with what it said. */
export class ProgramError extends LabError {
  override name = "ProgramError";
  /** Its name or path. */
  readonly program: string;
  /** How it ended; undefined where it was not started, or its files show the failure. */
  readonly ended: Ended | undefined;

  constructor(message: string, program: string, ended?: Ended) {
    super(message);
    this.program = program;
    this.ended = ended;
  }
}

const stderrKept = 8192;

export function createChildren(watchdog: Watchdog = startWatchdog()): Children {
  const running = new Map<number, Child>();
  let stopped = false;

  const start: Children["spawn"] = (program, args, options = {}) => {
    if (stopped) throw new ProgramError(`${program}: not started, the run is being ended`, program);
    const log = options.log === undefined ? undefined : openSync(options.log, "a");
    let started: ChildProcess;
    try {
      started = spawn(program, args, {
        detached: true,
        cwd: options.cwd,
        ...(options.env ? { env: options.env as NodeJS.ProcessEnv } : {}),
        stdio: [options.input || options.talk ? "pipe" : "ignore", log ?? "pipe", log ?? "pipe"],
      });
    } finally {
      if (log !== undefined) closeSync(log);
    }
    const { pid } = started;
    if (pid !== undefined) watchdog.add(pid);
    const out: Uint8Array[] = [];
    let kept = 0;
    let stderr = "";
    let tooMuch = false;
    started.stdout?.on("data", (piece: Uint8Array) => {
      options.onOutput?.(piece, "stdout");
      kept += piece.length;
      if (kept <= (options.most ?? 64 * 1024 * 1024)) out.push(piece);
      else if (!tooMuch) {
        tooMuch = true;
        kill(pid, "SIGKILL");
      }
    });
    started.stderr?.on("data", (piece: Uint8Array) => {
      options.onOutput?.(piece, "stderr");
      stderr = (stderr + new TextDecoder().decode(piece)).slice(-stderrKept);
    });
    // A program that has ended does not listen any more.
    started.stdin?.on("error", () => {});
    if (options.input) started.stdin?.end(options.input);
    const ended = new Promise<Ended>((resolve) => {
      const settle = (code: number | null, signal: string | null, trouble = "") => {
        if (pid !== undefined) {
          watchdog.remove(pid);
          running.delete(pid);
        }
        resolve({
          code: code ?? undefined,
          signal: signal ?? undefined,
          stderr: trouble + (tooMuch ? "more output than can be kept\n" : "") + stderr,
          stdout: concatBytes(out),
        });
      };
      started.once("error", (error) => settle(127, null, `${error.message}\n`));
      // What it left behind in its group (apt's methods, a pipeline's other half) goes with it.
      started.once("exit", () => kill(pid, "SIGKILL"));
      started.once("close", settle);
    });
    const child: Child = {
      pid: pid ?? 0,
      ended,
      say: (text) => void started.stdin?.write(text),
      stop: async (grace = 1500) => {
        if (pid === undefined || !running.has(pid)) return;
        kill(pid, "SIGTERM");
        const timer = setTimeout(() => kill(pid, "SIGKILL"), grace);
        await ended;
        clearTimeout(timer);
      },
    };
    if (pid !== undefined) running.set(pid, child);
    return child;
  };

  const stop = async () => {
    stopped = true;
    await Promise.all([...running.values()].map((child) => child.stop()));
  };
  return {
    spawn: start,
    run: async (program, args, options) => {
      const ended = await start(program, args, options).ended;
      if (ended.code === 0) return ended;
      const how = ended.signal ? `ended by ${ended.signal}` : `exit code ${ended.code}`;
      const said = ended.stderr.trim().split("\n").slice(-3).join("; ");
      throw new ProgramError(`${program}: ${how}${said ? `: ${said}` : ""}`, program, ended);
    },
    watchFolder: (path) => watchdog.addFolder(path),
    keepFolder: (path) => watchdog.keepFolder(path),
    stop,
    stopped: () => stopped,
    close: async () => {
      await stop();
      watchdog.dismiss();
    },
  };
}

function kill(pid: number | undefined, signal: "SIGTERM" | "SIGKILL"): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Nothing is left of that group.
  }
}
