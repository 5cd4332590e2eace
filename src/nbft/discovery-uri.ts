import { leadingZeros, parseIp } from "../text/ip.ts";
import { DISCOVERY_PORT } from "../text/nvme.ts";

/** Parts of a discovery controller's URI, or what is wrong with it. */
export type DiscoveryUri =
  | { readonly kind: "address"; readonly host: string; readonly port: number }
  /** A host name, which has to be looked up. */
  | { readonly kind: "name"; readonly host: string; readonly port: number }
  /** An IPv6 address without its brackets: where the port starts is a guess. */
  | { readonly kind: "unbracketed"; readonly host: string }
  | { readonly kind: "bad"; readonly defect: DiscoveryUriDefect; readonly message: string };

/**
 * Which part of a discovery controller's URI is wrong, as far as readers differ by it: `port` is a number that is not a port, such as 0 or 08009,
 * `port-range` one above 65535 or not a number; `brackets` are around something else than an IPv6 address.
 */
export type DiscoveryUriDefect =
  | "upper-case"
  | "scheme"
  | "scheme-without-plus"
  | "host"
  | "brackets"
  | "port"
  | "port-range";

const scheme = "nvme+tcp://";

/** Reads `nvme+tcp://HOST[:PORT][/]` (NVMe Boot Specification 1.3, section 1.5.7; RFC 3986, RFC 2732). */
export function readDiscoveryUri(uri: string): DiscoveryUri {
  if (!uri.startsWith(scheme)) {
    if (uri.toLowerCase().startsWith(scheme))
      return bad("upper-case", "its scheme is not in lower case, expected nvme+tcp://");
    const plus = uri.slice(0, Math.max(uri.indexOf(":"), 0)).includes("+");
    return bad(plus ? "scheme" : "scheme-without-plus", "expected nvme+tcp://HOST[:PORT]/");
  }
  const rest = uri.slice(scheme.length);
  const authority = rest.slice(0, endOfAuthority(rest));
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  if (host.startsWith("[")) return bracketed(host);
  if (host.split(":").length > 2)
    return parseIp(host) || looksLikeIpv6(host)
      ? { kind: "unbracketed", host }
      : bad("host", "its host is not an address");
  const [name, port] = host.split(":") as [string, string?];
  if (name === "") return bad("host", "it has no host");
  const number = portNumber(port);
  if (number === 0) return badPort(port!);
  if (parseIp(name)) return { kind: "address", host: name, port: number };
  if (/^[\d.]+$/.test(name)) {
    const zeros = leadingZeros(name, (plain) => parseIp(plain) !== undefined);
    return bad("host", zeros === undefined ? `${name} is not an IPv4 address` : zeros);
  }
  if (!/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9.])?$/.test(name))
    return bad("host", "its host is neither address nor name");
  return { kind: "name", host: name, port: number };
}

function endOfAuthority(rest: string): number {
  const end = rest.search(/[/?#]/);
  return end < 0 ? rest.length : end;
}

function bracketed(text: string): DiscoveryUri {
  const match = /^\[([0-9a-fA-F:.]+)(?:%25[^\]]*)?\](?::(.*))?$/.exec(text);
  const [, host = "", portText] = match ?? [];
  if (!host.includes(":") || !parseIp(host)) {
    // A zone with a plain %, and what stands between bracket and colon, are wrong in other ways.
    const isBrackets = !text.includes("%") && !/\][^:]/.test(text);
    return bad(isBrackets ? "brackets" : "host", "what is in brackets is not an IPv6 address");
  }
  const port = portNumber(portText);
  return port === 0 ? badPort(portText!) : { kind: "address", host, port };
}

function looksLikeIpv6(text: string): boolean {
  return /^[0-9a-fA-F:.]+$/.test(text);
}

/** The port of a URI, the default where it names none, or 0. */
function portNumber(text: string | undefined): number {
  if (text === undefined || text === "") return DISCOVERY_PORT;
  return isPort(text) ? Number(text) : 0;
}

function isPort(text: string): boolean {
  return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65535;
}

function badPort(text: string): DiscoveryUri {
  const isNumber = /^\d+$/.test(text) && Number(text) <= 65535;
  return bad(isNumber ? "port" : "port-range", `port ${text} is none, expected 1 to 65535`);
}

function bad(defect: DiscoveryUriDefect, message: string): DiscoveryUri {
  return { kind: "bad", defect, message };
}

/**
 * What is wrong with a DHCP root path, if anything: `NVME+TCP://SERVER[:PORT]/NQN/NID`, where a discovery controller's has the
 * well-known NQN and no namespace (NVMe Boot Specification 1.3, section 3.2.2.5.3 and Figure 20; namespace forms in 1.5.9).
 */
export function rootPathTrouble(text: string): string | undefined {
  const match = /^nvme\+tcp:\/\/(\[[0-9a-fA-F:.]+\]|[^/:[\]]+)(?::(\d+))?\/(nqn\.[^/]+)(?:\/(.*))?$/i.exec(text);
  if (!match) return "expected NVME+TCP://SERVER[:PORT]/NQN/NID";
  const [, , port, nqn, nid] = match;
  if (port !== undefined && !isPort(port)) return `port ${port} is none`;
  if (nid === undefined || nid === "") {
    return /^nqn\.2014-08\.org\.nvmexpress\.discovery$/.test(nqn!) ? undefined : "it names no namespace";
  }
  return isNamespaceId(nid) ? undefined : `${nid.slice(0, 60)} is not a namespace id`;
}

function isNamespaceId(text: string): boolean {
  const hex = (digits: string) => digits.replaceAll("-", "").length;
  const eui = /^eui:([0-9a-f]{2}(?:-[0-9a-f]{2})*)$/i.exec(text);
  if (eui) return hex(eui[1]!) === 16;
  const nguid = /^nvme-nguid:([0-9a-f-]+)$/i.exec(text);
  if (nguid) return hex(nguid[1]!) === 32;
  return /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}
