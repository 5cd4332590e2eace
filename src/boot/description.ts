/**
 * A boot over NVMe/TCP, complete: every default is filled in and every name leads somewhere. From it come the table, the
 * firmware's variables, QEMU's arguments, the target's configuration and what a proof expects.
 */
export interface BootDescription {
  /** The machine that boots. */
  readonly host: BootHost;
  /** In the order of the firmware's HFIs. At least one. */
  readonly interfaces: readonly BootInterface[];
  /** The NVM subsystems; names are unique. Empty where attempts alone say whom to connect to. */
  readonly targets: readonly BootTarget[];
  /** In the order in which they are tried. */
  readonly attempts: readonly BootAttempt[];
  /** What a table made from it has in its header. */
  readonly table: BootTableHeader;
}

/** The machine that boots. */
export interface BootHost {
  /** Host NQN. */
  readonly nqn: string;
  /** UUID text, lower case, in its usual order whatever `idByteOrder` says. */
  readonly id: string;
  /** Host name (DHCP option 12), already copied to every interface that was written without one; undefined for none. */
  readonly name?: string | undefined;
  /** How table and variables store the Host ID; each writer's own habit when undefined. */
  readonly idByteOrder?: "rfc4122" | "efi-guid" | undefined;
  /** An administrator has set the host NQN (HNQNCON, Figure 10); true by default. */
  readonly nqnConfigured: boolean;
  /** An administrator has set the Host ID (HIDCON, Figure 10); true by default. */
  readonly idConfigured: boolean;
  /** Primary Administrative Host Descriptor (PAHD, Figure 10); `not indicated` by default. */
  readonly primaryAdminHost: "not indicated" | "unselected" | "selected";
}

/** A network interface of the host: MAC address and VLAN are unique. */
export interface BootInterface {
  /** Unique; by it portals and attempts refer to the interface. `nic0`, `nic1`, … by default. */
  readonly name: string;
  /** Lower case with colons. */
  readonly mac: string;
  /** `0000:00:03.0`. */
  readonly pci: string;
  /** 1 to 4094. */
  readonly vlan?: number | undefined;
  /** Where the address comes from; `auto` is IPv6 autoconfiguration. */
  readonly origin: "static" | "dhcp" | "auto";
  /** That of `address`; where the address is not known, IPv6 with `dhcp6` and IPv4 with `dhcp`. */
  readonly family: "ipv4" | "ipv6";
  /** The static address, or the one that DHCP or autoconfiguration is expected to give; undefined when nobody can know. */
  readonly address?: string | undefined;
  /** Given together with `address`. */
  readonly prefixLength?: number | undefined;
  /** IP address of the same family, configured or from the lease; undefined for none. */
  readonly gateway?: string | undefined;
  /** Primary, secondary. */
  readonly dns: readonly string[];
  /** Route metric, 0 to 65535; undefined when not written (a table then says 500 with a gateway, else 0). */
  readonly routeMetric?: number | undefined;
  /** Carries the default route (GRLLOF, Figure 14); by default the first interface with a gateway. */
  readonly defaultRoute: boolean;
  /** Host name configured on this interface, else the host's; undefined for none. */
  readonly hostName?: string | undefined;
  /** What the DHCP server says besides addresses; only with `dhcp`. */
  readonly dhcpServer?: string | undefined;
  /** Host name that the DHCP server sends (option 12). */
  readonly dhcpHostName?: string | undefined;
  /** Whole text of option 17. */
  readonly rootPath?: string | undefined;
  /** DHCP identity association id (IAID) that the firmware used, 32 bits. */
  readonly dhcpIaid?: number | undefined;
  /** Hexadecimal with colons. */
  readonly dhcpDuid?: string | undefined;
}

