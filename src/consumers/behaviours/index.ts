export {
  type BehaviourCell,
  type BehaviourRow,
  behaviourRows,
  behavioursOf,
  behavioursOfRule,
  type Does,
  findRelease,
  type KnownRelease,
  type RuleBehaviour,
} from "./ask.ts";
export type { Behaviour, BehaviourEvidence, Program, ReleaseGroup } from "./behaviour.ts";
export { type BehaviourName, type ProgramName, programs } from "./programs.ts";
