import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { buildLab } from "../../src/lab/build.ts";
import type { Children } from "../../src/lab/children.ts";
import { withChildren } from "../../src/lab/interrupt.ts";
import { runLab } from "../../src/lab/run.ts";
import { verifyBoot } from "../../src/verify/verify.ts";
import { judged } from "../verify/judged.ts";
import { build, quiet, whyNoLab } from "./ready.ts";
import { overlayOf, scenarios } from "./scenarios.ts";

const all = process.env["NBFT_LAB"] === "all";
const record = process.env["NBFT_RECORD"] === "1";
const recorded = resolve(import.meta.dirname, "../vectors/evidence");
const scratch = mkdtempSync(join(tmpdir(), "nbft-lab-test-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const missing = await whyNoLab();

describe.skipIf(missing !== undefined).each(scenarios.filter(({ everyTime }) => all || everyTime))(
  "$name",
  (scenario) => {
    it(`${scenario.about}: ${scenario.judgement}`, async () => {
      const overlay = join(scratch, `${scenario.name}.cpio`);
      if (scenario.files) writeFileSync(overlay, overlayOf(scenario.files));
      const result = await withChildren(async (children) => {
        const work = { children, ...quiet };
        const needsFiles = scenario.localDisk || scenario.ownInitrd;
        const lab = needsFiles ? await buildLab({ ...build, depth: "dracut" }, work) : undefined;
        const own = join(scratch, "own.img");
        const other = join(scratch, "other.img");
        if (scenario.localDisk === "other") await makeOtherDisk(other, children);
        if (scenario.ownInitrd) await children.run("zstd", ["-q", "-1", lab!.dracutInitrd!, "-o", own]);
        return runLab(
          {
            tables: scenario.tables(),
            via: "acpitable",
            firmware: "seabios",
            // Recordings keep the names of the examples.
            shuffle: false,
            build: scenario.suite ? { ...build, source: "debian", suite: scenario.suite } : build,
            overlays: scenario.files ? [overlay] : [],
            disks: scenario.localDisk === "other" ? [other] : scenario.localDisk ? [lab!.rootImage] : [],
            ...(scenario.ownInitrd ? { kernel: lab!.kernel.image, initrd: own } : {}),
            ...scenario.options,
          },
          work,
        );
      });
      if (record) {
        mkdirSync(recorded, { recursive: true });
        writeFileSync(join(recorded, `${scenario.name}.nbft`), result.evidence);
      }
      expect(result.ended).toBe("powered off");
      judged(scenario, verifyBoot(result.evidence));
    });
  },
);

/** A disk with a file system of its own that has a /usr. */
async function makeOtherDisk(path: string, children: Children): Promise<void> {
  const tree = join(scratch, "other");
  mkdirSync(join(tree, "usr/bin"), { recursive: true });
  await children.run("mke2fs", ["-q", "-F", "-t", "ext4", "-O", "^has_journal", "-d", tree, path, "4M"]);
}
