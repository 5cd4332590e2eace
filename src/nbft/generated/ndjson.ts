// Generated from src/nbft/structures by `npm run generate`; do not edit.

import { formatPci } from "../../structure/text-value.ts";
import type { ListPlace } from "../read/open-table.ts";
import { type JsonText, NumberTexts, writeAscii, writeConstant, writeHexObject, writeIp, writeIpObject, writeList, writeMac, writeNid, writeNumber, writeNumberObject, writeSafeText, writeString, writeUuid } from "../write/json-text.ts";
import { named, type TableReader } from "../read/table-reader.ts";
import { controlDescriptorFlags, discoveryDescriptorFlags, hfiDescriptorFlags, hfiExtendedInfoFlags, hfiTransportInfoTcpFlags, hostDescriptorFlags, names1, names11, names12, names13, names14, names15, names2, names3, names4, names5, names7, names8, securityProfileDescriptorFlags, securityProfileDescriptorSecretType, ssnsDescriptorFlags, ssnsDescriptorTransportFlags, ssnsExtendedInfoFlags } from "./decoders.ts";



/** Most bytes that {@link writeNbftHeader} stores. */
export const sizeOfNbftHeader = 1858;

/** Writes the model of a {@link NbftHeader}; the caller has checked its place and made room. */
export function writeNbftHeader(out: JsonText, start: number, reader: TableReader, at: number): number {
  const json = out.view;
  const { view, bytes } = reader;
  let end = start;
  let value = 0;
  if (!(view.getUint32(at, true) === 1413890638)) {
    // signature
    json.setInt32(end, 1769153068, true); json.setInt32(end + 4, 1952542311, true); json.setInt32(end + 8, 577073781, true); json.setInt32(end + 12, 58, true);
    end = writeAscii(out, end + 13, bytes, at, 4);
  }
  // majorRevision
  json.setInt32(end, 1634542124, true); json.setInt32(end + 4, 1383231338, true); json.setInt32(end + 8, 1936291429, true); json.setInt32(end + 12, 577662825, true); json.setInt32(end + 16, 58, true);
  end = writeNumber(json, end + 17, view.getUint8(at + 8));
  // oemId
  json.setInt32(end, 1701782060, true); json.setInt32(end + 4, 576997741, true); json.setInt32(end + 8, 58, true);
  end = writeAscii(out, end + 9, bytes, at + 10, 6);
  // oemTableId
  json.setInt32(end, 1701782060, true); json.setInt32(end + 4, 1650545773, true); json.setInt32(end + 8, 1682531692, true); json.setInt32(end + 12, 14882, true);
  end = writeAscii(out, end + 14, bytes, at + 16, 8);
  // oemRevision
  json.setInt32(end, 1701782060, true); json.setInt32(end + 4, 1986351725, true); json.setInt32(end + 8, 1869181801, true); json.setInt32(end + 12, 3809902, true);
  end = writeNumber(json, end + 15, view.getUint32(at + 24, true));
  // creatorId
  json.setInt32(end, 1919099436, true); json.setInt32(end + 4, 1869898085, true); json.setInt32(end + 8, 576997746, true); json.setInt32(end + 12, 58, true);
  end = writeAscii(out, end + 13, bytes, at + 28, 4);
  // creatorRevision
  json.setInt32(end, 1919099436, true); json.setInt32(end + 4, 1869898085, true); json.setInt32(end + 8, 1986351730, true); json.setInt32(end + 12, 1869181801, true); json.setInt32(end + 16, 3809902, true);
  end = writeNumber(json, end + 19, view.getUint32(at + 32, true));
  // driverSignature
  json.setInt32(end, 1919164972, true); json.setInt32(end + 4, 1919252073, true); json.setInt32(end + 8, 1852270931, true); json.setInt32(end + 12, 1920300129, true); json.setInt32(end + 16, 3809893, true);
  value = writeString(out, end + 19, reader, view.getUint32(at + 44, true), view.getUint16(at + 48, true), ".driverSignature");
  if (value !== end + 19) end = value;
  // minorRevision
  json.setInt32(end, 1768759852, true); json.setInt32(end + 4, 1383231342, true); json.setInt32(end + 8, 1936291429, true); json.setInt32(end + 12, 577662825, true); json.setInt32(end + 16, 58, true);
  end = writeNumber(json, end + 17, view.getUint8(at + 50));
  // Every property begins with a comma; the first one's becomes the brace.
  json.setUint8(start, 0x7b);
  json.setUint8(end, 0x7d);
  return end + 1;
}

const controlDescriptorFlagsTexts = new NumberTexts((number) => `,"flags":${JSON.stringify(controlDescriptorFlags(number))}`);

/** Most bytes that {@link writeControlDescriptor} stores. */
export const sizeOfControlDescriptor = 171;

