import { readDiscoveryUri } from "../nbft/discovery-uri.ts";
import type { HfiDescriptor, HfiTransportInfoTcp, SsnsDescriptor } from "../nbft/structures/index.ts";
import type { NbftTable } from "../nbft/table.ts";
import { LAST_VLAN } from "../text/ip.ts";
import { type Origin, type Reach, reachFrom } from "./reach.ts";
import { kernelPort, nqnRefusal } from "./refusals.ts";
import { addressUse } from "./subnet.ts";

/** One way of a table: from an HFI to the address of an SSNS or of a discovery controller. */
export interface TablePath {
  /** Path of the record in the model, for example `ssns[0]`. */
  readonly path: string;
  /** Which list the record is of. */
  readonly kind: "ssns" | "discovery";
  /** Index field of the record. */
  readonly index: number;
  /** Index of the HFI as the record names it. */
  readonly hfi: number;
  /** Path of that HFI in the model; undefined where no valid HFI has the index. */
  readonly hfiPath: string | undefined;
  /** Whether the HFI reaches the record's address, and how; `unknown` where it has none, or the HFI is missing. */
  readonly reach: Reach;
  /** `closed` cannot work; `unavailable` was not available to the firmware; `open` is everything else. */
  readonly state: PathState;
  /** Why it is not open, or only when bound. */
  readonly why: string | undefined;
  /** It is closed only because of the address that readers give as the host's: a connection without one can work. */
  readonly openWithoutSource: true | undefined;
  /** It can work only where the connection is bound to the HFI's interface, as some releases of nvme-cli do. */
  readonly onlyWhenBound: true | undefined;
}

/** Whether a path of a table can work. */
export type PathState = "open" | "unavailable" | "closed";

/** What is wrong with an IPv6 link-local address of target or host. */
const LINK_LOCAL_REFUSED = "an IPv6 link-local address: readers pass it on without its interface, and Linux refuses it";
const LINK_LOCAL_UNBOUND =
  "an IPv6 link-local address: Linux refuses it unless the connection is bound to its interface";

/** What an HFI says about where connections start from. */
export function originOfHfi(info: HfiTransportInfoTcp): Origin {
  const { ipAddress, subnetMaskPrefix, gateway, dhcpServer, ipOrigin, flags } = info;
  return {
    address: ipAddress,
    prefix: subnetMaskPrefix,
    gateway,
    fixed:
      !flags.dhcpOverride &&
      !flags.ipAutoconfigured &&
      addressUse(dhcpServer) === "none" &&
      // Readers take a reserved origin for a static address.
      ipOrigin !== "dhcp" &&
      ipOrigin !== "router-advertisement",
  };
}

/** The HFIs of a machine by their addresses; of several with one address the first. */
export type AddressOwners = ReadonlyMap<string, HfiDescriptor>;

/** The owners of the addresses of a machine's HFIs. */
export function addressOwners(hfis: readonly HfiDescriptor[]): AddressOwners {
  const owners = new Map<string, HfiDescriptor>();
  for (const hfi of hfis) {
    const address = isSound(hfi) ? hfi.transportInfo?.ipAddress : undefined;
    if (address !== undefined && !owners.has(address)) owners.set(address, hfi);
  }
  return owners;
}

/**
 * Whether an HFI reaches an address. The address of any other HFI is the host's own as well.
 *
 * @param owners those of the machine's addresses
 */
export function reachOfHfi(from: HfiTransportInfoTcp, target: string, owners: AddressOwners): Reach {
  return reachFromHfi(from, owners)(target);
}

/** {@link reachOfHfi} for any number of addresses. */
export function reachFromHfi(from: HfiTransportInfoTcp, owners: AddressOwners): (target: string) => Reach {
  const reachBare = reachFrom(originOfHfi(from));
  const wrong = noInterface(from);
  return (target) => {
    const owner = owners.get(target);
    if (owner && owner.transportInfo !== from && addressUse(target) !== "none") {
      return { how: "none", obstacle: "self", why: `${target} is the own address of HFI ${owner.index}` };
    }
    const reach = reachBare(target);
    if (reach.how === "none") return reach;
    if (wrong !== undefined) return { how: "none", obstacle: "interface", why: wrong };
    const own = reach.how === "gateway" ? ownGateway(from, owners) : undefined;
    if (own === undefined) return reach;
    return { how: "none", obstacle: "gateway", why: `the gateway ${from.gateway} of the way to ${target} ${own}` };
  };
}

/** What is wrong with the gateway of a static HFI that is the own address of another one: Linux makes no such route. */
export function ownGateway(from: HfiTransportInfoTcp, owners: AddressOwners): string | undefined {
  const { gateway } = from;
  if (gateway === undefined || addressUse(gateway) === "none" || !originOfHfi(from).fixed) return undefined;
  const owner = owners.get(gateway);
  return owner === undefined || owner.transportInfo === from ? undefined : `is the own address of HFI ${owner.index}`;
}

