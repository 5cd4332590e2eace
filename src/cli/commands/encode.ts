import { READ_BY_ALL, tableOfBoot } from "../../boot/table.ts";
import { withPlaces } from "../../document/parse-text.ts";
import { type PreparedDocument, prepareDocument } from "../../document/read-document.ts";
import { nbftRevisions } from "../../document/revisions.ts";
import { encodeNbft, type LayoutChoice } from "../../nbft/write/encode.ts";
import { countFindings } from "../../output/findings/text.ts";
import { validate } from "../../rules/validate.ts";
import { type Described, needsTable } from "../../sources/described.ts";
import { escapeText } from "../../text/escape.ts";
import { specHex } from "../../text/hex.ts";
import type { RowCommand } from "../command.ts";
import { aboutFile, type Io, note, UsageError } from "../io.ts";
import type { OptionsOf } from "../options/options-of.ts";
import type { OptionRow } from "../options/rows.ts";
import { resultRow } from "../options/rows.ts";
import { refuseSameFile, writeOutput } from "../output.ts";
import { describedIn } from "../sources/described.ts";
import { severalBoots } from "../sources/tests.ts";

const rows = [
  resultRow("write the table here"),
  {
    flags: "--layout <layout>",
    description: "order and alignment of the parts (default: the document's, else spec)",
    choices: ["spec", "edk2", "preserve"],
  },
  {
    flags: "--revision <revision>",
    description: "revision of the NBFT (default: the document's, else the oldest that has all fields)",
    choices: nbftRevisions,
  },
] as const satisfies readonly OptionRow[];

type EncodeArguments = OptionsOf<typeof rows>;

/** `nbft encode DOC -w FILE`: makes a table from its document or from a boot description. */
export default {
  words: [["<document>", "the document of a table or a boot description, JSON or YAML; - for standard input"]],
  rows,
  run([path], options, io) {
    refuseSameFile(path!, options.write);
    const { described, file } = describedIn(path!, io);
    if (described.kind === "show") throw new UsageError(`${file}: ${needsTable(described.shows)}`);
    if (described.kind === "boots") throw severalBoots(described.boots, file);
    const { bytes, layout, notes } = aboutFile(file, () => encoded(described, options));
    writeOutput(io, options.write, bytes);
    if (options.write !== "-" && !io.quiet) io.out(`${escapeText(options.write)}: ${summary(bytes, layout)}\n`);
    for (const { path, message } of notes) note(io, `${escapeText(file)}: ${path}: ${message}`);
    noteFindings(bytes, options.write, io);
  },
  manual: { examples: [["nbft encode boot.yaml -w NBFT", "writes the table of a description"]] },
} satisfies RowCommand<EncodeArguments>;

function encoded(
  described: Extract<Described, { kind: "boot" | "document" }>,
  options: EncodeArguments,
): Pick<PreparedDocument, "layout" | "notes"> & { bytes: Uint8Array } {
  if (described.kind === "boot") {
    const layout = options.layout === "edk2" ? "edk2" : "spec";
    const table = tableOfBoot(described.boot, { revision: options.revision ?? READ_BY_ALL });
    return { bytes: encodeNbft(table, { layout }), layout, notes: [] };
  }
  const { layout, revision } = options;
  return withPlaces(described.parsed, (value) => {
    const prepared = prepareDocument(value, { ...(layout && { layout }), ...(revision && { revision }) });
    return { ...prepared, bytes: encodeNbft(prepared.table, { layout: prepared.layout }) };
  });
}

function summary(bytes: Uint8Array, layout: LayoutChoice): string {
  const style = typeof layout === "string" ? layout : (layout.style ?? "preserved");
  return `${bytes.length} bytes, revision ${bytes[8]}.${bytes[50]}, layout ${style}, checksum ${specHex(bytes[9]!)}`;
}

/** A table that says what its document says may still be one that no reader wants. */
function noteFindings(bytes: Uint8Array, output: string, io: Io): void {
  if (io.quiet) return;
  const findings = validate(bytes, { least: "warning" });
  if (findings.length === 0) return;
  const name = output === "-" ? "the table" : escapeText(output);
  note(io, `${name} has ${countFindings(findings)}: see nbft validate`);
}
