import { behavioursOf } from "../consumers/behaviours/index.ts";
import { type BootAround, bootAround, wordsFor } from "../consumers/dracut/boot-around.ts";
import type { ConsumerModel } from "../consumers/model.ts";
import { note } from "../consumers/note.ts";
import type { TableFile } from "../consumers/nvme-cli/show.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { NbftError } from "../errors.ts";
import { readShared } from "../nbft/read/shared-reading.ts";
import type { NbftTable } from "../nbft/table.ts";
import { TablePaths } from "../reach/paths.ts";
import { validate } from "../rules/validate.ts";
import { applyRepairs } from "./repair.ts";

/** What can be done about some tables from the side of the system that boots. */
export interface Remedies {
  /** Words for the kernel command line with which the boot needs no table, by the consumers that they are for. */
  readonly commandLines: readonly (BootAround & { readonly consumers: readonly string[] })[];
  /** Tables that `nbft repair` makes better, with the codes of the rules. */
  readonly repairs: readonly { readonly source: string; readonly rules: readonly string[] }[];
  /** What the maker of the firmware, or who configured it, must know. */
  readonly firmware: readonly string[];
  /** What who looks after the targets and the network must know. */
  readonly storage: readonly string[];
}

/** A table, and what is not known of it where it was made from a text that somebody pasted. */
export interface RemedySource extends TableFile {
  /** Some fields hold defaults because the text does not have them: findings and repairs would be about those. */
  readonly isPartial?: boolean;
  /** Host NQN and host ID are placeholders. */
  readonly hostUnknown?: boolean;
}

/** Findings of one table beyond this number are only counted. */
const MOST_NAMED = 8;

/**
 * What can be done about some tables, for some consumers. What no repair and no option of the system helps with is for others.
 *
 * @param models whose releases of dracut count
 */
export function remediesOf(tables: readonly RemedySource[], models: readonly ConsumerModel[]): Remedies {
  const read = tables.flatMap(({ path, bytes, isPartial, hostUnknown }) => {
    try {
      const reading = readShared(bytes);
      // What is only worth knowing is not shown.
      const findings = isPartial ? [] : validate(reading, { least: "warning" });
      // Where there is nothing to repair, what repairs is not loaded.
      const repair = findings.length > 0 ? applyRepairs(bytes) : { bytes, applied: [] };
      return [{ path, bytes, table: reading.table, findings, repair, hostUnknown }];
    } catch (error) {
      if (error instanceof NbftError) return [];
      throw error;
    }
  });
  // What was read is not read again.
  const repaired = read.map(({ path, bytes, repair }) => ({
    path,
    bytes: repair.applied.length > 0 ? repair.bytes : bytes,
  }));
  return {
    commandLines: commandLinesOf(repaired, models, read[0]?.hostUnknown === true),
    repairs: read
      .map(({ path, repair }) => ({ source: path, rules: repair.applied.map(({ rule }) => rule) }))
      .filter(({ rules }) => rules.length > 0),
    firmware: read.flatMap(({ path, findings }) => complaints(tables.length > 1 ? `${path}: ` : "", findings)),
    storage: read.flatMap(({ table, hostUnknown }) => requests(table, hostUnknown === true)),
  };
}

function commandLinesOf(
  tables: readonly TableFile[],
  models: readonly ConsumerModel[],
  hostUnknown: boolean,
): Remedies["commandLines"] {
  // The words are the same for all releases that read an NBFT, and for all that do not.
  const groups = new Map<boolean, { readonly release: string; readonly consumers: string[] }>();
  for (const { id, releases } of models) {
    const release = releases.find(({ program }) => program === "dracut")?.predictedAs;
    if (release === undefined) continue;
    const { readsNbft } = behavioursOf("dracut", release);
    const group = groups.get(readsNbft);
    if (group) group.consumers.push(id);
    else groups.set(readsNbft, { release, consumers: [id] });
  }
  const found = groups.size > 0 ? bootAround(tables) : undefined;
  const around = found && hostUnknown ? withoutHost(found) : found;
  if (!around) return [];
  return Array.from(groups.values(), ({ release, consumers }) => {
    return { ...around, words: wordsFor(around, release), consumers };
  });
}

/** The words without placeholders for the host. */
function withoutHost({ words, notes }: BootAround): BootAround {
  return {
    words: words.filter((word) => !/^rd\.nvmf\.host(nqn|id)=/.test(word)),
    notes: [
      note("add rd.nvmf.hostnqn=NQN and rd.nvmf.hostid=UUID where the target allows only the table's host"),
      ...notes,
    ],
  };
}

function complaints(source: string, findings: readonly Diagnostic[]): string[] {
  const lines = findings.slice(0, MOST_NAMED).map(({ rule, path, message }) => `${source}${rule} ${path}: ${message}`);
  return findings.length > MOST_NAMED
    ? [...lines, `${source}and ${findings.length - MOST_NAMED} more (nbft validate)`]
    : lines;
}

/** What a target must have and allow, a line for each subsystem. */
function requests(table: NbftTable, hostUnknown: boolean): string[] {
  const byNqn = new Map<string, { portals: Set<string>; from: Set<string>; unavailable: boolean }>();
  const paths = new TablePaths(table);
  const addresses = new Map(
    table.hfi.toReversed().map(({ index, transportInfo }) => [index, transportInfo?.ipAddress]),
  );
  for (const [i, { traddr, trsvcid, subsystemNqn, flags }] of table.ssns.entries()) {
    const ways = paths.ofSsns(i).filter(({ state }) => state !== "closed");
    if (subsystemNqn === undefined || traddr === undefined || ways.length === 0) continue;
    const known = byNqn.get(subsystemNqn) ?? { portals: new Set(), from: new Set(), unavailable: false };
    byNqn.set(subsystemNqn, known);
    known.portals.add(traddr.includes(":") ? `[${traddr}]:${trsvcid}` : `${traddr}:${trsvcid}`);
    for (const { hfi } of ways) {
      const address = addresses.get(hfi);
      if (address !== undefined) known.from.add(address);
    }
    known.unavailable ||= flags.unavailable === "unavailable";
  }
  return Array.from(byNqn, ([nqn, { portals, from, unavailable }]) => {
    const lost = unavailable ? "; the firmware could not connect to all of it" : "";
    const who = from.size === 0 ? "" : ` from ${[...from].join(", ")}`;
    const host = hostUnknown ? "this host's NQN" : `the host NQN ${table.host?.hostNqn ?? "(none)"}`;
    return `subsystem ${nqn} must answer at ${[...portals].join(", ")}${who} and allow ${host}${lost}`;
  });
}
