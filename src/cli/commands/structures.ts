import { structureOrder } from "../../nbft/structures/order.ts";
import { structuresC } from "../../output/structures/c.ts";
import { structuresImhex } from "../../output/structures/imhex.ts";
import { structuresJson } from "../../output/structures/json.ts";
import { structuresKsy } from "../../output/structures/ksy.ts";
import type { Structure } from "../../structure/field.ts";
import { structureMarkdown } from "../../structure/markdown.ts";
import type { RowCommand } from "../command.ts";
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
  words: [],
  rows: [formatRow(Object.keys(formats)), writeRow("write it here", "file", "-")],
  run: (_, { outputFormat, write }, io) => writeOutput(io, write, formats[outputFormat](structureOrder)),
  manual: { examples: [["nbft structures -o c -w nbft.h", "writes a C header"]] },
} satisfies RowCommand<StructuresOptions>;
