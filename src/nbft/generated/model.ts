// Generated from the descriptions in src/nbft/structures by `npm run generate`; do not edit.

/**
 * NBFT Header. The ACPI table header and what the NBFT adds to it. Length, checksum and heap are left out, because
 * they follow from the rest.
 *
 * NVMe Boot Specification 1.3, Figure 9. 64 bytes.
 */
export interface NbftHeader {
  /**
   * Signature (SIG).
   *
   * Figure 9, bytes 0 to 3.
   *
   * Absent when it is NBFT, as the specification requires.
   */
  readonly signature?: string | undefined;
  /**
   * Major Revision (MAJREV): readers accept tables of major revision 1 only.
   *
   * Figure 9, byte 8.
   */
  readonly majorRevision: number;
  /**
   * OEM ID (OEMID): names the maker of the machine or its firmware.
   *
   * Figure 9, bytes 10 to 15.
   */
  readonly oemId: string;
  /**
   * OEM Table ID (OEMTID): the maker's name for the table.
   *
   * Figure 9, bytes 16 to 23.
   */
  readonly oemTableId: string;
  /**
   * OEM Revision (OEMREV): the maker's revision of the table.
   *
   * Figure 9, bytes 24 to 27.
   */
  readonly oemRevision: number;
  /**
   * Creator ID (CRID): names the program that made the table.
   *
   * Figure 9, bytes 28 to 31.
   */
  readonly creatorId: string;
  /**
   * Creator Revision (CRREV): revision of that program.
   *
   * Figure 9, bytes 32 to 35.
   */
  readonly creatorRevision: number;
  /**
   * Driver Dev Path Signature (DSHOR): identifies the driver that made the table; with UEFI the device path of its
   * image.
   *
   * Figure 9, bytes 44 to 49.
   *
   * Absent when the reference is empty or leads to no such object.
   */
  readonly driverSignature?: string | undefined;
  /**
   * Minor Revision (MINREV): 0 in tables of the Boot Specification 1.0, 1 in those of 1.1 to 1.3.
   *
   * Figure 9, byte 50.
   */
  readonly minorRevision: number;
}

/**
 * Control Descriptor Flags (CDFLAGS).
 *
 * Figure 9, byte 6.
 */
export interface ControlDescriptorFlags {
  /**
   * Block Valid: whether anything is configured; where it is clear, the table has no host and no lists.
   *
   * Bit 0.
   */
  readonly valid: boolean;
  /** Bits without a name that are set, as a number; absent when none is. */
  readonly reserved?: number | undefined;
}

/**
 * Control Descriptor. At offset 64 of every table. Where the Host Descriptor and the lists are is left out,
 * because it follows from the rest.
 *
 * NVMe Boot Specification 1.3, Figure 9. 64 bytes.
 */
export interface ControlDescriptor {
  /**
   * Structure ID (CDSTRUCTID).
   *
   * Figure 9, byte 0.
   *
   * Absent when it is 1, as the specification requires.
   */
  readonly structureId?: number | undefined;
  /**
   * Major Revision (CDMAJREV): of the Control Descriptor; 1.
   *
   * Figure 9, byte 1.
   */
  readonly majorRevision: number;
  /**
   * Minor Revision (CDMINREV): of the Control Descriptor; 0, in tables of revision 1.1 too.
   *
   * Figure 9, byte 2.
   */
  readonly minorRevision: number;
  /**
   * Control Descriptor Length (CDCSL), in bytes.
   *
   * Figure 9, bytes 4 to 5.
   *
   * Absent when it is 64, as the specification requires.
   */
  readonly descriptorLength?: number | undefined;
  /**
   * Control Descriptor Flags (CDFLAGS).
   *
   * Figure 9, byte 6.
   */
  readonly flags: ControlDescriptorFlags;
}

/**
 * Host Flags (HFLAGS).
 *
 * Figure 10, byte 1.
 */
export interface HostDescriptorFlags {
  /**
   * Descriptor Valid: readers refuse the table where it is clear.
   *
   * Bit 0.
   */
  readonly valid: boolean;
  /**
   * HostID Configured (HIDCON): an administrator set the Host Identifier; else the firmware derived it.
   *
   * Bit 1.
   */
  readonly hostIdConfigured: boolean;
  /**
   * Host NQN Configured (HNQNCON): an administrator set the host NQN; else the firmware derived it.
   *
   * Bit 2.
   */
  readonly hostNqnConfigured: boolean;
  /**
   * Primary Admin Host Descriptor (PAHD): whether this is the host to use where a machine has several tables.
   *
   * Bits 4:3. Values: 0 not indicated, 1 unselected, 2 selected, 3 reserved; any other stays a number.
   */
  readonly primaryAdminHost: "not indicated" | "unselected" | "selected" | "reserved" | number;
  /** Bits without a name that are set, as a number; absent when none is. */
  readonly reserved?: number | undefined;
}

/**
 * Host Descriptor. Who the host is to NVMe subsystems.
 *
 * NVMe Boot Specification 1.3, Figure 10. 32 bytes.
 */