/** Why no interface can be what an HFI describes; undefined where one can. */
function noInterface({ mac, vlan }: HfiTransportInfoTcp): string | undefined {
  // The second digit of a group address is odd.
  if (mac === "00:00:00:00:00:00" || /^.[13579bdf]/.test(mac)) return `no interface has the MAC address ${mac}`;
  return vlan > LAST_VLAN ? `there is no VLAN ${vlan}` : undefined;
}

/** Indexes of the HFIs of an SSNS, the primary one first, each once, without unused slots. */
export function hfisOfSsns({ primaryHfi, secondaryHfis = [] }: SsnsDescriptor): number[] {
  const indexes = new Set([primaryHfi, ...secondaryHfis]);
  if (indexes.size > 1) indexes.delete(0);
  return [...indexes];
}

/**
 * Every path of a table, in its order: each valid SSNS through each of its HFIs, and each discovery controller that no SSNS was learned
 * from. What is not valid is not a path. There may be tens of thousands: they are made as they are asked for.
 */
export class TablePaths {
  readonly #table: NbftTable;
  readonly #pathTo: ReturnType<typeof pathsThrough>;
  /** Indexes of the discovery controllers that SSNS were learned from. */
  readonly #used: ReadonlySet<number>;

  constructor(table: NbftTable) {
    this.#table = table;
    this.#pathTo = pathsThrough(table);
    const learned = table.ssns.filter((ssns) => isSound(ssns) && ssns.flags.discovered);
    this.#used = new Set(learned.map(({ discoveryIndex }) => discoveryIndex));
  }

