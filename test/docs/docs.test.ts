import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { inScratchFolder, runStep, stepsOf } from "../helpers/transcripts.ts";

const root = resolve(import.meta.dirname, "../..");
const update = process.env["UPDATE_DOCS"] === "1";

const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" }).map((name) => join("docs", name)),
]
  .filter((name) => name.endsWith(".md") && !name.startsWith("docs/api"))
  .sort();

const fence = /^```(\w+)([^\n]*)\n([\s\S]*?)^```$/gm;

/**
 * Every `console` block is run, one page in one folder of its own, and must print what the page shows; `UPDATE_DOCS=1` rewrites the
 * pages. `console norun` marks what needs another machine; `file=NAME` blocks are parts of files that tests run.
 */
describe.each(pages)("%s", (page) => {
  const text = readFileSync(join(root, page), "utf8");
  const blocks = [...text.matchAll(fence)];

  it("shows what its commands print", async () => {
    const runnable = blocks.filter(([, language, info]) => language === "console" && !info!.includes("norun"));
    let updated = text;
    await inScratchFolder(async () => {
      for (const [whole, , info, body] of runnable) {
        let fresh = "";
        for (const { command, printed } of stepsOf(body!)) {
          const actual = await runStep(command);
          fresh += `$ ${command}\n${actual}`;
          // A wrong command line is not what a page is to show, whoever wrote it there.
          expect(actual, `${page}: $ ${command}`).not.toMatch(/unknown option|not an output format/);
          if (!update) expect(actual, `${page}: $ ${command}`).toBe(printed);
        }
        updated = updated.replace(whole!, () => `\`\`\`console${info}\n${fresh}\`\`\``);
      }
    });
    if (update && updated !== text) writeFileSync(join(root, page), updated);
  });

  it("quotes files as they are", () => {
    for (const [, , info, body] of blocks) {
      const file = /file=(\S+)/.exec(info!)?.[1];
      if (file !== undefined) expect(readFileSync(join(root, file), "utf8")).toContain(body);
    }
  });

  it("links to files that exist", () => {
    for (const [, target] of text.replaceAll(fence, "").matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)) {
      const path = resolve(root, page, "..", target!);
      expect(existsSync(path), `${page} links to ${relative(root, path)}`).toBe(true);
    }
  });
});
