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

/** Whether an address has four bytes, then zeros: an IPv4 address that was not mapped. */
export function isRawIpv4(view: DataView, at: number): boolean {
  return (
    view.getUint32(at) !== 0 &&
    view.getUint32(at + 4) === 0 &&
    view.getUint32(at + 8) === 0 &&
    view.getUint32(at + 12) === 0
  );
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
