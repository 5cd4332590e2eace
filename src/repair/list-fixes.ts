import { readUint, writeUint } from "../bytes/numbers.ts";
import { StructureId } from "../nbft/names.ts";
import { placeOf } from "../rules/place.ts";
import { DISCOVERY_NQN } from "../text/nvme.ts";
import { clearing, editing, type Fix, onlyHfi, patching, positionIn, writing } from "./fix.ts";
import { renumbering } from "./renumbering.ts";

const REDFISH_URI = 1 << 1;

export const securityFixes: readonly Fix[] = [
  writing("Y001", StructureId.Security),
  renumbering("Y003", "security"),
  clearing("Y004"),
  clearing("Y006"),
  patching("Y008", (bytes, { path, length }, { frame }) => {
    const at = placeOf(frame, `${path}Ref`).offset;
    if (length > 1) writeUint(bytes, at + 4, 2, readUint(bytes, at + 4, 2) - 1);
  }),
  clearing("Y010"),
  patching("Y011", (bytes, { path, offset }) => {
    if (path.endsWith(".secretType")) bytes[offset]! |= REDFISH_URI;
  }),
  clearing("Y013"),
];

/** The scheme of a URI in lower case, which is how libnvme compares it. */
const schemeInCapitals = /^nvme\+tcp:\/\//i;

export const discoveryFixes: readonly Fix[] = [
  writing("D001", StructureId.Discovery),
  renumbering("D003", "discovery"),
  editing("D005", ({ table }, findings) => {
    for (const { path } of findings) {
      const discovery = table.discovery[positionIn(path)]!;
      discovery.uri = discovery.uri?.replace(schemeInCapitals, (scheme) => scheme.toLowerCase());
    }
  }),
  editing("D008", ({ table }, findings) => {
    const only = onlyHfi(table);
    for (const { path } of findings) if (only !== undefined) table.discovery[positionIn(path)]!.hfiIndex = only;
  }),
  editing("D010", ({ table }, findings) => {
    for (const { path } of findings) table.discovery[positionIn(path)]!.nqn ??= DISCOVERY_NQN;
  }),
  clearing("D012"),
];
