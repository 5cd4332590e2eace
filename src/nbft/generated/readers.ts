// Generated from src/nbft/structures by `npm run generate`; do not edit.

import type { HeapRef } from "../../structure/index.ts";
import type { ControlDescriptorNumbers, NbftHeaderNumbers } from "./model.ts";

/** Size in bytes of the newest form of each structure. */
export const sizes = { NbftHeader: 64, ControlDescriptor: 64, HostDescriptor: 32, HfiExtendedInfo: 20, HfiTransportInfoTcp: 128, HfiDescriptor: 32, SsnsExtendedInfo: 23, SsnsDescriptor: 128, SecurityProfileDescriptor: 64, DiscoveryDescriptor: 32 } as const;

/** First byte of each field of what is always at the same place, from the start of the table. */
export const places = { header: { signature: 0, length: 4, majorRevision: 8, checksum: 9, oemId: 10, oemTableId: 16, oemRevision: 24, creatorId: 28, creatorRevision: 32, heapOffset: 36, heapLength: 40, driverSignature: 44, minorRevision: 50, reserved51: 51 }, control: { structureId: 64, majorRevision: 65, minorRevision: 66, reserved3: 67, descriptorLength: 68, flags: 70, reserved7: 71, hostOffset: 72, hostLength: 76, hostVersion: 78, reserved15: 79, hfiOffset: 80, hfiLength: 84, hfiVersion: 86, hfiCount: 87, ssnsOffset: 88, ssnsLength: 92, ssnsVersion: 94, ssnsCount: 95, securityOffset: 96, securityLength: 100, securityVersion: 102, securityCount: 103, discoveryOffset: 104, discoveryLength: 108, discoveryVersion: 110, discoveryCount: 111, reserved48: 112 } } as const;

/** Size in bytes and structure id of the entries of each list. */
export const listEntries = { hfi: { size: 32, id: 3 }, ssns: { size: 128, id: 4 }, security: { size: 64, id: 5 }, discovery: { size: 32, id: 6 } } as const;

/** Every field of the NBFT Header as it is stored. */
export interface NbftHeaderRecord {
  readonly signature: Uint8Array;
  readonly length: number;
  readonly majorRevision: number;
  readonly checksum: number;
  readonly oemId: Uint8Array;
  readonly oemTableId: Uint8Array;
  readonly oemRevision: number;
  readonly creatorId: Uint8Array;
  readonly creatorRevision: number;
  readonly heapOffset: number;
  readonly heapLength: number;
  readonly driverSignatureRef: HeapRef;
  readonly minorRevision: number;
  readonly reserved51: Uint8Array;
}

/** Every field of the Control Descriptor as it is stored. */
export interface ControlDescriptorRecord {
  readonly structureId: number;
  readonly majorRevision: number;
  readonly minorRevision: number;
  readonly reserved3: Uint8Array;
  readonly descriptorLength: number;
  readonly flags: number;
  readonly reserved7: Uint8Array;
  readonly hostOffset: number;
  readonly hostLength: number;
  readonly hostVersion: number;
  readonly reserved15: Uint8Array;
  readonly hfiOffset: number;
  readonly hfiLength: number;
  readonly hfiVersion: number;
  readonly hfiCount: number;
  readonly ssnsOffset: number;
  readonly ssnsLength: number;
  readonly ssnsVersion: number;
  readonly ssnsCount: number;
  readonly securityOffset: number;
  readonly securityLength: number;
  readonly securityVersion: number;
  readonly securityCount: number;
  readonly discoveryOffset: number;
  readonly discoveryLength: number;
  readonly discoveryVersion: number;
  readonly discoveryCount: number;
  readonly reserved48: Uint8Array;
}

/** Every field of the Host Descriptor as it is stored. */
export interface HostDescriptorRecord {
  readonly structureId: number;
  readonly flags: number;
  readonly hostId: Uint8Array;
  readonly hostNqnRef: HeapRef;
  readonly reserved24: Uint8Array;
}

