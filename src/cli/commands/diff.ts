import { diffBytes } from "../../diff/diff-bytes.ts";
import { diffTables } from "../../diff/diff-tables.ts";
import type { NbftTable } from "../../nbft/table.ts";
import { renderByteDifferences, renderDifferences } from "../../output/differences.ts";
import { shownPart } from "../../sources/show/shown-part.ts";
import { escapeText } from "../../text/escape.ts";
import { formatJson } from "../../text/json.ts";
import { paintFor } from "../color.ts";
import type { RowCommand } from "../command.ts";
import { raise, UsageError } from "../io.ts";
import type { OptionsOf } from "../options/options-of.ts";
import type { OptionRow } from "../options/rows.ts";
import { colorRow, formatRow, secretsRow } from "../options/rows.ts";
import { originRows } from "../options/table-rows.ts";
import { type OneTable, oneTable } from "../sources/one-table.ts";
import { onlySource } from "../sources/only-source.ts";

const rows = [
  ...originRows,
  formatRow(["text", "json"]),
  {
    flags: "--bytes",
    description: "also show bytes that differ without changing a value: offsets, lengths, leftovers",
  },
  secretsRow,
  colorRow,
] as const satisfies readonly OptionRow[];

type DiffOptions = OptionsOf<typeof rows>;

/** `nbft diff A B`: what two tables say differently. Exits 0 when they are the same, 1 when they differ, 2 on trouble. */
export default {
  words: [
    ["<a>", "table in any container, document or boot description, or -"],
    ["[b]", "the other one; or use --nbft-path"],
  ],
  rows,
  run([a, second], options, io) {
    const b = onlySource(second, options, "name the other table");
    if (a === "-" && b === "-") throw new UsageError("standard input can be read once only");
    const [before, after] = [a!, b].map((source) => oneTable(source, { from: options.from, shows: true }, io)) as [
      OneTable,
      OneTable,
    ];
    const shown = [before, after].find(({ show }) => show);
    if (options.bytes && shown)
      throw new UsageError(
        `${escapeText(shown.name)}: what nvme-cli shows of a table, without its bytes; leave out --bytes`,
      );
    const differences = diffTables(comparable(before, after), comparable(after, before));
    const bytes = options.bytes ? diffBytes(before.reading, after.reading) : undefined;
    if (differences.length > 0 || (bytes?.length ?? 0) > 0) raise(io, 1);
    if (options.outputFormat === "json") {
      const result = { a: before.name, b: after.name, differences, ...(bytes && { bytes }) };
      io.out(formatJson(result));
      return;
    }
    const style = { paint: paintFor(io), showSecrets: options.showSecrets };
    io.out(renderDifferences(differences, style) + renderByteDifferences(bytes ?? [], style));
  },
  manual: { examples: [["nbft diff before/NBFT after/NBFT", "compares two tables"]], one: "the tables differ" },
} satisfies RowCommand<DiffOptions>;

/** A table as far as it can be compared with what nvme-cli shows of another. */
function comparable({ name, bytes, reading, show }: OneTable, other: OneTable): NbftTable {
  if (!other.show || show) return reading.table;
  if (other.show.form === "boot options")
    throw new UsageError(
      `${escapeText(other.name)}: boot options, which have too little of a table to be compared; nbft plan shows the connections of each`,
    );
  const part = shownPart(bytes, other.show);
  if (!part) throw new UsageError(`${escapeText(name)}: nvme nbft show prints nothing of it; nbft explain shows why`);
  return part;
}
