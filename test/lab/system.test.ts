import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findProgram } from "../../src/lab/programs.ts";
import { verifyBoot } from "../../src/verify/verify.ts";

/**
 * The cookbook's recipe, from Debian's packages to a verdict, command by command: `NBFT_FIRMWARE_DIR=DIR npm run test:lab -- system`, after
 * `npm run build`. It takes a quarter of an hour, three times that on a busy machine.
 */
const firmware = process.env["NBFT_FIRMWARE_DIR"];
const root = resolve(import.meta.dirname, "../..");
const scratch = mkdtempSync(join(tmpdir(), "nbft-system-test-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const missing = ["mmdebstrap", "mke2fs", "debugfs"].filter((name) => findProgram(name) === undefined);
if (firmware === undefined) console.log("the cookbook's recipe: could not run: NBFT_FIRMWARE_DIR names no firmware");
else if (missing.length > 0) console.log(`the cookbook's recipe: could not run: ${missing.join(", ")} missing`);

/** Commands of the recipe; a line that ends in a backslash goes on. */
const recipe = readFileSync(join(root, "docs/cookbook.md"), "utf8")
  .split("## A distribution, booted over NVMe/TCP\n")[1]!
  .split("```sh\n")[1]!
  .split("\n```")[0]!
  .replaceAll("\\\n", "")
  .split("\n");

function run(command: string): string {
  const line = command
    .replace(/^nbft /, `"${process.execPath}" "${join(root, "dist/cli/nbft.cjs")}" `)
    .replace("--firmware-dir DIR", `--firmware-dir "${resolve(firmware!)}" --evidence evidence.nbft`);
  return execFileSync("/bin/sh", ["-c", line], {
    cwd: scratch,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function sumOf(path: string): Promise<string> {
  const sum = createHash("sha256");
  await pipeline(createReadStream(path), sum);
  return sum.digest("hex");
}

const boots = recipe.filter((command) => command.includes("--firmware-dir"));

describe.skipIf(firmware === undefined || missing.length > 0)("a distribution's system", () => {
  beforeAll(() => {
    for (const command of recipe.filter((each) => !boots.includes(each))) run(command);
    // mmdebstrap installs a whole system: on a busy machine a quarter of an hour.
  }, 1_800_000);

  it.each(boots)("is proved: %s", async (command) => {
    const before = await sumOf(join(scratch, "disk.img"));
    run(command);
    const { judgement, claims, evidence } = verifyBoot(readFileSync(join(scratch, "evidence.nbft")));
    console.log(`${command}: ${judgement}, ${claims.length} claims, host ${evidence.manifest?.seconds} s`);
    expect(judgement).toBe("proved");
    expect(claims.filter(({ verdict }) => verdict !== "pass")).toEqual([]);
    expect(claims.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["firmware.table", "root.device", "system.units"]),
    );
    expect(await sumOf(join(scratch, "disk.img"))).toBe(before);
  });
});
