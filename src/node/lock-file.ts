import {
  accessSync,
  constants,
  linkSync,
  lstatSync,
  readFileSync,
  readlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { FileError, FileLockedError, namingFile } from "./file-error.ts";
import { ABANDONED, hiddenNameFor, isAlive, removeQuietly, temporaryNameFor } from "./temporary-file.ts";

/** Milliseconds to wait for another process unless said otherwise. An edit takes less than a second. */
const PATIENCE = 10_000;

/** Choices of {@link withFileLock}. */
export interface FileLockOptions {
  /** What messages call the file: a symbolic link that leads to it. */
  readonly name?: string;
  /** Milliseconds to wait for another process. */
  readonly wait?: number | undefined;
}

/**
 * Runs an action while no other process that locks the file in this way runs one.
 *
 * The lock is a file beside it, `.NAME.nbft-lock`, with the process in it: number, start time, and which kernel and process
 * namespace that number belongs to. A lock whose process has ended is taken over at once; one of another machine or
 * container, whose processes cannot be seen, after a minute.
 *
 * @throws {FileLockedError} when another process still has the lock after `wait`.
 */
export function withFileLock<T>(
  file: string,
  action: () => T,
  { name = file, wait = PATIENCE }: FileLockOptions = {},
): T {
  const lock = lockOf(file);
  const deadline = Date.now() + wait;
  while (isHeld(lock, name, deadline)) {
    // Not the same time for everybody who waits.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 + 10 * Math.random());
  }
  try {
    return action();
  } finally {
    removeQuietly(lock);
  }
}

/**
 * The same for work that takes long.
 *
 * @param onWait is told once for which process it waits; undefined for one that its lock does not name.
 */
export async function withFileLockFor<T>(
  file: string,
  action: () => Promise<T>,
  wait: number,
  onWait: (pid: number | undefined) => void,
): Promise<T> {
  const lock = lockOf(file);
  const deadline = Date.now() + wait;
  for (let told = false; ; told = true) {
    const holder = isHeld(lock, file, deadline);
    if (!holder) break;
    if (!told) onWait(holder.pid);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  try {
    return await action();
  } finally {
    removeQuietly(lock);
  }
}

function lockOf(file: string): string {
  return hiddenNameFor(file, "nbft-lock");
}

/** Who else has the lock; undefined once this process has it. */
function isHeld(lock: string, file: string, deadline: number): Holder | undefined {
  const holder = namingFile(file, () => tryLock(lock, file));
  if (holder === undefined || Date.now() <= deadline) return holder;
  const where = holder.machine === machine() ? "" : " of another machine or container";
  const who = holder.pid === undefined ? "a process that its lock does not name" : `process ${holder.pid}${where}`;
  throw new FileLockedError(`${file}: ${who} is changing it; try again when that has ended (its lock is ${lock})`);
}

/** Takes a lock, or says who has it. */
function tryLock(lock: string, file: string): Holder | undefined {
  for (;;) {
    const holder = readHolder(lock, file);
    if (holder === undefined) {
      if (create(lock, file)) return undefined;
    } else if (!isStale(holder)) return holder;
    else {
      const other = removeStale(lock, file);
      if (other) return other;
    }
  }
}

/**
 * Makes the lock; false when there is one. Its content is there from its first moment: who is killed between the two leaves none that nobody
 * knows the process of.
 */
function create(lock: string, file: string): boolean {
  const content = Buffer.from(`${process.pid} ${startTime(process.pid) ?? 0} ${machine()}\n`);
  const temporary = temporaryNameFor(lock);
  try {
    writeFileSync(temporary, content, { flag: "wx", mode: 0o644 });
    try {
      linkSync(temporary, lock);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      // A file system without hard links.
      writeFileSync(lock, content, { flag: "wx", mode: 0o644 });
    }
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (code !== "ENOENT" && code !== "ENOSPC" && isWritable(file))
      throw new FileError(
        `${file}: its folder takes no new file (${code}), and it is replaced by one beside it; write another file and copy it over this one`,
      );
    throw error;
  } finally {
    removeQuietly(temporary);
  }
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
 * Removes the lock of a process that has ended, or says who is removing it. Under a lock of its own: of two that both saw the stale one, the
 * second would otherwise remove the new lock of the first.
 */
function removeStale(lock: string, file: string): Holder | undefined {
  const guard = `${lock}-takeover`;
  const other = tryLock(guard, file);
  if (other) return other;
  try {
    const holder = readHolder(lock, file);
    if (holder !== undefined && isStale(holder)) unlinkSync(lock);
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new FileError(
      `${file}: its lock ${lock} is left from a process that has ended, and cannot be removed (${code})`,
    );
  } finally {
    removeQuietly(guard);
  }
}

interface Holder {
  /** Undefined in a lock of something else, or that was made where there are no hard links and not yet written into. */
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