/** Writes the model of a {@link ControlDescriptor}; the caller has checked its place and made room. */
export function writeControlDescriptor(out: JsonText, start: number, reader: TableReader, at: number): number {
  const json = out.view;
  const { view } = reader;
  let end = start;
  if (view.getUint8(at) !== 1) {
    // structureId
    json.setInt32(end, 1953702444, true); json.setInt32(end + 4, 1952675186, true); json.setInt32(end + 8, 1231385205, true); json.setInt32(end + 12, 3809892, true);
    end = writeNumber(json, end + 15, view.getUint8(at));
  }
  // majorRevision
  json.setInt32(end, 1634542124, true); json.setInt32(end + 4, 1383231338, true); json.setInt32(end + 8, 1936291429, true); json.setInt32(end + 12, 577662825, true); json.setInt32(end + 16, 58, true);
  end = writeNumber(json, end + 17, view.getUint8(at + 1));
  // minorRevision
  json.setInt32(end, 1768759852, true); json.setInt32(end + 4, 1383231342, true); json.setInt32(end + 8, 1936291429, true); json.setInt32(end + 12, 577662825, true); json.setInt32(end + 16, 58, true);
  end = writeNumber(json, end + 17, view.getUint8(at + 2));
  if (view.getUint16(at + 4, true) !== 64) {
    // descriptorLength
    json.setInt32(end, 1701061164, true); json.setInt32(end + 4, 1769104243, true); json.setInt32(end + 8, 1919906928, true); json.setInt32(end + 12, 1735288140, true); json.setInt32(end + 16, 975333492, true);
    end = writeNumber(json, end + 20, view.getUint16(at + 4, true));
  }
  end = writeConstant(json, end, controlDescriptorFlagsTexts.of(view.getUint8(at + 6)));
  // Every property begins with a comma; the first one's becomes the brace.
  json.setUint8(start, 0x7b);
  json.setUint8(end, 0x7d);
  return end + 1;
}

const hostDescriptorFlagsTexts = new NumberTexts((number) => `,"flags":${JSON.stringify(hostDescriptorFlags(number))}`);

/** Most bytes that {@link writeHostDescriptor} stores. */
export const sizeOfHostDescriptor = 1774;

/** Writes the model of a {@link HostDescriptor}; the caller has checked its place and made room. */
export function writeHostDescriptor(out: JsonText, start: number, reader: TableReader, at: number): number {
  const json = out.view;
  const { view, bytes } = reader;
  let end = start;
  let value = 0;
  if (view.getUint8(at) !== 2) {
    // structureId
    json.setInt32(end, 1953702444, true); json.setInt32(end + 4, 1952675186, true); json.setInt32(end + 8, 1231385205, true); json.setInt32(end + 12, 3809892, true);
    end = writeNumber(json, end + 15, view.getUint8(at));
  }
  end = writeConstant(json, end, hostDescriptorFlagsTexts.of(view.getUint8(at + 1)));
  // hostId
  json.setInt32(end, 1869095468, true); json.setInt32(end + 4, 1682535539, true); json.setInt32(end + 8, 14882, true);
  end = writeUuid(json, end + 10, bytes, at + 2);
  // hostNqn
  json.setInt32(end, 1869095468, true); json.setInt32(end + 4, 1900967027, true); json.setInt32(end + 8, 3809902, true);
  value = writeString(out, end + 11, reader, view.getUint32(at + 18, true), view.getUint16(at + 22, true), ".hostNqn");
  if (value !== end + 11) end = value;
  // Every property begins with a comma; the first one's becomes the brace.
  json.setUint8(start, 0x7b);
  json.setUint8(end, 0x7d);
  return end + 1;
}

const hfiExtendedInfoFlagsTexts = new NumberTexts((number) => `,"flags":${JSON.stringify(hfiExtendedInfoFlags(number))}`);

/** Most bytes that {@link writeHfiExtendedInfo} stores. */
export const sizeOfHfiExtendedInfo = 1724;

/** Writes the model of a {@link HfiExtendedInfo}; the caller has checked its place and made room. */
export function writeHfiExtendedInfo(out: JsonText, start: number, reader: TableReader, at: number): number {
  const json = out.view;
  const { view } = reader;
  let end = start;
  let value = 0;
  if (view.getUint8(at) !== 10) {
    // structureId
    json.setInt32(end, 1953702444, true); json.setInt32(end + 4, 1952675186, true); json.setInt32(end + 8, 1231385205, true); json.setInt32(end + 12, 3809892, true);
    end = writeNumber(json, end + 15, view.getUint8(at));
  }
  if (view.getUint8(at + 1) !== 1) {
    // version
    json.setInt32(end, 1702240812, true); json.setInt32(end + 4, 1869181810, true); json.setInt32(end + 8, 3809902, true);
    end = writeNumber(json, end + 11, view.getUint8(at + 1));
  }
  // hfiIndex
  json.setInt32(end, 1718100524, true); json.setInt32(end + 4, 1684949353, true); json.setInt32(end + 8, 975337573, true);
  end = writeNumber(json, end + 12, view.getUint16(at + 2, true));
  end = writeConstant(json, end, hfiExtendedInfoFlagsTexts.of(view.getUint32(at + 4, true)));
  // dhcpIaid
  json.setInt32(end, 1751392812, true); json.setInt32(end + 4, 1632202851, true); json.setInt32(end + 8, 975332457, true);
  value = writeNumberObject(out, end + 12, reader, view.getUint32(at + 8, true), view.getUint16(at + 12, true), ".transportInfo.extendedInfo.dhcpIaid");
  if (value !== end + 12) end = value;
  // dhcpDuid
  json.setInt32(end, 1751392812, true); json.setInt32(end + 4, 1967419491, true); json.setInt32(end + 8, 975332457, true);
  value = writeHexObject(out, end + 12, reader, view.getUint32(at + 14, true), view.getUint16(at + 18, true), ".transportInfo.extendedInfo.dhcpDuid");
  if (value !== end + 12) end = value;
  // Every property begins with a comma; the first one's becomes the brace.
  json.setUint8(start, 0x7b);
  json.setUint8(end, 0x7d);
  return end + 1;
}

