import { isIpv6 } from "../text/ip.ts";
import { DISCOVERY_NQN } from "../text/nvme.ts";
import type {
  BootAttempt,
  BootDescription,
  BootInterface,
  BootNamespace,
  BootPortal,
  BootTarget,
} from "./description.ts";
import { mayReach } from "./reach.ts";

/** A way to a namespace that an attempt opens. */
export interface BootPath {
  /** The subsystem that is connected to. */
  readonly target: BootTarget;
  /** Where it is connected to: the target's own portal, also when a discovery controller named it. */
  readonly portal: BootPortal;
  /** The namespace that is mounted. */
  readonly namespace: BootNamespace;
}

/** What an attempt comes to when everything is as the description says. */
export interface AttemptOutcome {
  /** The enabled attempt, as in the description. */
  readonly attempt: BootAttempt;
  /** The interface that the attempt uses. */
  readonly interface: BootInterface;
  /** Namespaces that it mounts, in the order of the description; empty when it fails. */
  readonly paths: readonly BootPath[];
  /** Whether a discovery controller answers; undefined where none is asked. */
  readonly discovered?: boolean | undefined;
  /** Why nothing is mounted. */
  readonly failure?: AttemptFailure | undefined;
}

/** Why an attempt does not come to anything. */
export type AttemptFailure =
  /** Nobody listens at that address and port. */
  | "no listener"
  /** The address is on a network that the interface does not reach. */
  | "not reached"
  /** Somebody listens, under another NQN. */
  | "wrong nqn"
  /** The target's access list has not this host. */
  | "host refused"
  /** Connected, but none of the namespaces is the wanted one. */
  | "no such namespace";

/** What becomes of each enabled attempt, in order. */
export function outcomesOf(boot: BootDescription): AttemptOutcome[] {
  return boot.attempts
    .filter(({ enabled }) => enabled)
    .map((attempt) => {
      const from = boot.interfaces.find(({ name }) => name === attempt.interface)!;
      return { attempt, interface: from, ...outcomeOf(boot, attempt, from) };
    });
}

/** Whether an attempt asks a discovery controller, by configuration or by root path. */
export function asksDiscovery({ via, nqn }: BootAttempt): boolean {
  return via === "discovery" || nqn.toLowerCase() === DISCOVERY_NQN;
}

type Outcome = Pick<AttemptOutcome, "paths" | "discovered" | "failure">;

function outcomeOf(boot: BootDescription, attempt: BootAttempt, from: BootInterface): Outcome {
  const asks = asksDiscovery(attempt);
  const listening = boot.targets.flatMap((target) =>
    listenersOf(target, asks)
      .filter((portal) => portal.traddr === attempt.traddr && portal.trsvcid === attempt.trsvcid)
      .map((portal) => ({ target, portal })),
  );
  const failed = (failure: AttemptFailure): Outcome => ({ paths: [], failure, ...(asks && { discovered: false }) });
  if (listening.length === 0) return failed("no listener");
  const reached = listening.filter(({ portal }) => reaches(from, portal));
  if (reached.length === 0) return failed("not reached");
  const named = reached.filter(({ target }) => answersTo(target, attempt.nqn, asks));
  if (named.length === 0) return failed("wrong nqn");
  const ways = named.flatMap(({ target, portal }) =>
    asks ? discoveredWays(target, portal, from) : [{ target, portal }],
  );
  const open = ways.filter(({ target }) => target.allowHosts === "any" || target.allowHosts.includes(boot.host.nqn));
  const discovered = asks ? { discovered: true } : {};
  if (open.length === 0) return { paths: [], failure: "host refused", ...discovered };
  const paths = open.flatMap((way) =>
    way.target.namespaces.filter((each) => isWanted(each, attempt)).map((namespace) => ({ ...way, namespace })),
  );
  return { paths, ...(paths.length === 0 && { failure: "no such namespace" }), ...discovered };
}

/** Where a target, or the discovery controller that names it, answers: a Linux target does both at the same place. */
function listenersOf(target: BootTarget, discovery: boolean): readonly BootPortal[] {
  return (discovery ? target.discovery?.portals : undefined) ?? target.portals;
}

function answersTo(target: BootTarget, nqn: string, discovery: boolean): boolean {
  if (!discovery) return nqn === target.nqn;
  return nqn === target.discovery?.nqn || nqn.toLowerCase() === DISCOVERY_NQN;
}

function reaches(from: BootInterface, { traddr, interfaces }: BootPortal): boolean {
  if (isIpv6(traddr) !== (from.family === "ipv6")) return false;
  return interfaces.includes(from.name) || (from.gateway !== undefined && mayReach(traddr, from));
}

/** A discovery controller at the target's own portal names that portal; one elsewhere names every portal in reach. */
function discoveredWays(target: BootTarget, controller: BootPortal, from: BootInterface) {
  const own = target.portals.filter(({ traddr }) => traddr === controller.traddr);
  const portals = own.length > 0 ? own : target.portals.filter((portal) => reaches(from, portal));
  return portals.map((portal) => ({ target, portal }));
}

/** Whether an attempt boots from a namespace: by identifier, else by NSID, else from all. */
function isWanted(namespace: BootNamespace, { nid, namespace: nsid }: BootAttempt): boolean {
  if (nid !== undefined) {
    const digits = (text: string | undefined) => text?.replaceAll("-", "");
    return [namespace.uuid, namespace.nguid, namespace.eui64].some((each) => digits(each) === digits(nid));
  }
  return nsid === undefined || nsid === namespace.nsid;
}
