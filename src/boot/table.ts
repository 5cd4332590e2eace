import type { NbftRevision } from "../document/revisions.ts";
import { EncodeError } from "../errors.ts";
import type { DiscoveryDescriptor, HfiDescriptor, NbftHeader, SsnsDescriptor } from "../nbft/structures/index.ts";
import type { NbftTable } from "../nbft/table.ts";
import { DISCOVERY_NQN } from "../text/nvme.ts";
import { formatUuid, parseUuid, swapGuid } from "../text/uuid.ts";
import type { BootAttempt, BootDescription, BootHost, BootInterface, BootNamespace } from "./description.ts";
import { duidOfMac, swapDuid } from "./duid.ts";
import { type AttemptFailure, type AttemptOutcome, asksDiscovery, type BootPath, outcomesOf } from "./outcome.ts";
import { formatPortal } from "./portal.ts";
import { type SecurityProfiles, securityProfiles } from "./security.ts";

/** The revision of tables that commands make of a boot unless they are asked for another one: libnvme before 3.0 reads no newer. */
export const READ_BY_ALL = "1.0";

/** Choices of {@link tableOfBoot}. */
export interface BootTableOptions {
  /** NBFT revision: 1.1 (default), or 1.0 without the DHCP identity, the reason of a failure and the connect timeout. */
  readonly revision?: NbftRevision;
}

/**
 * The table that a firmware which follows the specification publishes for a boot: an HFI for each interface, an SSNS for
 * each way to each namespace (an unavailable one for an attempt that fails), a discovery descriptor for each discovery
 * controller and interface. Secondary HFI lists and discovery NQNs are always there, because readers need them.
 *
 * NVMe Boot Specification 1.3, section 3.
 *
 * @throws {EncodeError} naming the part of the description that the table needs and that is not known before the boot.
 */
export function tableOfBoot(boot: BootDescription, { revision = "1.1" }: BootTableOptions = {}): NbftTable {
  const newer = revision === "1.1";
  const outcomes = outcomesOf(boot);
  const security = securityProfiles(boot);
  const discovery = discoveryOf(outcomes, boot);
  return {
    header: headerOf(boot, newer),
    control: { majorRevision: 1, minorRevision: 0, flags: { valid: true } },
    host: {
      flags: {
        valid: true,
        hostIdConfigured: boot.host.idConfigured,
        hostNqnConfigured: boot.host.nqnConfigured,
        primaryAdminHost: boot.host.primaryAdminHost,
      },
      hostId: storedHostId(boot.host),
      hostNqn: boot.host.nqn,
    },
    hfi: boot.interfaces.map((each, i) => hfiOf(each, i, newer)),
    ssns: ssnsOf(outcomes, boot, discovery, security, newer),
    security: security.descriptors,
    discovery: discovery.map(({ descriptor }) => descriptor),
  };
}

function headerOf({ table }: BootDescription, newer: boolean): NbftHeader {
  return { majorRevision: 1, minorRevision: newer ? 1 : 0, ...table };
}

/** The Host ID as its 16 stored bytes read as a UUID. */
function storedHostId({ id, idByteOrder }: BootHost): string {
  return idByteOrder === "efi-guid" ? formatUuid(swapGuid(parseUuid(id)!)) : id;
}

function hfiOf(each: BootInterface, position: number, newer: boolean): HfiDescriptor {
  const index = position + 1;
  const dhcp = each.origin === "dhcp";
  if (each.address === undefined) {
    throw new EncodeError(
      "is missing: the table states the address that DHCP gave",
      `interfaces[${position}].lease.address`,
    );
  }
  return {
    index,
    flags: { valid: true },
    trtype: "tcp",
    transportInfo: {
      transportInfoVersion: newer ? 2 : 1,
      hfiIndex: index,
      flags: {
        valid: true,
        defaultRoute: each.defaultRoute,
        dhcpOverride: dhcp,
        ipAutoconfigured: newer && each.origin === "auto",
      },
      pciSbdf: each.pci,
      mac: each.mac,
      vlan: each.vlan ?? 0,
      ipOrigin: dhcp ? "dhcp" : each.origin === "static" ? "manual" : newer ? "other" : "router-advertisement",
      ipAddress: each.address,
      subnetMaskPrefix: each.prefixLength ?? 0,
      gateway: each.gateway,
      routeMetric: each.routeMetric ?? (each.gateway === undefined ? 0 : 500),
      primaryDns: each.dns[0],
      secondaryDns: each.dns[1],
      dhcpServer: each.dhcpServer,
      hostName: each.hostName ?? each.dhcpHostName,
      ...(newer && {
        pcieSegment: 0,
        extendedInfo: dhcp
          ? {
              hfiIndex: index,
              flags: { valid: true, dhcpClientInfo: true },
              dhcpIaid: each.dhcpIaid ?? index,
              dhcpDuid: swapDuid(each.dhcpDuid ?? duidOfMac(each.mac), "network").replaceAll(":", ""),
            }
          : undefined,
      }),
    },
  };
}

interface DiscoveryEntry {
  readonly attempt: BootAttempt;
  readonly descriptor: DiscoveryDescriptor;
}

function indexOf(boot: BootDescription, { name }: BootInterface): number {
  return boot.interfaces.findIndex((each) => each.name === name) + 1;
}