export interface HostDescriptor {
  /**
   * Structure ID (STRUCTID).
   *
   * Figure 10, byte 0.
   *
   * Absent when it is 2, as the specification requires.
   */
  readonly structureId?: number | undefined;
  /**
   * Host Flags (HFLAGS).
   *
   * Figure 10, byte 1.
   */
  readonly flags: HostDescriptorFlags;
  /**
   * Host Identifier (HOSTID): a UUID in the order in which its bytes are stored, as nvme-cli shows it; many firmware
   * builds store it in EFI_GUID order; all zero where there is none.
   *
   * Figure 10, bytes 2 to 17.
   */
  readonly hostId: string;
  /**
   * Host NQN (HNQNHOR).
   *
   * Figure 10, bytes 18 to 23.
   *
   * Absent when the reference is empty or leads to no such object.
   */
  readonly hostNqn?: string | undefined;
}

/**
 * HFI Descriptor Flags (HFIDFLAGS).
 *
 * Figure 12, byte 2.
 */
export interface HfiDescriptorFlags {
  /**
   * Descriptor Valid: readers skip the descriptor where it is clear.
   *
   * Bit 0.
   */
  readonly valid: boolean;
  /** Bits without a name that are set, as a number; absent when none is. */
  readonly reserved?: number | undefined;
}

/**
 * Host Fabric Interface (HFI) Descriptor. A network interface of the host; its configuration is in transportInfo.
 *
 * NVMe Boot Specification 1.3, Figure 12. 32 bytes.
 */
export interface HfiDescriptor {
  /**
   * Structure ID (STRUCTID).
   *
   * Figure 12, byte 0.
   *
   * Absent when it is 3, as the specification requires.
   */
  readonly structureId?: number | undefined;
  /**
   * HFI Descriptor Index (HFIDIDX): the number by which other descriptors name this interface; the first is 1.
   *
   * Figure 12, byte 1.
   */
  readonly index: number;
  /**
   * HFI Descriptor Flags (HFIDFLAGS).
   *
   * Figure 12, byte 2.
   */
  readonly flags: HfiDescriptorFlags;
  /**
   * HFI Transport Type (HFITT).
   *
   * Figure 12, byte 3. Values: 3 tcp; any other stays a number.
   */
  readonly trtype: "tcp" | number;
  /**
   * HFI Transport Info Descriptor (HFITIDHOR): the interface's network configuration.
   *
   * Figure 12, bytes 16 to 21.
   *
   * Absent when the reference is empty or leads to no such object.
   */
  readonly transportInfo?: HfiTransportInfoTcp | undefined;
}

/**
 * HFI Transport Flags (HFITFLAGS).
 *
 * Figure 14, byte 6.
 */
export interface HfiTransportInfoTcpFlags {
  /**
   * Descriptor Valid: readers skip the interface where it is clear.
   *
   * Bit 0.
   */
  readonly valid: boolean;
  /**
   * Global Route vs. Link Local Override Flag (GRLLOF): the firmware used this interface as its default route.
   *
   * Bit 1.
   */
  readonly defaultRoute: boolean;
  /**
   * DHCP Override (DHCPO): the configuration came from DHCP.
   *
   * Bit 2.
   */
  readonly dhcpOverride: boolean;
  /**
   * IP Address Autoconfigured (IAA): address, prefix and gateway came from IPv6 autoconfiguration.
   *
   * Bit 3, since revision 1.1.
   */
  readonly ipAutoconfigured: boolean;
  /** Bits without a name that are set, as a number; absent when none is. */
  readonly reserved?: number | undefined;
}

/**
 * HFI Transport Info Descriptor - NVMe/TCP. An interface and its network configuration.
 *
 * NVMe Boot Specification 1.3, Figure 14. 128 bytes.
 */
