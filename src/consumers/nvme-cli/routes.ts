import { rememberOf } from "../../bytes/remember.ts";
import { tryRead } from "../../nbft/read/shared-reading.ts";
import type { HfiDescriptor, HfiTransportInfoTcp } from "../../nbft/structures/index.ts";
import type { NbftTable } from "../../nbft/table.ts";
import { addressOwners, reachFromHfi } from "../../reach/paths.ts";
import type { Reach } from "../../reach/reach.ts";
import { isIpv6 } from "../../text/ip.ts";
import type { LibnvmeHfi } from "../libnvme/libnvme-table.ts";
import { type Note, note } from "../note.ts";
import type { ConnectStep } from "./connect-run.ts";
import type { Connection } from "./connection.ts";

/** What becomes of an attempt on its way to the target. */
export interface WayToTarget {
  /** Whether the HFI that the table names reaches the target. */
  readonly reach: Reach;
  /** Why it does not, and what Linux does then. */
  readonly notes: readonly Note[];
  readonly hopeless: boolean;
}

/** The way of an attempt through an HFI of a table. */
export type WayOf = (hfi: LibnvmeHfi, connection: Reaching) => WayToTarget;

type Reaching = Pick<Connection, "traddr" | "hostIface" | "named" | "retriesWithoutHostTraddr">;

/** The ways through the HFIs of each of some tables. */
export function waysOf(files: readonly { readonly bytes: Uint8Array }[]): WayOf[] {
  const tables = files.map(({ bytes }) => tryRead(bytes)?.table);
  const routes = routesOf([...new Set(tables.filter((table) => table !== undefined))]);
  return tables.map((table) => routes.through(table?.hfi ?? []));
}

/** The routes that the HFIs of some tables bring, when all of them are set up. */
class Routes {
  readonly #hfis: readonly HfiDescriptor[];
  /** Whether each HFI reaches an address. */
  readonly #reach: ReadonlyMap<HfiTransportInfoTcp, (target: string) => Reach>;
  /** The first two interfaces that reach an address. */
  readonly #reaching = new Map<string, readonly HfiDescriptor[]>();

  constructor(tables: readonly NbftTable[]) {
    this.#hfis = tables.flatMap(({ hfi }) => hfi);
    const owners = addressOwners(this.#hfis);
    this.#reach = new Map(
      this.#hfis.flatMap(({ transportInfo: info }) => (info ? [[info, reachFromHfi(info, owners)] as const] : [])),
    );
  }

  /** The ways through the HFIs of a table. */
  through(hfis: readonly HfiDescriptor[]): WayOf {
    return (hfi, connection) => this.#way(hfis[hfi.position]?.transportInfo, hfi.index, connection);
  }

  /**
   * The way of an attempt through an HFI. Bound to an interface, Linux takes an IPv4 address that no route leads to for a
   * neighbour; otherwise the routing table decides, whatever the source address is. Run with Linux 6.18.
   */
  #way(from: HfiTransportInfoTcp | undefined, index: number, connection: Reaching): WayToTarget {
    const { traddr, hostIface, named, retriesWithoutHostTraddr } = connection;
    const reach = from && !named ? this.#reachOf(from, traddr) : nowhere;
    if (reach.how !== "none" || reach.obstacle === "family") return { reach, notes: [], hopeless: false };
    if (reach.obstacle === "self") {
      return { reach, notes: [note(`${reach.why}: nothing listens there (ECONNREFUSED)`)], hopeless: true };
    }
    const other = this.#hfisReaching(traddr).find(({ transportInfo }) => transportInfo !== from);
    if (reach.obstacle === "interface" && retriesWithoutHostTraddr && hostIface === undefined && other) {
      return { reach, notes: [note(`${reach.why}: HFI ${other.index} may have a route`)], hopeless: false };
    }
    if (!isNoRoute(reach)) return { reach, notes: [note(reach.why)], hopeless: true };
    if (hostIface !== undefined) {
      const then = isIpv6(traddr)
        ? "Linux finds no route (ENETUNREACH)"
        : "Linux treats the target as on-link, and gives up after 3 s if it is not";
      return { reach, notes: [note(`${reach.why}; bound to ${hostIface}, ${then}`)], hopeless: true };
    }
    if (!other) return { reach, notes: [note(`${reach.why}: Linux finds no route (ENETUNREACH)`)], hopeless: true };
    const why = `${reach.why}: the routing table, not the HFI, decides, and HFI ${other.index} may have a route; the source address stays that of HFI ${index}`;
    return { reach, notes: [note(why)], hopeless: false };
  }

  #reachOf(from: HfiTransportInfoTcp, target: string): Reach {
    return this.#reach.get(from)!(target);
  }

  #hfisReaching(target: string): readonly HfiDescriptor[] {
    const known = this.#reaching.get(target);
    if (known) return known;
    const found: HfiDescriptor[] = [];
    for (const hfi of this.#hfis) {
      const { transportInfo: info } = hfi;
      if (!info || info === found[0]?.transportInfo || this.#reachOf(info, target).how === "none") continue;
      if (found.push(hfi) === 2) break;
    }
    this.#reaching.set(target, found);
    return found;
  }
}

/** Every release of every program finds the same routes. */
const routesOf = rememberOf((tables: readonly NbftTable[]) => new Routes(tables));

const nowhere: Reach = { how: "unknown", why: "there is no address to reach" };

function isNoRoute(reach: Reach): boolean {
  return reach.how === "none" && (reach.obstacle === "no gateway" || reach.obstacle === "gateway");
}

/** Whether an attempt cannot succeed because no route leads to its target. */
export function lacksRoute({ hopeless, reach }: ConnectStep): boolean {
  return hopeless && reach !== undefined && isNoRoute(reach);
}

/** Whether a hopeless attempt ends as soon as it is made, and not when nobody answers. */
export function endsAtOnce({ reach, connection }: ConnectStep): boolean {
  if (reach?.how !== "none") return true;
  if (reach.obstacle === "address") return false;
  if (reach.obstacle === "self" || reach.obstacle === "interface") return true;
  return connection?.hostIface === undefined || isIpv6(connection.traddr);
}
