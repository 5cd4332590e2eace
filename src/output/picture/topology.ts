import { DISCOVERY_NQN } from "../../nbft/names.ts";
import type { HfiDescriptor, SsnsDescriptor } from "../../nbft/structures/index.ts";
import type { NbftTable } from "../../nbft/table.ts";
import { hfisOfSsns, pathsOfTable, type TablePath } from "../../reach/paths.ts";

/** How a path looks to the readers of a table. */
export type PathState =
  /** Nothing speaks against it. */
  | "usable"
  /** The firmware could not use it (UNFLAG 2). */
  | "unavailable"
  /** Readers leave it out: a security profile, or the well-known discovery NQN. */
  | "skipped"
  /** A boot's evidence says that it did not carry. */
  | "dead"
  /** It cannot work: an invalid descriptor, or an HFI that is not there. */
  | "broken";

/** A box of the picture. */
export interface TopologyNode {
  readonly id: string;
  readonly kind: "host" | "hfi" | "portal" | "discovery" | "namespace";
  /** First line is the name. */
  readonly lines: readonly string[];
  readonly state: PathState;
  /** Model path of what the box stands for. */
  readonly path: string;
}

/** A line of the picture. */
export interface TopologyEdge {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  readonly state: PathState;
  /** Why it is not usable. */
  readonly note?: string;
}

/** Host, interfaces, targets and namespaces of a table, and the paths between them. */
export interface Topology {
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
}

/** Boxes and lines beyond this number are left out; `left` says how many. */
const MAX_NODES = 200;

/** What a boot's evidence adds to a table. */
export interface PathsSeen {
  /** Why a path did not carry, by the indexes of its SSNS and HFI. */
  dead?(ssns: number, hfi: number): string | undefined;
}

/** What a table says about who connects to what, by which way. */
export function topologyOf(table: NbftTable, seen: PathsSeen = {}): Topology & { readonly left: number } {
  const picture = new Picture(table, seen);
  return picture.draw();
}

class Picture {
  readonly #table: NbftTable;
  readonly #seen: PathsSeen;
  readonly #nodes = new Map<string, TopologyNode>();
  readonly #edges = new Map<string, TopologyEdge>();
  readonly #hfis = new Map<number, { hfi: HfiDescriptor; id: string }>();
  /** Paths by record and HFI. */
  readonly #paths: ReadonlyMap<string, TablePath>;
  #left = 0;

  constructor(table: NbftTable, seen: PathsSeen) {
    this.#table = table;
    this.#seen = seen;
    this.#paths = new Map(pathsOfTable(table).map((path) => [`${path.path} ${path.hfi}`, path]));
  }

