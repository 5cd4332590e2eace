import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it, vi } from "vitest";
import { runCli } from "../helpers/cli.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-open-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const source = "test/vectors/firmware/multipath/NBFT.bin";
/** A browser that writes down what it is given. */
const browser = join(scratch, "browser");
writeFileSync(
  browser,
  `#!/bin/sh\necho "$@" > ${join(scratch, "opened.partial")}\nmv ${join(scratch, "opened.partial")} ${join(scratch, "opened")}\n`,
  { mode: 0o755 },
);
const opened = () => vi.waitFor(() => readFileSync(join(scratch, "opened"), "utf8").trim(), { timeout: 10_000 });

it("opens the report that it wrote", async () => {
  const file = join(scratch, "report.html");
  const { code, out, err } = await runCli(["report", source, "--open", "-w", file], { env: { BROWSER: browser } });
  expect([code, err]).toEqual([0, ""]);
  expect(fileURLToPath(out.trim())).toBe(file);
  expect(await opened()).toBe(out.trim());
  expect(readFileSync(file, "utf8")).toContain("<!doctype html>");
  rmSync(join(scratch, "opened"));
});

it("opens a report without -w from a file that stays", async () => {
  const { code, out } = await runCli(["report", source, "--open"], { env: { BROWSER: browser }, tty: true });
  expect(code).toBe(0);
  expect(await opened()).toBe(out.trim());
  const file = fileURLToPath(out.trim());
  expect(existsSync(file)).toBe(true);
  rmSync(join(file, ".."), { recursive: true });
});

it.each([
  ["there is neither a screen nor BROWSER", {}],
  ["BROWSER is not there", { BROWSER: join(scratch, "none") }],
])("says where the page is when %s", async (_, env) => {
  const file = join(scratch, "unopened.html");
  const { code, out, err } = await runCli(["report", source, "--open", "-w", file], { env });
  expect(code).toBe(2);
  expect(fileURLToPath(out.trim())).toBe(file);
  expect(err).toContain("unopened.html: no screen and no BROWSER here");
});
