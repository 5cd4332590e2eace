import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { type CommandText, describeCli, type OptionText } from "../../src/cli/help/describe-cli.ts";
import type { Io } from "../../src/cli/io.ts";

const folder = resolve(import.meta.dirname, "../../docs/commands");
const all = await describeCli({} as Io);
const page = (name: string) => readFileSync(resolve(folder, `${name}.md`), "utf8");

/** Options that `docs/commands/README.md` describes once for all commands. */
const common = ["--quiet", "--color", "--nbft-path", "--from", "--recursive"];

function optionsOf({ options, subcommands }: CommandText): OptionText[] {
  return [...options.filter(({ long }) => !common.includes(long!)), ...subcommands.flatMap(optionsOf)];
}

/** Whether a text has an option as a word of its own: `--only`, not `--only-this`. */
const has = (text: string, name: string | undefined) =>
  name !== undefined && new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(text);

describe("every option is in the page of its command:", () => {
  it.each(all.map((command) => [command.name, command] as const))("nbft %s", (name, command) => {
    const text = page(name);
    const unnamed = optionsOf(command).filter(({ long, short }) => !has(text, long) && !has(text, short));
    expect(unnamed.map(({ flags }) => flags)).toEqual([]);
  });
});

it("options of every command are in the list of commands", () => {
  for (const name of common) expect([name, has(page("README"), name)]).toEqual([name, true]);
});

describe("every option has an example that is run:", () => {
  const writing = ["encode", "init", "diff", "repair", "corpus", "mutate"];

  it.each(writing)("nbft %s", (name) => {
    const blocks = [...page(name).matchAll(/^```console\n([\s\S]*?)^```$/gm)].map(([, body]) => body!);
    const runs = blocks.join("").match(new RegExp(`^\\$ .*\\bnbft ${name} .*$`, "gm")) ?? [];
    const own = runs.map((line) => line.slice(line.indexOf(`nbft ${name} `))).join("\n");
    const options = optionsOf(all.find((command) => command.name === name)!);
    const missing = options.filter(({ long, short }) => !has(own, long) && !has(own, short));
    expect(missing.map(({ flags }) => flags)).toEqual([]);
  });
});

it("pages, messages and hints name options that their commands have", () => {
  const known = new Map<string, readonly string[]>();
  const add = (before: string, { name, options, subcommands }: CommandText): void => {
    if (subcommands.length > 0) for (const each of subcommands) add(`${before}${name} `, each);
    else known.set(before + name, [...options.flatMap(({ long, short }) => [long!, short ?? ""]), "-h", "--help"]);
  };
  for (const command of all) add("", command);
  const names = [...known.keys()].sort((a, b) => b.length - a.length).join("|");
  // The first option after the command and what it takes; what follows may be of another program.
  const use = new RegExp(`\\bnbft (${names})(?: (?:[A-Z$./<{][^\\s\`]*|-))* (--?[a-z][\\w-]*)`, "g");
  const files = ["docs", "src"].flatMap((place) =>
    readdirSync(place, { recursive: true, encoding: "utf8" }).map((name) => join(place, name)),
  );
  const wrong = ["README.md", ...files]
    .filter((file) => /\.(md|ts)$/.test(file) && !file.startsWith("docs/api"))
    .flatMap((file) => [...readFileSync(file, "utf8").matchAll(use)])
    .filter(([, name, option]) => !known.get(name!)!.includes(option!));
  expect(wrong.map(([found]) => found)).toEqual([]);
});
