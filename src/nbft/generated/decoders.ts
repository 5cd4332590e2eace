// Generated from src/nbft/structures by `npm run generate`; do not edit.

import { formatAscii, formatNid, formatPci } from "../../structure/text-value.ts";
import { formatMac } from "../../text/mac.ts";
import { formatUuid } from "../../text/uuid.ts";
import type { ListPlace } from "../read/open-table.ts";
import type { ControlDescriptor, DiscoveryDescriptor, HfiDescriptor, HfiExtendedInfo, HfiTransportInfoTcp, HostDescriptor, NbftHeader, SecurityProfileDescriptor, SsnsDescriptor, SsnsExtendedInfo } from "./model.ts";
import { formatIpOrNone, named, type TableReader } from "../read/table-reader.ts";

const primaryAdminHostNames = {"0":"not indicated","1":"unselected","2":"selected","3":"reserved"} as const;
const trtypeNames = {"3":"tcp"} as const;
const ipOriginNames = {"0":"other","1":"manual","2":"well-known","3":"dhcp","4":"router-advertisement"} as const;
const naedNames = {"0":"none","1":"network error","2":"connection failure","3":"connect invalid parameters","4":"connect invalid host","5":"connection timeout","6":"discovery log timeout","7":"namespace missing","8":"namespace not ready","9":"redfish keypath failure","16":"secure channel negotiation failure","17":"authentication failure","18":"authentication required","19":"dhcp failure","20":"dhcp root path failure"} as const;
const cipeecNames = {"0":"none","1":"general","2":"bad attributes in response","3":"dh group mismatch","4":"bad controller id","5":"io controller disabled"} as const;
const nceecNames = {"0":"none","1":"link","2":"carrier","3":"refused","4":"no route","5":"fragmentation","6":"mtu","7":"name resolution"} as const;
const unavailableNames = {"0":"not indicated","1":"available","2":"unavailable","3":"reserved"} as const;
const nidTypeNames = {"1":"eui64","2":"nguid","3":"uuid"} as const;
const secondaryHfisNames = {} as const;
const inBandAuthenticationNames = {"0":"not supported","1":"supported","2":"required","3":"reserved"} as const;
const authPolicyListNames = {"0":"none","1":"driver","2":"admin","3":"reserved"} as const;
const secureChannelAlgorithmsNames = {"0":"none","1":"tls1.2","2":"tls1.3"} as const;
const authProtocolsNames = {"1":"dh-hmac-chap"} as const;
const cipherSuitesNames = {"168":"TLS_PSK_WITH_AES_128_GCM_SHA256","169":"TLS_PSK_WITH_AES_256_GCM_SHA384","170":"TLS_DHE_PSK_WITH_AES_128_GCM_SHA256","171":"TLS_DHE_PSK_WITH_AES_256_GCM_SHA384","4865":"TLS_AES_128_GCM_SHA256","4866":"TLS_AES_256_GCM_SHA384"} as const;
const dhGroupsNames = {"0":"null","1":"ffdhe2048","2":"ffdhe3072","3":"ffdhe4096","4":"ffdhe6144","5":"ffdhe8192"} as const;
const secureHashesNames = {"1":"sha256","2":"sha384","3":"sha512"} as const;

/** Model of a {@link NbftHeader} at `at`; the caller has checked that 64 bytes are there. */
export function decodeNbftHeader(reader: TableReader, at: number): NbftHeader {
  const { view, bytes } = reader;
  return {
    signature: view.getUint32(at, true) === 1413890638 ? undefined : formatAscii(bytes, at, 4),
    majorRevision: view.getUint8(at + 8),
    oemId: formatAscii(bytes, at + 10, 6),
    oemTableId: formatAscii(bytes, at + 16, 8),
    oemRevision: view.getUint32(at + 24, true),
    creatorId: formatAscii(bytes, at + 28, 4),
    creatorRevision: view.getUint32(at + 32, true),
    driverSignature: reader.string(view.getUint32(at + 44, true), view.getUint16(at + 48, true), ".driverSignature"),
    minorRevision: view.getUint8(at + 50),
  };
}

