import { checksumFor } from "../acpi/checksum.ts";
import { defaultPci } from "../boot/defaults.ts";
import { writeUint } from "../bytes/numbers.ts";
import { controlDescriptor, hfiDescriptor, hostDescriptor, nbftHeader } from "../nbft/structures/index.ts";
import type { NbftTable } from "../nbft/table.ts";
import { encodeNbft } from "../nbft/write/encode.ts";
import { decodeStructure } from "../structure/index.ts";
import { uuidNqn } from "../text/nvme.ts";
import { formatUuid, parseUuid, swapGuid } from "../text/uuid.ts";
import { reachOfAttempt } from "../uefi/config/attempt-reach.ts";
import type { NvmeofVariables } from "../uefi/config/firmware-config.ts";
import { decodeFirmwareConfig } from "../uefi/config/variables.ts";
import type { NvmeofGlobalData } from "../uefi/generated/model.ts";
import { nvmeofAttemptConfig } from "../uefi/nvmeof/attempt-config.ts";
import { nvmeofGlobalData } from "../uefi/nvmeof/global-data.ts";
import { configRules } from "../uefi/setattempt/rules/index.ts";
import { liveAttempts, networkOf } from "./attempt.ts";
import { runDriver } from "./driver.ts";
import type { BootFacts } from "./facts.ts";
import { defaultFirmwareProfile, type FirmwareProfile, firmwareProfiles } from "./profile.ts";
import { type FirmwareHost, publishTable } from "./publish.ts";
import { unusedFacts } from "./unused-facts.ts";

/** What a firmware will publish. */
export interface Prediction {
  /** Absent when the firmware publishes no table. */
  readonly table?: NbftTable | undefined;
  /** The table's bytes, in the layout of the driver. */
  readonly bytes?: Uint8Array | undefined;
  /** Why there is no table. */
  readonly reason?: string | undefined;
  /** What was taken for granted where no fact says it. */
  readonly assumptions: readonly string[];
}

/** Choices of {@link predictNbft}. */
export interface PredictOptions {
  /** What happened, or will happen, outside the configuration. */
  readonly facts?: BootFacts;
  /** Firmware version; 1.0_final, the measured one, if not given. */
  readonly profile?: FirmwareProfile;
}

/**
 * The table that the Timberland OVMF will publish for its two variables: byte for byte, for the facts given.
 *
 * Measured on the public build of June 2023; other profiles from source (timberland-sig/edk2, NvmeOfDxe).
 */
export function predictNbft(variables: NvmeofVariables, options: PredictOptions = {}): Prediction {
  const { facts = {}, profile = firmwareProfiles[defaultFirmwareProfile] } = options;
  const { globalData, attempts } = variables;
  if (globalData.length !== nvmeofGlobalData.size) {
    const reason = `NvmeofGlobalData has ${globalData.length} bytes, expected ${nvmeofGlobalData.size}: the driver does not start`;
    return { reason, assumptions: [] };
  }
  const { targetCount } = decodeStructure<NvmeofGlobalData>(nvmeofGlobalData, globalData);
  const host = hostOf(globalData, facts, profile);
  const records = Math.floor(attempts.length / nvmeofAttemptConfig.size);
  const { published, halt, connects, assumptions } = runDriver(attempts, targetCount, facts);
  const assumed = [...host.assumptions, ...assumptions, ...hinderedAttempts(variables, connects)];
  assumed.push(...unusedFacts(facts, liveAttempts(attempts, targetCount)));
  if (targetCount > records) {
    assumed.push(`NvmeOfTargetCount is ${targetCount}, the variable holds ${records}: the driver reads past its end`);
  }
  if (!published) {
    const enabled = liveAttempts(attempts, targetCount).length;
    return { reason: halt ?? reasonFor(targetCount, enabled), assumptions: assumed };
  }
  const places = placesOf(attempts, targetCount, facts);
  if (facts.pci === undefined) {
    const list = Object.entries(places).map(([mac, place]) => `${mac} at ${place}`);
    assumed.push(`network cards: ${list.join(", ")}`);
  }
  const table = publishTable({ state: published, host, facts, profile, pci: places });
  return { table, bytes: encodePublished(table), assumptions: assumed };
}

