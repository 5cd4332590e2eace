import type { Command } from "commander";
import type { Severity } from "../diagnostic.ts";
import type { RuleInfo } from "../rule-info.ts";
import type { Io } from "./io.ts";
import { addOptions } from "./options/add.ts";
import { findingRows } from "./options/table-rows.ts";
import { hookProjectFile, type ProjectArguments } from "./project-file.ts";

/** Options of every command that reports findings. */
export interface FindingArguments extends ProjectArguments {
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
  hookProjectFile(addOptions(command, findingRows), rules, io);
  return command;
}

/** Whether text shows infos one by one: when asked to, and where they fail the command. */
export function showsInfo({ info, failOn }: FindingArguments): boolean {
  return info === true || failOn === "info";
}
