import { readPlainly } from "../options/rows.ts";
import { type DumpOptions, dumpRows, plainFormats } from "./options.ts";

/** A plain `nbft dump FILE…`, understood without commander. */
export interface DumpRequest {
  readonly format: (typeof plainFormats)[number];
  readonly sources: readonly string[];
  readonly options: DumpOptions;
}

/** Sources are looked at before anything is written; a few only. */
const MOST_SOURCES = 16;

/** What a command line asks for when it is a plain `dump FILE…`; undefined for everything else, right or wrong, which commander reads. */
export function dumpRequest([command, ...argv]: readonly string[]): DumpRequest | undefined {
  const given = command === "dump" ? readPlainly(dumpRows, argv) : undefined;
  if (!given || given.words.length === 0 || given.words.length > MOST_SOURCES) return undefined;
  const options = given.options as unknown as DumpOptions;
  const format = plainFormats.find((name) => name === options.outputFormat);
  return format && { format, sources: given.words, options };
}