function controlDescriptorFlags(bits: number): ControlDescriptor["flags"] {
  return { valid: (bits & 1) !== 0, reserved: (bits & 254) === 0 ? undefined : (bits & 254) >>> 0 };
}
/** Model of a {@link ControlDescriptor} at `at`; the caller has checked that 64 bytes are there. */
export function decodeControlDescriptor(reader: TableReader, at: number): ControlDescriptor {
  const { view } = reader;
  return {
    structureId: view.getUint8(at) === 1 ? undefined : view.getUint8(at),
    majorRevision: view.getUint8(at + 1),
    minorRevision: view.getUint8(at + 2),
    descriptorLength: view.getUint16(at + 4, true) === 64 ? undefined : view.getUint16(at + 4, true),
    flags: controlDescriptorFlags(view.getUint8(at + 6)),
  };
}

function hostDescriptorFlags(bits: number): HostDescriptor["flags"] {
  return { valid: (bits & 1) !== 0, hostIdConfigured: (bits & 2) !== 0, hostNqnConfigured: (bits & 4) !== 0, primaryAdminHost: named(primaryAdminHostNames, (bits >>> 3) & 3), reserved: (bits & 224) === 0 ? undefined : (bits & 224) >>> 0 };
}
/** Model of a {@link HostDescriptor} at `at`; the caller has checked that 32 bytes are there. */
export function decodeHostDescriptor(reader: TableReader, at: number): HostDescriptor {
  const { view, bytes } = reader;
  return {
    structureId: view.getUint8(at) === 2 ? undefined : view.getUint8(at),
    flags: hostDescriptorFlags(view.getUint8(at + 1)),
    hostId: formatUuid(bytes, at + 2),
    hostNqn: reader.string(view.getUint32(at + 18, true), view.getUint16(at + 22, true), ".hostNqn"),
  };
}

function hfiExtendedInfoFlags(bits: number): HfiExtendedInfo["flags"] {
  return { valid: (bits & 1) !== 0, dhcpClientInfo: (bits & 2) !== 0, reserved: (bits & 4294967292) === 0 ? undefined : (bits & 4294967292) >>> 0 };
}
/** Model of a {@link HfiExtendedInfo} at `at`; the caller has checked that 20 bytes are there. */
export function decodeHfiExtendedInfo(reader: TableReader, at: number): HfiExtendedInfo {
  const { view } = reader;
  return {
    structureId: view.getUint8(at) === 10 ? undefined : view.getUint8(at),
    version: view.getUint8(at + 1) === 1 ? undefined : view.getUint8(at + 1),
    hfiIndex: view.getUint16(at + 2, true),
    flags: hfiExtendedInfoFlags(view.getUint32(at + 4, true)),
    dhcpIaid: reader.number(view.getUint32(at + 8, true), view.getUint16(at + 12, true), ".transportInfo.extendedInfo.dhcpIaid"),
    dhcpDuid: reader.hex(view.getUint32(at + 14, true), view.getUint16(at + 18, true), ".transportInfo.extendedInfo.dhcpDuid"),
  };
}

function hfiTransportInfoTcpFlags(bits: number): HfiTransportInfoTcp["flags"] {
  return { valid: (bits & 1) !== 0, defaultRoute: (bits & 2) !== 0, dhcpOverride: (bits & 4) !== 0, ipAutoconfigured: (bits & 8) !== 0, reserved: (bits & 240) === 0 ? undefined : (bits & 240) >>> 0 };
}
/** Model of a {@link HfiTransportInfoTcp} at `at`; the caller has checked that 128 bytes are there. */
export function decodeHfiTransportInfoTcp(reader: TableReader, at: number): HfiTransportInfoTcp {
  const { view, bytes } = reader;
  return {
    structureId: view.getUint8(at) === 7 ? undefined : view.getUint8(at),
    version: view.getUint8(at + 1) === 1 ? undefined : view.getUint8(at + 1),
    trtype: view.getUint8(at + 2) === 3 ? undefined : named(trtypeNames, view.getUint8(at + 2)),
    transportInfoVersion: view.getUint8(at + 3),
    hfiIndex: view.getUint16(at + 4, true),
    flags: hfiTransportInfoTcpFlags(view.getUint8(at + 6)),
    pciSbdf: formatPci(view.getUint32(at + 7, true)),
    mac: formatMac(bytes, at + 11),
    vlan: view.getUint16(at + 17, true),
    ipOrigin: named(ipOriginNames, view.getUint8(at + 19)),
    ipAddress: formatIpOrNone(view, bytes, at + 20),
    subnetMaskPrefix: view.getUint8(at + 36),
    gateway: formatIpOrNone(view, bytes, at + 37),
    routeMetric: view.getUint16(at + 54, true),
    primaryDns: formatIpOrNone(view, bytes, at + 56),
    secondaryDns: formatIpOrNone(view, bytes, at + 72),
    dhcpServer: formatIpOrNone(view, bytes, at + 88),
    hostName: reader.string(view.getUint32(at + 104, true), view.getUint16(at + 108, true), ".transportInfo.hostName"),
    extendedInfo: view.getUint8(at + 3) >= 2 ? followHfiExtendedInfo(reader, view.getUint32(at + 110, true), view.getUint16(at + 114, true), ".transportInfo.extendedInfo") : undefined,
    pcieSegment: view.getUint8(at + 3) >= 2 ? view.getUint8(at + 116) : undefined,
  };
}

