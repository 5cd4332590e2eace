import type { Boot } from "./boot.ts";
import { consoleOf } from "./facts/console.ts";

/** Panics that no table and no image brings about: the emulated hardware, or an emulated processor, did something impossible. */
const ofTheMachine =
  /IO-APIC \+ timer doesn't work|Attempted to kill the idle task|Timeout: Not all CPUs entered broadcast exception handler|Fatal (?:hardware error|(?:local )?machine check)|timer doesn't work/;

/** Panics of a system that lacks something, whoever emulates it. */
const ofTheSystem =
  /VFS: Unable to mount root fs|No working init found|Requested init .* failed|Attempted to kill init!/;

/** Panics on the console, apart by whose doing they are. */
export function panicsOf(boot: Boot): { readonly machine: readonly string[]; readonly system: readonly string[] } {
  const machine: string[] = [];
  const system: string[] = [];
  for (const line of boot.console?.panics ?? []) (isOfTheMachine(boot, line) ? machine : system).push(line);
  return { machine, system };
}

function isOfTheMachine({ manifest, stages }: Boot, line: string): boolean {
  if (!manifest) return false;
  if (ofTheMachine.test(line)) return true;
  const exception = manifest.acceleration === "tcg" && /Fatal exception/.test(line) && !ofTheSystem.test(line);
  // The lab's own kernel and initramfs come as far as a report; what stops them before is QEMU's doing, and so is a processor's fault later.
  if (!manifest.ownImage && !manifest.ownInitrd) return stages.length === 0 || exception;
  return stages.length === 0 && exception;
}

/**
 * How the machine itself spoiled a run, in words: what failed in it says nothing about table or image. Undefined where nothing shows that it did.
 */
export function machineTrouble(boot: Boot): string | undefined {
  const { manifest, stages, console } = boot;
  if (!manifest) return undefined;
  const [panic] = panicsOf(boot).machine;
  if (panic !== undefined) return `the emulated machine's kernel stopped: ${panic}`;
  const other = targetTrouble(boot);
  if (other !== undefined) return other;
  if (manifest.ended === "failed to start") return "QEMU ended with an error";
  const fast = fastClock(boot);
  if (fast !== undefined) return fast;
  if (manifest.acceleration !== "tcg") return undefined;
  const log = stages.map(({ kernelLog }) => kernelLog ?? "").join("\n");
  const stall = console?.stalls[0] ?? /^.*(?:rcu: INFO: \w+ (?:self-)?detected|BUG: soft lockup).*$/m.exec(log)?.[0];
  return stall === undefined ? undefined : `its processors stood still: ${stall}`;
}

/** The target is the lab's own, whatever the host is: when it did not come up, that is the machine's doing. */
function targetTrouble({ evidence, manifest, target }: Boot): string | undefined {
  if (manifest?.target === undefined || manifest.foreignTarget) return undefined;
  const [panic] = consoleOf(evidence.targetConsole ?? "").panics;
  if (panic !== undefined) return `the target's kernel stopped: ${panic}`;
  return target?.served ? undefined : "the target did not come up";
}

/** More of the guest's seconds than there were: its waits and retries were over before the other side could answer. */
export function fastClock({ manifest, stages }: Boot): string | undefined {
  const uptime = Math.max(0, ...stages.map(({ uptimeAtEnd }) => uptimeAtEnd ?? 0));
  const wall = manifest?.seconds ?? 0;
  if (wall === 0 || uptime <= wall * 1.1 + 2) return undefined;
  return `its clock ran too fast: ${uptime} s in a run of ${wall} s`;
}
