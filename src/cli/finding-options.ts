import { type Command, Option } from "commander";
import type { Severity } from "../diagnostic.ts";
import type { RuleInfo } from "../rule-info.ts";
import type { Io } from "./io.ts";
import { outputFormatOption } from "./options/format.ts";
import { addProjectFile } from "./project-file.ts";

/** Options of every command that reports findings. */
export interface FindingArguments {
  readonly outputFormat: "text" | "json" | "ndjson" | "sarif" | "github" | "junit";
  readonly failOn: Severity;
  readonly info?: true;
}

/**
 * Adds `-o`, `--fail-on`, `--info`, and the project's file.
 *
 * @param rules that the command applies; asked for where there is a project's file
 */
export function addFindingOptions(command: Command, rules: () => readonly Pick<RuleInfo, "code">[], io: Io): Command {
  return addProjectFile(command, rules, io)
    .addOption(outputFormatOption(["text", "json", "ndjson", "sarif", "github", "junit"], "how to report"))
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
