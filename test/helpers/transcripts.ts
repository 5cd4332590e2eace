import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runCli } from "./cli.ts";

const root = resolve(import.meta.dirname, "../..");

/** Runs an action in an empty folder that shows the repository's `test` and `examples`. */
export async function inScratchFolder<T>(action: () => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "nbft-docs-"));
  const before = process.cwd();
  for (const name of ["test", "examples", "schema"]) symlinkSync(join(root, name), join(folder, name));
  process.chdir(folder);
  try {
    return await action();
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One `$ command` of a console block and what is printed below it. */
export interface Step {
  readonly command: string;
  readonly printed: string;
}

/** The steps of a console block. */
export function stepsOf(block: string): Step[] {
  return block
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf("\n");
      return { command: part.slice(0, end), printed: part.slice(end + 1) };
    });
}

/**
 * Runs `nbft … [| nbft …] [> FILE]` in this process, as a shell would: words split at blanks, single quotes kept together.
 * `head -n N` and `cat FILE` may stand in a pipe. Prints what a terminal would show, and `[exit N]` when N is not 0.
 */
export async function runStep(command: string): Promise<string> {
  const [pipe, file] = command.split(/ > (?=[^|]*$)/) as [string, string?];
  let input: Uint8Array = new Uint8Array();
  let shown = "";
  let code = 0;
  for (const part of pipe.split(/ \| /)) {
    const [program, ...words] = split(part);
    if (program === "nbft") {
      const result = await runCli(words, { stdin: input });
      input = result.bytes;
      shown += result.err;
      code = result.code;
    } else input = await standIn(program!, words, input);
  }
  if (file === undefined) shown = Buffer.from(input).toString() + shown;
  else (await import("node:fs")).writeFileSync(file.trim(), input);
  return `${shown}${shown.endsWith("\n") || shown === "" ? "" : "\n"}${code === 0 ? "" : `[exit ${code}]\n`}`;
}

/** What another program would print; its input may be a table. */
async function standIn(program: string, words: readonly string[], input: Uint8Array): Promise<Uint8Array> {
  const { readFileSync, readdirSync } = await import("node:fs");
  const text = (printed: string) => new TextEncoder().encode(printed);
  if (program === "cat") return words.length === 0 ? input : Buffer.concat(words.map((name) => readFileSync(name)));
  if (program === "ls") return text(readdirSync(words[0]!).sort().join("\n").concat("\n"));
  if (program === "head") {
    const count = Number(words.find((word) => /^-?\d+$/.test(word))?.replace("-", "") ?? 10);
    const lines = Buffer.from(input)
      .toString()
      .split(/(?<=\n)/);
    return text(lines.slice(0, count).join(""));
  }
  if (program === "cmp") {
    const left = words[0] === "-" ? Buffer.from(input) : readFileSync(words[0]!);
    return text(left.equals(readFileSync(words[1]!)) ? "" : `${words[0]} ${words[1]} differ\n`);
  }
  throw new Error(`documentation runs ${program}, which its test cannot; mark the block \`console norun\``);
}

function split(text: string): string[] {
  return [...text.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, bare]) => single ?? double ?? bare!);
}
