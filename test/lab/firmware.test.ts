import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { concatBytes } from "../../src/bytes/concat.ts";
import { buildLab } from "../../src/lab/build.ts";
import { writeBootDisk } from "../../src/lab/firmware-boot/boot-disk.ts";
import { findGrub } from "../../src/lab/firmware-boot/loader.ts";
import { configOverlay } from "../../src/lab/initrds.ts";
import { withChildren } from "../../src/lab/interrupt.ts";
import type { Work } from "../../src/lab/parts.ts";
import { runLab } from "../../src/lab/run.ts";
import { decodeFirmwareConfig } from "../../src/uefi/config/variables.ts";
import { runSetattempt } from "../../src/uefi/setattempt/emulate.ts";
import { readEvidence } from "../../src/verify/evidence.ts";
import { verifyBoot } from "../../src/verify/verify.ts";
import { judgedFirmware } from "../verify/judged-firmware.ts";
import { bootOf, type FirmwareScenario, firmwareScenarios } from "./firmware-scenarios.ts";
import { build, quiet } from "./ready.ts";
import { writeTableVector } from "./table-vector.ts";

/**
 * Boots by the public Timberland firmware itself: `NBFT_FIRMWARE_DIR=DIR npm run test:lab -- firmware`. `NBFT_RECORD=1` keeps what they left, for the
 * fast tests.
 */
const firmware = process.env["NBFT_FIRMWARE_DIR"];
const otherCode = "/usr/share/OVMF/OVMF_CODE_4M.fd";
const record = process.env["NBFT_RECORD"] === "1";
const recorded = resolve(import.meta.dirname, "../vectors/evidence");
const scratch = mkdtempSync(join(tmpdir(), "nbft-firmware-test-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
if (firmware === undefined)
  console.log("Timberland firmware: could not run: NBFT_FIRMWARE_DIR does not name a folder with the firmware's files");

/** A disk as a user would bring it: it boots by GRUB and says nothing to the lab, or its kernel is in the boot loader's place. */
async function ownImage({ image }: FirmwareScenario, work: Work): Promise<string | undefined> {
  if (image === undefined) return undefined;
  const lab = await buildLab({ ...build, depth: "connect" }, work);
  const path = join(scratch, "own.img");
  const config = configOverlay("etc/nbft/host.conf", "address ea:eb:d3:58:89:58 0 192.168.101.30/24\nconnect\n");
  writeBootDisk(path, {
    grub: image === "grub" ? await findGrub({ ...build, depth: "connect" }, work) : lab.kernel.image,
    kernel: lab.kernel.image,
    initrd: concatBytes([readFileSync(lab.hostInitrd), config]),
    commandLine: "console=ttyS0 quiet panic=-1",
    blockSize: 512,
  });
  return path;
}

function folderOf({ otherCode: other }: FirmwareScenario): string {
  if (!other) return firmware!;
  const folder = join(scratch, "other-code");
  mkdirSync(folder, { recursive: true });
  copyFileSync(otherCode, join(folder, "OVMF_CODE.fd"));
  copyFileSync(join(firmware!, "OVMF_VARS.fd"), join(folder, "OVMF_VARS.fd"));
  return folder;
}

function attemptsOf({ config }: FirmwareScenario) {
  if (config === undefined) return undefined;
  const text = new TextEncoder().encode(config);
  const variables = runSetattempt(text).variables!;
  return { text, variables, config: decodeFirmwareConfig(variables) };
}

const sum = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");

describe.skipIf(firmware === undefined).each(firmwareScenarios)("$name", (scenario) => {
  it.skipIf(scenario.otherCode === true && !existsSync(otherCode))(
    `${scenario.about}: ${scenario.judgement}`,
    async () => {
      const boot = bootOf(scenario);
      const result = await withChildren(async (children) => {
        const work = { children, ...quiet };
        const namespace = await ownImage(scenario, work);
        const before = namespace && sum(namespace);
        const run = await runLab(
          {
            tables: [],
            described: boot.targets,
            depth: scenario.depth,
            system: namespace,
            via: "acpitable",
            firmware: "seabios",
            shuffle: false,
            build,
            timeout: scenario.seconds,
            firmwareBoot: {
              folder: folderOf(scenario),
              boot,
              blockSize: scenario.blockSize ?? 512,
              program: scenario.program ?? "store",
              attempts: attemptsOf(scenario),
            },
          },
          work,
        );
        if (namespace) expect(sum(namespace)).toBe(before);
        return run;
      });
      if (record) {
        mkdirSync(recorded, { recursive: true });
        writeFileSync(join(recorded, `${scenario.name}.nbft`), result.evidence);
        if (scenario.vector) writeTableVector(scenario.name, scenario.boot, readEvidence(result.evidence));
      }
      judgedFirmware(scenario, verifyBoot(result.evidence, { exact: false }));
    },
  );
});
