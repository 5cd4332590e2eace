import { ssnsDescriptor, ssnsExtendedInfo } from "../../nbft/structures/index.ts";
import { AddressKind, addressKind } from "../addresses.ts";
import type { RuleContext } from "../context.ts";
import { uuidInNqn } from "../names.ts";
import { isElsewhere } from "../ssns-namespace.ts";
import { type Screen, screenOf } from "./screen.ts";

const ssns = ssnsDescriptor.fields;
const ext = ssnsExtendedInfo.fields;

/** Bits of the SSNS's suspicions, in the order of its groups of rules. */
const Identity = 1;
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

/** Flags: valid, extended info in use, discovered, and the two bits of Unavailable Namespace. */
const Flag = { valid: 1, useSecurity: 4, rootPath: 8, extended: 16, separate: 32, discovered: 64 } as const;

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
    const { view, at } = context;
    const flags = view.getUint16(at + ssns.flags.at, true);
    let suspects = 0;
    if (view.getUint8(at) !== 4 || (flags & Flag.valid) === 0 || !context.ssns.inOrder) suspects |= Identity;
    if (view.getUint8(at + ssns.trtype.at) !== 3) suspects |= Identity;
    const odd = (flags & 0xfe00) !== 0 || (flags & 0x180) === 0x180;
    if (odd || view.getUint16(at + ssns.transportFlags.at) !== 0) suspects |= Flags;
    if ((flags & Flag.useSecurity) !== 0 || view.getUint8(at + ssns.securityIndex.at) !== 0) suspects |= Security;
    if (!isExtendedClear(context, flags)) suspects |= Extended;
    const primary = view.getUint8(at + ssns.primaryHfi.at);
    if (!isPrimaryAlone(context, primary)) suspects |= Hfis;
    const address = isAddressClear(context, primary);
    if (!address) suspects |= Address;
    if (!isDiscoveryClear(context, flags, address)) suspects |= Discovery;
    const port = view.getUint32(at + ssns.trsvcid.at, true);
    const portLength = view.getUint16(at + ssns.trsvcid.at + 4, true);
    if (portLength < 4 || portLength > 5 || !isPort4420(context, port, portLength)) suspects |= Port;
    if (!isUuidNqn(context)) suspects |= Nqn;
    if (!isNamespaceClear(context)) suspects |= Namespace;
    if (!isReservedClear(context)) suspects |= Reserved;
    return suspects;
  },
);

/** Neither discovered nor learnt from a controller, or both and the addresses compare as the flags say. */
function isDiscoveryClear(context: RuleContext, flags: number, hasAddress: boolean): boolean {
  const index = context.view.getUint8(context.at + ssns.discoveryIndex.at);
  if (index === 0) return (flags & Flag.discovered) === 0;
  if (!hasAddress) return false;
  const position = context.discovery.positionOf(index);
  if ((flags & Flag.discovered) === 0 || position < 0 || context.usualAddress(position) < 0) return false;
  return isElsewhere(position, context) === ((flags & Flag.separate) !== 0);
}

/** Extended information that is there as the flag says, has one of its two sizes, and no root path. */
function isExtendedClear({ view, at, frame }: RuleContext, flags: number): boolean {
  const ref = at + ssns.extendedInfo.at;
  const length = view.getUint16(ref + 4, true);
  if ((flags & Flag.rootPath) !== 0 || (flags & Flag.extended) === 0)
    return length === 0 && (flags & Flag.rootPath) === 0;
  if (length !== ssnsExtendedInfo.minSize && length < ssnsExtendedInfo.size) return false;
  const offset = view.getUint32(ref, true);
  if (offset < frame.heapStart || offset + length > frame.heapEnd) return false;
  return view.getUint16(offset + ext.dhcpRootPath.at + 4) === 0;
}

