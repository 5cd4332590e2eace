import { LONGEST_LIST } from "../document/shape/shape.ts";
import type { NbftTable } from "../nbft/table.ts";
import { isIpv6 } from "../text/ip.ts";
import { DISCOVERY_NQN } from "../text/nvme.ts";
import type { BootDocument } from "./document.ts";
import type { Known, Notes } from "./interfaces-of-table.ts";
import { BootDescriptionError } from "./parse.ts";
import { formatPortal } from "./portal.ts";
import { securityOfProfile } from "./security.ts";
import { type Controller, discoveryControllerOf, type TableWay } from "./ways-of-table.ts";

type WrittenTarget = NonNullable<BootDocument["targets"]>[number];
type WrittenAttempt = NonNullable<BootDocument["attempts"]>[number];

/** Targets by NQN, with everything that the ways to them tell. */
export function targetsOf(ways: readonly TableWay[], table: NbftTable, note: Notes): WrittenTarget[] {
  const groups = groupBy(
    ways.filter(({ open }) => open),
    ({ nqn }) => nqn,
  );
  return [...groups].map(([nqn, group], i): WrittenTarget => {
    const { transportFlags, subsysPortId } = group[0]!.ssns;
    const controllers = group.flatMap(({ discovery, from }) => (discovery ? [{ ...discovery, from }] : []));
    return {
      name: `target${i}`,
      nqn,
      portals: portalsOf(group),
      namespaces: namespacesOf(group, note),
      digests: transportFlags.inUse
        ? { header: transportFlags.headerDigest, data: transportFlags.dataDigest }
        : undefined,
      discovery: controllers[0] && { nqn: controllers[0].nqn, portals: portalsOf(controllers) },
      portId: subsysPortId,
      security: securityOf(group, table, note),
    };
  });
}

/** The demands of the profile that a target's first secured SSNS names. */
function securityOf(ways: readonly TableWay[], { security }: NbftTable, note: Notes): WrittenTarget["security"] {
  const secured = ways.find(({ ssns }) => ssns.flags.useSecurity);
  if (!secured) return undefined;
  const profile = security.find(({ index }) => index === secured.ssns.securityIndex);
  if (!profile) {
    note(secured.path, `names security profile ${secured.ssns.securityIndex}, which is not there`);
    return undefined;
  }
  if (ways.some(({ ssns }) => ssns.securityIndex !== profile.index || !ssns.flags.useSecurity))
    note(secured.path, "has a security profile that other SSNS of this subsystem do not have; it counts for all");
  return securityOfProfile(profile, (message) => note(`${secured.path}.securityIndex`, message));
}

function portalsOf(ways: readonly Pick<TableWay, "traddr" | "trsvcid" | "from">[]): WrittenTarget["portals"] {
  return [...groupBy(ways, formatPortal).values()].map((same) => ({
    traddr: same[0]!.traddr,
    trsvcid: same[0]!.trsvcid,
    interface: [...new Set(same.map(({ from }) => from.written.name))],
  }));
}

function namespacesOf(ways: readonly TableWay[], note: Notes): NonNullable<WrittenTarget["namespaces"]> {
  const groups = groupBy(ways, ({ ssns }) => `${ssns.nsid} ${ssns.nid}`);
  const seen = new Set<number>();
  return [...groups.values()].flatMap(([way]) => {
    const { path, ssns } = way!;
    const { nsid, nid, nidType } = ssns;
    if (seen.has(nsid)) {
      note(path, `NSID ${nsid} has another identifier here, and is left out`);
      return [];
    }
    seen.add(nsid);
    const sound = nsid >= 1 && nsid <= 0xfffffffe;
    if (!sound) note(path, `has NSID ${nsid}: its identifier is used, with a new NSID`);
    return [
      {
        nsid: sound ? nsid : undefined,
        uuid: nidType === "uuid" ? nid : undefined,
        nguid: nidType === "nguid" ? nid : undefined,
        eui64: nidType === "eui64" && nid?.length === 16 ? nid : undefined,
        bootable: ssns.flags.nonBootable ? false : undefined,
      },
    ];
  });
}

/** An attempt for each way, and one for each discovery controller that no subsystem was found through. */
export function attemptsOf(
  table: NbftTable,
  interfaces: readonly Known[],
  ways: readonly TableWay[],
  note: Notes,
): WrittenAttempt[] {
  const attempts = new Map<string, WrittenAttempt>();
  const add = (attempt: WrittenAttempt & Controller) => {
    const key = [attempt.interface, attempt.via, formatPortal(attempt), attempt.nqn].join(" ");
    if (!attempts.has(key)) attempts.set(key, attempt);
    // A table may have tens of thousands of ways.
    if (attempts.size > LONGEST_LIST) {
      const message = `more than ${LONGEST_LIST} come from the table, which are too many`;
      throw new BootDescriptionError([{ path: "attempts", message }], "boot description");
    }
  };
  for (const { ssns, from, open, discovery, traddr, trsvcid, nqn } of ways) {
    const seconds = ssns.extendedInfo?.connectionTimeout ?? 0xffff;
    const common = { interface: from.written.name, timeout: seconds > 0 && seconds <= 65 ? seconds * 1000 : undefined };
    const rooted = ssns.extendedInfo?.dhcpRootPath !== undefined && from.written.lease !== undefined && open;
    if (rooted) add({ ...common, via: "root-path", traddr, trsvcid, nqn });
    else if (discovery) add({ ...common, via: "discovery", ...discovery });
    else add({ ...common, via: nqn.toLowerCase() === DISCOVERY_NQN ? "discovery" : "direct", traddr, trsvcid, nqn });
  }
  for (const [i, descriptor] of table.discovery.entries()) {
    const controller = discoveryControllerOf(descriptor);
    const from = interfaces.find(({ index }) => index === descriptor.hfiIndex);
    const place = `discovery[${i}]`;
    if (!controller || !from) note(place, "has no address or HFI that can be used, and is left out");
    else if (isIpv6(from.address ?? controller.traddr) !== isIpv6(controller.traddr))
      note(place, `its HFI has no address of the family of ${controller.traddr}, and it is left out`);
    else add({ interface: from.written.name, via: "discovery", ...controller });
  }
  return [...attempts.values()];
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
