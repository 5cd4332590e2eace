/** Groups of the corpus: tables without fault, legal ones that few programs expect, malformed ones, and mutants. */
export const corpusGroups = ["sound", "unusual", "malformed", "mutants"] as const;

/**
 * `sound`: no errors or warnings, and libnvme uses all of it. `unusual`: no errors, but warnings, or something that libnvme leaves out.
 * `malformed`: errors. `mutants`: made of small sound tables, whatever became of them.
 */
export type CorpusGroup = (typeof corpusGroups)[number];
