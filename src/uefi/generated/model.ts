// Generated from the descriptions in src/uefi/nvmeof by `npm run generate`; do not edit.

/**
 * NVMe-oF global data.
 *
 * timberland-sig/edk2 NvmeOfNvData.h 1.0_final. 754 bytes.
 */
export interface NvmeofGlobalData {
  /**
   * NvmeOfEnabled.
   *
   * Byte 0.
   */
  readonly enabled: number;
  /**
   * NvmeOfTargetCount: number of attempts that the driver looks at.
   *
   * Byte 1.
   */
  readonly targetCount: number;
  /**
   * DriverVersion.
   *
   * Bytes 2 to 3.
   */
  readonly driverVersion: number;
  /**
   * NvmeofHostNqn.
   *
   * Bytes 4 to 227.
   */
  readonly hostNqn: string;
  /**
   * NvmeofHostId.
   *
   * Bytes 228 to 243.
   */
  readonly hostId: string;
  /**
   * NvmeofHostSecurityPath (unused).
   *
   * Bytes 244 to 753.
   */
  readonly hostSecurityPath: string;
}

/**
 * NVMe-oF attempt.
 *
 * timberland-sig/edk2 NvmeOfNvData.h 1.0_final. 1494 bytes.
 */
export interface NvmeofAttemptConfig {
  /**
   * NicIndex (runtime).
   *
   * Byte 0.
   */
  readonly nicIndex: number;
  /**
   * DhcpSuccess (runtime).
   *
   * Byte 1.
   */
  readonly dhcpSuccess: number;
  /**
   * ValidnBFTPath (unused).
   *
   * Byte 2.
   */
  readonly validNbftPath: number;
  /**
   * ValidPath (unused).
   *
   * Byte 3.
   */
  readonly validPath: number;
  /**
   * AutoConfigureMode (runtime).
   *
   * Byte 4. Values: 3 ipv4, 4 ipv6; any other stays a number.
   */
  readonly autoConfigureMode: "ipv4" | "ipv6" | number;
  /**
   * AttemptName.
   *
   * Bytes 5 to 16.
   */
  readonly attemptName: string;
  /**
   * MacString.
   *
   * Bytes 17 to 112.
   */
  readonly macString: string;
  /**
   * PrimaryDns.
   *
   * Bytes 113 to 128.
   *
   * Absent when all bytes are zero.
   */
  readonly primaryDns?: string | undefined;
  /**
   * SecondaryDns.
   *
   * Bytes 129 to 144.
   *
   * Absent when all bytes are zero.
   */
  readonly secondaryDns?: string | undefined;
  /**
   * DhcpServer (runtime).
   *
   * Bytes 145 to 160.
   *
   * Absent when all bytes are zero.
   */
  readonly dhcpServer?: string | undefined;
  /**
   * SubsysPortId: the TCP port.
   *
   * Bytes 161 to 162.
   */
  readonly targetPort: number;
  /**
   * Enabled.
   *
   * Byte 163.
   */
  readonly enabled: number;
  /**
   * IpMode.
   *
   * Byte 164. Values: 0 ipv4, 1 ipv6, 2 autoconfigure; any other stays a number.
   */
  readonly ipMode: "ipv4" | "ipv6" | "autoconfigure" | number;
  /**
   * Host IP.
   *
   * Bytes 165 to 180.
   *
   * Absent when all bytes are zero.
   */
  readonly localIp?: string | undefined;
  /**
   * Host subnet mask.
   *
   * Bytes 181 to 196.
   *
   * Absent when all bytes are zero.
   */
  readonly subnetMask?: string | undefined;
  /**
   * Host gateway.
   *
   * Bytes 197 to 212.
   *
   * Absent when all bytes are zero.
   */
  readonly gateway?: string | undefined;
  /**
   * HostInfoDhcp.
   *
   * Byte 213.
   */
  readonly initiatorInfoFromDhcp: number;
  /**
   * NvmeofSubsysInfoDhcp.
   *
   * Byte 214.
   */
  readonly targetInfoFromDhcp: number;
  /**
   * Subsystem IP.
   *
   * Bytes 215 to 230.
   *
   * Absent when all bytes are zero.
   */
  readonly targetIp?: string | undefined;
  /**
   * ServerName.
   *
   * Bytes 231 to 454.
   */
  readonly serverName: string;
  /**
   * PrefixLength (runtime).
   *
   * Byte 455.
   */
  readonly prefixLength: number;
  /**
   * TransportPort (unused).
   *
   * Bytes 456 to 457.
   */
  readonly transportPort: number;
  /**
   * ControllerId.
   *
   * Bytes 458 to 459.
   */
  readonly controllerId: number;
  /**
   * Nid.
   *
   * Bytes 460 to 523.
   */
  readonly nid: string;
  /**
   * Nqn.
   *
   * Bytes 524 to 747.
   */
  readonly nqn: string;
  /**
   * TransportGuid (unused).
   *
   * Bytes 748 to 763.
   */
  readonly transportGuid: string;
  /**
   * Timeout, milliseconds (unused).
   *
   * Bytes 764 to 765.
   */
  readonly connectTimeout: number;
  /**
   * RetryCount (unused).
   *
   * Byte 766.
   */
  readonly connectRetryCount: number;
  /**
   * DnsMode.
   *
   * Byte 767.
   */
  readonly dnsMode: number;
  /**
   * SecurityEnabled (unused).
   *
   * Byte 768.
   */
  readonly securityEnabled: number;
  /**
   * SecurityKeyPath (unused).
   *
   * Bytes 769 to 1023.
   */
  readonly securityKeyPath: string;
  /**
   * RouteMetric.
   *
   * Bytes 1024 to 1025.
   */
  readonly routeMetric: number;
  /**
   * HostName.
   *
   * Bytes 1026 to 1249.
   */
  readonly hostName: string;
  /**
   * HostNqnOverride (unused).
   *
   * Bytes 1250 to 1473.
   */
  readonly hostNqnOverride: string;
  /**
   * HostIdOverride (unused).
   *
   * Bytes 1474 to 1489.
   */
  readonly hostIdOverride: string;
  /**
   * HostOverrideEnable (unused).
   *
   * Byte 1490.
   */
  readonly hostOverrideEnable: number;
  /**
   * AuthType (unused).
   *
   * Byte 1491. Values: 0 none, 1 chap; any other stays a number.
   */
  readonly authType: "none" | "chap" | number;
  /**
   * AutoConfigureSuccess (runtime).
   *
   * Byte 1492.
   */
  readonly autoConfigureSuccess: number;
  /**
   * Actived (unused).
   *
   * Byte 1493.
   */
  readonly activated: number;
}

/**
 * NVMe-oF discovery record.
 *
 * timberland-sig/edk2 NvmeOfNvData.h 1.0_final. 2305 bytes.
 */
export interface NvmeofDiscoveryData {
  /**
   * SubsystemNqn.
   *
   * Bytes 0 to 223.
   */
  readonly subsystemNqn: string;
  /**
   * Nid[32][64], 16 bytes used of each.
   *
   * Bytes 224 to 2271.
   */
  readonly nids: string;
  /**
   * Nsid[32].
   *
   * Bytes 2272 to 2303.
   */
  readonly nsids: string;
  /**
   * NamespaceCount.
   *
   * Byte 2304.
   */
  readonly namespaceCount: number;
}
