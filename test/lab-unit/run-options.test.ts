import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { type RunOptions, withFullPaths } from "../../src/lab/run-options.ts";

const folder = mkdtempSync(join(tmpdir(), "nbft-run-options-"));
const there = join(folder, "initrd.img");
writeFileSync(there, "");
const options = (more: Partial<RunOptions>): RunOptions => ({
  tables: [],
  depth: "dracut",
  via: "acpitable",
  firmware: "seabios",
  build: { cache: folder, source: "auto" },
  ...more,
});

describe("the files of a run", () => {
  it("have full paths, wherever the caller is", () => {
    const near = relative(process.cwd(), there);
    expect(withFullPaths(options({ initrd: near, disks: [near] }))).toMatchObject({ initrd: there, disks: [there] });
  });

  it.each<[string, Partial<RunOptions>]>([
    ["kernel", { kernel: "nothing" }],
    ["initramfs", { initrd: "nothing" }],
    ["overlay", { overlays: [there, "nothing"] }],
    ["disk", { disks: ["nothing"] }],
  ])("are missed before anything starts: %s", (_, more) => {
    expect(() => withFullPaths(options(more))).toThrow(/nothing: there is no such file$/);
  });
});
