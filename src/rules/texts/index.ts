import { tableRules } from "../index.ts";
import type { AnyRule, RuleTexts, TableRuleText } from "../rule.ts";
import { controlTexts } from "./control.ts";
import { discoveryTexts } from "./discovery.ts";
import { graphTexts } from "./graph.ts";
import { headerTexts } from "./header.ts";
import { heapTexts } from "./heap.ts";
import { hfiTexts } from "./hfi.ts";
import { hfiAddressesTexts } from "./hfi-addresses.ts";
import { hfiExtendedInfoTexts } from "./hfi-extended-info.ts";
import { hostTexts } from "./host.ts";
import { securityTexts } from "./security.ts";
import { securityDemandsTexts } from "./security-demands.ts";
import { ssnsTexts } from "./ssns.ts";
import { ssnsExtendedInfoTexts } from "./ssns-extended-info.ts";
import { ssnsHfisTexts } from "./ssns-hfis.ts";
import { ssnsNamespaceTexts } from "./ssns-namespace.ts";
import { ssnsPathsTexts } from "./ssns-paths.ts";
import { transportAddressesTexts } from "./transport-addresses.ts";
import { transportInfoTexts } from "./transport-info.ts";

/** What every rule about tables says, by its code. */
const ruleTexts: RuleTexts = {
  ...controlTexts,
  ...discoveryTexts,
  ...graphTexts,
  ...headerTexts,
  ...heapTexts,
  ...hfiAddressesTexts,
  ...hfiExtendedInfoTexts,
  ...hfiTexts,
  ...hostTexts,
  ...securityDemandsTexts,
  ...securityTexts,
  ...ssnsExtendedInfoTexts,
  ...ssnsHfisTexts,
  ...ssnsNamespaceTexts,
  ...ssnsPathsTexts,
  ...ssnsTexts,
  ...transportAddressesTexts,
  ...transportInfoTexts,
};

/** A rule with its text. */
export type ExplainedRule = AnyRule & TableRuleText;

/** Every rule about tables, as {@link tableRules} has them, with what it says. */
export const explainedRules: readonly ExplainedRule[] = tableRules.map((rule) => {
  const text = ruleTexts[rule.code];
  if (!text) throw new TypeError(`${rule.code} has no text`);
  return { ...rule, ...text };
});

/** The rule about tables with a code, and its text. */
export function explainedRule(code: string): ExplainedRule | undefined {
  return explainedRules.find((rule) => rule.code === code);
}
