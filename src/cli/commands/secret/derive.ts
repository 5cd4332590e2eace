import { deriveTlsKey } from "../../../secrets/derive.ts";
import { formatSecret } from "../../../secrets/secret.ts";
import { escapeText } from "../../../text/escape.ts";
import type { RowAction } from "../../command.ts";
import { UsageError } from "../../io.ts";
import type { OptionsOf } from "../../options/options-of.ts";
import type { OptionRow } from "../../options/rows.ts";
import { writeRow } from "../../options/rows.ts";
import { writePrivateOutput } from "../../output.ts";
import { oneSecret } from "../../sources/secret.ts";
import { derivationRow, hostnqnRow, identityOf, subsysnqnRow } from "./identity.ts";

const rows = [
  { ...hostnqnRow, required: true },
  { ...subsysnqnRow, required: true },
  derivationRow,
  writeRow("write the line here, readable only by its owner; - prints it"),
] as const satisfies readonly OptionRow[];

type DeriveOptions = OptionsOf<typeof rows>;

export const deriveAction: RowAction<DeriveOptions> = {
  words: [["<file>", "file with one NVMeTLSkey-1 secret, or -"]],
  rows,
  async run([file], options, io) {
    const { write } = options;
    if (write === undefined)
      throw new UsageError("a key is written to a file (-w tls-keys), or printed where that is asked for (-w -)");
    const { host, subsystem, derivation } = identityOf(options)!;
    const secret = oneSecret(io, file!);
    if (secret.kind !== "tls" || secret.hash === "none")
      throw new UsageError(
        `${escapeText(file!)}: not an NVMeTLSkey-1 secret with hash 01 or 02: no TLS key is derived from it`,
      );
    const { identity, psk } = await deriveTlsKey(secret, host, subsystem, derivation);
    const line = `${identity} ${formatSecret(psk)}\n`;
    writePrivateOutput(io, write, line);
    if (write !== "-" && !io.quiet) io.out(`${escapeText(write)}: ${escapeText(identity)}\n`);
  },
};
