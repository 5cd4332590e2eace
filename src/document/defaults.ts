import { headerOfMaker } from "../nbft/maker.ts";
import { type ListName, listNames } from "../nbft/read/frame.ts";
import type { NbftTable } from "../nbft/table.ts";
import type { ExactLayout } from "../nbft/write/layout-part.ts";
import { formatNid, parseNid } from "../structure/text-value.ts";
import { isMapped, parseIp } from "../text/ip.ts";
import { DISCOVERY_NQN, IO_PORT } from "../text/nvme.ts";
import { parseUuid } from "../text/uuid.ts";
import { documentShape } from "./document-shape.ts";
import type { NbftDocument } from "./nbft-document.ts";
import { resolveSameAs } from "./same-as.ts";
import { checkShape } from "./shape/checked.ts";

/**
 * A table as a program or a person writes it: any part and any field may be missing, and what is missing gets a default.
 * A service id may be a number.
 */
export interface NbftDraft extends Draft<NbftTable> {}

/** Part of a model of which any field may be missing. */
export type Draft<T> = {
  readonly [K in keyof T]?: DraftValue<NonNullable<T[K]>> | (K extends "trsvcid" ? number : never) | undefined;
};

type DraftValue<T> = T extends readonly (string | number)[]
  ? T
  : T extends readonly (infer E)[]
    ? readonly Draft<E>[]
    : T extends object
      ? Draft<T>
      : T;

/** Part of a document whose keys were checked. */
type Part = Readonly<Record<string, unknown>>;

/**
 * A table from a draft: what is missing becomes what a firmware that follows the specification, and that every known reader accepts,
 * would write. The revision is 1.0 unless something needs 1.1, because libnvme before 3.0 reads no other; secondary HFI lists and
 * discovery NQNs are always there. What is given stays; a key that is there but undefined counts as missing.
 *
 * @throws {DocumentError} that lists unknown keys, with suggestions, and values of a wrong form.
 * @throws {EncodeError} naming the path of a `sameAs` that leads to no text or list.
 */
export function withDefaults(draft: NbftDraft): NbftTable {
  return fillDefaults(resolveSameAs(checkShape(draft, documentShape()).value) as NbftDocument);
}

/** Does what `withDefaults` does with a document whose shape is known to be right and that has no `sameAs` in it. */
export function fillDefaults(document: NbftDocument | NbftTable): NbftTable {
  const draft = document as Part;
  const minorRevision = needsNewer(draft) ? 1 : 0;
  const header: Part = {
    majorRevision: 1,
    minorRevision,
    ...headerOfMaker,
    ...given(draft["header"]),
  };
  const control: Part = { majorRevision: 1, minorRevision: 0, ...given(draft["control"]) };
  const configured = draft["host"] !== undefined || listNames.some((name) => draft[name] !== undefined);
  const table = {
    header,
    control: { ...control, flags: { valid: configured, ...given(control["flags"]) } },
    host: draft["host"] === undefined ? undefined : host(draft["host"] as Part),
    ...Object.fromEntries(listNames.map((name) => [name, entries(draft, name, header["minorRevision"])])),
  };
  return table as unknown as NbftTable;
}

/**
 * The same for a table that was read: the table itself where nothing is missing. What the heap holds is all that can be.
 */
export function fillTable(table: NbftTable): NbftTable {
  const complete =
    table.header.driverSignature !== undefined &&
    table.ssns.every(({ trsvcid, secondaryHfis }) => trsvcid !== undefined && secondaryHfis !== undefined) &&
    table.discovery.every(({ nqn }) => nqn !== undefined);
  return complete ? table : fillDefaults(table);
}

/**
 * A table from a document that has an exact layout: absent means absent, except in entries that a list has gained since the layout was
 * made.
 */
