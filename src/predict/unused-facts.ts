import { type LiveAttempt, networkOf } from "./attempt.ts";
import type { BootFacts } from "./facts.ts";

/** Facts about attempts and cards that do not exist, or that contradict each other: without a note a prediction would seem to rest on them. */
export function unusedFacts(facts: BootFacts, attempts: readonly LiveAttempt[]): string[] {
  const count = attempts.length;
  const enabled = count === 1 ? "1 attempt is enabled" : `${count} attempts are enabled`;
  const found: string[] = [];
  for (const key of ["connectionOrder", "failedAttempts", "untriedAttempts"] as const) {
    const numbers = facts[key] ?? [];
    for (const number of new Set(numbers)) {
      if (number > count) found.push(`${key} names attempt ${number}, and ${enabled}: it is not used`);
      else if (numbers.indexOf(number) !== numbers.lastIndexOf(number))
        found.push(`${key} names attempt ${number} twice`);
    }
  }
  for (const number of facts.failedAttempts ?? [])
    if (facts.untriedAttempts?.includes(number))
      found.push(`attempt ${number} is in failedAttempts and in untriedAttempts: it counts as untried`);
  const ids = facts.controllerIds?.length ?? 0;
  if (ids > count) found.push(`controllerIds has ${ids} numbers, and ${enabled}: the others are not used`);
  for (const { attempt } of facts.discovered ?? [])
    if (attempt > count) found.push(`discovered names attempt ${attempt}, and ${enabled}: it is not used`);
  const cards = new Set(attempts.map(({ macString }) => networkOf(macString)?.mac));
  for (const key of ["leases", "ipv6"] as const)
    for (const mac of Object.keys(facts[key] ?? {}))
      if (!cards.has(mac)) found.push(`${key} has ${mac}, which no enabled attempt uses: it is not used`);
  const nsids = (facts.namespaces ?? []).flatMap(({ nsid }) => nsid ?? []);
  for (const nsid of new Set(nsids))
    if (nsids.indexOf(nsid) !== nsids.lastIndexOf(nsid)) found.push(`namespaces has NSID ${nsid} twice`);
  return found;
}
