// Generated from src/nbft/structures by `npm run generate`; do not edit.

import { MAX_NQN_BYTES } from "../names.ts";
import { MAX_STRING_BYTES, numberOf, type Packer, reversed } from "../write/packer.ts";
import type { ControlDescriptor, DiscoveryDescriptor, HfiDescriptor, HfiExtendedInfo, HfiTransportInfoTcp, HostDescriptor, NbftHeader, SecurityProfileDescriptor, SsnsDescriptor, SsnsExtendedInfo } from "./model.ts";
import { names0, names1, names10, names11, names12, names13, names14, names15, names2, names3, names4, names5, names6, names7, names8, names9 } from "./decoders.ts";

/** Where the derived fields of header and Control Descriptor are, from the start of the table. */
export const places = {"length":4,"checksum":9,"heapOffset":36,"heapLength":40,"host":{"offset":72,"length":76,"version":78},"hfi":{"offset":80,"length":84,"version":86,"count":87},"ssns":{"offset":88,"length":92,"version":94,"count":95},"security":{"offset":96,"length":100,"version":102,"count":103},"discovery":{"offset":104,"length":108,"version":110,"count":111}} as const;

const numbersOfNames0 = reversed(names0);
const numbersOfNames1 = reversed(names1);
const numbersOfNames2 = reversed(names2);
const numbersOfNames3 = reversed(names3);
const numbersOfNames4 = reversed(names4);
const numbersOfNames5 = reversed(names5);
const numbersOfNames6 = reversed(names6);
const numbersOfNames7 = reversed(names7);
const numbersOfNames8 = reversed(names8);
const numbersOfNames9 = reversed(names9);
const numbersOfNames10 = reversed(names10);
const numbersOfNames11 = reversed(names11);
const numbersOfNames12 = reversed(names12);
const numbersOfNames13 = reversed(names13);
const numbersOfNames14 = reversed(names14);
const numbersOfNames15 = reversed(names15);

const nbftHeaderKeys = ["signature","majorRevision","oemId","oemTableId","oemRevision","creatorId","creatorRevision","driverSignature","minorRevision"];
/** Writes a {@link NbftHeader} at `at`, where there is room, and its objects behind everything else. */
export function packNbftHeader(out: Packer, at: number, value: NbftHeader): void {
  out.keys(value, nbftHeaderKeys);
  out.ascii(at, value.signature ?? "NBFT", 4);
  out.put8(at + 8, out.number(value.majorRevision, 255, 1));
  out.ascii(at + 10, value.oemId, 6);
  out.ascii(at + 16, value.oemTableId, 8);
  out.put32(at + 24, out.number(value.oemRevision, 4294967295, 0));
  out.ascii(at + 28, value.creatorId ?? "NBFT", 4);
  out.put32(at + 32, out.number(value.creatorRevision, 4294967295, 0));
  out.put8(at + 50, out.number(value.minorRevision, 255, 0));
  out.string(at + 44, value.driverSignature, MAX_STRING_BYTES);
}

const controlDescriptorKeys = ["structureId","majorRevision","minorRevision","descriptorLength","flags"];
const controlDescriptorFlagsBitsKeys = ["valid","reserved"];
function controlDescriptorFlagsBits(out: Packer, flags: ControlDescriptor["flags"] | undefined): number {
  if (flags === undefined) return 1;
  out.flagKeys(flags, controlDescriptorFlagsBitsKeys);
  return (out.bit(flags.valid, 1) | out.number(flags.reserved, 0xffffffff, 0)) >>> 0;
}
/** Writes a {@link ControlDescriptor} at `at`, where there is room, and its objects behind everything else. */
export function packControlDescriptor(out: Packer, at: number, value: ControlDescriptor): void {
  out.keys(value, controlDescriptorKeys);
  out.put8(at, out.number(value.structureId, 255, 1));
  out.put8(at + 1, out.number(value.majorRevision, 255, 1));
  out.put8(at + 2, out.number(value.minorRevision, 255, 0));
  out.put16(at + 4, out.number(value.descriptorLength, 65535, 64));
  out.put8(at + 6, controlDescriptorFlagsBits(out, value.flags));
}

