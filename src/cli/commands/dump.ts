import { type Command, Option } from "commander";
import { type AcpidumpStyle, formatAcpidump } from "../../acpi/acpidump-text.ts";
import type { IaslStyle } from "../../acpi/iasl-lines.ts";
import { formatDsl } from "../../output/dsl.ts";
import { formatHexDump } from "../../output/hex-dump.ts";
import { formatIasl } from "../../output/iasl.ts";
import { Batch } from "../batch.ts";
import { paintFor } from "../color.ts";
import type { CliCommand } from "../command.ts";
import type { ConsumerArguments } from "../consumer-option.ts";
import { type Dump, readings, type ShowOptions } from "../dump/dump.ts";
import { dumpJson } from "../dump/json.ts";
import { dumpNdjson } from "../dump/ndjson.ts";
import { dumpAsNvmeCli } from "../dump/nvme-cli.ts";
import { dumpText } from "../dump/text.ts";
import { dumpYaml } from "../dump/yaml.ts";
import type { Io } from "../io.ts";
import { colorOption, secretsOption } from "../options/common.ts";
import { formatOption } from "../options/format.ts";
import { refuseTerminal } from "../output.ts";
import { addSourceArguments, type SourceArguments } from "../sources/arguments.ts";
import { readableTables } from "../sources/tables.ts";

interface DumpOptions extends SourceArguments, ShowOptions, ConsumerArguments {
  readonly outputFormat: keyof typeof formats;
  readonly iaslStyle: IaslStyle;
  readonly acpidumpStyle: AcpidumpStyle;
}

type AnyDump = Dump<DumpOptions>;

/** Every format: reads the tables one by one and writes. */
const formats = {
  text: dumpText,
  json: dumpJson,
  yaml: dumpYaml,
  ndjson: dumpNdjson,
  "nvme-cli-json": (dump: AnyDump) => dumpAsNvmeCli(dump, "json"),
  "nvme-cli-text": (dump: AnyDump) => dumpAsNvmeCli(dump, "normal"),
  hex: (dump: AnyDump) => {
    let first = true;
    for (const [{ path }, reading] of readings(dump)) {
      dump.io.out((first ? "" : "\n") + formatHexDump(path, reading, dump.paint));
      first = false;
    }
  },
  acpidump: ({ tables, options, io }: AnyDump) => io.out(formatAcpidump([...tables], options.acpidumpStyle)),
  iasl: (dump: AnyDump) => {
    const style = dump.options.iaslStyle;
    for (const [{ path }, reading] of readings(dump)) dump.io.out(formatIasl(path, reading, { style }));
  },
  dsl: (dump: AnyDump) => {
    for (const [{ path }, reading] of readings(dump)) dump.io.out(formatDsl(path, reading));
  },
  binary: (dump: AnyDump) => {
    refuseTerminal(dump.io, "binary data");
    for (const { bytes } of dump.tables) dump.io.out(bytes);
  },
} as const;

/** `nbft dump [SOURCE…]`: shows tables. Exits 0 when every table could be shown, whatever is wrong with it. */
export default {
  define(command: Command, io: Io): void {
    addSourceArguments(command, io)
      .addOption(formatOption(Object.keys(formats)))
      .option(
        "--consumer <name[@release]>",
        "release of nvme-cli for the nvme-cli formats, for example nvme-cli@2.16 (default: 3.0-rc1)",
        (word: string) => [word],
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
      .addOption(secretsOption())
      .addOption(colorOption())
      .action((sources: string[], options: DumpOptions) => {
        const batch = new Batch(io);
        const mayBeEmpty = options.outputFormat.startsWith("nvme-cli-");
        const tables = readableTables(sources, { ...options, mayBeEmpty }, io, batch);
        formats[options.outputFormat]({ tables, sources, options, paint: paintFor(io), io, batch });
      });
  },
} satisfies CliCommand;
