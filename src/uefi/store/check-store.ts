import { checkBytes } from "../../bytes/bytes.ts";
import type { Diagnostic } from "../../diagnostic.ts";
import { NbftError } from "../../errors.ts";
import type { HostIdEncoding } from "../config/firmware-config.ts";
import { detectVariableFile, readVariables } from "../files/variable-file.ts";
import { checkNvmeofVariables } from "./check-nvmeof.ts";
import { readVariableStore, visibleVariables } from "./read-store.ts";
import { storeFinding } from "./rules.ts";

/** Options of a check. */
export interface StoreCheckOptions {
  /** Byte order of host identifiers in the variables; `efi-guid` unless given. */
  readonly hostIdEncoding?: HostIdEncoding | undefined;
  /** Bytes of the firmware's code image, to check that both belong to one build. */
  readonly codeSize?: number | undefined;
}

/**
 * Checks a file with variables, of any kind: the store itself, the NVMe-oF variables in it, and what these need. Never
 * throws, whatever the bytes.
 */
export function checkVariables(bytes: Uint8Array, options: StoreCheckOptions = {}): Diagnostic[] {
  checkBytes(bytes);
  const pair = options.codeSize === undefined ? [] : checkFirmwarePair(options.codeSize, bytes.length);
  const kind = detectVariableFile(bytes);
  if (kind === "flash") {
    const { store, diagnostics } = readVariableStore(bytes);
    const nvmeof = store ? checkNvmeofVariables(visibleVariables(store), options) : [];
    return [...pair, ...diagnostics, ...nvmeof];
  }
  try {
    return [...pair, ...checkNvmeofVariables(readVariables(bytes, kind), options)];
  } catch (error) {
    if (!(error instanceof NbftError)) throw error;
    const offset = "offset" in error && typeof error.offset === "number" ? error.offset : 0;
    return [...pair, storeFinding("V001", error.message, { offset })];
  }
}

/** Sizes of a whole flash of OVMF builds: code and variables together. */
const flashSizes = [0x100000, 0x200000, 0x400000];
/** ArmVirt images are padded to the size of their flash bank. */
const flashBank = 0x4000000;

/** Checks that code and variables have sizes of one build: OVMF's fill a flash of 1, 2 or 4 MiB together, ArmVirt's are padded to 64 MiB each. */
export function checkFirmwarePair(codeSize: number, variablesSize: number): Diagnostic[] {
  if (flashSizes.includes(codeSize + variablesSize)) return [];
  if (codeSize === flashBank && variablesSize === flashBank) return [];
  const message = `Code of ${codeSize} bytes and variables of ${variablesSize} bytes are not of one build`;
  const fits = flashSizes.map((size) => size - codeSize).filter((size) => size === 0x20000 || size === 0x84000);
  const hint = fits.length > 0 ? `This code goes with variables of ${fits.join(" or ")} bytes` : undefined;
  return [storeFinding("V016", message, { length: variablesSize, ...(hint !== undefined && { hint }) })];
}
