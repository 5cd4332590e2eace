import { formatHex, parseHex } from "../../text/hex.ts";
import { isObject } from "../../text/is-object.ts";
import { parseUuid } from "../../text/uuid.ts";
import type { NvmeShow, ShowDiscovery, ShowHfi, ShowHost, ShowSubsystem } from "./show.ts";

type Json = Readonly<Record<string, unknown>>;

/** Whether a value is what `nvme nbft show -o json` prints: an array of tables, one of its elements, or what jq takes out of one. */
export function isShow(value: unknown): boolean {
  const tables = Array.isArray(value) ? value : [value];
  return tables.length > 0 && (tables.every(isTable) || tables.every(isHfi) || tables.every(isSubsystem));
}

const isHfi = (value: unknown) => isObject(value) && "mac_addr" in value && "ipaddr" in value && !isOfPython(value);
const isSubsystem = (value: unknown) => isObject(value) && "subsys_nqn" in value && "hfis" in value;

/** Whether a value is what libnvme gives in Python (`nvme.nbft_get`), or a list of it: HFIs count from 0 there. */
export function isOfPython(value: unknown): boolean {
  if (!isObject(value)) return false;
  const entries = [value["hfi"], value["subsystem"]].flatMap((list) => (Array.isArray(list) ? list : []));
  return [value, ...entries].some(
    (entry) => isObject(entry) && ("hfi_indexes" in entry || ("trtype" in entry && "mac_addr" in entry)),
  );
}

function isTable(value: unknown): boolean {
  if (!isObject(value) || isOfPython(value)) return false;
  const list = (key: string) => Array.isArray(value[key]);
  // A table's own document has `ssns` and no file name.
  if ("ssns" in value || "header" in value) return false;
  return (
    list("subsystem") ||
    (list("hfi") &&
      (value["hfi"] as unknown[]).every((hfi) => isObject(hfi) && ("mac_addr" in hfi || "pcidev" in hfi))) ||
    (typeof value["filename"] === "string" && isObject(value["host"]))
  );
}

/**
 * The tables of what `nvme nbft show -o json` of nvme-cli 2.5 to 3.1 prints. What has another type than expected is left out: such a text may
 * have been edited.
 */
export function showsOfJson(value: unknown): NvmeShow[] {
  const entries = Array.isArray(value) ? value : [value];
  const tables = entries.every(isHfi)
    ? [{ hfi: entries }]
    : entries.every(isSubsystem)
      ? [{ subsystem: entries }]
      : entries;
  return tables.filter(isObject).map((table) => ({
    form: "json",
    filename: text(table["filename"]),
    host: isObject(table["host"]) ? hostOf(table["host"]) : undefined,
    subsystems: listOf(table["subsystem"], subsystemOf),
    hfis: listOf(table["hfi"], hfiOf),
    discovery: listOf(table["discovery"], discoveryOf),
  }));
}

const text = (value: unknown) => (typeof value === "string" ? value : undefined);
const filled = (value: unknown) => text(value) || undefined;
/** A number, also one that was written as text. */
const number = (value: unknown) => {
  const parsed = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof parsed === "number" && Number.isSafeInteger(parsed) ? parsed : undefined;
};
const flag = (value: unknown) => {
  if (typeof value === "boolean") return value;
  const parsed = number(value);
  return parsed === undefined ? undefined : parsed !== 0;
};

function listOf<T>(value: unknown, convert: (entry: Json) => T): T[] | undefined {
  return Array.isArray(value) ? value.filter(isObject).map(convert) : undefined;
}

function hostOf(host: Json): ShowHost {
  return {
    nqn: filled(host["nqn"]),
    id: filled(host["id"]),
    idConfigured: flag(host["host_id_configured"]),
    nqnConfigured: flag(host["host_nqn_configured"]),
    primaryAdminHost: filled(host["primary_admin_host_flag"]),
  };
}

