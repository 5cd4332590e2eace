import { sumView } from "../../src/acpi/checksum.ts";
import {
  readControlDescriptor,
  readHfiDescriptor,
  readHfiTransportInfoTcp,
  readHostDescriptor,
  readNbftHeader,
  readSsnsDescriptor,
} from "../../src/nbft/generated/readers.ts";
import { decodeNbft } from "../../src/nbft/read/read.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { comparePair, type GoalResult, median, type Pair, pairRow, type Row } from "../measure.ts";
import { fourTables } from "../tables.ts";
import { ssnsByHand } from "./by-hand.ts";

const tables = Object.entries(fourTables());

/** A line for each table, and one for their median, which is what the goal is about. */
function perTable(goal: string, what: string, limit: number, measure: (bytes: Uint8Array) => Pair): Row[] {
  const pairs = tables.map(([name, bytes]) => [`${what}, ${name} (${bytes.length} B)`, measure(bytes)] as const);
  const ratio = median(pairs.map(([, pair]) => pair.ratio));
  return [
    ...pairs.map(([text, pair]) => pairRow(goal, text, pair)),
    { goal, what: `${what}, median of four`, ratio, limit, detail: "" },
  ];
}

/** G1: decoding beside JSON.parse of the same object. */
export function decodeGoal(): GoalResult {
  const rows = perTable("G1", "decode ÷ JSON.parse", 0.28, (bytes) => {
    const json = JSON.stringify(decodeNbft(bytes));
    return comparePair(
      () => decodeNbft(bytes),
      () => JSON.parse(json),
    );
  });
  return { rows };
}

/** G2: generated readers of records beside one written by hand, and beside decoding. */
export function rawGoal(): GoalResult {
  const bytes = fourTables()["large"]!;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const { ssns, hfi } = { ssns: view.getUint32(88, true), hfi: view.getUint32(80, true) };
  const every = (read: (at: number) => unknown, at: number, count: number, size: number) => {
    let last: unknown;
    for (let i = 0; i < count; i++) last = read(at + i * size);
    return last;
  };
  const generated = () => every((at) => readSsnsDescriptor(view, bytes, at), ssns, view.getUint8(95), 128);
  const byHand = () => every((at) => ssnsByHand(view, bytes, at), ssns, view.getUint8(95), 128);
  const raw = () => {
    every(
      (at) => {
        const record = readHfiDescriptor(view, bytes, at);
        return readHfiTransportInfoTcp(view, bytes, record.transportInfoRef.offset);
      },
      hfi,
      view.getUint8(87),
      32,
    );
    return [
      readNbftHeader(view, bytes, 0),
      readControlDescriptor(view, bytes, 64),
      readHostDescriptor(view, bytes, 128),
      generated(),
    ];
  };
  return {
    rows: [
      pairRow("G2", "generated reader ÷ one by hand, SSNS", comparePair(generated, byHand), 1.1),
      pairRow(
        "G2",
        "all records ÷ decode, large",
        comparePair(raw, () => decodeNbft(bytes)),
        1,
      ),
    ],
  };
}

/** G3: the checksum, and what a plain loop takes. */
export function checksumGoal(): GoalResult {
  const bytes = new Uint8Array(64 * 1024).map((_, i) => i * 7);
  const view = new DataView(bytes.buffer);
  const plain = () => {
    let sum = 0;
    for (let i = 0; i < bytes.length; i++) sum = (sum + bytes[i]!) & 0xff;
    return sum;
  };
  const pair = comparePair(() => sumView(view, 0, bytes.length), plain);
  const perKilobyte = pair.ours / 64;
  return {
    rows: [
      pairRow("G3", "checksum ÷ byte loop, 64 KB", pair, 0.5),
      {
        goal: "G3",
        what: "checksum, ns a KB ÷ 400",
        ratio: perKilobyte / 400,
        limit: 1,
        detail: `${perKilobyte.toFixed(0)} ns/KB`,
      },
    ],
  };
}

/** G4: encoding beside JSON.stringify of the same object, and beside decoding. */
export function encodeGoal(): GoalResult {
  const model = (bytes: Uint8Array) => decodeNbft(bytes);
  const stringify = perTable("G4", "encode ÷ JSON.stringify", 0.7, (bytes) => {
    const table = model(bytes);
    return comparePair(
      () => encodeNbft(table),
      () => JSON.stringify(table),
    );
  });
  const decode = perTable("G4", "encode ÷ decode", 2.5, (bytes) => {
    const table = model(bytes);
    return comparePair(
      () => encodeNbft(table),
      () => decodeNbft(bytes),
    );
  });
  return { rows: [...stringify, ...decode] };
}