const hfiTransportInfoTcpTrtypeTexts = new NumberTexts((number) => `,"trtype":${JSON.stringify(named(names1, number))}`);
const hfiTransportInfoTcpFlagsTexts = new NumberTexts((number) => `,"flags":${JSON.stringify(hfiTransportInfoTcpFlags(number))}`);
const hfiTransportInfoTcpIpOriginTexts = new NumberTexts((number) => `,"ipOrigin":${JSON.stringify(named(names2, number))}`);

/** Most bytes that {@link writeHfiTransportInfoTcp} stores. */
export const sizeOfHfiTransportInfoTcp = 4006;

/** Writes the model of a {@link HfiTransportInfoTcp}; the caller has checked its place and made room. */
export function writeHfiTransportInfoTcp(out: JsonText, start: number, reader: TableReader, at: number): number {
  const json = out.view;
  const { view, bytes } = reader;
  let end = start;
  let value = 0;
  if (view.getUint8(at) !== 7) {
    // structureId
    json.setInt32(end, 1953702444, true); json.setInt32(end + 4, 1952675186, true); json.setInt32(end + 8, 1231385205, true); json.setInt32(end + 12, 3809892, true);
    end = writeNumber(json, end + 15, view.getUint8(at));
  }
  if (view.getUint8(at + 1) !== 1) {
    // version
    json.setInt32(end, 1702240812, true); json.setInt32(end + 4, 1869181810, true); json.setInt32(end + 8, 3809902, true);
    end = writeNumber(json, end + 11, view.getUint8(at + 1));
  }
  if (view.getUint8(at + 2) !== 3) {
    end = writeConstant(json, end, hfiTransportInfoTcpTrtypeTexts.of(view.getUint8(at + 2)));
  }
  // transportInfoVersion
  json.setInt32(end, 1920213548, true); json.setInt32(end + 4, 1886613089, true); json.setInt32(end + 8, 1232368239, true); json.setInt32(end + 12, 1450141294, true); json.setInt32(end + 16, 1769173605, true); json.setInt32(end + 20, 975335023, true);
  end = writeNumber(json, end + 24, view.getUint8(at + 3));
  // hfiIndex
  json.setInt32(end, 1718100524, true); json.setInt32(end + 4, 1684949353, true); json.setInt32(end + 8, 975337573, true);
  end = writeNumber(json, end + 12, view.getUint16(at + 4, true));
  end = writeConstant(json, end, hfiTransportInfoTcpFlagsTexts.of(view.getUint8(at + 6)));
  // pciSbdf
  json.setInt32(end, 1668293164, true); json.setInt32(end + 4, 1684165481, true); json.setInt32(end + 8, 3809894, true);
  end = writeSafeText(json, end + 11, formatPci(view.getUint32(at + 7, true)));
  // mac
  json.setInt32(end, 1634542124, true); json.setInt32(end + 4, 3809891, true);
  end = writeMac(json, end + 7, bytes, at + 11);
  // vlan
  json.setInt32(end, 1819681324, true); json.setInt32(end + 4, 975335009, true);
  end = writeNumber(json, end + 8, view.getUint16(at + 17, true));
  end = writeConstant(json, end, hfiTransportInfoTcpIpOriginTexts.of(view.getUint8(at + 19)));
  // ipAddress
  json.setInt32(end, 1885938220, true); json.setInt32(end + 4, 1919181889, true); json.setInt32(end + 8, 577991525, true); json.setInt32(end + 12, 58, true);
  value = writeIp(json, end + 13, view, bytes, at + 20);
  if (value !== end + 13) end = value;
  // subnetMaskPrefix
  json.setInt32(end, 1970479660, true); json.setInt32(end + 4, 1952804450, true); json.setInt32(end + 8, 1802723661, true); json.setInt32(end + 12, 1717924432, true); json.setInt32(end + 16, 975337577, true);
  end = writeNumber(json, end + 20, view.getUint8(at + 36));
  // gateway
  json.setInt32(end, 1634148908, true); json.setInt32(end + 4, 1635214708, true); json.setInt32(end + 8, 3809913, true);
  value = writeIp(json, end + 11, view, bytes, at + 37);
  if (value !== end + 11) end = value;
  // routeMetric
  json.setInt32(end, 1869750828, true); json.setInt32(end + 4, 1298494581, true); json.setInt32(end + 8, 1769108581, true); json.setInt32(end + 12, 3809891, true);
  end = writeNumber(json, end + 15, view.getUint16(at + 54, true));
  // primaryDns
  json.setInt32(end, 1919951404, true); json.setInt32(end + 4, 1918987625, true); json.setInt32(end + 8, 1936606329, true); json.setInt32(end + 12, 14882, true);
  value = writeIp(json, end + 14, view, bytes, at + 56);
  if (value !== end + 14) end = value;
  // secondaryDns
  json.setInt32(end, 1702044204, true); json.setInt32(end + 4, 1684959075, true); json.setInt32(end + 8, 1148809825, true); json.setInt32(end + 12, 975336302, true);
  value = writeIp(json, end + 16, view, bytes, at + 72);
  if (value !== end + 16) end = value;
  // dhcpServer
  json.setInt32(end, 1751392812, true); json.setInt32(end + 4, 1699967075, true); json.setInt32(end + 8, 1919252082, true); json.setInt32(end + 12, 14882, true);
  value = writeIp(json, end + 14, view, bytes, at + 88);
  if (value !== end + 14) end = value;
  // hostName
  json.setInt32(end, 1869095468, true); json.setInt32(end + 4, 1632531571, true); json.setInt32(end + 8, 975332717, true);
  value = writeString(out, end + 12, reader, view.getUint32(at + 104, true), view.getUint16(at + 108, true), ".transportInfo.hostName");
  if (value !== end + 12) end = value;
  if (view.getUint8(at + 3) >= 2) {
    // extendedInfo
    json.setInt32(end, 2019893804, true); json.setInt32(end + 4, 1684956532, true); json.setInt32(end + 8, 1850303589, true); json.setInt32(end + 12, 975335270, true);
    value = followHfiExtendedInfo(out, end + 16, reader, view.getUint32(at + 110, true), view.getUint16(at + 114, true), ".transportInfo.extendedInfo");
    if (value !== end + 16) end = value;
  }
  if (view.getUint8(at + 3) >= 2) {
    // pcieSegment
    json.setInt32(end, 1668293164, true); json.setInt32(end + 4, 1699964265, true); json.setInt32(end + 8, 1852140903, true); json.setInt32(end + 12, 3809908, true);
    end = writeNumber(json, end + 15, view.getUint8(at + 116));
  }
  // Every property begins with a comma; the first one's becomes the brace.
  json.setUint8(start, 0x7b);
  json.setUint8(end, 0x7d);
  return end + 1;
}

