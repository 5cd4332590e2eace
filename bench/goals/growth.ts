import { checksumFor } from "../../src/acpi/checksum.ts";
import { documentOf } from "../../src/document/document.ts";
import { NbftError } from "../../src/errors.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { plain } from "../../src/output/paint.ts";
import { formatTable } from "../../src/output/table-tree.ts";
import { validate } from "../../src/rules/validate.ts";
import { comparePair, duration, type GoalResult, median, pairRow, type Row } from "../measure.ts";
import { aliasedTable, fourTables, makeTable, paddedTable, soundTables } from "../tables.ts";

/** CPU time of single calls, in nanoseconds; the first ones, before anything is compiled, are not counted. */
function single(call: () => unknown, times: number, warmUp: number): number {
  for (let i = 0; i < warmUp; i++) call();
  return median(
    Array.from({ length: times }, () => {
      const { user, system } = process.cpuUsage();
      call();
      const after = process.cpuUsage();
      return (after.user + after.system - user - system) * 1000;
    }),
  );
}

/** G11: time follows the size, and validation is no more than half of decoding. */
export function growthGoal(): GoalResult {
  const tables: [string, Uint8Array, number][] = [
    ["4/16/2", makeTable({ hfi: 4, ssns: 16, discovery: 2 }), 2.5],
    ["64/128/16", makeTable({ hfi: 64, ssns: 128, discovery: 16 }), 2.5],
    ["255/0/0", makeTable({ hfi: 255, ssns: 0, discovery: 0 }), 2.5],
    ["255/255/255", makeTable({ hfi: 255, ssns: 255, discovery: 255 }), 4.5],
    ["1 MB heap", paddedTable(makeTable({ hfi: 2, ssns: 4, discovery: 1 }), 1 << 20), 2.5],
  ];
  const rows: Row[] = tables.map(([name, bytes, limit]) => {
    const times = Math.max(1, Math.round(2e6 / bytes.length));
    const taken =
      single(
        () => {
          for (let i = 0; i < times; i++) readNbft(bytes);
        },
        21,
        5,
      ) / times;
    return {
      goal: "G11",
      what: `read ${name}, ns a byte`,
      ratio: taken / bytes.length,
      limit,
      detail: `${duration(taken)} for ${bytes.length} B`,
    };
  });
  const judged = (bytes: Uint8Array) => {
    const reading = readNbft(bytes);
    return comparePair(
      () => validate(reading),
      () => readNbft(bytes),
      { rounds: 11 },
    );
  };
  const sound = {
    ...soundTables(),
    "255/255/255": makeTable({ hfi: 255, ssns: 255, discovery: 255, minorRevision: 1 }),
  };
  for (const [name, bytes] of Object.entries(sound)) {
    rows.push(pairRow("G11", `validate ÷ decode, sound, ${name} (${bytes.length} B)`, judged(bytes), 0.5));
  }
  for (const [name, bytes] of Object.entries(fourTables())) {
    const count = validate(bytes).length;
    rows.push(pairRow("G11", `validate ÷ decode, ${count} findings, ${name} (${bytes.length} B)`, judged(bytes)));
  }
  return { rows };
}

/** Tables of at most 128 KB that were made to be slow or large. */
function hostileTables(): [string, Uint8Array][] {
  const noise = new Uint8Array(131_072).map((_, i) => (i * 2654435761) >>> 24);
  noise.set([0x4e, 0x42, 0x46, 0x54]);
  noise[70] = 1;
  return [
    ["255 lists name one object", aliasedTable(255)],
    ["255 texts name one object", aliasedTable(255, "subsystemNqn")],
    ["255 lists and texts name one object", aliasedTable(255, "both")],
    ["255 interfaces name one transport info", sharedTransport()],
    ["every list stated in full, nothing but noise", noise],
    ["everything broken", broken(makeTable({ hfi: 255, ssns: 255, discovery: 255 }))],
  ];
}

