import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { type CommandText, commandGroups, describeCli } from "../../src/cli/help/describe-cli.ts";
import type { Io } from "../../src/cli/io.ts";

const root = resolve(import.meta.dirname, "../..");

/** The commands and the options that mean the same in all of them. */
async function commonOptionsText(): Promise<string> {
  const columns = ["-o", "-w", "-f", "-v", "--color", "--from", "--show-secrets"] as const;
  const rows: string[] = [];
  const add = ({ name, options, subcommands }: CommandText, before = ""): void => {
    for (const inner of subcommands) add(inner, `${before}${name} `);
    if (subcommands.length > 0) return;
    const cells = columns.map((wanted) => {
      const option = options.find(({ short, long }) => short === wanted || long === wanted);
      if (!option) return "";
      return wanted === "-o" ? option.choices.map((choice) => `\`${choice}\``).join(" ") : "yes";
    });
    rows.push(`| ${before}${name} | ${cells.join(" | ")} |\n`);
  };
  for (const command of await describeCli({} as Io)) add(command);
  return `
## Options that mean the same everywhere

| option | meaning |
| --- | --- |
| \`-o, --output-format FORMAT\` | the format of the output, or of the file that \`-w\` writes |
| \`-w, --write FILE\` | the file that the command makes; \`-\` is standard output |
| \`-f, --force\` | overwrite existing files; needed for descriptions, variable stores and folders of tables (everything else can be made again and is replaced without it) |
| \`-q, --quiet\` | print only results and errors: no notes, no progress, no names of written files; every command has it |
| \`-v, --verbose\` | more details of the evidence |
| \`--color auto\\|always\\|never\` | colors in text; \`NO_COLOR\`, \`FORCE_COLOR\`, \`CLICOLOR_FORCE\` and \`CLICOLOR\` are obeyed |
| \`--nbft-path PATH\`, \`--from KIND\` | one more SOURCE, with nvme-cli's option; the kind of the sources |
| \`-r, --recursive\` | read the tables of every file below a folder, whatever its name; files without tables are skipped, links are not followed |
| \`--show-secrets\` | show where keys are |

\`-o json\` prints one valid JSON value, also with exit code 2: a command that takes several sources prints the results for those that could be read
(\`[]\` or an object with empty lists if none could), any other command \`null\`. Only a wrong command line (an unknown option, a missing argument) prints
nothing.

Lists are one argument, separated by commas; such options may be repeated. Binary data and HTML are not written to a terminal. If the locale
(\`LC_ALL\`, \`LC_CTYPE\` or \`LANG\`) is not UTF-8, trees are drawn in ASCII.

| command | ${columns.map((name) => `\`${name}\``).join(" | ")} |
|${" --- |".repeat(columns.length + 1)}
${rows.join("")}`;
}

const commonOptions = await commonOptionsText();

describe("docs/commands/README.md", () => {
  it("has every command with its summary (UPDATE_DOCS=1 writes it)", () => {
    const sections = commandGroups().map(({ group, names }) => {
      const rows = commands.filter(({ name }) => names.includes(name));
      const lines = rows.map(({ name, summary }) => `| [nbft ${name}](${name}.md) | ${summary} |\n`);
      return `\n## ${group}\n\n| command | what it does |\n| --- | --- |\n${lines.join("")}`;
    });
    const page = `# Commands\n\n\`nbft COMMAND --help\` lists the options of each.\n${sections.join("")}${commonOptions}`;
    const path = resolve(root, "docs/commands/README.md");
    if (process.env["UPDATE_DOCS"] === "1") writeFileSync(path, page);
    expect(readFileSync(path, "utf8")).toBe(page);
  });

  it.each(commands.map(({ name }) => name))("%s has its page", (name) => {
    expect(existsSync(resolve(root, "docs/commands", `${name}.md`))).toBe(true);
  });

  it("there is no page of anything else", () => {
    const pages = readdirSync(resolve(root, "docs/commands")).filter((name) => name !== "README.md");
    expect(pages.sort()).toEqual(commands.map(({ name }) => `${name}.md`).sort());
  });
});

describe("package.json", () => {
  it("has every manual page (UPDATE_DOCS=1 writes them)", () => {
    const man = ["nbft", ...commands.map(({ name }) => `nbft-${name}`)].map((name) => `dist/man/${name}.1`);
    const path = resolve(root, "package.json");
    const manifest = JSON.parse(readFileSync(path, "utf8"));
    if (process.env["UPDATE_DOCS"] === "1") writeFileSync(path, `${JSON.stringify({ ...manifest, man }, null, 2)}\n`);
    expect(JSON.parse(readFileSync(path, "utf8")).man).toEqual(man);
  });
});

describe("examples/README.md", () => {
  it("names every example", () => {
    const text = readFileSync(resolve(root, "examples/README.md"), "utf8");
    for (const name of readdirSync(resolve(root, "examples")))
      if (name !== "README.md") expect(text).toContain(`](${name})`);
  });
});
