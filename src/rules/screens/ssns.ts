import { MAX_NQN_BYTES } from "../../nbft/names.ts";
import { type SsnsDescriptor, ssnsDescriptor, ssnsExtendedInfo } from "../../nbft/structures/index.ts";
import { AddressKind, addressKind } from "../addresses.ts";
import type { RuleContext } from "../context.ts";
import { isUsualNqn } from "../names.ts";
import { isElsewhere } from "../ssns-namespace.ts";
import { type Screen, screenOf } from "./screen.ts";
import { bitOf } from "./tally.ts";

const ssns = ssnsDescriptor.fields;
const ext = ssnsExtendedInfo.fields;

/** Bits of the SSNS's suspicions, in the order of its groups of rules; the first group is asked with all others. */
const Flags = 2;
const Security = 4;
const Discovery = 8;
const Extended = 16;
const Address = 32;
const Port = 64;
const Nqn = 128;
const Namespace = 256;
const Hfis = 512;
const Reserved = 1024;

/** Bits of the flags. */
const Valid = 1;
const NonBootable = 2;
const UseSecurity = 4;
const RootPath = 8;
const InUse = 16;
const Separate = 32;
const Discovered = 64;

/** `4420`, the port of almost all. */
const PORT_4420 = 0x34343230;

export const ssnsScreen: Screen = screenOf(
  [
    ["S001", "S002", "S003", "S004"],
    ["S005", "S028"],
    ["S016", "S017", "S035"],
    ["S023", "S024", "S025"],
    ["S026", "S027", "E002"],
    ["S006", "S008", "S029"],
    ["S009"],
    ["S010", "S011"],
    ["S012", "S013", "S014", "S015"],
    ["S018", "S019", "S020", "S021", "S022", "S029", "S032", "S033", "S034"],
    ["S031"],
  ],
  (context) => {
    const { view, bytes, at } = context;
    const flags = view.getUint16(at + ssns.flags.at, true);
    // Structure id 4, transport 3.
    const known = view.getUint8(at) === 4 && view.getUint8(at + ssns.trtype.at) === 3;
    if (!known || (flags & Valid) === 0 || !context.ssns.inOrder) return context.tally.unknown();
    let suspects = 0;
    const odd = (flags & 0xfe00) !== 0 || (flags & 0x180) === 0x180;
    if (odd || view.getUint16(at + ssns.transportFlags.at) !== 0) suspects |= Flags;
    if ((flags & UseSecurity) !== 0 || view.getUint8(at + ssns.securityIndex.at) !== 0) suspects |= Security;

    // The objects in the order in which writers put them.
    const traddr = view.getUint32(at + ssns.traddr.at, true);
    const traddrLength = view.getUint16(at + ssns.traddr.at + 4, true);
    const trsvcid = view.getUint32(at + ssns.trsvcid.at, true);
    const trsvcidLength = view.getUint16(at + ssns.trsvcid.at + 4, true);
    const list = view.getUint32(at + ssns.secondaryHfis.at, true);
    const listLength = view.getUint16(at + ssns.secondaryHfis.at + 4, true);
    const nqn = view.getUint32(at + ssns.subsystemNqn.at, true);
    const nqnLength = view.getUint16(at + ssns.subsystemNqn.at + 4, true);
    const extended = view.getUint32(at + ssns.extendedInfo.at, true);
    const extendedLength = view.getUint16(at + ssns.extendedInfo.at + 4, true);
    const { tally } = context;
    tally.object(bytes, traddr, traddrLength);
    tally.text(bytes, trsvcid, trsvcidLength);
    tally.object(bytes, list, listLength);
    tally.text(bytes, nqn, nqnLength);
    if ((flags & InUse) !== 0) tally.object(bytes, extended, extendedLength);

    const primary = view.getUint8(at + ssns.primaryHfi.at);
    const hfi = context.hfi.positionOf(primary);
    if (listLength !== 1 || bytes[list] !== primary || hfi < 0) suspects |= Hfis;
    const kind = traddrLength === 16 ? addressKind(view, traddr) : AddressKind.None;
    const usable = kind >= AddressKind.V4 && kind === tally.hfiKinds[hfi];
    if (!usable) suspects |= Address;
    const port = trsvcidLength >= 4 && view.getUint32(trsvcid) === PORT_4420;
    if (!port || (trsvcidLength !== 4 && (trsvcidLength !== 5 || bytes[trsvcid + 4] !== 0))) suspects |= Port;
    if (!isNqnClear(context, nqn, nqnLength)) suspects |= Nqn;

    const discovery = view.getUint8(at + ssns.discoveryIndex.at);
    if (discovery !== 0 || (flags & Discovered) !== 0) {
      if (!usable || !isDiscoveryClear(context, flags, discovery)) suspects |= Discovery;
    }
    if ((flags & (RootPath | InUse)) !== 0 || extendedLength !== 0) {
      if (!isExtendedClear(context, flags, extended, extendedLength)) suspects |= Extended;
    }

    const nsid = view.getInt32(at + ssns.nsid.at);
    const nidType = view.getUint8(at + ssns.nidType.at);
    const nid = view.getInt32(at + ssns.nid.at);
    if (nsid === 0 || nsid === -1 || (nidType !== 2 && nidType !== 3) || nid === 0) suspects |= Namespace;

    const tail = at + ssns.reserved66.at;
    let reserved = view.getUint8(at + ssns.reserved9.at) | view.getUint8(at + ssns.reserved47.at);
    for (let i = tail; i < tail + 60; i += 4) reserved |= view.getInt32(i);
    if ((reserved | view.getUint16(tail + 60)) !== 0) suspects |= Reserved;

    tally.usedHfis |= bitOf(primary);
    tally.linked |= bitOf(discovery);
    if ((flags & NonBootable) === 0) tally.bootable = true;
    if (usable) tally.path(view.getInt32(traddr + 12), nid ^ view.getInt32(at + ssns.nid.at + 12), primary);
    else tally.samePaths = true;
    return suspects;
  },
);