export interface HfiTransportInfoTcp {
  /**
   * Structure ID (STRUCTID).
   *
   * Figure 14, byte 0.
   *
   * Absent when it is 7, as the specification requires.
   */
  readonly structureId?: number | undefined;
  /**
   * Version (VER).
   *
   * Figure 14, byte 1.
   *
   * Absent when it is 1, as the specification requires.
   */
  readonly version?: number | undefined;
  /**
   * HFI Transport Type (HFITT).
   *
   * Figure 14, byte 2. Values: 3 tcp; any other stays a number.
   *
   * Absent when it is 3 (tcp), as the specification requires.
   */
  readonly trtype?: "tcp" | number | undefined;
  /**
   * Transport Info Version (TIV): 1 in the layout of revision 1.0, 2 since 1.1; extendedInfo and pcieSegment need 2.
   *
   * Figure 14, byte 3.
   */
  readonly transportInfoVersion: number;
  /**
   * HFI Descriptor Index (HFIDIDX): index of the interface that it belongs to.
   *
   * Figure 14, bytes 4 to 5.
   */
  readonly hfiIndex: number;
  /**
   * HFI Transport Flags (HFITFLAGS).
   *
   * Figure 14, byte 6.
   */
  readonly flags: HfiTransportInfoTcpFlags;
  /**
   * PCI Express Routing ID for the HFI Transport Function (PCIERIDHFITF): segment, bus, device and function, for
   * example 0000:00:04.0.
   *
   * Figure 14, bytes 7 to 10.
   */
  readonly pciSbdf: string;
  /**
   * MAC Address (MACADDR): for example 52:54:00:12:34:56.
   *
   * Figure 14, bytes 11 to 16.
   */
  readonly mac: string;
  /**
   * VLAN ID (VLANID): 0 for none.
   *
   * Figure 14, bytes 17 to 18.
   */
  readonly vlan: number;
  /**
   * IP Address Origin (IPORIG): where the address came from.
   *
   * Figure 14, byte 19. Values: 0 other, 1 manual, 2 well-known, 3 dhcp, 4 router-advertisement; any other stays a
   * number.
   */
  readonly ipOrigin: "other" | "manual" | "well-known" | "dhcp" | "router-advertisement" | number;
  /**
   * IP Address (IPADDR).
   *
   * Figure 14, bytes 20 to 35.
   *
   * Absent when all bytes are zero.
   */
  readonly ipAddress?: string | undefined;
  /**
   * Subnet Mask Prefix (IPMASK), in bits.
   *
   * Figure 14, byte 36.
   */
  readonly subnetMaskPrefix: number;
  /**
   * IP Gateway (IPGW).
   *
   * Figure 14, bytes 37 to 52.
   *
   * Absent when all bytes are zero.
   */
  readonly gateway?: string | undefined;
  /**
   * Route Metric (RM): 500 where routing works and no metric is set, 0 without routing.
   *
   * Figure 14, bytes 54 to 55.
   */
  readonly routeMetric: number;
  /**
   * Primary DNS (PDNS).
   *
   * Figure 14, bytes 56 to 71.
   *
   * Absent when all bytes are zero.
   */
  readonly primaryDns?: string | undefined;
  /**
   * Secondary DNS (SDNS).
   *
   * Figure 14, bytes 72 to 87.
   *
   * Absent when all bytes are zero.
   */
  readonly secondaryDns?: string | undefined;
  /**
   * DHCP Server Address (DHCP): reserved unless flags.dhcpOverride is set.
   *
   * Figure 14, bytes 88 to 103.
   *
   * Absent when all bytes are zero.
   */
  readonly dhcpServer?: string | undefined;
  /**
   * Host Name (HNHOR): with or without its domain; DHCP option 12.
   *
   * Figure 14, bytes 104 to 109.
   *
   * Absent when the reference is empty or leads to no such object.
   */
  readonly hostName?: string | undefined;
  /**
   * HFI Transport Info Extended Information (HTIEIDOR).
   *
   * Figure 14, bytes 110 to 115, since revision 1.1.
   *
   * Absent when `transportInfoVersion` is less than 2, and when the reference is empty or leads to no such object.
   */
  readonly extendedInfo?: HfiExtendedInfo | undefined;
  /**
   * PCI Express Segment Number (PCIESN): in Flit mode, else 0.
   *
   * Figure 14, byte 116, since revision 1.1.
   *
   * Absent when `transportInfoVersion` is less than 2.
   */
  readonly pcieSegment?: number | undefined;
}

/**
 * HFI Extended Info Flags (FLAGS).
 *
 * Figure 15, bytes 4 to 7.
 */
export interface HfiExtendedInfoFlags {
  /**
   * Descriptor Valid: readers skip the descriptor where it is clear.
   *
   * Bit 0.
   */
  readonly valid: boolean;
  /**
   * DHCP Client Information (DCI): IAID and DUID are there, and the address came from DHCP.
   *
   * Bit 1.
   */
  readonly dhcpClientInfo: boolean;
  /** Bits without a name that are set, as a number; absent when none is. */
  readonly reserved?: number | undefined;
}

/**
 * HFI Transport Info Extended Information Descriptor. The DHCP identity that the firmware used. Since revision
 * 1.1.
 *
 * NVMe Boot Specification 1.3, Figure 15. 20 bytes.
 */
export interface HfiExtendedInfo {
  /**
   * Structure ID (STRUCTID).
   *
   * Figure 15, byte 0.
   *
   * Absent when it is 10, as the specification requires.
   */
  readonly structureId?: number | undefined;
  /**
   * Version (VER).
   *
   * Figure 15, byte 1.
   *
   * Absent when it is 1, as the specification requires.
   */
  readonly version?: number | undefined;
  /**
   * HFI Transport Info Descriptor Index (HFITIDIDX): index of the interface that it belongs to.
   *
   * Figure 15, bytes 2 to 3.
   */
  readonly hfiIndex: number;
  /**
   * HFI Extended Info Flags (FLAGS).
   *
   * Figure 15, bytes 4 to 7.
   */
  readonly flags: HfiExtendedInfoFlags;
  /**
   * DHCP Client Identity Association Identifier (IPDCIHIOR): the IAID as a number.
   *
   * Figure 15, bytes 8 to 13.
   *
   * Absent when the reference is empty or leads to no such object.
   */
  readonly dhcpIaid?: number | undefined;
  /**
   * DHCP Client DHCP Unique Identifier (IPDCIHDOR): the DUID as hexadecimal digits in the order in which its bytes
   * are stored; interpretDuid reads it.
   *
   * Figure 15, bytes 14 to 19.
   *
   * Absent when the reference is empty or leads to no such object.
   */
  readonly dhcpDuid?: string | undefined;
}

/**
 * SSNS Flags (SSNSFLAGS).
 *
 * Figure 18, bytes 3 to 4.
 */
