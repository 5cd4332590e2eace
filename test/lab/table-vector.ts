import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { openBoot } from "../../src/verify/boot.ts";
import type { Evidence } from "../../src/verify/evidence.ts";

/** The folder of tables that real firmware published in the lab's boots. */
export const tableVectors = resolve(import.meta.dirname, "../vectors/firmware-boots");

/** The table that the firmware published in a boot: in sysfs, or in the memory of a machine that did not come so far. */
export function publishedTable(evidence: Evidence): Uint8Array | undefined {
  const { stages } = openBoot(evidence);
  const inSysfs = stages.findLast(({ tables }) => tables.length > 0)?.tables[0]?.bytes;
  return inSysfs ?? evidence.more.find(({ name }) => name === "firmware/left")?.bytes;
}

/** Writes what a boot shows about the firmware's table: description, facts, variables, table. */
export function writeTableVector(name: string, boot: string, evidence: Evidence): void {
  const folder = join(tableVectors, name.replace(/^firmware-(?:dracut-)?/, ""));
  mkdirSync(folder, { recursive: true });
  const part = (path: string) => evidence.more.find((each) => each.name === `firmware/${path}`)!.bytes;
  writeFileSync(join(folder, "boot.yaml"), boot);
  writeFileSync(join(folder, "facts.json"), part("facts.json"));
  for (const variable of ["NvmeofGlobalData", "Nvmeof_Attemptconfig"])
    writeFileSync(join(folder, `${variable}.bin`), part(`before/${variable}`));
  writeFileSync(join(folder, "NBFT.bin"), publishedTable(evidence)!);
}
