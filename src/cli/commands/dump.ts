import { type Command, Option } from "commander";
import { type AcpidumpStyle, formatAcpidump } from "../../acpi/acpidump-text.ts";
import type { IaslStyle } from "../../acpi/iasl-lines.ts";
import { formatNvmeCliJson, formatNvmeCliText } from "../../consumers/nvme-cli-show.ts";
import { bareDocumentOf, documentOf } from "../../document/document.ts";
import { NbftError } from "../../errors.ts";
import { type NbftReading, readNbft } from "../../nbft/read.ts";
import { formatDsl } from "../../render/dsl.ts";
import { formatHexDump } from "../../render/hex-dump.ts";
import { formatIasl } from "../../render/iasl.ts";
import type { Paint } from "../../render/paint.ts";
import { formatTable } from "../../render/table-tree.ts";
import type { CliCommand } from "../command.ts";
import { type Io, UsageError } from "../io.ts";
import { type ColorChoice, colorOption, paintFor } from "../paint.ts";
import {
  addSourceArguments,
  complain,
  isSingle,
  type ReadableTable,
  readableTables,
  type SourceArguments,
} from "../sources.ts";

interface DumpOptions extends SourceArguments {
  readonly outputFormat: keyof typeof formats;
  readonly subsystem?: true;
  readonly hfi?: true;
  readonly discovery?: true;
  readonly showSecrets?: true;
  readonly iaslStyle: IaslStyle;
  readonly acpidumpStyle: AcpidumpStyle;
  readonly color: ColorChoice;
}

/** What a format needs to know. */
interface Dump {
  readonly tables: Iterable<ReadableTable>;
  readonly sources: readonly string[];
  readonly options: DumpOptions;
  readonly paint: Paint;
  readonly io: Io;
}

/** Every format: reads the tables one by one and writes. */
const formats = {
  text: (dump: Dump) => {
    let first = true;
    for (const [{ path }, reading] of readings(dump)) {
      const { paint, options } = dump;
      const text = formatTable(path, reading, { paint, sections: options, showSecrets: options.showSecrets ?? false });
      dump.io.out(first ? text : `\n${text}`);
      first = false;
    }
  },
  json: (dump: Dump) => {
    const found = [...readings(dump)];
    const single = isSingle(
      dump.sources,
      dump.options,
      found.map(([table]) => table),
    );
    const documents = found.map(([{ path }, reading]) => ({
      ...(single ? {} : { source: path }),
      ...documentOf(reading),
    }));
    dump.io.out(`${JSON.stringify(single ? documents[0] : documents, null, 2)}\n`);
  },
  ndjson: (dump: Dump) => {
    for (const [{ path }, { table }] of readings(dump)) {
      dump.io.out(`${JSON.stringify({ source: path, ...bareDocumentOf(table) })}\n`);
    }
  },
  "nvme-cli-json": ({ tables, options, io }: Dump) => io.out(formatNvmeCliJson([...tables], options)),
  "nvme-cli-text": ({ tables, options, io }: Dump) => io.out(formatNvmeCliText([...tables], options)),
  hex: (dump: Dump) => {
    let first = true;
    for (const [{ path }, reading] of readings(dump)) {
      dump.io.out((first ? "" : "\n") + formatHexDump(path, reading, dump.paint));
      first = false;
    }
  },
  acpidump: ({ tables, options, io }: Dump) => io.out(formatAcpidump([...tables], options.acpidumpStyle)),
  iasl: (dump: Dump) => {
    const style = dump.options.iaslStyle;
    for (const [{ path }, reading] of readings(dump)) dump.io.out(formatIasl(path, reading, { style }));
  },
  dsl: (dump: Dump) => {
    for (const [{ path }, reading] of readings(dump)) dump.io.out(formatDsl(path, reading));
  },
  binary: (dump: Dump) => {
    if (dump.io.outIsTty) throw new UsageError("will not write binary data to a terminal; use a pipe or a redirection");
    for (const { bytes } of dump.tables) dump.io.out(bytes);
  },
} as const;

/** The tables that are NBFTs, read; the others are reported. */
function* readings({ tables, io }: Dump): Generator<[ReadableTable, NbftReading]> {
  for (const table of tables) {
    try {
      yield [table, readNbft(table.bytes)];
    } catch (error) {
      if (!(error instanceof NbftError)) throw error;
      complain(io, table.path, error.message);
    }
  }
}

/** `nbft dump [SOURCE…]`: shows tables. Exits 0 when every table could be shown, whatever is wrong with it. */
export default {
  define(command: Command, io: Io): void {
    addSourceArguments(command)
      .addOption(
        new Option("-o, --output-format <format>", "how to show them").choices(Object.keys(formats)).default("text"),
      )
      .option("-s, --subsystem", "only subsystems (text and nvme-cli formats)")
      .option("-H, --hfi", "only HFIs")
      .option("-d, --discovery", "only discovery controllers")
      .addOption(
        new Option("--iasl-style <style>", "whose look -o iasl has: iasl's up to 20200925, or newer ones'")
          .choices(["old", "new"])
          .default("new"),
      )
      .addOption(
        new Option("--acpidump-style <style>", "whose text -o acpidump writes")
          .choices(["acpica", "fwts", "pmtools"])
          .default("acpica"),
      )
      .option("--show-secrets", "show key paths in text")
      .addOption(colorOption())
      .action((sources: string[], options: DumpOptions) => {
        const tables = readableTables(sources, options, io);
        formats[options.outputFormat]({ tables, sources, options, paint: paintFor(io, options.color), io });
      });
  },
} satisfies CliCommand;
