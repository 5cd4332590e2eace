import type { ListName } from "../../nbft/read/frame.ts";

/**
 * What libnvme makes of a table: the structures behind `nvme nbft show`, `nvme connect-all --nbft` and everything that links the
 * library. Text is kept as bytes up to the NUL, because the programs pass it on without looking at it; addresses are the text
 * that libnvme makes of them.
 */
export interface LibnvmeTable {
  /** The host descriptor. */
  readonly host: LibnvmeHost;
  /** Those that are not dropped, in the order of the table's list. */
  readonly hfis: readonly LibnvmeHfi[];
  /** Those that are not dropped, in the order of the table's list; none with libnvme 1.x. */
  readonly security: readonly LibnvmeSecurity[];
  /** Those that are not dropped, in the order of the table's list. */
  readonly discovery: readonly LibnvmeDiscovery[];
  /** Those that are not dropped, in the order of the table's list. */
  readonly subsystems: readonly LibnvmeSubsystem[];
}

/** Absent parts belong to a table whose Block Valid is 0, which libnvme 1.x accepts. */
export interface LibnvmeHost {
  /** Host NQN up to its NUL. */
  readonly nqn: Uint8Array | undefined;
  /** 16 bytes in stored order. */
  readonly id: Uint8Array | undefined;
  /** HFLAGS as stored. */
  readonly flags: number;
}

/** An interface as libnvme has it. */
export interface LibnvmeHfi {
  /** Place in the table's list, counted from 0. */
  readonly position: number;
  /** HFI Descriptor Index as stored. */
  readonly index: number;
  /** Segment, bus, device and function as stored, 32 bits. */
  readonly pciSbdf: number;
  /** 6 bytes in stored order. */
  readonly mac: Uint8Array;
  /** VLAN id as stored; 0 for none. */
  readonly vlan: number;
  /** IP Origin as stored; 3 is DHCP. */
  readonly ipOrigin: number;
  /** IPv4 in dotted decimal, else IPv6 as inet_ntop(3) prints it; `::` where the table has none. */
  readonly ipAddress: string;
  /** Prefix length of `ipAddress` as stored. */
  readonly subnetMaskPrefix: number;
  /** `::` where the table has none. */
  readonly gateway: string;
  /** Route metric as stored. */
  readonly routeMetric: number;
  /** `::` where the table has none. */
  readonly primaryDns: string;
  /** `::` where the table has none. */
  readonly secondaryDns: string;
  /** Empty unless DHCPO is set. */
  readonly dhcpServer: string;
  /** Up to its NUL; undefined where the table has none, or it is outside the heap. */
  readonly hostName: Uint8Array | undefined;
  /** HFITFLAGS as stored. */
  readonly flags: number;
  /** PCIe segment as stored; 0 where the release or the table has no such field. */
  readonly pcieSegment: number;
  /** DHCP IAID, the stored bytes as a little-endian number; 0 where there is none. */
  readonly dhcpIaid: number;
  /** At most 130 bytes. */
  readonly dhcpDuid: Uint8Array | undefined;
}

/** A security profile as libnvme has it. */
export interface LibnvmeSecurity {
  /** Place in the table's list, counted from 0. */
  readonly position: number;
  /** Security Profile Descriptor Index as stored. */
  readonly index: number;
}

/** A discovery controller as libnvme has it. */
export interface LibnvmeDiscovery {
  /** Place in the table's list, counted from 0. */
  readonly position: number;
  /** Discovery Descriptor Index as stored. */
  readonly index: number;
  /** Only libnvme 1.x keeps a descriptor whose HFI is unknown. */
  readonly hfi: LibnvmeHfi | undefined;
  /** The profile that `securityIndex` finds; undefined for none or an unknown one. */
  readonly security: LibnvmeSecurity | undefined;
  /** As stored; 0 for none. */
  readonly securityIndex: number;
  /** Discovery controller URI up to its NUL. */
  readonly uri: Uint8Array;
  /** Up to its NUL; undefined where the table has none. */
  readonly nqn: Uint8Array | undefined;
}

