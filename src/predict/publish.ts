import {
  type DiscoveryDescriptor,
  type HfiDescriptor,
  type HfiTransportInfoTcp,
  hfiTransportInfoTcp,
  type SsnsDescriptor,
} from "../nbft/structures/index.ts";
import type { NbftTable } from "../nbft/table.ts";
import { encodeStructure } from "../structure/index.ts";
import { formatPci, parsePci } from "../structure/text-value.ts";
import { formatHex } from "../text/hex.ts";
import { formatIp } from "../text/ip.ts";
import { DISCOVERY_NQN } from "../text/nvme.ts";
import { isIpv6Attempt, type LiveAttempt, networkOf } from "./attempt.ts";
import type { DriverState, PathRecord } from "./driver.ts";
import type { BootFacts } from "./facts.ts";
import type { FirmwareProfile } from "./profile.ts";

/** Host identity that the firmware publishes. */
export interface FirmwareHost {
  readonly nqn: string;
  /** UUID text of the 16 bytes in stored order. */
  readonly storedId: string;
}

/** Where OVMF keeps the driver, as it names it in the table. */
const ovmfDriverPath = "Fv(7CB8BDC9-F8EB-4F34-AAEA-3EE4AF6516A1)/FvFile(EB487413-0480-4C92-9F17-D19482D325D5)";

/** Everything that a publication is made of. */
export interface Publication {
  readonly state: DriverState;
  readonly host: FirmwareHost;
  readonly facts: BootFacts;
  readonly profile: FirmwareProfile;
  /** PCI place of each card, by MAC address. */
  readonly pci: Readonly<Record<string, string>>;
}

/** The table that the driver makes of its state: revision 1.0. */
export function publishTable(publication: Publication): NbftTable {
  const { host, facts } = publication;
  const hfis = publishHfis(publication);
  const ssns = publishSsns(publication, hfis);
  return {
    header: {
      majorRevision: 1,
      minorRevision: 0,
      oemId: facts.oemId ?? "BOCHS ",
      oemTableId: facts.oemTableId ?? "BXPC    ",
      oemRevision: 0,
      creatorId: "    ",
      creatorRevision: 0x01000013,
      driverSignature: facts.driverPath ?? ovmfDriverPath,
    },
    control: { majorRevision: 1, minorRevision: 0, flags: { valid: true } },
    host: {
      flags: { valid: true, hostIdConfigured: true, hostNqnConfigured: true, primaryAdminHost: "not indicated" },
      hostId: host.storedId,
      hostNqn: host.nqn || undefined,
    },
    hfi: hfis.descriptors,
    ssns: ssns.map(({ descriptor }) => descriptor),
    security: [],
    discovery: publishDiscovery(publication, ssns),
  };
}

interface Hfis {
  readonly descriptors: readonly HfiDescriptor[];
  /** Index of an attempt's HFI. */
  readonly indexOf: ReadonlyMap<LiveAttempt, number>;
}

function publishHfis({ state, profile, pci }: Publication): Hfis {
  const descriptors: HfiDescriptor[] = [];
  const indexOf = new Map<LiveAttempt, number>();
  const byKey = new Map<string, number>();
  for (const attempt of state.attempts) {
    if (!attempt.started) continue;
    const { macString } = attempt;
    const info = transportInfoOf(attempt, descriptors.length + 1, pci);
    const key = profile.sharedHfi === "mac" ? macString : contentOf(info);
    const known = byKey.get(key);
    if (known === undefined) {
      const index = descriptors.length + 1;
      byKey.set(key, index);
      descriptors.push({ index, flags: { valid: true }, trtype: "tcp", transportInfo: info });
    }
    indexOf.set(attempt, known ?? descriptors.length);
  }
  return { descriptors, indexOf };
}

/** What makes an HFI's transport info different from another: all but its own index, and the host name only by its length. */
function contentOf(info: HfiTransportInfoTcp): string {
  const { hostName = "", ...rest } = info;
  const bytes = encodeStructure<HfiTransportInfoTcp>(hfiTransportInfoTcp, { ...rest, hfiIndex: 0 });
  return `${formatHex(bytes)} ${new TextEncoder().encode(hostName).length}`;
}

function transportInfoOf(attempt: LiveAttempt, index: number, pci: Publication["pci"]): HfiTransportInfoTcp {
  const network = networkOf(attempt.macString)!;
  const v6 = isIpv6Attempt(attempt);
  const address = (bytes: Uint8Array) => (v6 ? ipv6Text(bytes) : ipv4Text(bytes));
  const dhcp = attempt.hostInfoDhcp;
  return {
    transportInfoVersion: 1,
    hfiIndex: index,
    flags: { valid: true, defaultRoute: true, dhcpOverride: dhcp, ipAutoconfigured: false },
    // Sixteen bits of it: a segment is lost.
    pciSbdf: formatPci((parsePci(pci[network.mac] ?? "") ?? 0) & 0xffff),
    mac: network.mac,
    vlan: network.vlan,
    ipOrigin: dhcp ? "dhcp" : "manual",
    ipAddress: address(attempt.hostIp),
    subnetMaskPrefix: v6 ? attempt.prefixLength : prefixOf(attempt.subnetMask),
    gateway: address(attempt.gateway),
    routeMetric: attempt.routeMetric,
    primaryDns: address(attempt.primaryDns),
    secondaryDns: address(attempt.secondaryDns),
    dhcpServer: address(attempt.dhcpServer),
    hostName: attempt.hostName || undefined,
  };
}

