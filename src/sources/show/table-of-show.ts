import { withDefaults } from "../../document/defaults.ts";
import { ipOrigins } from "../../nbft/names.ts";
import type { NbftTable } from "../../nbft/table.ts";
import type { NvmeShow, ShowDiscovery, ShowHfi, ShowSubsystem } from "./show.ts";

/** A table that says what `nvme nbft show` says, and what of the real one that leaves open. */
export interface TableFromShow {
  readonly table: NbftTable;
  /** What the output does not have, in words to be listed. */
  readonly missing: readonly string[];
  /** Sentences about what had to be assumed. */
  readonly notes: readonly string[];
}

/** Placeholders for a host that is not shown: libnvme rejects a table without host NQN, and ignores a host ID whose first byte is 0. */
const unknownHost = {
  hostNqn: "nqn.2014-08.org.nvmexpress:uuid:00000000-0000-0000-0000-000000000000",
  hostId: "ffffffff-ffff-ffff-ffff-ffffffffffff",
};

/**
 * The table that `nvme nbft show` would show in these words. It is not the table that it was run on: layout, header fields, security profiles and
 * whatever libnvme drops are in no output of it.
 */
export function tableOfShow(show: NvmeShow): TableFromShow {
  const notes: string[] = [...(show.notes ?? [])];
  const host = show.host?.nqn === undefined ? unknownHost : hostOf(show);
  if (show.host?.nqn === undefined)
    notes.push(
      `the host NQN and host ID are not shown: ${unknownHost.hostNqn} and ${unknownHost.hostId} are placeholders`,
    );
  if (show.form !== "boot options") notes.push(...standIns(show));
  for (const { index, hfisCut } of show.subsystems ?? [])
    if (hfisCut) notes.push(`the list of HFIs of subsystem ${index} is cut`);
  for (const { index, security } of show.discovery ?? [])
    if (security !== undefined && security !== 0)
      notes.push(`discovery controller ${index} uses security profile ${security}, which is not shown`);
  if (show.discovery?.length && show.subsystems?.length && show.form !== "boot options")
    notes.push(
      "nvme connect-all skips a discovery controller that found a subsystem; the output does not show which did, so all are planned",
    );
  const table = withDefaults({
    host,
    hfi: (show.hfis ?? []).map(hfiOf),
    ssns: (show.subsystems ?? []).map(ssnsOf),
    discovery: (show.discovery ?? []).map(discoveryOf),
  });
  return { table, missing: missingIn(show), notes };
}

/** What stands for what every release shows, and this output does not: it was edited, or made by something else. */
function standIns({ hfis = [], subsystems = [] }: NvmeShow): string[] {
  const lacking = (entry: object, keys: Readonly<Record<string, unknown>>) =>
    Object.entries(keys).flatMap(([key, name]) => (entry[key as keyof typeof entry] === undefined ? [`${name}`] : []));
  const words = { mac: "MAC address", ipAddress: "IP address", prefix: "prefix length" };
  return [
    ...hfis.flatMap((hfi, i) => {
      const keys = lacking(hfi, words);
      return keys.length === 0
        ? []
        : [`HFI ${hfi.index ?? i + 1} is without ${keys.join(", ")}: a table's default is used`];
    }),
    ...subsystems.flatMap(({ index, hfis: named }, i) =>
      named.length === 0 ? [`subsystem ${index ?? i + 1} names no HFI: HFI 1 is used`] : [],
    ),
  ];
}

/** What an output leaves out, the most important first. */
function missingIn({ form, host, subsystems, hfis, discovery }: NvmeShow): string[] {
  const lists = [
    ["subsystems", subsystems],
    ["HFIs", hfis],
    ["discovery controllers", discovery],
  ] as const;
  if (form === "boot options")
    return [
      "host NQN and ID",
      "discovery controllers",
      "name servers",
      "namespace IDs",
      "digests",
      "flags",
      ...neverShown,
    ];
  return [
    // Text has no section for an empty list.
    ...lists.flatMap(([title, list]) =>
      list === undefined && (form === "json" || title !== "discovery controllers") ? [title] : [],
    ),
    ...(form === "text"
      ? ["host NQN and ID", "namespaces", "VLANs", "host names", "route metrics", "root paths", "digests", "flags"]
      : host
        ? []
        : ["the host"]),
    ...neverShown,
  ];
}

