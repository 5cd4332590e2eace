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
import { ssnsRules } from "./ssns.ts";
import { ssnsExtendedInfoRules } from "./ssns-extended-info.ts";
import { ssnsHfiRules } from "./ssns-hfis.ts";
import { ssnsNamespaceRules } from "./ssns-namespace.ts";
import { discoveryPathRules, ssnsPathRules } from "./ssns-paths.ts";
import { transportAddressRules } from "./transport-addresses.ts";
import { transportInfoRules } from "./transport-info.ts";

/** Every rule, in the order in which they run: rules that stop the checks of a structure are before those they stop. */
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
  ...discoveryRules,
  ...graphRules,
  ...hfiAddressRules,
  ...ssnsPathRules,
  ...discoveryPathRules,
];

const families = "HCOPFTXSEYDG";

/** Every rule, by code in the order of the catalogue: header, control, host, heap, HFI, SSNS, security, discovery, graph. */
export const rules: readonly AnyRule[] = runOrder.toSorted(
  (a, b) => families.indexOf(a.code[0]!) - families.indexOf(b.code[0]!) || (a.code < b.code ? -1 : 1),
);

const byCode: ReadonlyMap<string, AnyRule> = new Map(rules.map((rule) => [rule.code, rule]));

/** The rule with a code, for example `X002a`. */
export function ruleOf(code: string): AnyRule | undefined {
  return byCode.get(code);
}

/**
 * Rules that a word means: a code in any case (`h002`), a code without its letter (`X002` is X002a to X002c) or its zeros (`S18`), a family's letter (`X`),
 * or a name (`checksum`). Empty when it means none.
 */
export function rulesNamed(word: string): readonly AnyRule[] {
  // S18 is S018.
  const wanted = word
    .toLowerCase()
    .replace(/^([a-z])(\d{1,2})([a-d]?)$/, (_, letter, digits, part) => `${letter}${digits.padStart(3, "0")}${part}`);
  const named = rules.filter(({ code, name }) => code.toLowerCase() === wanted || name === wanted);
  if (named.length > 0) return named;
  if (/^[a-z](\d{3})?$/.test(wanted)) return rules.filter(({ code }) => code.toLowerCase().startsWith(wanted));
  return [];
}
