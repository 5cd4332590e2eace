import { listNames, listStructures } from "../../nbft/read/frame.ts";
import { controlDescriptor, hfiDescriptor, hostDescriptor, nbftHeader } from "../../nbft/structures/index.ts";
import { hostIdOrder } from "../host.ts";
import { isPlain } from "../names.ts";
import { type Screen, screenOf } from "./screen.ts";

const header = nbftHeader.fields;
const control = controlDescriptor.fields;
const host = hostDescriptor.fields;
const hfi = hfiDescriptor.fields;

const oemId = header.oemId.at;
const oemTableId = header.oemTableId.at;

export const headerScreen: Screen = screenOf(
  [["H008", "H009"], ["H011"], ["H012"], ["H013"], ["H017", "H018"]],
  (context) => {
    const { view, bytes } = context;
    const signature = header.driverSignature.at;
    context.tally.text(bytes, view.getUint32(signature, true), view.getUint16(signature + 4, true));
    let suspects = 0;
    if (view.getUint8(header.minorRevision.at) !== 1) suspects |= 1;
    for (let i = 0; i < header.oemId.size; i++) if (view.getUint8(oemId + i) === 0x20) suspects |= 2;
    // The one follows on the other.
    if (!isPlain(bytes, oemId, oemTableId + header.oemTableId.size)) suspects |= 4;
    const { at } = header.reserved51;
    const reserved = view.getUint32(at) | view.getUint32(at + 4) | view.getUint32(at + 8) | view.getUint8(at + 12);
    if (reserved !== 0) suspects |= 8;
    const missing =
      view.getUint32(header.heapOffset.at) === 0 ||
      view.getUint32(header.heapLength.at) === 0 ||
      view.getUint16(header.driverSignature.at + 4) === 0;
    if (missing) suspects |= 16;
    return suspects;
  },
);

/** Where the Control Descriptor speaks of each list, and the size of its entries. */
const lists = listNames.map((name) => ({ at: 64 + control[`${name}Offset`].at, size: listStructures[name].size }));

export const controlScreen: Screen = screenOf(
  [["C003", "C004", "C005", "C017"], ["C007", "C008"], ["C009", "C013", "C016"], ["C014"]],
  ({ view }) => {
    let suspects = 0;
    // Structure id 1, revision 1.0, a reserved byte; length 64, flags 1, a reserved byte.
    if (view.getUint32(64) !== 0x01010000 || view.getUint32(68) !== 0x40000100) suspects |= 1;
    const { at } = control.reserved48;
    const reserved =
      view.getUint8(64 + control.reserved15.at) |
      view.getUint32(64 + at) |
      view.getUint32(68 + at) |
      view.getUint32(72 + at) |
      view.getUint32(76 + at);
    if (reserved !== 0) suspects |= 1;
    if (view.getUint32(64 + control.hostOffset.at, true) !== 128) suspects |= 2;
    if (view.getUint16(64 + control.hostLength.at, true) !== hostDescriptor.size) suspects |= 2;
    if (view.getUint8(64 + control.hostVersion.at) !== 1) suspects |= 4;
    for (let i = 0; i < lists.length; i++) {
      const { at, size } = lists[i]!;
      const offset = view.getUint32(at, true);
      const rest = view.getUint32(at + 4, true);
      if (rest >>> 24 === 0) {
        if ((offset | rest) !== 0) suspects |= 8;
      } else if ((rest & 0xffffff) !== (0x10000 | size) || (offset & 7) !== 0) suspects |= 4;
    }
    return suspects;
  },
);

export const hostScreen: Screen = screenOf(
  [["O003"], ["O004", "O006", "O009", "O010"], ["O007", "O008", "O013"], ["O011"]],
  (context) => {
    const { view, bytes, at, table } = context;
    const nqn = at + host.hostNqn.at;
    context.tally.text(bytes, view.getUint32(nqn, true), view.getUint16(nqn + 4, true));
    let suspects = 0;
    const flags = view.getUint8(at + host.flags.at);
    if ((flags & 0xe0) !== 0 || (flags & 0x18) === 0x18) suspects |= 1;
    if (hostIdOrder(table.host!.hostNqn, context) !== "same") suspects |= 2;
    const first = view.getUint8(at + host.hostId.at);
    if (first === 0 || first === 0xff) suspects |= 4;
    if ((view.getUint32(at + host.reserved24.at) | view.getUint32(at + host.reserved24.at + 4)) !== 0) suspects |= 8;
    return suspects;
  },
);

export const hfiScreen: Screen = screenOf([["F001", "F002", "F003", "F004", "F005", "F006"]], (context) => {
  const { view, bytes, at } = context;
  const [low, high] = [at + hfi.reserved4.at, at + hfi.reserved22.at];
  const reserved =
    view.getUint32(low) |
    view.getUint32(low + 4) |
    view.getUint32(low + 8) |
    view.getUint32(high) |
    view.getUint32(high + 4) |
    view.getUint16(high + 8);
  const sound =
    reserved === 0 &&
    // Structure id 3, any index, flags 1, transport 3.
    (view.getUint32(at) & 0xff00ffff) >>> 0 === 0x03000103 &&
    context.hfi.inOrder;
  if (!sound) return context.tally.unknown();
  const length = view.getUint16(at + hfi.transportInfo.at + 4, true);
  context.tally.object(bytes, view.getUint32(at + hfi.transportInfo.at, true), length);
  return length === 0 ? context.tally.unknown() : 0;
});
