import { isIpv6 } from "../text/ip.ts";
import { DISCOVERY_NQN, IO_PORT } from "../text/nvme.ts";
import { fromTarget, identifierOf, type ReportProblem, unknownName } from "./defaults.ts";
import type { BootAttempt, BootInterface, BootPortal, BootTarget } from "./description.ts";
import type { BootDocument } from "./document.ts";
import { formatPortal, parsePortal } from "./portal.ts";
import { interfacesReaching, whyUnreached } from "./reach.ts";
import { parseRootPath } from "./root-path.ts";

type WrittenAttempt = NonNullable<BootDocument["attempts"]>[number];

/** One attempt for each portal of each target and each interface that reaches it; one for each DHCP root path. */
export function deriveAttempts(
  interfaces: readonly BootInterface[],
  targets: readonly BootTarget[],
  report: ReportProblem,
): BootAttempt[] {
  const written: WrittenAttempt[] = [];
  const rooted = interfaces.filter(({ rootPath }) => rootPath !== undefined);
  for (const each of rooted) written.push({ interface: each.name, via: "root-path" });
  for (const [t, target] of targets.entries()) {
    const via = target.discovery ? "discovery" : "direct";
    const list = target.discovery ? "discovery.portals" : "portals";
    for (const [p, portal] of (target.discovery ?? target).portals.entries()) {
      const names = portal.interfaces.filter((name) => !rooted.some((each) => each.name === name));
      if (portal.interfaces.length === 0) {
        report(`targets[${t}].${list}[${p}]`, whyUnreached(portal.traddr, interfaces));
      }
      for (const name of names)
        written.push({ interface: name, target: target.name, portal: formatPortal(portal), via });
    }
  }
  return written.map((attempt, i) => resolveAttempt(attempt, i, interfaces, targets, report));
}

/** An attempt with everything that its document leaves out. */
export function resolveAttempt(
  written: WrittenAttempt,
  position: number,
  interfaces: readonly BootInterface[],
  targets: readonly BootTarget[],
  reportAnywhere: ReportProblem,
): BootAttempt {
  const report: ReportProblem = (path, message) => reportAnywhere(`attempts[${position}]${path}`, message);
  const named = interfaces.find(({ name }) => name === written.interface);
  if (written.interface && !named) report(".interface", unknownName(written.interface, "interface", interfaces));
  const target = targetOf(written, targets, report);
  const via = written.via ?? (target?.discovery ? "discovery" : named?.rootPath !== undefined ? "root-path" : "direct");
  const place = via === "root-path" ? rootPlace(named, interfaces, report) : undefined;
  const listeners = (via === "discovery" ? target?.discovery?.portals : undefined) ?? target?.portals ?? [];
  const portal = portalOf(written, named ?? place?.from, listeners, target, report);
  const traddr = written.traddr ?? place?.to?.traddr ?? portal?.traddr;
  if (traddr === undefined && !(written.interface && !named)) {
    report("", "has no address: give a target, a portal, or traddr and nqn");
  }
  const from = named ?? place?.from ?? reaching(traddr, portal, interfaces);
  if (!from && !written.interface) report("", `no interface reaches ${traddr ?? "it"}: name one with "interface"`);
  if (from && traddr && (from.family === "ipv6") !== isIpv6(traddr)) {
    report("", `${from.name} has an ${from.family === "ipv6" ? "IPv6" : "IPv4"} address and cannot reach ${traddr}`);
  }
  const nqn =
    written.nqn ?? place?.to?.nqn ?? (via === "discovery" ? (target?.discovery?.nqn ?? DISCOVERY_NQN) : target?.nqn);
  if (nqn === undefined && traddr !== undefined) report(".nqn", "is missing: there is no target to take it from");
  const namespace = target?.namespaces.find(({ nsid }) => nsid === written.namespace);
  if (written.namespace !== undefined && !namespace)
    report(".namespace", `the target has no NSID ${written.namespace}`);
  // A root path names a namespace: the written one does, or the one that is made from the target.
  const rootNid = place?.to ? place.to.nid : via === "root-path" ? identifierOf(target?.namespaces[0]) : undefined;
  return {
    name: written.name ?? `Attempt${position + 1}`,
    interface: from?.name ?? "",
    target: target?.name,
    via,
    traddr: traddr ?? "",
    trsvcid: written.trsvcid ?? place?.to?.trsvcid ?? portal?.trsvcid ?? IO_PORT,
    nqn: nqn ?? "",
    serverName: written.serverName,
    namespace: written.namespace,
    nid: written.nid ?? identifierOf(namespace) ?? rootNid,
    timeout: written.timeout,
    retries: written.retries,
    controllerId: written.controllerId,
    enabled: written.enabled ?? true,
  };
}

