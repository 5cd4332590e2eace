export {
  type BehaviourRow,
  behaviourRows,
  behavioursOf,
  behavioursOfRule,
  type Does,
  findRelease,
  type KnownRelease,
  type RuleBehaviour,
} from "./ask.ts";
export type { BehaviourEvidence, Program } from "./behaviour.ts";
export { type BehaviourName, type ProgramName, programs } from "./programs.ts";
