import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Severity } from "../diagnostic.ts";
import { documentText } from "../document/document-text.ts";
import { parseShape } from "../document/shape/parse.ts";
import { list, object, text, word } from "../document/shape/shape.ts";
import { readNamed } from "../node/file-error.ts";
import type { RuleInfo } from "../rule-info.ts";
import { rulesNamed } from "../rules/catalogue.ts";
import { escapeText } from "../text/escape.ts";
import { type Io, note } from "./io.ts";
import type { OptionsOf } from "./options/options-of.ts";
import { FAIL_ON, type findingRows, PROJECT_FILE } from "./options/table-rows.ts";

/** What `--config`, `--no-config`, and the options that a project's file has an answer for say. */
type ProjectArguments = Pick<OptionsOf<typeof findingRows>, "config" | "failOn"> & { readonly off?: readonly string[] };

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

/**
 * The options with what the project's file says: what it leaves out besides `--off`, and its `--fail-on` where the command line has none.
 *
 * @param rules that the command applies; asked for where there is a file.
 * @throws {DocumentError} that names every mistake in the file, each with line and column.
 */
export function withProject<T extends ProjectArguments>(
  given: T,
  rules: () => readonly Pick<RuleInfo, "code">[],
  io: Io,
): T & { readonly failOn: Severity } {
  const { config, off = [], failOn = FAIL_ON } = given;
  const file = config === false ? undefined : (config ?? findProjectFile(process.cwd()));
  if (file === undefined) return { ...given, failOn };
  const project = parseShape(documentText(readNamed(file), file), projectShape(), { file }).value;
  const known = new Set(rules().map(({ code }) => code));
  const named = project.off?.flatMap((name) => rulesNamed(name).map(({ code }) => code)) ?? [];
  const codes = named.filter((code) => known.has(code));
  // Nobody should take a check for a full one that is not.
  if (codes.length > 0) note(io, `${escapeText(file)}: not applied: ${codes.join(", ")}`);
  return { ...given, off: [...off, ...codes], failOn: given.failOn ?? project.failOn ?? failOn };
}

/** The project's file of a folder or of the nearest one above it, up to the folder that holds `.git`. */
function findProjectFile(folder: string): string | undefined {
  const file = join(folder, PROJECT_FILE);
  if (existsSync(file)) return file;
  const above = dirname(resolve(folder));
  return above === folder || existsSync(join(folder, ".git")) ? undefined : findProjectFile(above);
}
