import type { BootFacts } from "../../predict/facts.ts";
import type { FirmwareLog } from "../../verify/facts/firmware-log.ts";
import type { TargetController } from "../../verify/facts/target-facts.ts";
import type { Programmed } from "./attempts.ts";

/**
 * The facts of a boot that took place, for `nbft predict --facts`: what was expected, and from the firmware's debug log and the target's own log
 * the order of connection, the attempts that failed, and the controller ids.
 */
export function seenFacts(
  { config, facts }: Pick<Programmed, "config" | "facts">,
  log: FirmwareLog,
  controllers: readonly TargetController[],
): BootFacts {
  const enabled = config.attempts.filter(({ enabled: on }) => on !== 0);
  const left = new Map(enabled.map((attempt, i) => [i + 1, attempt]));
  const made = controllers.filter(({ discovery }) => !discovery);
  const order: number[] = [];
  const failed: number[] = [];
  const ids: (number | undefined)[] = enabled.map(() => undefined);
  for (const { nqn, traddr, reached } of log.probes) {
    const number = [...left].find(
      ([, { targetIp, targetInfoFromDhcp, dnsMode, nqn: own }]) =>
        targetInfoFromDhcp || ((dnsMode || targetIp === traddr) && own === nqn),
    )?.[0];
    // A log that describes other attempts tells nothing about these.
    if (number === undefined) return facts;
    left.delete(number);
    order.push(number);
    if (reached === "nothing" || reached === "tcp") failed.push(number);
    if (reached !== "mounted") continue;
    const found = facts.discovered?.filter(({ attempt }) => attempt === number).length ?? 0;
    ids[number - 1] = made.splice(0, Math.max(1, found))[0]?.id;
  }
  if (order.length === 0) return facts;
  return {
    ...facts,
    connectionOrder: order,
    failedAttempts: failed,
    ...(controllers.length > 0 && { controllerIds: ids }),
  };
}