function isPrimaryAlone(context: RuleContext, primary: number): boolean {
  const { view, at, bytes, frame } = context;
  const ref = at + ssns.secondaryHfis.at;
  const offset = view.getUint32(ref, true);
  return (
    view.getUint16(ref + 4, true) === 1 &&
    offset >= frame.heapStart &&
    offset < frame.heapEnd &&
    bytes[offset] === primary &&
    context.hfi.has(primary)
  );
}

/** An address of 16 bytes, not zero, and of the family of the primary HFI's. */
function isAddressClear(context: RuleContext, primary: number): boolean {
  const { view, at, frame } = context;
  const ref = at + ssns.traddr.at;
  const offset = view.getUint32(ref, true);
  if (view.getUint16(ref + 4, true) !== 16 || offset < frame.heapStart || offset + 16 > frame.heapEnd) return false;
  const kind = addressKind(view, offset);
  return kind >= AddressKind.V4 && kind === context.hfiAddressKind(primary);
}

function isPort4420({ view, frame, bytes }: RuleContext, offset: number, length: number): boolean {
  if (offset < frame.heapStart || offset + length > frame.heapEnd || view.getUint32(offset) !== PORT_4420) return false;
  return length === 4 || bytes[offset + 4] === 0;
}

function isUuidNqn(context: RuleContext): boolean {
  const { view, at, bytes, frame } = context;
  const ref = at + ssns.subsystemNqn.at;
  const offset = view.getUint32(ref, true);
  const length = view.getUint16(ref + 4, true);
  if (length < 68 || length > 69 || offset < frame.heapStart || offset + length > frame.heapEnd) return false;
  if (length === 69 && bytes[offset + 68] !== 0) return false;
  return uuidInNqn(bytes, view, offset, 68) >= 0;
}

function isNamespaceClear({ view, at }: RuleContext): boolean {
  const nsid = view.getUint32(at + ssns.nsid.at);
  const type = view.getUint8(at + ssns.nidType.at);
  const nid = at + ssns.nid.at;
  const first = view.getUint32(nid) | view.getUint32(nid + 4);
  return nsid !== 0 && nsid !== 0xffffffff && (type === 2 || type === 3) && first !== 0;
}

function isReservedClear({ view, at }: RuleContext): boolean {
  let reserved = view.getUint8(at + ssns.reserved9.at) | view.getUint8(at + ssns.reserved47.at);
  const tail = at + ssns.reserved66.at;
  for (let i = tail; i < tail + 60; i += 4) reserved |= view.getUint32(i);
  return (reserved | view.getUint16(tail + 60)) === 0;
}

export const ssnsExtendedInfoScreen: Screen = screenOf(
  [["E003a", "E003b", "E003c", "E003d", "E008", "E011"], ["E004", "E005", "E006", "E007"], ["E009"], ["E010"]],
  (context) => {
    const { view, at } = context;
    const { index, extendedInfo } = context.ssnsOwner;
    const flags = view.getUint32(at + ext.flags.at, true);
    const cntlid = view.getUint16(at + ext.cntlid.at, true);
    let suspects = 0;
    const sound =
      // Structure id 9, version 1; valid, with or without the administrator's queue size.
      view.getUint16(at) === 0x0901 &&
      view.getUint16(at + ext.ssnsIndex.at, true) === index &&
      (flags | 2) === 3 &&
      (cntlid < 0xfff0 || cntlid > 0xfffd);
    if (!sound) suspects |= 1;
    const errors = extendedInfo?.naed ?? "none";
    const codes = (extendedInfo?.cipeec ?? "none") === "none" && (extendedInfo?.nceec ?? "none") === "none";
    if (errors !== "none" || !codes) suspects |= 2;
    if ((flags & 2) === 0 || view.getUint16(at + ext.asqsz.at) === 0) suspects |= 4;
    if (view.getUint16(at + ext.dhcpRootPath.at + 4) !== 0) suspects |= 8;
    return suspects;
  },
);
