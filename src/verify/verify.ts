import { isTar } from "../acpi/tar.ts";
import { checkBytes } from "../bytes/bytes.ts";
import { type Boot, openBoot } from "./boot.ts";
import type { Claim, ClaimId } from "./claim.ts";
import { checkConsole } from "./claims/console.ts";
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
import { checkSecurity } from "./claims/security.ts";
import { checkSystem } from "./claims/system.ts";
import { checkTables } from "./claims/table.ts";
import { checkTarget } from "./claims/target.ts";
import { type Evidence, type EvidenceTable, readEvidence } from "./evidence.ts";
import { machineTrouble } from "./machine-trouble.ts";
import { noReport, whatInstead } from "./not-evidence.ts";

/**
 * How a boot is checked: `proved` when everything required passed, `refuted` when something required failed, `not proved` when nothing failed
 * but something required could not be told.
 */
export type Judgement = "proved" | "refuted" | "not proved";

/** Why a boot is not proved, where it is not for want of a claim. */
export interface Reason {
  /** The emulated machine spoiled the run; it was stopped by its time limit; or there is nothing to check. */
  readonly kind: "machine" | "time limit" | "no report";
  /** A sentence without full stop. */
  readonly text: string;
}

/** What {@link verifyBoot} found. */
export interface Verification {
  /** What came of all the claims together. */
  readonly judgement: Judgement;
  /** With `not proved` only. */
  readonly reason?: Reason;
  /** In the order of a boot: evidence, table, reading, network, origin, paths, namespaces, root, system, target. */
  readonly claims: readonly Claim[];
  /** The evidence as it was read. */
  readonly evidence: Evidence;
}

/** Choices of {@link verifyBoot}. */
export interface VerifyOptions {
  /** What the machine should have had; by default what the lab put in, else what the kernel showed. */
  readonly tables?: readonly EvidenceTable[] | undefined;
  /** Whether the machine's tables must have the same bytes (default) or only say the same, as is the default for a firmware's own table. */
  readonly exact?: boolean;
}

const checks = [
  checkEvidence,
  checkConsole,
  checkFirmware,
  checkTables,
  checkReading,
  checkDracutLines,
  checkDracutPrediction,
  checkNetwork,
  checkOrigin,
  checkPaths,
  checkSecurity,
  checkNamespaces,
  checkRoot,
  checkSystem,
  checkTarget,
  checkIdentityFiles,
];

const checksOfFirmware = [checkFirmware, checkConsole, checkReached, checkTarget];

const isEvidence = (input: Evidence | Uint8Array): input is Evidence =>
  typeof input === "object" && input !== null && "host" in input;

/** Checks a boot, claim by claim, by what it left behind. Nothing in the evidence makes it throw. */
export function verifyBoot(evidence: Evidence | Uint8Array, options: VerifyOptions = {}): Verification {
  if (!isEvidence(evidence)) checkBytes(evidence);
  // Of an archive only what is inside a report of the lab would be seen, without what the lab says of it.
  const read = isEvidence(evidence) ? evidence : readEvidence(isTar(evidence) ? new Uint8Array() : evidence);
  // A firmware's own table has controller ids of its own boot.
  const boot = openBoot(read, options.tables, options.exact ?? read.manifest?.via !== "firmware");
  const silent = boot.stages.length === 0;
  if (silent && !boot.manifest) {
    const instead = isEvidence(evidence) ? undefined : whatInstead(evidence);
    const text = instead === undefined ? noReport : `${noReport}: ${instead}`;
    return { judgement: "not proved", reason: { kind: "no report", text }, claims: [], evidence: read };
  }
  // A firmware that never handed over has told enough itself; the rest would be one failure said over and over.
  const byFirmware = silent && boot.manifest?.via === "firmware";
  const made = (byFirmware ? checksOfFirmware : checks).flatMap((check) => [...check(boot)]);
  const claims = read.cutOff || lacksBasis(boot) ? made.map(withoutEnd) : made;
  return { ...judge(boot, claims, silent && !byFirmware), claims, evidence: read };
}

/**
 * Whether a machine's report cannot refute: it has only what hooks in the initramfs wrote before the system ran, or no table to check the boot by,
 * which only root can read.
 */
function lacksBasis({ manifest, origin, stages, expectation }: Boot): boolean {
  if (manifest) return false;
  const ended = stages.some(({ name }) => ["failure", "root", "system"].includes(name));
  return !ended || (origin === "seen" && expectation.interfaces.length + expectation.paths.length === 0);
}

/** Claims that fail by what was there, not by what was missing: time would not have changed them. */
const byPresence: readonly ClaimId[] = [
  "boot.console",
  "firmware.variables",
  "table.count",
  "table.bytes",
  "table.content",
  "origin.command-line",
  "origin.files",
  "origin.controllers",
  "path.identity",
  "path.interface",
  "target.strangers",
];

/** Claims that can fail although the machine never reported. */
const bySilence: readonly ClaimId[] = ["boot.console", "target.strangers"];

/** What a file does not show that lacks its end may have been in that. */
function withoutEnd(made: Claim): Claim {
  return made.verdict === "fail" && !bySilence.includes(made.id) ? { ...made, verdict: "unknown" } : made;
}

function judge(boot: Boot, claims: readonly Claim[], silent: boolean): Pick<Verification, "judgement" | "reason"> {
  const required = claims.filter((each) => each.required);
  const failed = required.filter(({ verdict }) => verdict === "fail");
  if (!silent && failed.length === 0 && required.length > 0 && required.every(({ verdict }) => verdict === "pass"))
    return { judgement: "proved" };
  const said = failed.some(({ id }) => id === "boot.console");
  const trouble = said ? undefined : machineTrouble(boot);
  if (trouble !== undefined) return { judgement: "not proved", reason: { kind: "machine", text: trouble } };
  // A boot that was stopped might still have come to its end; and where nothing was reported there is nothing to refute.
  const late = boot.manifest?.ended === "time limit";
  const counting = silent ? bySilence : late ? byPresence : undefined;
  const counts = counting === undefined ? failed : failed.filter(({ id }) => counting.includes(id));
  if (counts.length > 0) return { judgement: "refuted" };
  if (!late) return { judgement: "not proved" };
  const text = `it was stopped after ${boot.manifest?.seconds} s`;
  return { judgement: "not proved", reason: { kind: "time limit", text } };
}
