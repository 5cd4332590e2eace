import { viewOf } from "../../bytes/view.ts";
import { nidTypes } from "../../nbft/names.ts";
import { formatHex } from "../../text/hex.ts";
import { formatIp, formatIpv4 } from "../../text/ip.ts";
import { formatUuid } from "../../text/uuid.ts";
import { prefixOfMask } from "../../uefi/config/attempt-reach.ts";
import { type DevicePathNode, isEndOfInstance, NodeType } from "../../uefi/device-path/node.ts";

/** The way to a namespace that a boot option's device path names: interface, addresses, subsystem. */
export interface ShownBootPath {
  readonly mac: string;
  readonly vlan?: number | undefined;
  /** As nvme-cli shows it; undefined behind a bridge, whose bus number no path has. */
  readonly pci?: string | undefined;
  /** Undefined where the text does not show it. */
  readonly addresses?: PathAddresses | undefined;
  readonly nqn: string;
  readonly nidType: (typeof nidTypes)[keyof typeof nidTypes];
  readonly nid: string;
}

/** What the node of an IP address says. */
export interface PathAddresses {
  readonly local: string;
  readonly remote: string;
  readonly remotePort: number;
  readonly origin: "static" | "dhcp" | "auto";
  readonly prefix?: number | undefined;
  readonly gateway?: string | undefined;
}

const subtypes = { mac: 11, ipv4: 12, ipv6: 13, vlan: 20, nvmeof: 0x22 } as const;

/** The NVMe-oF paths of a boot option's nodes, instance by instance; none for an option that boots something else. */
export function bootPathsOf(nodes: readonly DevicePathNode[]): ShownBootPath[] {
  const paths: ShownBootPath[] = [];
  let rest = nodes;
  while (rest.length > 0) {
    const end = rest.findIndex(isEndOfInstance);
    const path = bootPathOf(end < 0 ? rest : rest.slice(0, end));
    if (path) paths.push(path);
    rest = end < 0 ? [] : rest.slice(end + 1);
  }
  return paths;
}

function bootPathOf(nodes: readonly DevicePathNode[]): ShownBootPath | undefined {
  const find = (subtype: number) =>
    nodes.find((node) => node.type === NodeType.Messaging && node.subtype === subtype)?.data;
  const [mac, nvmeof, vlan] = [find(subtypes.mac), find(subtypes.nvmeof), find(subtypes.vlan)];
  if (!mac || mac.length < 6 || !nvmeof) return undefined;
  const target = targetOf(nvmeof);
  return (
    target && {
      mac: formatHex(mac.subarray(0, 6), ":"),
      vlan: vlan?.length === 2 ? viewOf(vlan).getUint16(0, true) : undefined,
      pci: pciOf(nodes),
      addresses: ipv4Of(find(subtypes.ipv4)) ?? ipv6Of(find(subtypes.ipv6)),
      ...target,
    }
  );
}

/** NIDT, 16 bytes of NID, NQN with its NUL. */
function targetOf(data: Uint8Array): Pick<ShownBootPath, "nqn" | "nidType" | "nid"> | undefined {
  const nidType = nidTypes[data[0] as keyof typeof nidTypes];
  if (nidType === undefined || data.length < 19) return undefined;
  const nqn = new TextDecoder().decode(data.subarray(17)).replace(/\0.*$/s, "");
  const nid = nidType === "uuid" ? formatUuid(data, 1) : formatHex(data.subarray(1, nidType === "eui64" ? 9 : 17));
  return { nqn, nidType, nid };
}

/** A function on the root bus: `PciRoot(0)/Pci(3,0)`. */
function pciOf(nodes: readonly DevicePathNode[]): string | undefined {
  const [root, ...others] = nodes.filter(({ type }) => type === NodeType.Acpi || type === NodeType.Hardware);
  const [device] = others;
  if (root?.type !== NodeType.Acpi || others.length !== 1 || device?.subtype !== 1 || device.data.length !== 2)
    return undefined;
  // The firmware takes the bus from the root's UID.
  const bus = root.data.length === 8 ? viewOf(root.data).getUint32(4, true) : 0;
  return `0:${bus.toString(16)}:${device.data[1]!.toString(16)}.${device.data[0]!.toString(16)}`;
}

/** An IPv4 node, also one of the first UEFI releases, which has neither gateway nor netmask. */
function ipv4Of(data: Uint8Array | undefined): PathAddresses | undefined {
  if (!data || data.length < 15) return undefined;
  return {
    local: formatIpv4(data, 0),
    remote: formatIpv4(data, 4),
    remotePort: viewOf(data).getUint16(10, true),
    origin: data[14] ? "static" : "dhcp",
    ...(data.length >= 23 && { gateway: given(formatIpv4(data, 15)), prefix: prefixOfMask(formatIpv4(data, 19)) }),
  };
}

function ipv6Of(data: Uint8Array | undefined): PathAddresses | undefined {
  if (data?.length !== 56) return undefined;
  return {
    local: formatIp(data, 0),
    remote: formatIp(data, 16),
    remotePort: viewOf(data).getUint16(34, true),
    origin: (["static", "auto", "dhcp"] as const)[data[38]!] ?? "static",
    prefix: data[39] || undefined,
    gateway: given(formatIp(data, 40)),
  };
}

const given = (address: string) => (address === "0.0.0.0" || address === "::" ? undefined : address);
