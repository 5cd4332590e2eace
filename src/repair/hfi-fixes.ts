import { writeUint } from "../bytes/numbers.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { StructureId } from "../nbft/names.ts";
import { hfiExtendedInfo, hfiTransportInfoTcp } from "../nbft/structures/index.ts";
import { valueAt } from "../nbft/value-at.ts";
import { placeOf } from "../rules/place.ts";
import { clearing, editing, type Fix, measuring, patching, positionIn, writing, zeroing } from "./fix.ts";
import { renumbering } from "./renumbering.ts";

const TCP = 3;
const DHCP = 3;
const IAID_BYTES = 4;
const { flags, ipOrigin } = hfiTransportInfoTcp.fields;
const AUTOCONFIGURED = 1 << 3;

/** Metric of a route where routing works and nobody set one. */
const NO_METRIC_SET = 500;

/** Turns type, hardware type, time and enterprise number of a DUID from DHCP's byte order into the NBFT's. */
function swapDuid(bytes: Uint8Array, { offset, length }: Diagnostic): void {
  const duid = bytes.subarray(offset, offset + length);
  // Types are below 256: a first byte of zero is one of two bytes, big-endian. Other forms have no type of two bytes to swap.
  if (duid[0] !== 0) return;
  const sizes = { 1: [2, 2, 4], 2: [2, 4], 3: [2, 2], 4: [2] }[duid[1] ?? 0] ?? [];
  let at = 0;
  for (const size of sizes) {
    duid.subarray(at, at + size).reverse();
    at += size;
  }
}

export const hfiFixes: readonly Fix[] = [
  writing("F001", StructureId.Hfi),
  renumbering("F003", "hfi"),
  clearing("F006"),
  measuring("T001", () => hfiTransportInfoTcp.size, StructureId.HfiTransportInfo),
  writing("T002", StructureId.HfiTransportInfo),
  writing("T003", 1, { reveals: true }),
  writing("T004", ({ path }, { table }) => (table.hfi[positionIn(path)]!.trtype === "tcp" ? TCP : undefined), {
    reveals: true,
  }),
  writing("T005", ({ path }, { table }) => (valueAt(table, path) === 0 ? 1 : 2)),
  writing("T006", ({ path }, { table }) => table.hfi[positionIn(path)]!.index),
  patching("T008", (bytes, { path, offset }) => {
    if (path.endsWith(".ipAutoconfigured")) bytes[offset]! &= ~AUTOCONFIGURED;
  }),
  clearing("T008"),
  patching("T009", (bytes, { path, offset }, { table }) => {
    const info = table.hfi[positionIn(path)]!.transportInfo!;
    const dhcp = info.flags.dhcpOverride || info.ipOrigin === "dhcp";
    // With DHCP it is the flag that is wrong, without it the origin.
    if (dhcp) bytes[offset]! &= ~AUTOCONFIGURED;
    bytes[offset - flags.at + ipOrigin.at] = dhcp ? DHCP : 0;
  }),
  writing("T012", DHCP),
  writing("T013", 0),
  zeroing("T019"),
  patching("T020", (bytes, { offset }) => {
    const start = bytes.subarray(offset, offset + 4).some((byte) => byte !== 0) ? offset : offset + 12;
    const address = bytes.slice(start, start + 4);
    bytes.fill(0, offset, offset + 16);
    bytes.fill(0xff, offset + 10, offset + 12);
    bytes.set(address, offset + 12);
  }),
  zeroing("T022"),
  zeroing("T023"),
  writing("T025", NO_METRIC_SET),
  editing("T026", ({ table }, findings) => {
    for (const { path } of findings) {
      const info = table.hfi[positionIn(path)]!.transportInfo!;
      if (info.dhcpServer !== undefined || info.extendedInfo?.flags.dhcpClientInfo) info.flags.dhcpOverride = true;
    }
  }),
  measuring("X001", () => hfiExtendedInfo.size, StructureId.HfiExtendedInfo),
  writing("X002a", StructureId.HfiExtendedInfo),
  writing("X002b", 1, { reveals: true }),
  writing("X003", ({ path }, { table }) => table.hfi[positionIn(path)]!.index),
  patching("X004", (bytes, { path }, { frame }) => {
    const info = path.replace(/\.extendedInfo\..*$/, "");
    writeUint(bytes, placeOf(frame, `${info}.ipOrigin`).offset, 1, DHCP);
  }),
  measuring("X006", () => IAID_BYTES),
  patching("X008", swapDuid),
  zeroing("X009"),
  clearing("X010"),
];
