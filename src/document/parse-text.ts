import { isNode, LineCounter } from "yaml";
import { EncodeError, ParseError } from "../errors.ts";
import { parseYaml } from "./parse-yaml.ts";

/** A text parsed as YAML or JSON, with the places of its parts. */
export interface ParsedText {
  readonly value: unknown;
  /** Name of the file, for messages. */
  readonly file?: string | undefined;
  /** Line and column (from 1) of the value at a path such as `hfi[0].transportInfo.mac`, or of its nearest owner. */
  locate(path: string): { line: number; column: number };
}

/** Aliases in YAML can name one another: more than this many copies are refused. */
const MAX_ALIASES = 100;

/**
 * Parses YAML or JSON.
 *
 * @param file name for messages
 * @throws {ParseError} with line and column.
 */
export function parseText(text: string, file?: string): ParsedText {
  const json = parseJson(text);
  const lines = new LineCounter();
  let yaml: ReturnType<typeof parseYaml> | undefined;
  const parsed = () => {
    yaml ??= parseSafely(text, lines);
    return yaml;
  };
  const locate = (path: string) => place(parsed(), lines, path);
  if (json !== undefined) return { value: json, file, locate };
  const [error] = parsed().errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    const deep = error.message.includes("call stack");
    const message = deep ? "nested too deep for a document" : error.message.split("\n")[0]!.replace(/\.$/, "");
    throw new ParseError(`${placeText(file, line, col)}: ${message}`, { line, column: col });
  }
  try {
    return { value: parsed().toJS({ maxAliasCount: MAX_ALIASES }), file, locate };
  } catch (error) {
    throw new ParseError(`${file === undefined ? "" : `${file}: `}${(error as Error).message}`);
  }
}

function parseSafely(text: string, lineCounter: LineCounter): ReturnType<typeof parseYaml> {
  try {
    return parseYaml(text, lineCounter);
  } catch (error) {
    // The parser descends by recursion: thousands of opening brackets end its stack.
    if (!(error instanceof RangeError)) throw error;
    throw new ParseError("nested too deep for a document");
  }
}

/** JSON is tried first: dumps are JSON, and a large one would take YAML's parser long. */
function parseJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function place(yaml: ReturnType<typeof parseYaml>, lines: LineCounter, path: string): { line: number; column: number } {
  const keys = pathKeys(path);
  for (let depth = keys.length; depth >= 0; depth--) {
    const node = depth === 0 ? yaml.contents : yaml.getIn(keys.slice(0, depth), true);
    if (!isNode(node) || !node.range) continue;
    const { line, col } = lines.linePos(node.range[0]);
    return { line, column: col };
  }
  return { line: 1, column: 1 };
}

/** A place as compilers name it. */
function placeText(file: string | undefined, line: number, column: number): string {
  return file === undefined ? `line ${line}, column ${column}` : `${file}:${line}:${column}`;
}

/** The only element of a list in place of the list. */
export function onlyElement(parsed: ParsedText, list: readonly unknown[]): ParsedText {
  return { ...parsed, value: list[0], locate: (path) => parsed.locate(path === "" ? "[0]" : `[0].${path}`) };
}

function pathKeys(path: string): (string | number)[] {
  return [...path.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, name]) =>
    index === undefined ? (quoted ?? name!) : Number(index),
  );
}

/**
 * Runs an action on a parsed text's value and gives the errors that name a path their line and column.
 *
 * @throws {ParseError} instead of an {@link EncodeError}.
 */
export function withPlaces<T>(parsed: ParsedText, action: (value: unknown) => T): T {
  try {
    return action(parsed.value);
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error;
    const { line, column } = parsed.locate(error.path);
    const message = `${placeText(parsed.file, line, column)}: ${error.message}`;
    throw new ParseError(message, { line, column, path: error.path });
  }
}
