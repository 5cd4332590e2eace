import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { explainTables } from "../../src/consumers/explain.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { validate } from "../../src/rules/validate.ts";
import { crashesOf } from "./crash-vectors.ts";

describe("tables on which a real program dies", () => {
  const folder = join(import.meta.dirname, "../vectors/crashes/nvme-cli-2.13");
  it.each(readdirSync(folder))("%s: ours reads it, and says who dies", (name) => {
    const bytes = Uint8Array.from(readFileSync(join(folder, name)));
    expect(readNbft(bytes).table.header.oemId).not.toBe("");
    expect(validate(bytes).length).toBeGreaterThan(0);
    const { show, connect } = crashesOf(bytes);
    expect(connect).toBe(true);
    expect(show).toBe(name.includes("hfi-list") || /zero|primary/.test(name));
    expect(JSON.stringify(explainTables([{ path: "NBFT", bytes }]))).toMatch(/dies|SIGSEGV|looks at its host ID/);
  });
});
