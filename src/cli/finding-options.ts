import { type Command, Option } from "commander";
import type { Severity } from "../diagnostic.ts";
import { formatOption } from "./options/format.ts";

/** Options of every command that reports findings. */
export interface FindingArguments {
  readonly outputFormat: "text" | "json" | "ndjson" | "sarif" | "github";
  readonly failOn: Severity;
}

/** Adds `-o` and `--fail-on`. */
export function addFindingOptions(command: Command): Command {
  return command
    .addOption(formatOption(["text", "json", "ndjson", "sarif", "github"], "how to report"))
    .addOption(
      new Option("--fail-on <severity>", "exit 1 for findings of this severity and above")
        .choices(["error", "warning", "info"])
        .default("error"),
    );
}
