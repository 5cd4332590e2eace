import type { NvmeofVariables } from "../uefi/config/firmware-config.ts";
import { vendorGuids } from "../uefi/guids.ts";
import { nvmeofGlobalData } from "../uefi/nvmeof/global-data.ts";
import { nvmeofNames } from "../uefi/nvmeof/names.ts";
import { policyOf, stackName, vlansOf } from "../uefi/store/check-nvmeof.ts";
import { type Variable, variableOf } from "../uefi/variable.ts";
import { isIpv6Attempt, liveAttempts, networkOf } from "./attempt.ts";
import type { BootFacts } from "./facts.ts";

/** What the variables of a store say about a boot with them. */
export interface FactsOfStore {
  /** The driver's two variables. */
  readonly variables?: NvmeofVariables | undefined;
  /** Why there are none, or why the driver does not start with those that there are. */
  readonly refusal?: string | undefined;
  /** What follows from the store's other variables; nothing with `refusal`. */
  readonly facts: BootFacts;
  /** Sentences. */
  readonly notes: readonly string[];
}

/** Attributes that the driver writes its variables with: non-volatile, boot services only. */
const driverAttributes = 3;

/**
 * The driver's variables in a store, and what the other variables do to its attempts: a VLAN that is not configured has no
 * interface, and IPv6 without the automatic policy has no address.
 */
export function factsOfStore(present: readonly Variable[]): FactsOfStore {
  const global = variableOf(present, vendorGuids.nvmeof, nvmeofNames.globalData);
  if (!global) return { refusal: "the store has no NVMe-oF variables", facts: {}, notes: [] };
  if (global.attributes !== driverAttributes) {
    const refusal = "the driver does not start: NvmeofGlobalData has other attributes than those it writes";
    return { refusal, facts: {}, notes: [] };
  }
  const attempts = variableOf(present, vendorGuids.nvmeof, nvmeofNames.attempts)?.data ?? new Uint8Array();
  const notes: string[] = [];
  const untriedAttempts: number[] = [];
  const failedAttempts: number[] = [];
  const count = global.data[nvmeofGlobalData.fields.targetCount.at] ?? 0;
  for (const attempt of liveAttempts(attempts, count)) {
    const network = networkOf(attempt.macString);
    if (!network) continue;
    const name = network.mac.replaceAll(":", "").toUpperCase();
    const stack = stackName({ variable: name, vlan: network.vlan || undefined });
    if (network.vlan !== 0 && !vlansOf(present, name).includes(network.vlan)) {
      untriedAttempts.push(attempt.number);
      notes.push(`attempt ${attempt.number} is not tried: VLAN ${network.vlan} is not configured on ${network.mac}`);
    } else if (isIpv6Attempt(attempt) && policyOf(present, stack) !== 1) {
      failedAttempts.push(attempt.number);
      notes.push(`attempt ${attempt.number} fails: the IPv6 policy of ${network.mac} is not automatic`);
    }
  }
  return { variables: { globalData: global.data, attempts }, facts: { untriedAttempts, failedAttempts }, notes };
}
