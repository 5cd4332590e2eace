import { InvalidArgumentError } from "commander";
import type { OptionRow } from "./rows.ts";

/** `--seed`, of the commands that make random tables. */
export const seedRow = {
  flags: "--seed <seed>",
  description: "the same seed, a number or a word, gives the same bytes everywhere",
  default: "1",
} as const satisfies OptionRow;

/** Most things of one kind that a command makes. */
const MOST = 1_000_000;

/** Parses the argument of an option that takes a count. */
export function countArgument(text: string): number {
  const count = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  if (count < 0 || count > MOST) throw new InvalidArgumentError(`a number from 0 to ${MOST} is wanted.`);
  return count;
}
