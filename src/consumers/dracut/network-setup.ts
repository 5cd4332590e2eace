import { latin1Text } from "../../bytes/latin1.ts";
import { isIpv6 } from "../../text/ip.ts";
import { formatMac } from "../../text/mac.ts";
import { readableText } from "../byte-text.ts";
import type { LibnvmeHfi } from "../libnvme/libnvme-table.ts";
import type { Note } from "../note.ts";
import { isUnspecified } from "../nvme-cli/kernel-checks.ts";

/** How an interface gets its addresses. */
export type NetworkMethod = "static" | "dhcp4" | "dhcp6" | "none";

/** What a consumer configures for one HFI. */
export interface NetworkSetup {
  /** How the interface gets its addresses; `none` leaves it without. */
  readonly method: NetworkMethod;
  /** Address and prefix length of a static setup. */
  readonly address?: string | undefined;
  /** Prefix length of `address`. */
  readonly prefix?: number | undefined;
  /** Address of the gateway; undefined for none. */
  readonly gateway?: string | undefined;
  /** Addresses of the name servers; empty with DHCP. */
  readonly dns: readonly string[];
  /** VLAN id; undefined for untagged frames. */
  readonly vlan?: number | undefined;
  /** Name that the interface gets, where the consumer gives it one. */
  readonly interfaceName?: string | undefined;
  /** One character a byte. */
  readonly hostName?: string | undefined;
  /** Of the interface; lower case with colons. */
  readonly mac: string;
}

/** What a consumer makes of one HFI: a setup, or nothing. */
export interface NetworkVerdict {
  /** What is configured; undefined where nothing is. */
  readonly setup: NetworkSetup | undefined;
  /** Why, and what differs from what the table says. */
  readonly notes: readonly Note[];
}

/** Says which host names, one character a byte, are used; the others count as absent. */
export type HostNameFilter = (hostName: string) => boolean;

/** A filter that takes every host name, as the consumers do. */
export const anyHostName: HostNameFilter = () => true;

/**
 * Whether a host name can be put into a line of a configuration: no blanks and control characters, which end a word or a line; no
 * colons, which end a field of `ip=`; nothing that a shell would expand. Letters of any language are left alone.
 */
export function isHarmlessHostName(hostName: string): boolean {
  const text = readableText(hostName);
  return text.length <= 253 && !/[\p{C}\p{Z}:"'`\\$*?[\]{}()<>|&;#!~=\ufffd]/u.test(text);
}

/** Host name of an HFI, one character a byte; nothing where it is empty. */
export function hostNameOf({ hostName }: LibnvmeHfi, filter: HostNameFilter = anyHostName): string | undefined {
  const text = hostName && hostName.length > 0 ? latin1Text(hostName) : undefined;
  return text !== undefined && filter(text) ? text : undefined;
}

export function macOf({ mac }: LibnvmeHfi): string {
  return formatMac(mac);
}

/** Address texts that mean one. */
export function meantAddresses(...addresses: readonly string[]): string[] {
  return addresses.filter((address) => !isUnspecified(address));
}

/** Whether the address of an HFI is IPv6. */
export function usesIpv6({ ipAddress }: LibnvmeHfi): boolean {
  return isIpv6(ipAddress);
}

/** Name of an interface as dracut gives it. */
export function nbftInterface(number: number): string {
  return `nbft${number}`;
}

/** A setup in a few words, and nothing else of it that could make a difference. */
export function describeSetup({ method, address, prefix, gateway, dns, vlan }: NetworkSetup): string {
  const tag = vlan === undefined ? "" : ` vlan ${vlan}`;
  if (method === "none") return `no address${tag}`;
  if (method !== "static") return `${method === "dhcp4" ? "DHCP" : "DHCPv6"}${tag}`;
  const route = gateway === undefined ? "" : ` via ${gateway}`;
  const names = dns.length === 0 ? "" : ` dns ${dns.join(" ")}`;
  return `static ${address}/${prefix}${route}${names}${tag}`;
}