const hfiDescriptorFlagsTexts = new NumberTexts((number) => `,"flags":${JSON.stringify(hfiDescriptorFlags(number))}`);
const hfiDescriptorTrtypeTexts = new NumberTexts((number) => `,"trtype":${JSON.stringify(named(names1, number))}`);

/** Most bytes that {@link writeHfiDescriptor} stores. */
export const sizeOfHfiDescriptor = 4149;

/** Writes the model of a {@link HfiDescriptor}; the caller has checked its place and made room. */
export function writeHfiDescriptor(out: JsonText, start: number, reader: TableReader, at: number): number {
  const json = out.view;
  const { view } = reader;
  let end = start;
  let value = 0;
  if (view.getUint8(at) !== 3) {
    // structureId
    json.setInt32(end, 1953702444, true); json.setInt32(end + 4, 1952675186, true); json.setInt32(end + 8, 1231385205, true); json.setInt32(end + 12, 3809892, true);
    end = writeNumber(json, end + 15, view.getUint8(at));
  }
  // index
  json.setInt32(end, 1852383788, true); json.setInt32(end + 4, 578315620, true); json.setInt32(end + 8, 58, true);
  end = writeNumber(json, end + 9, view.getUint8(at + 1));
  end = writeConstant(json, end, hfiDescriptorFlagsTexts.of(view.getUint8(at + 2)));
  end = writeConstant(json, end, hfiDescriptorTrtypeTexts.of(view.getUint8(at + 3)));
  // transportInfo
  json.setInt32(end, 1920213548, true); json.setInt32(end + 4, 1886613089, true); json.setInt32(end + 8, 1232368239, true); json.setInt32(end + 12, 577726062, true); json.setInt32(end + 16, 58, true);
  value = followHfiTransportInfoTcp(out, end + 17, reader, view.getUint32(at + 16, true), view.getUint16(at + 20, true), ".transportInfo");
  if (value !== end + 17) end = value;
  // Every property begins with a comma; the first one's becomes the brace.
  json.setUint8(start, 0x7b);
  json.setUint8(end, 0x7d);
  return end + 1;
}

const ssnsExtendedInfoFlagsTexts = new NumberTexts((number) => `,"flags":${JSON.stringify(ssnsExtendedInfoFlags(number))}`);
const ssnsExtendedInfoNaedTexts = new NumberTexts((number) => `,"naed":${JSON.stringify(named(names3, number))}`);
const ssnsExtendedInfoCipeecTexts = new NumberTexts((number) => `,"cipeec":${JSON.stringify(named(names4, number))}`);
const ssnsExtendedInfoNceecTexts = new NumberTexts((number) => `,"nceec":${JSON.stringify(named(names5, number))}`);