/** 255 HFIs whose references all lead to the first one's transport info. */
function sharedTransport(): Uint8Array {
  const bytes = makeTable({ hfi: 255, ssns: 0, discovery: 0 });
  const view = new DataView(bytes.buffer);
  const hfi = view.getUint32(80, true);
  for (let i = 1; i < 255; i++) view.setUint32(hfi + 32 * i + 16, view.getUint32(hfi + 16, true), true);
  bytes[9] = checksumFor(bytes);
  return bytes;
}

/** The same with every descriptor's ids, flags and references spoilt: as many findings as there can be. */
function broken(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer);
  for (const at of [80, 88, 104]) {
    const [start, stride, count] = [view.getUint32(at, true), view.getUint16(at + 4, true), view.getUint8(at + 7)];
    for (let i = 0; i < count; i++) for (let j = 0; j < stride; j += 3) bytes[start + i * stride + j]! ^= 0x55;
  }
  return bytes;
}

/** G12: no input of 128 KB takes more than 10 ms or ten times its size. */
export function hostileGoal(): GoalResult {
  const rows: Row[] = [];
  for (const [name, bytes] of hostileTables()) {
    const calls: Record<string, () => unknown> = {
      read: () => readNbft(bytes),
      document: () => documentOf(readNbft(bytes)),
      tree: () => formatTable("x", readNbft(bytes), { paint: plain }),
      validate: () => validate(bytes),
    };
    for (const [verb, call] of Object.entries(calls)) {
      const first = single(call, 1, 0);
      // The first calls of a process compile, which has nothing to do with the input.
      const taken = single(call, 15, 20);
      rows.push({
        goal: "G12",
        what: `${verb}: ${name}, ÷ 10 ms`,
        ratio: taken / 1e7,
        limit: 1,
        detail: `${duration(taken)} for ${bytes.length} B, the first call ${duration(first)}`,
      });
    }
    rows.push({
      goal: "G12",
      what: `memory of the reading: ${name}, ÷ input`,
      ratio: retained(() => readNbft(bytes)) / bytes.length,
      limit: 10,
      detail: `${bytes.length} B`,
    });
  }
  return { rows };
}

/** Bytes of the heap that a result keeps; the process must run with --expose-gc. */
function retained(make: () => unknown): number {
  const collect = (globalThis as { gc?: () => void }).gc;
  if (!collect) throw new Error("run with --expose-gc");
  const keep: unknown[] = [make(), make()];
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 10; i++) keep.push(make());
  collect();
  const kept = (process.memoryUsage().heapUsed - before) / 10;
  return keep.length > 0 ? kept : 0;
}

/** G13: mutated tables a second and core, and nothing but the library's own errors. */
export function fuzzGoal(): GoalResult {
  const bases = Object.values(fourTables());
  let state = 1;
  const next = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * limit);
  };
  const copies = bases.map((base) => Uint8Array.from(base));
  let foreign = 0;
  const count = 200_000;
  const run = (times: number) => {
    for (let i = 0; i < times; i++) {
      const which = i % 3;
      const bytes = copies[which]!;
      const changes = Array.from({ length: 1 + next(4) }, () => [next(bytes.length), next(256)] as const);
      for (const [at, byte] of changes) bytes[at] = byte;
      bytes[9] = checksumFor(bytes);
      try {
        readNbft(bytes);
      } catch (error) {
        if (!(error instanceof NbftError)) foreign++;
      }
      for (const [at] of changes) bytes[at] = bases[which]![at]!;
    }
  };
  run(20_000);
  const { user, system } = process.cpuUsage();
  run(count);
  const after = process.cpuUsage();
  const rate = count / ((after.user + after.system - user - system) / 1e6);
  return {
    rows: [
      {
        goal: "G13",
        what: "100,000 ÷ mutated tables a second",
        ratio: 100_000 / rate,
        limit: 1,
        detail: `${Math.round(rate)} a second`,
      },
      { goal: "G13", what: "errors that are not the library's", ratio: foreign, limit: 0, detail: `${count} tables` },
    ],
  };
}