export function withLayout(checked: NbftDocument, layout: ExactLayout): NbftTable {
  const document = checked as Part;
  const header = given(document["header"]);
  const lists = listNames.map((name) => {
    const list = document[name] ?? [];
    const known = layout[name]?.entries;
    const grown = Array.isArray(list) && known !== undefined && list.length > known;
    return [name, grown ? entries(document, name, header["minorRevision"] ?? 0, known) : list];
  });
  return {
    ...document,
    header,
    control: given(document["control"]),
    ...Object.fromEntries(lists),
  } as unknown as NbftTable;
}

/** Fields that a revision 1.0 table has no bytes for. */
const newerSsnsFields = ["naed", "cipeec", "connectionTimeout", "nceec"];

function needsNewer(draft: Part): boolean {
  const infos = objectsIn(draft["hfi"]).map((hfi) => given(hfi["transportInfo"]));
  return (
    infos.some(
      (info) =>
        info["extendedInfo"] !== undefined ||
        Number(info["pcieSegment"] ?? 0) > 0 ||
        Number(info["transportInfoVersion"] ?? 0) > 1 ||
        given(info["flags"])["ipAutoconfigured"] === true,
    ) ||
    objectsIn(draft["ssns"]).some((ssns) =>
      newerSsnsFields.some((key) => given(ssns["extendedInfo"])[key] !== undefined),
    )
  );
}

function objectsIn(list: unknown): Part[] {
  return Array.isArray(list) ? list.map(given) : [];
}

/** The properties of an object that are not undefined; anything else gives none. */
function given(value: unknown): Part {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  const part = value as Part;
  // Most models that were read have no undefined values.
  for (const key in part)
    if (part[key] === undefined)
      return Object.fromEntries(Object.entries(part).filter(([, each]) => each !== undefined));
  return part;
}

const fillers: Readonly<Record<ListName, (entry: Part, position: number, minor: unknown) => Part>> = {
  hfi: hfiDefaults,
  ssns: ssnsDefaults,
  security: securityDefaults,
  discovery: discoveryDefaults,
};

/** Entries of a list, with their defaults from a position on; what is no list or object is left for the encoder to refuse. */
function entries(draft: Part, name: ListName, minor: unknown, from = 0): unknown {
  const list = draft[name] ?? [];
  if (!Array.isArray(list)) return list;
  return list.map((entry: unknown, position) =>
    position >= from && typeof entry === "object" && entry !== null
      ? fillers[name](entry as Part, position, minor)
      : entry,
  );
}

const NO_ID = "00000000-0000-0000-0000-000000000000";

function host(draft: Part): Part {
  const nqn = draft["hostNqn"];
  const uuid = typeof nqn === "string" ? /^nqn\.2014-08\.org\.nvmexpress:uuid:(.*)$/.exec(nqn)?.[1] : undefined;
  const hostId = uuid !== undefined && parseUuid(uuid) ? uuid.toLowerCase() : NO_ID;
  return {
    hostId,
    ...given(draft),
    flags: {
      valid: true,
      hostIdConfigured: draft["hostId"] !== undefined || hostId !== NO_ID,
      hostNqnConfigured: nqn !== undefined,
      ...given(draft["flags"]),
    },
  };
}

function hfiDefaults(draft: Part, position: number, minor: unknown): Part {
  const index = draft["index"] ?? position + 1;
  const filled = { trtype: "tcp", ...given(draft), index, flags: { valid: true, ...given(draft["flags"]) } };
  const info = draft["transportInfo"];
  if (typeof info !== "object" || info === null) return filled;
  return { ...filled, transportInfo: transportInfoDefaults(info as Part, index, minor) };
}

function transportInfoDefaults(draft: Part, index: unknown, minor: unknown): Part {
  const extended = given(draft["extendedInfo"]);
  const identified = extended["dhcpIaid"] !== undefined || extended["dhcpDuid"] !== undefined;
  const dhcpOverride = draft["ipOrigin"] === "dhcp" || draft["dhcpServer"] !== undefined || identified;
  const flags = { valid: true, dhcpOverride, ...given(draft["flags"]) } as Part;
  const address = draft["ipAddress"];
  const filled = {
    transportInfoVersion: minor === 0 && draft["extendedInfo"] === undefined ? 1 : 2,
    hfiIndex: index,
    ipOrigin: flags["dhcpOverride"] === true ? "dhcp" : flags["ipAutoconfigured"] === true ? "other" : "manual",
    subnetMaskPrefix: prefixFor(address),
    // 500: routing works and no metric is set.
    routeMetric: draft["gateway"] === undefined ? 0 : 500,
    ...given(draft),
    flags,
  } as Part;
  if (draft["extendedInfo"] === undefined) return filled;
  return {
    ...filled,
    extendedInfo: {
      hfiIndex: index,
      ...extended,
      flags: { valid: true, dhcpClientInfo: identified, ...given(extended["flags"]) },
    },
  };
}

