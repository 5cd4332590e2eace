import { writeUint } from "../layout/value.ts";
import { valueAt } from "../nbft/layout-of.ts";
import { hfiTransportInfoTcp } from "../nbft/structures/index.ts";
import { placeOf } from "../rules/place.ts";
import { clearing, type Fix, patching, positionIn, writing, zeroing } from "./fix.ts";
import { renumbering } from "./renumbering.ts";

const TCP = 3;
const DHCP = 3;
const { flags, ipOrigin } = hfiTransportInfoTcp.fields;
const AUTOCONFIGURED = 1 << 3;

export const hfiFixes: readonly Fix[] = [
  renumbering("F003", "hfi"),
  clearing("F006"),
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
    const address = bytes.slice(offset, offset + 4);
    bytes.fill(0, offset, offset + 16);
    bytes.fill(0xff, offset + 10, offset + 12);
    bytes.set(address, offset + 12);
  }),
  zeroing("T022"),
  zeroing("T023"),
  writing("X002b", 1, { reveals: true }),
  writing("X003", ({ path }, { table }) => table.hfi[positionIn(path)]!.index),
  patching("X004", (bytes, { path }, { frame }) => {
    const info = path.replace(/\.extendedInfo\..*$/, "");
    writeUint(bytes, placeOf(frame, `${info}.ipOrigin`).offset, 1, DHCP);
  }),
  zeroing("X009"),
  clearing("X010"),
];