/** A usual NQN. Paths to one subsystem carry the same: what is equal needs no second look. */
function isNqnClear({ view, bytes, tally, owner }: RuleContext, offset: number, length: number): boolean {
  if (length === tally.nqnLength && areEqual(view, offset, tally.nqn, length)) return true;
  const { subsystemNqn } = owner as SsnsDescriptor;
  if (subsystemNqn === undefined || length > MAX_NQN_BYTES) return false;
  if (!isUsualNqn(bytes, view, offset, subsystemNqn.length)) return false;
  tally.nqn = offset;
  tally.nqnLength = length;
  return true;
}

/** Whether two runs of at least four bytes are the same. */
function areEqual(view: DataView, one: number, other: number, length: number): boolean {
  if (one === other) return true;
  for (let i = 0; i + 4 <= length; i += 4) if (view.getInt32(one + i) !== view.getInt32(other + i)) return false;
  return view.getInt32(one + length - 4) === view.getInt32(other + length - 4);
}

/** Learnt from a controller that is there, and the addresses compare as the flags say. */
function isDiscoveryClear(context: RuleContext, flags: number, index: number): boolean {
  const position = context.discovery.positionOf(index);
  if ((flags & Discovered) === 0 || position < 0 || context.usualAddress(position) < 0) return false;
  return isElsewhere(position, context) === ((flags & Separate) !== 0);
}

/** Extended information that is there as the flag says, has one of its two sizes, and no root path. */
function isExtendedClear({ view }: RuleContext, flags: number, offset: number, length: number): boolean {
  if ((flags & RootPath) !== 0 || (flags & InUse) === 0) return false;
  if (length !== ssnsExtendedInfo.minSize && length < ssnsExtendedInfo.size) return false;
  return view.getUint16(offset + ext.dhcpRootPath.at + 4) === 0;
}

export const ssnsExtendedInfoScreen: Screen = screenOf(
  [["E003a", "E003b", "E003c", "E003d", "E008", "E011"], ["E004", "E005", "E006", "E007"], ["E009"], ["E010"]],
  (context) => {
    const { view, bytes, at } = context;
    const { index, extendedInfo } = context.ssnsOwner;
    const flags = view.getInt32(at + ext.flags.at, true);
    const cntlid = view.getUint16(at + ext.cntlid.at, true);
    const sound =
      // Structure id 9, version 1; valid, with or without the administrator's queue size.
      view.getUint16(at) === 0x0901 &&
      view.getUint16(at + ext.ssnsIndex.at, true) === index &&
      (flags | 2) === 3 &&
      (cntlid < 0xfff0 || cntlid > 0xfffd);
    if (!sound) return context.tally.unknown();
    let suspects = 0;
    // The shorter form has none of the three.
    const { naed, cipeec, nceec } = extendedInfo!;
    if (naed !== undefined && (naed !== "none" || cipeec !== "none" || nceec !== "none")) suspects |= 2;
    if ((flags & 2) === 0 || view.getUint16(at + ext.asqsz.at) === 0) suspects |= 4;
    const rootPath = view.getUint16(at + ext.dhcpRootPath.at + 4, true);
    if (rootPath !== 0) {
      suspects |= 8;
      context.tally.text(bytes, view.getUint32(at + ext.dhcpRootPath.at, true), rootPath);
    }
    return suspects;
  },
);
