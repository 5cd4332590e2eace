import { readDiscoveryUri } from "../../nbft/discovery-uri.ts";
import type {
  DiscoveryDescriptor,
  HfiDescriptor,
  HfiTransportInfoTcp,
  SsnsDescriptor,
} from "../../nbft/structures/index.ts";
import type { NbftTable } from "../../nbft/table.ts";
import { hfisOfSsns, originOfHfi, type TablePath, TablePaths } from "../../reach/paths.ts";
import { type Reach, reachOf } from "../../reach/reach.ts";
import { addressUse, subnetOf } from "../../reach/subnet.ts";
import { DISCOVERY_NQN } from "../../text/nvme.ts";

/** What became, or will become, of a way through the picture. */
export type WayState =
  /** Nothing speaks against it. */
  | "open"
  /** The firmware could not use it (UNFLAG 2). */
  | "unavailable"
  /** Readers leave it out: a security profile, or the well-known discovery NQN. */
  | "skipped"
  /** A boot's evidence says that it did not carry. */
  | "dead"
  /** It cannot work: no route, an address that is missing, an HFI that is not there, or a descriptor that is not valid. */
  | "closed";

/** What a line of the picture is. */
export type WayRole =
  /** Part of: a card of the host, a subsystem at a portal, a namespace of a subsystem. */
  | "part"
  /** A path through the primary HFI of an SSNS, or through one of its secondary HFIs. */
  | "primary"
  | "secondary"
  /** The firmware asks a discovery controller. */
  | "asks"
  /** A subsystem that a discovery controller named. */
  | "found";

/** A box of the picture. */
export interface TopologyNode {
  /** Unique among the boxes. */
  readonly id: string;
  /** What the box stands for. */
  readonly kind: "host" | "hfi" | "path" | "portal" | "discovery" | "subsystem" | "namespace";
  /** First line is the name. */
  readonly lines: readonly string[];
  /** Whether the way through it is open. */
  readonly state: WayState;
  /** Model path of what the box stands for. */
  readonly path: string;
  /** Of a path: the network that it runs in. */
  readonly network?: string;
}

/** A network, or why there is none, with the paths in it. */
export interface TopologyNetwork {
  /** Unique among the networks; boxes name it as their `network`. */
  readonly id: string;
  /** First line is the network, or the reason. */
  readonly lines: readonly string[];
}

/** A line of the picture, from the host to the namespaces. */
export interface TopologyEdge {
  /** Id of the box where the line starts, on the host's side. */
  readonly from: string;
  /** Id of the box where the line ends. */
  readonly to: string;
  /** What the line is. */
  readonly role: WayRole;
  /** Whether the way is open. */
  readonly state: WayState;
  /** Why it is not open, or only sometimes. */
  readonly note?: string;
}

/** Host, cards, networks with their paths, portals, subsystems and namespaces of a table. */
export interface Topology {
  /** Boxes, each once. */
  readonly nodes: readonly TopologyNode[];
  /** Networks that paths run in, and reasons why there is none. */
  readonly networks: readonly TopologyNetwork[];
  /** Lines between the boxes. */
  readonly edges: readonly TopologyEdge[];
  /** What a picture has no room for, in words. */
  readonly left?: string;
}

/** Descriptors of one kind, and paths, beyond these numbers are only counted. */
const MOST_DRAWN = 16;
const MOST_PATHS = 48;

/** What a boot's evidence adds to a table. */
export interface PathsSeen {
  /** Why a path did not carry, by the indexes of its SSNS and HFI. */
  dead?(ssns: number, hfi: number): string | undefined;
}

/** What a table says about who connects to what, by which way. */
export function topologyOf(table: NbftTable, seen: PathsSeen = {}): Topology {
  return new Picture(table, seen).draw();
}

/** Whether a way is open, and why not, or only sometimes. */
interface Fate {
  readonly state: WayState;
  readonly note?: string | undefined;
}