/** An NVM subsystem. */
export interface BootTarget {
  /** Unique; by it attempts refer to the target. `target0`, `target1`, … by default. */
  readonly name: string;
  /** Subsystem NQN. */
  readonly nqn: string;
  /** At least one. */
  readonly portals: readonly BootPortal[];
  /** At least one. */
  readonly namespaces: readonly BootNamespace[];
  /** PDU header digest (HDGST) and data digest (DDGST) that a connection must use; false by default. */
  readonly digests: { readonly header: boolean; readonly data: boolean };
  /** Host NQNs that may connect. */
  readonly allowHosts: "any" | readonly string[];
  /** Set when a discovery controller is asked for this target. */
  readonly discovery?: { readonly nqn: string; readonly portals: readonly BootPortal[] } | undefined;
  /** Absent where the target demands nothing and protects nothing. */
  readonly security?: BootSecurity | undefined;
  /** Serial number, at most 20 ASCII characters; undefined leaves it to the target. */
  readonly serial?: string | undefined;
  /** Model number, at most 40 ASCII characters; undefined leaves it to the target. */
  readonly model?: string | undefined;
  /** NVM subsystem port id (NVMSPID, Figure 17), 0 to 65535; 0 by default. */
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
  /** IPv4 or IPv6 address, without brackets. */
  readonly traddr: string;
  /** TCP port, 1 to 65535. */
  readonly trsvcid: number;
  /** Names of the interfaces that reach it: on the same network, through a gateway, or by position; may be empty. */
  readonly interfaces: readonly string[];
}

/** A namespace of a subsystem, and the image behind it. */
export interface BootNamespace {
  /** Namespace ID, 1 to 0xfffffffe; by position when not written. */
  readonly nsid: number;
  /** Lower-case text. */
  readonly uuid?: string | undefined;
  /** 32 lower-case hexadecimal digits. */
  readonly nguid?: string | undefined;
  /** 16 lower-case hexadecimal digits. */
  readonly eui64?: string | undefined;
  /** As written: relative to the description's own folder. */
  readonly image?: string | undefined;
  /** Bytes of a logical block; 512 by default. */
  readonly blockSize: 512 | 4096;
  /** May be booted from; false sets NBEFLAG (Figure 18). True by default. */
  readonly bootable: boolean;
}

/** One connection that the firmware tries. */
export interface BootAttempt {
  /** Unique; `Attempt1`, `Attempt2`, … by default. */
  readonly name: string;
  /** Name of an interface. */
  readonly interface: string;
  /** Name of the target meant; undefined when the address and NQN belong to none, and the attempt will fail. */
  readonly target?: string | undefined;
  /**
   * How the target is found: its address and NQN are configured, a discovery controller names it, or the DHCP root path
   * does.
   */
  readonly via: "direct" | "discovery" | "root-path";
  /** Whom the firmware connects first: the subsystem, the discovery controller, or whom the root path names. */
  readonly traddr: string;
  /** TCP port, 1 to 65535. */
  readonly trsvcid: number;
  /** NQN to connect to: the subsystem's or the discovery controller's. */
  readonly nqn: string;
  /** Name to be resolved to `traddr`. */
  readonly serverName?: string | undefined;
  /** NSID of the only namespace to boot from. */
  readonly namespace?: number | undefined;
  /** Its identifier: UUID text, or 32 (NGUID) or 16 (EUI-64) hexadecimal digits. */
  readonly nid?: string | undefined;
  /** Milliseconds. */
  readonly timeout?: number | undefined;
  /** Connect retries, 0 to 255; undefined leaves it to the firmware. */
  readonly retries?: number | undefined;
  /** Controller ID to ask for, 0 to 65535; undefined for any. */
  readonly controllerId?: number | undefined;
  /** Whether the firmware tries it at all; true by default. */
  readonly enabled: boolean;
}

/** What only the table's header says. */
export interface BootTableHeader {
  /** OEM ID, at most 6 ASCII characters; `NBFT` by default. */
  readonly oemId: string;
  /** OEM Table ID, at most 8 ASCII characters; `NBFTJS` by default. */
  readonly oemTableId: string;
  /** OEM Revision, 32 bits; 1 by default. */
  readonly oemRevision: number;
  /** Creator ID, at most 4 ASCII characters; `NBFT` by default. */
  readonly creatorId: string;
  /** Creator Revision, 32 bits; 1 by default. */
  readonly creatorRevision: number;
  /** Driver Dev Path Signature: the device path of the firmware's driver as text; `nbft` by default. */
  readonly driverSignature: string;
}
