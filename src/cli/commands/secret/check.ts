import { type Paint, severityPaint } from "../../../output/paint.ts";
import { deriveTlsKey } from "../../../secrets/derive.ts";
import { escapeText } from "../../../text/escape.ts";
import { formatJson } from "../../../text/json.ts";
import { paintFor } from "../../color.ts";
import type { RowAction } from "../../command.ts";
import { raise, UsageError } from "../../io.ts";
import type { OptionsOf } from "../../options/options-of.ts";
import type { OptionRow } from "../../options/rows.ts";
import { colorRow, formatRow } from "../../options/rows.ts";
import { type SecretLine, secretLines } from "../../sources/secret.ts";
import { reportTrouble } from "../../trouble.ts";
import { derivationRow, hostnqnRow, identityOf, subsysnqnRow } from "./identity.ts";

const rows = [
  hostnqnRow,
  subsysnqnRow,
  derivationRow,
  formatRow(["text", "json"]),
  colorRow,
] as const satisfies readonly OptionRow[];

type CheckOptions = OptionsOf<typeof rows>;

export const checkAction: RowAction<CheckOptions> = {
  words: [["<file...>", "files with a secret a line, or -"]],
  rows,
  async run(files, options, io) {
    const named = identityOf(options);
    const found = [];
    for (const file of files) {
      try {
        const lines = secretLines(io, file);
        if (lines.length === 0) throw new UsageError(`${escapeText(file)}: no secret`);
        for (const line of lines) found.push({ file, ...(await described(line, named)) });
      } catch (error) {
        // The other files are checked all the same.
        if (!reportTrouble(error, io)) throw error;
      }
    }
    if (found.some(({ problem }) => problem !== undefined)) raise(io, 1);
    if (options.outputFormat === "json") io.out(formatJson(found));
    else io.out(found.map((each) => `${formatCheck(each, paintFor(io))}\n`).join(""));
  },
};

/** What is said of a secret: never any of its bytes, nor its CRC-32, which narrows them down. */
interface Checked {
  readonly line: number;
  readonly kind?: string;
  readonly hash?: string;
  readonly length?: number;
  readonly identity?: string | undefined;
  readonly problem?: string | undefined;
}

async function described(
  { line, secret, identity, problem }: SecretLine,
  named: ReturnType<typeof identityOf>,
): Promise<Checked> {
  if (!secret) return { line, problem };
  const { kind, hash, bytes } = secret;
  const derived = named && kind === "tls" && hash !== "none" && identity === undefined;
  return {
    line,
    kind,
    hash,
    length: bytes.length,
    identity: derived ? (await deriveTlsKey(secret, named.host, named.subsystem, named.derivation)).identity : identity,
  };
}

function formatCheck(
  { file, line, kind, hash, length, identity, problem }: Checked & { file: string },
  paint: Paint,
): string {
  const place = `${escapeText(file)}:${line}`;
  if (problem !== undefined) return `${place}: ${severityPaint(paint, "error")("error")}: ${problem}`;
  const use = kind === "tls" ? "TLS pre-shared key" : "DH-HMAC-CHAP secret";
  const transformed =
    kind === "dhchap" ? (hash === "none" ? ", used as it is" : `, transformed by ${hash}`) : `, ${hash}`;
  const name = identity === undefined ? "" : `\n  identity ${escapeText(identity)}`;
  return `${place}: ${use}, ${length} bytes${transformed}, CRC-32 ok${name}`;
}
