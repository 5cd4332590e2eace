import { type Origin, reachOf } from "../reach/reach.ts";
import { addressUse } from "../reach/subnet.ts";
import { isIpv6 } from "../text/ip.ts";
import type { BootInterface, BootPortal } from "./description.ts";

/** What deciding about reach needs of an interface. */
export type Reaching = Pick<BootInterface, "name" | "family" | "origin" | "address" | "prefixLength" | "gateway">;

/** How an interface of a description reaches an address, as far as the description knows it. */
function wayTo(traddr: string, from: Omit<Reaching, "name">): "on-link" | "gateway" | "unknown" | "none" {
  if (isIpv6(traddr) !== (from.family === "ipv6")) return "none";
  const { address, gateway } = from;
  if (address === undefined) return gateway === undefined ? "unknown" : "gateway";
  const { how } = reachOf(originOf(from), traddr);
  // A description says what DHCP brings: a route that it does not name is not there.
  return how === "unknown" ? "none" : how;
}

function originOf({ origin, address, prefixLength, gateway }: Omit<Reaching, "name" | "family">): Origin {
  return { address, prefix: prefixLength, gateway, fixed: origin === "static" };
}

/** Whether an interface may reach an address: it is in its network, or there is a gateway, or the interface's address is not known. */
export function mayReach(traddr: string, from: Omit<Reaching, "name">): boolean {
  return wayTo(traddr, from) !== "none";
}

/**
 * Names of the interfaces that reach an address: those on its network, else those with a gateway, else the one at its
 * position among as many interfaces as there are addresses, else the only one.
 *
 * Every IPv6 interface is on the link-local network, so that link-local addresses go by position.
 */
export function interfacesReaching(
  traddr: string,
  interfaces: readonly Reaching[],
  position: number,
  count: number,
): string[] {
  const family = interfaces.filter((each) => (each.family === "ipv6") === isIpv6(traddr));
  const linkLocal = addressUse(traddr) === "link-local";
  const by = (way: string) => (linkLocal ? [] : family.filter((each) => wayTo(traddr, each) === way));
  const found = by("on-link").length > 0 ? by("on-link") : by("gateway");
  if (found.length > 0) return found.map(({ name }) => name);
  // An interface with a known network of its own and no gateway does not reach foreign networks.
  const unknown = linkLocal ? family : by("unknown");
  if (unknown.length === 1) return [unknown[0]!.name];
  return unknown.length === count ? [unknown[position]!.name] : [];
}

/** Why no interface reaches an address, as a sentence without full stop. */
export function whyUnreached(traddr: string, interfaces: readonly Reaching[]): string {
  const own = interfaces.find(({ address }) => address === traddr);
  const reach = reachOf({ fixed: false }, traddr);
  const none = `no interface reaches ${traddr}`;
  if (own) return `${none}: it is the own address of ${own.name}`;
  if (reach.how === "none") return `no interface reaches a target there: ${reach.why}`;
  for (const each of interfaces) {
    const way = reachOf(originOf(each), traddr);
    // A gateway, or an address, that cannot be.
    if (way.how === "none" && way.obstacle !== "no gateway" && way.obstacle !== "family") {
      return `${none}: ${each.name}: ${way.why}`;
    }
  }
  return `${none}: none is on its network or has a gateway (or name one with "interface")`;
}

/** Portals with their interfaces found where the document names none. */
export function portalsReached(
  written: readonly { traddr: string; trsvcid: number; interfaces: readonly string[] | undefined }[],
  interfaces: readonly Reaching[],
): BootPortal[] {
  return written.map(({ traddr, trsvcid, interfaces: named }, i) => ({
    traddr,
    trsvcid,
    interfaces: named ?? interfacesReaching(traddr, interfaces, i, written.length),
  }));
}
