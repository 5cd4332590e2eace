import { formatNid, parseNid } from "../layout/text-value.ts";
import { DISCOVERY_NQN } from "../nbft/names.ts";
import type { NbftTable } from "../nbft/table.ts";
import { parseUuid } from "../text/uuid.ts";

/** Part of a document as a person writes it: everything may be missing. */
export type Draft = Readonly<Record<string, unknown>>;

/**
 * A table from a hand-written document: what is missing becomes what a firmware that follows the specification, and that
 * every known reader accepts, would write (secondary HFI lists and discovery NQNs are always there). What is given stays; a key
 * that is there but undefined counts as missing.
 */
export function withDefaults(document: Draft | NbftTable): NbftTable {
  const draft = document as Draft;
  const header: Draft = {
    majorRevision: 1,
    minorRevision: 1,
    oemId: "NBFT",
    oemTableId: "NBFTJS",
    oemRevision: 1,
    creatorId: "NBFT",
    creatorRevision: 1,
    driverSignature: "nbft",
    ...given(draft["header"]),
  };
  const minor = header["minorRevision"] as number;
  const control: Draft = { majorRevision: 1, minorRevision: 0, ...given(draft["control"]) };
  const table = {
    header,
    control: { ...control, flags: { valid: true, ...given(control["flags"]) } },
    host: draft["host"] === undefined ? undefined : host(draft["host"] as Draft),
    hfi: entries(draft["hfi"], (hfi, position) => hfiDefaults(hfi, position, minor)),
    ssns: entries(draft["ssns"], (ssns, position) => ssnsDefaults(ssns, position)),
    security: entries(draft["security"], securityDefaults),
    discovery: entries(draft["discovery"], discoveryDefaults),
  };
  return table as unknown as NbftTable;
}

/** The properties of an object that are not undefined; anything else gives none. */
function given(value: unknown): Draft {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined));
}

/** Entries of a list, each with its defaults; what is no list or object is left for the encoder to refuse. */
function entries(list: unknown, fill: (entry: Draft, position: number) => Draft): unknown {
  if (list === undefined) return [];
  if (!Array.isArray(list)) return list;
  return list.map((entry: unknown, position) =>
    typeof entry === "object" && entry !== null ? fill(entry as Draft, position) : entry,
  );
}

function host(draft: Draft): Draft {
  const nqn = draft["hostNqn"];
  const uuid = typeof nqn === "string" ? /^nqn\.2014-08\.org\.nvmexpress:uuid:(.*)$/.exec(nqn)?.[1] : undefined;
  const defaultId = uuid !== undefined && parseUuid(uuid) ? uuid.toLowerCase() : "00000000-0000-0000-0000-000000000000";
  return {
    hostId: defaultId,
    ...given(draft),
    flags: {
      valid: true,
      hostIdConfigured: draft["hostId"] !== undefined || defaultId !== "00000000-0000-0000-0000-000000000000",
      hostNqnConfigured: nqn !== undefined,
      ...given(draft["flags"]),
    },
  };
}

function hfiDefaults(draft: Draft, position: number, minor: number): Draft {
  const index = draft["index"] ?? position + 1;
  const filled = { trtype: "tcp", ...given(draft), index, flags: { valid: true, ...given(draft["flags"]) } };
  const info = draft["transportInfo"];
  if (typeof info !== "object" || info === null) return filled;
  return { ...filled, transportInfo: transportInfoDefaults(info as Draft, index, minor) };
}

function transportInfoDefaults(draft: Draft, index: unknown, minor: number): Draft {
  const flags = { valid: true, ...given(draft["flags"]) } as Draft;
  const filled = {
    transportInfoVersion: minor === 0 && draft["extendedInfo"] === undefined ? 1 : 2,
    hfiIndex: index,
    ipOrigin: flags["dhcpOverride"] === true ? "dhcp" : flags["ipAutoconfigured"] === true ? "other" : "manual",
    routeMetric: 500,
    ...given(draft),
    flags,
  } as Draft;
  const extended = draft["extendedInfo"];
  if (typeof extended !== "object" || extended === null) return filled;
  const identified = "dhcpIaid" in extended || "dhcpDuid" in extended;
  return {
    ...filled,
    extendedInfo: {
      hfiIndex: index,
      ...given(extended),
      flags: { valid: true, dhcpClientInfo: identified, ...given((extended as Draft)["flags"]) },
    },
  };
}

function ssnsDefaults(draft: Draft, position: number): Draft {
  const index = draft["index"] ?? position + 1;
  const primaryHfi = draft["primaryHfi"] ?? 1;
  const nid = draft["nid"];
  const extended = draft["extendedInfo"];
  const filled: Draft = {
    trtype: "tcp",
    trsvcid: "4420",
    primaryHfi,
    // Without a list libnvme drops the subsystem; one entry equal to the primary is what every reader takes.
    secondaryHfis: [primaryHfi],
    nidType: typeof nid === "string" ? nidTypeOf(nid) : 0,
    ...given(draft),
    index,
    flags: {
      valid: true,
      extendedInfoInUse: extended !== undefined,
      useSecurity: typeof draft["securityIndex"] === "number" && draft["securityIndex"] > 0,
      ...given(draft["flags"]),
    },
  };
  if (typeof extended !== "object" || extended === null) return filled;
  const info = extended as Draft;
  return {
    ...filled,
    extendedInfo: { ssnsIndex: index, ...given(info), flags: { valid: true, ...given(info["flags"]) } },
  };
}

function nidTypeOf(nid: string): string | number {
  const bytes = parseNid(nid);
  if (!bytes) return 0;
  if (formatNid(3, bytes, 0) === nid.toLowerCase()) return "uuid";
  return nid.replace(/[\s:-]/g, "").length === 16 ? "eui64" : "nguid";
}

function securityDefaults(draft: Draft, position: number): Draft {
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

function discoveryDefaults(draft: Draft, position: number): Draft {
  return {
    index: position + 1,
    hfiIndex: 1,
    // Legal without, but nvme-cli's text output dies on an absent NQN.
    nqn: DISCOVERY_NQN,
    ...given(draft),
    flags: { valid: true, ...given(draft["flags"]) },
  };
}