  draw(): Topology & { left: number } {
    const { host, hfi, ssns, discovery } = this.#table;
    const hostLines = ["host", host?.hostNqn ?? "no host NQN", host ? `id ${host.hostId}` : ""].filter(
      (line) => line !== "",
    );
    this.#node({
      id: "host",
      kind: "host",
      lines: hostLines,
      state: host?.flags.valid ? "usable" : "broken",
      path: "host",
    });
    for (const [i, entry] of hfi.entries()) this.#hfi(entry, i);
    for (const [i, entry] of ssns.entries()) this.#ssns(entry, i);
    for (const [i, entry] of discovery.entries()) {
      const linked = this.#hfis.get(entry.hfiIndex);
      const path = `discovery[${i}]`;
      const [state, note] =
        entry.securityIndex === 0 ? (["usable", undefined] as const) : (["skipped", "has a security profile"] as const);
      const id = this.#node({
        id: `discovery ${entry.uri}`,
        kind: "discovery",
        lines: [
          "discovery controller",
          entry.uri ?? "no address",
          ...(entry.nqn && entry.nqn !== DISCOVERY_NQN ? [entry.nqn] : []),
        ],
        state: entry.flags.valid ? state : "broken",
        path,
      });
      const how = { state, ...(note === undefined ? {} : { note }) };
      if (linked) this.#edge({ from: linked.id, to: id, ...this.#way(path, linked.hfi, how) });
    }
    return { nodes: [...this.#nodes.values()], edges: [...this.#edges.values()], left: this.#left };
  }

  #hfi(entry: HfiDescriptor, position: number): void {
    const info = entry.transportInfo;
    const address = info?.ipAddress === undefined ? "no address" : `${info.ipAddress}/${info.subnetMaskPrefix}`;
    const usable = entry.flags.valid && info?.flags.valid;
    const state = usable ? "usable" : "broken";
    const lines = [
      `HFI ${entry.index}`,
      info?.mac ?? "no transport info",
      address,
      ...(info?.vlan ? [`VLAN ${info.vlan}`] : []),
    ];
    const id = this.#node({ id: `hfi ${position}`, kind: "hfi", lines, state, path: `hfi[${position}]` });
    // The first of several with the same index is the one that readers find.
    if (!this.#hfis.has(entry.index)) this.#hfis.set(entry.index, { hfi: entry, id });
    this.#edge({ from: "host", to: id, state, ...(info?.pciSbdf === undefined ? {} : { label: info.pciSbdf }) });
  }

  #ssns(entry: SsnsDescriptor, position: number): void {
    const [state, note] = stateOf(entry);
    const path = `ssns[${position}]`;
    const address = entry.traddr?.includes(":") ? `[${entry.traddr}]` : entry.traddr;
    const portal = this.#node({
      id: `portal ${address}:${entry.trsvcid}`,
      kind: "portal",
      lines: ["target", `${address ?? "no address"}:${entry.trsvcid ?? "?"}`],
      state: "usable",
      path,
    });
    const nid = entry.nid === undefined ? `NSID ${entry.nsid}` : `${entry.nidType} ${entry.nid}`;
    const namespace = this.#node({
      id: `namespace ${entry.subsystemNqn} ${nid}`,
      kind: "namespace",
      lines: [entry.flags.nonBootable ? "namespace (not bootable)" : "namespace", entry.subsystemNqn ?? "no NQN", nid],
      state,
      path,
    });
    const noted = { state, ...(note === undefined ? {} : { note }) };
    this.#edge({ from: portal, to: namespace, label: `SSNS ${entry.index}`, ...noted });
    for (const index of hfisOfSsns(entry)) {
      const linked = this.#hfis.get(index);
      const dead = this.#seen.dead?.(entry.index, index);
      const how = dead === undefined ? noted : ({ state: "dead", note: dead } as const);
      if (linked) this.#edge({ from: linked.id, to: portal, ...this.#way(path, linked.hfi, how) });
    }
  }

  /** A line from an HFI: the network that both ends are in, or why there is no way. */
  #way(
    path: string,
    { index, transportInfo }: HfiDescriptor,
    how: Pick<TopologyEdge, "state" | "note">,
  ): Pick<TopologyEdge, "state" | "note" | "label"> {
    const found = this.#paths.get(`${path} ${index}`);
    const vlan = transportInfo?.vlan ? ` VLAN ${transportInfo.vlan}` : "";
    const reach = found?.reach;
    const label =
      reach?.how === "on-link"
        ? `${reach.network}${vlan}`
        : reach?.how === "gateway"
          ? `by ${reach.gateway}${vlan}`
          : reach?.how === "none"
            ? "no route"
            : vlan.trim();
    const closed = found?.state === "closed" && (how.state === "usable" || how.state === "unavailable");
    return { ...how, ...(closed && { state: "broken" as const, note: found.why! }), ...(label !== "" && { label }) };
  }

  #node(node: TopologyNode): string {
    if (!this.#nodes.has(node.id)) {
      if (this.#nodes.size >= MAX_NODES) this.#left++;
      else this.#nodes.set(node.id, node);
    }
    return node.id;
  }

  /** A line between two boxes is usable when any of its reasons to be there is. */
  #edge(edge: TopologyEdge): void {
    if (!this.#nodes.has(edge.from) || !this.#nodes.has(edge.to)) return;
    const key = `${edge.from}\n${edge.to}`;
    const before = this.#edges.get(key);
    if (!before || (before.state !== "usable" && edge.state === "usable")) this.#edges.set(key, edge);
  }
}

function stateOf(entry: SsnsDescriptor): [PathState, string?] {
  if (!entry.flags.valid) return ["broken", "the descriptor is not valid"];
  if (entry.traddr === undefined || entry.subsystemNqn === undefined) return ["broken", "address or NQN is missing"];
  if (entry.flags.unavailable === "unavailable") return ["unavailable", "the firmware could not reach it"];
  if (entry.subsystemNqn === DISCOVERY_NQN) return ["skipped", "it is a discovery controller"];
  if (entry.securityIndex !== 0) return ["skipped", "nvme-cli does not connect where a security profile is named"];
  if (entry.secondaryHfis === undefined) return ["skipped", "libnvme drops a subsystem without secondary HFI list"];
  return ["usable"];
}
