/**
 * Tables for testing parsers: valid and malformed ones, mutants, and the expected result for each. Runs in browsers as well as in Node.js.
 *
 * @module nbft/corpus
 */

export { type CorpusOptions, type CorpusTable, corpus } from "./corpus.ts";
export { type CorpusGroup, corpusGroups } from "./groups.ts";
export { everyMutation, type Mutant, type MutationOptions, mutationKinds, mutations } from "./mutations.ts";
export type { Change } from "./mutator.ts";
export { createPrng, type Prng } from "./prng.ts";
export {
  expectedBySpecification,
  expectedOfNvmeCli,
  judgeRun,
  type ProgramExpectation,
  type ProgramRun,
  type Trial,
} from "./trial.ts";
export { type LibnvmeVerdict, type TableVerdict, verdictOf } from "./verdict.ts";
