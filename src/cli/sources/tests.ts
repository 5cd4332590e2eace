import { existsSync } from "node:fs";
import type { PlannedBoot } from "../../sources/test-plan.ts";
import { escapeText } from "../../text/escape.ts";
import { UsageError } from "../io.ts";

/** A file, and the test of it that `FILE:NAME` names. */
export function fileAndTest(path: string): { readonly file: string; readonly test?: string } {
  const [, file, test] = /^(.+\.json):(.+)$/.exec(path) ?? [];
  return file !== undefined && test !== undefined && !existsSync(path) && existsSync(file)
    ? { file, test }
    : { file: path };
}

/**
 * The boots of rh-linux-poc's tests, or the one that was named.
 *
 * @throws {UsageError} for a name that no test has.
 */
export function chosenTests(
  planned: readonly PlannedBoot[],
  file: string,
  test: string | undefined,
): readonly PlannedBoot[] {
  const chosen = test === undefined ? planned : planned.filter(({ name }) => name === test);
  if (chosen.length > 0) return chosen;
  throw new UsageError(`${escapeText(file)}: no test of that name: there are ${namesOf(planned, file)}`);
}

/** The error for a file of several boots where one is needed. */
export function severalBoots(boots: readonly { readonly name: string }[], file: string): UsageError {
  return new UsageError(`${escapeText(file)}: ${boots.length} boots, one is needed: ${namesOf(boots, file)}`);
}

function namesOf(boots: readonly { readonly name: string }[], file: string): string {
  return boots.map(({ name }) => escapeText(`"${file}:${name}"`)).join(", ");
}
