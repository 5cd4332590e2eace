import { formatUuid, parseUuid, swapGuid } from "../text/uuid.ts";
import type { FirmwareAttempt, FirmwareConfig } from "../uefi/config/firmware-config.ts";
import type { BootAttempt, BootDescription, BootHost, BootInterface, BootTarget } from "./description.ts";

/** A firmware configuration made from a boot description, and what of the description it cannot say. */
export interface FirmwareFromBoot {
  /** One firmware attempt for each attempt of the description, in its order. */
  readonly config: FirmwareConfig;
  /** Sentences, each with the path of what was left out or understood differently. */
  readonly notes: readonly string[];
}

/** Longest attempt name that leaves room for its NUL. */
const nameLength = 11;

/**
 * What the firmware's variables must say for a boot description: one attempt for each of its attempts, in order. The host
 * identifier is written so that the bytes stored, in EFI_GUID order, are what `host.idByteOrder` asks for.
 */
export function firmwareOfBoot(boot: BootDescription): FirmwareFromBoot {
  const notes: string[] = [];
  const attempts = boot.attempts.map((attempt, i) => {
    const from = boot.interfaces.find(({ name }) => name === attempt.interface)!;
    const note = (message: string) => notes.push(`attempts[${i}]: ${message}`);
    noteUnsaid(
      boot.targets.find(({ name }) => name === attempt.target),
      note,
    );
    return firmwareAttempt(attempt, from, note);
  });
  if (attempts.length > 7)
    notes.push(`attempts: there are ${attempts.length}, the firmware's own tool stores at most 7`);
  return { config: { hostNqn: boot.host.nqn, hostId: hostIdText(boot.host), attempts }, notes };
}

/** What a target asks of a connection and the firmware's variables cannot say. */
function noteUnsaid(target: BootTarget | undefined, note: (message: string) => void): void {
  const { digests, security } = target ?? {};
  if (digests?.header || digests?.data) note(`the firmware connects without the digests of ${target!.name}`);
  if (security) note(`the firmware connects without the security of ${target!.name}`);
}

function hostIdText({ id, idByteOrder }: BootHost): string {
  return idByteOrder === "rfc4122" ? formatUuid(swapGuid(parseUuid(id)!)) : id;
}

function firmwareAttempt(attempt: BootAttempt, from: BootInterface, note: (message: string) => void): FirmwareAttempt {
  const byDhcp = from.origin === "dhcp";
  const byRootPath = attempt.via === "root-path";
  const host = byDhcp ? {} : staticAddress(from);
  const named = attempt.serverName !== undefined;
  const target = byRootPath
    ? {}
    : { targetIp: attempt.traddr, nid: nidText(attempt.nid, note), ...(named && { serverName: attempt.serverName }) };
  if (attempt.name.length > nameLength) note(`the name ${attempt.name} is cut to ${nameLength} characters`);
  const whole: FirmwareAttempt = {
    attemptName: attempt.name.slice(0, nameLength),
    hostName: from.hostName,
    macString: macString(from),
    targetPort: byRootPath ? 0 : attempt.trsvcid,
    enabled: attempt.enabled ? 1 : 0,
    ipMode: from.family === "ipv6" ? 1 : 0,
    initiatorInfoFromDhcp: byDhcp || undefined,
    ...host,
    // With DHCP they are the lease's, which the firmware learns by itself.
    primaryDns: byDhcp ? undefined : from.dns[0],
    secondaryDns: byDhcp ? undefined : from.dns[1],
    targetInfoFromDhcp: byRootPath || undefined,
    ...target,
    nqn: byRootPath ? "" : attempt.nqn,
    connectTimeout: attempt.timeout,
    connectRetryCount: attempt.retries,
    controllerId: attempt.controllerId,
    dnsMode: (named && !byRootPath) || undefined,
    routeMetric: from.routeMetric,
  };
  return Object.fromEntries(
    Object.entries(whole).filter(([, value]) => value !== undefined),
  ) as unknown as FirmwareAttempt;
}

function staticAddress(from: BootInterface): Partial<FirmwareAttempt> {
  if (from.address === undefined) return {};
  // The firmware connects from the address that its own IPv6 stack has, and publishes this one.
  if (from.origin === "auto") return { localIp: from.address };
  const mask = from.family === "ipv4" ? { subnetMask: maskText(from.prefixLength ?? 0) } : {};
  return { localIp: from.address, ...mask, gateway: from.gateway };
}

/** Dotted decimal mask of a prefix length. */
function maskText(prefixLength: number): string {
  return [0, 8, 16, 24].map((low) => 256 - 2 ** (8 - Math.min(8, Math.max(0, prefixLength - low)))).join(".");
}

/** The driver's form of an interface: upper case, a VLAN after a backslash. */
function macString({ mac, vlan }: BootInterface): string {
  const suffix = vlan === undefined ? "" : `\\${vlan.toString(16).padStart(4, "0")}`;
  return `${mac}${suffix}`.toUpperCase();
}

/** The driver takes only 36 characters in UUID form for a namespace identifier, an NGUID's digits too. */
function nidText(nid: string | undefined, note: (message: string) => void): string | undefined {
  if (nid === undefined || nid.length === 36) return nid;
  const grouped = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/.exec(nid);
  if (grouped) return grouped.slice(1).join("-");
  note(`the firmware cannot look for the EUI-64 ${nid}: it mounts every namespace`);
  return undefined;
}