/** A subsystem and namespace as libnvme has it. */
export interface LibnvmeSubsystem {
  /** Place in the table's list, counted from 0. */
  readonly position: number;
  /** SSNS Descriptor Index as stored. */
  readonly index: number;
  /** Primary first. A hole is a null pointer that libnvme 1.x counts as an HFI: whoever looks at it dies. */
  readonly hfis: readonly (LibnvmeHfi | undefined)[];
  /** The descriptor that the record names; undefined for none or an unknown one. */
  readonly discovery: LibnvmeDiscovery | undefined;
  /** The profile that `securityIndex` finds; undefined for none or an unknown one. */
  readonly security: LibnvmeSecurity | undefined;
  /** As stored; 0 for none. */
  readonly securityIndex: number;
  /** IPv4 in dotted decimal, else IPv6 as inet_ntop(3) prints it. */
  readonly traddr: string;
  /** Transport service id, the TCP port in decimal, up to its NUL. */
  readonly trsvcid: Uint8Array;
  /** NVM Subsystem Port ID as stored. */
  readonly subsysPortId: number;
  /** As stored, unsigned. */
  readonly nsid: number;
  /** NID type as stored: 0 none, 1 EUI-64, 2 NGUID, 3 UUID (Figure 17). */
  readonly nidType: number;
  /** 16 bytes. */
  readonly nid: Uint8Array;
  /** SSNSFLAGS as stored. */
  readonly flags: number;
  /** TSFLAGS as stored. */
  readonly transportFlags: number;
  /** Subsystem NQN up to its NUL. */
  readonly nqn: Uint8Array;
  /** Controller ID of the extended info as stored; 0 without one. */
  readonly controllerId: number;
  /** 0 unless the administrator set it. */
  readonly asqsz: number;
  /** Up to its NUL; undefined where the table has none. */
  readonly dhcpRootPath: Uint8Array | undefined;
  /** Namespace Access Error Details as stored; 0 for every table that has no such field. */
  readonly naed: number;
  /** Connect Invalid Parameters Extended Error Code as stored; 0 for every table that has no such field. */
  readonly cipeec: number;
  /** Seconds; 0 also for every table that has no such field. */
  readonly connectionTimeout: number;
  /** Network Connection Extended Error Code as stored; 0 for every table that has no such field. */
  readonly nceec: number;
}

/** Something of a table that libnvme does not use, or uses otherwise than stored. */
export interface LibnvmeRemark {
  /** Path in the model, for example `ssns[1]`. */
  readonly path: string;
  /** The rule of the catalogue that names the defect, where one does. */
  readonly rule?: string | undefined;
  /** What is wrong with it or read otherwise, without full stop. */
  readonly message: string;
}

/** A descriptor that libnvme drops. */
export interface LibnvmeDrop extends LibnvmeRemark {
  /** Which of the table's lists the descriptor is in. */
  readonly list: ListName;
  /** Place in the table's list, counted from 0. */
  readonly position: number;
  /** Index field as stored. */
  readonly index: number;
}

/** What libnvme does with some bytes. */
export interface LibnvmeReading {
  /** Absent when the table is rejected as a whole. */
  readonly table: LibnvmeTable | undefined;
  /** Why, when it is rejected. */
  readonly rejection: LibnvmeRemark | undefined;
  /** Why reading the file kills the program, where it does: there is neither table nor rejection then. */
  readonly crash: LibnvmeRemark | undefined;
  /** In the order in which libnvme reads: HFIs, security profiles, discovery controllers, subsystems. */
  readonly dropped: readonly LibnvmeDrop[];
  /** What is used otherwise than stored, in the order of reading. */
  readonly remarks: readonly LibnvmeRemark[];
  /** libnvme reads memory after the file: what it really finds there is not known, here it is zero. */
  readonly readsPastEnd: boolean;
}
