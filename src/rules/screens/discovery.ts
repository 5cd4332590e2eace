import { DISCOVERY_NQN } from "../../nbft/names.ts";
import { discoveryDescriptor } from "../../nbft/structures/index.ts";
import { type Screen, screenOf } from "./screen.ts";

const discovery = discoveryDescriptor.fields;

const nqnWords = Array.from({ length: DISCOVERY_NQN.length / 4 }, (_, i) => {
  let word = 0;
  for (let k = 0; k < 4; k++) word = (word << 8) | DISCOVERY_NQN.charCodeAt(4 * i + k);
  return word >>> 0;
});

export const discoveryScreen: Screen = screenOf(
  [
    ["D001", "D002", "D003", "D012"],
    ["D004", "D005", "D006", "D007"],
    ["D008", "D009", "D014"],
    ["D010", "D013"],
  ],
  (context) => {
    const { view, at } = context;
    let suspects = 0;
    const tail = at + discovery.reserved18.at;
    const reserved =
      view.getUint8(at + discovery.reserved5.at) |
      view.getUint32(tail) |
      view.getUint32(tail + 4) |
      view.getUint32(tail + 8) |
      view.getUint16(tail + 12);
    // Structure id 6, flags 1.
    if (view.getUint16(at) !== 0x0601 || !context.discovery.inOrder || reserved !== 0) suspects |= 1;
    if (context.usualAddress(context.position) < 0) suspects |= 2;
    const security = view.getUint8(at + discovery.securityIndex.at);
    if (security !== 0 || !context.hfi.has(view.getUint8(at + discovery.hfiIndex.at))) suspects |= 4;
    if (!isDiscoveryNqn(context)) suspects |= 8;
    return suspects;
  },
);

function isDiscoveryNqn({ view, at, frame, bytes }: Parameters<Screen["suspects"]>[0]): boolean {
  const offset = view.getUint32(at + discovery.nqn.at, true);
  const length = view.getUint16(at + discovery.nqn.at + 4, true);
  const size = DISCOVERY_NQN.length;
  if (length < size || length > size + 1 || offset < frame.heapStart || offset + length > frame.heapEnd) return false;
  for (let i = 0; i < nqnWords.length; i++) if (view.getUint32(offset + 4 * i) !== nqnWords[i]) return false;
  return length === size || bytes[offset + size] === 0;
}