function hfiDescriptorFlags(bits: number): HfiDescriptor["flags"] {
  return { valid: (bits & 1) !== 0, reserved: (bits & 254) === 0 ? undefined : (bits & 254) >>> 0 };
}
/** Model of a {@link HfiDescriptor} at `at`; the caller has checked that 32 bytes are there. */
export function decodeHfiDescriptor(reader: TableReader, at: number): HfiDescriptor {
  const { view } = reader;
  return {
    structureId: view.getUint8(at) === 3 ? undefined : view.getUint8(at),
    index: view.getUint8(at + 1),
    flags: hfiDescriptorFlags(view.getUint8(at + 2)),
    trtype: named(trtypeNames, view.getUint8(at + 3)),
    transportInfo: followHfiTransportInfoTcp(reader, view.getUint32(at + 16, true), view.getUint16(at + 20, true), ".transportInfo"),
  };
}

function ssnsExtendedInfoFlags(bits: number): SsnsExtendedInfo["flags"] {
  return { valid: (bits & 1) !== 0, adminAsqsz: (bits & 2) !== 0, reserved: (bits & 4294967292) === 0 ? undefined : (bits & 4294967292) >>> 0 };
}
/** Model of a {@link SsnsExtendedInfo} at `at`; the caller has checked that 18 bytes are there. */
export function decodeSsnsExtendedInfo(reader: TableReader, at: number, length: number): SsnsExtendedInfo {
  const { view } = reader;
  return {
    structureId: view.getUint8(at) === 9 ? undefined : view.getUint8(at),
    version: view.getUint8(at + 1) === 1 ? undefined : view.getUint8(at + 1),
    ssnsIndex: view.getUint16(at + 2, true),
    flags: ssnsExtendedInfoFlags(view.getUint32(at + 4, true)),
    cntlid: view.getUint16(at + 8, true),
    asqsz: view.getUint16(at + 10, true),
    dhcpRootPath: reader.string(view.getUint32(at + 12, true), view.getUint16(at + 16, true), ".extendedInfo.dhcpRootPath"),
    naed: length >= 19 ? named(naedNames, view.getUint8(at + 18)) : undefined,
    cipeec: length >= 20 ? named(cipeecNames, view.getUint8(at + 19)) : undefined,
    connectionTimeout: length >= 22 ? view.getUint16(at + 20, true) : undefined,
    nceec: length >= 23 ? named(nceecNames, view.getUint8(at + 22)) : undefined,
  };
}