/** Prefix length of a mask of ones before zeros; 0 for any other. */
function prefixOf(mask: Uint8Array): number {
  const bits = [...mask.subarray(0, 4)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return /^1*0*$/.test(bits) ? bits.replaceAll("0", "").length : 0;
}

/** An absent IPv4 address is published as `::ffff:0.0.0.0`. */
function ipv4Text(bytes: Uint8Array): string {
  return bytes.subarray(0, 4).join(".");
}

/** An absent IPv6 address is sixteen zeros. */
function ipv6Text(bytes: Uint8Array): string | undefined {
  return bytes.some((byte) => byte !== 0) ? formatIp(bytes) : undefined;
}

interface PublishedSsns {
  readonly record: PathRecord;
  readonly descriptor: SsnsDescriptor;
  /** Index of its HFI. */
  readonly hfi: number;
}

function publishSsns({ state, profile }: Publication, { indexOf }: Hfis): PublishedSsns[] {
  const rootPath = state.rootPath === undefined ? undefined : withoutLast(state.rootPath) || undefined;
  const published: PublishedSsns[] = [];
  // One buffer for all records: a failed one shows what the record before it left there.
  let cntlid = 0;
  let asqsz = 0;
  let controllers = 0;
  for (const record of state.records) {
    const { attempt, failed, namespace } = record;
    const index = published.length + 1;
    const hfi = indexOf.get(attempt)!;
    const discovered = attempt.nqn === DISCOVERY_NQN;
    if (!failed) {
      cntlid = profile.controllerId === "live" || attempt.controllerId !== 0 ? record.controllerId : 0;
      asqsz = discovered ? 0 : 32;
    }
    let discoveryIndex = 0;
    if (discovered && profile.discoveryIndex === "hfi") discoveryIndex = hfi;
    else if (discovered) {
      const earlier = published.find((each) => each.record.attempt.attemptName === attempt.attemptName);
      discoveryIndex = earlier ? earlier.descriptor.discoveryIndex : ++controllers;
    }
    const descriptor: SsnsDescriptor = {
      index,
      flags: {
        valid: true,
        nonBootable: false,
        useSecurity: false,
        dhcpRootPathOverride: false,
        extendedInfoInUse: true,
        separateDiscoveryController: false,
        discovered,
        unavailable: failed ? "unavailable" : "not indicated",
      },
      trtype: "tcp",
      transportFlags: { inUse: false, headerDigest: false, dataDigest: false },
      discoveryIndex,
      traddr: isIpv6Attempt(attempt) ? formatIp(record.traddr) : ipv4Text(record.traddr),
      trsvcid: record.trsvcid,
      subsysPortId: 0,
      nsid: namespace.nsid,
      ...identifierOf(failed ? undefined : namespace),
      securityIndex: 0,
      primaryHfi: profile.primaryHfi === "first" ? 1 : hfi,
      secondaryHfis: [hfi],
      subsystemNqn: record.nqn || undefined,
      extendedInfo: {
        ssnsIndex: index,
        flags: { valid: true, adminAsqsz: false },
        cntlid,
        asqsz,
        dhcpRootPath: rootPath,
      },
    };
    published.push({ record, descriptor, hfi });
  }
  return published;
}

function identifierOf(namespace: PathRecord["namespace"] | undefined): Pick<SsnsDescriptor, "nidType" | "nid"> {
  if (namespace?.uuid !== undefined) return { nidType: "uuid", nid: namespace.uuid };
  if (namespace?.nguid !== undefined) return { nidType: "nguid", nid: namespace.nguid };
  return { nidType: 0, nid: undefined };
}

/** The driver counts one character too few. */
function withoutLast(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text).slice(0, -1));
}

function publishDiscovery({ profile }: Publication, ssns: readonly PublishedSsns[]): DiscoveryDescriptor[] {
  const descriptors: DiscoveryDescriptor[] = [];
  // A new one wherever the HFI (or the controller) is not that of the discovered record before.
  let last = 0;
  for (const { record, descriptor, hfi } of ssns) {
    if (!descriptor.flags.discovered || descriptor.discoveryIndex === last) continue;
    last = descriptor.discoveryIndex;
    const { attempt } = record;
    const host = isIpv6Attempt(attempt) ? `[${edk2Ipv6(attempt.targetIp)}]` : ipv4Text(attempt.targetIp);
    descriptors.push({
      flags: { valid: true },
      index: descriptors.length + 1,
      hfiIndex: profile.discoveryIndex === "hfi" ? descriptor.discoveryIndex : hfi,
      securityIndex: 0,
      uri: `nvme+tcp://${host}:${attempt.targetPort}/`,
      nqn: attempt.nqn,
    });
  }
  return descriptors;
}

/** IPv6 text as EDK2 prints it: upper case, and only three zero groups or more become `::`. */
function edk2Ipv6(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, i) =>
    ((bytes[2 * i]! << 8) | bytes[2 * i + 1]!).toString(16).toUpperCase(),
  );
  let best = { at: -1, length: 2 };
  for (let at = 0; at < 8; at++) {
    let length = 0;
    while (groups[at + length] === "0") length++;
    if (length > best.length) best = { at, length };
  }
  if (best.at < 0) return groups.join(":");
  return `${groups.slice(0, best.at).join(":")}::${groups.slice(best.at + best.length).join(":")}`;
}
