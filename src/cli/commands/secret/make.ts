import { InvalidArgumentError } from "commander";
import { secretLengths } from "../../../secrets/choices.ts";
import { formatSecret, makeSecret } from "../../../secrets/secret.ts";
import { escapeText } from "../../../text/escape.ts";
import type { RowAction } from "../../command.ts";
import { UsageError } from "../../io.ts";
import { keysOf } from "../../options/keys-of.ts";
import type { OptionsOf } from "../../options/options-of.ts";
import type { OptionRow } from "../../options/rows.ts";
import { forceRow, writeRow } from "../../options/rows.ts";
import { refuseExisting, writePrivateOutput } from "../../output.ts";

/** `32, 48 or 64`. */
function listed(lengths: readonly number[]): string {
  return lengths.join(", ").replace(/, (\d+)$/, " or $1");
}

function parseLength(text: string): number {
  const length = Number(text);
  const { dhchap } = secretLengths;
  if (!dhchap.includes(length)) throw new InvalidArgumentError(`expected ${listed(dhchap)}.`);
  return length;
}

const rows = [
  { flags: "--kind <kind>", description: "kind of secret", choices: keysOf(secretLengths), default: "dhchap" },
  {
    flags: "--length <bytes>",
    description: `${listed(secretLengths.dhchap)} (tls: ${listed(secretLengths.tls)})`,
    parse: parseLength,
    default: 32,
  },
  writeRow("write the secret here, readable only by its owner; - prints it"),
  forceRow,
] as const satisfies readonly OptionRow[];

type MakeOptions = OptionsOf<typeof rows>;

export const makeAction: RowAction<MakeOptions> = {
  words: [],
  rows,
  run(_, { write, kind, length, force }, io) {
    if (write === undefined)
      throw new UsageError("a secret is written to a file (-w host.key), or printed where that is asked for (-w -)");
    if (!secretLengths[kind].includes(length))
      throw new UsageError(
        `--length ${length}: a secret of kind ${kind} has ${secretLengths[kind].join(" or ")} bytes`,
      );
    refuseExisting(write, force);
    const text = `${formatSecret(makeSecret(kind, length))}\n`;
    writePrivateOutput(io, write, text);
    if (write !== "-" && !io.quiet) io.out(`${escapeText(write)}: a new ${kind} secret of ${length} bytes\n`);
  },
};
