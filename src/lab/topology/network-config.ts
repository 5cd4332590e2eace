import { addressUse, type Subnet, subnetOf } from "../../reach/subnet.ts";
import { isIpv6 } from "../../text/ip.ts";
import type { ExpectedInterface, ExpectedPath } from "../../verify/expectation.ts";
import type { Link } from "./links.ts";
import type { Remarks } from "./remark.ts";

/** Lines of both machines' configuration that set up addresses. */
export interface NetworkConfig {
  readonly target: string[];
  readonly host: string[];
  /** An address of the target that a path or a discovery controller is reached at. */
  serveAddress(hfi: ExpectedInterface, address: string): void;
}

/** What each HFI asks of the network: addresses and gateways of both ends, and DHCP. */
export function configureNetworks(
  interfaces: readonly ExpectedInterface[],
  paths: readonly ExpectedPath[],
  linkOf: (mac: string) => Link | undefined,
  remarks: Remarks,
): NetworkConfig {
  const target: string[] = [];
  const host: string[] = [];
  const address = (hfi: ExpectedInterface, text: string, prefix: number) => {
    const line = `address ${linkOf(hfi.mac)!.targetMac} ${hfi.vlan} ${text}/${prefix}`;
    if (!target.includes(line)) target.push(line);
  };
  for (const mac of new Set(interfaces.map((hfi) => linkOf(hfi.mac)?.targetMac)))
    if (mac !== undefined) target.push(`up ${mac}`);
  for (const hfi of interfaces) {
    if (!linkOf(hfi.mac)) continue;
    const network = hfi.address === undefined ? undefined : subnetOf(hfi.address, hfi.prefix);
    // The target is the gateway of each network as well.
    if (hfi.gateway !== undefined && hfi.gateway !== hfi.address && network?.contains(hfi.gateway))
      address(hfi, hfi.gateway, network.prefix);
    configureHost(hfi, network, host, remarks);
    if (hfi.dhcp) serveDhcp(hfi, paths, linkOf(hfi.mac)!, target, address, remarks);
  }
  return {
    target,
    host,
    serveAddress: (hfi, text) => {
      const network = networkAround(hfi, text);
      if (network?.contains(text)) return address(hfi, text, network.prefix);
      if (!network?.isIpv6 || addressUse(text) !== "link-local") return address(hfi, text, isIpv6(text) ? 128 : 32);
      address(hfi, text, 64);
      // What comes from the HFI's address must be answered there.
      const taken = new Set([...interfaces.map((each) => each.address), ...paths.map(({ traddr }) => traddr)]);
      const own = Array.from({ length: taken.size + 1 }, (_, i) => network.host(i + 1)).find((one) => !taken.has(one))!;
      address(hfi, own, network.prefix);
    },
  };
}

/** The network in which a host looks for an address: the HFI's own; a guess around it where DHCP gives the address. */
function networkAround(hfi: ExpectedInterface, text: string): Subnet | undefined {
  if (hfi.address !== undefined) return subnetOf(hfi.address, hfi.prefix);
  return hfi.dhcp ? subnetOf(hfi.dhcpServer ?? text, hfi.prefix || 24) : undefined;
}

function configureHost(
  hfi: ExpectedInterface,
  network: Subnet | undefined,
  host: string[],
  { add, name }: Remarks,
): void {
  const at = `${hfi.mac} ${hfi.vlan}`;
  const refuse = (text: string) => add("refused", name(hfi, "HFI", hfi.hfi), `${text}: it gets no address`);
  if (hfi.dhcp) host.push(`dhcp ${at}`);
  else if (hfi.automatic && hfi.address === undefined) refuse("the lab has no router that announces a prefix");
  else if (hfi.address === undefined) host.push(`up ${at}`);
  else if (!network) refuse(`${hfi.address} cannot have a prefix of ${hfi.prefix} bits`);
  else {
    host.push(`address ${at} ${hfi.address}/${network.prefix}`);
    if (hfi.gateway !== undefined) host.push(`route ${at} ${hfi.gateway} ${hfi.metric || 100 + hfi.hfi}`);
  }
}

function serveDhcp(
  hfi: ExpectedInterface,
  paths: readonly ExpectedPath[],
  { targetMac }: Link,
  target: string[],
  address: (hfi: ExpectedInterface, text: string, prefix: number) => void,
  { add, name }: Remarks,
): void {
  const about = name(hfi, "HFI", hfi.hfi);
  const own = paths.filter((path) => path.hfi === hfi);
  const around = hfi.address ?? hfi.dhcpServer ?? own[0]?.traddr;
  const network = around === undefined ? undefined : subnetOf(around, hfi.prefix || 24);
  if (!network || network.isIpv6) {
    const why = network ? "the lab has no DHCPv6 server" : "the network for DHCP is not known";
    add("refused", about, `${why}: it gets no address`);
    return;
  }
  const candidates = [hfi.dhcpServer, own[0]?.traddr, hfi.gateway, network.host(1), network.host(2)];
  const server = candidates.find((one) => one !== undefined && network.contains(one) && one !== hfi.address)!;
  const lease =
    hfi.address ??
    [30, 5, 6].map((number) => network.host(number)).find((one) => !candidates.slice(0, 3).includes(one))!;
  if (hfi.address === undefined) add("note", about, `the table holds no address: DHCP hands out ${lease}`);
  if (hfi.dhcpServer !== undefined && hfi.dhcpServer !== server)
    add("remapped", about, `the DHCP server is ${server}: ${hfi.dhcpServer} is not in ${network.text}`);
  address(hfi, server, network.prefix);
  const word = (text: string | undefined, what: string) => {
    if (text === undefined || (/^[\x21-\x7e]+$/.test(text) && text !== "-")) return text ?? "-";
    add("remapped", about, `DHCP hands out no ${what}: ${JSON.stringify(text)} cannot be one`);
    return "-";
  };
  const mask = [24, 16, 8, 0].map((shift) => ((2 ** 32 - 2 ** (32 - network.prefix)) / 2 ** shift) & 0xff).join(".");
  const dns = hfi.dns.filter((one) => !isIpv6(one)).join(",") || "-";
  const rootPath = word(own.find((path) => path.rootPath)?.rootPath, "root path");
  const options = [mask, hfi.gateway ?? "-", dns, word(hfi.hostName, "host name"), rootPath];
  target.push(`dhcp ${targetMac} ${hfi.vlan} ${server} ${hfi.mac} ${lease} ${options.join(" ")}`);
}