  *[Symbol.iterator](): Generator<TablePath> {
    for (const i of this.#table.ssns.keys()) yield* this.ofSsns(i);
    for (const i of this.#table.discovery.keys()) {
      const path = this.ofDiscovery(i);
      if (path) yield path;
    }
  }

  /** Those of the SSNS at a position in its list. */
  ofSsns(position: number): TablePath[] {
    const ssns = this.#table.ssns[position]!;
    if (!isSound(ssns)) return [];
    const { flags, traddr, index } = ssns;
    const record = { path: `ssns[${position}]`, kind: "ssns", index } as const;
    const broken = troubleOf(ssns);
    const unavailable = flags.unavailable === "unavailable";
    return hfisOfSsns(ssns).map((hfi) => this.#pathTo(record, hfi, traddr, broken, unavailable));
  }

  /** That of the discovery controller at a position in its list. */
  ofDiscovery(position: number): TablePath | undefined {
    const discovery = this.#table.discovery[position]!;
    const { uri, hfiIndex, index } = discovery;
    if (!isSound(discovery) || this.#used.has(index)) return undefined;
    // Some releases take a scheme in upper case: whether one does is in the steps that it makes.
    const parts = uri === undefined ? undefined : readDiscoveryUri(uri.replace(/^nvme\+tcp:/i, "nvme+tcp:"));
    const address = parts?.kind === "address" ? parts.host : undefined;
    const usable = parts !== undefined && parts.kind !== "bad" && (!address || addressUse(address) !== "none");
    const broken = usable ? undefined : "it has no usable URI";
    return this.#pathTo({ path: `discovery[${position}]`, kind: "discovery", index }, hfiIndex, address, broken, false);
  }
}

/** Which record a path begins at. */
type PathRecord = Pick<TablePath, "path" | "kind" | "index">;

/** Makes the paths of a table; what is known of an HFI is worked out once, since hundreds of records may name it. */
function pathsThrough(table: NbftTable) {
  const owners = addressOwners(table.hfi);
  const originOf = ({ transportInfo: info }: HfiDescriptor, path: string) => ({
    path,
    info,
    reach: info && reachFromHfi(info, owners),
  });
  const hfis = new Map<number, ReturnType<typeof originOf>>();
  for (const [i, hfi] of table.hfi.entries()) {
    if (isSound(hfi) && !hfis.has(hfi.index)) hfis.set(hfi.index, originOf(hfi, `hfi[${i}]`));
  }
  return (
    { path, kind, index }: PathRecord,
    hfi: number,
    target: string | undefined,
    broken: string | undefined,
    unavailable: boolean,
  ): TablePath => {
    const found = hfis.get(hfi);
    const info = found?.info;
    const local = info && linkLocalOf(target, info);
    const reach: Reach = found?.reach && target !== undefined ? found.reach(target) : nowhere;
    const why =
      broken ??
      (found === undefined ? `there is no HFI ${hfi}` : undefined) ??
      (info === undefined ? `HFI ${hfi} does not say which interface it is` : undefined) ??
      (reach.how === "none" ? reach.why : undefined) ??
      (local?.onlyWhenBound ? undefined : local?.why);
    const source = why === undefined ? noAddress(target, info?.ipAddress) : undefined;
    const closed = why ?? source;
    const onlyWhenBound = closed === undefined && local !== undefined ? true : undefined;
    const state = closed !== undefined ? "closed" : unavailable ? "unavailable" : "open";
    return {
      path,
      kind,
      index,
      hfi,
      hfiPath: found?.path,
      reach,
      state,
      why: closed ?? local?.why ?? (unavailable ? "it was not available to the firmware" : undefined),
      openWithoutSource: source === undefined ? undefined : true,
      onlyWhenBound,
    };
  };
}

const nowhere: Reach = { how: "unknown", why: "there is no address to reach" };

/** Why nothing can connect to the subsystem of an SSNS, whichever way it goes; undefined where something can. */
function troubleOf({ traddr, trsvcid = "", subsystemNqn }: SsnsDescriptor): string | undefined {
  if (traddr === undefined || addressUse(traddr) === "none") return "it has no address";
  if (subsystemNqn === undefined) return "it has no NQN";
  const refusal = nqnRefusal(subsystemNqn, new TextEncoder().encode(subsystemNqn).length);
  if (refusal !== undefined) return `its NQN ${refusal}`;
  return kernelPort(trsvcid) === undefined ? "its service id is not a port" : undefined;
}

/** Why readers, which pass on the address of an HFI that has none as it is stored, connect to no target of the other family. */
function noAddress(target: string | undefined, source = "::"): string | undefined {
  if (target === undefined || addressUse(source) !== "none") return undefined;
  if (target.includes(":") === source.includes(":")) return undefined;
  return `the HFI has no address, and readers pass on ${source}, with which Linux does not connect to ${target}`;
}

/** What Linux makes of an IPv6 link-local address, which means something only together with an interface. */
export interface LinkLocal {
  readonly why: string;
  /** It is refused unless the connection is bound to the interface; otherwise it is refused by all means. */
  readonly onlyWhenBound: boolean;
}

/**
 * What is wrong with link-local addresses of a connection through an HFI; undefined where none is one. Readers name no scope. Linux binds
 * to the host's address before it binds to an interface, and connects after that: only the target's address gets its interface so. No
 * reader binds to that of a VLAN.
 *
 * Linux, drivers/nvme/host/tcp.c (`nvme_tcp_alloc_queue`), net/ipv6/tcp_ipv6.c (`tcp_v6_connect`); run with Linux 6.12 and 6.18.
 */
export function linkLocalOf(
  target: string | undefined,
  { ipAddress: source, vlan }: Pick<HfiTransportInfoTcp, "ipAddress" | "vlan">,
): LinkLocal | undefined {
  const isSource = addressUse(source) === "link-local";
  if (addressUse(target) !== "link-local")
    return isSource ? { why: `${source} is ${LINK_LOCAL_REFUSED}`, onlyWhenBound: false } : undefined;
  const isIpv4 = source !== undefined && !source.includes(":");
  return isSource || isIpv4 || vlan !== 0
    ? { why: `${target} is ${LINK_LOCAL_REFUSED}`, onlyWhenBound: false }
    : { why: `${target} is ${LINK_LOCAL_UNBOUND}`, onlyWhenBound: true };
}

/** Whether a descriptor is what its list holds, and says that it is valid. */
function isSound({
  structureId,
  flags,
}: {
  readonly structureId?: unknown;
  readonly flags: { readonly valid: boolean };
}) {
  return structureId === undefined && flags.valid;
}

/** Paths beyond this number are only counted. */
const MOST_NAMED = 20;

/** What can be said in short about the paths of a table. */
export interface PathSummary {
  /** `2 of 3 paths can work`. */
  readonly text: string;
  /** Paths of the table altogether, at least 1. */
  readonly count: number;
  /** How many of them can work. */
  readonly open: number;
  /** A line for each path that cannot: `SSNS 2 through HFI 1: 192.168.21.2 is not in …`. */
  readonly closed: readonly string[];
}

/**
 * How many paths of a table can work, and why the others cannot; undefined for a table without paths.
 *
 * @param isBound whether the connection of a path is bound to its interface, where that is known
 */
export function summarizePaths(
  paths: Iterable<TablePath>,
  isBound: (path: TablePath) => boolean = () => true,
): PathSummary | undefined {
  const counts: Record<PathState, number> = { open: 0, unavailable: 0, closed: 0 };
  const closed: string[] = [];
  let bound = 0;
  for (const path of paths) {
    const { kind, index, hfi, why, onlyWhenBound } = path;
    const state = onlyWhenBound && !isBound(path) ? "closed" : path.state;
    counts[state]++;
    if (onlyWhenBound && state === "open") bound++;
    if (state === "closed" && closed.length < MOST_NAMED)
      closed.push(`${kind === "ssns" ? "SSNS" : "discovery"} ${index} through HFI ${hfi}: ${why}`);
  }
  const { open, unavailable } = counts;
  const count = open + unavailable + counts.closed;
  if (count === 0) return undefined;
  const only = bound === 0 ? "" : `; ${bound} of these only when bound to the interface`;
  const marked =
    unavailable === 0 ? "" : `; ${unavailable} ${unavailable === 1 ? "was" : "were"} not available to the firmware`;
  const rest = counts.closed - closed.length;
  if (rest > 0) closed.push(`and ${rest} more`);
  return { text: `${open} of ${count} paths can work${only}${marked}`, count, open, closed };
}
