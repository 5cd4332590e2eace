import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseBootFacts } from "../../src/predict/facts.ts";
import { predictNbft } from "../../src/predict/predict.ts";
import { type Evidence, readEvidence } from "../../src/verify/evidence.ts";
import { firmwareLogOf } from "../../src/verify/facts/firmware-log.ts";
import { verifyBoot } from "../../src/verify/verify.ts";
import { firmwareScenarios } from "../lab/firmware-scenarios.ts";
import { publishedTable } from "../lab/table-vector.ts";
import { judgedFirmware } from "./judged-firmware.ts";

const folder = join(import.meta.dirname, "../vectors/evidence");
const load = (name: string) => readEvidence(readFileSync(join(folder, `${name}.nbft`)));

/** The same evidence with one of the firmware's parts changed. */
function edited(evidence: Evidence, name: string, edit: (bytes: Uint8Array) => Uint8Array): Evidence {
  const more = evidence.more.map((part) =>
    part.name === name ? { ...part, bytes: edit(Uint8Array.from(part.bytes)) } : part,
  );
  expect(more.some((part) => part.name === name)).toBe(true);
  return { ...evidence, more };
}

const verdict = (evidence: Evidence, id: string) =>
  verifyBoot(evidence, { exact: false }).claims.find((claim) => claim.id === id);

