import { hfiExtendedInfo, hfiTransportInfoTcp } from "../../nbft/structures/index.ts";
import { AddressKind, addressFields, isRawIpv4 } from "../addresses.ts";
import type { RuleContext } from "../context.ts";
import { isLittleEndianDuid } from "../hfi-extended-info.ts";
import { isHostName } from "../names.ts";
import { type Screen, screenOf } from "./screen.ts";

const info = hfiTransportInfoTcp.fields;
const ext = hfiExtendedInfo.fields;

/** Bits of the transport info's suspicions, in the order of its groups of rules. */
const Identity = 1;
const Flags = 2;
const Origin = 4;
const Interface = 8;
const Address = 16;
const AbsentIpv4 = 32;
const HostName = 64;
const Reserved = 128;

export const transportInfoScreen: Screen = screenOf(
  [
    ["T002", "T003", "T004", "T006", "T007"],
    ["T005", "T008", "T009"],
    ["T011", "T012", "T013", "T021", "T022", "T026"],
    ["T014", "T015"],
    ["T016", "T017", "T018", "T020", "T025"],
    ["T019"],
    ["T024"],
    ["T023", "X009"],
  ],
  (context) => {
    const { view, bytes, at, tally } = context;
    const version = view.getUint8(at + info.transportInfoVersion.at);
    const flags = view.getUint8(at + info.flags.at);
    // Structure id 7, version 1, transport 3; valid.
    if (view.getUint32(at) >>> 8 !== 0x070103 || (flags & 1) === 0) return tally.unknown();
    let suspects = 0;
    if (view.getUint16(at + info.hfiIndex.at, true) !== context.hfiOwner.index) suspects |= Identity;
    if ((flags & 0xf8) !== 0 || (version !== 2 && version !== 1)) suspects |= Flags;
    const hostName = view.getUint16(at + info.hostName.at + 4, true);
    if (hostName !== 0) {
      const offset = view.getUint32(at + info.hostName.at, true);
      const shown = context.hfiOwner.transportInfo?.hostName;
      if (shown === undefined || !isHostName(bytes, offset, offset + shown.length)) suspects |= HostName;
      tally.text(bytes, offset, hostName);
    }
    if (version >= 2) {
      const ref = at + info.extendedInfo.at;
      tally.object(bytes, view.getUint32(ref, true), view.getUint16(ref + 4, true));
    }
    const kinds = context.addressKinds();
    if (!isOriginClear(context, flags, kinds[4]!)) suspects |= Origin;
    const mac = at + info.mac.at;
    const [macHead, macTail] = [view.getUint16(mac), view.getInt32(mac + 2)];
    const noMac = (macHead | macTail) === 0 || (macHead & 0x100) !== 0;
    if (noMac || view.getUint16(at + info.vlan.at, true) > 4094) suspects |= Interface;
    suspects |= suspectAddresses(context, kinds);
    const tail = at + info.reserved117.at;
    let reserved =
      view.getUint8(at + info.reserved53.at) | view.getInt32(tail) | view.getInt32(tail + 4) | view.getInt32(tail + 7);
    // Before version 2 the reference and the segment are reserved as well.
    if (version < 2) reserved |= view.getInt32(tail - 7) | view.getInt32(tail - 4);
    if (reserved !== 0) suspects |= Reserved;
    tally.hfi(context.position, kinds[0]!, (flags & 2) !== 0, macHead, macTail);
    return suspects;
  },
);

/** Whether nothing can be wrong with where the addresses came from: static without a server, or DHCP with everything that belongs to it. */
function isOriginClear(context: RuleContext, flags: number, server: AddressKind): boolean {
  const origin = context.view.getUint8(context.at + info.ipOrigin.at);
  if ((flags & 4) === 0) return (origin <= 1 || origin === 4) && server <= AddressKind.V4None;
  return (
    origin === 3 &&
    server >= AddressKind.V4 &&
    (context.frame.header.minorRevision === 0 ||
      context.hfiOwner.transportInfo?.extendedInfo?.flags.dhcpClientInfo === true)
  );
}

function suspectAddresses({ view, at }: RuleContext, kinds: readonly AddressKind[]): number {
  const family = kinds[0]!;
  const prefix = view.getUint8(at + info.subnetMaskPrefix.at);
  let suspects = 0;
  if (family < AddressKind.V4 || prefix === 0 || prefix > 128 || (family === AddressKind.V4 && prefix > 32)) {
    suspects |= Address;
  }
  for (let i = 0; i < kinds.length; i++) {
    const kind = kinds[i]!;
    if (kind === AddressKind.None) continue;
    if (kind === AddressKind.V4None) suspects |= AbsentIpv4;
    else if (kind !== family) suspects |= Address;
    else if (kind === AddressKind.V6 && isRawIpv4(view, at + addressFields[i]!.at)) suspects |= Address;
  }
  if (kinds[1]! >= AddressKind.V4 && view.getUint16(at + info.routeMetric.at) === 0) suspects |= Address;
  return suspects;
}

export const hfiExtendedInfoScreen: Screen = screenOf(
  [["X002a", "X002b", "X002c", "X003", "X004", "X005", "X007", "X008", "X010"]],
  (context) => {
    const { view, bytes, at } = context;
    const { index, transportInfo } = context.hfiOwner;
    const duid = at + ext.dhcpDuid.at;
    const sound =
      // Structure id 0Ah, version 1; flags 3: valid, with DHCP Client Information.
      view.getUint16(at) === 0x0a01 &&
      view.getUint16(at + ext.hfiIndex.at, true) === index &&
      view.getUint32(at + ext.flags.at, true) === 3 &&
      transportInfo?.ipOrigin === "dhcp" &&
      view.getUint16(at + ext.dhcpIaid.at + 4) !== 0 &&
      view.getUint16(duid + 4, true) <= 130 &&
      isLittleEndianDuid(bytes, view.getUint32(duid, true), view.getUint16(duid + 4, true));
    if (!sound) return context.tally.unknown();
    context.tally.object(
      bytes,
      view.getUint32(at + ext.dhcpIaid.at, true),
      view.getUint16(at + ext.dhcpIaid.at + 4, true),
    );
    context.tally.object(bytes, view.getUint32(duid, true), view.getUint16(duid + 4, true));
    return 0;
  },
);
