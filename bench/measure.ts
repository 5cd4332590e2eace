/** One measured line: ours beside a yardstick, and what was to be reached. */
export interface Row {
  readonly goal: string;
  readonly what: string;
  /** Ours divided by the yardstick; the only figure that means something on a shared machine. */
  readonly ratio: number;
  /** Largest ratio that meets the goal; absent where the line only informs. */
  readonly limit?: number;
  /** CPU time or bytes behind the ratio, for the curious: `12.3 us / 45.6 us`. */
  readonly detail: string;
}

/** Lines of one goal, or the reason why it could not be measured here. */
export interface GoalResult {
  readonly rows: readonly Row[];
  readonly skipped?: readonly string[];
}

/** CPU time of two alternatives, in nanoseconds a call, and the median of the rounds' ratios. */
export interface Pair {
  readonly ours: number;
  readonly yardstick: number;
  readonly ratio: number;
}

/** CPU time of this process so far, all threads, in nanoseconds: the JIT's and the collector's work counts as well. */
function cpuNow(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1000;
}

function timed(call: () => unknown, times: number): number {
  const start = cpuNow();
  for (let i = 0; i < times; i++) sink = call();
  return (cpuNow() - start) / times;
}

/** Results go here, so that no call can be optimised away. */
export let sink: unknown;

function calibrated(call: () => unknown, milliseconds: number): number {
  let times = 1;
  for (;;) {
    const taken = timed(call, times) * times;
    if (taken > milliseconds * 1e6) return Math.max(1, Math.round((times * milliseconds * 1e6) / taken));
    times *= 4;
  }
}

/**
 * Runs two alternatives in turn, at least eleven rounds of some milliseconds each after a warm-up, and compares CPU time. Whatever else the
 * machine does hits both alike; the median leaves out the rounds in which it did not.
 */
export function comparePair(
  ours: () => unknown,
  yardstick: () => unknown,
  { rounds = 15, milliseconds = 12 } = {},
): Pair {
  for (const call of [ours, yardstick, ours, yardstick]) timed(call, calibrated(call, 60));
  const times = [calibrated(ours, milliseconds), calibrated(yardstick, milliseconds)] as const;
  const rows = Array.from({ length: rounds }, (_, round) => {
    // Each goes first half of the time.
    if (round % 2 === 0) {
      const a = timed(ours, times[0]);
      return [a, timed(yardstick, times[1])] as const;
    }
    const b = timed(yardstick, times[1]);
    return [timed(ours, times[0]), b] as const;
  });
  return {
    ours: median(rows.map(([a]) => a)),
    yardstick: median(rows.map(([, b]) => b)),
    ratio: median(rows.map(([a, b]) => a / b)),
  };
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Nanoseconds as people read them. */
export function duration(nanoseconds: number): string {
  if (nanoseconds < 1e3) return `${nanoseconds.toFixed(0)} ns`;
  if (nanoseconds < 1e6) return `${(nanoseconds / 1e3).toFixed(2)} us`;
  if (nanoseconds < 1e9) return `${(nanoseconds / 1e6).toFixed(2)} ms`;
  return `${(nanoseconds / 1e9).toFixed(2)} s`;
}

/** A row from a measured pair. */
export function pairRow(goal: string, what: string, pair: Pair, limit?: number): Row {
  const detail = `${duration(pair.ours)} / ${duration(pair.yardstick)}`;
  return { goal, what, ratio: pair.ratio, detail, ...(limit === undefined ? {} : { limit }) };
}
