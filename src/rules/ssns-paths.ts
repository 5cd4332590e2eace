import { figure, section } from "../nbft/structures/spec.ts";
import { linkLocalOf, originOfHfi, reachOfHfi, type TablePath } from "../reach/paths.ts";
import { doubtfulAddress, type Reach, reachOf } from "../reach/reach.ts";
import { addressUse, type Subnet } from "../reach/subnet.ts";
import { DISCOVERY_NQN, DISCOVERY_PORT } from "../text/nvme.ts";
import type { RuleContext } from "./context.ts";
import { isValid } from "./indexed-list.ts";
import { type AnyRule, rule } from "./rule.ts";

/**
 * Paths whose HFI is there and does not reach the target, without those that other rules report: S029 for address families, T014 and
 * T015 for interfaces that nothing can be.
 */
function unreached(paths: readonly TablePath[]): TablePath[] {
  return paths.filter(
    ({ hfiPath, reach }) =>
      hfiPath && reach.how === "none" && reach.obstacle !== "family" && reach.obstacle !== "interface",
  );
}

/** HFIs of one record beyond this number are only counted. */
const MOST_NAMED = 16;

/** Why nothing of a record is reached, where that is certain. */
function whyUnreached(paths: readonly TablePath[]): string | undefined {
  if (paths.some(({ reach }) => reach.how !== "none")) return undefined;
  const closed = unreached(paths).filter(({ reach }) => reach.how === "none" && !isAboutTarget(reach.obstacle));
  if (closed.length === 0) return undefined;
  const named = closed.slice(0, MOST_NAMED).map(({ hfi, reach }) => `no route through HFI ${hfi}: ${whyNot(reach)}`);
  const more = closed.length - named.length;
  return [...named, ...(more > 0 ? [`nor through ${more} more of its HFIs`] : [])].join("; ");
}

function whyNot(reach: Reach): string {
  return reach.how === "none" ? reach.why : "";
}

function isAboutTarget(obstacle: string): boolean {
  return obstacle === "target" || obstacle === "self";
}

/** Another HFI of the table that reaches an address in its own network. */
function betterHfi(target: string, { networks }: RuleContext): number | undefined {
  const better = networks.find(
    ({ hfi, network }) =>
      network.contains(target) && reachOf(originOfHfi(hfi.transportInfo!), target).how === "on-link",
  );
  return better?.hfi.index;
}

/** The network of an HFI that an address is in. */
function networkAround(address: string, { networks }: RuleContext): Subnet | undefined {
  return networks.find(({ network }) => network.contains(address))?.network;
}

/** What an address is that Linux connects to and hardly any target has, in words. */
function doubtfulTarget(address: string, context: RuleContext): string | undefined {
  const network = networkAround(address, context);
  // Whether its network's broadcast address is reached is in the path.
  return doubtfulAddress(address, network?.special(address) === "network" ? network : undefined);
}

