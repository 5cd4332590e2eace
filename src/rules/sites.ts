import { listNames, listStructures } from "../nbft/read/frame.ts";
import type { NbftReading } from "../nbft/read/read.ts";
import {
  controlDescriptor,
  hfiExtendedInfo,
  hfiTransportInfoTcp,
  hostDescriptor,
  nbftHeader,
  ssnsExtendedInfo,
} from "../nbft/structures/index.ts";
import type { Structure } from "../structure/index.ts";
import type { Subject } from "./subjects.ts";

/** A structure of a table, and where it is. */
export interface Site {
  readonly on: Subject;
  /** The structure as it was read: what the rules look at. */
  readonly value: unknown;
  readonly structure: Structure;
  /** Its first byte, from the start of the table. */
  readonly at: number;
  readonly path: string;
  /** Its position in its list; 0 for what is in no list. */
  readonly position: number;
  /** The structure whose reference leads to it. */
  readonly owner?: Site;
}

/** What the structures that hang on others are to the rules. */
const subjects = new Map<Structure, Subject>([
  [hfiTransportInfoTcp, "transportInfo"],
  [hfiExtendedInfo, "hfiExtendedInfo"],
  [ssnsExtendedInfo, "ssnsExtendedInfo"],
]);

function subjectOf(structure: Structure): Subject {
  const subject = subjects.get(structure);
  if (subject === undefined) throw new TypeError(`${structure.name} has no row in src/rules/sites.ts`);
  return subject;
}

/**
 * Every structure of a table that was read: header, Control Descriptor, Host Descriptor, the lists, each entry followed by what hangs
 * on it; last the table as a whole.
 */
export function* sitesOf({ table, frame }: NbftReading): Generator<Site> {
  const { view, lists, configured, hostOffset } = frame;
  yield { on: "header", value: table.header, structure: nbftHeader, at: 0, path: "header", position: 0 };
  if (!configured) return;
  const control = { structure: controlDescriptor, at: nbftHeader.size, path: "control", position: 0 };
  yield { on: "control", value: table.control, ...control };
  if (table.host && hostOffset !== undefined) {
    yield { on: "host", value: table.host, structure: hostDescriptor, at: hostOffset, path: "host", position: 0 };
  }
  for (const on of listNames) {
    const structure = listStructures[on];
    let at = lists[on].offset;
    for (const [position, value] of table[on].entries()) {
      const site = { on, value, structure, at, path: `${on}[${position}]`, position };
      yield site;
      yield* sitesBelow(site, view);
      at += lists[on].stride;
    }
  }
  yield { on: "table", value: table, structure: nbftHeader, at: 0, path: "table", position: 0 };
}

/** The fields of each structure that lead to other structures. */
const fieldsBelow = new Map(
  [...Object.values(listStructures), ...subjects.keys()].map((structure) => [
    structure,
    Object.entries(structure.fields).flatMap(([key, field]) =>
      field.kind === "ref" && field.object.kind === "structure"
        ? [{ key, refAt: field.at, structure: field.object.structure }]
        : [],
    ),
  ]),
);

function* sitesBelow(owner: Site, view: DataView): Generator<Site> {
  for (const { key, refAt, structure } of fieldsBelow.get(owner.structure)!) {
    const value = (owner.value as Readonly<Record<string, unknown>>)[key];
    if (value === undefined) continue;
    const at = view.getUint32(owner.at + refAt, true);
    const site = {
      on: subjectOf(structure),
      value,
      structure,
      at,
      path: `${owner.path}.${key}`,
      position: owner.position,
      owner,
    };
    yield site;
    yield* sitesBelow(site, view);
  }
}
