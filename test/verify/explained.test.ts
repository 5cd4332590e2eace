import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { progressLine } from "../../src/cli/progress.ts";
import { tooOld } from "../../src/lab/system-parts.ts";
import type { ClaimId } from "../../src/verify/claim.ts";
import { verifyBoot } from "../../src/verify/verify.ts";
import { runCli } from "../helpers/cli.ts";
import { edited, replaceIn } from "./edited.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-explained-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const recorded = (name: string): Uint8Array =>
  readFileSync(join(import.meta.dirname, "../vectors/evidence", `${name}.nbft`));
const hintOf = (evidence: Uint8Array, id: ClaimId) =>
  verifyBoot(evidence).claims.find((claim) => claim.id === id && claim.verdict === "fail")?.hint;

describe("what went wrong is explained by its cause:", () => {
  it("a card that the firmware has no driver for, where the log only shows a MAC address that is not there", () => {
    const evidence = edited(recorded("firmware-lower-case-mac"), ({ manifest }) => {
      manifest["nicModel"] = "e1000e";
    });
    expect(hintOf(evidence, "firmware.boot")).toMatch(/has no driver for e1000e cards/);
    expect(hintOf(recorded("firmware-lower-case-mac"), "firmware.boot")).not.toMatch(/driver for/);
  });

  it("an initramfs that configures its network by systemd-networkd", () => {
    const evidence = edited(recorded("dracut-dual-path"), ({ host }) => {
      replaceIn(host, /^ip-addr/, /192\.168\.101\.30/g, "169.254.7.7");
      replaceIn(
        host,
        /^journal$/,
        /$/,
        "[   20.1] host-vm systemd-networkd[310]: nbft0: Configuring with /etc/systemd/network/zzzz-dracut-default.network.\n",
      );
    });
    expect(hintOf(evidence, "network.address")).toMatch(/systemd-networkd/);
  });

  it("an nvme-cli that cannot read tables, before anything boots", () => {
    expect(tooOld("2.3-3")).toMatch(/2\.3-3 is too old/);
    expect(tooOld("2.4+really2.3-3")).toMatch(/too old/);
    expect(tooOld("2.5")).toBeUndefined();
    expect(tooOld("3.1-1")).toBeUndefined();
    expect(tooOld("2.13-2")).toBeUndefined();
  });
});

describe("verify --expect with a description", () => {
  const description = readFileSync(join(import.meta.dirname, "../../examples/static.yaml"), "utf8");
  const seen = async (text: string) => {
    const file = join(scratch, "boot.yaml");
    writeFileSync(file, text);
    const path = join(import.meta.dirname, "../vectors/evidence/firmware-own-image.nbft");
    return runCli(["verify", path, "--expect", file]);
  };

  it("accepts the Host ID as that firmware stores it, and says so", async () => {
    const { code, out } = await seen(description);
    expect(out).toContain("pass table.content: the same, the Host ID in the byte order of an EFI_GUID");
    expect(code).toBe(0);
  });

  it("accepts it where the description says the byte order, too", async () => {
    const { code, out } = await seen(description.replace(/^host:\n/m, "host:\n  idByteOrder: efi-guid\n"));
    expect(out).toContain("pass table.content: the same [");
    expect(code).toBe(0);
  });

  it("does not accept another Host ID", async () => {
    const { code } = await seen(
      description.replace(/^host:\n/m, "host:\n  id: 01234567-89ab-4cde-8f01-23456789abcd\n"),
    );
    expect(code).toBe(1);
  });
});

describe("progress", () => {
  it("is a line for each step on a pipe", () => {
    const pieces: string[] = [];
    const io = { errIsTty: false, err: (piece: string) => pieces.push(piece) } as never;
    const { progress, clear } = progressLine(io);
    progress({ step: "start the target" });
    progress({ step: "boot", detail: "1 s" });
    progress({ step: "boot", detail: "2 s" });
    clear();
    expect(pieces).toEqual(["nbft: start the target\n", "nbft: boot\n"]);
  });
});