function ssnsDescriptorFlags(bits: number): SsnsDescriptor["flags"] {
  return { valid: (bits & 1) !== 0, nonBootable: (bits & 2) !== 0, useSecurity: (bits & 4) !== 0, dhcpRootPathOverride: (bits & 8) !== 0, extendedInfoInUse: (bits & 16) !== 0, separateDiscoveryController: (bits & 32) !== 0, discovered: (bits & 64) !== 0, unavailable: named(unavailableNames, (bits >>> 7) & 3), reserved: (bits & 65024) === 0 ? undefined : (bits & 65024) >>> 0 };
}
function ssnsDescriptorTransportFlags(bits: number): SsnsDescriptor["transportFlags"] {
  return { inUse: (bits & 1) !== 0, headerDigest: (bits & 2) !== 0, dataDigest: (bits & 4) !== 0, reserved: (bits & 65528) === 0 ? undefined : (bits & 65528) >>> 0 };
}
/** Model of a {@link SsnsDescriptor} at `at`; the caller has checked that 128 bytes are there. */
export function decodeSsnsDescriptor(reader: TableReader, at: number): SsnsDescriptor {
  const { view, bytes } = reader;
  return {
    structureId: view.getUint8(at) === 4 ? undefined : view.getUint8(at),
    index: view.getUint16(at + 1, true),
    flags: ssnsDescriptorFlags(view.getUint16(at + 3, true)),
    trtype: named(trtypeNames, view.getUint8(at + 5)),
    transportFlags: ssnsDescriptorTransportFlags(view.getUint16(at + 6, true)),
    discoveryIndex: view.getUint8(at + 8),
    traddr: reader.ip(view.getUint32(at + 10, true), view.getUint16(at + 14, true), ".traddr"),
    trsvcid: reader.string(view.getUint32(at + 16, true), view.getUint16(at + 20, true), ".trsvcid"),
    subsysPortId: view.getUint16(at + 22, true),
    nsid: view.getUint32(at + 24, true),
    nidType: named(nidTypeNames, view.getUint8(at + 28)),
    nid: formatNid(bytes[at + 29 - 1]!, bytes, at + 29),
    securityIndex: view.getUint8(at + 45),
    primaryHfi: view.getUint8(at + 46),
    secondaryHfis: reader.list(view.getUint32(at + 48, true), view.getUint16(at + 52, true), ".secondaryHfis", 1, secondaryHfisNames),
    subsystemNqn: reader.string(view.getUint32(at + 54, true), view.getUint16(at + 58, true), ".subsystemNqn"),
    extendedInfo: (view.getUint16(at + 3, true) & 16) !== 0 ? followSsnsExtendedInfo(reader, view.getUint32(at + 60, true), view.getUint16(at + 64, true), ".extendedInfo") : undefined,
  };
}

function securityProfileDescriptorFlags(bits: number): SecurityProfileDescriptor["flags"] {
  return { valid: (bits & 1) !== 0, inBandAuthentication: named(inBandAuthenticationNames, (bits >>> 1) & 3), authPolicyList: named(authPolicyListNames, (bits >>> 3) & 3), secureChannel: named(inBandAuthenticationNames, (bits >>> 5) & 3), secureChannelPolicyList: named(authPolicyListNames, (bits >>> 7) & 3), cipherSuitesRestricted: (bits & 512) !== 0, dhGroupsRestricted: (bits & 1024) !== 0, hashesRestricted: (bits & 2048) !== 0, reserved: (bits & 61440) === 0 ? undefined : (bits & 61440) >>> 0 };
}
function securityProfileDescriptorSecretType(bits: number): SecurityProfileDescriptor["secretType"] {
  return { redfishHostInterfaceUri: (bits & 2) !== 0, reserved: (bits & 253) === 0 ? undefined : (bits & 253) >>> 0 };
}
/** Model of a {@link SecurityProfileDescriptor} at `at`; the caller has checked that 64 bytes are there. */
export function decodeSecurityProfileDescriptor(reader: TableReader, at: number): SecurityProfileDescriptor {
  const { view } = reader;
  return {
    structureId: view.getUint8(at) === 5 ? undefined : view.getUint8(at),
    index: view.getUint8(at + 1),
    flags: securityProfileDescriptorFlags(view.getUint16(at + 2, true)),
    secretType: securityProfileDescriptorSecretType(view.getUint8(at + 4)),
    secureChannelAlgorithms: (view.getUint16(at + 2, true) & 384) !== 0 ? reader.list(view.getUint32(at + 6, true), view.getUint16(at + 10, true), ".secureChannelAlgorithms", 1, secureChannelAlgorithmsNames) : undefined,
    authProtocols: (view.getUint16(at + 2, true) & 24) !== 0 ? reader.list(view.getUint32(at + 12, true), view.getUint16(at + 16, true), ".authProtocols", 1, authProtocolsNames) : undefined,
    cipherSuites: (view.getUint16(at + 2, true) & 512) !== 0 ? reader.list(view.getUint32(at + 18, true), view.getUint16(at + 22, true), ".cipherSuites", 2, cipherSuitesNames) : undefined,
    dhGroups: (view.getUint16(at + 2, true) & 1024) !== 0 ? reader.list(view.getUint32(at + 24, true), view.getUint16(at + 28, true), ".dhGroups", 1, dhGroupsNames) : undefined,
    secureHashes: (view.getUint16(at + 2, true) & 2048) !== 0 ? reader.list(view.getUint32(at + 30, true), view.getUint16(at + 34, true), ".secureHashes", 1, secureHashesNames) : undefined,
    secretKeypath: reader.string(view.getUint32(at + 36, true), view.getUint16(at + 40, true), ".secretKeypath"),
  };
}