function subsystemOf(subsystem: Json): ShowSubsystem {
  const hfis = Array.isArray(subsystem["hfis"]) ? subsystem["hfis"] : [];
  const nsid = number(subsystem["nsid"]);
  const service = subsystem["trsvcid"] ?? subsystem["transport_svcid"];
  return {
    index: number(subsystem["index"]),
    hfis: hfis.map(number).filter((hfi) => hfi !== undefined),
    transport: filled(subsystem["transport"]),
    // The names before the first release, which dracut's documentation still has.
    traddr: filled(subsystem["traddr"] ?? subsystem["transport_address"]),
    trsvcid: text(service) ?? number(service)?.toString(),
    subsysPortId: number(subsystem["subsys_port_id"]),
    // It is printed with a sign.
    nsid: nsid === undefined ? undefined : nsid >>> 0,
    nidType: filled(subsystem["nid_type"]),
    nid: filled(subsystem["nid"]),
    nqn: filled(subsystem["subsys_nqn"]),
    controllerId: number(subsystem["controller_id"]),
    asqsz: number(subsystem["asqsz"]),
    dhcpRootPath: filled(subsystem["dhcp_root_path_string"]),
    headerDigest: flag(subsystem["pdu_header_digest_required"]),
    dataDigest: flag(subsystem["data_digest_required"]),
    discovered: flag(subsystem["discovered"]),
    unavailable: flag(subsystem["unavailable"]),
    naed: number(subsystem["naed"]),
    cipeec: number(subsystem["cipeec"]),
    connectionTimeout: number(subsystem["connection_timeout"]),
    nceec: number(subsystem["nceec"]),
  };
}

function hfiOf(hfi: Json): ShowHfi {
  return {
    index: number(hfi["index"]),
    transport: filled(hfi["transport"]),
    pci: filled(hfi["pcidev"]),
    mac: filled(hfi["mac_addr"]),
    vlan: number(hfi["vlan"]),
    ipOrigin: number(hfi["ip_origin"]),
    ipAddress: filled(hfi["ipaddr"]),
    prefix: number(hfi["subnet_mask_prefix"]),
    gateway: filled(hfi["gateway_ipaddr"]),
    routeMetric: number(hfi["route_metric"]),
    primaryDns: filled(hfi["primary_dns_ipaddr"]),
    secondaryDns: filled(hfi["secondary_dns_ipaddr"]),
    dhcpServer: filled(hfi["dhcp_server_ipaddr"]),
    hostName: filled(hfi["host_name"]),
    defaultRoute: flag(hfi["this_hfi_is_default_route"]),
    dhcpOverride: flag(hfi["dhcp_override"]),
    autoconfigured: flag(hfi["ipaddr_autoconf"]),
    pcieSegment: number(hfi["pcie_seg_num"]),
    dhcpIaid: number(hfi["dhcp_iaid"]),
    dhcpDuid: duidOf(hfi),
  };
}

/** The DUID's bytes back from its parts, whose numbers nvme-cli reads little-endian. */
function duidOf(hfi: Json): string | undefined {
  const little = (value: unknown, size: number) =>
    Array.from({ length: size }, (_, i) => Math.floor((number(value) ?? 0) / 2 ** (8 * i)) & 0xff);
  const bytes = (value: unknown) => [...(parseHex(text(value) ?? "") ?? [])];
  switch (hfi["dhcp_duid_type"]) {
    case "DUID-LLT":
      return duid(1, [
        ...little(hfi["dhcp_duid_hwtype"], 2),
        ...little(hfi["dhcp_duid_time"], 4),
        ...bytes(hfi["dhcp_duid_lladdr"]),
      ]);
    case "DUID-EN":
      return duid(2, [...little(hfi["dhcp_duid_enterprise"], 4), ...bytes(hfi["dhcp_duid_id"])]);
    case "DUID-LL":
      return duid(3, [...little(hfi["dhcp_duid_hwtype"], 2), ...bytes(hfi["dhcp_duid_lladdr"])]);
    case "DUID-UUID":
      return duid(4, [...(parseUuid(text(hfi["dhcp_duid_uuid"]) ?? "") ?? [])]);
    default: {
      const raw = bytes(hfi["dhcp_duid_raw"]);
      return raw.length > 0 ? formatHex(Uint8Array.from(raw)) : undefined;
    }
  }
}

function duid(type: number, rest: readonly number[]): string {
  return formatHex(Uint8Array.from([type, 0, ...rest]));
}

function discoveryOf(discovery: Json): ShowDiscovery {
  return {
    index: number(discovery["index"]),
    security: number(discovery["security"]),
    hfi: number(discovery["hfi"]),
    uri: filled(discovery["uri"]),
    nqn: filled(discovery["nqn"]),
  };
}
