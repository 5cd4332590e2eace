/**
 * What the two NVMe-oF variables say, in the words of the setattempt text: neutral ground between that text, the
 * variables and the boot description.
 */
export interface FirmwareConfig {
  /** `NvmeOfEnabled`; the driver sets it on every start and never reads it. */
  readonly nvmeOfEnabled?: boolean | undefined;
  readonly hostNqn: string;
  /** UUID text; which byte order it is stored in is a choice of the conversion. */
  readonly hostId: string;
  readonly attempts: readonly FirmwareAttempt[];
}

/** One attempt. Absent properties are zero, empty or false. */
export interface FirmwareAttempt {
  readonly attemptName?: string | undefined;
  /** Runtime field of the driver: 3 autoconfigured by IPv4, 4 by IPv6. */
  readonly autoConfigureMode?: number | undefined;
  readonly hostName?: string | undefined;
  /** Upper case with colons; a VLAN follows as a backslash and four upper-case digits. */
  readonly macString: string;
  /** TCP port. */
  readonly targetPort: number;
  /** 0 is off, everything else on. */
  readonly enabled: number;
  /** 0 IPv4, 1 IPv6, 2 autoconfigure. */
  readonly ipMode: number;
  readonly initiatorInfoFromDhcp?: boolean | undefined;
  readonly localIp?: string | undefined;
  readonly subnetMask?: string | undefined;
  readonly gateway?: string | undefined;
  readonly primaryDns?: string | undefined;
  readonly secondaryDns?: string | undefined;
  readonly targetInfoFromDhcp?: boolean | undefined;
  readonly targetIp?: string | undefined;
  readonly serverName?: string | undefined;
  readonly transportPort?: number | undefined;
  readonly controllerId?: number | undefined;
  /** Namespace to boot from: 36 characters in UUID form, without prefix. */
  readonly nid?: string | undefined;
  /** Subsystem NQN, or the well-known discovery NQN. */
  readonly nqn: string;
  readonly transportGuid?: string | undefined;
  /** Milliseconds. */
  readonly connectTimeout?: number | undefined;
  readonly connectRetryCount?: number | undefined;
  readonly dnsMode?: boolean | undefined;
  readonly routeMetric?: number | undefined;
  readonly hostNqnOverride?: string | undefined;
  readonly hostIdOverride?: string | undefined;
  readonly hostOverrideEnable?: boolean | undefined;
}

/**
 * Byte order of a host identifier in the variables: `efi-guid` (first three fields little-endian; every released
 * firmware) or `rfc4122` (as the text reads; an unmerged branch of April 2024).
 */
export type HostIdEncoding = "efi-guid" | "rfc4122";

/** Content of the two variables. */
export interface NvmeofVariables {
  /** `NvmeofGlobalData`, 754 bytes. */
  readonly globalData: Uint8Array;
  /** `Nvmeof_Attemptconfig`, a multiple of 1494 bytes. */
  readonly attempts: Uint8Array;
}

/** The NQN that stands for "ask the discovery controller". */
export const discoveryNqn = "nqn.2014-08.org.nvmexpress.discovery";
