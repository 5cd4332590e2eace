import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it, vi } from "vitest";

const folder = resolve(import.meta.dirname, "../../examples");

/** Examples are programs: each is run, and what it prints is kept beside the others. */
it.each(readdirSync(folder).filter((name) => name.endsWith(".mjs")))("%s runs", async (name) => {
  const printed: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((...parts) => {
    printed.push(parts.join(" "));
  });
  const argv = process.argv;
  process.argv = argv.slice(0, 2);
  try {
    await import(join(folder, name));
  } finally {
    process.argv = argv;
    log.mockRestore();
  }
  await expect(`${printed.join("\n")}\n`).toMatchFileSnapshot(
    join(import.meta.dirname, "__snapshots__", `${name}.txt`),
  );
});