/** Most bytes that {@link writeSsnsExtendedInfo} stores. */
export const sizeOfSsnsExtendedInfo = 1881;

/** Writes the model of a {@link SsnsExtendedInfo}; the caller has checked its place and made room. */
export function writeSsnsExtendedInfo(out: JsonText, start: number, reader: TableReader, at: number, length: number): number {
  const json = out.view;
  const { view } = reader;
  let end = start;
  let value = 0;
  if (view.getUint8(at) !== 9) {
    // structureId
    json.setInt32(end, 1953702444, true); json.setInt32(end + 4, 1952675186, true); json.setInt32(end + 8, 1231385205, true); json.setInt32(end + 12, 3809892, true);
    end = writeNumber(json, end + 15, view.getUint8(at));
  }
  if (view.getUint8(at + 1) !== 1) {
    // version
    json.setInt32(end, 1702240812, true); json.setInt32(end + 4, 1869181810, true); json.setInt32(end + 8, 3809902, true);
    end = writeNumber(json, end + 11, view.getUint8(at + 1));
  }
  // ssnsIndex
  json.setInt32(end, 1936925228, true); json.setInt32(end + 4, 1850307438, true); json.setInt32(end + 8, 578315620, true); json.setInt32(end + 12, 58, true);
  end = writeNumber(json, end + 13, view.getUint16(at + 2, true));
  end = writeConstant(json, end, ssnsExtendedInfoFlagsTexts.of(view.getUint32(at + 4, true)));
  // cntlid
  json.setInt32(end, 1851990572, true); json.setInt32(end + 4, 1684630644, true); json.setInt32(end + 8, 14882, true);
  end = writeNumber(json, end + 10, view.getUint16(at + 8, true));
  // asqsz
  json.setInt32(end, 1935745580, true); json.setInt32(end + 4, 578450289, true); json.setInt32(end + 8, 58, true);
  end = writeNumber(json, end + 9, view.getUint16(at + 10, true));
  // dhcpRootPath
  json.setInt32(end, 1751392812, true); json.setInt32(end + 4, 1867673699, true); json.setInt32(end + 8, 1632662639, true); json.setInt32(end + 12, 975333492, true);
  value = writeString(out, end + 16, reader, view.getUint32(at + 12, true), view.getUint16(at + 16, true), ".extendedInfo.dhcpRootPath");
  if (value !== end + 16) end = value;
  if (length >= 19) {
    end = writeConstant(json, end, ssnsExtendedInfoNaedTexts.of(view.getUint8(at + 18)));
  }
  if (length >= 20) {
    end = writeConstant(json, end, ssnsExtendedInfoCipeecTexts.of(view.getUint8(at + 19)));
  }
  if (length >= 22) {
    // connectionTimeout
    json.setInt32(end, 1868767788, true); json.setInt32(end + 4, 1667591790, true); json.setInt32(end + 8, 1852795252, true); json.setInt32(end + 12, 1701669204, true); json.setInt32(end + 16, 578057583, true); json.setInt32(end + 20, 58, true);
    end = writeNumber(json, end + 21, view.getUint16(at + 20, true));
  }
  if (length >= 23) {
    end = writeConstant(json, end, ssnsExtendedInfoNceecTexts.of(view.getUint8(at + 22)));
  }
  // Every property begins with a comma; the first one's becomes the brace.
  json.setUint8(start, 0x7b);
  json.setUint8(end, 0x7d);
  return end + 1;
}

const ssnsDescriptorFlagsTexts = new NumberTexts((number) => `,"flags":${JSON.stringify(ssnsDescriptorFlags(number))}`);
const ssnsDescriptorTrtypeTexts = new NumberTexts((number) => `,"trtype":${JSON.stringify(named(names1, number))}`);
const ssnsDescriptorTransportFlagsTexts = new NumberTexts((number) => `,"transportFlags":${JSON.stringify(ssnsDescriptorTransportFlags(number))}`);
const ssnsDescriptorNidTypeTexts = new NumberTexts((number) => `,"nidType":${JSON.stringify(named(names7, number))}`);

/** Most bytes that {@link writeSsnsDescriptor} stores. */
export const sizeOfSsnsDescriptor = 5859;

