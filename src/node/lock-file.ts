import {
  accessSync,
  closeSync,
  constants,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { hostname } from "node:os";
import { FileError, FileLockedError, namingFile } from "./file-error.ts";
import { ABANDONED, hiddenNameFor, isAlive, removeQuietly } from "./temporary-file.ts";

/** Milliseconds to wait for another process unless said otherwise. An edit takes less than a second. */
const PATIENCE = 10_000;

/**
 * Runs an action while no other process that locks the file in this way runs one.
 *
 * The lock is a file beside it, `.NAME.nbft-lock`, with the process in it: number, start time, and which kernel and process
 * namespace that number belongs to. A lock whose process has ended is taken over at once; one of another machine or
 * container, whose processes cannot be seen, after a minute.
 *
 * @param wait milliseconds to wait for another process.
 * @throws {FileLockedError} when another process still has the lock then.
 */
export function withFileLock<T>(file: string, action: () => T, wait = PATIENCE): T {
  const lock = hiddenNameFor(file, "nbft-lock");
  namingFile(file, () => acquire(lock, file, Date.now() + wait));
  try {
    return action();
  } finally {
    removeQuietly(lock);
  }
}

function acquire(lock: string, file: string, deadline: number): void {
  while (!create(lock, file)) {
    const holder = readHolder(lock, file);
    if (holder === undefined) continue;
    if (isStale(holder)) {
      takeOver(lock, file, deadline);
      continue;
    }
    if (Date.now() > deadline) {
      const where = holder.machine === machine() ? "" : " of another machine or container";
      const who = holder.pid === undefined ? "a process that its lock does not name" : `process ${holder.pid}${where}`;
      throw new FileLockedError(`${file}: ${who} is changing it; try again when that has ended (its lock is ${lock})`);
    }
    // Not the same time for everybody who waits.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 + 10 * Math.random());
  }
}

/** Makes the lock; false when there is one. */
function create(lock: string, file: string): boolean {
  let fd: number;
  try {
    fd = openSync(lock, "wx", 0o644);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (code !== "ENOENT" && isWritable(file))
      throw new FileError(
        `${file}: its folder takes no new file (${code}), and it is replaced by one beside it; write another file and copy it over this one`,
      );
    throw error;
  }
  try {
    writeSync(fd, Buffer.from(`${process.pid} ${startTime(process.pid) ?? 0} ${machine()}\n`));
  } catch (error) {
    removeQuietly(lock);
    throw error;
  } finally {
    closeSync(fd);
  }
  return true;
}

function isWritable(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Removes the lock of a process that has ended. Under a lock of its own: of two that both saw the stale one, the second would
 * otherwise remove the new lock of the first.
 */
function takeOver(lock: string, file: string, deadline: number): void {
  const guard = `${lock}-takeover`;
  acquire(guard, file, deadline);
  try {
    const holder = readHolder(lock, file);
    if (holder !== undefined && isStale(holder)) unlinkSync(lock);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return;
    throw new FileError(
      `${file}: its lock ${lock} is left from a process that has ended, and cannot be removed (${code})`,
    );
  } finally {
    removeQuietly(guard);
  }
}

interface Holder {
  /** Undefined in a lock that its process has not yet written into. */
  readonly pid: number | undefined;
  readonly start: number;
  readonly machine: string;
  /** Milliseconds since the lock was made. */
  readonly age: number;
}

/** Who has a lock; undefined when nobody has it any more. */
function readHolder(lock: string, file: string): Holder | undefined {
  try {
    const stat = lstatSync(lock);
    // A symbolic link that leads nowhere is there, and cannot be read, for ever.
    if (!stat.isFile())
      throw new FileError(`${file}: ${lock} is in the place of its lock and is not a regular file; remove it`);
    const age = Date.now() - stat.mtimeMs;
    const [, pid, start, machine] = /^(\d+) (\d+) (.+)\n$/.exec(readFileSync(lock, "utf8")) ?? [];
    return { pid: pid === undefined ? undefined : Number(pid), start: Number(start), machine: machine ?? "", age };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function isStale({ pid, start, machine: where, age }: Holder): boolean {
  if (pid === undefined || where !== machine()) return age > ABANDONED;
  // The number may belong to another process by now.
  return !isAlive(pid) || (start !== 0 && startTime(pid) !== start);
}

/** When a process started, in clock ticks since the kernel did; undefined where there is no /proc. */
function startTime(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The name of the program, in parentheses, may have spaces; the time is the 20th field after it.
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
  } catch {
    return undefined;
  }
}

let here: string | undefined;

/** What the numbers of processes belong to: the running kernel and the process namespace, or else the host's name. */
function machine(): string {
  if (here === undefined) {
    try {
      const kernel = readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
      here = `${kernel} ${readlinkSync("/proc/self/ns/pid")}`;
    } catch {
      here = hostname();
    }
  }
  return here;
}
