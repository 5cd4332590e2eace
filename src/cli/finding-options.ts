import { type Command, Option } from "commander";
import type { Severity } from "../diagnostic.ts";
import { outputFormatOption } from "./options/format.ts";

/** Options of every command that reports findings. */
export interface FindingArguments {
  readonly outputFormat: "text" | "json" | "ndjson" | "sarif" | "github";
  readonly failOn: Severity;
  readonly info?: true;
}

/** Adds `-o`, `--fail-on` and `--info`. */
export function addFindingOptions(command: Command): Command {
  return command
    .addOption(outputFormatOption(["text", "json", "ndjson", "sarif", "github"], "how to report"))
    .addOption(
      new Option("--fail-on <severity>", "exit 1 for findings of this severity and above")
        .choices(["error", "warning", "info"])
        .default("error"),
    )
    .option("--info", "show infos one by one in text, instead of their number");
}

/** Whether text shows infos one by one: when asked to, and where they fail the command. */
export function showsInfo({ info, failOn }: FindingArguments): boolean {
  return info === true || failOn === "info";
}
