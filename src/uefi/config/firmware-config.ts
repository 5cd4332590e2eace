/**
 * What the two NVMe-oF variables say, in the words of the setattempt text: neutral ground between that text, the
 * variables and the boot description.
 */
export interface FirmwareConfig {
  /** `NvmeOfEnabled`; the driver sets it on every start and never reads it. */
  readonly nvmeOfEnabled?: boolean | undefined;
  /** Host NQN. */
  readonly hostNqn: string;
  /** UUID text; which byte order it is stored in is a choice of the conversion. */
  readonly hostId: string;
  /** In the order in which the driver tries them. */
  readonly attempts: readonly FirmwareAttempt[];
}

/** One attempt. Absent properties are zero, empty or false. */
export interface FirmwareAttempt {
  /** At most 11 characters. */
  readonly attemptName?: string | undefined;
  /** Runtime field of the driver: 3 autoconfigured by IPv4, 4 by IPv6. */
  readonly autoConfigureMode?: number | undefined;
  /** Host name of the initiator. */
  readonly hostName?: string | undefined;
  /** Upper case with colons; a VLAN follows as a backslash and four upper-case digits. */
  readonly macString: string;
  /** TCP port. */
  readonly targetPort: number;
  /** 0 is off, everything else on. */
  readonly enabled: number;
  /** 0 IPv4, 1 IPv6, 2 autoconfigure. */
  readonly ipMode: number;
  /** Address, mask, gateway and name servers of the interface come from DHCP. */
  readonly initiatorInfoFromDhcp?: boolean | undefined;
  /** IP address of the interface, of the family that `ipMode` says. */
  readonly localIp?: string | undefined;
  /** Dotted decimal mask; IPv4 only. */
  readonly subnetMask?: string | undefined;
  /** IP address of the gateway. */
  readonly gateway?: string | undefined;
  /** IP address; the driver only copies it into the NBFT. */
  readonly primaryDns?: string | undefined;
  /** IP address; the driver only copies it into the NBFT. */
  readonly secondaryDns?: string | undefined;
  /** Address, port and NQN of the target come from the DHCP root path (option 17). */
  readonly targetInfoFromDhcp?: boolean | undefined;
  /** IP address of the target or discovery controller. */
  readonly targetIp?: string | undefined;
  /** Host name of the target, which is resolved where `dnsMode` is set. */
  readonly serverName?: string | undefined;
  /** No driver reads it: the TCP port is `targetPort`. */
  readonly transportPort?: number | undefined;
  /** Controller ID to ask for, 16 bits. */
  readonly controllerId?: number | undefined;
  /** Namespace to boot from: 36 characters in UUID form, without prefix. */
  readonly nid?: string | undefined;
  /** Subsystem NQN, or the well-known discovery NQN. */
  readonly nqn: string;
  /** GUID as text; no driver reads it. */
  readonly transportGuid?: string | undefined;
  /** Milliseconds. */
  readonly connectTimeout?: number | undefined;
  /** No driver reads it. */
  readonly connectRetryCount?: number | undefined;
  /** The target's address is that of `serverName`. */
  readonly dnsMode?: boolean | undefined;
  /** Route metric, 16 bits. */
  readonly routeMetric?: number | undefined;
  /** Host NQN of this attempt alone; no driver reads it. */
  readonly hostNqnOverride?: string | undefined;
  /** Host ID of this attempt alone, as UUID text; no driver reads it. */
  readonly hostIdOverride?: string | undefined;
  /** The two overrides apply; no driver reads it. */
  readonly hostOverrideEnable?: boolean | undefined;
}

/** All of them; the first is what firmware has. */
export const hostIdEncodings = ["efi-guid", "rfc4122"] as const;

/**
 * Byte order of a host identifier in the variables: `efi-guid` (first three fields little-endian; every released
 * firmware) or `rfc4122` (as the text reads; an unmerged branch of April 2024).
 */
export type HostIdEncoding = (typeof hostIdEncodings)[number];

/** Content of the two variables. */
export interface NvmeofVariables {
  /** `NvmeofGlobalData`, 754 bytes. */
  readonly globalData: Uint8Array;
  /** `Nvmeof_Attemptconfig`, a multiple of 1494 bytes. */
  readonly attempts: Uint8Array;
}