const hostDescriptorKeys = ["structureId","flags","hostId","hostNqn"];
const hostDescriptorFlagsBitsKeys = ["valid","hostIdConfigured","hostNqnConfigured","primaryAdminHost","reserved"];
function hostDescriptorFlagsBits(out: Packer, flags: HostDescriptor["flags"] | undefined): number {
  if (flags === undefined) return 1;
  out.flagKeys(flags, hostDescriptorFlagsBitsKeys);
  return (out.bit(flags.valid, 1) | (out.bit(flags.hostIdConfigured, 0) << 1) | (out.bit(flags.hostNqnConfigured, 0) << 2) | (out.number(numberOf(numbersOfNames0, flags.primaryAdminHost), 3, 0) << 3) | out.number(flags.reserved, 0xffffffff, 0)) >>> 0;
}
/** Writes a {@link HostDescriptor} at `at`, where there is room, and its objects behind everything else. */
export function packHostDescriptor(out: Packer, at: number, value: HostDescriptor): void {
  out.keys(value, hostDescriptorKeys);
  out.put8(at, out.number(value.structureId, 255, 2));
  out.put8(at + 1, hostDescriptorFlagsBits(out, value.flags));
  out.uuid(at + 2, value.hostId);
  out.string(at + 18, value.hostNqn, MAX_NQN_BYTES);
}

const hfiExtendedInfoKeys = ["structureId","version","hfiIndex","flags","dhcpIaid","dhcpDuid"];
const hfiExtendedInfoFlagsBitsKeys = ["valid","dhcpClientInfo","reserved"];
function hfiExtendedInfoFlagsBits(out: Packer, flags: HfiExtendedInfo["flags"] | undefined): number {
  if (flags === undefined) return 1;
  out.flagKeys(flags, hfiExtendedInfoFlagsBitsKeys);
  return (out.bit(flags.valid, 1) | (out.bit(flags.dhcpClientInfo, 0) << 1) | out.number(flags.reserved, 0xffffffff, 0)) >>> 0;
}
/** Writes a {@link HfiExtendedInfo} at `at`, where there is room, and its objects behind everything else. */
export function packHfiExtendedInfo(out: Packer, at: number, value: HfiExtendedInfo): void {
  out.keys(value, hfiExtendedInfoKeys);
  out.put8(at, out.number(value.structureId, 255, 10));
  out.put8(at + 1, out.number(value.version, 255, 1));
  out.put16(at + 2, out.number(value.hfiIndex, 65535, 0));
  out.put32(at + 4, hfiExtendedInfoFlagsBits(out, value.flags));
  out.numberObject(at + 8, value.dhcpIaid);
  out.hexObject(at + 14, value.dhcpDuid);
}

const hfiTransportInfoTcpKeys = ["structureId","version","trtype","transportInfoVersion","hfiIndex","flags","pciSbdf","mac","vlan","ipOrigin","ipAddress","subnetMaskPrefix","gateway","routeMetric","primaryDns","secondaryDns","dhcpServer","hostName","extendedInfo","pcieSegment"];
const hfiTransportInfoTcpFlagsBitsKeys = ["valid","defaultRoute","dhcpOverride","ipAutoconfigured","reserved"];
function hfiTransportInfoTcpFlagsBits(out: Packer, flags: HfiTransportInfoTcp["flags"] | undefined): number {
  if (flags === undefined) return 1;
  out.flagKeys(flags, hfiTransportInfoTcpFlagsBitsKeys);
  return (out.bit(flags.valid, 1) | (out.bit(flags.defaultRoute, 0) << 1) | (out.bit(flags.dhcpOverride, 0) << 2) | (out.bit(flags.ipAutoconfigured, 0) << 3) | out.number(flags.reserved, 0xffffffff, 0)) >>> 0;
}
/** Writes a {@link HfiTransportInfoTcp} at `at`, where there is room, and its objects behind everything else. */
export function packHfiTransportInfoTcp(out: Packer, at: number, value: HfiTransportInfoTcp): void {
  out.keys(value, hfiTransportInfoTcpKeys);
  out.put8(at, out.number(value.structureId, 255, 7));
  out.put8(at + 1, out.number(value.version, 255, 1));
  out.put8(at + 2, out.number(numberOf(numbersOfNames1, value.trtype), 255, 3));
  out.put8(at + 3, out.number(value.transportInfoVersion, 255, 2));
  out.put16(at + 4, out.number(value.hfiIndex, 65535, 0));
  out.put8(at + 6, hfiTransportInfoTcpFlagsBits(out, value.flags));
  out.pci(at + 7, value.pciSbdf);
  out.mac(at + 11, value.mac);
  out.put16(at + 17, out.number(value.vlan, 65535, 0));
  out.put8(at + 19, out.number(numberOf(numbersOfNames2, value.ipOrigin), 255, 0));
  out.ip(at + 20, value.ipAddress);
  out.put8(at + 36, out.number(value.subnetMaskPrefix, 255, 0));
  out.ip(at + 37, value.gateway);
  out.put16(at + 54, out.number(value.routeMetric, 65535, 0));
  out.ip(at + 56, value.primaryDns);
  out.ip(at + 72, value.secondaryDns);
  out.ip(at + 88, value.dhcpServer);
  if (out.view.getUint8(at + 3) >= 2) { out.put8(at + 116, out.number(value.pcieSegment, 255, 0)); } else if (value.pcieSegment !== undefined) out.refuse();
  out.string(at + 104, value.hostName, MAX_STRING_BYTES);
  if (out.view.getUint8(at + 3) >= 2) { followHfiExtendedInfo(out, at + 110, value.extendedInfo); } else if (value.extendedInfo !== undefined) out.refuse();
}

