import { rulesMeant } from "../rule-info.ts";
import { controlRules } from "./control.ts";
import { discoveryRules } from "./discovery.ts";
import { graphRules } from "./graph.ts";
import { headerRules } from "./header.ts";
import { heapRules } from "./heap.ts";
import { hfiRules } from "./hfi.ts";
import { hfiAddressRules } from "./hfi-addresses.ts";
import { hfiExtendedInfoRules } from "./hfi-extended-info.ts";
import { hostRules } from "./host.ts";
import type { AnyRule } from "./rule.ts";
import { securityRules } from "./security.ts";
import { securityDemandRules } from "./security-demands.ts";
import { ssnsRules } from "./ssns.ts";
import { ssnsExtendedInfoRules } from "./ssns-extended-info.ts";
import { ssnsHfiRules } from "./ssns-hfis.ts";
import { ssnsNamespaceRules } from "./ssns-namespace.ts";
import { discoveryPathRules, ssnsPathRules } from "./ssns-paths.ts";
import { transportAddressRules } from "./transport-addresses.ts";
import { transportInfoRules } from "./transport-info.ts";

/** Every rule about tables, in the order in which they run: rules that stop the checks of a structure are before those they stop. */
export const runOrder: readonly AnyRule[] = [
  ...headerRules,
  ...controlRules,
  ...hostRules,
  ...heapRules,
  ...hfiRules,
  ...transportInfoRules,
  ...transportAddressRules,
  ...hfiExtendedInfoRules,
  ...ssnsRules,
  ...ssnsHfiRules,
  ...ssnsNamespaceRules,
  ...ssnsExtendedInfoRules,
  ...securityRules,
  ...securityDemandRules,
  ...discoveryRules,
  ...graphRules,
  ...hfiAddressRules,
  ...ssnsPathRules,
  ...discoveryPathRules,
];

const families = "HCOPFTXSEYDG";

/** Every rule about tables, by code in the order of the catalogue: header, control, host, heap, HFI, SSNS, security, discovery, graph. */
export const tableRules: readonly AnyRule[] = runOrder.toSorted(
  (a, b) => families.indexOf(a.code[0]!) - families.indexOf(b.code[0]!) || (a.code < b.code ? -1 : 1),
);

/** Rules about tables that a word means, as `rulesMeant` reads it. */
export function tableRulesNamed(word: string): readonly AnyRule[] {
  return rulesMeant(tableRules, word);
}

const byCode: ReadonlyMap<string, AnyRule> = new Map(tableRules.map((rule) => [rule.code, rule]));

/** The rule about tables with a code, for example `X002a`. */
export function tableRule(code: string): AnyRule | undefined {
  return byCode.get(code);
}
