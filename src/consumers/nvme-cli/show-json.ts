import { viewOf } from "../../bytes/view.ts";
import { formatHex } from "../../text/hex.ts";
import { formatMac } from "../../text/mac.ts";
import { formatUuid } from "../../text/uuid.ts";
import type { Does } from "../behaviours/index.ts";
import type { LibnvmeDiscovery, LibnvmeHfi, LibnvmeSubsystem, LibnvmeTable } from "../libnvme/libnvme-table.ts";
import type { JsonCObject } from "./json-c.ts";
import { nvmeCliPciAddress, type Sections } from "./show-sections.ts";

const flag = (word: number, mask: number) => ((word & mask) === 0 ? 0 : 1);
const nonZero = (value: number) => (value === 0 ? undefined : value);

/** One table of `nvme nbft show -o json`; `does` is what the release does. */
export function tableToJson(path: string, table: LibnvmeTable, show: Sections, does: Does<"nvme-cli">): JsonCObject {
  const { nqn, id, flags } = table.host;
  const primary = ["not indicated", "unselected", "selected", "reserved"][(flags >> 3) & 3]!;
  return {
    filename: path,
    host: {
      nqn,
      id: id && formatUuid(id),
      host_id_configured: flag(flags, 2),
      host_nqn_configured: flag(flags, 4),
      primary_admin_host_flag: does.readsRevision11 ? primary : "not indicated",
    },
    subsystem: show.subsystem ? table.subsystems.map((subsystem) => subsystemToJson(subsystem, does)) : undefined,
    hfi: show.hfi ? table.hfis.map((hfi) => hfiToJson(hfi, does)) : undefined,
    discovery: show.discovery ? table.discovery.map(discoveryToJson) : undefined,
  };
}

function subsystemToJson(subsystem: LibnvmeSubsystem, does: Does<"nvme-cli">): JsonCObject {
  const { nidType, nid, flags, transportFlags } = subsystem;
  const timeout = subsystem.connectionTimeout;
  return {
    index: subsystem.index,
    num_hfis: subsystem.hfis.length,
    hfis: subsystem.hfis.map((hfi) => hfi?.index ?? 0),
    transport: "tcp",
    traddr: subsystem.traddr,
    trsvcid: subsystem.trsvcid,
    subsys_port_id: subsystem.subsysPortId,
    nsid: subsystem.nsid | 0,
    nid_type: ({ 1: "eui64", 2: "nguid", 3: "uuid" } as Readonly<Record<number, string>>)[nidType],
    nid:
      nidType === 1
        ? formatHex(nid.subarray(0, 8))
        : nidType === 2
          ? formatHex(nid)
          : nidType === 3
            ? formatUuid(nid)
            : "",
    subsys_nqn: subsystem.nqn,
    controller_id: subsystem.controllerId,
    asqsz: subsystem.asqsz,
    dhcp_root_path_string: subsystem.dhcpRootPath,
    pdu_header_digest_required: flag(transportFlags, 2),
    data_digest_required: flag(transportFlags, 4),
    discovered: does.showsSsnsFlags ? flag(flags, 0x40) : undefined,
    unavailable: does.showsSsnsFlags ? flag(flags, 0x100) : undefined,
    naed: nonZero(subsystem.naed),
    cipeec: nonZero(subsystem.cipeec),
    connection_timeout: !does.readsRevision11 || timeout === 0xffff ? undefined : timeout,
    nceec: nonZero(subsystem.nceec),
  };
}

function hfiToJson(hfi: LibnvmeHfi, does: Does<"nvme-cli">): JsonCObject {
  return {
    index: hfi.index,
    transport: "tcp",
    pcidev: nvmeCliPciAddress(hfi.pciSbdf, does.showsPciSegment),
    mac_addr: formatMac(hfi.mac),
    vlan: hfi.vlan,
    ip_origin: hfi.ipOrigin,
    ipaddr: hfi.ipAddress,
    subnet_mask_prefix: hfi.subnetMaskPrefix,
    gateway_ipaddr: hfi.gateway,
    route_metric: hfi.routeMetric,
    primary_dns_ipaddr: hfi.primaryDns,
    secondary_dns_ipaddr: hfi.secondaryDns,
    dhcp_server_ipaddr: hfi.dhcpServer,
    host_name: hfi.hostName,
    this_hfi_is_default_route: flag(hfi.flags, 2),
    dhcp_override: flag(hfi.flags, 4),
    ipaddr_autoconf: does.readsRevision11 ? flag(hfi.flags, 8) : undefined,
    pcie_seg_num: nonZero(hfi.pcieSegment),
    ...(hfi.dhcpDuid && hfi.dhcpDuid.length > 0 ? duidToJson(hfi.dhcpIaid, hfi.dhcpDuid) : {}),
  };
}

/** nvme-cli reads all numbers of a DUID little-endian, whatever its type. */
function duidToJson(iaid: number, duid: Uint8Array): JsonCObject {
  const view = viewOf(duid);
  const u16 = (at: number) => (duid.length >= at + 2 ? view.getUint16(at, true) : undefined);
  const u32 = (at: number) => (duid.length >= at + 4 ? view.getUint32(at, true) : undefined);
  const rest = (at: number) => (duid.length > at ? formatHex(duid.subarray(at), ":") : undefined);
  const type = u16(0) ?? 0;
  if (type === 1) {
    const lladdr = rest(8);
    return {
      dhcp_iaid: iaid,
      dhcp_duid_type: "DUID-LLT",
      dhcp_duid_hwtype: u16(2),
      dhcp_duid_time: u32(4),
      dhcp_duid_lladdr: lladdr,
    };
  }
  if (type === 2) {
    return { dhcp_iaid: iaid, dhcp_duid_type: "DUID-EN", dhcp_duid_enterprise: u32(2), dhcp_duid_id: rest(6) };
  }
  if (type === 3) {
    return { dhcp_iaid: iaid, dhcp_duid_type: "DUID-LL", dhcp_duid_hwtype: u16(2), dhcp_duid_lladdr: rest(4) };
  }
  if (type === 4) {
    const uuid = duid.length >= 18 ? formatUuid(duid, 2) : undefined;
    return { dhcp_iaid: iaid, dhcp_duid_type: "DUID-UUID", dhcp_duid_uuid: uuid };
  }
  return { dhcp_iaid: iaid, dhcp_duid_type: `unknown(${type})`, dhcp_duid_raw: rest(0) };
}

function discoveryToJson({ index, security, hfi, uri, nqn }: LibnvmeDiscovery): JsonCObject {
  return { index, security: security?.index, hfi: hfi?.index, uri, nqn };
}