/** Every field of the HFI Transport Info Extended Information Descriptor as it is stored. */
export interface HfiExtendedInfoRecord {
  readonly structureId: number;
  readonly version: number;
  readonly hfiIndex: number;
  readonly flags: number;
  readonly dhcpIaidRef: HeapRef;
  readonly dhcpDuidRef: HeapRef;
}

/** Every field of the HFI Transport Info Descriptor - NVMe/TCP as it is stored. */
export interface HfiTransportInfoTcpRecord {
  readonly structureId: number;
  readonly version: number;
  readonly trtype: number;
  readonly transportInfoVersion: number;
  readonly hfiIndex: number;
  readonly flags: number;
  readonly pciSbdf: Uint8Array;
  readonly mac: Uint8Array;
  readonly vlan: number;
  readonly ipOrigin: number;
  readonly ipAddress: Uint8Array;
  readonly subnetMaskPrefix: number;
  readonly gateway: Uint8Array;
  readonly reserved53: Uint8Array;
  readonly routeMetric: number;
  readonly primaryDns: Uint8Array;
  readonly secondaryDns: Uint8Array;
  readonly dhcpServer: Uint8Array;
  readonly hostNameRef: HeapRef;
  readonly extendedInfoRef: HeapRef;
  readonly pcieSegment: number;
  readonly reserved117: Uint8Array;
}

/** Every field of the Host Fabric Interface (HFI) Descriptor as it is stored. */
export interface HfiDescriptorRecord {
  readonly structureId: number;
  readonly index: number;
  readonly flags: number;
  readonly trtype: number;
  readonly reserved4: Uint8Array;
  readonly transportInfoRef: HeapRef;
  readonly reserved22: Uint8Array;
}

/** Every field of the Subsystem and Namespace Extended Information Descriptor as it is stored. */
export interface SsnsExtendedInfoRecord {
  readonly structureId: number;
  readonly version: number;
  readonly ssnsIndex: number;
  readonly flags: number;
  readonly cntlid: number;
  readonly asqsz: number;
  readonly dhcpRootPathRef: HeapRef;
  readonly naed: number;
  readonly cipeec: number;
  readonly connectionTimeout: number;
  readonly nceec: number;
}

/** Every field of the Subsystem and Namespace (SSNS) Descriptor as it is stored. */
export interface SsnsDescriptorRecord {
  readonly structureId: number;
  readonly index: number;
  readonly flags: number;
  readonly trtype: number;
  readonly transportFlags: number;
  readonly discoveryIndex: number;
  readonly reserved9: Uint8Array;
  readonly traddrRef: HeapRef;
  readonly trsvcidRef: HeapRef;
  readonly subsysPortId: number;
  readonly nsid: number;
  readonly nidType: number;
  readonly nid: Uint8Array;
  readonly securityIndex: number;
  readonly primaryHfi: number;
  readonly reserved47: Uint8Array;
  readonly secondaryHfisRef: HeapRef;
  readonly subsystemNqnRef: HeapRef;
  readonly extendedInfoRef: HeapRef;
  readonly reserved66: Uint8Array;
}

/** Every field of the Security Profile Descriptor as it is stored. */
export interface SecurityProfileDescriptorRecord {
  readonly structureId: number;
  readonly index: number;
  readonly flags: number;
  readonly secretType: number;
  readonly reserved5: Uint8Array;
  readonly secureChannelAlgorithmsRef: HeapRef;
  readonly authProtocolsRef: HeapRef;
  readonly cipherSuitesRef: HeapRef;
  readonly dhGroupsRef: HeapRef;
  readonly secureHashesRef: HeapRef;
  readonly secretKeypathRef: HeapRef;
  readonly reserved42: Uint8Array;
}

/** Every field of the Discovery Descriptor as it is stored. */
export interface DiscoveryDescriptorRecord {
  readonly structureId: number;
  readonly flags: number;
  readonly index: number;
  readonly hfiIndex: number;
  readonly securityIndex: number;
  readonly reserved5: Uint8Array;
  readonly uriRef: HeapRef;
  readonly nqnRef: HeapRef;
  readonly reserved18: Uint8Array;
}

