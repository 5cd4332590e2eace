import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isOwn, targets } from "../../fuzz/targets.ts";

const folder = join(import.meta.dirname, "../vectors/fuzz");
/** Targets that `npm run fuzz` once found something in. */
const found = readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory());

describe.each(found)("%s", (name) => {
  const target = targets.find((each) => each.name === name)!;

  it.each(readdirSync(join(folder, name)))("takes what once broke it: %s", (file) => {
    const bytes = Uint8Array.from(readFileSync(join(folder, name, file)));
    try {
      target.run(bytes);
    } catch (error) {
      expect(isOwn(error), String(error)).toBe(true);
    }
  });
});
