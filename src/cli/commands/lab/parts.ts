import type { OptionRow } from "../../options/rows.ts";

/** `--mirror`. */
export const mirrorRow = {
  flags: "--mirror <url>",
  description: "Debian archive to fetch packages from (default: NBFT_MIRROR, else that of this system)",
} as const satisfies OptionRow;

/** Options that say where kernel, programs and packages come from. */
export const partRows = [
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
] as const satisfies readonly OptionRow[];
