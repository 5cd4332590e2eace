import { type Command, Option } from "commander";

/** Options that every command has which may have to build. */
export interface PartOptions {
  readonly parts: "auto" | "host" | "debian";
  readonly mirror?: string;
  readonly suite?: string;
}

/** Options that say where kernel, programs and packages come from. */
export function addPartOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--parts <what>", "take this machine's own parts where they fit, or only those, or none of them")
        .choices(["auto", "host", "debian"])
        .default("auto"),
    )
    .option("--mirror <url>", "Debian archive to fetch packages from (default: NBFT_MIRROR, else that of this system)")
    .option(
      "--suite <name>",
      "its release; parts of it from others: trixie+nvme-cli=sid+dracut=forky+linux=sid; dracut's older network module: trixie+network-legacy",
    );
}
