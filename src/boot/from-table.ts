import type { HostDescriptor } from "../nbft/structures/index.ts";
import type { NbftTable } from "../nbft/table.ts";
import { formatUuid, parseUuid, swapGuid } from "../text/uuid.ts";
import { uuidIn } from "./defaults.ts";
import type { BootDescription } from "./description.ts";
import type { BootDocument } from "./document.ts";
import { interfacesOf, type Known, type Notes } from "./interfaces-of-table.ts";
import { BootDescriptionError, completeBootDescription } from "./parse.ts";
import { parseRootPath } from "./root-path.ts";
import { attemptsOf, targetsOf } from "./targets-of-table.ts";
import { type TableWay, tableWays } from "./ways-of-table.ts";

/** A boot description made from a table, and what of the table it cannot say. */
export interface BootFromTable {
  /** What the table says, with every default filled in. */
  readonly description: BootDescription;
  /** Sentences, each with the path of what was left out or understood differently. */
  readonly notes: readonly string[];
}

/**
 * The boot that a table describes: interfaces from its HFIs, targets from its SSNS records by NQN, attempts from the ways
 * between them. What cannot be carried over is in the notes.
 *
 * @param name of the table, for messages
 * @throws {BootDescriptionError} when the table has no host or no usable HFI, or holds what no description may.
 */
export function bootOfTable(table: NbftTable, name?: string): BootFromTable {
  const notes: string[] = [];
  const note: Notes = (path, message) => notes.push(`${path}: ${message}`);
  const interfaces = interfacesOf(table, note);
  if (interfaces.length === 0) {
    const message = "the table has no HFI that can be used, and a boot description needs an interface";
    throw new BootDescriptionError([{ path: "hfi", message }], name ?? "table");
  }
  const ways = tableWays(table, interfaces, note);
  const named = new Set(ways.map(({ ssns }) => ssns.securityIndex));
  for (const [i, { index }] of table.security.entries())
    if (!named.has(index)) note(`security[${i}]`, "is named by no SSNS that is kept, and is left out");
  const names = new Set(interfaces.map(({ written }) => written.hostName));
  const hostName = names.size === 1 ? interfaces[0]!.written.hostName : undefined;
  const { header } = table;
  const attemptNotes: string[] = [];
  const attempts = attemptsOf(table, interfaces, ways, (path, message) => attemptNotes.push(`${path}: ${message}`));
  const document = {
    host: { ...hostOf(table.host, note), name: hostName },
    interfaces: interfaces.map((each) => ({
      ...withRootPath(each, ways, note),
      ...(hostName !== undefined && { hostName: undefined }),
    })),
    targets: targetsOf(ways, table, note),
    attempts,
    table: {
      oemId: header.oemId,
      oemTableId: header.oemTableId,
      oemRevision: header.oemRevision,
      creatorId: header.creatorId,
      creatorRevision: header.creatorRevision,
      driverSignature: header.driverSignature || undefined,
    },
  };
  return {
    description: completeBootDescription(document, name === undefined ? {} : { file: name }),
    notes: [...notes, ...attemptNotes],
  };
}

function hostOf(host: HostDescriptor | undefined, note: Notes): BootDocument["host"] {
  if (!host?.hostNqn) {
    note("host", "has no NQN: made from the Host ID");
    return { id: host && /[1-9a-f]/.test(host.hostId) ? host.hostId : "00000000-0000-4000-8000-000000000001" };
  }
  const derived = uuidIn(host.hostNqn);
  const swapped = formatUuid(swapGuid(parseUuid(host.hostId)!));
  // Firmware that copies an EFI_GUID stores the NQN's own UUID with its first three fields the other way round.
  const guid = derived !== undefined && derived === swapped && derived !== host.hostId;
  const { hostIdConfigured, hostNqnConfigured, primaryAdminHost: primary } = host.flags;
  return {
    nqn: host.hostNqn,
    id: guid ? derived : host.hostId,
    idByteOrder: guid ? "efi-guid" : undefined,
    idConfigured: hostIdConfigured ? undefined : false,
    nqnConfigured: hostNqnConfigured ? undefined : false,
    primaryAdminHost: primary === "selected" || primary === "unselected" ? primary : undefined,
  };
}

function withRootPath(from: Known, ways: readonly TableWay[], note: Notes): BootDocument["interfaces"][number] {
  const way = ways.find((each) => each.from === from && each.ssns.extendedInfo?.dhcpRootPath !== undefined);
  const text = way?.ssns.extendedInfo?.dhcpRootPath;
  if (!way || text === undefined || !from.written.lease) return from.written;
  const whole = parseRootPath(text) !== undefined;
  // OVMF loses the last character of it.
  if (!whole) note(way.path, "its root path cannot be read: one is made from the target");
  return { ...from.written, lease: { ...from.written.lease, rootPath: whole ? text : "from-target" } };
}
