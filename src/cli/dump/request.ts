import type { Io } from "../io.ts";
import { readPlainly } from "../options/rows.ts";
import { type DumpOptions, dumpRows, type PlainDump } from "./options.ts";

/** What shows a request; false, with nothing written, for sources that need the rest of the program. */
type PlainRun = (request: PlainDump, io: Io) => boolean;

/** Formats that are shown without loading the rest of the program: a bundle each. */
export const plainFormats: Readonly<Record<string, () => Promise<{ readonly run: PlainRun }>>> = {
  text: () => import("./text.ts"),
  json: () => import("./json.ts"),
  ndjson: () => import("./ndjson.ts"),
};

/** A plain `nbft dump FILE…`, understood without commander, and what shows it. */
interface DumpRequest extends PlainDump {
  readonly load: (typeof plainFormats)[string];
}

/** Sources are looked at before anything is written; a few only. */
const MOST_SOURCES = 16;

/** What a command line asks for when it is a plain `dump FILE…`; undefined for everything else, right or wrong, which commander reads. */
export function dumpRequest([command, ...argv]: readonly string[]): DumpRequest | undefined {
  const given = command === "dump" ? readPlainly(dumpRows, argv) : undefined;
  if (!given || given.words.length === 0 || given.words.length > MOST_SOURCES) return undefined;
  const options = given.options as unknown as DumpOptions;
  const load = plainFormats[options.outputFormat];
  return load && { load, sources: given.words, options };
}