export interface SsnsDescriptorFlags {
  /**
   * Descriptor Valid: readers skip the descriptor where it is clear.
   *
   * Bit 0.
   */
  readonly valid: boolean;
  /**
   * Non-bootable Entry (NBEFLAG): nothing is booted from this namespace.
   *
   * Bit 1.
   */
  readonly nonBootable: boolean;
  /**
   * Use Security (USFLAG): securityIndex names the security profile of the connection.
   *
   * Bit 2.
   */
  readonly useSecurity: boolean;
  /**
   * DHCP Root-Path Override (DHCPRPOFLAG): the namespace came from a DHCP root path; extendedInfo.dhcpRootPath holds
   * it.
   *
   * Bit 3.
   */
  readonly dhcpRootPathOverride: boolean;
  /**
   * SSNS Extended Info In Use (SSNSEIIFLAG): extendedInfo is there.
   *
   * Bit 4.
   */
  readonly extendedInfoInUse: boolean;
  /**
   * Separate Discovery Controller (SDCFLAG): the discovery controller has another address than the subsystem.
   *
   * Bit 5.
   */
  readonly separateDiscoveryController: boolean;
  /**
   * Discovered Namespace (DNFLAG): a discovery controller named the namespace.
   *
   * Bit 6.
   */
  readonly discovered: boolean;
  /**
   * Unavailable Namespace (UNFLAG): whether the firmware reached the namespace.
   *
   * Bits 8:7. Values: 0 not indicated, 1 available, 2 unavailable, 3 reserved; any other stays a number.
   */
  readonly unavailable: "not indicated" | "available" | "unavailable" | "reserved" | number;
  /** Bits without a name that are set, as a number; absent when none is. */
  readonly reserved?: number | undefined;
}

/**
 * Transport Specific Flags (TSFLAGS).
 *
 * Figure 19, bytes 6 to 7.
 */
export interface SsnsDescriptorTransportFlags {
  /**
   * Transport Specific Flags in Use (TSFIU): the other flags mean something.
   *
   * Bit 0.
   */
  readonly inUse: boolean;
  /**
   * PDU Header Digest Required (HDGSTF).
   *
   * Bit 1.
   */
  readonly headerDigest: boolean;
  /**
   * Data Digest Required (DDGSTF).
   *
   * Bit 2.
   */
  readonly dataDigest: boolean;
  /** Bits without a name that are set, as a number; absent when none is. */
  readonly reserved?: number | undefined;
}

/**
 * Subsystem and Namespace (SSNS) Descriptor. One namespace to boot from and the paths to it.
 *
 * NVMe Boot Specification 1.3, Figure 17. 128 bytes.
 */
export interface SsnsDescriptor {
  /**
   * Structure ID (STRUCTID).
   *
   * Figure 17, byte 0.
   *
   * Absent when it is 4, as the specification requires.
   */
  readonly structureId?: number | undefined;
  /**
   * SSNS Descriptor Index (SSNSDIDX): the number by which other descriptors name this one; the first is 1.
   *
   * Figure 17, bytes 1 to 2.
   */
  readonly index: number;
  /**
   * SSNS Flags (SSNSFLAGS).
   *
   * Figure 18, bytes 3 to 4.
   */
  readonly flags: SsnsDescriptorFlags;
  /**
   * Transport Type (TRTYPE).
   *
   * Figure 17, byte 5. Values: 3 tcp; any other stays a number.
   */
  readonly trtype: "tcp" | number;
  /**
   * Transport Specific Flags (TSFLAGS).
   *
   * Figure 19, bytes 6 to 7.
   */
  readonly transportFlags: SsnsDescriptorTransportFlags;
  /**
   * Primary Discovery Controller Index (PDCIDX): index of the Discovery Descriptor through which the namespace was
   * found; 0 for none.
   *
   * Figure 17, byte 8.
   */
  readonly discoveryIndex: number;
  /**
   * Subsystem Transport Address (STAHOR): IP address of the subsystem.
   *
   * Figure 17, bytes 10 to 15.
   *
   * Absent when the reference is empty or leads to no such object.
   */
  readonly traddr?: string | undefined;
  /**
   * Subsystem Transport Service Identifier (STSIHOR): TCP port of the subsystem, as text.
   *
   * Figure 17, bytes 16 to 21.
   *
   * Absent when the reference is empty or leads to no such object.
   */
  readonly trsvcid?: string | undefined;
  /**
   * NVM Subsystem Port ID (NVMSPID).
   *
   * Figure 17, bytes 22 to 23.
   */
  readonly subsysPortId: number;
  /**
   * Namespace ID (NSID): 0 if the namespace is known only by its identifier.
   *
   * Figure 17, bytes 24 to 27.
   */
  readonly nsid: number;
  /**
   * Namespace Identifier Type (NIDT): 0 if there is no identifier.
   *
   * Figure 17, byte 28. Values: 1 eui64, 2 nguid, 3 uuid; any other stays a number.
   */
  readonly nidType: "eui64" | "nguid" | "uuid" | number;
  /**
   * Namespace Identifier (NID): a UUID, or 32 hexadecimal digits of an NGUID or 16 of an EUI-64, as nidType says.
   *
   * Figure 17, bytes 29 to 44.
   *
   * Absent when all bytes are zero, unless `nidType` says what they are.
   */
  readonly nid?: string | undefined;
  /**
   * Security Profile Descriptor Index (SPDIDX): index of the security profile that applies where flags.useSecurity
   * is set; 0 for none.
   *
   * Figure 17, byte 45.
   */
  readonly securityIndex: number;
  /**
   * Primary HFI Descriptor Index (PHFIDIDX): index of the interface through which the subsystem is reached.
   *
   * Figure 17, byte 46.
   */
  readonly primaryHfi: number;
  /**
   * Secondary HFI Associations (SHFIAHOR): indexes of further interfaces; libnvme drops a subsystem whose list is
   * empty.
   *
   * Figure 17, bytes 48 to 53.
   *
   * Absent when the reference is empty or leads to no such object.
   */
  readonly secondaryHfis?: readonly number[] | undefined;
  /**
   * NVM Subsystem NVMe Qualified Name (NVMSNNQNHOR).
   *
   * Figure 17, bytes 54 to 59.
   *
   * Absent when the reference is empty or leads to no such object.
   */
  readonly subsystemNqn?: string | undefined;
  /**
   * SSNS Extended Information Descriptor (SSNSEIDHOR).
   *
   * Figure 17, bytes 60 to 65.
   *
   * Absent unless `flags.extendedInfoInUse` is set, and when the reference is empty or leads to no such object.
   */
  readonly extendedInfo?: SsnsExtendedInfo | undefined;
}

