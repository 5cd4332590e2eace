import { crc32 } from "../../bytes/crc32.ts";
import { DecodeError } from "../../errors.ts";
import { encodeUtf16 } from "../bytes.ts";
import { decodeIpConfig, encodeIpConfig, type IpConfig, withIpPolicy } from "../companion/ip-config.ts";
import { decodeVlans, encodeVlans, type Vlan } from "../companion/vlan.ts";
import { vendorGuids } from "../guids.ts";
import { nvmeofAttemptConfig } from "../nvmeof/attempt-config.ts";
import { nvmeofGlobalData } from "../nvmeof/global-data.ts";
import { clearLeftOver } from "../nvmeof/left-over.ts";
import { nvmeofNames } from "../nvmeof/names.ts";
import { neededNetworks, stackName } from "../store/check-nvmeof.ts";
import type { StoreEdit } from "../store/edit-store.ts";
import { type Variable, variableOf } from "../variable.ts";
import type { NvmeofVariables } from "./firmware-config.ts";
import { decodeFirmwareConfig } from "./variables.ts";

/** Attributes that the driver insists on: NV+BS. */
const nvmeofAttributes = 3;

/** Choices of {@link attemptEdits}. */
export interface AttemptEditOptions {
  /** Leave out the VLAN and IPv6 variables that attempts need beside their own. */
  readonly withoutCompanions?: boolean | undefined;
  /** Largest variable that the firmware of this store writes, its name and header included; 2 MB builds have 8192. */
  readonly maxVariable?: number | undefined;
}

/**
 * The steps that put attempts into a store: both NVMe-oF variables, and for each enabled attempt what its interface needs:
 * its VLAN, and for IPv6 the automatic policy without which the firmware has no address. Whatever else these variables
 * hold stays.
 *
 * @param present the variables that the store has.
 * @throws {DecodeError} when the global data has not 754 bytes.
 * @throws {EncodeError} for an attempt whose MacString names a VLAN that is not 1 to 4094.
 */
export function attemptEdits(
  variables: NvmeofVariables,
  present: readonly Variable[],
  options: AttemptEditOptions = {},
): StoreEdit[] {
  const set = (guid: string, name: string, data: Uint8Array): StoreEdit => ({
    kind: "set",
    variable: { guid, name, attributes: nvmeofAttributes, data },
  });
  const globalData = clearLeftOver(nvmeofGlobalData, variables.globalData);
  const attempts = clearLeftOver(nvmeofAttemptConfig, fitting(variables, options.maxVariable));
  const edits = [
    set(vendorGuids.nvmeof, nvmeofNames.attempts, attempts),
    set(vendorGuids.nvmeof, nvmeofNames.globalData, globalData),
  ];
  if (options.withoutCompanions) return edits;
  for (const network of neededNetworks(decodeFirmwareConfig({ globalData, attempts }))) {
    const { variable, vlan, ipv6 } = network;
    if (vlan !== undefined) edits.push(set(vendorGuids.vlan, variable, vlanData(present, edits, variable, vlan)));
    const stack = stackName(network);
    if (ipv6) edits.push(set(vendorGuids.ip6config, stack, automaticIpv6(present, stack)));
  }
  return edits;
}

/** As many records as fit, but never fewer than are counted: the firmware reads a larger variable, it only cannot write it. */
function fitting({ globalData, attempts }: NvmeofVariables, maxVariable = Number.POSITIVE_INFINITY): Uint8Array {
  const { size } = nvmeofAttemptConfig;
  const overhead = 60 + encodeUtf16(nvmeofNames.attempts).length;
  const room = Math.floor((maxVariable - overhead) / size);
  const counted = globalData[nvmeofGlobalData.fields.targetCount.at] ?? 0;
  const slots = Math.min(attempts.length / size, Math.max(room, counted, 1));
  return attempts.subarray(0, slots * size);
}

function vlanData(present: readonly Variable[], edits: readonly StoreEdit[], name: string, id: number): Uint8Array {
  const earlier = edits.flatMap((edit) => (edit.kind === "set" ? [edit.variable] : [])).reverse();
  const stored = variableOf([...earlier, ...present], vendorGuids.vlan, name);
  const vlans: Vlan[] = stored ? readable(() => decodeVlans(stored.data), []) : [];
  return vlans.some((vlan) => vlan.id === id) ? stored!.data : encodeVlans([...vlans, { id, priority: 0 }]);
}

function automaticIpv6(present: readonly Variable[], name: string): Uint8Array {
  const stored = variableOf(present, vendorGuids.ip6config, name);
  // Any identity association will do; one that follows from the name stays the same from run to run.
  const empty: Omit<IpConfig, "checksumOk"> = { family: "ipv6", iaid: crc32(encodeUtf16(name)), records: [] };
  const config = stored ? readable(() => decodeIpConfig("ipv6", stored.data), empty) : empty;
  return encodeIpConfig(withIpPolicy(config, 1));
}

function readable<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof DecodeError) return otherwise;
    throw error;
  }
}
