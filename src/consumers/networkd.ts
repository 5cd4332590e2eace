import { isIpv6, LAST_VLAN } from "../text/ip.ts";
import { programs } from "./behaviours/index.ts";
import { macOf, meantAddresses, nbftInterface } from "./dracut/network-setup.ts";
import { readAsLibnvme } from "./libnvme/libnvme.ts";
import type { LibnvmeHfi } from "./libnvme/libnvme-table.ts";
import type { ConfigFile } from "./networkmanager/keyfile.ts";
import type { TableFile } from "./nvme-cli/show.ts";

/**
 * Files for systemd-networkd that set up the network of some tables: a `.link` that names each interface as dracut does, a `.network`
 * for its addresses, a `.netdev` for each VLAN. systemd reads no NBFT, so nothing is imitated here; the specification is followed.
 * DHCP where the table says that the address came from it (DHCPO, or IP origin 3); router advertisements where it was auto-configured.
 * The interfaces are needed until the system is down, and their configuration is never taken away: the root disk is behind them.
 *
 * NVMe Boot Specification 1.3, Figure 14; systemd.link(5), systemd.network(5), systemd.netdev(5) of systemd 257.
 */
export function networkdFiles(tables: readonly TableFile[]): ConfigFile[] {
  const interfaces = new Map<string, LibnvmeHfi[]>();
  // Nothing is imitated.
  for (const { bytes } of tables) {
    for (const hfi of readAsLibnvme(bytes, programs["nvme-cli"].newest.release).table?.hfis ?? []) {
      const mac = macOf(hfi);
      interfaces.set(mac, [...(interfaces.get(mac) ?? []), hfi]);
    }
  }
  return Array.from(interfaces, ([mac, hfis], number) => filesOf(nbftInterface(number), mac, hfis)).flat();
}

function filesOf(name: string, mac: string, hfis: readonly LibnvmeHfi[]): ConfigFile[] {
  const vlans = [...new Set(hfis.map(({ vlan }) => vlan))].filter((vlan) => vlan > 0 && vlan <= LAST_VLAN);
  const own = hfis.filter(({ vlan }) => vlan === 0);
  // Names sort before systemd's own 80- and 99- files.
  return [
    {
      name: `70-${name}.link`,
      text: sections(["Match", [`PermanentMACAddress=${mac}`]], ["Link", [`Name=${name}`]]),
    },
    {
      name: `70-${name}.network`,
      text: network(
        name,
        own,
        vlans.map((vlan) => `${name}.${vlan}`),
      ),
    },
    ...vlans.flatMap((vlan) => [
      {
        name: `70-${name}.${vlan}.netdev`,
        text: sections(["NetDev", [`Name=${name}.${vlan}`, "Kind=vlan"]], ["VLAN", [`Id=${vlan}`]]),
      },
      {
        name: `70-${name}.${vlan}.network`,
        text: network(
          `${name}.${vlan}`,
          hfis.filter((hfi) => hfi.vlan === vlan),
          [],
        ),
      },
    ]),
  ];
}

function network(name: string, hfis: readonly LibnvmeHfi[], vlans: readonly string[]): string {
  const dynamic = hfis.filter(isDhcp);
  const fixed = hfis.filter((hfi) => !isDhcp(hfi));
  const families = new Set(dynamic.map(({ ipAddress }) => isIpv6(ipAddress)));
  const dhcp = families.size === 2 ? "yes" : families.has(true) ? "ipv6" : families.has(false) ? "ipv4" : "no";
  const advertised = hfis.some((hfi) => isIpv6(hfi.ipAddress) && (isDhcp(hfi) || isAutoconfigured(hfi)));
  const addresses = fixed.filter(({ ipAddress }) => meantAddresses(ipAddress).length > 0);
  const lines = [
    ...vlans.map((vlan) => `VLAN=${vlan}`),
    `DHCP=${dhcp}`,
    `IPv6AcceptRA=${advertised ? "yes" : "no"}`,
    ...(hfis.length === 0 ? ["LinkLocalAddressing=no"] : []),
    ...addresses.map((hfi) => `Address=${hfi.ipAddress}/${prefixOf(hfi)}`),
    ...fixed.flatMap(({ primaryDns, secondaryDns }) =>
      meantAddresses(primaryDns, secondaryDns).map((server) => `DNS=${server}`),
    ),
    "KeepConfiguration=yes",
  ];
  const routes = addresses.flatMap((hfi) => {
    const { gateway, routeMetric, ipAddress } = hfi;
    // A route of the other family belongs to no address here; an advertised one comes by itself.
    if (meantAddresses(gateway).length === 0 || isIpv6(gateway) !== isIpv6(ipAddress) || isAutoconfigured(hfi))
      return [];
    return [["Route", [`Gateway=${gateway}`, ...(routeMetric > 0 ? [`Metric=${routeMetric}`] : [])]] as const];
  });
  return sections(["Match", [`Name=${name}`]], ["Link", ["RequiredForOnline=yes"]], ["Network", lines], ...routes);
}

const isDhcp = ({ flags, ipOrigin }: LibnvmeHfi) => (flags & 4) !== 0 || ipOrigin === 3;

const isAutoconfigured = ({ flags, ipAddress }: LibnvmeHfi) => (flags & 8) !== 0 && isIpv6(ipAddress);

function prefixOf({ ipAddress, subnetMaskPrefix }: LibnvmeHfi): number {
  const longest = isIpv6(ipAddress) ? 128 : 32;
  if (subnetMaskPrefix >= 1 && subnetMaskPrefix <= longest) return subnetMaskPrefix;
  // Shipping firmware says 0 for IPv6; anything else would be a guess that makes foreign hosts look near.
  return isIpv6(ipAddress) && subnetMaskPrefix === 0 ? 64 : longest;
}

type Section = readonly [string, readonly string[]];

function sections(...all: readonly Section[]): string {
  return all.map(([title, lines]) => `[${title}]\n${lines.map((line) => `${line}\n`).join("")}`).join("\n");
}