/** Writes the model of a {@link SsnsDescriptor}; the caller has checked its place and made room. */
export function writeSsnsDescriptor(out: JsonText, start: number, reader: TableReader, at: number): number {
  const json = out.view;
  const { view, bytes } = reader;
  let end = start;
  let value = 0;
  if (view.getUint8(at) !== 4) {
    // structureId
    json.setInt32(end, 1953702444, true); json.setInt32(end + 4, 1952675186, true); json.setInt32(end + 8, 1231385205, true); json.setInt32(end + 12, 3809892, true);
    end = writeNumber(json, end + 15, view.getUint8(at));
  }
  // index
  json.setInt32(end, 1852383788, true); json.setInt32(end + 4, 578315620, true); json.setInt32(end + 8, 58, true);
  end = writeNumber(json, end + 9, view.getUint16(at + 1, true));
  end = writeConstant(json, end, ssnsDescriptorFlagsTexts.of(view.getUint16(at + 3, true)));
  end = writeConstant(json, end, ssnsDescriptorTrtypeTexts.of(view.getUint8(at + 5)));
  end = writeConstant(json, end, ssnsDescriptorTransportFlagsTexts.of(view.getUint16(at + 6, true)));
  // discoveryIndex
  json.setInt32(end, 1768170028, true); json.setInt32(end + 4, 1987011443, true); json.setInt32(end + 8, 1232695909, true); json.setInt32(end + 12, 2019910766, true); json.setInt32(end + 16, 14882, true);
  end = writeNumber(json, end + 18, view.getUint8(at + 8));
  // traddr
  json.setInt32(end, 1920213548, true); json.setInt32(end + 4, 1919181921, true); json.setInt32(end + 8, 14882, true);
  value = writeIpObject(out, end + 10, reader, view.getUint32(at + 10, true), view.getUint16(at + 14, true), ".traddr");
  if (value !== end + 10) end = value;
  // trsvcid
  json.setInt32(end, 1920213548, true); json.setInt32(end + 4, 1768126067, true); json.setInt32(end + 8, 3809892, true);
  value = writeString(out, end + 11, reader, view.getUint32(at + 16, true), view.getUint16(at + 20, true), ".trsvcid");
  if (value !== end + 11) end = value;
  // subsysPortId
  json.setInt32(end, 1970479660, true); json.setInt32(end + 4, 1937339234, true); json.setInt32(end + 8, 1953656656, true); json.setInt32(end + 12, 975332425, true);
  end = writeNumber(json, end + 16, view.getUint16(at + 22, true));
  // nsid
  json.setInt32(end, 1936597548, true); json.setInt32(end + 4, 975332457, true);
  end = writeNumber(json, end + 8, view.getUint32(at + 24, true));
  end = writeConstant(json, end, ssnsDescriptorNidTypeTexts.of(view.getUint8(at + 28)));
  // nid
  json.setInt32(end, 1768825388, true); json.setInt32(end + 4, 3809892, true);
  value = writeNid(json, end + 7, bytes[at + 29 - 1]!, bytes, at + 29);
  if (value !== end + 7) end = value;
  // securityIndex
  json.setInt32(end, 1702044204, true); json.setInt32(end + 4, 1769108835, true); json.setInt32(end + 8, 1850308980, true); json.setInt32(end + 12, 578315620, true); json.setInt32(end + 16, 58, true);
  end = writeNumber(json, end + 17, view.getUint8(at + 45));
  // primaryHfi
  json.setInt32(end, 1919951404, true); json.setInt32(end + 4, 1918987625, true); json.setInt32(end + 8, 1768310905, true); json.setInt32(end + 12, 14882, true);
  end = writeNumber(json, end + 14, view.getUint8(at + 46));
  // secondaryHfis
  json.setInt32(end, 1702044204, true); json.setInt32(end + 4, 1684959075, true); json.setInt32(end + 8, 1215918689, true); json.setInt32(end + 12, 577988966, true); json.setInt32(end + 16, 58, true);
  value = writeList(out, end + 17, reader, view.getUint32(at + 48, true), view.getUint16(at + 52, true), ".secondaryHfis", 1, names8);
  if (value !== end + 17) end = value;
  // subsystemNqn
  json.setInt32(end, 1970479660, true); json.setInt32(end + 4, 1937339234, true); json.setInt32(end + 8, 1315792244, true); json.setInt32(end + 12, 975335025, true);
  value = writeString(out, end + 16, reader, view.getUint32(at + 54, true), view.getUint16(at + 58, true), ".subsystemNqn");
  if (value !== end + 16) end = value;
  if ((view.getUint16(at + 3, true) & 16) !== 0) {
    // extendedInfo
    json.setInt32(end, 2019893804, true); json.setInt32(end + 4, 1684956532, true); json.setInt32(end + 8, 1850303589, true); json.setInt32(end + 12, 975335270, true);
    value = followSsnsExtendedInfo(out, end + 16, reader, view.getUint32(at + 60, true), view.getUint16(at + 64, true), ".extendedInfo");
    if (value !== end + 16) end = value;
  }
  // Every property begins with a comma; the first one's becomes the brace.
  json.setUint8(start, 0x7b);
  json.setUint8(end, 0x7d);
  return end + 1;
}

const securityProfileDescriptorFlagsTexts = new NumberTexts((number) => `,"flags":${JSON.stringify(securityProfileDescriptorFlags(number))}`);
const securityProfileDescriptorSecretTypeTexts = new NumberTexts((number) => `,"secretType":${JSON.stringify(securityProfileDescriptorSecretType(number))}`);

/** Most bytes that {@link writeSecurityProfileDescriptor} stores. */
export const sizeOfSecurityProfileDescriptor = 3367;

