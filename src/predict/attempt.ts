import { decodeStructure } from "../structure/index.ts";
import { formatIp } from "../text/ip.ts";
import { parseMacString } from "../uefi/companion/network-name.ts";
import type { NvmeofAttemptConfig } from "../uefi/generated/model.ts";
import { nvmeofAttemptConfig } from "../uefi/nvmeof/attempt-config.ts";
import type { BootLease } from "./facts.ts";
import { efiAddress } from "./root-path.ts";

/** An attempt as the driver holds it: it writes leases and root paths into it. Addresses are 16 bytes, IPv4 in the first four. */
export interface LiveAttempt {
  /** Number over the enabled attempts, from 1. */
  readonly number: number;
  readonly attemptName: string;
  readonly macString: string;
  readonly controllerId: number;
  readonly routeMetric: number;
  readonly hostName: string;
  /** 0 IPv4, 1 IPv6, 2 autoconfigure, which only IPv4 can. */
  readonly ipMode: number;
  /** The card has been started with this attempt: only then it has an HFI. */
  started: boolean;
  hostInfoDhcp: boolean;
  subsysInfoDhcp: boolean;
  dnsMode: boolean;
  serverName: string;
  hostIp: Uint8Array;
  subnetMask: Uint8Array;
  gateway: Uint8Array;
  prefixLength: number;
  primaryDns: Uint8Array;
  secondaryDns: Uint8Array;
  dhcpServer: Uint8Array;
  targetIp: Uint8Array;
  targetPort: number;
  nqn: string;
  nid: string;
}

/** Whether an attempt goes over IPv6. */
export function isIpv6Attempt({ ipMode }: Pick<LiveAttempt, "ipMode">): boolean {
  return ipMode === 1;
}

/**
 * The enabled attempts among the first `count` records of `Nvmeof_Attemptconfig`, as many as the variable holds.
 */
export function liveAttempts(variable: Uint8Array, count: number): LiveAttempt[] {
  const { fields, size } = nvmeofAttemptConfig;
  const attempts: LiveAttempt[] = [];
  for (let at = 0; at < count * size && at + size <= variable.length; at += size) {
    const record = decodeStructure<NvmeofAttemptConfig>(nvmeofAttemptConfig, variable, at);
    if (record.enabled === 0) continue;
    const bytes = (
      key: "localIp" | "subnetMask" | "gateway" | "primaryDns" | "secondaryDns" | "dhcpServer" | "targetIp",
    ) => variable.slice(at + fields[key].at, at + fields[key].at + 16);
    attempts.push({
      number: attempts.length + 1,
      attemptName: record.attemptName,
      macString: record.macString,
      controllerId: record.controllerId,
      routeMetric: record.routeMetric,
      hostName: record.hostName,
      ipMode: variable[at + fields.ipMode.at]!,
      started: false,
      hostInfoDhcp: record.initiatorInfoFromDhcp !== 0,
      subsysInfoDhcp: record.targetInfoFromDhcp !== 0,
      dnsMode: record.dnsMode !== 0,
      serverName: record.serverName,
      hostIp: bytes("localIp"),
      subnetMask: bytes("subnetMask"),
      gateway: bytes("gateway"),
      prefixLength: record.prefixLength,
      primaryDns: bytes("primaryDns"),
      secondaryDns: bytes("secondaryDns"),
      dhcpServer: bytes("dhcpServer"),
      targetIp: bytes("targetIp"),
      targetPort: record.targetPort,
      nqn: record.nqn,
      nid: record.nid,
    });
  }
  return attempts;
}

/** A network card, or a VLAN on one, as an attempt names it. */
export interface AttemptNetwork {
  /** Lower case with colons. */
  readonly mac: string;
  /** 0 is none. */
  readonly vlan: number;
}

/** The network of an attempt's MacString; undefined for one that no card can match, such as one in lower case. */
export function networkOf(macString: string): AttemptNetwork | undefined {
  const name = /[a-z]/.test(macString) ? undefined : parseMacString(macString);
  if (!name || name.vlan === 0) return undefined;
  return { mac: name.variable.toLowerCase().replace(/(..)(?!$)/g, "$1:"), vlan: name.vlan ?? 0 };
}

/** Writes a lease into an attempt as the driver does: what the server does not say stays. */
export function takeLease(attempt: LiveAttempt, { ip, mask, gw, d1, d2, srv }: BootLease): void {
  const zero = new Uint8Array(16);
  const bytes = (address: string | undefined) => (address === undefined ? undefined : efiAddress(address));
  if (!isIpv6Attempt(attempt)) {
    attempt.hostIp = bytes(ip)!;
    attempt.subnetMask = bytes(mask) ?? zero;
    attempt.gateway = bytes(gw) ?? zero;
    attempt.dhcpServer = bytes(srv) ?? attempt.dhcpServer;
  }
  attempt.primaryDns = bytes(d1) ?? attempt.primaryDns;
  attempt.secondaryDns = bytes(d2) ?? attempt.secondaryDns;
}

/** Whether an attempt goes where one that connected went before: the driver skips it. */
export function isSamePath(attempt: LiveAttempt, other: LiveAttempt): boolean {
  const isUuid = (nid: string) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.test(nid);
  const size = isIpv6Attempt(attempt) ? 16 : 4;
  if (isUuid(attempt.nid) !== isUuid(other.nid)) return false;
  if (isUuid(attempt.nid) && attempt.nid.toLowerCase() !== other.nid.toLowerCase()) return false;
  return (
    attempt.macString === other.macString &&
    attempt.targetPort === other.targetPort &&
    attempt.nqn === other.nqn &&
    formatIp(padded(attempt.targetIp, size)) === formatIp(padded(other.targetIp, size))
  );
}

function padded(address: Uint8Array, size: number): Uint8Array {
  const bytes = new Uint8Array(16);
  bytes.set(address.subarray(0, size));
  return bytes;
}
