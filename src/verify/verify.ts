import { openBoot } from "./boot.ts";
import type { Claim } from "./claim.ts";
import { checkDracutLines, checkDracutPrediction } from "./claims/dracut.ts";
import { checkEvidence, checkReached } from "./claims/evidence.ts";
import { checkFirmware } from "./claims/firmware.ts";
import { checkIdentityFiles } from "./claims/identity.ts";
import { checkNamespaces } from "./claims/namespaces.ts";
import { checkNetwork } from "./claims/network.ts";
import { checkOrigin } from "./claims/origin.ts";
import { checkPaths } from "./claims/paths.ts";
import { checkReading } from "./claims/reading.ts";
import { checkRoot } from "./claims/root.ts";
import { checkTables } from "./claims/table.ts";
import { checkTarget } from "./claims/target.ts";
import { type Evidence, type NamedTable, readEvidence } from "./evidence.ts";

/**
 * How a boot is judged: `proved` when everything required passed, `refuted` when something required failed, `not proved` when nothing failed
 * but something required could not be told.
 */
export type Judgement = "proved" | "refuted" | "not proved";

/** What {@link verifyBoot} found. */
export interface Verification {
  readonly judgement: Judgement;
  /** In the order of a boot: evidence, table, reading, network, origin, paths, namespaces, root, target. */
  readonly claims: readonly Claim[];
  readonly evidence: Evidence;
}

/** Choices of {@link verifyBoot}. */
export interface VerifyOptions {
  /** What the machine should have had; by default what the laboratory put in, else what the kernel showed. */
  readonly tables?: readonly NamedTable[] | undefined;
  /** Whether the machine's tables must have the same bytes (default) or only say the same, as is the default for a firmware's own table. */
  readonly exact?: boolean;
}

const checks = [
  checkEvidence,
  checkFirmware,
  checkTables,
  checkReading,
  checkDracutLines,
  checkDracutPrediction,
  checkNetwork,
  checkOrigin,
  checkPaths,
  checkNamespaces,
  checkRoot,
  checkTarget,
  checkIdentityFiles,
];

const checksOfFirmware = [checkFirmware, checkReached, checkTarget];

/** Judges a boot, claim by claim, by what it left behind. Nothing in the evidence makes it throw. */
export function verifyBoot(evidence: Evidence | Uint8Array, options: VerifyOptions = {}): Verification {
  const read = evidence instanceof Uint8Array ? readEvidence(evidence) : evidence;
  // A firmware's own table has controller ids of its own boot.
  const boot = openBoot(read, options.tables, options.exact ?? read.manifest?.via !== "firmware");
  const silent = boot.stages.length === 0;
  // A firmware that never handed over has told enough itself; the rest would be one failure said over and over.
  const byFirmware = silent && boot.manifest?.via === "firmware";
  const claims = (byFirmware ? checksOfFirmware : checks).flatMap((check) => [...check(boot)]);
  // Where nothing was reported there is nothing to refute.
  return { judgement: silent && !byFirmware ? "not proved" : judge(claims), claims, evidence: read };
}

function judge(claims: readonly Claim[]): Judgement {
  const required = claims.filter((each) => each.required);
  if (required.some(({ verdict }) => verdict === "fail")) return "refuted";
  return required.length > 0 && required.every(({ verdict }) => verdict === "pass") ? "proved" : "not proved";
}
