/**
 * What of a table people have in place of it: what `nvme nbft show` prints, which is the part that libnvme keeps and nvme-cli shows, or boot options
 * with NVMe-oF device paths. Everything may be missing: text has fewer columns than JSON, `-s`, `-H` and `-d` leave sections out, and releases differ.
 */
export interface NvmeShow {
  readonly form: "json" | "text" | "boot options";
  /** Path of the table on the machine that it was taken from. */
  readonly filename?: string | undefined;
  readonly host?: ShowHost | undefined;
  /** Undefined when the section is not there; empty when the table has none. */
  readonly subsystems?: readonly ShowSubsystem[] | undefined;
  readonly hfis?: readonly ShowHfi[] | undefined;
  readonly discovery?: readonly ShowDiscovery[] | undefined;
  /** Sentences about what its text leaves open. */
  readonly notes?: readonly string[] | undefined;
}

export interface ShowHost {
  readonly nqn?: string | undefined;
  readonly id?: string | undefined;
  readonly idConfigured?: boolean | undefined;
  readonly nqnConfigured?: boolean | undefined;
  readonly primaryAdminHost?: string | undefined;
}

export interface ShowSubsystem {
  readonly index?: number | undefined;
  /** Indexes of HFIs, primary first. */
  readonly hfis: readonly number[];
  /** The list of HFIs is cut: text has room for 19 characters. */
  readonly hfisCut?: boolean | undefined;
  readonly transport?: string | undefined;
  readonly traddr?: string | undefined;
  readonly trsvcid?: string | undefined;
  readonly subsysPortId?: number | undefined;
  readonly nsid?: number | undefined;
  readonly nidType?: string | undefined;
  readonly nid?: string | undefined;
  readonly nqn?: string | undefined;
  readonly controllerId?: number | undefined;
  readonly asqsz?: number | undefined;
  readonly dhcpRootPath?: string | undefined;
  readonly headerDigest?: boolean | undefined;
  readonly dataDigest?: boolean | undefined;
  readonly discovered?: boolean | undefined;
  readonly unavailable?: boolean | undefined;
  readonly naed?: number | undefined;
  readonly cipeec?: number | undefined;
  readonly connectionTimeout?: number | undefined;
  readonly nceec?: number | undefined;
}

export interface ShowHfi {
  readonly index?: number | undefined;
  readonly transport?: string | undefined;
  /** `0:1a:0.3`, digits without leading zeros. */
  readonly pci?: string | undefined;
  readonly mac?: string | undefined;
  readonly vlan?: number | undefined;
  readonly ipOrigin?: number | undefined;
  readonly ipAddress?: string | undefined;
  readonly prefix?: number | undefined;
  readonly gateway?: string | undefined;
  readonly routeMetric?: number | undefined;
  readonly primaryDns?: string | undefined;
  readonly secondaryDns?: string | undefined;
  readonly dhcpServer?: string | undefined;
  readonly hostName?: string | undefined;
  readonly defaultRoute?: boolean | undefined;
  readonly dhcpOverride?: boolean | undefined;
  readonly autoconfigured?: boolean | undefined;
  readonly pcieSegment?: number | undefined;
  readonly dhcpIaid?: number | undefined;
  /** Hexadecimal digits in the order of the table's bytes. */
  readonly dhcpDuid?: string | undefined;
}

export interface ShowDiscovery {
  readonly index?: number | undefined;
  /** Index of a security profile, about which nothing else is shown. */
  readonly security?: number | undefined;
  readonly hfi?: number | undefined;
  readonly uri?: string | undefined;
  readonly nqn?: string | undefined;
}
