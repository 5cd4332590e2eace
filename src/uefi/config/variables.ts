import { checkBytes } from "../../bytes/bytes.ts";
import { isFilled } from "../../bytes/compare.ts";
import { concatBytes } from "../../bytes/concat.ts";
import { DecodeError, EncodeError } from "../../errors.ts";
import { decodeStructure, encodeStructure } from "../../structure/index.ts";
import { formatIp, isMapped } from "../../text/ip.ts";
import { formatUuid, parseUuid } from "../../text/uuid.ts";
import type { NvmeofAttemptConfig, NvmeofGlobalData } from "../generated/model.ts";
import { attemptSlots, nvmeofAttemptConfig } from "../nvmeof/attempt-config.ts";
import { nvmeofGlobalData } from "../nvmeof/global-data.ts";
import type { FirmwareAttempt, FirmwareConfig, HostIdEncoding, NvmeofVariables } from "./firmware-config.ts";

const zeroGuid = "00000000-0000-0000-0000-000000000000";

/** Options of the conversions between variables and configuration. */
export interface VariableOptions {
  /** Byte order of host identifiers in the variables; `efi-guid` unless given. */
  readonly hostIdEncoding?: HostIdEncoding | undefined;
  /** Records to write, the unused ones zero; 8 (what setattempt writes) if not given, more where there are more attempts. */
  readonly slots?: number | undefined;
}

/**
 * Configuration from the content of the two variables: as many attempts as `NvmeOfTargetCount` says and the second
 * variable holds. Bytes after the NUL of a text and fields that only the driver writes are not part of it.
 *
 * @throws {DecodeError} when the global data has not 754 bytes.
 */
export function decodeFirmwareConfig(variables: NvmeofVariables, options: VariableOptions = {}): FirmwareConfig {
  const { globalData, attempts } = variables;
  if (globalData.length !== nvmeofGlobalData.size) {
    throw new DecodeError(`NvmeofGlobalData has ${globalData.length} bytes, expected ${nvmeofGlobalData.size}`);
  }
  const global = decodeStructure<NvmeofGlobalData>(nvmeofGlobalData, globalData);
  const at = nvmeofGlobalData.fields.hostId.at;
  const slots = Math.floor(attempts.length / nvmeofAttemptConfig.size);
  return {
    ...(global.enabled !== 0 && { nvmeOfEnabled: true }),
    hostNqn: global.hostNqn,
    hostId: options.hostIdEncoding === "rfc4122" ? formatUuid(globalData, at) : global.hostId,
    attempts: Array.from({ length: Math.min(global.targetCount, slots) }, (_, i) =>
      decodeAttempt(attempts, i * nvmeofAttemptConfig.size, options.hostIdEncoding),
    ),
  };
}

/**
 * One attempt of the second variable.
 *
 * @throws {DecodeError} when fewer than 1494 bytes are left at `at`.
 */