const neverShown = ["security profiles", "which discovery controller found which subsystem", "header fields", "layout"];

function hostOf({ host }: NvmeShow) {
  const primary = host?.primaryAdminHost;
  return clean({
    hostNqn: host?.nqn,
    hostId: host?.id,
    flags: clean({
      hostIdConfigured: host?.idConfigured,
      hostNqnConfigured: host?.nqnConfigured,
      primaryAdminHost: primary === "selected" || primary === "unselected" ? primary : undefined,
    }),
  });
}

function hfiOf(hfi: ShowHfi, position: number) {
  // No address is shown as `::`; `0.0.0.0` is one that the table has.
  const address = (text: string | undefined) => (text === "::" ? undefined : text);
  const identified = hfi.dhcpIaid !== undefined || hfi.dhcpDuid !== undefined;
  return clean({
    index: hfi.index ?? position + 1,
    transportInfo: clean({
      pciSbdf: pciOf(hfi.pci),
      mac: hfi.mac,
      vlan: hfi.vlan,
      ipOrigin:
        hfi.ipOrigin === undefined ? undefined : (ipOrigins[hfi.ipOrigin as keyof typeof ipOrigins] ?? hfi.ipOrigin),
      ipAddress: address(hfi.ipAddress),
      subnetMaskPrefix: hfi.prefix,
      gateway: address(hfi.gateway),
      routeMetric: hfi.routeMetric,
      primaryDns: address(hfi.primaryDns),
      secondaryDns: address(hfi.secondaryDns),
      dhcpServer: address(hfi.dhcpServer),
      hostName: hfi.hostName,
      pcieSegment: hfi.pcieSegment,
      extendedInfo: identified ? clean({ dhcpIaid: hfi.dhcpIaid, dhcpDuid: hfi.dhcpDuid }) : undefined,
      flags: clean({
        defaultRoute: hfi.defaultRoute,
        dhcpOverride: hfi.dhcpOverride,
        ipAutoconfigured: hfi.autoconfigured || undefined,
      }),
    }),
  });
}

/** `0:1a:0.3` as `0000:1a:00.3`. The segment is cut to 16 bits by 2.x and 3.0, where it is always 0. */
function pciOf(text: string | undefined): string | undefined {
  const parts = /^([0-9a-f]{1,4}):([0-9a-f]{1,2}):([0-9a-f]{1,2})\.([0-7])$/i.exec(text ?? "");
  if (!parts) return undefined;
  const [, segment, bus, device, call] = parts;
  return `${segment!.padStart(4, "0")}:${bus!.padStart(2, "0")}:${device!.padStart(2, "0")}.${call}`;
}

function ssnsOf(subsystem: ShowSubsystem, position: number) {
  const [primary = 1, ...others] = subsystem.hfis;
  const info = clean({
    cntlid: subsystem.controllerId || undefined,
    asqsz: subsystem.asqsz || undefined,
    dhcpRootPath: subsystem.dhcpRootPath,
    naed: subsystem.naed,
    cipeec: subsystem.cipeec,
    connectionTimeout: subsystem.connectionTimeout || undefined,
    nceec: subsystem.nceec,
  });
  return clean({
    index: subsystem.index ?? position + 1,
    primaryHfi: primary,
    // libnvme drops a subsystem without a list; one that names only the primary HFI changes nothing.
    secondaryHfis: others.length > 0 ? others : [primary],
    traddr: subsystem.traddr,
    trsvcid: subsystem.trsvcid,
    subsysPortId: subsystem.subsysPortId,
    nsid: subsystem.nsid,
    nid: subsystem.nidType === undefined ? undefined : subsystem.nid,
    nidType: subsystem.nid === undefined ? undefined : subsystem.nidType,
    subsystemNqn: subsystem.nqn,
    extendedInfo: Object.keys(info).length > 0 ? info : undefined,
    transportFlags: clean({ headerDigest: subsystem.headerDigest, dataDigest: subsystem.dataDigest }),
    flags: clean({
      discovered: subsystem.discovered,
      unavailable: subsystem.unavailable === true ? "unavailable" : undefined,
    }),
  });
}

function discoveryOf({ index, hfi, uri, nqn }: ShowDiscovery, position: number) {
  return clean({ index: index ?? position + 1, hfiIndex: hfi, uri, nqn });
}

/** The properties that are not undefined. */
function clean(draft: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined));
}