/** Record of a {@link NbftHeader} at `at`; the caller has checked that 64 bytes are there. */
export function readNbftHeader(view: DataView, bytes: Uint8Array, at: number): NbftHeaderRecord {
  return { signature: bytes.subarray(at, at + 4), length: view.getUint32(at + 4, true), majorRevision: view.getUint8(at + 8), checksum: view.getUint8(at + 9), oemId: bytes.subarray(at + 10, at + 16), oemTableId: bytes.subarray(at + 16, at + 24), oemRevision: view.getUint32(at + 24, true), creatorId: bytes.subarray(at + 28, at + 32), creatorRevision: view.getUint32(at + 32, true), heapOffset: view.getUint32(at + 36, true), heapLength: view.getUint32(at + 40, true), driverSignatureRef: { offset: view.getUint32(at + 44, true), length: view.getUint16(at + 48, true) }, minorRevision: view.getUint8(at + 50), reserved51: bytes.subarray(at + 51, at + 64) };
}

/** Record of a {@link ControlDescriptor} at `at`; the caller has checked that 64 bytes are there. */
export function readControlDescriptor(view: DataView, bytes: Uint8Array, at: number): ControlDescriptorRecord {
  return { structureId: view.getUint8(at), majorRevision: view.getUint8(at + 1), minorRevision: view.getUint8(at + 2), reserved3: bytes.subarray(at + 3, at + 4), descriptorLength: view.getUint16(at + 4, true), flags: view.getUint8(at + 6), reserved7: bytes.subarray(at + 7, at + 8), hostOffset: view.getUint32(at + 8, true), hostLength: view.getUint16(at + 12, true), hostVersion: view.getUint8(at + 14), reserved15: bytes.subarray(at + 15, at + 16), hfiOffset: view.getUint32(at + 16, true), hfiLength: view.getUint16(at + 20, true), hfiVersion: view.getUint8(at + 22), hfiCount: view.getUint8(at + 23), ssnsOffset: view.getUint32(at + 24, true), ssnsLength: view.getUint16(at + 28, true), ssnsVersion: view.getUint8(at + 30), ssnsCount: view.getUint8(at + 31), securityOffset: view.getUint32(at + 32, true), securityLength: view.getUint16(at + 36, true), securityVersion: view.getUint8(at + 38), securityCount: view.getUint8(at + 39), discoveryOffset: view.getUint32(at + 40, true), discoveryLength: view.getUint16(at + 44, true), discoveryVersion: view.getUint8(at + 46), discoveryCount: view.getUint8(at + 47), reserved48: bytes.subarray(at + 48, at + 64) };
}

/** Record of a {@link HostDescriptor} at `at`; the caller has checked that 32 bytes are there. */
export function readHostDescriptor(view: DataView, bytes: Uint8Array, at: number): HostDescriptorRecord {
  return { structureId: view.getUint8(at), flags: view.getUint8(at + 1), hostId: bytes.subarray(at + 2, at + 18), hostNqnRef: { offset: view.getUint32(at + 18, true), length: view.getUint16(at + 22, true) }, reserved24: bytes.subarray(at + 24, at + 32) };
}

/** Record of a {@link HfiExtendedInfo} at `at`; the caller has checked that 20 bytes are there. */
export function readHfiExtendedInfo(view: DataView, bytes: Uint8Array, at: number): HfiExtendedInfoRecord {
  return { structureId: view.getUint8(at), version: view.getUint8(at + 1), hfiIndex: view.getUint16(at + 2, true), flags: view.getUint32(at + 4, true), dhcpIaidRef: { offset: view.getUint32(at + 8, true), length: view.getUint16(at + 12, true) }, dhcpDuidRef: { offset: view.getUint32(at + 14, true), length: view.getUint16(at + 18, true) } };
}

