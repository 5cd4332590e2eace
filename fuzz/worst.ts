import type { Target } from "./target.ts";
import { isOwn } from "./targets.ts";

/** What one input cost a target. */
export interface Cost {
  readonly target: string;
  /** What the input is made of. */
  readonly input: string;
  readonly bytes: number;
  /** Best of some runs, in milliseconds. */
  readonly ms: number;
  /** Bytes by which the heap was larger right after a run than before it. */
  readonly heap: number;
}

/** Pieces of the languages that the parsers read, and bytes at which binary ones branch. */
const pieces = [
  ...'{}|[]|[|{a: |- |- a: b\n|a: b\n|a:\n  |?\n|&a [*a]\n|*a |!!a |# \n|\'|"|\\"|[1,|{"a":|"a",|: |::|<<: *a\n|\n|\r\n|0x'.split(
    "|",
  ),
  ..."$Start\n|$End\n|:TRUE\n|NQN:x\n|HostId:|LocalIp:fe80::1\n|#\n|    0000: 4E 42 46 54\n|NBFT @ 0x0000000000000000\n".split(
    "|",
  ),
  ...'[000h 0000   4] Signature : "NBFT"\n|070701|RSD PTR |_FVH|\n@@|@@x BEGIN y\n|@@x END y 0\n'.split("|"),
];
const fills = [0x00, 0x20, 0x3f, 0x41, 0x55, 0x7f, 0xaa, 0xff];

function repeated(piece: Uint8Array, size: number, head: Uint8Array = new Uint8Array()): Uint8Array {
  const bytes = new Uint8Array(size);
  bytes.set(head.subarray(0, size));
  for (let at = head.length; at < size; at += piece.length) bytes.set(piece.subarray(0, size - at), at);
  return bytes;
}

/**
 * Inputs of one size that are as bad as we know how to make them: each seed over and over, each of its lines over and over, each piece of
 * a language alone and after a seed, and single bytes.
 *
 * @param longestSeed longer seeds are left out: the same number gives the same inputs at every size
 */
export function* hardInputs(
  target: Target,
  size: number,
  longestSeed = size / 2,
): Generator<readonly [name: string, bytes: Uint8Array]> {
  const encoder = new TextEncoder();
  const short = target.seeds.filter(({ length }) => length > 0 && length < longestSeed);
  for (const [i, seed] of short.slice(0, 24).entries()) yield [`seed ${i} again and again`, repeated(seed, size)];
  const lines = new Set(
    short.slice(0, 4).flatMap((seed) => Buffer.from(seed).toString("latin1").split("\n").slice(0, 40)),
  );
  const isText = short[0]?.every((byte) => byte !== 0) ?? false;
  for (const line of isText ? lines : []) {
    yield [`line ${JSON.stringify(line.slice(0, 30))}`, repeated(Buffer.from(`${line}\n`, "latin1"), size)];
  }
  for (const piece of [...pieces.map((text) => encoder.encode(text)), ...(target.words ?? [])]) {
    const name = JSON.stringify(new TextDecoder().decode(piece));
    yield [name, repeated(piece, size)];
    if (short[0]) yield [`a seed, then ${name}`, repeated(piece, size, short[0])];
  }
  for (const byte of fills) yield [`byte ${byte.toString(16)}h`, new Uint8Array(size).fill(byte)];
  yield ["increasing numbers", Uint8Array.from({ length: size }, (_, i) => (i >> (8 * (i & 1))) & 0xff)];
}

/** Time and memory of one input; errors of the library's own are an answer like any other. */
export function costOf(target: Target, input: string, made: Uint8Array, runs = 3): Cost {
  const bytes = target.repair ? target.repair(Uint8Array.from(made)) : made;
  let ms = Number.POSITIVE_INFINITY;
  let heap = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs; i++) {
    (globalThis as { gc?: () => void }).gc?.();
    const before = process.memoryUsage().heapUsed;
    const start = performance.now();
    try {
      target.run(bytes);
    } catch (error) {
      if (!isOwn(error)) throw error;
    }
    ms = Math.min(ms, performance.now() - start);
    heap = Math.min(heap, Math.max(0, process.memoryUsage().heapUsed - before));
    if (ms > 200) break;
  }
  return { target: target.name, input, bytes: made.length, ms, heap };
}

/** The dearest inputs of a size for a target, the worst first. */
export function worstOf(target: Target, size: number, runs = 3): Cost[] {
  const costs = Array.from(hardInputs(target, size), ([name, bytes]) => costOf(target, name, bytes, runs));
  return costs.sort((a, b) => b.ms - a.ms);
}
