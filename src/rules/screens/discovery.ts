import { DISCOVERY_NQN } from "../../nbft/names.ts";
import { discoveryDescriptor } from "../../nbft/structures/index.ts";
import type { RuleContext } from "../context.ts";
import { type Screen, screenOf } from "./screen.ts";
import { bitOf } from "./tally.ts";

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
    const { view, bytes, at } = context;
    let suspects = 0;
    const tail = at + discovery.reserved18.at;
    const reserved =
      view.getUint8(at + discovery.reserved5.at) |
      view.getUint32(tail) |
      view.getUint32(tail + 4) |
      view.getUint32(tail + 8) |
      view.getUint16(tail + 12);
    // Structure id 6, flags 1.
    if (view.getUint16(at) !== 0x0601 || !context.discovery.inOrder || reserved !== 0) return context.tally.unknown();
    const [uri, nqn] = [at + discovery.uri.at, at + discovery.nqn.at];
    const nqnOffset = view.getUint32(nqn, true);
    const nqnLength = view.getUint16(nqn + 4, true);
    context.tally.text(bytes, view.getUint32(uri, true), view.getUint16(uri + 4, true));
    context.tally.text(bytes, nqnOffset, nqnLength);
    const hfi = view.getUint8(at + discovery.hfiIndex.at);
    context.tally.usedHfis |= bitOf(hfi);
    if (context.usualAddress(context.position) < 0) suspects |= 2;
    const security = view.getUint8(at + discovery.securityIndex.at);
    if (security !== 0 || !context.hfi.has(hfi)) suspects |= 4;
    if (!isDiscoveryNqn(context, nqnOffset, nqnLength)) suspects |= 8;
    return suspects;
  },
);

function isDiscoveryNqn({ view, bytes }: RuleContext, offset: number, length: number): boolean {
  const size = DISCOVERY_NQN.length;
  if (length !== size && (length !== size + 1 || bytes[offset + size] !== 0)) return false;
  for (let i = 0; i < nqnWords.length; i++) if (view.getUint32(offset + 4 * i) !== nqnWords[i]) return false;
  return true;
}
