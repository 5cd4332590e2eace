import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RowCommand } from "../command.ts";
import type { Io } from "../io.ts";
import { openPage } from "../open-page.ts";
import type { OptionRow } from "../options/rows.ts";
import { writeRow } from "../options/rows.ts";
import { refuseTerminal, writeOutput } from "../output.ts";

/** The page itself, in the one file for machines without the package. */
declare const PLAYGROUND: string | undefined;

/** Where a built package has it: beside the folder of the command line. */
const packaged = () => join(__dirname, "../../playground.html");

const rows = [writeRow("write the page here instead of opening it")] as const satisfies readonly OptionRow[];

/** `nbft playground`: opens the page that reads, draws and edits tables, or writes it somewhere. */
export default {
  words: [],
  rows,
  async run(_, { write }, io) {
    const page = typeof PLAYGROUND === "string" ? PLAYGROUND : undefined;
    if (write === "-") refuseTerminal(io, "HTML");
    if (write !== undefined) writeOutput(io, write, page ?? readFileSync(packaged(), "utf8"));
    else await openPage(io, page === undefined ? packaged() : temporary(page, io));
  },
  manual: { examples: [["nbft playground", "opens the page"]] },
} satisfies RowCommand<{ readonly write?: string }>;

function temporary(page: string, io: Io): string {
  const file = join(mkdtempSync(join(tmpdir(), "nbft-")), "playground.html");
  writeOutput(io, file, page);
  return file;
}
