import { findProgram } from "../../src/lab/programs.ts";

/** Whether tests have what they need; where not, says once what is missing, and what was not tried. */
export function needs(what: string, there: boolean, untried: string): boolean {
  if (!there) console.log(`could not run: ${untried}: needs ${what}`);
  return there;
}

/** Whether programs are installed that tests need; says once which are missing. */
export function needsPrograms(names: readonly string[], untried: string): boolean {
  const missing = names.filter((name) => findProgram(name) === undefined);
  return needs(missing.join(", "), missing.length === 0, untried);
}
