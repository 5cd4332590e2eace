/**
 * A boot over NVMe/TCP, complete: every default is filled in and every name leads somewhere. From it come the table, the
 * firmware's variables, QEMU's arguments, the target's configuration and what a proof expects.
 */
export interface BootDescription {
  readonly host: BootHost;
  /** In the order of the firmware's HFIs. At least one. */
  readonly interfaces: readonly BootInterface[];
  readonly targets: readonly BootTarget[];
  /** In the order in which they are tried. */
  readonly attempts: readonly BootAttempt[];
  readonly table: BootTableHeader;
}

/** The machine that boots. */
export interface BootHost {
  readonly nqn: string;
  /** UUID text, lower case, in its usual order whatever `idByteOrder` says. */
  readonly id: string;
  readonly name?: string | undefined;
  /** How table and variables store the Host ID; each writer's own habit when undefined. */
  readonly idByteOrder?: "rfc4122" | "efi-guid" | undefined;
  readonly nqnConfigured: boolean;
  readonly idConfigured: boolean;
  readonly primaryAdminHost: "not indicated" | "unselected" | "selected";
}

/** A network interface of the host: MAC address and VLAN are unique. */
export interface BootInterface {
  readonly name: string;
  /** Lower case with colons. */
  readonly mac: string;
  /** `0000:00:03.0`. */
  readonly pci: string;
  /** 1 to 4094. */
  readonly vlan?: number | undefined;
  /** Where the address comes from; `auto` is IPv6 autoconfiguration. */
  readonly origin: "static" | "dhcp" | "auto";
  readonly family: "ipv4" | "ipv6";
  /** The static address, or the one that DHCP or autoconfiguration is expected to give; undefined when nobody can know. */
  readonly address?: string | undefined;
  /** Given together with `address`. */
  readonly prefixLength?: number | undefined;
  readonly gateway?: string | undefined;
  /** Primary, secondary. */
  readonly dns: readonly string[];
  readonly routeMetric?: number | undefined;
  readonly defaultRoute: boolean;
  readonly hostName?: string | undefined;
  /** What the DHCP server says besides addresses; only with `dhcp`. */
  readonly dhcpServer?: string | undefined;
  readonly dhcpHostName?: string | undefined;
  /** Whole text of option 17. */
  readonly rootPath?: string | undefined;
  readonly dhcpIaid?: number | undefined;
  /** Hexadecimal with colons. */
  readonly dhcpDuid?: string | undefined;
}

/** An NVM subsystem. */
export interface BootTarget {
  readonly name: string;
  readonly nqn: string;
  /** At least one. */
  readonly portals: readonly BootPortal[];
  /** At least one. */
  readonly namespaces: readonly BootNamespace[];
  readonly digests: { readonly header: boolean; readonly data: boolean };
  /** Host NQNs that may connect. */
  readonly allowHosts: "any" | readonly string[];
  /** Set when a discovery controller is asked for this target. */
  readonly discovery?: { readonly nqn: string; readonly portals: readonly BootPortal[] } | undefined;
  /** Absent where the target demands nothing and protects nothing. */
  readonly security?: BootSecurity | undefined;
  readonly serial?: string | undefined;
  readonly model?: string | undefined;
  readonly portId: number;
}

/** How host and target prove who they are, and what protects the connection. Secrets are named by file; this library never holds them here. */
export interface BootSecurity {
  readonly authentication?: "required" | "supported" | undefined;
  /** The only ones allowed; undefined for any. */
  readonly hashes?: readonly ("sha256" | "sha384" | "sha512")[] | undefined;
  readonly dhGroups?:
    | readonly ("null" | "ffdhe2048" | "ffdhe3072" | "ffdhe4096" | "ffdhe6144" | "ffdhe8192")[]
    | undefined;
  /** TLS 1.3 with a pre-shared key. */
  readonly tls?: "required" | "supported" | undefined;
  readonly cipherSuites?: readonly ("TLS_AES_128_GCM_SHA256" | "TLS_AES_256_GCM_SHA384")[] | undefined;
  /** Paths as written: relative to the description's own folder. */
  readonly hostSecret?: string | undefined;
  readonly controllerSecret?: string | undefined;
  readonly tlsKey?: string | undefined;
}

/** An address at which a target or discovery controller listens. */
export interface BootPortal {
  readonly traddr: string;
  readonly trsvcid: number;
  /** Names of the interfaces that reach it: on the same network, through a gateway, or by position; may be empty. */
  readonly interfaces: readonly string[];
}

/** A namespace of a subsystem, and the image behind it. */
export interface BootNamespace {
  readonly nsid: number;
  /** Lower-case text. */
  readonly uuid?: string | undefined;
  /** 32 lower-case hexadecimal digits. */
  readonly nguid?: string | undefined;
  /** 16 lower-case hexadecimal digits. */
  readonly eui64?: string | undefined;
  /** As written: relative to the description's own folder. */
  readonly image?: string | undefined;
  readonly blockSize: 512 | 4096;
  readonly bootable: boolean;
}

/** One connection that the firmware tries. */
export interface BootAttempt {
  readonly name: string;
  /** Name of an interface. */
  readonly interface: string;
  /** Name of the target meant; undefined when the address and NQN belong to none, and the attempt will fail. */
  readonly target?: string | undefined;
  readonly via: "direct" | "discovery" | "root-path";
  /** Whom the firmware connects first: the subsystem, the discovery controller, or whom the root path names. */
  readonly traddr: string;
  readonly trsvcid: number;
  readonly nqn: string;
  /** Name to be resolved to `traddr`. */
  readonly serverName?: string | undefined;
  /** NSID of the only namespace to boot from. */
  readonly namespace?: number | undefined;
  /** Its identifier: UUID text, or 32 (NGUID) or 16 (EUI-64) hexadecimal digits. */
  readonly nid?: string | undefined;
  /** Milliseconds. */
  readonly timeout?: number | undefined;
  readonly retries?: number | undefined;
  readonly controllerId?: number | undefined;
  readonly enabled: boolean;
}

/** What only the table's header says. */
export interface BootTableHeader {
  readonly oemId: string;
  readonly oemTableId: string;
  readonly oemRevision: number;
  readonly creatorId: string;
  readonly creatorRevision: number;
  readonly driverSignature: string;
}
