import type { HfiDescriptor } from "../nbft/structures/index.ts";
import type { NbftTable } from "../nbft/table.ts";
import { parseHex } from "../text/hex.ts";
import { isIpv6 } from "../text/ip.ts";
import type { BootDocument } from "./document.ts";
import { swapDuid } from "./duid.ts";

/** Takes a note: the path in the table, and what is not as the table has it. */
export type Notes = (path: string, message: string) => void;

type WrittenInterface = BootDocument["interfaces"][number];

/** An HFI that could be carried over. */
export interface Known {
  readonly index: number;
  readonly written: WrittenInterface & { readonly name: string };
  readonly address: string | undefined;
  readonly prefixLength: number;
}

/** The HFIs of a table as interfaces. */
export function interfacesOf(table: NbftTable, note: Notes): Known[] {
  return table.hfi.flatMap((hfi, i): Known[] => {
    const path = `hfi[${i}]`;
    if (!hfi.flags.valid || !hfi.transportInfo) {
      note(path, "is not valid or has no transport info, and is left out");
      return [];
    }
    return [interfaceOf(hfi, hfi.transportInfo, i, path, note)];
  });
}

function interfaceOf(
  hfi: HfiDescriptor,
  info: NonNullable<HfiDescriptor["transportInfo"]>,
  position: number,
  path: string,
  note: Notes,
): Known {
  const present = (address: string | undefined) => (address === "0.0.0.0" ? undefined : address);
  const address = present(info.ipAddress);
  const dhcp = info.flags.dhcpOverride || (info.ipOrigin === "dhcp" && present(info.dhcpServer) !== undefined);
  const automatic = info.flags.ipAutoconfigured || info.ipOrigin === "router-advertisement";
  const v6 = isIpv6(address ?? info.gateway ?? info.dhcpServer ?? "");
  const prefixLength = info.subnetMaskPrefix || (v6 ? 64 : info.subnetMaskPrefix);
  if (address && v6 && info.subnetMaskPrefix === 0)
    note(path, "has an IPv6 address with prefix length 0: 64 is assumed");
  if (!address && !dhcp && !automatic) note(path, "has no address: DHCP is assumed");
  const network = address === undefined ? undefined : `${address}/${prefixLength}`;
  const own = (other: string | undefined) => {
    const value = present(other);
    return value !== undefined && isIpv6(value) === v6 ? value : undefined;
  };
  const dns = [own(info.primaryDns), own(info.secondaryDns)].filter((each) => each !== undefined);
  const routes = { gateway: own(info.gateway), dns: dns.length > 0 ? dns : undefined };
  const automaticV6 = automatic && v6 && !dhcp;
  const fixed = address !== undefined && !dhcp && !automaticV6;
  const extended = info.extendedInfo;
  const written = {
    name: `nic${position}`,
    mac: info.mac,
    pci: info.pciSbdf,
    vlan: info.vlan === 0 ? undefined : info.vlan,
    address: fixed ? network! : automaticV6 ? "auto" : v6 ? "dhcp6" : "dhcp",
    ...(fixed && routes),
    routeMetric: info.routeMetric === (routes.gateway === undefined ? 0 : 500) ? undefined : info.routeMetric,
    defaultRoute: info.flags.defaultRoute,
    hostName: info.hostName || undefined,
    lease: fixed
      ? undefined
      : {
          address: network,
          ...routes,
          server: automaticV6 ? undefined : own(info.dhcpServer),
          iaid: extended?.dhcpIaid,
          duid: duidOf(extended?.dhcpDuid),
        },
  };
  return { index: hfi.index, written, address, prefixLength };
}

function duidOf(stored: string | undefined): string | undefined {
  const bytes = stored === undefined ? undefined : parseHex(stored);
  return bytes && bytes.length >= 3 && bytes.length <= 130 ? swapDuid(stored!, "table") : undefined;
}
