import type { Bytes } from "../../bytes/bytes.ts";
import { viewOf } from "../../bytes/view.ts";
import { encodeWorkingBlockHeader } from "./fault-tolerant-write.ts";
import { guidBytes, type StoreFormat, storeGuids, storeHeaderSize, sum16, volumeHeaderSize } from "./flash.ts";
import { type StoreGeometry, type StoreSize, storeGeometries } from "./geometries.ts";

/**
 * An empty variable store: bit for bit the pristine image of a build (`4M` 540672 bytes, `2M` 131072 bytes), or what an
 * ArmVirt build makes of an empty image when it first starts (`aavmf`, 64 MiB).
 */
export function createVariableStore(size: StoreSize = "4M", format: StoreFormat = "authenticated"): Bytes {
  const geometry: StoreGeometry = storeGeometries[size];
  const bytes = new Uint8Array(geometry.fileSize).fill(0xff, 0, geometry.volumeSize);
  if (geometry.filler !== 0) bytes.fill(geometry.filler, geometry.volumeSize);
  const view = viewOf(bytes);
  bytes.fill(0, 0, volumeHeaderSize + storeHeaderSize);
  bytes.set(guidBytes(storeGuids.nvData), 16);
  view.setBigUint64(32, BigInt(geometry.volumeSize), true);
  view.setUint32(40, 0x5f465648, false);
  view.setUint32(44, geometry.volumeAttributes, true);
  view.setUint16(48, volumeHeaderSize, true);
  bytes[55] = 2;
  view.setUint32(56, geometry.blocks, true);
  view.setUint32(60, geometry.blockSize, true);
  view.setUint16(50, -sum16(view, volumeHeaderSize), true);
  bytes.set(guidBytes(storeGuids[format]), volumeHeaderSize);
  view.setUint32(volumeHeaderSize + 16, geometry.liveSize - volumeHeaderSize, true);
  bytes[volumeHeaderSize + 20] = 0x5a;
  bytes[volumeHeaderSize + 21] = 0xfe;
  bytes.set(encodeWorkingBlockHeader(geometry.workingBlockSize - 32), geometry.workingBlockAt);
  return bytes;
}