/** Writes the model of a {@link SecurityProfileDescriptor}; the caller has checked its place and made room. */
export function writeSecurityProfileDescriptor(out: JsonText, start: number, reader: TableReader, at: number): number {
  const json = out.view;
  const { view } = reader;
  let end = start;
  let value = 0;
  if (view.getUint8(at) !== 5) {
    // structureId
    json.setInt32(end, 1953702444, true); json.setInt32(end + 4, 1952675186, true); json.setInt32(end + 8, 1231385205, true); json.setInt32(end + 12, 3809892, true);
    end = writeNumber(json, end + 15, view.getUint8(at));
  }
  // index
  json.setInt32(end, 1852383788, true); json.setInt32(end + 4, 578315620, true); json.setInt32(end + 8, 58, true);
  end = writeNumber(json, end + 9, view.getUint8(at + 1));
  end = writeConstant(json, end, securityProfileDescriptorFlagsTexts.of(view.getUint16(at + 2, true)));
  end = writeConstant(json, end, securityProfileDescriptorSecretTypeTexts.of(view.getUint8(at + 4)));
  if ((view.getUint16(at + 2, true) & 384) !== 0) {
    // secureChannelAlgorithms
    json.setInt32(end, 1702044204, true); json.setInt32(end + 4, 1701999971, true); json.setInt32(end + 8, 1851877443, true); json.setInt32(end + 12, 1097622894, true); json.setInt32(end + 16, 1919903596, true); json.setInt32(end + 20, 1835562089, true); json.setInt32(end + 24, 3809907, true);
    value = writeList(out, end + 27, reader, view.getUint32(at + 6, true), view.getUint16(at + 10, true), ".secureChannelAlgorithms", 1, names11);
    if (value !== end + 27) end = value;
  }
  if ((view.getUint16(at + 2, true) & 24) !== 0) {
    // authProtocols
    json.setInt32(end, 1969300012, true); json.setInt32(end + 4, 1917872244, true); json.setInt32(end + 8, 1668248687, true); json.setInt32(end + 12, 577989743, true); json.setInt32(end + 16, 58, true);
    value = writeList(out, end + 17, reader, view.getUint32(at + 12, true), view.getUint16(at + 16, true), ".authProtocols", 1, names12);
    if (value !== end + 17) end = value;
  }
  if ((view.getUint16(at + 2, true) & 512) !== 0) {
    // cipherSuites
    json.setInt32(end, 1768104492, true); json.setInt32(end + 4, 1919248496, true); json.setInt32(end + 8, 1953068371, true); json.setInt32(end + 12, 975336293, true);
    value = writeList(out, end + 16, reader, view.getUint32(at + 18, true), view.getUint16(at + 22, true), ".cipherSuites", 2, names13);
    if (value !== end + 16) end = value;
  }
  if ((view.getUint16(at + 2, true) & 1024) !== 0) {
    // dhGroups
    json.setInt32(end, 1751392812, true); json.setInt32(end + 4, 1970238023, true); json.setInt32(end + 8, 975336304, true);
    value = writeList(out, end + 12, reader, view.getUint32(at + 24, true), view.getUint16(at + 28, true), ".dhGroups", 1, names14);
    if (value !== end + 12) end = value;
  }
  if ((view.getUint16(at + 2, true) & 2048) !== 0) {
    // secureHashes
    json.setInt32(end, 1702044204, true); json.setInt32(end + 4, 1701999971, true); json.setInt32(end + 8, 1752392008, true); json.setInt32(end + 12, 975336293, true);
    value = writeList(out, end + 16, reader, view.getUint32(at + 30, true), view.getUint16(at + 34, true), ".secureHashes", 1, names15);
    if (value !== end + 16) end = value;
  }
  // secretKeypath
  json.setInt32(end, 1702044204, true); json.setInt32(end + 4, 1952805475, true); json.setInt32(end + 8, 1887003979, true); json.setInt32(end + 12, 577270881, true); json.setInt32(end + 16, 58, true);
  value = writeString(out, end + 17, reader, view.getUint32(at + 36, true), view.getUint16(at + 40, true), ".secretKeypath");
  if (value !== end + 17) end = value;
  // Every property begins with a comma; the first one's becomes the brace.
  json.setUint8(start, 0x7b);
  json.setUint8(end, 0x7d);
  return end + 1;
}

const discoveryDescriptorFlagsTexts = new NumberTexts((number) => `,"flags":${JSON.stringify(discoveryDescriptorFlags(number))}`);

/** Most bytes that {@link writeDiscoveryDescriptor} stores. */
export const sizeOfDiscoveryDescriptor = 3233;