const hfiDescriptorKeys = ["structureId","index","flags","trtype","transportInfo"];
const hfiDescriptorFlagsBitsKeys = ["valid","reserved"];
function hfiDescriptorFlagsBits(out: Packer, flags: HfiDescriptor["flags"] | undefined): number {
  if (flags === undefined) return 1;
  out.flagKeys(flags, hfiDescriptorFlagsBitsKeys);
  return (out.bit(flags.valid, 1) | out.number(flags.reserved, 0xffffffff, 0)) >>> 0;
}
/** Writes a {@link HfiDescriptor} at `at`, where there is room, and its objects behind everything else. */
export function packHfiDescriptor(out: Packer, at: number, value: HfiDescriptor): void {
  out.keys(value, hfiDescriptorKeys);
  out.put8(at, out.number(value.structureId, 255, 3));
  out.put8(at + 1, out.number(value.index, 255, 0));
  out.put8(at + 2, hfiDescriptorFlagsBits(out, value.flags));
  out.put8(at + 3, out.number(numberOf(numbersOfNames1, value.trtype), 255, 3));
  followHfiTransportInfoTcp(out, at + 16, value.transportInfo);
}

const ssnsExtendedInfoKeys = ["structureId","version","ssnsIndex","flags","cntlid","asqsz","dhcpRootPath","naed","cipeec","connectionTimeout","nceec"];
const ssnsExtendedInfoFlagsBitsKeys = ["valid","adminAsqsz","reserved"];
function ssnsExtendedInfoFlagsBits(out: Packer, flags: SsnsExtendedInfo["flags"] | undefined): number {
  if (flags === undefined) return 1;
  out.flagKeys(flags, ssnsExtendedInfoFlagsBitsKeys);
  return (out.bit(flags.valid, 1) | (out.bit(flags.adminAsqsz, 0) << 1) | out.number(flags.reserved, 0xffffffff, 0)) >>> 0;
}
/** Writes a {@link SsnsExtendedInfo} at `at`, where there is room, and its objects behind everything else. */
export function packSsnsExtendedInfo(out: Packer, at: number, value: SsnsExtendedInfo, length: number): void {
  out.keys(value, ssnsExtendedInfoKeys);
  out.put8(at, out.number(value.structureId, 255, 9));
  out.put8(at + 1, out.number(value.version, 255, 1));
  out.put16(at + 2, out.number(value.ssnsIndex, 65535, 0));
  out.put32(at + 4, ssnsExtendedInfoFlagsBits(out, value.flags));
  out.put16(at + 8, out.number(value.cntlid, 65535, 0));
  out.put16(at + 10, out.number(value.asqsz, 65535, 0));
  if (length >= 19) out.put8(at + 18, out.number(numberOf(numbersOfNames3, value.naed), 255, 0));
  if (length >= 20) out.put8(at + 19, out.number(numberOf(numbersOfNames4, value.cipeec), 255, 0));
  if (length >= 22) out.put16(at + 20, out.number(value.connectionTimeout, 65535, 65535));
  if (length >= 23) out.put8(at + 22, out.number(numberOf(numbersOfNames5, value.nceec), 255, 0));
  out.string(at + 12, value.dhcpRootPath, MAX_STRING_BYTES);
}