/**
 * SSNS Extended Info Flags (FLAGS).
 *
 * Figure 21, bytes 4 to 7.
 */
export interface SsnsExtendedInfoFlags {
  /**
   * Descriptor Valid: readers skip the descriptor where it is clear.
   *
   * Bit 0.
   */
  readonly valid: boolean;
  /**
   * Administrative ASQSZ (AASQZ): an administrator set asqsz.
   *
   * Bit 1.
   */
  readonly adminAsqsz: boolean;
  /** Bits without a name that are set, as a number; absent when none is. */
  readonly reserved?: number | undefined;
}

/**
 * Subsystem and Namespace Extended Information Descriptor. How the firmware connected to a namespace, and why it
 * could not.
 *
 * NVMe Boot Specification 1.3, Figure 21. 18 or 23 bytes.
 */
export interface SsnsExtendedInfo {
  /**
   * Structure ID (STRUCTID).
   *
   * Figure 21, byte 0.
   *
   * Absent when it is 9, as the specification requires.
   */
  readonly structureId?: number | undefined;
  /**
   * Version (VER).
   *
   * Figure 21, byte 1.
   *
   * Absent when it is 1, as the specification requires.
   */
  readonly version?: number | undefined;
  /**
   * SSNS Descriptor Index (SSNSDIDX): index of the SSNS Descriptor that it belongs to.
   *
   * Figure 21, bytes 2 to 3.
   */
  readonly ssnsIndex: number;
  /**
   * SSNS Extended Info Flags (FLAGS).
   *
   * Figure 21, bytes 4 to 7.
   */
  readonly flags: SsnsExtendedInfoFlags;
  /**
   * Controller ID (CTRLID): 0 where no administrator set it, 65535 for one that the subsystem chooses.
   *
   * Figure 21, bytes 8 to 9.
   */
  readonly cntlid: number;
  /**
   * Admin Submission Queue Size (ASQSZ), in entries: 0 where it is not known.
   *
   * Figure 21, bytes 10 to 11.
   */
  readonly asqsz: number;
  /**
   * DHCP Root Path String (DHCPRPSHOR): where the SSNS Descriptor's flags.dhcpRootPathOverride is set.
   *
   * Figure 21, bytes 12 to 17.
   *
   * Absent when the reference is empty or leads to no such object.
   */
  readonly dhcpRootPath?: string | undefined;
  /**
   * Namespace Access Error Details (NAED): why the namespace is unavailable.
   *
   * Figure 21, byte 18, since revision 1.1. Values: 0 none, 1 network error, 2 connection failure, 3 connect invalid
   * parameters, 4 connect invalid host, 5 connection timeout, 6 discovery log timeout, 7 namespace missing, 8
   * namespace not ready, 9 redfish keypath failure, 16 secure channel negotiation failure, 17 authentication
   * failure, 18 authentication required, 19 dhcp failure, 20 dhcp root path failure; any other stays a number.
   *
   * Absent in the form of 18 bytes.
   */
  readonly naed?: "none" | "network error" | "connection failure" | "connect invalid parameters" | "connect invalid host" | "connection timeout" | "discovery log timeout" | "namespace missing" | "namespace not ready" | "redfish keypath failure" | "secure channel negotiation failure" | "authentication failure" | "authentication required" | "dhcp failure" | "dhcp root path failure" | number | undefined;
  /**
   * Connect Invalid Parameters Extended Error Code (CIPEEC): where naed says connect invalid parameters.
   *
   * Figure 21, byte 19, since revision 1.1. Values: 0 none, 1 general, 2 bad attributes in response, 3 dh group
   * mismatch, 4 bad controller id, 5 io controller disabled; any other stays a number.
   *
   * Absent in the form of 18 bytes.
   */
  readonly cipeec?: "none" | "general" | "bad attributes in response" | "dh group mismatch" | "bad controller id" | "io controller disabled" | number | undefined;
  /**
   * Connection Timeout (CTO), in seconds: 65535 where it is not specified.
   *
   * Figure 21, bytes 20 to 21, since revision 1.1.
   *
   * Absent in the form of 18 bytes.
   */
  readonly connectionTimeout?: number | undefined;
  /**
   * Network Connection Extended Error Code (NCEEC): where naed says network error.
   *
   * Figure 21, byte 22, since revision 1.1. Values: 0 none, 1 link, 2 carrier, 3 refused, 4 no route, 5
   * fragmentation, 6 mtu, 7 name resolution; any other stays a number.
   *
   * Absent in the form of 18 bytes.
   */
  readonly nceec?: "none" | "link" | "carrier" | "refused" | "no route" | "fragmentation" | "mtu" | "name resolution" | number | undefined;
}

