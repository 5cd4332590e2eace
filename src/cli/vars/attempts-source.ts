import type { FirmwareFromBoot } from "../../boot/firmware.ts";
import { isTestPlan, type PlannedBoot, plannedBoots } from "../../sources/test-plan.ts";
import { escapeText } from "../../text/escape.ts";
import type { FirmwareConfig, HostIdEncoding, NvmeofVariables } from "../../uefi/config/firmware-config.ts";
import { decodeFirmwareConfig, encodeFirmwareConfig } from "../../uefi/config/variables.ts";
import { detectVariableFile, readVariables } from "../../uefi/files/variable-file.ts";
import { vendorGuids } from "../../uefi/guids.ts";
import { nvmeofNames } from "../../uefi/nvmeof/names.ts";
import { checkConfig } from "../../uefi/setattempt/check-config.ts";
import { configRules } from "../../uefi/setattempt/rules/index.ts";
import { variableOf } from "../../uefi/variable.ts";
import { aboutFile, type Io, note, UsageError } from "../io.ts";
import { chosenTests, fileAndTest, severalBoots } from "../sources/tests.ts";
import { firstFindings } from "./config-verdict.ts";
import { type AttemptsKind, attemptsKind, isOfTable } from "./file-kind.ts";
import { readInput } from "./store-file.ts";

/** Attempts from any source. */
export interface AttemptsSource {
  readonly kind: AttemptsKind;
  readonly config: FirmwareConfig;
  readonly variables: NvmeofVariables;
  /** What was left out or understood differently. */
  readonly notes: readonly string[];
}

/** Reads a boot description; a program that does without YAML has none. */
export type BootReader = (bytes: Uint8Array, path: string) => FirmwareFromBoot;

/**
 * Reads attempts from a Config, a boot description or a store.
 *
 * @throws {UsageError} for a Config that the firmware would not store, or a store without attempts.
 */
export function readAttemptsSource(
  io: Io,
  path: string,
  hostIdEncoding: HostIdEncoding,
  readBoot: BootReader,
): AttemptsSource {
  const { bytes, planned } = readInputOrTest(io, path);
  if (planned) {
    const variables = encodeFirmwareConfig(planned, { hostIdEncoding });
    return { kind: "config", config: planned, variables, notes: [] };
  }
  const kind = attemptsKind(bytes);
  switch (kind) {
    case "boot": {
      const { config, notes } = readBoot(bytes, path);
      const variables = encodeFirmwareConfig(config, { hostIdEncoding });
      return { kind, config, variables, notes: [...notes, ...errorsIn(config)] };
    }
    case "variables": {
      const present = aboutFile(path, () => readVariables(bytes));
      const global = variableOf(present, vendorGuids.nvmeof, nvmeofNames.globalData)?.data;
      if (!global) throw new UsageError(`${escapeText(path)}: no NvmeofGlobalData`);
      const attempts = variableOf(present, vendorGuids.nvmeof, nvmeofNames.attempts)?.data ?? new Uint8Array();
      const variables = { globalData: global, attempts };
      return { kind, config: decodeFirmwareConfig(variables, { hostIdEncoding }), variables, notes: [] };
    }
    case "config":
      return readConfig(path, bytes, hostIdEncoding);
  }
}

/** What a description says that the firmware cannot do: nobody checks a Config that is made on the way. */
function errorsIn(config: FirmwareConfig): string[] {
  const rules = configRules.filter(({ severity }) => severity === "error");
  return rules.flatMap(({ code, check }) => [...check(config)].map(({ message }) => `error ${code}: ${message}`));
}

/**
 * A file, and what one of rh-linux-poc's tests in it programs.
 *
 * @throws {UsageError} where it has several tests and none is named.
 */
export function readInputOrTest(io: Io, path: string): { bytes: Uint8Array; planned?: FirmwareConfig } {
  const { file, test } = fileAndTest(path);
  const bytes = readInput(io, file);
  if (isOfTable(bytes))
    throw new UsageError(
      `${escapeText(path)}: a table: a store, a Config or a boot description is needed; nbft init ${escapeText(path)} -w boot.yaml makes one`,
    );
  const tests = testsIn(bytes);
  if (tests.length === 0) return { bytes };
  const [boot, ...more] = chosenTests(tests, file, test);
  if (more.length > 0) throw severalBoots(tests, file);
  return { bytes, planned: boot!.config };
}

/** The boots of rh-linux-poc's tests.json; none of anything else. */
function testsIn(bytes: Uint8Array): readonly PlannedBoot[] {
  if (detectVariableFile(bytes) !== "qemu-json") return [];
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isTestPlan(value) ? plannedBoots(value) : [];
  } catch {
    return [];
  }
}

function readConfig(path: string, bytes: Uint8Array, hostIdEncoding: HostIdEncoding): AttemptsSource {
  const { firmware, config, findings } = checkConfig(bytes);
  const { shown, more } = firstFindings(findings.filter(({ severity }) => severity !== "info"));
  const lines = [
    ...shown.map(({ line, column, severity, rule, message }) => `${line}:${column} ${severity} ${rule}: ${message}`),
    ...more.map((text) => ` ${text}`),
  ];
  if (firmware.result !== "stored" || !firmware.variables) {
    const what = firmware.result === "hang" ? "halt on" : "not store";
    const found = lines.map((line) => `\n  ${escapeText(path)}:${escapeText(line)}`).join("");
    throw new UsageError(`${escapeText(path)}: the firmware would ${what} it; nothing was written${found}`);
  }
  // A text has one byte order; the other is made from what it says.
  const variables =
    hostIdEncoding === "efi-guid" ? firmware.variables : encodeFirmwareConfig(config, { hostIdEncoding });
  return { kind: "config", config, variables, notes: lines };
}

/** Prints what was left out or is doubtful, on standard error. */
export function printNotes(io: Io, path: string, { kind, notes }: AttemptsSource): void {
  const separator = kind === "config" ? ":" : ": ";
  for (const text of notes) note(io, `${escapeText(path)}${separator}${escapeText(text)}`);
}