const ssnsDescriptorKeys = ["structureId","index","flags","trtype","transportFlags","discoveryIndex","traddr","trsvcid","subsysPortId","nsid","nidType","nid","securityIndex","primaryHfi","secondaryHfis","subsystemNqn","extendedInfo"];
const ssnsDescriptorFlagsBitsKeys = ["valid","nonBootable","useSecurity","dhcpRootPathOverride","extendedInfoInUse","separateDiscoveryController","discovered","unavailable","reserved"];
function ssnsDescriptorFlagsBits(out: Packer, flags: SsnsDescriptor["flags"] | undefined): number {
  if (flags === undefined) return 1;
  out.flagKeys(flags, ssnsDescriptorFlagsBitsKeys);
  return (out.bit(flags.valid, 1) | (out.bit(flags.nonBootable, 0) << 1) | (out.bit(flags.useSecurity, 0) << 2) | (out.bit(flags.dhcpRootPathOverride, 0) << 3) | (out.bit(flags.extendedInfoInUse, 0) << 4) | (out.bit(flags.separateDiscoveryController, 0) << 5) | (out.bit(flags.discovered, 0) << 6) | (out.number(numberOf(numbersOfNames6, flags.unavailable), 3, 0) << 7) | out.number(flags.reserved, 0xffffffff, 0)) >>> 0;
}
const ssnsDescriptorTransportFlagsBitsKeys = ["inUse","headerDigest","dataDigest","reserved"];
function ssnsDescriptorTransportFlagsBits(out: Packer, flags: SsnsDescriptor["transportFlags"] | undefined): number {
  if (flags === undefined) return 0;
  out.flagKeys(flags, ssnsDescriptorTransportFlagsBitsKeys);
  return (out.bit(flags.inUse, 0) | (out.bit(flags.headerDigest, 0) << 1) | (out.bit(flags.dataDigest, 0) << 2) | out.number(flags.reserved, 0xffffffff, 0)) >>> 0;
}
/** Writes a {@link SsnsDescriptor} at `at`, where there is room, and its objects behind everything else. */
export function packSsnsDescriptor(out: Packer, at: number, value: SsnsDescriptor): void {
  out.keys(value, ssnsDescriptorKeys);
  out.put8(at, out.number(value.structureId, 255, 4));
  out.put16(at + 1, out.number(value.index, 65535, 0));
  out.put16(at + 3, ssnsDescriptorFlagsBits(out, value.flags));
  out.put8(at + 5, out.number(numberOf(numbersOfNames1, value.trtype), 255, 3));
  out.put16(at + 6, ssnsDescriptorTransportFlagsBits(out, value.transportFlags));
  out.put8(at + 8, out.number(value.discoveryIndex, 255, 0));
  out.put16(at + 22, out.number(value.subsysPortId, 65535, 0));
  out.put32(at + 24, out.number(value.nsid, 4294967295, 0));
  out.put8(at + 28, out.number(numberOf(numbersOfNames7, value.nidType), 255, 0));
  out.nid(at + 29, value.nid);
  out.put8(at + 45, out.number(value.securityIndex, 255, 0));
  out.put8(at + 46, out.number(value.primaryHfi, 255, 0));
  out.ipObject(at + 10, value.traddr);
  out.string(at + 16, value.trsvcid, MAX_STRING_BYTES);
  out.list(at + 48, value.secondaryHfis, 1, numbersOfNames8);
  out.string(at + 54, value.subsystemNqn, MAX_NQN_BYTES);
  if ((out.view.getUint16(at + 3, true) & 16) !== 0) { followSsnsExtendedInfo(out, at + 60, value.extendedInfo); } else if (value.extendedInfo !== undefined) out.refuse();
}

