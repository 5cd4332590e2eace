import { statSync } from "node:fs";
import { injectableTable, sysfsNames } from "../../lab/tables.ts";
import { unpacked } from "../../node/decompress.ts";
import { readNamed } from "../../node/file-error.ts";
import type { UnreadSource } from "../../output/findings/text.ts";
import { escapeText } from "../../text/escape.ts";
import type { EvidenceTable } from "../../verify/evidence.ts";
import { verifyBoot } from "../../verify/verify.ts";
import type { RowCommand } from "../command.ts";
import { aboutFile, type Io, UsageError } from "../io.ts";
import type { OptionsOf } from "../options/options-of.ts";
import type { OptionRow } from "../options/rows.ts";
import { claimFormatRow, colorRow, verboseRow } from "../options/rows.ts";
import { originRows } from "../options/table-rows.ts";
import { tablesOfSources } from "../sources/boot.ts";
import { unreadSource } from "../trouble.ts";
import { printVerifications } from "../verification-output.ts";

const rows = [
  ...originRows,
  {
    flags: "--expect <source>",
    description: "table or boot description that the machine should boot from",
    repeated: true,
  },
  claimFormatRow,
  verboseRow("show the expected value for claims that hold, too"),
  colorRow,
] as const satisfies readonly OptionRow[];

type VerifyOptions = OptionsOf<typeof rows>;

/** `nbft verify EVIDENCE…`: checks boots. Exits 0 when all are proved, 1 when one is refuted, 2 when the evidence does not suffice. */
export default {
  words: [["<evidence...>", "files written by nbft lab run or the collector; - for standard input"]],
  rows,
  run(files, options, io) {
    const { from, nbftPath, expect = [] } = options;
    const sources = nbftPath === undefined ? expect : [...expect, nbftPath];
    const given = sources.length > 0 ? tablesOfSources(sources, { from }, io) : undefined;
    const expected = given && { tables: expectedTables(given.tables), exact: !given.described };
    const unread: UnreadSource[] = [];
    const boots = files.flatMap((path) => {
      try {
        return { path, verification: verifyBoot(evidenceIn(path, io), expected) };
      } catch (error) {
        // The other boots are judged all the same.
        unread.push(unreadSource(path, error, io));
        return [];
      }
    });
    printVerifications(boots, options, io, unread);
  },
  manual: {
    examples: [["nbft verify server.nbft --expect boot.yaml", "says claim by claim whether the table was used"]],
    one: "the boot is refuted: a claim does not hold",
  },
} satisfies RowCommand<VerifyOptions>;

function evidenceIn(path: string, io: Io): Uint8Array {
  if (path === "-") return aboutFile("standard input", () => unpacked(io.stdin()));
  if (statSync(path).isDirectory())
    throw new UsageError(`${escapeText(path)}: a folder; name the evidence files in it`);
  return aboutFile(path, () => unpacked(readNamed(path, Number.POSITIVE_INFINITY)));
}

/** Tables in the form, and under the names, in which a kernel shows them. */
function expectedTables(tables: readonly Uint8Array[]): EvidenceTable[] {
  return sysfsNames(tables.map((bytes) => injectableTable(bytes).bytes));
}
