import { EncodeError } from "../errors.ts";
import { JsonPlaces, type TextRange } from "../text/json-places.ts";
import { DocumentError, type DocumentProblem } from "./document-error.ts";
import { readYaml } from "./parse-yaml.ts";
import { type PathKey, pathKeys } from "./path.ts";
import { yamlTrouble } from "./yaml-words.ts";

/** A text parsed as YAML or JSON, with the places of its parts. */
export interface ParsedText {
  /** What the text says, as plain data. */
  readonly value: unknown;
  /** Name of the file, for messages. */
  readonly file?: string | undefined;
  /**
   * Line and column (from 1) of the value at a path such as `hfi[0].transportInfo.mac`, or of its nearest owner.
   *
   * @param key whether the place of the path's last key is asked for
   */
  locate(path: string, key?: boolean): { line: number; column: number };
}

/**
 * Parses YAML or JSON. In YAML a number whose usual form is another, such as 0044, is text: it may be part of an address.
 *
 * @param file name for messages
 * @throws {DocumentError} with line and column.
 */
export function parseText(text: string, file?: string): ParsedText {
  const json = parseJson(text);
  if (json === undefined) {
    const { value, problems, locate } = readYaml(text);
    if (problems.length > 0)
      throw new DocumentError(
        (secondJson(text, problems) ?? problems).map((problem) => placed(text, problem)),
        file,
      );
    return parsed(text, file, value, locate);
  }
  const places = new JsonPlaces(text);
  const { repeated: twice } = places;
  if (twice) {
    const { line } = lineAndColumn(text, twice.firstAt);
    const message = `the key ${JSON.stringify(twice.key.slice(0, 40))} is there twice, first in line ${line}`;
    throw new DocumentError([placed(text, { path: "", message, at: twice.at })], file);
  }
  return parsed(text, file, json.value, (path) => places.locate(path));
}

function parsed(
  text: string,
  file: string | undefined,
  value: unknown,
  locate: (path: readonly PathKey[]) => TextRange & { readonly whole: boolean },
): ParsedText {
  return {
    value,
    file,
    locate: (path, key = false) => {
      const { at, keyAt, whole } = locate(pathKeys(path));
      return lineAndColumn(text, key && whole ? (keyAt ?? at) : at);
    },
  };
}

/** JSON is tried first: dumps are JSON, and a large one would take YAML's parser long. */
function parseJson(text: string): { readonly value: unknown } | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** Where JSON begins again after its end, as in lines of JSON: yaml takes the first document for a key of the second. */
function secondJson<P extends DocumentProblem & { readonly at: number }>(
  text: string,
  problems: readonly P[],
): P[] | undefined {
  const found = problems.find(({ at }) => /[[{]/.test(text.charAt(at)) && parseJson(text.slice(0, at)));
  return found && [{ ...found, message: yamlTrouble({ code: "MULTIPLE_DOCS", message: "" }) }];
}

/** Line and column of an offset. */
function lineAndColumn(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at);
  return { line: before.split("\n").length, column: at - before.lastIndexOf("\n") };
}

function placed(text: string, { at, ...problem }: DocumentProblem & { readonly at: number }): DocumentProblem {
  return { ...problem, ...lineAndColumn(text, at) };
}

/** The only element of a list in place of the list. */
export function onlyElement(parsed: ParsedText, list: readonly unknown[]): ParsedText {
  const below = (path: string) => (path === "" || path.startsWith("[") ? `[0]${path}` : `[0].${path}`);
  return { ...parsed, value: list[0], locate: (path, key) => parsed.locate(below(path), key) };
}

/** Problems with their lines and columns in a text. */
export function problemsIn(parsed: ParsedText, problems: readonly DocumentProblem[]): DocumentProblem[] {
  return problems.map((problem) => ({ ...problem, ...parsed.locate(problem.path, problem.key) }));
}

/**
 * Runs an action on a parsed text's value and gives the errors that name a path their line and column.
 *
 * @throws {DocumentError} instead of an {@link EncodeError}, or with places it had not.
 */
export function withPlaces<T>(parsed: ParsedText, action: (value: unknown) => T): T {
  try {
    return action(parsed.value);
  } catch (error) {
    if (error instanceof EncodeError) {
      const path = error.path ?? "";
      const message = path === "" ? error.message : error.message.slice(path.length + 2);
      throw new DocumentError(problemsIn(parsed, [{ path, message }]), parsed.file);
    }
    if (error instanceof DocumentError && error.line === undefined)
      throw new DocumentError(problemsIn(parsed, error.problems), parsed.file);
    throw error;
  }
}