function ssnsDefaults(draft: Part, position: number): Part {
  const index = draft["index"] ?? position + 1;
  const primaryHfi = draft["primaryHfi"] ?? 1;
  const { nid, extendedInfo } = draft;
  const info = given(extendedInfo);
  const transportFlags = given(draft["transportFlags"]);
  const failed = info["naed"] !== undefined && info["naed"] !== "none" && info["naed"] !== 0;
  const filled: Part = {
    trtype: "tcp",
    trsvcid: String(IO_PORT),
    primaryHfi,
    // Without a list libnvme drops the subsystem; one entry equal to the primary is what every reader takes.
    secondaryHfis: [primaryHfi],
    nidType: typeof nid === "string" ? nidTypeOf(nid) : 0,
    ...given(draft),
    index,
    flags: {
      valid: true,
      extendedInfoInUse: extendedInfo !== undefined,
      useSecurity: typeof draft["securityIndex"] === "number" && draft["securityIndex"] > 0,
      discovered: typeof draft["discoveryIndex"] === "number" && draft["discoveryIndex"] > 0,
      dhcpRootPathOverride: info["dhcpRootPath"] !== undefined,
      unavailable: failed ? "unavailable" : "not indicated",
      ...given(draft["flags"]),
    },
    transportFlags: {
      inUse: transportFlags["headerDigest"] === true || transportFlags["dataDigest"] === true,
      ...transportFlags,
    },
  };
  if (extendedInfo === undefined) return filled;
  const asqsz = info["asqsz"];
  return {
    ...filled,
    extendedInfo: {
      ssnsIndex: index,
      ...info,
      flags: { valid: true, adminAsqsz: typeof asqsz === "number" && asqsz > 0, ...given(info["flags"]) },
    },
  };
}

function nidTypeOf(nid: string): string | number {
  const bytes = parseNid(nid);
  if (!bytes) return 0;
  if (formatNid(3, bytes, 0) === nid.toLowerCase()) return "uuid";
  return nid.replace(/[\s:-]/g, "").length === 16 ? "eui64" : "nguid";
}

function securityDefaults(draft: Part, position: number): Part {
  const has = (key: string) => draft[key] !== undefined;
  return {
    index: position + 1,
    ...given(draft),
    flags: {
      valid: true,
      authPolicyList: has("authProtocols") ? "admin" : "none",
      secureChannelPolicyList: has("secureChannelAlgorithms") ? "admin" : "none",
      cipherSuitesRestricted: has("cipherSuites"),
      dhGroupsRestricted: has("dhGroups"),
      hashesRestricted: has("secureHashes"),
      ...given(draft["flags"]),
    },
    secretType: { redfishHostInterfaceUri: has("secretKeypath"), ...given(draft["secretType"]) },
  };
}

function discoveryDefaults(draft: Part, position: number): Part {
  return {
    index: position + 1,
    hfiIndex: 1,
    // Legal without, but nvme-cli's text output dies on an absent NQN.
    nqn: DISCOVERY_NQN,
    ...given(draft),
    flags: { valid: true, ...given(draft["flags"]) },
  };
}

/** The usual prefix length of an address; IPv4 may be written as `::ffff:192.0.2.1`, as the table has it. */
function prefixFor(address: unknown): number {
  if (typeof address !== "string") return 0;
  const bytes = parseIp(address);
  return bytes && !isMapped(bytes) ? 64 : 24;
}