/** Record of a {@link HfiTransportInfoTcp} at `at`; the caller has checked that 128 bytes are there. */
export function readHfiTransportInfoTcp(view: DataView, bytes: Uint8Array, at: number): HfiTransportInfoTcpRecord {
  return { structureId: view.getUint8(at), version: view.getUint8(at + 1), trtype: view.getUint8(at + 2), transportInfoVersion: view.getUint8(at + 3), hfiIndex: view.getUint16(at + 4, true), flags: view.getUint8(at + 6), pciSbdf: bytes.subarray(at + 7, at + 11), mac: bytes.subarray(at + 11, at + 17), vlan: view.getUint16(at + 17, true), ipOrigin: view.getUint8(at + 19), ipAddress: bytes.subarray(at + 20, at + 36), subnetMaskPrefix: view.getUint8(at + 36), gateway: bytes.subarray(at + 37, at + 53), reserved53: bytes.subarray(at + 53, at + 54), routeMetric: view.getUint16(at + 54, true), primaryDns: bytes.subarray(at + 56, at + 72), secondaryDns: bytes.subarray(at + 72, at + 88), dhcpServer: bytes.subarray(at + 88, at + 104), hostNameRef: { offset: view.getUint32(at + 104, true), length: view.getUint16(at + 108, true) }, extendedInfoRef: { offset: view.getUint32(at + 110, true), length: view.getUint16(at + 114, true) }, pcieSegment: view.getUint8(at + 116), reserved117: bytes.subarray(at + 117, at + 128) };
}

/** Record of a {@link HfiDescriptor} at `at`; the caller has checked that 32 bytes are there. */
export function readHfiDescriptor(view: DataView, bytes: Uint8Array, at: number): HfiDescriptorRecord {
  return { structureId: view.getUint8(at), index: view.getUint8(at + 1), flags: view.getUint8(at + 2), trtype: view.getUint8(at + 3), reserved4: bytes.subarray(at + 4, at + 16), transportInfoRef: { offset: view.getUint32(at + 16, true), length: view.getUint16(at + 20, true) }, reserved22: bytes.subarray(at + 22, at + 32) };
}

/** Record of a {@link SsnsExtendedInfo} at `at`; the caller has checked that 23 bytes are there. */
export function readSsnsExtendedInfo(view: DataView, bytes: Uint8Array, at: number): SsnsExtendedInfoRecord {
  return { structureId: view.getUint8(at), version: view.getUint8(at + 1), ssnsIndex: view.getUint16(at + 2, true), flags: view.getUint32(at + 4, true), cntlid: view.getUint16(at + 8, true), asqsz: view.getUint16(at + 10, true), dhcpRootPathRef: { offset: view.getUint32(at + 12, true), length: view.getUint16(at + 16, true) }, naed: view.getUint8(at + 18), cipeec: view.getUint8(at + 19), connectionTimeout: view.getUint16(at + 20, true), nceec: view.getUint8(at + 22) };
}

/** Record of a {@link SsnsDescriptor} at `at`; the caller has checked that 128 bytes are there. */
export function readSsnsDescriptor(view: DataView, bytes: Uint8Array, at: number): SsnsDescriptorRecord {
  return { structureId: view.getUint8(at), index: view.getUint16(at + 1, true), flags: view.getUint16(at + 3, true), trtype: view.getUint8(at + 5), transportFlags: view.getUint16(at + 6, true), discoveryIndex: view.getUint8(at + 8), reserved9: bytes.subarray(at + 9, at + 10), traddrRef: { offset: view.getUint32(at + 10, true), length: view.getUint16(at + 14, true) }, trsvcidRef: { offset: view.getUint32(at + 16, true), length: view.getUint16(at + 20, true) }, subsysPortId: view.getUint16(at + 22, true), nsid: view.getUint32(at + 24, true), nidType: view.getUint8(at + 28), nid: bytes.subarray(at + 29, at + 45), securityIndex: view.getUint8(at + 45), primaryHfi: view.getUint8(at + 46), reserved47: bytes.subarray(at + 47, at + 48), secondaryHfisRef: { offset: view.getUint32(at + 48, true), length: view.getUint16(at + 52, true) }, subsystemNqnRef: { offset: view.getUint32(at + 54, true), length: view.getUint16(at + 58, true) }, extendedInfoRef: { offset: view.getUint32(at + 60, true), length: view.getUint16(at + 64, true) }, reserved66: bytes.subarray(at + 66, at + 128) };
}