/** Bytes in the driver's layout. It states the place of the SSNS list even where it is empty. */
function encodePublished(table: NbftTable): Uint8Array {
  const bytes = encodeNbft(table, { layout: "edk2" });
  if (table.ssns.length > 0) return bytes;
  const listEnd = 2 * nbftHeader.size + hostDescriptor.size + table.hfi.length * hfiDescriptor.size;
  writeUint(bytes, nbftHeader.size + controlDescriptor.fields.ssnsOffset.at, 4, listEnd);
  bytes[nbftHeader.fields.checksum.at] = checksumFor(bytes);
  return bytes;
}

function reasonFor(targetCount: number, enabled: number): string {
  if (targetCount === 0) return "there are no attempts";
  if (enabled === 0) return "no attempt is enabled";
  return "no attempt comes as far as a connection";
}

/** Rules of a Config that find an attempt which cannot connect, beside A124. */
const hindering = configRules.filter(({ code }) =>
  ["A105", "A107", "A110", "A111", "A112", "A121", "A123", "A129"].includes(code),
);

/**
 * Attempts that are taken to connect although a Config with them is found to have some that cannot.
 *
 * @param connects numbers of those that are taken to connect
 */
function hinderedAttempts(variables: NvmeofVariables, connects: ReadonlySet<number>): string[] {
  const config = decodeFirmwareConfig(variables);
  const attempts = config.attempts.filter((attempt) => attempt.enabled !== 0);
  const found = hindering.flatMap((rule) =>
    [...rule.check({ ...config, attempts })].map((finding) => ({ rule, finding })),
  );
  return attempts.flatMap((attempt, i) => {
    if (!connects.has(i + 1)) return [];
    const reach = reachOfAttempt(attempt);
    const why = found
      .filter(({ finding }) => finding.path.startsWith(`attempts[${i}].`))
      .map(
        ({ rule, finding }) => `attempt ${i + 1} connects, although its check finds: ${finding.message} (${rule.code})`,
      );
    // A121 finds addresses of two families.
    if (reach.how !== "none" || reach.obstacle === "family") return why;
    return [...why, `attempt ${i + 1} connects, although it cannot reach its target: ${reach.why} (A124)`];
  });
}

/** Cards in the order in which the attempts name them, in the slots that QEMU's own examples use. */
function placesOf(attempts: Uint8Array, count: number, facts: BootFacts): Readonly<Record<string, string>> {
  if (facts.pci !== undefined) return facts.pci;
  const macs = new Set(liveAttempts(attempts, count).flatMap(({ macString }) => networkOf(macString)?.mac ?? []));
  return Object.fromEntries([...macs].map((mac, i) => [mac, defaultPci(i)]));
}

/** Identity as the driver finds it: from its variable, or from SMBIOS where the variable's first bytes are zero. */
function hostOf(
  globalData: Uint8Array,
  facts: BootFacts,
  profile: FirmwareProfile,
): FirmwareHost & { readonly assumptions: readonly string[] } {
  const { hostNqn } = decodeStructure<NvmeofGlobalData>(nvmeofGlobalData, globalData);
  const at = nvmeofGlobalData.fields.hostId.at;
  const stored = formatUuid(globalData, at);
  const noNqn = hostNqn === "";
  const noId = globalData[at] === 0;
  if (!profile.hostFromSmbios || !(noNqn || noId)) return { nqn: hostNqn, storedId: stored, assumptions: [] };
  const uuid = facts.smbiosUuid;
  if (uuid === undefined) {
    return {
      nqn: hostNqn,
      storedId: stored,
      assumptions: ["the SMBIOS System UUID, from which this firmware makes the missing host identity, is not known"],
    };
  }
  return {
    nqn: noNqn ? uuidNqn(uuid) : hostNqn,
    storedId: noId ? formatUuid(swapGuid(parseUuid(uuid)!)) : stored,
    assumptions: [],
  };
}
