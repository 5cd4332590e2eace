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
    description: "use this machine's own parts if they fit (auto), only those, or only Debian's",
    choices: ["auto", "host", "debian"],
    default: "auto",
  },
  mirrorRow,
  {
    flags: "--suite <name>",
    description:
      "Debian release; with parts from others: trixie+nvme-cli=sid+dracut=forky+linux=sid; dracut's older network module: trixie+network-legacy",
  },
] as const satisfies readonly OptionRow[];
