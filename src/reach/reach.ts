import { isIpv6 } from "../text/ip.ts";
import { addressUse, reservedAddress, type Subnet, subnetOf } from "./subnet.ts";

/** What is known of an interface that connections start from. */
export interface Origin {
  /** Absent, `::` or `0.0.0.0` where it is not known. */
  readonly address?: string | undefined;
  readonly prefix?: number | undefined;
  /** Absent, `::` or `0.0.0.0` where there is none. */
  readonly gateway?: string | undefined;
  /** Address and gateway are all that there is: neither DHCP nor a router brings others. */
  readonly fixed: boolean;
}

/** Why an address cannot be reached. */
export type Obstacle =
  /** The target's address is one that no host has: loopback, multicast, broadcast. */
  | "target"
  /** The target's address is the interface's own. */
  | "self"
  /** The interface's address is one that no host has. */
  | "address"
  | "family"
  /** No interface can be the one that is described. */
  | "interface"
  | "no gateway"
  /** There is a gateway, and it cannot be one. */
  | "gateway";

/** Whether an interface reaches an address, and how. */
export type Reach =
  | {
      /** The address is in the interface's own network. */
      readonly how: "on-link";
      /** That network, `192.168.101.0/24`. */
      readonly network: string;
    }
  | {
      /** The interface's gateway leads there. */
      readonly how: "gateway";
      /** Address of the gateway. */
      readonly gateway: string;
    }
  /** What is missing may come from elsewhere. */
  | {
      /** Nothing rules it out, and nothing here leads there. */
      readonly how: "unknown";
      /** What is missing, as a sentence without full stop. */
      readonly why: string;
    }
  | {
      /** It cannot be reached, whatever the network adds. */
      readonly how: "none";
      /** What the obstacle is. */
      readonly obstacle: Obstacle;
      /** The same as a sentence without full stop. */
      readonly why: string;
    };

/** Names of addresses that no host can have. */
const unusable = {
  loopback: "a loopback address",
  multicast: "a multicast address",
  broadcast: "the broadcast address",
} as const;

/** What an address is when no host can have it, in words; undefined for one that a host can have. */
export function unusableAddress(address: string, network?: Subnet): string | undefined {
  const use = addressUse(address);
  if (use === "loopback" || use === "multicast" || use === "broadcast") return unusable[use];
  const special = network?.contains(address) ? network.special(address) : undefined;
  if (special === undefined) return undefined;
  return special === "network"
    ? `the address of the network ${network!.text} itself`
    : `the broadcast address of ${network!.text}`;
}

/** {@link unusableAddress}, and what an address is that Linux uses and no network gives out. */
export function doubtfulAddress(address: string, network?: Subnet): string | undefined {
  return unusableAddress(address, network) ?? reservedAddress(address);
}

/**
 * Whether an interface reaches an address: the one answer for tables, Configs and boot descriptions. It is `none` only where that is
 * certain: nothing that the network may add changes it. Targets at the address of the network itself do answer (Linux since 5.14, and
 * IPv6 routers), and hosts with such an address do connect, IPv4 and IPv6: run with Linux 6.18.
 */
export function reachOf(from: Origin, target: string): Reach {
  return reachFrom(from)(target);
}

/** {@link reachOf} for any number of addresses. */
export function reachFrom(from: Origin): (target: string) => Reach {
  const { address = "", prefix = 0, fixed } = from;
  const isKnown = addressUse(address) !== "none";
  const ipv6 = isIpv6(address);
  const wrong = isKnown ? unusableSource(address, prefix) : undefined;
  const network = isKnown ? subnetOf(address, prefix) : undefined;
  const beyond = network && reachBeyond(from, network);
  return (target) => {
    const use = addressUse(target);
    if (use === "none") return { how: "unknown", why: "there is no address to reach" };
    const bare = unusableAddress(target);
    if (bare !== undefined) return none("target", `${target} is ${bare}`);
    if (!isKnown) return { how: "unknown", why: "the interface's address is not known" };
    if (target === address) return none("self", `${target} is the interface's own address`);
    if (wrong !== undefined) {
      if (fixed) return none("address", `the interface has ${address}, ${wrong}`);
      return { how: "unknown", why: "DHCP or a router may bring another address" };
    }
    if (isIpv6(target) !== ipv6) {
      return none("family", `${target} is an ${familyOf(target)} address, the interface has ${address}`);
    }
    // Every IPv6 interface is in the network of link-local addresses.
    if (use === "link-local") return { how: "on-link", network: subnetOf(target, 64)!.text };
    if (!network) return { how: "unknown", why: `${address} has no prefix of ${prefix} bits` };
    if (!network.contains(target)) return beyond!(target);
    if (prefix === 0 || network.special(target) !== "broadcast") return { how: "on-link", network: network.text };
    return none("target", `${target} is ${unusableAddress(target, network)}`);
  };
}

/** Whether an interface reaches addresses that are not in its network. */
function reachBeyond(from: Origin, network: Subnet): (target: string) => Reach {
  const { address = "", prefix = 0, gateway = "", fixed } = from;
  const through: Reach = { how: "gateway", gateway };
  const known = (reach: Reach) => () => reach;
  const isNone = addressUse(gateway) === "none";
  if (!fixed) return known(isNone ? { how: "unknown", why: "DHCP or a router may bring a route" } : through);
  if (isNone) {
    if (prefix === 0) return known({ how: "unknown", why: `the prefix of ${address} is not known` });
    const why = ` is not in ${network.text}, and there is no gateway`;
    return (target) => none("no gateway", target + why);
  }
  const trouble = gatewayTrouble(from);
  if (trouble === undefined) return known(through);
  const why = ` is not in ${network.text}, and the gateway ${gateway} ${trouble}`;
  return (target) => none("gateway", target + why);
}

/** What an interface's own address is when no connection can come from it. */
function unusableSource(address: string, prefix: number): string | undefined {
  const network = prefix === 0 ? undefined : subnetOf(address, prefix);
  return unusableAddress(address, network?.special(address) === "network" ? undefined : network);
}

/**
 * What is wrong with the gateway of an interface, as the end of a sentence; undefined where nothing is, where there is none, and where it
 * is not certain.
 */
export function gatewayTrouble({ address = "", prefix = 0, gateway = "", fixed }: Origin): string | undefined {
  const use = addressUse(gateway);
  if (use === "none" || addressUse(address) === "none") return undefined;
  if (gateway === address) return "is the interface's own address";
  const network = subnetOf(address, prefix);
  if (!network) return undefined;
  // In IPv6 the network's own address is that of any of its routers (RFC 4291, section 2.6.1).
  const what = unusableAddress(gateway, prefix === 0 || network.isIpv6 ? undefined : network);
  if (what !== undefined) return `is ${what}`;
  if (network.isIpv6 !== isIpv6(gateway)) return `is an ${familyOf(gateway)} address`;
  // An IPv6 router is named by its link-local address as well.
  if (!fixed || prefix === 0 || use === "link-local" || network.contains(gateway)) return undefined;
  // A network of one address has its gateway outside: NetworkManager routes to it over the link.
  if (network.prefix === (network.isIpv6 ? 128 : 32)) return undefined;
  return `is not in ${network.text}`;
}

function none(obstacle: Obstacle, why: string): Reach {
  return { how: "none", obstacle, why };
}

function familyOf(address: string): string {
  return isIpv6(address) ? "IPv6" : "IPv4";
}
