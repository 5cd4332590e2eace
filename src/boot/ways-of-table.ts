import type { DiscoveryDescriptor, SsnsDescriptor } from "../nbft/structures/index.ts";
import type { NbftTable } from "../nbft/table.ts";
import { isIpv6 } from "../text/ip.ts";
import { DISCOVERY_NQN, DISCOVERY_PORT } from "../text/nvme.ts";
import type { Known, Notes } from "./interfaces-of-table.ts";
import { parsePortal } from "./portal.ts";
import { mayReach } from "./reach.ts";

/** A subsystem's namespace through one HFI. */
export interface TableWay {
  readonly path: string;
  readonly ssns: SsnsDescriptor;
  readonly from: Known;
  readonly traddr: string;
  readonly trsvcid: number;
  readonly nqn: string;
  /** False for a record that says unavailable, or names no subsystem. */
  readonly open: boolean;
  /** The discovery controller that named it, if its descriptor can be read. */
  readonly discovery: Controller | undefined;
}

/** A discovery controller. */
export interface Controller {
  readonly traddr: string;
  readonly trsvcid: number;
  readonly nqn: string;
}

/** The ways that the SSNS records of a table describe: one for each HFI that reaches the address. */
export function tableWays(table: NbftTable, interfaces: readonly Known[], note: Notes): TableWay[] {
  const seen = new Map<string, string>();
  return table.ssns.flatMap((ssns, i) => {
    const path = `ssns[${i}]`;
    const trsvcid = Number(ssns.trsvcid);
    const { traddr, subsystemNqn: nqn } = ssns;
    if (!ssns.flags.valid || !traddr || !nqn || !(trsvcid >= 1 && trsvcid <= 65535)) {
      note(path, "is not valid or has no address, port or NQN, and is left out");
      return [];
    }
    const descriptor = table.discovery.find(({ index }) => index === ssns.discoveryIndex);
    const discovery = ssns.flags.discovered && descriptor ? discoveryControllerOf(descriptor) : undefined;
    const record = [traddr, trsvcid, nqn, ssns.nsid, ssns.nid, ssns.primaryHfi, ...(ssns.secondaryHfis ?? [])].join(
      " ",
    );
    const twin = seen.get(record);
    if (twin !== undefined) {
      note(path, `says the same as ${twin}, and is left out`);
      return [];
    }
    seen.set(record, path);
    const { unavailable } = ssns.flags;
    const open = unavailable !== "unavailable" && unavailable !== "reserved" && nqn.toLowerCase() !== DISCOVERY_NQN;
    return hfisOf(ssns, traddr, interfaces, path, note).map(
      (from): TableWay => ({ path, ssns, from, traddr, trsvcid, nqn, open, discovery }),
    );
  });
}

/** The discovery controller of a descriptor. */
export function discoveryControllerOf({ uri, nqn }: DiscoveryDescriptor): Controller | undefined {
  const portal = parsePortal(/^(nvme\+tcp:\/\/[^/]+)\/?/i.exec(uri ?? "")?.[1] ?? "");
  return portal && { traddr: portal.traddr, trsvcid: portal.trsvcid ?? DISCOVERY_PORT, nqn: nqn || DISCOVERY_NQN };
}

/** The HFIs of a record, without those that cannot reach its address where others can. */
function hfisOf(
  { primaryHfi, secondaryHfis }: SsnsDescriptor,
  traddr: string,
  interfaces: readonly Known[],
  path: string,
  note: Notes,
): Known[] {
  const indexes = [...new Set([primaryHfi, ...(secondaryHfis ?? [])])];
  const named = indexes.flatMap((index) => interfaces.find((each) => each.index === index) ?? []);
  if (named.length === 0) note(path, "names no HFI that there is, and is left out");
  const reaching = named.filter(({ address, prefixLength, written }) =>
    mayReach(traddr, {
      family: isIpv6(address ?? traddr) ? "ipv6" : "ipv4",
      origin: written.lease ? "dhcp" : "static",
      address,
      prefixLength,
      gateway: written.gateway ?? written.lease?.gateway,
    }),
  );
  if (reaching.length === 0) {
    const alike = named.filter(({ address }) => isIpv6(address ?? traddr) === isIpv6(traddr));
    if (named.length > 0 && alike.length === 0)
      note(path, `no HFI that it names has an address of the family of ${traddr}, and it is left out`);
    return alike;
  }
  if (reaching.length < named.length) {
    // OVMF of June 2023 names HFI 1 as the primary of every record.
    note(path, `only HFI ${reaching.map(({ index }) => index).join(", ")} reaches ${traddr}: the others are left out`);
  }
  return reaching;
}