/** One descriptor for each discovery controller and the interface through which it is asked. */
function discoveryOf(outcomes: readonly AttemptOutcome[], boot: BootDescription): DiscoveryEntry[] {
  const entries: DiscoveryEntry[] = [];
  for (const { attempt, interface: from } of outcomes) {
    if (!asksDiscovery(attempt) || entryOf(entries, attempt)) continue;
    const well = attempt.nqn.toLowerCase() === DISCOVERY_NQN;
    entries.push({
      attempt,
      descriptor: {
        flags: { valid: true },
        index: entries.length + 1,
        hfiIndex: indexOf(boot, from),
        securityIndex: 0,
        uri: `nvme+tcp://${formatPortal(attempt)}/`,
        nqn: well ? DISCOVERY_NQN : attempt.nqn,
      },
    });
  }
  return entries;
}

function entryOf(entries: readonly DiscoveryEntry[], wanted: BootAttempt): DiscoveryEntry | undefined {
  return entries.find(
    ({ attempt }) =>
      attempt.interface === wanted.interface &&
      attempt.traddr === wanted.traddr &&
      attempt.trsvcid === wanted.trsvcid &&
      attempt.nqn === wanted.nqn,
  );
}

interface SsnsDraft {
  readonly outcome: AttemptOutcome;
  readonly path: BootPath | undefined;
  readonly hfis: number[];
}

function ssnsOf(
  outcomes: readonly AttemptOutcome[],
  boot: BootDescription,
  discovery: readonly DiscoveryEntry[],
  security: SecurityProfiles,
  newer: boolean,
): SsnsDescriptor[] {
  const drafts = new Map<string, SsnsDraft>();
  for (const outcome of outcomes) {
    const { attempt, paths, interface: from } = outcome;
    const hfi = indexOf(boot, from);
    for (const path of paths) {
      const { target, portal, namespace } = path;
      const key = [portal.traddr, portal.trsvcid, target.nqn, namespace.nsid, attempt.via].join(" ");
      const known = drafts.get(key);
      // The same place through another interface is a secondary HFI, not another namespace.
      if (!known) drafts.set(key, { outcome, path, hfis: [hfi] });
      else if (!known.hfis.includes(hfi)) known.hfis.push(hfi);
    }
    // A discovery controller that does not answer has its descriptor; only a subsystem that was tried is unavailable.
    if (paths.length === 0 && !asksDiscovery(attempt)) {
      const key = ["unavailable", attempt.interface, attempt.traddr, attempt.trsvcid, attempt.nqn].join(" ");
      if (!drafts.has(key)) drafts.set(key, { outcome, path: undefined, hfis: [hfi] });
    }
  }
  return [...drafts.values()].map((draft, i) => ssnsDescriptorOf(draft, i + 1, discovery, security, newer));
}

function ssnsDescriptorOf(
  { outcome, path, hfis }: SsnsDraft,
  index: number,
  discovery: readonly DiscoveryEntry[],
  security: SecurityProfiles,
  newer: boolean,
): SsnsDescriptor {
  const { attempt, interface: from, failure } = outcome;
  const securityIndex = security.indexOf(path?.target);
  const found = path && asksDiscovery(attempt) ? entryOf(discovery, attempt) : undefined;
  const digests = path?.target.digests;
  const inUse = digests?.header === true || digests?.data === true;
  const rootPath = attempt.via === "root-path" ? from.rootPath : undefined;
  return {
    index,
    flags: {
      valid: true,
      nonBootable: path?.namespace.bootable === false,
      useSecurity: securityIndex !== 0,
      dhcpRootPathOverride: rootPath !== undefined,
      extendedInfoInUse: true,
      separateDiscoveryController: found !== undefined && attempt.traddr !== path?.portal.traddr,
      discovered: found !== undefined,
      unavailable: path ? "not indicated" : "unavailable",
    },
    trtype: "tcp",
    transportFlags: { inUse, headerDigest: digests?.header ?? false, dataDigest: digests?.data ?? false },
    discoveryIndex: found?.descriptor.index ?? 0,
    traddr: path?.portal.traddr ?? attempt.traddr,
    trsvcid: String(path?.portal.trsvcid ?? attempt.trsvcid),
    subsysPortId: path?.target.portId ?? 0,
    nsid: path?.namespace.nsid ?? 0,
    ...identityOf(path?.namespace),
    securityIndex,
    primaryHfi: hfis[0]!,
    secondaryHfis: hfis.length > 1 ? hfis.slice(1) : hfis,
    subsystemNqn: path?.target.nqn ?? attempt.nqn,
    extendedInfo: {
      ssnsIndex: index,
      flags: { valid: true, adminAsqsz: false },
      cntlid: attempt.controllerId ?? 0,
      asqsz: 32,
      dhcpRootPath: rootPath,
      ...(newer && {
        naed: failure ? accessError[failure] : "none",
        cipeec: "none" as const,
        connectionTimeout: attempt.timeout === undefined ? 0xffff : Math.ceil(attempt.timeout / 1000),
        nceec: failure === "not reached" ? ("no route" as const) : ("none" as const),
      }),
    },
  };
}

/** Namespace Access Error Details of a failure (Figure 21). */
const accessError = {
  "no listener": "connection failure",
  "not reached": "network error",
  "wrong nqn": "connection failure",
  "host refused": "connect invalid host",
  "no such namespace": "namespace missing",
} as const satisfies Record<AttemptFailure, string>;

/** UUID before NGUID before EUI-64, as the specification prefers them. */
function identityOf(namespace: BootNamespace | undefined): Pick<SsnsDescriptor, "nidType" | "nid"> {
  if (namespace?.uuid !== undefined) return { nidType: "uuid", nid: namespace.uuid };
  if (namespace?.nguid !== undefined) return { nidType: "nguid", nid: namespace.nguid };
  if (namespace?.eui64 !== undefined) return { nidType: "eui64", nid: namespace.eui64 };
  return { nidType: 0, nid: undefined };
}