/**
 * Security Profile Descriptor Flags (SPDFLAGS).
 *
 * Figure 24, bytes 2 to 3.
 */
export interface SecurityProfileDescriptorFlags {
  /**
   * Descriptor Valid: readers skip the descriptor where it is clear.
   *
   * Bit 0.
   */
  readonly valid: boolean;
  /**
   * In-Band Authentication Required (IBAR).
   *
   * Bits 2:1. Values: 0 not supported, 1 supported, 2 required, 3 reserved; any other stays a number.
   */
  readonly inBandAuthentication: "not supported" | "supported" | "required" | "reserved" | number;
  /**
   * Authentication Policy List (APL): who set authProtocols.
   *
   * Bits 4:3. Values: 0 none, 1 driver, 2 admin, 3 reserved; any other stays a number.
   */
  readonly authPolicyList: "none" | "driver" | "admin" | "reserved" | number;
  /**
   * Secure Channel Negotiation Required (SCNR).
   *
   * Bits 6:5. Values: 0 not supported, 1 supported, 2 required, 3 reserved; any other stays a number.
   */
  readonly secureChannel: "not supported" | "supported" | "required" | "reserved" | number;
  /**
   * Security Policy List (SPL): who set secureChannelAlgorithms.
   *
   * Bits 8:7. Values: 0 none, 1 driver, 2 admin, 3 reserved; any other stays a number.
   */
  readonly secureChannelPolicyList: "none" | "driver" | "admin" | "reserved" | number;
  /**
   * Cipher Suites Restricted by Policy (CSRP): only those in cipherSuites are allowed.
   *
   * Bit 9.
   */
  readonly cipherSuitesRestricted: boolean;
  /**
   * Authentication DH Groups Restricted by Policy List (ADHGRPL): only those in dhGroups are allowed.
   *
   * Bit 10.
   */
  readonly dhGroupsRestricted: boolean;
  /**
   * Secure Hash Functions Policy List (SHFPL): only those in secureHashes are allowed.
   *
   * Bit 11.
   */
  readonly hashesRestricted: boolean;
  /** Bits without a name that are set, as a number; absent when none is. */
  readonly reserved?: number | undefined;
}

/**
 * Secret Type (ST).
 *
 * Figure 23, byte 4.
 */
export interface SecurityProfileDescriptorSecretType {
  /**
   * Redfish Host Interface URI: secretKeypath is such a URI.
   *
   * Bit 1.
   */
  readonly redfishHostInterfaceUri: boolean;
  /** Bits without a name that are set, as a number; absent when none is. */
  readonly reserved?: number | undefined;
}

/**
 * Security Profile Descriptor. What authentication and encryption a connection asks for. A list that the flags do
 * not enable is absent.
 *
 * NVMe Boot Specification 1.3, Figure 23. 64 bytes.
 */