class Picture {
  readonly #table: NbftTable;
  readonly #seen: PathsSeen;
  readonly #nodes = new Map<string, TopologyNode>();
  readonly #networks = new Map<string, TopologyNetwork>();
  readonly #edges = new Map<string, TopologyEdge>();
  /** HFIs by their index: the first of several is the one that readers find; those that are not drawn have no id. */
  readonly #hfis = new Map<number, { readonly hfi: HfiDescriptor; readonly id: string | undefined }>();
  #paths = 0;
  #pathsLeft = 0;

  constructor(table: NbftTable, seen: PathsSeen) {
    this.#table = table;
    this.#seen = seen;
  }

  draw(): Topology {
    const { host, hfi, ssns, discovery } = this.#table;
    const subsystems = ssns.slice(0, MOST_DRAWN);
    const controllers = discovery.slice(0, MOST_DRAWN);
    const valid = host?.flags.valid ?? false;
    this.#node({
      id: "host",
      kind: "host",
      lines: ["host", host?.hostNqn ?? "no host NQN", ...(host ? [`ID ${host.hostId}`] : []), ...notValid(valid)],
      state: valid ? "open" : "closed",
      path: "host",
    });
    const used = new Set([...subsystems.flatMap(hfisOfSsns), ...controllers.map(({ hfiIndex }) => hfiIndex)]);
    const others = hfi.filter(({ index }) => !used.has(index));
    const cards = new Set([...hfi.filter(({ index }) => used.has(index)), ...others].slice(0, MOST_DRAWN));
    for (const [i, entry] of hfi.entries()) this.#hfi(entry, i, cards.has(entry));
    const paths = new TablePaths(this.#table);
    for (const [i, entry] of controllers.entries()) this.#discovery(entry, i, paths);
    for (const [i, entry] of subsystems.entries()) this.#ssns(entry, i, paths);
    const left = [
      [hfi.length - cards.size, "HFIs"],
      [ssns.length - subsystems.length, "SSNS"],
      [discovery.length - controllers.length, "discovery controllers"],
      [this.#pathsLeft, "paths"],
    ] as const;
    const words = left.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
    return {
      nodes: [...this.#nodes.values()],
      networks: [...this.#networks.values()],
      edges: [...this.#edges.values()],
      ...(words.length > 0 && { left: `not drawn: ${words.join(", ")}` }),
    };
  }

  #hfi(hfi: HfiDescriptor, position: number, drawn: boolean): void {
    const id = `hfi ${position}`;
    if (!this.#hfis.has(hfi.index)) this.#hfis.set(hfi.index, { hfi, id: drawn ? id : undefined });
    if (!drawn) return;
    const info = hfi.transportInfo;
    const valid = hfi.flags.valid && (info?.flags.valid ?? false);
    const state = valid ? "open" : "closed";
    const lines = [`HFI ${hfi.index}`, ...(info ? cardLines(info) : ["no transport info"]), ...notValid(valid)];
    this.#node({ id, kind: "hfi", lines, state, path: `hfi[${position}]` });
    this.#edge({ from: "host", to: id, role: "part", state });
  }

  #discovery(entry: DiscoveryDescriptor, position: number, paths: TablePaths): void {
    const { uri, nqn, flags, index, hfiIndex, securityIndex } = entry;
    const path = `discovery[${position}]`;
    const address = uri === undefined ? undefined : readDiscoveryUri(uri);
    const where =
      address === undefined || address.kind === "bad"
        ? (uri ?? "no address")
        : "port" in address
          ? portalName(address.host, String(address.port))
          : address.host;
    const id = this.#node({
      id: path,
      kind: "discovery",
      lines: [
        `discovery controller ${index}`,
        where,
        ...(nqn && nqn !== DISCOVERY_NQN ? [nqn] : []),
        ...notValid(flags.valid),
      ],
      state: flags.valid ? "open" : "closed",
      path,
    });
    if (!flags.valid) return;
    const info = this.#hfis.get(hfiIndex)?.hfi.transportInfo;
    const target = address?.kind === "address" ? address.host : undefined;
    const known = paths.ofDiscovery(position);
    // What SSNS were learned from is not among the paths: it has been used already.
    const reach = known?.reach ?? (info && target ? reachOf(originOfHfi(info), target) : unknownReach);
    const fate: Fate =
      known?.state === "closed"
        ? { state: "closed", note: known.why }
        : securityIndex === 0
          ? { state: "open", note: known?.onlyWhenBound && known.why }
          : { state: "skipped", note: "left out: it has a security profile" };
    this.#path({ path, title: `discovery ${index}`, role: "asks", hfi: hfiIndex, to: id, reach, fate, about: [] });
  }

  #ssns(entry: SsnsDescriptor, position: number, paths: TablePaths): void {
    const { index, flags, discoveryIndex, subsystemNqn } = entry;
    const path = `ssns[${position}]`;
    const fate = fateOf(entry);
    const name = portalName(entry.traddr, entry.trsvcid);
    const transport = typeof entry.trtype === "string" ? entry.trtype.toUpperCase() : `transport ${entry.trtype}`;
    const portal = this.#node({ id: `portal ${name}`, kind: "portal", lines: [name, transport], state: "open", path });
    const own = paths.ofSsns(position);
    const fates = own.map((each) => this.#fateOfPath(each, fate));
    // What lies after a portal can be reached as well as its best path.
    const best = fates.toSorted((a, b) => badness[a.state] - badness[b.state])[0] ?? fate;
    const subsystem = this.#node({
      id: `subsystem ${subsystemNqn ?? path}`,
      kind: "subsystem",
      lines: ["subsystem", subsystemNqn ?? "no NQN"],
      state: "open",
      path,
    });
    this.#edge({ from: portal, to: subsystem, role: "part", ...best });
    const namespace = `namespace ${subsystem} ${entry.nsid} ${entry.nid}`;
    const before = this.#nodes.get(namespace);
    const lines = before ? before.lines : namespaceLines(entry);
    const named = [...lines.slice(0, -1), before ? `${lines.at(-1)}, ${index}` : `SSNS ${index}`];
    this.#nodes.set(namespace, { id: namespace, kind: "namespace", lines: named, state: "open", path });
    this.#edge({ from: subsystem, to: namespace, role: "part", ...best });
    const found = flags.discovered ? [`found by discovery ${discoveryIndex}`] : [];
    const finder = this.#table.discovery.findIndex((each) => each.index === discoveryIndex);
    if (flags.discovered && this.#nodes.has(`discovery[${finder}]`)) {
      this.#edge({ from: `discovery[${finder}]`, to: subsystem, role: "found", state: "open" });
    }
    for (const [i, { hfi, reach }] of own.entries()) {
      const role = hfi === entry.primaryHfi ? "primary" : "secondary";
      const title = `SSNS ${index} ${role}`;
      this.#path({ path, title, role, hfi, to: portal, reach, fate: fates[i]!, about: found });
    }
    if (own.length === 0) {
      const title = `SSNS ${index}`;
      this.#path({ path, title, role: "primary", hfi: -1, to: portal, reach: unknownReach, fate, about: found });
    }
  }

  #fateOfPath({ index, hfi, state, why, onlyWhenBound }: TablePath, fate: Fate): Fate {
    const dead = this.#seen.dead?.(index, hfi);
    if (dead !== undefined) return { state: "dead", note: `dead in this boot: ${dead}` };
    if (state === "closed" && fate.state !== "skipped") return { state: "closed", note: why };
    return onlyWhenBound && fate.state === "open" ? { state: "open", note: why } : fate;
  }

  /** A path as a box in its network, between the card and what it leads to. */
  #path(way: {
    readonly path: string;
    readonly title: string;
    readonly role: WayRole;
    readonly hfi: number;
    readonly to: string;
    readonly reach: Reach;
    readonly fate: Fate;
    readonly about: readonly string[];
  }): void {
    const { path, title, role, hfi, to, reach, fate, about } = way;
    const card = this.#hfis.get(hfi);
    if (this.#paths >= MOST_PATHS || (card && card.id === undefined)) {
      this.#pathsLeft++;
      return;
    }
    this.#paths++;
    const network = this.#network(card?.hfi, reach, fate);
    const gateway = reach.how === "gateway" ? [`by gateway ${reach.gateway}`] : [];
    const lines = [title, ...gateway, ...about, ...(fate.note === undefined ? [] : [fate.note])];
    const id = this.#node({ id: `path ${path} ${hfi}`, kind: "path", lines, state: fate.state, path, network });
    if (card?.id !== undefined) this.#edge({ from: card.id, to: id, role, ...fate });
    this.#edge({ from: id, to, role, ...fate });
  }

  /** The network of a path: the card's own, from which a gateway leads on, or the reason why it has none. */
  #network(hfi: HfiDescriptor | undefined, reach: Reach, fate: Fate): string {
    const info = hfi?.transportInfo;
    const own = info?.ipAddress === undefined ? undefined : subnetOf(info.ipAddress, info.subnetMaskPrefix)?.text;
    const name =
      reach.how === "none"
        ? "no route"
        : reach.how === "on-link"
          ? reach.network
          : reach.how === "gateway"
            ? own
            : fate.state === "closed"
              ? "cannot work"
              : undefined;
    const vlan = info?.vlan && name !== "no route" ? [`VLAN ${info.vlan}`] : [];
    const lines = [name ?? "network not known", ...vlan];
    const id = lines.join(" ");
    if (!this.#networks.has(id)) this.#networks.set(id, { id, lines });
    return id;
  }

  #node(node: TopologyNode): string {
    if (!this.#nodes.has(node.id)) this.#nodes.set(node.id, node);
    return node.id;
  }

  /** A line between two boxes is as good as the best of its reasons to be there. */
  #edge({ from, to, role, state, note }: Omit<TopologyEdge, "note"> & Fate): void {
    const key = `${from}\n${to}`;
    const before = this.#edges.get(key);
    if (before && badness[before.state] <= badness[state]) return;
    this.#edges.set(key, { from, to, role, state, ...(note !== undefined && { note }) });
  }
}

