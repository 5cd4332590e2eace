import { sumView } from "../../src/acpi/checksum.ts";
import { decodeNbft } from "../../src/nbft/read/read.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { comparePair, type GoalResult, median, type Pair, pairRow, type Row } from "../measure.ts";
import { fourTables } from "../tables.ts";

/** A line for each of four tables, and one for their median, which is what the goal is about. */
function perTable(what: string, limit: number, measure: (bytes: Uint8Array) => Pair): Row[] {
  const pairs = Object.entries(fourTables()).map(
    ([name, bytes]) => [`${what}, ${name} (${bytes.length} B)`, measure(bytes)] as const,
  );
  const ratio = median(pairs.map(([, pair]) => pair.ratio));
  return [
    ...pairs.map(([text, pair]) => pairRow("P6", text, pair)),
    { goal: "P6", what: `${what}, median of four`, ratio, limit, detail: "" },
  ];
}

/** P6: decoding not slower than 1.0.0's 0.26 by more than a tenth, encoding, and the checksum beside a plain loop. */
export function codecGoal(): GoalResult {
  const bytes = new Uint8Array(64 * 1024).map((_, i) => i * 7);
  const view = new DataView(bytes.buffer);
  const plain = () => {
    let sum = 0;
    for (let i = 0; i < bytes.length; i++) sum = (sum + bytes[i]!) & 0xff;
    return sum;
  };
  const decode = perTable("decode ÷ JSON.parse of the same", 0.29, (table) => {
    const json = JSON.stringify(decodeNbft(table));
    return comparePair(
      () => decodeNbft(table),
      () => JSON.parse(json),
    );
  });
  const encode = perTable("encode ÷ JSON.stringify of the same", 12, (table) => {
    const model = decodeNbft(table);
    return comparePair(
      () => encodeNbft(model),
      () => JSON.stringify(model),
    );
  });
  const sum = comparePair(() => sumView(view, 0, bytes.length), plain);
  return {
    rows: [...decode, ...encode, pairRow("P6", "checksum ÷ byte loop, 64 KB", sum, 0.5)],
    skipped: [
      "P6: libnvme's C, which has to be built by hand: in a loop over a table in memory, decode was 1.8 to 2.4 × it",
    ],
  };
}