/** Rules about the way to the subsystem of an SSNS. */
export const ssnsPathRules: readonly AnyRule[] = [
  rule("ssns", {
    code: "S036",
    name: "ss-no-route",
    severity: "warning",
    hint: "Write the index of the HFI in the target's network, give the HFI a gateway, or correct address and prefix length",
    spec: figure(17),
    check({ traddr, flags }, context) {
      const why = flags.unavailable === "unavailable" ? undefined : whyUnreached(context.paths);
      if (why === undefined) return;
      const better = betterHfi(traddr!, context);
      const own = better !== undefined && { hint: `Name HFI ${better}, whose network the target is in` };
      context.report("traddr", why, undefined, { ...own });
    },
  }),
  rule("ssns", {
    code: "S037",
    name: "ss-target-unusable",
    severity: "warning",
    hint: "Write the target's address",
    spec: figure(17),
    check({ traddr }, context) {
      if (traddr === undefined) return;
      for (const { reach } of unreached(context.paths)) {
        if (reach.how === "none" && isAboutTarget(reach.obstacle))
          return context.report("traddr", `no target can have it: ${reach.why}`);
      }
      const what = doubtfulTarget(traddr, context);
      if (what !== undefined) context.report("traddr", `${traddr} is ${what}`);
    },
  }),
  rule("ssns", {
    code: "S038",
    name: "ss-link-local",
    severity: "warning",
    hint: "Assign routable addresses to target and interface, and write those",
    spec: section("1.5.5"),
    check({ traddr, primaryHfi }, context) {
      const unnamed = "readers pass it on without its interface";
      if (addressUse(traddr) === "link-local") {
        const bound = context.paths.find(({ onlyWhenBound }) => onlyWhenBound);
        const why = bound
          ? `Linux refuses it unless the connection through HFI ${bound.hfi} is bound to its interface`
          : unnamed;
        const message = `transport address is ${traddr}, a link-local address: ${why}`;
        return context.report("traddr", message, undefined, { defect: bound ? "unbound" : "no-scope" });
      }
      for (const { hfi, reach } of context.paths) {
        const { ipAddress } = context.hfi.get(hfi)?.transportInfo ?? {};
        if (addressUse(ipAddress) !== "link-local" || reach.how === "none") continue;
        const key = hfi === primaryHfi ? "primaryHfi" : "secondaryHfis";
        const message = `HFI ${hfi} has ${ipAddress}, a link-local address: ${unnamed}`;
        return context.report(key, message, undefined, { defect: "no-scope" });
      }
    },
  }),
  rule("ssns", {
    code: "S039",
    name: "ss-hfi-no-route",
    severity: "warning",
    hint: "Leave the HFI out of the list, or correct its address, prefix length or gateway",
    spec: figure(17),
    check({ flags, primaryHfi, secondaryHfis }, context) {
      const paths = context.paths;
      const lost = unreached(paths).filter(({ reach }) => reach.how === "none" && !isAboutTarget(reach.obstacle));
      if (lost.length === 0 || flags.unavailable === "unavailable" || paths.every(({ reach }) => reach.how === "none"))
        return;
      const [{ hfi, reach }] = lost as [TablePath, ...TablePath[]];
      // Firmware that writes HFI 1 as the primary one of every record: S034.
      if (secondaryHfis?.length === 1 && hfi === primaryHfi) return;
      const more = lost.length === 1 ? "" : `, and ${lost.length - 1} more of its HFIs`;
      const key = hfi === primaryHfi ? "primaryHfi" : "secondaryHfis";
      context.report(key, `no route through HFI ${hfi}${more}: ${whyNot(reach)}`);
    },
  }),
  rule("ssns", {
    code: "S040",
    name: "ss-port-discovery",
    severity: "warning",
    hint: "Write the subsystem's port, usually 4420; a discovery controller belongs in a Discovery Descriptor",
    spec: figure(17),
    check({ trsvcid, subsystemNqn }, context) {
      if (
        Number(trsvcid) !== DISCOVERY_PORT ||
        subsystemNqn === undefined ||
        subsystemNqn.toLowerCase() === DISCOVERY_NQN
      )
        return;
      context.report(
        "trsvcid",
        "transport service id is 8009, the port of discovery controllers, with a subsystem's NQN",
      );
    },
  }),
  rule("table", {
    code: "S041",
    name: "ss-nid-differs",
    severity: "warning",
    hint: "Write the values of the target's namespace",
    spec: figure(17),
    check({ ssns }, context) {
      if (ssns.length < 2) return;
      const seen = new Map<string, number>();
      const numbers = new Map<string, number>();
      for (const [i, record] of ssns.entries()) {
        const { subsystemNqn, nsid, nid, nidType } = record;
        if (!isValid(record) || subsystemNqn === undefined || nid === undefined) continue;
        if (nsid === 0 || nsid === 0xffffffff) continue;
        const key = `${nsid} ${nidType} ${subsystemNqn}`;
        const first = seen.get(key);
        const nidKey = `${nid} ${nidType} ${subsystemNqn}`;
        const sameNid = numbers.get(nidKey) ?? i;
        numbers.set(nidKey, sameNid);
        if (ssns[sameNid]!.nsid !== nsid) {
          const message = `NSID is ${nsid}, but that of the same namespace in ssns[${sameNid}] is ${ssns[sameNid]!.nsid}`;
          context.reportAt(`ssns[${i}].nsid`, message);
        } else if (first === undefined) seen.set(key, i);
        else if (ssns[first]!.nid !== nid) {
          const message = `NID is ${nid}, but that of the same namespace in ssns[${first}] is ${ssns[first]!.nid}`;
          context.reportAt(`ssns[${i}].nid`, message);
        }
      }
    },
  }),
  rule("table", {
    code: "G005",
    name: "all-unavailable",
    severity: "warning",
    hint: "Check the path from the firmware to the targets: link, VLAN, addresses, port, the host NQN in the target's access list",
    spec: figure(18),
    check({ ssns }, context) {
      const bootable = ssns.filter((record) => isValid(record) && !record.flags.nonBootable);
      if (!context.ssns.complete || bootable.length === 0) return;
      if (bootable.some(({ flags }) => flags.unavailable !== "unavailable")) return;
      context.reportAt("control.ssnsCount", `all ${bootable.length} bootable SSNS descriptors are marked unavailable`);
    },
  }),
];

/** Rules about the way to a discovery controller. */
export const discoveryPathRules: readonly AnyRule[] = [
  rule("discovery", {
    code: "D015",
    name: "dc-no-route",
    severity: "warning",
    hint: "Write the index of the HFI in the network of the address, give the HFI a gateway, or correct the URI",
    spec: figure(26),
    check({ hfiIndex }, context) {
      const uri = context.discoveryUri(context.position);
      const transportInfo = context.hfi.get(hfiIndex)?.transportInfo;
      if (uri?.kind !== "address" || !transportInfo) return;
      const reach = reachOfHfi(transportInfo, uri.host, context.addressOwners);
      // T014 and T015 report interfaces that nothing can be.
      if (reach.how === "none" && reach.obstacle === "interface") return;
      const local = linkLocalOf(uri.host, transportInfo);
      if (local !== undefined && (addressUse(uri.host) === "link-local" || reach.how !== "none")) {
        const { why, onlyWhenBound } = local;
        context.report("uri", why, undefined, { defect: onlyWhenBound ? "unbound" : "no-scope" });
      } else if (reach.how === "none") context.report("uri", `no route through HFI ${hfiIndex}: ${reach.why}`);
      else if (addressUse(uri.host) === "none") context.report("uri", `${uri.host} is not the address of a controller`);
      else {
        const what = doubtfulTarget(uri.host, context);
        if (what !== undefined) context.report("uri", `${uri.host} is ${what}`);
      }
    },
  }),
];
