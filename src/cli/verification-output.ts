import type { UnreadSource } from "../output/findings/text.ts";
import { formatJunit } from "../output/junit.ts";
import { formatVerification } from "../output/verification.ts";
import { formatJson } from "../text/json.ts";
import type { Verification } from "../verify/verify.ts";
import { paintFor } from "./color.ts";
import { type Io, raise } from "./io.ts";
import type { OptionsOf } from "./options/options-of.ts";
import type { claimFormatRow, verboseRow } from "./options/rows.ts";

/** A boot that was checked, and the name under which it is shown. */
interface JudgedBoot {
  readonly path: string;
  readonly verification: Verification;
}

/** Options of the commands that print claims. */
type ClaimOptions = OptionsOf<readonly [typeof claimFormatRow, ReturnType<typeof verboseRow>]>;

/**
 * Prints claims and sets the exit code: 1 when something required failed, 2 when something required could not be told.
 *
 * @param unread sources that could not be read, and were reported.
 */
export function printVerifications(
  boots: readonly JudgedBoot[],
  options: ClaimOptions,
  io: Io,
  unread: readonly UnreadSource[] = [],
): void {
  if (options.outputFormat === "junit") io.out(formatJunit(boots, unread));
  else if (options.outputFormat === "json") io.out(formatJson(boots.map(jsonOf)));
  else {
    const paint = paintFor(io);
    const texts = boots.map(({ path, verification }) =>
      formatVerification(path, verification, { paint, verbose: options.verbose ?? false }),
    );
    io.out(texts.join("\n"));
  }
  for (const { verification } of boots)
    if (verification.judgement !== "proved") raise(io, verification.judgement === "refuted" ? 1 : 2);
}

function jsonOf({ path, verification: { judgement, reason, claims, evidence } }: JudgedBoot): object {
  const { manifest } = evidence;
  return { source: path, judgement, ...(reason && { reason }), ...(manifest && { run: manifest }), claims };
}
