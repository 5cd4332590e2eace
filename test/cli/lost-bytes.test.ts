import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { sourceOf } from "../../site/source.ts";
import { lostAsText } from "../../src/acpi/is-table.ts";
import { tablesOf } from "../../src/node/sources.ts";
import { runCli } from "../helpers/cli.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-lost-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What is left of a table in an editor that takes it for UTF-8. */
const throughText = (table: Uint8Array) => new TextEncoder().encode(new TextDecoder().decode(table));

const table = readFileSync("test/vectors/firmware/multipath/NBFT.bin");
const lost = throughText(table);
const file = join(scratch, "NBFT");
writeFileSync(file, lost);

describe("a table that was saved as text", () => {
  it.each([["dump"], ["dump", "-o", "hex"], ["validate"], ["explain"], ["diff", file]])(
    "is named as such by nbft %s %s",
    async (...words) => {
      const { out, err, code } = await runCli([...words.filter((word) => word !== undefined), file]);
      expect({ out, code }).toEqual({ out: "", code: 2 });
      expect(err).toContain(
        `${file}: a table that was saved as text: ${new TextDecoder().decode(lost).split("\ufffd").length - 1} bytes are lost (80h and above became EF BF BD); copy the file as it is`,
      );
    },
  );

  it("is named on standard input, in a folder, by the library and in the playground", async () => {
    expect((await runCli(["dump"], { stdin: lost })).code).toBe(2);
    expect((await runCli(["dump", "-"], { stdin: lost })).err).toContain("saved as text");
    const folder = join(scratch, "tables");
    mkdirSync(folder);
    writeFileSync(join(folder, "NBFT"), lost);
    expect((await runCli(["dump", folder])).err).toContain("saved as text");
    expect([...tablesOf({ sources: [file], stdin: () => lost })][0]).toMatchObject({
      path: file,
      error: expect.stringContaining("saved as text"),
    });
    expect(() => sourceOf("NBFT", lost)).toThrow("saved as text");
  });

  it("is read all the same where that is asked for", async () => {
    const { out, err } = await runCli(["dump", "-o", "hex", "--from", "table", file]);
    expect(out).toContain("ef bf bd");
    expect(err).not.toContain("saved as text");
  });

  it("is not one that has these bytes and no others lost", () => {
    expect(lostAsText(table)).toBeUndefined();
    // A text of a sound table may have the character.
    const sound = Uint8Array.from(table);
    sound.set([0xef, 0xbf, 0xbd], sound.length - 4);
    expect(lostAsText(sound)).toBeUndefined();
    expect(lostAsText(sound.subarray(0, -1))).toBeUndefined();
    expect(lostAsText(new TextEncoder().encode("NBFTabcdefghijklmnop"))).toBeUndefined();
  });
});
