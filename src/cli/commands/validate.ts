import { tableRules } from "../../rules/index.ts";
import type { RowCommand } from "../command.ts";
import { liveTablesFile, whereFindings } from "../help/notes.ts";
import { sourceWords } from "../options/table-rows.ts";
import { type ValidateArguments, validateRows } from "../options/validate-rows.ts";
import { withProject } from "../project-file.ts";

/** `nbft validate [SOURCE…]`: checks tables by the rules of the catalogue. */
export default {
  words: sourceWords,
  rows: validateRows,
  async run(sources, given, io) {
    const options = withProject(given, () => tableRules, io);
    await (await import("../validate/check.ts")).checkSources(sources, options, io);
  },
  manual: {
    examples: [
      ["nbft validate --info NBFT", "checks a table, and lists infos as well"],
      ["nbft validate -o sarif NBFT > nbft.sarif", "writes findings for continuous integration"],
    ],
    one: whereFindings,
    files: [liveTablesFile],
  },
} satisfies RowCommand<ValidateArguments>;
