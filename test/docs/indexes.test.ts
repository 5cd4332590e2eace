import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { commandGroups } from "../../src/cli/help/describe-cli.ts";

const root = resolve(import.meta.dirname, "../..");

describe("docs/commands/README.md", () => {
  it("has every command with its summary (UPDATE_DOCS=1 writes it)", () => {
    const sections = commandGroups().map(({ group, names }) => {
      const rows = commands.filter(({ name }) => names.includes(name));
      const lines = rows.map(({ name, summary }) => `| [nbft ${name}](${name}.md) | ${summary} |\n`);
      return `\n## ${group}\n\n| command | what it does |\n| --- | --- |\n${lines.join("")}`;
    });
    const page = `# Commands\n\n\`nbft COMMAND --help\` lists the options of each.\n${sections.join("")}`;
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

describe("examples/README.md", () => {
  it("names every example", () => {
    const text = readFileSync(resolve(root, "examples/README.md"), "utf8");
    for (const name of readdirSync(resolve(root, "examples")))
      if (name !== "README.md") expect(text).toContain(`](${name})`);
  });
});
