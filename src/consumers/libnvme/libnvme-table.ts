import type { ListName } from "../../nbft/read/frame.ts";

/**
 * What libnvme makes of a table: the structures behind `nvme nbft show`, `nvme connect-all --nbft` and everything that links the
 * library. Text is kept as bytes up to the NUL, because the programs pass it on without looking at it; addresses are the text
 * that libnvme makes of them.
 */
export interface LibnvmeTable {
  readonly host: LibnvmeHost;
  readonly hfis: readonly LibnvmeHfi[];
  readonly security: readonly LibnvmeSecurity[];
  readonly discovery: readonly LibnvmeDiscovery[];
  readonly subsystems: readonly LibnvmeSubsystem[];
}

/** Absent parts belong to a table whose Block Valid is 0, which libnvme 1.x accepts. */
export interface LibnvmeHost {
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
  readonly index: number;
  /** Segment, bus, device and function as stored, 32 bits. */
  readonly pciSbdf: number;
  readonly mac: Uint8Array;
  readonly vlan: number;
  readonly ipOrigin: number;
  readonly ipAddress: string;
  readonly subnetMaskPrefix: number;
  /** `::` where the table has none. */
  readonly gateway: string;
  readonly routeMetric: number;
  readonly primaryDns: string;
  readonly secondaryDns: string;
  /** Empty unless DHCPO is set. */
  readonly dhcpServer: string;
  readonly hostName: Uint8Array | undefined;
  /** HFITFLAGS as stored. */
  readonly flags: number;
  readonly pcieSegment: number;
  readonly dhcpIaid: number;
  /** At most 130 bytes. */
  readonly dhcpDuid: Uint8Array | undefined;
}

/** A security profile as libnvme has it. */
export interface LibnvmeSecurity {
  readonly position: number;
  readonly index: number;
}

/** A discovery controller as libnvme has it. */
export interface LibnvmeDiscovery {
  readonly position: number;
  readonly index: number;
  /** Only libnvme 1.x keeps a descriptor whose HFI is unknown. */
  readonly hfi: LibnvmeHfi | undefined;
  readonly security: LibnvmeSecurity | undefined;
  /** As stored; 0 for none. */
  readonly securityIndex: number;
  readonly uri: Uint8Array;
  readonly nqn: Uint8Array | undefined;
}

/** A subsystem and namespace as libnvme has it. */
export interface LibnvmeSubsystem {
  readonly position: number;
  readonly index: number;
  /** Primary first. A hole is a null pointer that libnvme 1.x counts as an HFI: whoever looks at it dies. */
  readonly hfis: readonly (LibnvmeHfi | undefined)[];
  readonly discovery: LibnvmeDiscovery | undefined;
  readonly security: LibnvmeSecurity | undefined;
  /** As stored; 0 for none. */
  readonly securityIndex: number;
  readonly traddr: string;
  readonly trsvcid: Uint8Array;
  readonly subsysPortId: number;
  /** As stored, unsigned. */
  readonly nsid: number;
  readonly nidType: number;
  /** 16 bytes. */
  readonly nid: Uint8Array;
  /** SSNSFLAGS as stored. */
  readonly flags: number;
  /** TSFLAGS as stored. */
  readonly transportFlags: number;
  readonly nqn: Uint8Array;
  readonly controllerId: number;
  /** 0 unless the administrator set it. */
  readonly asqsz: number;
  readonly dhcpRootPath: Uint8Array | undefined;
  readonly naed: number;
  readonly cipeec: number;
  /** Seconds; 0 also for every table that has no such field. */
  readonly connectionTimeout: number;
  readonly nceec: number;
}

/** Something of a table that libnvme does not use, or uses otherwise than stored. */
export interface LibnvmeRemark {
  /** Path in the model, for example `ssns[1]`. */
  readonly path: string;
  /** The rule of the catalogue that names the defect, where one does. */
  readonly rule?: string | undefined;
  readonly message: string;
}

/** A descriptor that libnvme drops. */
export interface LibnvmeDrop extends LibnvmeRemark {
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
  readonly dropped: readonly LibnvmeDrop[];
  readonly remarks: readonly LibnvmeRemark[];
  /** libnvme reads memory behind the file: what it really finds there is not known, here it is zero. */
  readonly readsPastEnd: boolean;
}
