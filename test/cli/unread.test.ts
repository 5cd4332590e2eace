import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Log } from "sarif";
import { afterAll, describe, expect, it } from "vitest";
import { formatSecret, makeSecret } from "../../src/secrets/secret.ts";
import { runCli } from "../helpers/cli.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-unread-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const missing = join(scratch, "missing");
const why = "no such file or directory";
/** A table: `validate` takes it, the others say what it is. */
const table = "test/vectors/nbft/made/L02-min-v11-spec";

describe.each([
  ["validate", missing, why],
  ["vars check", missing, why],
  ["attempt check", missing, why],
  ["vars check", table, `an NBFT, not a variable store: nbft dump ${table} shows it`],
  ["attempt check", table, `a table, not a Config: nbft validate ${table} checks it`],
])("%s of a source that it cannot read (%s)", (command, source, reason) => {
  const check = (...more: string[]) => runCli([...command.split(" "), source, ...more]);

  it.each(["text", "json", "ndjson", "sarif", "github", "junit"])(
    "names it on standard error with -o %s",
    async (format) => {
      expect(await check("-o", format)).toMatchObject({ code: 2, err: `nbft: ${source}: ${reason}\n` });
    },
  );

  it("has it in SARIF", async () => {
    const [run] = (JSON.parse((await check("-o", "sarif")).out) as Log).runs;
    const [{ executionSuccessful, toolExecutionNotifications = [] }] = run!.invocations! as [
      NonNullable<NonNullable<typeof run>["invocations"]>[0],
    ];
    expect([executionSuccessful, toolExecutionNotifications.map(({ message }) => message.text)]).toEqual([
      false,
      [reason],
    ]);
    expect([run!.results, (run!.tool.driver.rules ?? []).length > 5]).toEqual([[], true]);
  });

  it("has it in JUnit", async () => {
    const { out } = await check("-o", "junit");
    expect(out).toContain(`<testsuite name="${source}" tests="1" failures="0" errors="1" skipped="0">`);
    expect(out).toContain(`<testcase classname="source" name="can be read">\n      <error message="${reason}"/>`);
  });

  it("has it as an annotation for GitHub", async () => {
    expect((await check("-o", "github")).out).toBe(`::error file=${source},title=not read::${reason}\n`);
  });
});

describe("vars check", () => {
  it("has a code image that is not there in its report, too", async () => {
    const store = join(scratch, "store.fd");
    await runCli(["vars", "create", store]);
    const { code, out, err } = await runCli(["vars", "check", store, "--code", missing, "-o", "junit"]);
    expect([code, err]).toEqual([2, `nbft: ${missing}: ${why}\n`]);
    expect(out).toContain(`<error message="${missing}: ${why}"/>`);
  });
});

describe("several files to check", () => {
  it("verify has those that it cannot read in JUnit, beside the others", async () => {
    const evidence = "test/vectors/evidence/read-static.nbft";
    const { code, out, err } = await runCli(["verify", "-o", "junit", missing, evidence]);
    expect([code, err]).toEqual([2, `nbft: ${missing}: ${why}\n`]);
    expect(out).toContain(`<testsuite name="${missing}" tests="1" failures="0" errors="1" skipped="0">`);
    expect(out).toContain(`<error message="${why}"/>`);
    expect(out).toContain(`<testsuite name="${evidence}" `);
  });

  it("secret check goes on after one that it cannot read", async () => {
    const key = join(scratch, "key");
    writeFileSync(key, `${formatSecret(makeSecret("dhchap"))}\n`);
    const { code, out, err } = await runCli(["secret", "check", "-o", "json", missing, key]);
    expect([code, err]).toEqual([2, `nbft: ${missing}: ${why}\n`]);
    expect(JSON.parse(out)).toMatchObject([{ file: key, kind: "dhchap" }]);
    expect((await runCli(["secret", "check", "-o", "json", missing])).out).toBe("[]\n");
  });
});

describe.skipIf(process.platform === "win32").each([
  ["loop", "too many symbolic links encountered"],
  ["loop.json", "too many symbolic links encountered"],
  ["file/below", "not a directory"],
  ["y".repeat(300), "name too long"],
])("a source that cannot even be looked at (%.20s)", (name, why) => {
  const path = join(scratch, name);
  writeFileSync(join(scratch, "file"), "");
  if (name.startsWith("loop")) symlinkSync(name, path);

  it.each(["dump", "tables", "validate", "explain", "plan"])("%s says so, and reads the others", async (command) => {
    const { code, out, err } = await runCli([command, path, table, "-o", "json"]);
    expect([code, err]).toEqual([2, `nbft: ${path}: ${why}\n`]);
    expect(JSON.parse(out)).toEqual(JSON.parse((await runCli([command, table, path, "-o", "json"])).out));
    expect(out).toContain(table);
    expect(JSON.parse((await runCli([command, path, "-o", "json"])).out)).toBeTypeOf("object");
  });
});

it("a key in a document that is refused is in no report of it", async () => {
  const key = formatSecret(makeSecret("dhchap"));
  const path = join(scratch, "key.yaml");
  writeFileSync(path, `hfi:\n  - "${key}": 1\n`);
  for (const format of ["text", "json", "sarif", "junit", "github"]) {
    const { code, out, err } = await runCli(["validate", path, "-o", format]);
    expect(code).toBe(2);
    expect(out + err).not.toContain(key.slice(12, 40));
  }
});