export interface SecurityProfileDescriptor {
  /**
   * Structure ID (STRUCTID).
   *
   * Figure 23, byte 0.
   *
   * Absent when it is 5, as the specification requires.
   */
  readonly structureId?: number | undefined;
  /**
   * Security Profile Descriptor Index (SPDIDX): the number by which other descriptors name this profile; the first
   * is 1.
   *
   * Figure 23, byte 1.
   */
  readonly index: number;
  /**
   * Security Profile Descriptor Flags (SPDFLAGS).
   *
   * Figure 24, bytes 2 to 3.
   */
  readonly flags: SecurityProfileDescriptorFlags;
  /**
   * Secret Type (ST).
   *
   * Figure 23, byte 4.
   */
  readonly secretType: SecurityProfileDescriptorSecretType;
  /**
   * Secure Channel Algorithm (SCAHOR): allowed secure channels (NVMe/TCP SECTYPE).
   *
   * Figure 23, bytes 6 to 11. Values: 0 none, 1 tls1.2, 2 tls1.3; any other stays a number.
   *
   * Absent when `flags.secureChannelPolicyList` is 0, and when the reference is empty or leads to no such object.
   */
  readonly secureChannelAlgorithms?: readonly ("none" | "tls1.2" | "tls1.3" | number)[] | undefined;
  /**
   * Authentication Protocols (APHOR): allowed authentication protocols.
   *
   * Figure 23, bytes 12 to 17. Values: 1 dh-hmac-chap; any other stays a number.
   *
   * Absent when `flags.authPolicyList` is 0, and when the reference is empty or leads to no such object.
   */
  readonly authProtocols?: readonly ("dh-hmac-chap" | number)[] | undefined;
  /**
   * Cipher Suite Offset (CSOHOR): allowed TLS cipher suites by their IANA numbers.
   *
   * Figure 23, bytes 18 to 23. Values: 168 TLS_PSK_WITH_AES_128_GCM_SHA256, 169 TLS_PSK_WITH_AES_256_GCM_SHA384, 170
   * TLS_DHE_PSK_WITH_AES_128_GCM_SHA256, 171 TLS_DHE_PSK_WITH_AES_256_GCM_SHA384, 4865 TLS_AES_128_GCM_SHA256, 4866
   * TLS_AES_256_GCM_SHA384; any other stays a number.
   *
   * Absent unless `flags.cipherSuitesRestricted` is set, and when the reference is empty or leads to no such object.
   */
  readonly cipherSuites?: readonly ("TLS_PSK_WITH_AES_128_GCM_SHA256" | "TLS_PSK_WITH_AES_256_GCM_SHA384" | "TLS_DHE_PSK_WITH_AES_128_GCM_SHA256" | "TLS_DHE_PSK_WITH_AES_256_GCM_SHA384" | "TLS_AES_128_GCM_SHA256" | "TLS_AES_256_GCM_SHA384" | number)[] | undefined;
  /**
   * DH Groups (DHGHOR): allowed Diffie-Hellman groups of DH-HMAC-CHAP.
   *
   * Figure 23, bytes 24 to 29. Values: 0 null, 1 ffdhe2048, 2 ffdhe3072, 3 ffdhe4096, 4 ffdhe6144, 5 ffdhe8192; any
   * other stays a number.
   *
   * Absent unless `flags.dhGroupsRestricted` is set, and when the reference is empty or leads to no such object.
   */
  readonly dhGroups?: readonly ("null" | "ffdhe2048" | "ffdhe3072" | "ffdhe4096" | "ffdhe6144" | "ffdhe8192" | number)[] | undefined;
  /**
   * Secure Hash Functions Offset (SHFOHOR): allowed hash functions of DH-HMAC-CHAP.
   *
   * Figure 23, bytes 30 to 35. Values: 1 sha256, 2 sha384, 3 sha512; any other stays a number.
   *
   * Absent unless `flags.hashesRestricted` is set, and when the reference is empty or leads to no such object.
   */
  readonly secureHashes?: readonly ("sha256" | "sha384" | "sha512" | number)[] | undefined;
  /**
   * Secret Keypath Offset (SKOHOR): URI of the secret, of the form that secretType names.
   *
   * Figure 23, bytes 36 to 41.
   *
   * Absent when the reference is empty or leads to no such object.
   */
  readonly secretKeypath?: string | undefined;
}

/**
 * Discovery Descriptor Flags (DDFLAGS).
 *
 * Figure 26, byte 1.
 */
export interface DiscoveryDescriptorFlags {
  /**
   * Descriptor Valid: readers skip the descriptor where it is clear.
   *
   * Bit 0.
   */
  readonly valid: boolean;
  /** Bits without a name that are set, as a number; absent when none is. */
  readonly reserved?: number | undefined;
}

/**
 * Discovery Descriptor. A discovery controller as seen through one interface.
 *
 * NVMe Boot Specification 1.3, Figure 26. 32 bytes.
 */
export interface DiscoveryDescriptor {
  /**
   * Structure ID (STRUCTID).
   *
   * Figure 26, byte 0.
   *
   * Absent when it is 6, as the specification requires.
   */
  readonly structureId?: number | undefined;
  /**
   * Discovery Descriptor Flags (DDFLAGS).
   *
   * Figure 26, byte 1.
   */
  readonly flags: DiscoveryDescriptorFlags;
  /**
   * Discovery Descriptor Index (DDIDX): the number by which other descriptors name this one; the first is 1.
   *
   * Figure 26, byte 2.
   */
  readonly index: number;
  /**
   * HFI Descriptor Index (HFIDIDX): index of the interface through which the discovery controller is reached.
   *
   * Figure 26, byte 3.
   */
  readonly hfiIndex: number;
  /**
   * Security Profile Descriptor Index (SPDIDX): index of the security profile that applies; 0 for none.
   *
   * Figure 26, byte 4.
   */
  readonly securityIndex: number;
  /**
   * Discovery Controller Address (DCAHOR): for example nvme+tcp://192.0.2.1:8009/.
   *
   * Figure 26, bytes 6 to 11.
   *
   * Absent when the reference is empty or leads to no such object.
   */
  readonly uri?: string | undefined;
  /**
   * Discovery Controller NVMe Qualified Name (DCNQNHOR): without one, nqn.2014-08.org.nvmexpress.discovery is meant.
   *
   * Figure 26, bytes 12 to 17.
   *
   * Absent when the reference is empty or leads to no such object.
   */
  readonly nqn?: string | undefined;
}

/**
 * The numbers of the NBFT Header as they are stored, wrong or not.
 *
 * NVMe Boot Specification 1.3, Figure 9.
 */
