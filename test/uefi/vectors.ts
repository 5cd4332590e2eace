import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const vectors = resolve(import.meta.dirname, "../vectors");

/** One text that was tried on the real firmware. */
export interface SetattemptCase {
  readonly name: string;
  readonly config: string;
  readonly result: "stored" | "rejected" | "hang";
  readonly console: readonly string[];
  readonly globalData?: Readonly<Record<string, string>>;
  readonly attempts?: Readonly<Record<string, string>>;
}

export const setattemptCases: readonly SetattemptCase[] = JSON.parse(
  readFileSync(join(vectors, "uefi/setattempt/cases.json"), "utf8"),
);

/** Bytes from runs of digits by offset. */
export function bytesOf(runs: Readonly<Record<string, string>>, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (const [offset, digits] of Object.entries(runs)) bytes.set(Buffer.from(digits, "hex"), Number(offset));
  return bytes;
}

/** A configuration with the variables that real firmware stored for it. */
export interface FirmwareCase {
  readonly name: string;
  readonly config: Uint8Array;
  readonly globalData: Uint8Array;
  readonly attempts: Uint8Array;
}

/** Every folder with a Config and both variables. */
export function firmwareCases(folder = join(vectors, "firmware")): FirmwareCase[] {
  return readdirSync(folder)
    .map((name) => ({ name, path: join(folder, name) }))
    .filter(({ path }) => existsSync(join(path, "NvmeofGlobalData.bin")))
    .map(({ name, path }) => ({
      name,
      config: new Uint8Array(readFileSync(join(path, "Config"))),
      globalData: new Uint8Array(readFileSync(join(path, "NvmeofGlobalData.bin"))),
      attempts: new Uint8Array(readFileSync(join(path, "Nvmeof_Attemptconfig.bin"))),
    }));
}

/** The stores of Debian's packages ovmf and qemu-efi-aarch64, where they are installed. */
export const debianStores: readonly string[] = [
  "/usr/share/OVMF/OVMF_VARS.fd",
  "/usr/share/OVMF/OVMF_VARS.ms.fd",
  "/usr/share/OVMF/OVMF_VARS_4M.fd",
  "/usr/share/OVMF/OVMF_VARS_4M.ms.fd",
  "/usr/share/OVMF/OVMF_VARS_4M.snakeoil.fd",
  "/usr/share/AAVMF/AAVMF_VARS.fd",
  "/usr/share/AAVMF/AAVMF_VARS.ms.fd",
  "/usr/share/AAVMF/AAVMF_VARS.snakeoil.fd",
].filter((path) => existsSync(path));

/** Folder with further vectors, named by NBFT_VECTORS. */
export const sharedVectors = process.env["NBFT_VECTORS"];
