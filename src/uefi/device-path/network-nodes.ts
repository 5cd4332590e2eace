import { concatBytes } from "../../bytes/concat.ts";
import { latin1Text } from "../../bytes/latin1.ts";
import { formatHex, parseHex } from "../../text/hex.ts";
import { formatUuid, parseUuid } from "../../text/uuid.ts";
import {
  hexNumber,
  ipv4Argument,
  ipv4Text,
  ipv6Argument,
  ipv6Text,
  join,
  numberBytes,
  protocolArgument,
  protocolText,
  upperGuid,
  upperHex,
} from "./arguments.ts";
import { NodeType } from "./node.ts";
import type { NodeCodec } from "./node-codec.ts";

const type = NodeType.Messaging;

const macNode: NodeCodec = {
  type,
  subtype: 11,
  name: "MAC",
  format(data) {
    if (data.length !== 33) return undefined;
    const interfaceType = data[32]!;
    return [upperHex(data.subarray(0, interfaceType < 2 ? 6 : 32)), hexNumber(interfaceType)];
  },
  parse([address = "", interfaceType = "0x1"]) {
    const bytes = parseHex(address);
    const end = numberBytes(interfaceType, 1);
    if (!bytes || bytes.length > 32 || !end) return undefined;
    return concatBytes([bytes, new Uint8Array(32 - bytes.length), end]);
  },
};

/** Ports follow as two more arguments where they are not 0; EDK II leaves them out. */
function withPorts(args: readonly string[], view: DataView, at: number): readonly string[] {
  const ports = [view.getUint16(at, true), view.getUint16(at + 2, true)];
  return ports.some((port) => port !== 0) ? [...args, ...ports.map(String)] : args;
}

const ipv4Node: NodeCodec = {
  type,
  subtype: 12,
  name: "IPv4",
  format(data, view) {
    const args = this.display?.(data, view);
    return args && withPorts(args, view, 8);
  },
  display(data, view) {
    if (data.length !== 23 && data.length !== 15) return undefined;
    const short = [
      ipv4Text(data, 4),
      protocolText(view.getUint16(12, true)),
      data[14] ? "Static" : "DHCP",
      ipv4Text(data, 0),
    ];
    return data.length === 15 ? short : [...short, ipv4Text(data, 15), ipv4Text(data, 19)];
  },
  parse([remote, protocol = "TCP", origin = "DHCP", local = "0.0.0.0", gateway, mask, localPort, remotePort]) {
    const head = join(
      ipv4Argument(local),
      ipv4Argument(remote),
      numberBytes(localPort ?? "0", 2),
      numberBytes(remotePort ?? "0", 2),
      protocolArgument(protocol),
      /^(static|dhcp)$/i.test(origin) ? Uint8Array.of(Number(/^static$/i.test(origin))) : undefined,
    );
    if (gateway === undefined && local !== "0.0.0.0") return head;
    return join(head, ipv4Argument(gateway ?? "0.0.0.0"), ipv4Argument(mask ?? "0.0.0.0"));
  },
};

const ipv6Origins = ["Static", "StatelessAutoConfigure", "StatefulAutoConfigure"];

const ipv6Node: NodeCodec = {
  type,
  subtype: 13,
  name: "IPv6",
  format(data, view) {
    const args = this.display?.(data, view);
    return args && withPorts(args, view, 32);
  },
  display(data, view) {
    const origin = ipv6Origins[data[38] ?? 3];
    if (data.length !== 56 || origin === undefined) return undefined;
    return [
      ipv6Text(data, 16),
      protocolText(view.getUint16(36, true)),
      origin,
      ipv6Text(data, 0),
      hexNumber(data[39]!),
      ipv6Text(data, 40),
    ];
  },
  parse([
    remote,
    protocol = "TCP",
    origin = "Static",
    local = "::",
    prefix = "0",
    gateway = "::",
    localPort,
    remotePort,
  ]) {
    const number = ipv6Origins.findIndex((name) => name.toLowerCase() === origin.toLowerCase());
    return join(
      ipv6Argument(local),
      ipv6Argument(remote),
      numberBytes(localPort ?? "0", 2),
      numberBytes(remotePort ?? "0", 2),
      protocolArgument(protocol),
      number < 0 ? undefined : Uint8Array.of(number),
      numberBytes(prefix, 1),
      ipv6Argument(gateway),
    );
  },
};

const vlanNode: NodeCodec = {
  type,
  subtype: 20,
  name: "Vlan",
  format: (data, view) => (data.length === 2 ? [String(view.getUint16(0, true))] : undefined),
  parse: ([id]) => numberBytes(id, 2),
};

const nidPrefixes: Readonly<Record<number, string>> = { 1: "eui", 2: "nvme-nguid", 3: "uuid" };

/**
 * NVMe over Fabrics namespace: NIDT, 16 bytes of NID, subsystem NQN with its NUL. The NID is written as nvme-cli shows it,
 * while the Timberland firmware prints the same bytes as an EFI_GUID (`display`).
 */
const nvmeofNode: NodeCodec = {
  type,
  subtype: 0x22,
  name: "NVMeOF",
  format(data) {
    const nqn = nqnOf(data);
    const kind = nidPrefixes[data[0] ?? 0];
    if (nqn === undefined || kind === undefined) return undefined;
    return [
      nqn,
      `urn:${kind}:${kind === "uuid" ? formatUuid(data, 1) : formatHex(data.subarray(1, kind === "eui" ? 9 : 17))}`,
    ];
  },
  display(data) {
    const nqn = nqnOf(data);
    const kind = nidPrefixes[data[0] ?? 0];
    return nqn === undefined || kind === undefined ? undefined : [nqn, `urn:${kind}:${upperGuid(data, 1)}`];
  },
  parse([nqn, nid]) {
    const [, kind, digits] = /^(?:urn:)?(eui|nvme-nguid|uuid):(.*)$/i.exec(nid ?? "") ?? [];
    const nidt = Object.entries(nidPrefixes).find(([, name]) => name === kind?.toLowerCase())?.[0];
    if (!nqn || nidt === undefined || digits === undefined || /[^\x20-\x7e]/.test(nqn)) return undefined;
    const bytes = nidt === "3" ? parseUuid(digits) : parseHex(digits);
    if (!bytes || (bytes.length !== 16 && (nidt !== "1" || bytes.length !== 8))) return undefined;
    const text = new TextEncoder().encode(nqn);
    return concatBytes([
      Uint8Array.of(Number(nidt)),
      bytes,
      new Uint8Array(16 - bytes.length),
      text,
      new Uint8Array(1),
    ]);
  },
};

function nqnOf(data: Uint8Array): string | undefined {
  if (data.length < 19 || data.at(-1) !== 0) return undefined;
  const text = data.subarray(17, -1);
  return text.every((byte) => byte >= 0x20 && byte < 0x7f) ? latin1Text(text) : undefined;
}

const uriNode: NodeCodec = {
  type,
  subtype: 24,
  name: "Uri",
  format: (data) => (data.every((byte) => byte >= 0x20 && byte < 0x7f) ? [latin1Text(data)] : undefined),
  parse: (args) => new TextEncoder().encode(args.join(",")),
};

/** Nodes of network paths. */
export const networkNodes: readonly NodeCodec[] = [macNode, ipv4Node, ipv6Node, vlanNode, nvmeofNode, uriNode];
