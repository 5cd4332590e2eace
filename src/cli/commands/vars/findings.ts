import { type Command, InvalidArgumentError, Option } from "commander";
import type { Diagnostic, Severity } from "../../../diagnostic.ts";
import { type Paint, severityPaint } from "../../../render/paint.ts";
import { escapeText } from "../../../text/escape.ts";
import { type Io, raise } from "../../io.ts";
import { type ColorChoice, colorOption } from "../../paint.ts";

const order: readonly Severity[] = ["info", "warning", "error"];

/** Options of the commands that judge. */
export interface FindingArguments {
  readonly failOn: Severity;
  readonly only?: readonly string[];
  readonly off?: readonly string[];
  readonly color: ColorChoice;
}

/** Adds `--fail-on`, `--only`, `--off` and `--color`. */
export function addFindingOptions(command: Command, codes: readonly string[]): Command {
  const known = (text: string) =>
    text.split(",").map((code) => {
      const upper = code.trim().toUpperCase();
      if (!codes.includes(upper)) throw new InvalidArgumentError(`There is no rule ${code}.`);
      return upper;
    });
  const list = (text: string, before: readonly string[] = []) => [...before, ...known(text)];
  return command
    .addOption(
      new Option("--fail-on <severity>", "exit 1 for findings of this severity and above")
        .choices(["error", "warning", "info"])
        .default("error"),
    )
    .option("--only <codes>", "report only these rules, separated by commas", list)
    .option("--off <codes>", "do not report these rules", list)
    .addOption(colorOption());
}

/** The findings that the options ask for; raises the exit code when one is bad enough. */
export function chooseFindings<T extends Diagnostic>(io: Io, findings: readonly T[], options: FindingArguments): T[] {
  const chosen = findings.filter(
    ({ rule }) => (options.only === undefined || options.only.includes(rule)) && !options.off?.includes(rule),
  );
  if (chosen.some(({ severity }) => order.indexOf(severity) >= order.indexOf(options.failOn))) raise(io, 1);
  return chosen;
}

/** Findings as text, each with its place and hint, then how many there are. */
export function formatFindings(findings: readonly (Diagnostic & { readonly place: string })[], paint: Paint): string {
  const lines = findings.map(({ place, severity, rule, name, message, hint }) => {
    const head = `${escapeText(place)}: ${severityPaint(paint, severity)(severity)} ${paint.bold(rule)} ${name}: ${escapeText(message)}\n`;
    return hint === undefined ? head : `${head}    ${paint.dim(`hint: ${escapeText(hint)}`)}\n`;
  });
  return `${lines.join("")}${countText(findings)}\n`;
}

function countText(findings: readonly Diagnostic[]): string {
  const counts = order.toReversed().flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 || severity === "info" ? "" : "s"}`];
  });
  return counts.length === 0 ? "no findings" : counts.join(", ");
}
