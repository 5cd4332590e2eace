import { readFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";

/** The part of a processor that one program gets while others want to run as well: 1 on a machine that has nothing else to do. */
export function fairShare(): number {
  return Math.min(1, availableParallelism() / Math.max(1, runnable()));
}

/** Programs that run or wait for a processor at this moment; the average of the last minute where the system does not tell. */
function runnable(): number {
  try {
    // Linux: the fourth field is RUNNABLE/ALL (proc_loadavg(5)).
    const now = Number.parseInt(readFileSync("/proc/loadavg", "utf8").split(" ")[3]!, 10);
    if (now > 0) return now;
  } catch {
    // Another system than Linux.
  }
  return loadavg()[0]!;
}

/** Longest that a limit is stretched, whatever the load. */
const most = 10;

/**
 * A time limit that follows the load: time counts by the share of a processor that there was. A machine that waits for its turn is not a machine that
 * hangs.
 */
export interface FairLimit {
  /** To be asked often; the load between two questions is that of the second. */
  isOver(): boolean;
  /** Seconds that have counted so far. */
  spent(): number;
}

export function fairLimit(seconds: number, share: () => number = fairShare, now: () => number = Date.now): FairLimit {
  const start = now();
  let last = start;
  let spent = 0;
  const count = () => {
    const time = now();
    spent += ((time - last) / 1000) * share();
    last = time;
    return spent;
  };
  return {
    isOver: () => count() > seconds || last - start > seconds * most * 1000,
    spent: count,
  };
}
