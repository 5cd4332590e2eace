import { type Bytes, checkBytes } from "../../bytes/bytes.ts";
import { concatBytes } from "../../bytes/concat.ts";
import { viewOf } from "../../bytes/view.ts";
import { DecodeError, EncodeError } from "../../errors.ts";

/** Which stack's configuration: they number their data and lay out the head differently. */
export type IpFamily = "ipv4" | "ipv6";

/** Data types of both protocols (EFI_IP4_CONFIG2_PROTOCOL, EFI_IP6_CONFIG_PROTOCOL). */
export const IpConfigType = {
  ipv4: { policy: 1, manualAddress: 2, gateway: 3, dnsServer: 4 },
  ipv6: { altInterfaceId: 1, policy: 2, dadTransmits: 3, manualAddress: 4, gateway: 5, dnsServer: 6 },
} as const;

/** Values of the policy. The numbers mean: IPv4 0 static, 1 DHCP; IPv6 0 manual, 1 automatic. */
export const ipPolicies = { ipv4: ["static", "dhcp"], ipv6: ["manual", "automatic"] } as const;

/** One record of an `Ip4Config2` or `Ip6Config` variable. */
export interface IpConfigRecord {
  /** Data type: a value of {@link IpConfigType} for the family, or an unknown one. */
  readonly type: number;
  /** Bytes of that type, as the protocol has them. */
  readonly data: Uint8Array;
}

/** Content of an interface's `Ip4Config2` or `Ip6Config` variable. */
export interface IpConfig {
  /** Which of the two variables it is. */
  readonly family: IpFamily;
  /** Identity association of DHCPv6; only IPv6 has one. */
  readonly iaid?: number | undefined;
  /** In the order of the variable. */
  readonly records: readonly IpConfigRecord[];
  /** The sum of all 16-bit words has every bit set. */
  readonly checksumOk: boolean;
}

const recordSize = 12;
const headSize = { ipv4: 4, ipv6: 8 } as const;

/**
 * An interface's IP configuration. Record data are views of the input.
 *
 * @throws {DecodeError} when the records leave the variable.
 */
export function decodeIpConfig(family: IpFamily, bytes: Uint8Array): IpConfig {
  checkBytes(bytes);
  const head = headSize[family];
  if (bytes.length < head) throw new DecodeError(`${bytes.length} bytes are not an IP configuration`);
  const view = viewOf(bytes);
  const count = view.getUint16(head - 2, true);
  if (head + count * recordSize > bytes.length) {
    throw new DecodeError(`${count} records do not fit in ${bytes.length} bytes`, { offset: head - 2 });
  }
  const records = Array.from({ length: count }, (_, i) => {
    const at = head + i * recordSize;
    const offset = view.getUint16(at, true);
    const size = view.getUint32(at + 4, true);
    if (offset + size > bytes.length) {
      throw new DecodeError(`record ${i + 1} has ${size} bytes at ${offset}, past the end`, { offset: at });
    }
    return { type: view.getUint32(at + 8, true), data: bytes.subarray(offset, offset + size) };
  });
  return {
    family,
    ...(family === "ipv6" && { iaid: view.getUint32(0, true) }),
    records,
    checksumOk: onesSum(bytes) === 0xffff,
  };
}

/** Data of an interface's `Ip4Config2` or `Ip6Config` variable. @throws {EncodeError} when it would have more than 65535 bytes. */
export function encodeIpConfig({ family, iaid = 0, records }: Omit<IpConfig, "checksumOk">): Bytes {
  const head = headSize[family];
  const table = new Uint8Array(head + records.length * recordSize);
  const view = viewOf(table);
  if (family === "ipv6") view.setUint32(0, iaid, true);
  view.setUint16(head - 2, records.length, true);
  let offset = table.length;
  for (const [i, { type, data }] of records.entries()) {
    const at = head + i * recordSize;
    view.setUint16(at, offset, true);
    view.setUint32(at + 4, data.length, true);
    view.setUint32(at + 8, type, true);
    offset += data.length;
  }
  if (offset > 0xffff) throw new EncodeError(`the IP configuration has ${offset} bytes, at most 65535 fit`);
  const bytes = concatBytes([table, ...records.map(({ data }) => data)]);
  viewOf(bytes).setUint16(head - 4, ~onesSum(bytes), true);
  return bytes;
}

/** Ones' complement sum of 16-bit little-endian words, a last odd byte counting as a word. */
function onesSum(bytes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i++) sum += i % 2 === 0 ? bytes[i]! : bytes[i]! << 8;
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return sum;
}

/** The policy of a configuration as a number, or undefined when it has none. */
export function ipPolicy(config: IpConfig): number | undefined {
  const record = config.records.find(({ type }) => type === IpConfigType[config.family].policy);
  return record && record.data.length >= 4 ? viewOf(record.data).getUint32(0, true) : undefined;
}

/** The same configuration with another policy; other records stay as they are. */
export function withIpPolicy(config: Omit<IpConfig, "checksumOk">, policy: number): Omit<IpConfig, "checksumOk"> {
  const type: number = IpConfigType[config.family].policy;
  const data = new Uint8Array(4);
  viewOf(data).setUint32(0, policy, true);
  return { ...config, records: [...config.records.filter((record) => record.type !== type), { type, data }] };
}
