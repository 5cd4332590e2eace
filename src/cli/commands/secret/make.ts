import { InvalidArgumentError } from "commander";
import { formatSecret, makeSecret, secretLengths } from "../../../secrets/secret.ts";
import { escapeText } from "../../../text/escape.ts";
import type { RowAction } from "../../command.ts";
import { UsageError } from "../../io.ts";
import type { OptionsOf } from "../../options/options-of.ts";
import type { OptionRow } from "../../options/rows.ts";
import { forceRow, writeRow } from "../../options/rows.ts";
import { refuseExisting, writePrivateOutput } from "../../output.ts";

function parseLength(text: string): number {
  const length = Number(text);
  if (![32, 48, 64].includes(length)) throw new InvalidArgumentError("expected 32, 48 or 64.");
  return length;
}

const rows = [
  { flags: "--kind <kind>", description: "kind of secret", choices: ["dhchap", "tls"], default: "dhchap" },
  { flags: "--length <bytes>", description: "32, 48 or 64 (tls: 32 or 48)", parse: parseLength, default: 32 },
  writeRow("write the secret here, readable only by its owner; - prints it"),
  forceRow,
] as const satisfies readonly OptionRow[];

export type MakeOptions = OptionsOf<typeof rows>;

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