function targetOf(
  written: WrittenAttempt,
  targets: readonly BootTarget[],
  report: ReportProblem,
): BootTarget | undefined {
  if (written.target !== undefined) {
    const found = targets.find(({ name }) => name === written.target);
    if (!found) report(".target", unknownName(written.target, "target", targets));
    return found;
  }
  const wanted = written.traddr ?? (written.portal && parsePortal(written.portal)?.traddr);
  const listening = targets.filter((target) =>
    [...target.portals, ...(target.discovery?.portals ?? [])].some(({ traddr }) => traddr === wanted),
  );
  const byNqn = targets.filter(({ nqn }) => nqn === written.nqn);
  const candidates = listening.length > 0 ? listening : byNqn;
  if (written.traddr === undefined && written.nqn === undefined && written.portal === undefined) return targets[0];
  const found = candidates.find(({ nqn }) => nqn === written.nqn) ?? candidates[0];
  // A dead address is one of no portal.
  return found ?? (written.nqn === undefined && written.portal === undefined ? targets[0] : undefined);
}

/** The interface whose root path is followed, and where that leads when its text is written. */
function rootPlace(named: BootInterface | undefined, interfaces: readonly BootInterface[], report: ReportProblem) {
  const candidates = interfaces.filter(({ origin }) => origin === "dhcp");
  const from = named ?? (candidates.length === 1 ? candidates[0] : undefined);
  if (!from) report(".interface", "is missing: say which interface's DHCP server sends the root path");
  else if (from.origin !== "dhcp") report(".via", `a root path comes by DHCP, and ${from.name} has a static address`);
  const text = from?.rootPath;
  const to = text === undefined || text === fromTarget ? undefined : parseRootPath(text);
  if (text !== undefined && text !== fromTarget && !to) {
    report(".via", `the root path of ${from!.name} does not say NVME+TCP://ADDRESS[:PORT]/NQN[/urn:uuid:…]`);
  }
  return { from, to };
}

function portalOf(
  written: WrittenAttempt,
  from: BootInterface | undefined,
  portals: readonly BootPortal[],
  target: BootTarget | undefined,
  report: ReportProblem,
): BootPortal | undefined {
  if (written.portal !== undefined) {
    const { traddr, trsvcid } = parsePortal(written.portal)!;
    const found = portals.find((each) => each.traddr === traddr && (trsvcid ?? each.trsvcid) === each.trsvcid);
    if (!found)
      report(".portal", `${target ? `${target.name} has no portal` : "there is no target with"} ${written.portal}`);
    return found;
  }
  const given = portals.find(({ traddr }) => traddr === written.traddr);
  if (given) return given;
  return from ? portals.find(({ interfaces }) => interfaces.includes(from.name)) : portals[0];
}

function reaching(
  traddr: string | undefined,
  portal: BootPortal | undefined,
  interfaces: readonly BootInterface[],
): BootInterface | undefined {
  const names = portal?.traddr === traddr ? portal?.interfaces : undefined;
  const name = names?.[0] ?? (traddr === undefined ? undefined : interfacesReaching(traddr, interfaces, 0, 1)[0]);
  return interfaces.find((each) => each.name === name) ?? (interfaces.length === 1 ? interfaces[0] : undefined);
}