/** A line that stands for several paths shows the least of these. */
const badness: Readonly<Record<WayState, number>> = { open: 0, skipped: 1, unavailable: 2, dead: 3, closed: 4 };

const unknownReach: Reach = { how: "unknown", why: "there is no address to reach" };

function notValid(valid: boolean): string[] {
  return valid ? [] : ["not valid"];
}

function cardLines(info: HfiTransportInfoTcp): string[] {
  const { pciSbdf, mac, ipAddress, subnetMaskPrefix, vlan, gateway, dhcpServer } = info;
  return [
    `PCI ${pciSbdf}`,
    mac,
    ipAddress === undefined ? "no address" : `${ipAddress}/${subnetMaskPrefix}`,
    ...(vlan ? [`VLAN ${vlan}`] : []),
    ...(addressUse(gateway) === "none" ? [] : [`gateway ${gateway}`]),
    ...(addressUse(dhcpServer) === "none" ? [] : [`DHCP from ${dhcpServer}`]),
  ];
}

function portalName(address: string | undefined, port: string | undefined): string {
  if (address === undefined) return "no address";
  return `${address.includes(":") ? `[${address}]` : address}:${port ?? "?"}`;
}

/** What a namespace is called; the last line, which names the SSNS, is the caller's. */
function namespaceLines({ nsid, nid, nidType, flags }: SsnsDescriptor): string[] {
  const name = nsid === 0 ? (nid === undefined ? "namespace not known" : "namespace") : `namespace ${nsid}`;
  return [
    name,
    ...(nid === undefined ? [] : [`${nidType} ${nid}`]),
    ...(flags.nonBootable ? ["not bootable"] : []),
    "",
  ];
}

function fateOf(entry: SsnsDescriptor): Fate {
  if (!entry.flags.valid) return { state: "closed", note: "the descriptor is not valid" };
  if (entry.flags.unavailable === "unavailable") return { state: "unavailable", note: "not available to the firmware" };
  if (entry.subsystemNqn === DISCOVERY_NQN) return skipped("it is a discovery controller");
  if (entry.securityIndex !== 0) return skipped("nvme-cli does not connect where a security profile is named");
  if (entry.secondaryHfis === undefined) return skipped("libnvme drops a subsystem without secondary HFI list");
  return { state: "open" };
}

function skipped(why: string): Fate {
  return { state: "skipped", note: `left out: ${why}` };
}