function decodeAttempt(bytes: Uint8Array, at: number, hostIdEncoding?: HostIdEncoding): FirmwareAttempt {
  checkBytes(bytes);
  const { fields } = nvmeofAttemptConfig;
  const record = decodeStructure<NvmeofAttemptConfig>(nvmeofAttemptConfig, bytes, at);
  const number = (key: "ipMode" | "autoConfigureMode") => bytes[at + fields[key].at]!;
  const ipv6 = number("ipMode") === 1;
  const address = (key: keyof NvmeofAttemptConfig & ("localIp" | "targetIp" | "gateway" | "subnetMask")) => {
    const text = record[key] as string | undefined;
    return text !== undefined && ipv6 ? formatIpv6(bytes, at + fields[key].at) : text;
  };
  const override = at + fields.hostIdOverride.at;
  const attempt: FirmwareAttempt = {
    attemptName: record.attemptName || undefined,
    autoConfigureMode: number("autoConfigureMode") || undefined,
    hostName: record.hostName || undefined,
    macString: record.macString,
    targetPort: record.targetPort,
    enabled: record.enabled,
    ipMode: number("ipMode"),
    initiatorInfoFromDhcp: record.initiatorInfoFromDhcp !== 0 || undefined,
    localIp: address("localIp"),
    subnetMask: address("subnetMask"),
    gateway: address("gateway"),
    primaryDns: record.primaryDns,
    secondaryDns: record.secondaryDns,
    targetInfoFromDhcp: record.targetInfoFromDhcp !== 0 || undefined,
    targetIp: address("targetIp"),
    serverName: record.serverName || undefined,
    transportPort: record.transportPort || undefined,
    controllerId: record.controllerId || undefined,
    nid: record.nid || undefined,
    nqn: record.nqn,
    transportGuid: record.transportGuid === zeroGuid ? undefined : record.transportGuid,
    connectTimeout: record.connectTimeout || undefined,
    connectRetryCount: record.connectRetryCount || undefined,
    dnsMode: record.dnsMode !== 0 || undefined,
    routeMetric: record.routeMetric || undefined,
    hostNqnOverride: record.hostNqnOverride || undefined,
    hostIdOverride: isFilled(bytes, 0, override, override + 16)
      ? undefined
      : hostIdEncoding === "rfc4122"
        ? formatUuid(bytes, override)
        : record.hostIdOverride,
    hostOverrideEnable: record.hostOverrideEnable !== 0 || undefined,
  };
  return Object.fromEntries(Object.entries(attempt).filter(([, value]) => value !== undefined)) as FirmwareAttempt &
    object;
}

/** IPv6 text without embedded dotted decimal, which the tool does not understand. */
function formatIpv6(bytes: Uint8Array, at: number): string {
  const group = (i: number) => ((bytes[at + i]! << 8) | bytes[at + i + 1]!).toString(16);
  return isMapped(bytes, at) ? `::ffff:${group(12)}:${group(14)}` : formatIp(bytes, at);
}

/**
 * Content of the two variables for a configuration: unused bytes and slots zero, `DriverVersion` 10.
 *
 * @throws {EncodeError} naming the property when a value does not fit its field, or for more than 255 attempts.
 */
export function encodeFirmwareConfig(config: FirmwareConfig, options: VariableOptions = {}): NvmeofVariables {
  const { attempts } = config;
  if (attempts.length > 255)
    throw new EncodeError(`${attempts.length} attempts, at most 255 can be counted`, "attempts");
  const globalData = encodeStructure<NvmeofGlobalData>(nvmeofGlobalData, {
    enabled: config.nvmeOfEnabled ? 1 : 0,
    targetCount: attempts.length,
    hostNqn: config.hostNqn,
    hostId: config.hostId,
  });
  const records = attempts.map((attempt, i) => encodeAttempt(attempt, options.hostIdEncoding, `attempts[${i}]`));
  const unused = Math.max(0, (options.slots ?? attemptSlots) - records.length);
  if (options.hostIdEncoding === "rfc4122") {
    globalData.set(parseUuid(config.hostId) ?? new Uint8Array(16), nvmeofGlobalData.fields.hostId.at);
  }
  return { globalData, attempts: concatBytes([...records, new Uint8Array(unused * nvmeofAttemptConfig.size)]) };
}

function encodeAttempt(attempt: FirmwareAttempt, hostIdEncoding: HostIdEncoding | undefined, path: string): Uint8Array {
  const flag = (value: boolean | undefined) => (value ? 1 : 0);
  const bytes = encodeStructure<NvmeofAttemptConfig>(
    nvmeofAttemptConfig,
    {
      ...attempt,
      initiatorInfoFromDhcp: flag(attempt.initiatorInfoFromDhcp),
      targetInfoFromDhcp: flag(attempt.targetInfoFromDhcp),
      dnsMode: flag(attempt.dnsMode),
      hostOverrideEnable: flag(attempt.hostOverrideEnable),
    } as Partial<NvmeofAttemptConfig>,
    path,
  );
  if (hostIdEncoding === "rfc4122" && attempt.hostIdOverride !== undefined) {
    bytes.set(parseUuid(attempt.hostIdOverride) ?? new Uint8Array(16), nvmeofAttemptConfig.fields.hostIdOverride.at);
  }
  return bytes;
}
