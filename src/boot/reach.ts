import type { BootInterface, BootPortal } from "./description.ts";
import { inNetwork, isIpv6 } from "./portal.ts";

/** What deciding about reach needs of an interface. */
export type Reaching = Pick<BootInterface, "name" | "family" | "address" | "prefixLength" | "gateway">;

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
  const linkLocal = /^fe[89ab]/.test(traddr);
  const near = linkLocal ? [] : family.filter((each) => isNear(traddr, each));
  const found = near.length > 0 || linkLocal ? near : family.filter(({ gateway }) => gateway !== undefined);
  if (found.length > 0) return found.map(({ name }) => name);
  // An interface with a known network of its own and no gateway does not reach foreign networks.
  const unknown = linkLocal ? family : family.filter(({ address }) => address === undefined);
  if (unknown.length === 1) return [unknown[0]!.name];
  return unknown.length === count ? [unknown[position]!.name] : [];
}

function isNear(traddr: string, { address, prefixLength }: Reaching): boolean {
  return address !== undefined && inNetwork(traddr, address, prefixLength ?? 0);
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
