import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runCli } from "../helpers/cli.ts";

const docs = join(import.meta.dirname, "../../docs");

it("the page of boots is what lab matrix makes of the results beside it", async () => {
  const { out } = await runCli(["lab", "matrix", "--results", join(docs, "stacks-booted.jsonl")]);
  expect(out).toBe(readFileSync(join(docs, "stacks-booted.md"), "utf8"));
});
