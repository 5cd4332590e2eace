import { type Bytes, checkBytes } from "../../bytes/bytes.ts";
import { DecodeError, EncodeError } from "../../errors.ts";
import { LAST_VLAN } from "../../text/ip.ts";
import { decodeU16List, encodeU16List } from "../boot/boot-numbers.ts";

/** A VLAN of an interface. */
export interface Vlan {
  /** 1 to 4094. */
  readonly id: number;
  /** 0 to 7. */
  readonly priority: number;
}

/**
 * VLANs of an interface from its VLAN variable: 16-bit tags, identifier in the low 12 bits, priority in the high three.
 *
 * @throws {DecodeError} for half a tag.
 */
export function decodeVlans(data: Uint8Array): Vlan[] {
  checkBytes(data);
  if (data.length % 2 !== 0) throw new DecodeError(`${data.length} bytes are not a list of VLAN tags`);
  return decodeU16List(data).map((tag) => ({ id: tag & 0xfff, priority: tag >> 13 }));
}

/** Data of an interface's VLAN variable. @throws {EncodeError} for an identifier or priority out of range. */
export function encodeVlans(vlans: readonly Vlan[]): Bytes {
  return encodeU16List(
    vlans.map(({ id, priority }) => {
      if (!Number.isInteger(id) || id < 1 || id > LAST_VLAN)
        throw new EncodeError(`VLAN ${id} is not 1 to ${LAST_VLAN}`);
      if (!Number.isInteger(priority) || priority < 0 || priority > 7)
        throw new EncodeError(`priority ${priority} is not 0 to 7`);
      return id | (priority << 13);
    }),
  );
}
