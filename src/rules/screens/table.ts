import { hfiDescriptor, hfiTransportInfoTcp, ssnsDescriptor } from "../../nbft/structures/index.ts";
import type { RuleContext } from "../context.ts";
import { isInOrder } from "../heap.ts";
import { isValid } from "../indexed-list.ts";
import { type Screen, screenOf } from "./screen.ts";

const { nid } = ssnsDescriptor.fields;
const transportInfoAt = hfiDescriptor.fields.transportInfo.at;
const macAt = hfiTransportInfoTcp.fields.mac.at;

/** Lists up to this length are compared entry by entry; longer ones are left to the rules. */
const FEW = 16;

/** Bits of the table's suspicions, in the order of its groups of rules. */
const Layout = 1;
const Counted = 2;
const Uncounted = 4;
const Overlap = 8;
const Shared = 16;
const Unused = 32;
const Route = 64;
const OldRevision = 128;
const Duplicate = 256;
const Security = 512;
const Unlinked = 1024;
const UnusedHfi = 2048;
const SameHfi = 4096;
const NoBoot = 8192;

export const tableScreen: Screen = screenOf(
  [
    ["H015", "H016", "C015"],
    ["P003a", "P004"],
    ["P003b", "P004"],
    ["P010"],
    ["P011"],
    ["P012"],
    ["T010"],
    ["H010"],
    ["S030"],
    ["Y012"],
    ["D011"],
    ["G001"],
    ["G002"],
    ["G003"],
  ],
  (context) => {
    const { table, heap } = context;
    let suspects = 0;
    if (!isInOrder(context)) suspects |= Layout;
    if (heap.counted > 0) suspects |= Counted;
    if (heap.uncounted > 0) suspects |= Uncounted;
    if (heap.overlapping > 0) suspects |= Overlap;
    if (heap.shared > 0) suspects |= Shared;
    if (heap.unused > 0) suspects |= Unused;
    if (table.header.minorRevision === 0) suspects |= OldRevision;
    if (table.security.length > 0) suspects |= Security;
    return suspects | suspectGraph(context);
  },
);

/** What HFIs, SSNS and discovery controllers have to do with each other, in one pass over each list. */
function suspectGraph(context: RuleContext): number {
  const { hfi, ssns, discovery } = context.table;
  let suspects = 0;
  let routes = 0;
  for (let i = 0; i < hfi.length; i++) if (hfi[i]!.transportInfo?.flags.defaultRoute) routes++;
  if (routes > 1) suspects |= Route;
  // A bit for each index from 1 to 31; larger ones are left to the rules.
  let used = 0;
  let linked = 0;
  let bootable = false;
  for (let i = 0; i < ssns.length; i++) {
    if (!isValid(ssns[i]!)) continue;
    const { flags, primaryHfi, discoveryIndex } = ssns[i]!;
    used |= bitOf(primaryHfi);
    linked |= bitOf(discoveryIndex);
    if (!flags.nonBootable) bootable = true;
  }
  for (let i = 0; i < discovery.length; i++) if (isValid(discovery[i]!)) used |= bitOf(discovery[i]!.hfiIndex);
  for (let i = 0; i < hfi.length; i++) if ((used & bitOf(hfi[i]!.index)) === 0) suspects |= UnusedHfi;
  for (let i = 0; i < discovery.length; i++) if ((linked & bitOf(discovery[i]!.index)) === 0) suspects |= Unlinked;
  if (!bootable) suspects |= NoBoot;
  if (ssns.length > 1 && (ssns.length > FEW || hasSamePath(context))) suspects |= Duplicate;
  if (hfi.length > 1 && (hfi.length > FEW || hasSameMac(context))) suspects |= SameHfi;
  return suspects;
}

function bitOf(index: number): number {
  return index > 0 && index < 32 ? 1 << index : 0;
}

/** Whether two SSNS have the same address by its place or text, and the same last bytes of the namespace identifier. */
function hasSamePath({ table: { ssns }, frame: { lists }, view }: RuleContext): boolean {
  const { offset, stride } = lists.ssns;
  for (let i = 1; i < ssns.length; i++) {
    const { traddr, primaryHfi } = ssns[i]!;
    const tail = view.getUint32(offset + i * stride + nid.at);
    for (let k = 0; k < i; k++) {
      if (ssns[k]!.primaryHfi !== primaryHfi || view.getUint32(offset + k * stride + nid.at) !== tail) continue;
      if (ssns[k]!.traddr === traddr) return true;
    }
  }
  return false;
}

function hasSameMac({ table: { hfi }, frame: { lists }, view }: RuleContext): boolean {
  const { offset, stride } = lists.hfi;
  for (let i = 1; i < hfi.length; i++) {
    if (!hfi[i]!.transportInfo) continue;
    const mac = view.getUint32(offset + i * stride + transportInfoAt, true) + macAt;
    for (let k = 0; k < i; k++) {
      if (!hfi[k]!.transportInfo) continue;
      const other = view.getUint32(offset + k * stride + transportInfoAt, true) + macAt;
      if (view.getUint32(mac) === view.getUint32(other) && view.getUint16(mac + 4) === view.getUint16(other + 4))
        return true;
    }
  }
  return false;
}