describe("boots by the real firmware, from what they left behind", () => {
  it("are all there", () => {
    const missing = firmwareScenarios.filter(({ name }) => !existsSync(join(folder, `${name}.nbft`)));
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  it.each(firmwareScenarios.map((scenario) => [scenario.name, scenario] as const))("%s", (name, scenario) => {
    judgedFirmware(scenario, verifyBoot(load(name), { exact: false }));
  });

  it.each(firmwareScenarios.filter(({ name }) => !name.endsWith("other-code")).map(({ name }) => name))(
    "%s published what its variables and its facts foretell, to the last controller id",
    (name) => {
      const evidence = load(name);
      const part = (path: string) => evidence.more.find((each) => each.name === `firmware/${path}`)!.bytes;
      const { facts, notes } = parseBootFacts(new TextDecoder().decode(part("facts.json")));
      expect(notes).toEqual([]);
      const variables = {
        globalData: part("before/NvmeofGlobalData"),
        attempts: part("before/Nvmeof_Attemptconfig"),
      };
      const hex = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString("hex");
      const { bytes, reason } = predictNbft(variables, { facts });
      // The table of before the halt stays behind, for nobody.
      if (reason?.startsWith("it halts")) expect(name).toBe("firmware-same-place");
      else expect(hex(bytes)).toBe(hex(publishedTable(evidence)));
    },
  );
});

it("what cannot boot from the user's image was said before the boot", () => {
  const remarks = (name: string) => load(name).manifest!.remarks!.map(({ text }) => text);
  expect(remarks("firmware-too-large-read")).toEqual([
    expect.stringMatching(
      /will not boot: \\EFI\\BOOT\\BOOTX64\.EFI is a program of \d{8} bytes: .* at most 4194304\. Use GRUB$/,
    ),
  ]);
  expect(remarks("firmware-own-image")).toEqual([]);
});

describe("with one thing changed", () => {
  const evidence = load("firmware-dracut-one-path");

  it("a table other than predicted is told with the field", () => {
    const other = edited(evidence, "firmware/predicted", (bytes) => {
      bytes[130]! ^= 1;
      return bytes;
    });
    expect(verdict(other, "firmware.table")).toMatchObject({
      verdict: "fail",
      seen: expect.stringContaining("host.hostId"),
    });
  });

  it("a prediction that is not a table is another table", () => {
    const other = edited(evidence, "firmware/predicted", (bytes) => bytes.fill(0));
    expect(verdict(other, "firmware.table")).toMatchObject({
      verdict: "fail",
      seen: expect.stringContaining("other than predicted"),
    });
  });

  it("a table that what took place explains is told with what it explains", () => {
    const other = edited(evidence, "firmware/predicted", (bytes) => {
      bytes[130]! ^= 1;
      return bytes;
    });
    const foretold = (bytes: Uint8Array) => ({
      ...other,
      more: [...other.more, { ...other.more[0]!, name: "firmware/foretold", bytes }],
    });
    const table = publishedTable(evidence)!;
    expect(verdict(foretold(table), "firmware.table")).toMatchObject({
      verdict: "pass",
      seen: expect.stringMatching(/as predicted for what took place.*host\.hostId/),
    });
    const wrong = Uint8Array.from(table);
    wrong[131]! ^= 1;
    expect(verdict(foretold(wrong), "firmware.table")?.verdict).toBe("fail");
  });

  it("a live controller id is this boot's own", () => {
    const reading = verdict(evidence, "firmware.table");
    expect(reading?.verdict).toBe("pass");
    const other = edited(evidence, "firmware/predicted", (bytes) => {
      bytes[713]! += 1;
      bytes[9]! -= 1;
      return bytes;
    });
    expect(verdict(other, "firmware.table")).toMatchObject({
      verdict: "pass",
      seen: expect.stringContaining("cntlid"),
    });
  });

  it("attempts that somebody else has written are found", () => {
    const other = edited(evidence, "firmware/after/Nvmeof_Attemptconfig", (bytes) => {
      bytes[161]! ^= 1;
      return bytes;
    });
    expect(verdict(other, "firmware.variables")?.verdict).toBe("fail");
  });

  it("a firmware that booted from elsewhere is found", () => {
    const text = (bytes: Uint8Array) =>
      new TextDecoder().decode(bytes).replaceAll("[Bds]Booting UEFI NVMeOF Device", "[Bds]Booting UEFI Misc Device");
    const other = edited(evidence, "firmware/debug.log", (bytes) => new TextEncoder().encode(text(bytes)));
    expect(verdict(other, "firmware.boot")?.verdict).toBe("fail");
  });

  it("a target that saw one connection only is found", () => {
    const target = evidence.target!;
    const text = (bytes: Uint8Array) =>
      new TextDecoder().decode(bytes).replace(/nvmet: creating nvm controller 2 [^\n]*\n/g, "");
    const stages = target.stages.map((stage) => ({
      ...stage,
      parts: stage.parts.map((part) => ({ ...part, bytes: new TextEncoder().encode(text(part.bytes)) })),
    }));
    expect(verdict({ ...evidence, target: { ...target, stages } }, "firmware.connection")?.verdict).toBe("fail");
  });
});

describe("firmwareLogOf", () => {
  it.each([
    ["a firmware without the driver", "[Bds]Booting EFI Internal Shell\n", /no NVMe-oF driver/],
    [
      "attempts that match no card",
      "Loading driver NvmeOfDxe.efi\n[Bds]Booting EFI Internal Shell\n",
      /never tried to connect/,
    ],
    [
      "a target that does not answer",
      "NvmeOfDxe.efi\nProbe/Connect NQN: nqn.2014-08.org.example:a\nNVMeOFLog:892:spdk_nvme_probe:NVMe target address: 192.0.2.1\n",
      /no TCP connection to 192\.0\.2\.1/,
    ],
    [
      "systemd-boot, whose kernel the target refuses to have read",
      "NvmeOfDxe.efi\nProbe/Connect NQN: nqn.2014-08.org.example:a\nspdk_nvme_ctrlr_connect_io_qpair:num_io_queues\n[Bds]Booting UEFI NVMeOF Device - a\nReadSectors: Error In Process Read Data\n",
      /as systemd-boot does.* at most 4 MiB in one command/,
    ],
  ])("says what to look at for %s", (_, log, hint) => {
    expect(firmwareLogOf(log).hints[0]).toMatch(hint);
  });
});
