import { structureOrder } from "../../nbft/structures/order.ts";
import { structuresC } from "../../output/structures/c.ts";
import { structuresImhex } from "../../output/structures/imhex.ts";
import { structuresJson } from "../../output/structures/json.ts";
import { structuresKsy } from "../../output/structures/ksy.ts";
import type { Structure } from "../../structure/field.ts";
import { structureMarkdown } from "../../structure/markdown.ts";
import type { RowCommand } from "../command.ts";
import { keysOf } from "../options/keys-of.ts";
import type { OptionsOf } from "../options/options-of.ts";
import type { OptionRow } from "../options/rows.ts";
import { formatRow, resultRow } from "../options/rows.ts";
import { writeOutput } from "../output.ts";

const formats = {
  markdown: (structures: readonly Structure[]) => structures.map(structureMarkdown).join("\n"),
  json: structuresJson,
  c: structuresC,
  ksy: structuresKsy,
  imhex: structuresImhex,
} as const;

const rows = [formatRow(keysOf(formats)), resultRow("write it here")] as const satisfies readonly OptionRow[];

type StructuresOptions = OptionsOf<typeof rows>;

/** `nbft structures`: the one description of the table's structures, for people, programs and other languages. */
export default {
  words: [],
  rows,
  run: (_, { outputFormat, write }, io) => writeOutput(io, write, formats[outputFormat](structureOrder)),
  manual: { examples: [["nbft structures -o c -w nbft.h", "writes a C header"]] },
} satisfies RowCommand<StructuresOptions>;
