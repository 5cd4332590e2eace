import { buildLab } from "../../src/lab/build.ts";
import { labCacheFolder } from "../../src/lab/cache.ts";
import { LabError } from "../../src/lab/errors.ts";
import { withChildren } from "../../src/lab/interrupt.ts";

export const build = {
  cache: labCacheFolder(process.env),
  source: "auto",
  mirror: process.env["NBFT_MIRROR"],
} as const;
export const quiet = { progress: () => {}, notice: () => {} };

/**
 * Builds the lab, and gives the reason where this machine lacks what it is made of: then its tests are skipped, loudly.
 * `NBFT_INTEROP_ALL=1` makes that a failure.
 */
export async function whyNoLab(): Promise<string | undefined> {
  try {
    await withChildren((children) => buildLab({ ...build, depth: "dracut" }, { children, ...quiet }));
    return undefined;
  } catch (error) {
    if (!(error instanceof LabError) || process.env["NBFT_INTEROP_ALL"] === "1") throw error;
    console.log(`the lab could not run: ${error.message}`);
    return error.message;
  }
}