/** Record of a {@link SecurityProfileDescriptor} at `at`; the caller has checked that 64 bytes are there. */
export function readSecurityProfileDescriptor(view: DataView, bytes: Uint8Array, at: number): SecurityProfileDescriptorRecord {
  return { structureId: view.getUint8(at), index: view.getUint8(at + 1), flags: view.getUint16(at + 2, true), secretType: view.getUint8(at + 4), reserved5: bytes.subarray(at + 5, at + 6), secureChannelAlgorithmsRef: { offset: view.getUint32(at + 6, true), length: view.getUint16(at + 10, true) }, authProtocolsRef: { offset: view.getUint32(at + 12, true), length: view.getUint16(at + 16, true) }, cipherSuitesRef: { offset: view.getUint32(at + 18, true), length: view.getUint16(at + 22, true) }, dhGroupsRef: { offset: view.getUint32(at + 24, true), length: view.getUint16(at + 28, true) }, secureHashesRef: { offset: view.getUint32(at + 30, true), length: view.getUint16(at + 34, true) }, secretKeypathRef: { offset: view.getUint32(at + 36, true), length: view.getUint16(at + 40, true) }, reserved42: bytes.subarray(at + 42, at + 64) };
}

/** Record of a {@link DiscoveryDescriptor} at `at`; the caller has checked that 32 bytes are there. */
export function readDiscoveryDescriptor(view: DataView, bytes: Uint8Array, at: number): DiscoveryDescriptorRecord {
  return { structureId: view.getUint8(at), flags: view.getUint8(at + 1), index: view.getUint8(at + 2), hfiIndex: view.getUint8(at + 3), securityIndex: view.getUint8(at + 4), reserved5: bytes.subarray(at + 5, at + 6), uriRef: { offset: view.getUint32(at + 6, true), length: view.getUint16(at + 10, true) }, nqnRef: { offset: view.getUint32(at + 12, true), length: view.getUint16(at + 16, true) }, reserved18: bytes.subarray(at + 18, at + 32) };
}

/** Numbers of a {@link NbftHeader} at `at`; the caller has checked that 64 bytes are there. */
export function numbersOfNbftHeader(view: DataView, at: number): NbftHeaderNumbers {
  return { length: view.getUint32(at + 4, true), majorRevision: view.getUint8(at + 8), checksum: view.getUint8(at + 9), oemRevision: view.getUint32(at + 24, true), creatorRevision: view.getUint32(at + 32, true), heapOffset: view.getUint32(at + 36, true), heapLength: view.getUint32(at + 40, true), minorRevision: view.getUint8(at + 50) };
}

/** Numbers of a {@link ControlDescriptor} at `at`; the caller has checked that 64 bytes are there. */
export function numbersOfControlDescriptor(view: DataView, at: number): ControlDescriptorNumbers {
  return { structureId: view.getUint8(at), majorRevision: view.getUint8(at + 1), minorRevision: view.getUint8(at + 2), descriptorLength: view.getUint16(at + 4, true), flags: view.getUint8(at + 6), hostOffset: view.getUint32(at + 8, true), hostLength: view.getUint16(at + 12, true), hostVersion: view.getUint8(at + 14), hfiOffset: view.getUint32(at + 16, true), hfiLength: view.getUint16(at + 20, true), hfiVersion: view.getUint8(at + 22), hfiCount: view.getUint8(at + 23), ssnsOffset: view.getUint32(at + 24, true), ssnsLength: view.getUint16(at + 28, true), ssnsVersion: view.getUint8(at + 30), ssnsCount: view.getUint8(at + 31), securityOffset: view.getUint32(at + 32, true), securityLength: view.getUint16(at + 36, true), securityVersion: view.getUint8(at + 38), securityCount: view.getUint8(at + 39), discoveryOffset: view.getUint32(at + 40, true), discoveryLength: view.getUint16(at + 44, true), discoveryVersion: view.getUint8(at + 46), discoveryCount: view.getUint8(at + 47) };
}
