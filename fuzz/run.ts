import { mutate } from "./mutate.ts";
import { Random } from "./random.ts";
import type { Target } from "./target.ts";
import { isOwn } from "./targets.ts";

/** An input that broke something. */
export interface Find {
  readonly target: string;
  /** Number of the input in its stream; with the seed it is reproducible. */
  readonly input: number;
  readonly message: string;
  readonly bytes: Uint8Array;
}

/** What came of trying some inputs on one target. */
export interface FuzzResult {
  readonly target: string;
  readonly inputs: number;
  /** Inputs that were read without an error. */
  readonly accepted: number;
  readonly seconds: number;
  /** Longest CPU time for one input in milliseconds, the best of three tries, and how long that input was. */
  readonly worst: { readonly ms: number; readonly bytes: number; readonly input: number };
  readonly finds: readonly Find[];
}

/** How long, and with what, a target is tried. */
export interface FuzzOptions {
  readonly seed: number;
  readonly inputs: number;
  readonly seconds: number;
  /** An input that takes longer is a find; without it none is, so that a result does not depend on the machine. */
  readonly tooLongMs?: number;
}

/** Tries inputs on a target until a number of them, or the time, is used up. */
export function fuzz(target: Target, options: FuzzOptions): FuzzResult {
  const random = new Random(options.seed);
  const finds: Find[] = [];
  const start = performance.now();
  let worst = { ms: 0, bytes: 0, input: 0 };
  let input = 0;
  let accepted = 0;
  for (; input < options.inputs && finds.length < 20; input++) {
    // The clock is dear beside the smallest inputs.
    if (input % 64 === 0 && performance.now() - start > options.seconds * 1000) break;
    let bytes = mutate(random, target.seeds, target.words);
    if (target.repair && random.below(8) !== 0) bytes = target.repair(bytes);
    const before = performance.now();
    try {
      target.run(bytes);
      accepted++;
    } catch (error) {
      if (!isOwn(error)) finds.push({ target: target.name, input, message: describe(error), bytes });
    }
    const ms = performance.now() - before;
    if (ms > worst.ms) {
      // Once more, so that a pause of the machine or the compiler is not taken for the input's fault.
      const again = bestOf(target, bytes);
      if (again > worst.ms) worst = { ms: again, bytes: bytes.length, input };
      if (options.tooLongMs !== undefined && again > options.tooLongMs)
        finds.push({ target: target.name, input, message: `took ${again.toFixed(0)} ms`, bytes });
    }
  }
  return { target: target.name, inputs: input, accepted, seconds: (performance.now() - start) / 1000, worst, finds };
}

/** CPU time of the best of three tries, in milliseconds: on a busy machine the clock also counts others. */
function bestOf(target: Target, bytes: Uint8Array): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; i++) {
    const before = process.cpuUsage();
    try {
      target.run(bytes);
    } catch {
      // Reported by the first try.
    }
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

function describe(error: unknown): string {
  return error instanceof Error
    ? `${error.name}: ${error.message}\n${(error.stack ?? "").split("\n").slice(1, 4).join("\n")}`
    : String(error);
}
