import type { OptionRow } from "../../options/rows.ts";

/** `--mirror`. */
export const mirrorRow: OptionRow = {
  flags: "--mirror <url>",
  description: "Debian archive to fetch packages from (default: NBFT_MIRROR, else that of this system)",
};

/** Options that every command has which may have to build. */
export interface PartOptions {
  readonly parts: "auto" | "host" | "debian";
  readonly mirror?: string;
  readonly suite?: string;
}

/** Options that say where kernel, programs and packages come from. */
export const partRows: readonly OptionRow[] = [
  {
    flags: "--parts <what>",
    description: "take this machine's own parts where they fit, or only those, or none of them",
    choices: ["auto", "host", "debian"],
    default: "auto",
  },
  mirrorRow,
  {
    flags: "--suite <name>",
    description:
      "its release; parts of it from others: trixie+nvme-cli=sid+dracut=forky+linux=sid; dracut's older network module: trixie+network-legacy",
  },
];
