/**
 * The rules of `nbft validate`, and what `nbft repair` does about them. Runs in browsers as well as in Node.js.
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
export { formatSpec, repairCommand, ruleInfo } from "./rules/explain.ts";
export { ruleOf, rules, rulesNamed } from "./rules/index.ts";
export type { Breakage, RuleInfo } from "./rules/rule.ts";
export {
  type NamedTable,
  type TableInput,
  type ValidateOptions,
  validate,
  validateTogether,
} from "./rules/validate.ts";
