import { type Bytes, checkBytes } from "../../bytes/bytes.ts";
import { concatBytes } from "../../bytes/concat.ts";
import { viewOf } from "../../bytes/view.ts";
import { DecodeError } from "../../errors.ts";
import { hex } from "../../text/hex.ts";

/** One node of a device path (UEFI Specification 2.10, section 10.3). */
export interface DevicePathNode {
  /** A value of `NodeType`, or an unknown one. */
  readonly type: number;
  /** What the number means depends on the type. */
  readonly subtype: number;
  /** Bytes after the four of the header. */
  readonly data: Uint8Array;
}

export const NodeType = { Hardware: 1, Acpi: 2, Messaging: 3, Media: 4, Bbs: 5, End: 0x7f } as const;

const endOfPath = 0xff;
const endOfInstance = 0x01;

export function isEndOfPath({ type, subtype }: DevicePathNode): boolean {
  return type === NodeType.End && subtype === endOfPath;
}

export function isEndOfInstance({ type, subtype }: DevicePathNode): boolean {
  return type === NodeType.End && subtype === endOfInstance;
}

/**
 * Nodes of the device path at `at`, its end node included.
 *
 * @throws {DecodeError} when a node leaves the bytes, has fewer than 4 bytes, or the path has no end.
 */
export function decodeNodes(
  bytes: Uint8Array,
  at = 0,
): { readonly nodes: readonly DevicePathNode[]; readonly end: number } {
  checkBytes(bytes);
  const view = viewOf(bytes);
  const nodes: DevicePathNode[] = [];
  for (let next = at; ; ) {
    if (next + 4 > bytes.length) throw new DecodeError("the device path has no end node", { offset: next });
    const length = view.getUint16(next + 2, true);
    if (length < 4 || next + length > bytes.length) {
      throw new DecodeError(
        `The device path node at ${hex(next)} has ${length} bytes, ${bytes.length - next} are left`,
        {
          offset: next,
        },
      );
    }
    const node = { type: bytes[next]!, subtype: bytes[next + 1]!, data: bytes.subarray(next + 4, next + length) };
    nodes.push(node);
    next += length;
    if (isEndOfPath(node)) return { nodes, end: next };
  }
}

/** Bytes of some nodes; the caller includes the end node. */
export function encodeNodes(nodes: readonly DevicePathNode[]): Bytes {
  return concatBytes(
    nodes.map(({ type, subtype, data }) => {
      const length = data.length + 4;
      return concatBytes([Uint8Array.of(type, subtype, length, length >> 8), data]);
    }),
  );
}

/** The node that ends a device path, and the one between its instances. */
export const endNode: DevicePathNode = { type: NodeType.End, subtype: endOfPath, data: new Uint8Array() };
export const instanceNode: DevicePathNode = { type: NodeType.End, subtype: endOfInstance, data: new Uint8Array() };
