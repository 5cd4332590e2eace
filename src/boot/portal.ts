import { formatIp, isIpv6, parseIp } from "../text/ip.ts";

/** A transport address and, where written, a service id: what nvme-cli calls traddr and trsvcid. */
export interface PortalAddress {
  /** IP address in canonical form. */
  readonly traddr: string;
  /** TCP port. */
  readonly trsvcid: number | undefined;
}

/** An IP address in its one canonical text form, or undefined. An IPv4-mapped IPv6 address becomes IPv4. */
export function canonicalIp(text: string): string | undefined {
  const bytes = parseIp(text);
  return bytes && formatIp(bytes);
}

/** `ADDR`, `ADDR:PORT`, `[ADDR6]:PORT`, each with or without `tcp://` or `nvme+tcp://` before it, or undefined. */
export function parsePortal(text: string): PortalAddress | undefined {
  const plain = text.replace(/^(nvme\+)?tcp:\/\//i, "").replace(/\/$/, "");
  const whole = canonicalIp(plain);
  if (whole !== undefined) return { traddr: whole, trsvcid: undefined };
  const match = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d{1,5}))?$/.exec(plain);
  if (!match) return undefined;
  const traddr = canonicalIp(match[1] ?? match[2]!);
  const trsvcid = match[3] === undefined ? undefined : Number(match[3]);
  if (traddr === undefined || trsvcid === 0 || (trsvcid ?? 0) > 65535) return undefined;
  return { traddr, trsvcid };
}

/** `ADDR:PORT`, with brackets around IPv6. */
export function formatPortal({ traddr, trsvcid }: PortalAddress): string {
  const host = isIpv6(traddr) ? `[${traddr}]` : traddr;
  return trsvcid === undefined ? host : `${host}:${trsvcid}`;
}

/** `ADDR/PREFIX` in canonical form, or undefined. */
export function parseNetwork(text: string): { address: string; prefixLength: number } | undefined {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(text);
  const address = match && canonicalIp(match[1]!);
  const prefixLength = Number(match?.[2]);
  if (!address || prefixLength > (isIpv6(address) ? 128 : 32)) return undefined;
  return { address, prefixLength };
}

/** The IPv6 link-local address that a MAC address gives (modified EUI-64, RFC 4291 appendix A). */
export function linkLocalAddress(mac: string): string {
  const [a, b, c, d, e, f] = mac.split(":").map((part) => Number.parseInt(part, 16)) as number[];
  const group = (high: number, low: number) => ((high << 8) | low).toString(16);
  return canonicalIp(`fe80::${group(a! ^ 2, b!)}:${group(c!, 0xff)}:${group(0xfe, d!)}:${group(e!, f!)}`)!;
}
