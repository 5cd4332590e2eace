import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createVariableStore } from "../../../src/uefi/store/create-store.ts";
import { readVariableStore } from "../../../src/uefi/store/read-store.ts";
import { needs } from "../../helpers/needs.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("pristine stores", () => {
  // Sums of the images in Debian 12's package ovmf 2022.11-6+deb12u2; the 4 MB one is also the Timberland release's.
  test.each([
    ["4M", 540672, "5d2ac383371b408398accee7ec27c8c09ea5b74a0de0ceea6513388b15be5d1e"],
    ["2M", 131072, "6ed987af3a3c155be71665f510eae3e007eda9b8b94afd59d45e91c4a11565cc"],
  ] as const)("%s: %d bytes, bit for bit", (size, length, sum) => {
    const bytes = createVariableStore(size);
    expect(bytes.length).toBe(length);
    expect(sha256(bytes)).toBe(sum);
  });

  const installed = [
    ["4M", "/usr/share/OVMF/OVMF_VARS_4M.fd"],
    ["2M", "/usr/share/OVMF/OVMF_VARS.fd"],
  ] as const;
  const there = needs("Debian's ovmf", existsSync(installed[0][1]), "stores against the installed ones");
  test.skipIf(!there).each(installed)("%s equals %s", (size, path) => {
    expect(Buffer.compare(createVariableStore(size), readFileSync(path))).toBe(0);
  });

  const aavmf = "/usr/share/AAVMF/AAVMF_VARS.ms.fd";
  const onArm = needs("Debian's qemu-efi-aarch64", existsSync(aavmf), "the store of AAVMF against the installed one");
  test.skipIf(!onArm)("aavmf equals what the firmware made of an empty image, but for its records", () => {
    const bytes = new Uint8Array(readFileSync(aavmf));
    bytes.fill(0xff, 0x64, 0x40000);
    expect(Buffer.compare(createVariableStore("aavmf"), bytes)).toBe(0);
  });
});

describe("every size and format", () => {
  test.each(["4M", "2M", "aavmf"] as const)("%s reads back empty and sound", (size) => {
    for (const format of ["authenticated", "plain"] as const) {
      const { store, diagnostics } = readVariableStore(createVariableStore(size, format));
      expect(diagnostics).toEqual([]);
      expect(store).toMatchObject({
        records: [],
        layout: { format, headerSum: 0 },
        workingBlock: { valid: true, writes: 0 },
      });
    }
  });
});
