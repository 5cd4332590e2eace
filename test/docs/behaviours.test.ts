import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { behaviourTables } from "../../scripts/generator/behaviours.ts";

const path = resolve(import.meta.dirname, "../../docs/consumers.md");
const [start, end] = ["<!-- behaviours: written by UPDATE_DOCS=1 -->\n", "<!-- end of behaviours -->\n"];

test("docs/consumers.md has every behaviour by release (UPDATE_DOCS=1 writes them)", () => {
  const page = readFileSync(path, "utf8");
  const [before, rest] = page.split(start);
  const after = rest?.split(end)[1];
  expect(after).toBeDefined();
  const fresh = `${before}${start}\n${behaviourTables()}\n${end}${after}`;
  if (process.env["UPDATE_DOCS"] === "1") writeFileSync(path, fresh);
  expect(readFileSync(path, "utf8")).toBe(fresh);
});
