import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import type { Severity } from "../diagnostic.ts";
import { documentText } from "../document/document-text.ts";
import { parseShape } from "../document/shape/parse.ts";
import { list, object, text, word } from "../document/shape/shape.ts";
import { readNamed } from "../node/file-error.ts";
import type { RuleInfo } from "../rule-info.ts";
import { rulesNamed } from "../rules/catalogue.ts";
import { escapeText } from "../text/escape.ts";
import { type Io, note } from "./io.ts";
import { PROJECT_FILE } from "./options/table-rows.ts";

/** What `--config` and `--no-config` say. */
export interface ProjectArguments {
  readonly config?: string | false;
}

/** Made when there is a file: it takes what reads documents. */
function projectShape() {
  const ruleName = text("A rule, or a family's letter", {
    expected: "a rule's code such as H009, its name, or a family's letter",
    parse: (name) => (rulesNamed(name).length > 0 ? name : undefined),
  });

  return object("project", "What a project has chosen for every check", {
    off: list("Rules that are not applied", ruleName),
    failOn: word("Exit 1 for findings of this severity and above", {
      error: "errors",
      warning: "errors and warnings",
      info: "every finding",
    }),
  });
}

/** What the command line does not say of `--off` and `--fail-on` is taken from the project's file. */
export function hookProjectFile(command: Command, rules: () => readonly Pick<RuleInfo, "code">[], io: Io): void {
  command.hook("preAction", (_, action) => {
    const file = projectFile(action.opts());
    if (file !== undefined) applyProject(file, action, rules(), io);
  });
}

/** The project's file that counts for a command line. */
export function projectFile({ config }: ProjectArguments): string | undefined {
  return config === false ? undefined : (config ?? findProjectFile(process.cwd()));
}

/** The project's file of a folder or of the nearest one above it, up to the folder that holds `.git`. */
function findProjectFile(folder: string): string | undefined {
  const file = join(folder, PROJECT_FILE);
  if (existsSync(file)) return file;
  const above = dirname(resolve(folder));
  return above === folder || existsSync(join(folder, ".git")) ? undefined : findProjectFile(above);
}

/** @throws {DocumentError} that names every mistake in the file, each with line and column. */
function applyProject(file: string, command: Command, rules: readonly Pick<RuleInfo, "code">[], io: Io): void {
  const { off = [], failOn } = parseShape(documentText(readNamed(file), file), projectShape(), { file }).value;
  const known = new Set(rules.map(({ code }) => code));
  const codes = off.flatMap((name) => rulesNamed(name).map(({ code }) => code)).filter((code) => known.has(code));
  const given = command.opts<{ off?: readonly string[]; failOn: Severity }>();
  if (codes.length > 0) {
    command.setOptionValue("off", [...(given.off ?? []), ...codes]);
    // Nobody should take a check for a full one that is not.
    note(io, `${escapeText(file)}: not applied: ${codes.join(", ")}`);
  }
  if (failOn !== undefined && command.getOptionValueSource("failOn") === "default")
    command.setOptionValue("failOn", failOn);
}