/** Writes the model of a {@link DiscoveryDescriptor}; the caller has checked its place and made room. */
export function writeDiscoveryDescriptor(out: JsonText, start: number, reader: TableReader, at: number): number {
  const json = out.view;
  const { view } = reader;
  let end = start;
  let value = 0;
  if (view.getUint8(at) !== 6) {
    // structureId
    json.setInt32(end, 1953702444, true); json.setInt32(end + 4, 1952675186, true); json.setInt32(end + 8, 1231385205, true); json.setInt32(end + 12, 3809892, true);
    end = writeNumber(json, end + 15, view.getUint8(at));
  }
  end = writeConstant(json, end, discoveryDescriptorFlagsTexts.of(view.getUint8(at + 1)));
  // index
  json.setInt32(end, 1852383788, true); json.setInt32(end + 4, 578315620, true); json.setInt32(end + 8, 58, true);
  end = writeNumber(json, end + 9, view.getUint8(at + 2));
  // hfiIndex
  json.setInt32(end, 1718100524, true); json.setInt32(end + 4, 1684949353, true); json.setInt32(end + 8, 975337573, true);
  end = writeNumber(json, end + 12, view.getUint8(at + 3));
  // securityIndex
  json.setInt32(end, 1702044204, true); json.setInt32(end + 4, 1769108835, true); json.setInt32(end + 8, 1850308980, true); json.setInt32(end + 12, 578315620, true); json.setInt32(end + 16, 58, true);
  end = writeNumber(json, end + 17, view.getUint8(at + 4));
  // uri
  json.setInt32(end, 1920279084, true); json.setInt32(end + 4, 3809897, true);
  value = writeString(out, end + 7, reader, view.getUint32(at + 6, true), view.getUint16(at + 10, true), ".uri");
  if (value !== end + 7) end = value;
  // nqn
  json.setInt32(end, 1903043116, true); json.setInt32(end + 4, 3809902, true);
  value = writeString(out, end + 7, reader, view.getUint32(at + 12, true), view.getUint16(at + 16, true), ".nqn");
  if (value !== end + 7) end = value;
  // Every property begins with a comma; the first one's becomes the brace.
  json.setUint8(start, 0x7b);
  json.setUint8(end, 0x7d);
  return end + 1;
}

/** Writes a list of {@link HfiDescriptor} at a place that was checked, and makes room for it. */
export function writeHfiDescriptorList(out: JsonText, start: number, reader: TableReader, { offset, stride, count }: ListPlace): number {
  let end = start;
  out.reserve(end, 8);
  if (count === 0) out.view.setUint8(end++, 0x5b);
  for (let position = 0, at = offset; position < count; position++, at += stride) {
    out.reserve(end, 1 + sizeOfHfiDescriptor);
    out.view.setUint8(end, position === 0 ? 0x5b : 0x2c);
    end = writeHfiDescriptor(out, end + 1, reader, at);
  }
  out.view.setUint8(end, 0x5d);
  return end + 1;
}

/** Writes a list of {@link SsnsDescriptor} at a place that was checked, and makes room for it. */
export function writeSsnsDescriptorList(out: JsonText, start: number, reader: TableReader, { offset, stride, count }: ListPlace): number {
  let end = start;
  out.reserve(end, 8);
  if (count === 0) out.view.setUint8(end++, 0x5b);
  for (let position = 0, at = offset; position < count; position++, at += stride) {
    out.reserve(end, 1 + sizeOfSsnsDescriptor);
    out.view.setUint8(end, position === 0 ? 0x5b : 0x2c);
    end = writeSsnsDescriptor(out, end + 1, reader, at);
  }
  out.view.setUint8(end, 0x5d);
  return end + 1;
}

/** Writes a list of {@link SecurityProfileDescriptor} at a place that was checked, and makes room for it. */
export function writeSecurityProfileDescriptorList(out: JsonText, start: number, reader: TableReader, { offset, stride, count }: ListPlace): number {
  let end = start;
  out.reserve(end, 8);
  if (count === 0) out.view.setUint8(end++, 0x5b);
  for (let position = 0, at = offset; position < count; position++, at += stride) {
    out.reserve(end, 1 + sizeOfSecurityProfileDescriptor);
    out.view.setUint8(end, position === 0 ? 0x5b : 0x2c);
    end = writeSecurityProfileDescriptor(out, end + 1, reader, at);
  }
  out.view.setUint8(end, 0x5d);
  return end + 1;
}

/** Writes a list of {@link DiscoveryDescriptor} at a place that was checked, and makes room for it. */
export function writeDiscoveryDescriptorList(out: JsonText, start: number, reader: TableReader, { offset, stride, count }: ListPlace): number {
  let end = start;
  out.reserve(end, 8);
  if (count === 0) out.view.setUint8(end++, 0x5b);
  for (let position = 0, at = offset; position < count; position++, at += stride) {
    out.reserve(end, 1 + sizeOfDiscoveryDescriptor);
    out.view.setUint8(end, position === 0 ? 0x5b : 0x2c);
    end = writeDiscoveryDescriptor(out, end + 1, reader, at);
  }
  out.view.setUint8(end, 0x5d);
  return end + 1;
}

function followHfiExtendedInfo(out: JsonText, start: number, reader: TableReader, offset: number, length: number, path: string): number {
  if (!reader.object(offset, length, 20, path)) return start;
  return writeHfiExtendedInfo(out, start, reader, offset);
}

function followHfiTransportInfoTcp(out: JsonText, start: number, reader: TableReader, offset: number, length: number, path: string): number {
  if (!reader.object(offset, length, 128, path)) return start;
  return writeHfiTransportInfoTcp(out, start, reader, offset);
}

function followSsnsExtendedInfo(out: JsonText, start: number, reader: TableReader, offset: number, length: number, path: string): number {
  if (!reader.object(offset, length, 18, path)) return start;
  return writeSsnsExtendedInfo(out, start, reader, offset, length);
}
