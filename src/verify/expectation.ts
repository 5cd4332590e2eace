import type { NbftTable } from "../nbft/table.ts";
import { addressUse, subnetOf } from "../reach/subnet.ts";
import { isIpv6, parseIp } from "../text/ip.ts";

/** What a boot from some tables is expected to set up, in the tables' own order. Positions count tables from 0; indexes are the tables' own. */
export interface Expectation {
  readonly hosts: readonly ExpectedHost[];
  readonly interfaces: readonly ExpectedInterface[];
  readonly paths: readonly ExpectedPath[];
  readonly discovery: readonly ExpectedDiscovery[];
}

/** The host identity of one table. */
export interface ExpectedHost {
  readonly table: number;
  readonly nqn: string | undefined;
  readonly id: string | undefined;
}

/** The network configuration of one HFI. */
export interface ExpectedInterface {
  readonly table: number;
  readonly hfi: number;
  readonly mac: string;
  /** VLAN id; 0 is untagged. */
  readonly vlan: number;
  /** Absent where the table has none. */
  readonly address: string | undefined;
  readonly prefix: number;
  readonly gateway: string | undefined;
  readonly dns: readonly string[];
  /** The table asks for DHCP, or its address came from there. */
  readonly dhcp: boolean;
  /** The flag that asks for it is set, which is what nvme-cli and dracut go by. */
  readonly dhcpOverride: boolean;
  readonly dhcpServer: string | undefined;
  /** Address by router advertisement or stateless configuration. */
  readonly automatic: boolean;
  readonly hostName: string | undefined;
  readonly metric: number;
  /** `segment:bus:device.function`. */
  readonly pci: string | undefined;
}

/** A namespace as a table names it. */
export interface ExpectedNamespace {
  readonly nsid: number;
  readonly type: "uuid" | "nguid" | "eui64" | undefined;
  /** UUID text or hexadecimal digits; absent where the table has none. */
  readonly id: string | undefined;
}

/** One way to one subsystem: an SSNS through one of its HFIs. */
export interface ExpectedPath {
  readonly table: number;
  readonly ssns: number;
  readonly hfi: ExpectedInterface;
  /** The HFI is the SSNS's primary one. */
  readonly primary: boolean;
  readonly traddr: string;
  readonly trsvcid: string;
  readonly subsystemNqn: string;
  readonly namespace: ExpectedNamespace;
  readonly bootable: boolean;
  /** The firmware recorded that it could not reach it. */
  readonly unavailable: boolean;
  /** A security profile applies: nvme-cli 3 and later pass such records over. */
  readonly secured: boolean;
  /** What the profile requires; absent where it requires nothing, or is not in the table. */
  readonly requires: readonly ("authentication" | "secure channel")[];
  readonly discovered: boolean;
  readonly discoveryIndex: number;
  readonly subsysPortId: number;
  /** The address is neither in the HFI's network nor behind a gateway of it: the record cannot work, and another HFI may be meant. */
  readonly unreachable: boolean;
  readonly rootPath: string | undefined;
}

/** A discovery controller. */
export interface ExpectedDiscovery {
  readonly table: number;
  readonly index: number;
  readonly hfi: ExpectedInterface | undefined;
  readonly uri: string;
  readonly nqn: string | undefined;
}

/** What the valid records of some tables say. Records that nothing can be made of are left out: `validate` tells about those. */
export function expectationOf(tables: readonly NbftTable[]): Expectation {
  const hosts: ExpectedHost[] = [];
  const interfaces: ExpectedInterface[] = [];
  const paths: ExpectedPath[] = [];
  const discovery: ExpectedDiscovery[] = [];
  for (const [position, table] of tables.entries()) {
    if (table.host?.flags?.valid) hosts.push({ table: position, nqn: table.host.hostNqn, id: table.host.hostId });
    const own = interfacesOf(table, position);
    interfaces.push(...own);
    paths.push(...pathsOf(table, position, own));
    for (const { flags, index, hfiIndex, uri, nqn } of table.discovery)
      if (flags?.valid && uri)
        discovery.push({ table: position, index, hfi: own.find(({ hfi }) => hfi === hfiIndex), uri, nqn });
  }
  return { hosts, interfaces, paths, discovery };
}

