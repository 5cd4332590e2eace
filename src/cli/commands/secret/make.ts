import { type Command, InvalidArgumentError, Option } from "commander";
import { formatSecret, makeSecret, type SecretKind, secretLengths } from "../../../secrets/secret.ts";
import { escapeText } from "../../../text/escape.ts";
import { type Io, UsageError } from "../../io.ts";
import { optionOf } from "../../options/add.ts";
import { forceRow, writeRow } from "../../options/rows.ts";
import { refuseExisting, writePrivateOutput } from "../../output.ts";

interface MakeOptions {
  readonly write?: string;
  readonly kind: SecretKind;
  readonly length: number;
  readonly force?: true;
}

function parseLength(text: string): number {
  const length = Number(text);
  if (![32, 48, 64].includes(length)) throw new InvalidArgumentError("expected 32, 48 or 64.");
  return length;
}

export function defineMake(command: Command, io: Io): void {
  command
    .addOption(new Option("--kind <kind>", "what it is for").choices(["dhchap", "tls"]).default("dhchap"))
    .addOption(new Option("--length <bytes>", "32, 48 or 64 (tls: 32 or 48)").argParser(parseLength).default(32))
    .addOption(optionOf(writeRow("write the secret here, readable by its owner alone; - prints it")))
    .addOption(optionOf(forceRow))
    .action(({ write, kind, length, force }: MakeOptions) => {
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
    });
}
