import type { RuleContext } from "../context.ts";
import { isInOrder } from "../heap.ts";
import { type Screen, screenOf } from "./screen.ts";
import { bitOf } from "./tally.ts";

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
    const { table, tally } = context;
    let suspects = 0;
    if (!isInOrder(context)) suspects |= Layout;
    const { counted, uncounted } = context.conventions;
    if (counted) suspects |= Counted;
    if (uncounted) suspects |= Uncounted;
    if (!context.packed) suspects |= suspectHeap(context);
    if (table.header.minorRevision === 0) suspects |= OldRevision;
    if (table.security.length > 0) suspects |= Security;
    if (tally.routes > 1) suspects |= Route;
    if (!tally.bootable) suspects |= NoBoot;
    if (tally.samePaths) suspects |= Duplicate;
    if (tally.sameMacs) suspects |= SameHfi;
    if (!context.hfi.inOrder || !isAllNamed(tally.usedHfis, table.hfi.length)) suspects |= UnusedHfi;
    if (!context.discovery.inOrder || !isAllNamed(tally.linked, table.discovery.length)) suspects |= Unlinked;
    return suspects;
  },
);

/** Whether every index from 1 to `count` has its bit; indexes above 31 have none. */
function isAllNamed(bits: number, count: number): boolean {
  return count < 31 && (bits | 1) >>> 0 === (bitOf(count + 1) - 1) >>> 0;
}

function suspectHeap({ heap }: RuleContext): number {
  return (heap.overlapping > 0 ? Overlap : 0) | (heap.shared > 0 ? Shared : 0) | (heap.unused > 0 ? Unused : 0);
}
