import type { Command } from "commander";
import { structureOrder } from "../../nbft/structures/order.ts";
import { structuresC } from "../../output/structures/c.ts";
import { structuresImhex } from "../../output/structures/imhex.ts";
import { structuresJson } from "../../output/structures/json.ts";
import { structuresKsy } from "../../output/structures/ksy.ts";
import { structureMarkdown } from "../../structure/markdown.ts";
import type { Structure } from "../../structure/structure.ts";
import type { CliCommand } from "../command.ts";
import type { Io } from "../io.ts";
import { optionOf } from "../options/add.ts";
import { formatRow, writeRow } from "../options/rows.ts";
import { writeOutput } from "../output.ts";

const formats = {
  markdown: (structures: readonly Structure[]) => structures.map(structureMarkdown).join("\n"),
  json: structuresJson,
  c: structuresC,
  ksy: structuresKsy,
  imhex: structuresImhex,
} as const;

interface StructuresOptions {
  readonly outputFormat: keyof typeof formats;
  readonly write: string;
}

/** `nbft structures`: the one description of the table's structures, for people, programs and other languages. */
export default {
  define(command: Command, io: Io): void {
    command
      .addOption(optionOf(formatRow(Object.keys(formats))))
      .addOption(optionOf(writeRow("write it here", "file", "-")))
      .action(({ outputFormat, write }: StructuresOptions) => {
        writeOutput(io, write, formats[outputFormat](structureOrder));
      });
  },
  manual: { examples: [["nbft structures -o c -w nbft.h", "writes a C header"]] },
} satisfies CliCommand;
