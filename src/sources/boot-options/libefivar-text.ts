import { ParseError } from "../../errors.ts";
import { formatHex, parseHex } from "../../text/hex.ts";
import { parseIpv4 } from "../../text/ip.ts";
import { type DevicePathNode, decodeNodes } from "../../uefi/device-path/node.ts";
import { parseDevicePath } from "../../uefi/device-path/text.ts";
import { guidBytes } from "../../uefi/store/flash.ts";
import type { ShownOption } from "./boot-options.ts";

type ShownPath = Pick<ShownOption, "nodes" | "unread" | "optionalData">;

/**
 * A device path as libefivar 37 and 38 print it, and what follows it: the optional data, as characters (37) or digits (38). It differs from what EDK II
 * prints in firmware volumes, in files, and in IPv4; it cannot be read back where IPv6 addresses are: it loses their zeros.
 */
export function parseLibefivarPath(text: string): ShownPath {
  const nodes: DevicePathNode[] = [];
  const unread: string[] = [];
  let at = 0;
  while (at < text.length) {
    const part = partAt(text, at);
    if (part === undefined) break;
    const node = nodeOf(part);
    if (node) nodes.push(node);
    else unread.push(part);
    at += part.length;
    if (text[at] !== "/") break;
    at++;
  }
  return { nodes, unread, optionalData: optionalDataOf(text.slice(at).trim()) };
}

/** The node that starts at a place: a name with its arguments, or the path of a file. */
function partAt(text: string, at: number): string | undefined {
  const file = /^\\[^/\t]*?(?:\.efi|(?=[/\t{]|$))/i.exec(text.slice(at))?.[0];
  if (file) return file;
  if (!/^[A-Za-z]\w*\(/.test(text.slice(at, at + 32))) return undefined;
  let depth = 0;
  for (let end = at; end < text.length; end++) {
    if (text[end] === "(") depth++;
    else if (text[end] === ")" && --depth === 0) return text.slice(at, end + 1);
  }
  return undefined;
}

function nodeOf(part: string): DevicePathNode | undefined {
  const written = /^IPv4\(/.test(part) ? ipv4Text(part) : /^IPv6\(/.test(part) ? undefined : part;
  if (written === undefined) return undefined;
  const text = written.replace(/^FvVol\(/, "Fv(").replace(/^File\((.*)\)$/, "$1");
  try {
    const { nodes } = decodeNodes(parseDevicePath(text));
    return nodes.length === 2 ? nodes[0] : undefined;
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}

/**
 * The node as EDK II writes it, or as bytes. Release 38: `IPv4(remote:port,TCP,Static,local:port,gateway,mask)`. Release 37: `IPv4(local:portremote:port,6,1)`,
 * which has neither gateway nor mask, and may be read in two ways.
 */
function ipv4Text(part: string): string | undefined {
  const address = String.raw`(\d{1,3}(?:\.\d{1,3}){3})(?::(\d{1,5}))?`;
  const later = new RegExp(`^IPv4\\(${address},(\\w+),(\\w+),${address},([\\d.]+),([\\d.]+)\\)$`).exec(part);
  if (later) {
    const [, remote, remotePort = "0", protocol, origin, local, localPort = "0", gateway, mask] = later;
    return `IPv4(${[remote, protocol, origin, local, gateway, mask, localPort, remotePort].join(",")})`;
  }
  const [, both, port = "0", protocol, origin] =
    /^IPv4\(([\d.:]+?)(?::(\d{1,5}))?,([0-9a-f]{1,2}),([01])\)$/.exec(part) ?? [];
  const ways = both === undefined ? [] : splitsOf(both);
  if (ways.length !== 1) return undefined;
  const { local, localPort, remote } = ways[0]!;
  const bytes = Uint8Array.from([
    ...parseIpv4(local)!,
    ...parseIpv4(remote)!,
    ...[localPort, Number(port), Number.parseInt(protocol!, 16)].flatMap((number) => [number & 0xff, number >> 8]),
    Number(origin),
  ]);
  return `Msg(12,${formatHex(bytes)})`;
}

/** Two addresses without anything between them, or with a port of up to five digits. */
function splitsOf(text: string): { local: string; localPort: number; remote: string }[] {
  const isAddress = (part: string) => parseIpv4(part) !== undefined;
  return Array.from({ length: text.length }, (_, at) => ({ first: text.slice(0, at), remote: text.slice(at) }))
    .map(({ first, remote }) => ({ local: first.replace(/:.*/, ""), port: first.split(":")[1] ?? "0", remote }))
    .filter(
      // No host has an address that starts with 0.
      ({ local, port, remote }) =>
        isAddress(local) && isAddress(remote) && !remote.startsWith("0.") && /^(?:0|[1-9]\d{0,4})$/.test(port),
    )
    .filter(({ port }) => Number(port) < 65536)
    .map(({ local, port, remote }) => ({ local, localPort: Number(port), remote }));
}

/** Marks the options that the firmware makes by itself. */
const autoCreated = "8108ac4e-9f11-4d59-850e-e21a522c59b2";

function optionalDataOf(text: string): Uint8Array | undefined {
  if (text === "") return new Uint8Array();
  return text === "{auto_created_boot_option}" ? guidBytes(autoCreated) : parseHex(text);
}