function interfacesOf(table: NbftTable, position: number): ExpectedInterface[] {
  const found: ExpectedInterface[] = [];
  for (const { flags, index, trtype, transportInfo } of table.hfi) {
    if (!flags?.valid || trtype !== "tcp" || !transportInfo?.flags?.valid) continue;
    const { mac, vlan, ipOrigin } = transportInfo;
    if (mac === undefined || /^[0:]*$/.test(mac)) continue;
    found.push({
      table: position,
      hfi: index,
      mac,
      vlan: vlan & 0xfff,
      address: present(transportInfo.ipAddress),
      prefix: transportInfo.subnetMaskPrefix,
      gateway: present(transportInfo.gateway),
      dns: [transportInfo.primaryDns, transportInfo.secondaryDns].map(present).filter((text) => text !== undefined),
      dhcp: transportInfo.flags.dhcpOverride || ipOrigin === "dhcp",
      dhcpOverride: transportInfo.flags.dhcpOverride,
      dhcpServer: present(transportInfo.dhcpServer),
      automatic: transportInfo.flags.ipAutoconfigured || ipOrigin === "router-advertisement",
      hostName: transportInfo.hostName || undefined,
      metric: transportInfo.routeMetric,
      pci: transportInfo.pciSbdf,
    });
  }
  return found;
}

function pathsOf(table: NbftTable, position: number, interfaces: readonly ExpectedInterface[]): ExpectedPath[] {
  const paths: ExpectedPath[] = [];
  for (const ssns of table.ssns) {
    const { flags, trtype, traddr, trsvcid, subsystemNqn, primaryHfi, secondaryHfis } = ssns;
    if (!flags?.valid || trtype !== "tcp" || !traddr || !trsvcid || !subsystemNqn) continue;
    const indexes = new Set([primaryHfi, ...(secondaryHfis ?? [])]);
    for (const index of indexes) {
      const hfi = interfaces.find((candidate) => candidate.hfi === index);
      if (!hfi) continue;
      paths.push({
        table: position,
        ssns: ssns.index,
        hfi,
        primary: index === primaryHfi,
        traddr,
        trsvcid,
        subsystemNqn,
        namespace: { nsid: ssns.nsid, type: nidType(ssns.nidType), id: ssns.nid },
        bootable: !flags.nonBootable,
        unavailable: flags.unavailable === "unavailable",
        secured: ssns.securityIndex !== 0,
        requires: requirementsOf(table, ssns.securityIndex),
        discovered: flags.discovered,
        discoveryIndex: ssns.discoveryIndex,
        subsysPortId: ssns.subsysPortId,
        unreachable: isUnreachable(hfi, traddr),
        rootPath: ssns.extendedInfo?.dhcpRootPath,
      });
    }
  }
  return paths;
}

function requirementsOf(table: NbftTable, index: number): ExpectedPath["requires"] {
  const flags = table.security.find((profile) => profile.index === index && profile.flags?.valid)?.flags;
  return [
    ...(flags?.inBandAuthentication === "required" ? (["authentication"] as const) : []),
    ...(flags?.secureChannel === "required" ? (["secure channel"] as const) : []),
  ];
}

function isUnreachable(hfi: ExpectedInterface, traddr: string): boolean {
  if (hfi.dhcp || hfi.automatic || hfi.address === undefined || hfi.gateway !== undefined) return false;
  // Every IPv6 interface is in the network of link-local addresses.
  if (addressUse(traddr) === "link-local" && isIpv6(hfi.address)) return false;
  return !subnetOf(hfi.address, hfi.prefix)?.contains(traddr);
}

function nidType(value: unknown): ExpectedNamespace["type"] {
  return value === "uuid" || value === "nguid" || value === "eui64" ? value : undefined;
}

/** An address that says something: neither missing nor one of the two forms of "none". */
function present(text: string | undefined): string | undefined {
  if (text === undefined || text === "" || text === "::" || text === "0.0.0.0") return undefined;
  return parseIp(text) ? text : undefined;
}
