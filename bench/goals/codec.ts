import { NdjsonWriter } from "../../src/document/ndjson.ts";
import { encodeNbft } from "../../src/nbft/encode.ts";
import { decodeNbft } from "../../src/nbft/read.ts";
import { comparePair, type GoalResult, pairRow } from "../measure.ts";
import { fourTables } from "../tables.ts";

const tables = Object.entries(fourTables());

/** Decoding beside JSON.parse of the same object. */
export function decodeGoal(): GoalResult {
  const rows = tables.map(([name, bytes]) => {
    const json = JSON.stringify(decodeNbft(bytes));
    const pair = comparePair(
      () => decodeNbft(bytes),
      () => JSON.parse(json),
    );
    return pairRow("G1", `decode ÷ JSON.parse, ${name} (${bytes.length} B)`, pair, 0.28);
  });
  return { rows };
}

/** Encoding beside JSON.stringify of the same object, and beside decoding. */
export function encodeGoal(): GoalResult {
  const rows = tables.flatMap(([name, bytes]) => {
    const table = decodeNbft(bytes);
    const encode = () => encodeNbft(table);
    return [
      pairRow(
        "G4",
        `encode ÷ JSON.stringify, ${name}`,
        comparePair(encode, () => JSON.stringify(table)),
        0.7,
      ),
      pairRow(
        "G4",
        `encode ÷ decode, ${name}`,
        comparePair(encode, () => decodeNbft(bytes)),
        2.5,
      ),
    ];
  });
  return { rows };
}

/** NDJSON straight from bytes beside decoding and JSON.stringify, which give the same text. */
export function ndjsonGoal(): GoalResult {
  const writer = new NdjsonWriter(1 << 20);
  const rows = tables.map(([name, bytes]) => {
    const direct = () => {
      writer.add("NBFT", bytes);
      if (writer.length > 1 << 19) writer.take();
    };
    const pair = comparePair(direct, () => JSON.stringify({ source: "NBFT", ...decodeNbft(bytes) }));
    return pairRow("G5", `NDJSON ÷ decode + JSON.stringify, ${name}`, pair, 0.33);
  });
  return { rows };
}
