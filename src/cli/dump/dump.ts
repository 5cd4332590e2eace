import { signatureOf } from "../../acpi/found-table.ts";
import { NbftError } from "../../errors.ts";
import { type NbftReading, readNbft } from "../../nbft/read/read.ts";
import { plainTables } from "../../node/plain-tables.ts";
import type { Paint } from "../../output/paint.ts";
import { Batch } from "../batch.ts";
import { paintFor } from "../color.ts";
import type { Io } from "../io.ts";
import { complain, type ReadableTable, readable } from "../sources/readable.ts";
import type { DumpOptions, PlainDump } from "./options.ts";

/** What a format needs to know. */
export interface Dump {
  readonly tables: Iterable<ReadableTable>;
  readonly sources: readonly string[];
  readonly options: DumpOptions;
  readonly paint: Paint;
  readonly io: Io;
  readonly batch: Batch;
}

/** The tables with the signature of an NBFT, whatever else is wrong with them; the others are reported. */
export function* signedTables({ tables, io, batch }: Dump): Generator<ReadableTable> {
  for (const table of tables) {
    if (signatureOf(table.bytes) === "NBFT") yield table;
    else {
      batch.fail();
      complain(io, table.path, "not an NBFT: the signature is not NBFT");
    }
  }
}

/** The tables that are NBFTs, read; the others are reported. */
export function* readings({ tables, io, batch }: Dump): Generator<[ReadableTable, NbftReading]> {
  for (const table of tables) {
    try {
      yield [table, readNbft(table.bytes)];
    } catch (error) {
      if (!(error instanceof NbftError)) throw error;
      batch.fail();
      complain(io, table.path, error.message);
    }
  }
}

/** Shows the tables of a request; false, with nothing written, when a source is not a plain table file or a directory of some. */
export function showPlainly({ sources, options }: PlainDump, io: Io, show: (dump: Dump) => void): boolean {
  const plain = plainTables(sources);
  if (!plain) return false;
  const batch = new Batch(io);
  const tables = readable(plain, io, batch);
  show({ tables, sources, options, paint: paintFor(io, options.color), io, batch });
  return true;
}
