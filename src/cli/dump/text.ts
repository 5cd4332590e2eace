import { formatTable } from "../../output/table-tree.ts";
import type { Io } from "../io.ts";
import { type Dump, readings, showPlainly } from "./dump.ts";
import type { PlainDump } from "./options.ts";

/** `-o text`: the tables as trees. */
export function dumpText(dump: Dump): void {
  const { paint, options, io } = dump;
  let first = true;
  for (const [{ path }, reading] of readings(dump)) {
    const text = formatTable(path, reading, { paint, sections: options, showSecrets: options.showSecrets ?? false });
    io.out(first ? text : `\n${text}`);
    first = false;
  }
}

/** The same for a plain command line. */
export const run = (request: PlainDump, io: Io): boolean => showPlainly(request, io, dumpText);
