/**
 * The rules of `nbft validate` and the repairs of `nbft repair`. Runs in browsers as well as in Node.js.
 *
 * @module nbft/validate
 */

export {
  type AppliedFix,
  type Repair,
  type RepairOptions,
  repairable,
  repairNbft,
  type Unrepaired,
} from "./repair/repair.ts";
export type { Breakage, RuleInfo } from "./rule-info.ts";
export { ruleOf, rulePage, rules, rulesNamed } from "./rules/catalogue.ts";
export {
  type NamedTable,
  type TableInput,
  type ValidateOptions,
  validate,
  validateTogether,
} from "./rules/validate.ts";
export { formatSpec, repairCommand } from "./rules/words.ts";
