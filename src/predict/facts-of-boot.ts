import type { BootAttempt, BootDescription, BootInterface } from "../boot/description.ts";
import { type AttemptOutcome, asksDiscovery, outcomesOf } from "../boot/outcome.ts";
import { linkLocalAddress } from "../boot/portal.ts";
import { DISCOVERY_NQN } from "../text/nvme.ts";
import type { BootFacts } from "./facts.ts";

/** Facts that a boot description implies, and what the firmware will make of it that one would not expect. */
export interface FactsOfBoot {
  /** What follows from the description. */
  readonly facts: BootFacts;
  /** Sentences. */
  readonly notes: readonly string[];
}

/**
 * The facts of a boot in which everything is as the description says: who answers, what DHCP gives, which namespaces there
 * are, where the network cards sit. Limits of the firmware are part of them: it cuts ports to four digits, and takes no
 * static IPv6 address.
 */
export function factsOfBoot(boot: BootDescription): FactsOfBoot {
  const notes: string[] = [];
  const outcomes = outcomesOf({ ...boot, attempts: boot.attempts.map(asTried) });
  const byMac = <T>(of: (each: BootInterface) => T | undefined) =>
    Object.fromEntries(
      boot.interfaces.flatMap((each): [string, T][] => {
        const value = of(each);
        return value === undefined ? [] : [[each.mac, value]];
      }),
    );
  const enabled = boot.attempts.filter((each) => each.enabled);
  const failedAttempts = outcomes.flatMap((outcome, i) => (fails(outcome, enabled[i]!, i + 1, notes) ? [i + 1] : []));
  for (const [i, attempt] of enabled.entries()) notes.push(...identifierNotes(boot, attempt, i + 1));
  const facts: BootFacts = {
    pci: byMac(({ pci }) => pci),
    failedAttempts,
    subsystems: boot.targets.map(({ nqn, namespaces }) => ({
      nqn,
      namespaces: namespaces.map(({ nsid, uuid, nguid }) => ({ nsid, uuid, nguid })),
    })),
    discovered: outcomes.flatMap((outcome, i) => discoveredBy(outcome, i + 1)),
    leases: byMac(leaseOf),
    resolved: Object.fromEntries(
      boot.attempts.flatMap(({ serverName, traddr }) => (serverName === undefined ? [] : [[serverName, traddr]])),
    ),
    ipv6: byMac((each) =>
      each.family === "ipv6" && each.address !== undefined
        ? { address: `${each.address}/${each.prefixLength}`, gateway: each.gateway }
        : undefined,
    ),
    smbiosUuid: boot.host.id,
  };
  return { facts, notes };
}

/** What the firmware makes of an attempt: four digits of its port, and all namespaces, for it lists also those it does not mount. */
function asTried(attempt: BootAttempt): BootAttempt {
  const trsvcid = Number(String(attempt.trsvcid).slice(0, 4));
  return { ...attempt, trsvcid, nid: undefined, namespace: undefined };
}

function fails(
  { attempt, failure, interface: from, discovered }: AttemptOutcome,
  written: BootAttempt,
  number: number,
  notes: string[],
): boolean {
  if (from.family === "ipv6" && from.origin === "static" && from.address !== linkLocalAddress(from.mac)) {
    notes.push(`attempt ${number} fails: the firmware does not use the static IPv6 address of ${from.name}`);
    return true;
  }
  if (failure === undefined || discovered) return false;
  const cut =
    attempt.trsvcid === written.trsvcid
      ? ""
      : `the firmware keeps four digits of port ${written.trsvcid} and connects to ${attempt.trsvcid}: `;
  notes.push(`attempt ${number} (${attempt.name}) fails: ${cut}${failure}`);
  return true;
}

/** An identifier by which the firmware finds nothing: it looks at the UUID of a namespace that has one. */
function identifierNotes({ targets }: BootDescription, { name, nid, nqn }: BootAttempt, number: number): string[] {
  if (nid === undefined) return [];
  const digits = (text: string | undefined) => text?.replaceAll("-", "").toLowerCase();
  const all = targets.filter((target) => target.nqn === nqn || nqn.toLowerCase() === DISCOVERY_NQN);
  const named = all.flatMap(({ namespaces }) => namespaces).filter((each) => digits(each.uuid) !== digits(nid));
  if (!named.some(({ nguid, eui64 }) => [nguid, eui64].some((each) => digits(each) === digits(nid)))) return [];
  return [
    `attempt ${number} (${name}) mounts nothing: its NID is not a UUID, and the firmware uses the UUID of a namespace if it has one, as all have on a Linux target`,
  ];
}

function discoveredBy({ attempt, paths }: AttemptOutcome, number: number): NonNullable<BootFacts["discovered"]> {
  if (!asksDiscovery(attempt)) return [];
  const found = new Map(
    paths.map(({ target, portal }) => [
      `${target.nqn} ${portal.traddr} ${portal.trsvcid}`,
      { attempt: number, nqn: target.nqn, traddr: portal.traddr, trsvcid: portal.trsvcid },
    ]),
  );
  return [...found.values()];
}

function leaseOf(each: BootInterface): NonNullable<BootFacts["dhcp"]> | undefined {
  if (each.origin !== "dhcp" || each.address === undefined) return undefined;
  return {
    ip: each.address,
    mask: each.family === "ipv4" ? maskOf(each.prefixLength ?? 0) : undefined,
    gw: each.gateway,
    d1: each.dns[0],
    d2: each.dns[1],
    srv: each.dhcpServer,
    rootPath: each.rootPath,
  };
}

/** Dotted decimal mask of a prefix length. */
function maskOf(prefixLength: number): string {
  return [0, 8, 16, 24].map((low) => 256 - 2 ** (8 - Math.min(8, Math.max(0, prefixLength - low)))).join(".");
}