function discoveryDescriptorFlags(bits: number): DiscoveryDescriptor["flags"] {
  return { valid: (bits & 1) !== 0, reserved: (bits & 254) === 0 ? undefined : (bits & 254) >>> 0 };
}
/** Model of a {@link DiscoveryDescriptor} at `at`; the caller has checked that 32 bytes are there. */
export function decodeDiscoveryDescriptor(reader: TableReader, at: number): DiscoveryDescriptor {
  const { view } = reader;
  return {
    structureId: view.getUint8(at) === 6 ? undefined : view.getUint8(at),
    flags: discoveryDescriptorFlags(view.getUint8(at + 1)),
    index: view.getUint8(at + 2),
    hfiIndex: view.getUint8(at + 3),
    securityIndex: view.getUint8(at + 4),
    uri: reader.string(view.getUint32(at + 6, true), view.getUint16(at + 10, true), ".uri"),
    nqn: reader.string(view.getUint32(at + 12, true), view.getUint16(at + 16, true), ".nqn"),
  };
}

/** Models of a list of {@link HfiDescriptor} at a place that was checked. */
export function decodeHfiDescriptorList(reader: TableReader, { offset, stride, count }: ListPlace): HfiDescriptor[] {
  const entries = new Array<HfiDescriptor>(count);
  for (let position = 0, at = offset; position < count; position++, at += stride) {
    reader.position = position;
    entries[position] = decodeHfiDescriptor(reader, at);
  }
  reader.position = -1;
  return entries;
}

/** Models of a list of {@link SsnsDescriptor} at a place that was checked. */
export function decodeSsnsDescriptorList(reader: TableReader, { offset, stride, count }: ListPlace): SsnsDescriptor[] {
  const entries = new Array<SsnsDescriptor>(count);
  for (let position = 0, at = offset; position < count; position++, at += stride) {
    reader.position = position;
    entries[position] = decodeSsnsDescriptor(reader, at);
  }
  reader.position = -1;
  return entries;
}

/** Models of a list of {@link SecurityProfileDescriptor} at a place that was checked. */
export function decodeSecurityProfileDescriptorList(reader: TableReader, { offset, stride, count }: ListPlace): SecurityProfileDescriptor[] {
  const entries = new Array<SecurityProfileDescriptor>(count);
  for (let position = 0, at = offset; position < count; position++, at += stride) {
    reader.position = position;
    entries[position] = decodeSecurityProfileDescriptor(reader, at);
  }
  reader.position = -1;
  return entries;
}

/** Models of a list of {@link DiscoveryDescriptor} at a place that was checked. */
export function decodeDiscoveryDescriptorList(reader: TableReader, { offset, stride, count }: ListPlace): DiscoveryDescriptor[] {
  const entries = new Array<DiscoveryDescriptor>(count);
  for (let position = 0, at = offset; position < count; position++, at += stride) {
    reader.position = position;
    entries[position] = decodeDiscoveryDescriptor(reader, at);
  }
  reader.position = -1;
  return entries;
}

function followHfiExtendedInfo(reader: TableReader, offset: number, length: number, path: string): HfiExtendedInfo | undefined {
  if (!reader.object(offset, length, 20, path)) return undefined;
  return decodeHfiExtendedInfo(reader, offset);
}

function followHfiTransportInfoTcp(reader: TableReader, offset: number, length: number, path: string): HfiTransportInfoTcp | undefined {
  if (!reader.object(offset, length, 128, path)) return undefined;
  return decodeHfiTransportInfoTcp(reader, offset);
}

function followSsnsExtendedInfo(reader: TableReader, offset: number, length: number, path: string): SsnsExtendedInfo | undefined {
  if (!reader.object(offset, length, 18, path)) return undefined;
  return decodeSsnsExtendedInfo(reader, offset, length);
}
