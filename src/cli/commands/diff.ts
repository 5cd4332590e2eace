import { type Command, Option } from "commander";
import { type ByteDifference, diffBytes } from "../../diff/diff-bytes.ts";
import { diffTables, type TableDifference } from "../../diff/diff-tables.ts";
import type { Paint } from "../../render/paint.ts";
import { escapeText } from "../../text/escape.ts";
import { hex } from "../../text/hex.ts";
import { readAnyTable } from "../any-table.ts";
import type { CliCommand } from "../command.ts";
import { type Io, raise } from "../io.ts";
import { type ColorChoice, colorOption, paintFor } from "../paint.ts";

interface DiffOptions {
  readonly outputFormat: "text" | "json";
  readonly bytes?: true;
  readonly showSecrets?: true;
  readonly color: ColorChoice;
}

/** `nbft diff A B`: what two tables say differently. Exits 0 when they are the same, 1 when they differ, 2 on trouble. */
export default {
  define(command: Command, io: Io): void {
    command
      .argument("<a>", "table in any form, document or boot description, or -")
      .argument("<b>", "the other one")
      .addOption(new Option("-o, --output-format <format>", "how to show it").choices(["text", "json"]).default("text"))
      .option("--bytes", "also tell where the bytes differ though they say the same: offsets, lengths, padding")
      .option("--show-secrets", "show key paths in text")
      .addOption(colorOption())
      .action((a: string, b: string, options: DiffOptions) => {
        const [before, after] = [readAnyTable(a, {}, io), readAnyTable(b, {}, io)];
        const differences = diffTables(before.reading.table, after.reading.table);
        const bytes = options.bytes ? diffBytes(before.reading, after.reading) : undefined;
        if (differences.length > 0 || (bytes?.length ?? 0) > 0) raise(io, 1);
        if (options.outputFormat === "json") {
          io.out(
            `${JSON.stringify({ a: before.name, b: after.name, differences, ...(bytes ? { bytes } : {}) }, null, 2)}\n`,
          );
        } else io.out(render(differences, bytes, paintFor(io, options.color), options.showSecrets ?? false));
      });
  },
} satisfies CliCommand;

function render(
  differences: readonly TableDifference[],
  bytes: readonly ByteDifference[] | undefined,
  paint: Paint,
  secrets: boolean,
): string {
  const marks = { changed: paint.doubtful("~"), added: paint.good("+"), removed: paint.bad("-") };
  const lines = differences.map(({ kind, path, before, after }) => {
    const show = (value: unknown) => escapeText(shown(path, value, secrets));
    const what = kind === "changed" ? `${show(before)} → ${show(after)}` : show(kind === "added" ? after : before);
    return `${marks[kind]} ${escapeText(path)} ${what}`;
  });
  const places = (bytes ?? []).map(({ path, kind, before, after }) => {
    const place = (where: { offset: number; length: number } | undefined) =>
      where ? `${hex(where.offset)}+${where.length}` : "";
    return `${paint.dim("layout")} ${escapeText(path)}: ${kind} ${[place(before), place(after)].filter(Boolean).join(" → ")}`;
  });
  return [...lines, ...places].map((line) => `${line}\n`).join("");
}

/** A value in one line; key paths are hidden. */
function shown(path: string, value: unknown, secrets: boolean): string {
  const hidden = (key: string, part: unknown) => (key === "secretKeypath" && !secrets ? "(hidden)" : part);
  if (path.endsWith(".secretKeypath") && !secrets) return "(hidden)";
  return typeof value === "string" ? value : JSON.stringify(value, hidden);
}
