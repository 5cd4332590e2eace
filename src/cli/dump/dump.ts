import { signatureOf } from "../../acpi/found-table.ts";
import { NbftError } from "../../errors.ts";
import { type NbftReading, readNbft } from "../../nbft/read/read.ts";
import type { Paint } from "../../output/paint.ts";
import type { Batch } from "../batch.ts";
import type { Io } from "../io.ts";
import { complain, type ReadableTable } from "../sources/readable.ts";
import type { DumpOptions } from "./options.ts";

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