const securityProfileDescriptorKeys = ["structureId","index","flags","secretType","secureChannelAlgorithms","authProtocols","cipherSuites","dhGroups","secureHashes","secretKeypath"];
const securityProfileDescriptorFlagsBitsKeys = ["valid","inBandAuthentication","authPolicyList","secureChannel","secureChannelPolicyList","cipherSuitesRestricted","dhGroupsRestricted","hashesRestricted","reserved"];
function securityProfileDescriptorFlagsBits(out: Packer, flags: SecurityProfileDescriptor["flags"] | undefined): number {
  if (flags === undefined) return 1;
  out.flagKeys(flags, securityProfileDescriptorFlagsBitsKeys);
  return (out.bit(flags.valid, 1) | (out.number(numberOf(numbersOfNames9, flags.inBandAuthentication), 3, 0) << 1) | (out.number(numberOf(numbersOfNames10, flags.authPolicyList), 3, 0) << 3) | (out.number(numberOf(numbersOfNames9, flags.secureChannel), 3, 0) << 5) | (out.number(numberOf(numbersOfNames10, flags.secureChannelPolicyList), 3, 0) << 7) | (out.bit(flags.cipherSuitesRestricted, 0) << 9) | (out.bit(flags.dhGroupsRestricted, 0) << 10) | (out.bit(flags.hashesRestricted, 0) << 11) | out.number(flags.reserved, 0xffffffff, 0)) >>> 0;
}
const securityProfileDescriptorSecretTypeBitsKeys = ["redfishHostInterfaceUri","reserved"];
function securityProfileDescriptorSecretTypeBits(out: Packer, flags: SecurityProfileDescriptor["secretType"] | undefined): number {
  if (flags === undefined) return 0;
  out.flagKeys(flags, securityProfileDescriptorSecretTypeBitsKeys);
  return ((out.bit(flags.redfishHostInterfaceUri, 0) << 1) | out.number(flags.reserved, 0xffffffff, 0)) >>> 0;
}
/** Writes a {@link SecurityProfileDescriptor} at `at`, where there is room, and its objects behind everything else. */
export function packSecurityProfileDescriptor(out: Packer, at: number, value: SecurityProfileDescriptor): void {
  out.keys(value, securityProfileDescriptorKeys);
  out.put8(at, out.number(value.structureId, 255, 5));
  out.put8(at + 1, out.number(value.index, 255, 0));
  out.put16(at + 2, securityProfileDescriptorFlagsBits(out, value.flags));
  out.put8(at + 4, securityProfileDescriptorSecretTypeBits(out, value.secretType));
  if ((out.view.getUint16(at + 2, true) & 384) !== 0) { out.list(at + 6, value.secureChannelAlgorithms, 1, numbersOfNames11); } else if (value.secureChannelAlgorithms !== undefined) out.refuse();
  if ((out.view.getUint16(at + 2, true) & 24) !== 0) { out.list(at + 12, value.authProtocols, 1, numbersOfNames12); } else if (value.authProtocols !== undefined) out.refuse();
  if ((out.view.getUint16(at + 2, true) & 512) !== 0) { out.list(at + 18, value.cipherSuites, 2, numbersOfNames13); } else if (value.cipherSuites !== undefined) out.refuse();
  if ((out.view.getUint16(at + 2, true) & 1024) !== 0) { out.list(at + 24, value.dhGroups, 1, numbersOfNames14); } else if (value.dhGroups !== undefined) out.refuse();
  if ((out.view.getUint16(at + 2, true) & 2048) !== 0) { out.list(at + 30, value.secureHashes, 1, numbersOfNames15); } else if (value.secureHashes !== undefined) out.refuse();
  out.string(at + 36, value.secretKeypath, MAX_STRING_BYTES);
}

const discoveryDescriptorKeys = ["structureId","flags","index","hfiIndex","securityIndex","uri","nqn"];
const discoveryDescriptorFlagsBitsKeys = ["valid","reserved"];
function discoveryDescriptorFlagsBits(out: Packer, flags: DiscoveryDescriptor["flags"] | undefined): number {
  if (flags === undefined) return 1;
  out.flagKeys(flags, discoveryDescriptorFlagsBitsKeys);
  return (out.bit(flags.valid, 1) | out.number(flags.reserved, 0xffffffff, 0)) >>> 0;
}
/** Writes a {@link DiscoveryDescriptor} at `at`, where there is room, and its objects behind everything else. */
export function packDiscoveryDescriptor(out: Packer, at: number, value: DiscoveryDescriptor): void {
  out.keys(value, discoveryDescriptorKeys);
  out.put8(at, out.number(value.structureId, 255, 6));
  out.put8(at + 1, discoveryDescriptorFlagsBits(out, value.flags));
  out.put8(at + 2, out.number(value.index, 255, 0));
  out.put8(at + 3, out.number(value.hfiIndex, 255, 0));
  out.put8(at + 4, out.number(value.securityIndex, 255, 0));
  out.string(at + 6, value.uri, MAX_STRING_BYTES);
  out.string(at + 12, value.nqn, MAX_NQN_BYTES);
}

function followHfiExtendedInfo(out: Packer, at: number, value: HfiExtendedInfo | undefined): void {
  if (value === undefined) return;
  const length = 20;
  packHfiExtendedInfo(out, out.structure(at, length), value);
}

function followHfiTransportInfoTcp(out: Packer, at: number, value: HfiTransportInfoTcp | undefined): void {
  if (value === undefined) return;
  const length = 128;
  packHfiTransportInfoTcp(out, out.structure(at, length), value);
}

function followSsnsExtendedInfo(out: Packer, at: number, value: SsnsExtendedInfo | undefined): void {
  if (value === undefined) return;
  const length = value.naed !== undefined || value.cipeec !== undefined || value.connectionTimeout !== undefined || value.nceec !== undefined ? 23 : 18;
  packSsnsExtendedInfo(out, out.structure(at, length), value, length);
}
