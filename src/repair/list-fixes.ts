import { readUint, writeUint } from "../layout/value.ts";
import { DISCOVERY_NQN } from "../nbft/names.ts";
import { placeOf } from "../rules/place.ts";
import { clearing, editing, type Fix, patching, positionIn } from "./fix.ts";
import { renumbering } from "./renumbering.ts";

const REDFISH_URI = 1 << 1;

export const securityFixes: readonly Fix[] = [
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
  renumbering("D003", "discovery"),
  editing("D005", ({ table }, findings) => {
    for (const { path } of findings) {
      const discovery = table.discovery[positionIn(path)]!;
      discovery.uri = discovery.uri?.replace(schemeInCapitals, (scheme) => scheme.toLowerCase());
    }
  }),
  editing("D010", ({ table }, findings) => {
    for (const { path } of findings) table.discovery[positionIn(path)]!.nqn ??= DISCOVERY_NQN;
  }),
  clearing("D012"),
];
