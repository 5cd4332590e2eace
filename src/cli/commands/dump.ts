import { formatAcpidump } from "../../acpi/acpidump-text.ts";
import { formatDsl } from "../../output/dsl.ts";
import { formatHexDump } from "../../output/hex-dump.ts";
import { formatIasl } from "../../output/iasl.ts";
import { Batch } from "../batch.ts";
import { paintFor } from "../color.ts";
import type { RowCommand } from "../command.ts";
import { type Dump, readings, signedTables } from "../dump/dump.ts";
import { dumpJson } from "../dump/json.ts";
import { dumpNdjson } from "../dump/ndjson.ts";
import { dumpAsNvmeCli } from "../dump/nvme-cli.ts";
import { type DumpOptions, dumpRows } from "../dump/options.ts";
import { dumpText } from "../dump/text.ts";
import { dumpYaml } from "../dump/yaml.ts";
import { liveTablesFile } from "../help/notes.ts";
import { sourceRows, sourceWords } from "../options/table-rows.ts";
import { refuseTerminal } from "../output.ts";
import { describing } from "../sources/describing.ts";
import { readableTables } from "../sources/tables.ts";

/** Every format: reads the tables one by one and writes. */
const formats = {
  text: dumpText,
  json: dumpJson,
  yaml: dumpYaml,
  ndjson: dumpNdjson,
  "nvme-cli-json": (dump: Dump) => dumpAsNvmeCli(dump, "json"),
  "nvme-cli-text": (dump: Dump) => dumpAsNvmeCli(dump, "normal"),
  hex: (dump: Dump) => {
    let first = true;
    for (const [{ path }, reading] of readings(dump)) {
      dump.io.out((first ? "" : "\n") + formatHexDump(path, reading, dump.paint));
      first = false;
    }
  },
  acpidump: (dump: Dump) => dump.io.out(formatAcpidump([...signedTables(dump)], dump.options.acpidumpStyle)),
  iasl: (dump: Dump) => {
    const style = dump.options.iaslStyle;
    for (const [{ path }, reading] of readings(dump)) dump.io.out(formatIasl(path, reading, { style }));
  },
  dsl: (dump: Dump) => {
    for (const [{ path }, reading] of readings(dump)) dump.io.out(formatDsl(path, reading));
  },
  binary: (dump: Dump) => {
    refuseTerminal(dump.io, "binary data", "> FILE");
    for (const { bytes } of signedTables(dump)) dump.io.out(bytes);
  },
} as const satisfies Record<DumpOptions["outputFormat"], (dump: Dump) => void>;

/** `nbft dump [SOURCE…]`: shows tables. Exits 0 when every table could be shown, whatever is wrong with it. */
export default {
  words: sourceWords,
  rows: [...sourceRows, ...dumpRows],
  async run(sources, options, io) {
    const batch = new Batch(io);
    const mayBeEmpty = options.outputFormat.startsWith("nvme-cli-");
    const found = { ...(await describing(sources, options, io)), mayBeEmpty };
    const tables = readableTables(sources, found, io, batch);
    formats[options.outputFormat]({ tables, sources, options, paint: paintFor(io), io, batch });
  },
  manual: {
    examples: [
      ["nbft dump", "shows the tables of this machine"],
      ["nbft dump -o hex NBFT", "names the field of every byte"],
      ["nbft dump -o yaml NBFT > table.yaml", "writes a document for nbft encode"],
    ],
    files: [liveTablesFile],
  },
} satisfies RowCommand<DumpOptions>;
