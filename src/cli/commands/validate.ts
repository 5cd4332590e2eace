import { tableRules } from "../../rules/index.ts";
import type { RowCommand } from "../command.ts";
import { liveTablesFile, whereFindings } from "../help/notes.ts";
import { colorRow } from "../options/rows.ts";
import { findingRows, sourceRows, sourceWords } from "../options/table-rows.ts";
import { withProject } from "../project-file.ts";
import type { ValidateArguments } from "../validate/check.ts";

/** `nbft validate [SOURCE…]`: checks tables by the rules of the catalogue. */
export default {
  words: sourceWords,
  rows: [
    ...sourceRows,
    ...findingRows,
    { flags: "--only <codes>", description: "apply only these rules: codes, names, or a family's letter", list: true },
    { flags: "--off <codes>", description: "do not apply these rules", list: true },
    { flags: "--lenient", description: "a wrong checksum is a warning" },
    { flags: "--separate", description: "the tables belong to different machines: check each by itself" },
    colorRow,
  ],
  async run(sources, given, io) {
    const options = withProject(given, () => tableRules, io);
    await (await import("../validate/check.ts")).checkSources(sources, options, io);
  },
  manual: {
    examples: [
      ["nbft validate --info NBFT", "checks a table, and shows what is only worth knowing"],
      ["nbft validate -o sarif NBFT > nbft.sarif", "writes findings for continuous integration"],
    ],
    one: whereFindings,
    files: [liveTablesFile],
  },
} satisfies RowCommand<ValidateArguments>;
