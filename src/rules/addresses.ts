import { hfiTransportInfoTcp } from "../nbft/structures/index.ts";

const { fields } = hfiTransportInfoTcp;

/** What 16 bytes of address are: nothing, EDK2's `::ffff:0.0.0.0`, IPv4, or IPv6. */
export const AddressKind = { None: 0, V4None: 1, V4: 4, V6: 6 } as const;

export type AddressKind = (typeof AddressKind)[keyof typeof AddressKind];

/** Kind of the address at `at`. Told from its bytes: its text is put together from parts and takes longer to look into. */
export function addressKind(view: DataView, at: number): AddressKind {
  const tail = view.getUint32(at + 12);
  const middle = view.getUint32(at + 8);
  if (view.getUint32(at) !== 0 || view.getUint32(at + 4) !== 0) return AddressKind.V6;
  if (middle === 0xffff) return tail === 0 ? AddressKind.V4None : AddressKind.V4;
  return middle === 0 && tail === 0 ? AddressKind.None : AddressKind.V6;
}

/** Where an address that was not mapped has its four bytes of IPv4, beside zeros: first, or last as in ::192.0.2.1. */
export function rawIpv4In(view: DataView, at: number): "first" | "last" | undefined {
  if (view.getUint32(at + 4) !== 0 || view.getUint32(at + 8) !== 0) return undefined;
  const isZero = (place: number) => view.getUint32(place) === 0;
  if (isZero(at + 12)) return isZero(at) ? undefined : "first";
  // ::1 is the loopback address; no address of IPv4 begins with 0.
  return isZero(at) && view.getUint8(at + 12) !== 0 ? "last" : undefined;
}

/** Addresses of a Transport Info Descriptor, in its order. */
export const addressFields = [
  { key: "ipAddress", title: "IP address", at: fields.ipAddress.at },
  { key: "gateway", title: "gateway", at: fields.gateway.at },
  { key: "primaryDns", title: "primary DNS", at: fields.primaryDns.at },
  { key: "secondaryDns", title: "secondary DNS", at: fields.secondaryDns.at },
  { key: "dhcpServer", title: "DHCP server", at: fields.dhcpServer.at },
] as const;

/** Whether a kind is that of an address: 4 or 6. */
export function isAddress(kind: AddressKind): boolean {
  return kind >= AddressKind.V4;
}