export interface NbftHeaderNumbers {
  /**
   * Length (LEN), in bytes: of the whole table; at least 128.
   *
   * Figure 9, bytes 4 to 7.
   */
  readonly length: number;
  /**
   * Major Revision (MAJREV): readers accept tables of major revision 1 only.
   *
   * Figure 9, byte 8.
   */
  readonly majorRevision: number;
  /**
   * Checksum (CKSUM): makes the sum of all bytes of the table 0 modulo 256.
   *
   * Figure 9, byte 9.
   */
  readonly checksum: number;
  /**
   * OEM Revision (OEMREV): the maker's revision of the table.
   *
   * Figure 9, bytes 24 to 27.
   */
  readonly oemRevision: number;
  /**
   * Creator Revision (CRREV): revision of that program.
   *
   * Figure 9, bytes 32 to 35.
   */
  readonly creatorRevision: number;
  /**
   * Heap Offset (HO), in bytes: from the start of the table.
   *
   * Figure 9, bytes 36 to 39.
   */
  readonly heapOffset: number;
  /**
   * Heap Length (HL), in bytes.
   *
   * Figure 9, bytes 40 to 43.
   */
  readonly heapLength: number;
  /**
   * Minor Revision (MINREV): 0 in tables of the Boot Specification 1.0, 1 in those of 1.1 to 1.3.
   *
   * Figure 9, byte 50.
   */
  readonly minorRevision: number;
}

/**
 * The numbers of the Control Descriptor as they are stored, wrong or not.
 *
 * NVMe Boot Specification 1.3, Figure 9.
 */
export interface ControlDescriptorNumbers {
  /**
   * Structure ID (CDSTRUCTID).
   *
   * Figure 9, byte 0.
   */
  readonly structureId: number;
  /**
   * Major Revision (CDMAJREV): of the Control Descriptor; 1.
   *
   * Figure 9, byte 1.
   */
  readonly majorRevision: number;
  /**
   * Minor Revision (CDMINREV): of the Control Descriptor; 0, in tables of revision 1.1 too.
   *
   * Figure 9, byte 2.
   */
  readonly minorRevision: number;
  /**
   * Control Descriptor Length (CDCSL), in bytes.
   *
   * Figure 9, bytes 4 to 5.
   */
  readonly descriptorLength: number;
  /**
   * Control Descriptor Flags (CDFLAGS).
   *
   * Figure 9, byte 6.
   */
  readonly flags: number;
  /**
   * Host Descriptor Offset (CDHDESC), in bytes.
   *
   * Figure 9, bytes 8 to 11.
   */
  readonly hostOffset: number;
  /**
   * Host Descriptor Length (CDHDESC), in bytes.
   *
   * Figure 9, bytes 12 to 13.
   */
  readonly hostLength: number;
  /**
   * Host Descriptor Version (CDHSV).
   *
   * Figure 9, byte 14.
   */
  readonly hostVersion: number;
  /**
   * HFI Descriptor List Offset (HFIO), in bytes.
   *
   * Figure 9, bytes 16 to 19.
   */
  readonly hfiOffset: number;
  /**
   * HFI Descriptor Length (HFIL), in bytes.
   *
   * Figure 9, bytes 20 to 21.
   */
  readonly hfiLength: number;
  /**
   * HFI Descriptor Version (HFIV).
   *
   * Figure 9, byte 22.
   */
  readonly hfiVersion: number;
  /**
   * Number of Host Fabric Interface Descriptors (NUMHFI).
   *
   * Figure 9, byte 23.
   */
  readonly hfiCount: number;
  /**
   * SSNS Descriptor List Offset (SSNSO), in bytes.
   *
   * Figure 9, bytes 24 to 27.
   */
  readonly ssnsOffset: number;
  /**
   * SSNS Descriptor Length (SSNSL), in bytes.
   *
   * Figure 9, bytes 28 to 29.
   */
  readonly ssnsLength: number;
  /**
   * SSNS Descriptor Version (SSNSV).
   *
   * Figure 9, byte 30.
   */
  readonly ssnsVersion: number;
  /**
   * Number of Subsystem and Namespace Descriptors (NUMSSNS).
   *
   * Figure 9, byte 31.
   */
  readonly ssnsCount: number;
  /**
   * Security Profile Descriptor List Offset (SECO), in bytes.
   *
   * Figure 9, bytes 32 to 35.
   */
  readonly securityOffset: number;
  /**
   * Security Profile Descriptor Length (SECL), in bytes.
   *
   * Figure 9, bytes 36 to 37.
   */
  readonly securityLength: number;
  /**
   * Security Profile Descriptor Version (SECV).
   *
   * Figure 9, byte 38.
   */
  readonly securityVersion: number;
  /**
   * Number of Security Profile Descriptors (NUMSEC).
   *
   * Figure 9, byte 39.
   */
  readonly securityCount: number;
  /**
   * Discovery Descriptor List Offset (DISCO), in bytes.
   *
   * Figure 9, bytes 40 to 43.
   */
  readonly discoveryOffset: number;
  /**
   * Discovery Descriptor Length (DISCL), in bytes.
   *
   * Figure 9, bytes 44 to 45.
   */
  readonly discoveryLength: number;
  /**
   * Discovery Descriptor Version (DISCV).
   *
   * Figure 9, byte 46.
   */
  readonly discoveryVersion: number;
  /**
   * Number of Discovery Descriptors (NUMDISC).
   *
   * Figure 9, byte 47.
   */
  readonly discoveryCount: number;
}
