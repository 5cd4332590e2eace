/**
 * Checks the evidence of a boot against its table. Runs in browsers as well as in Node.js.
 *
 * @module nbft/verify
 */

export type { Claim, ClaimId, Verdict } from "./verify/claim.ts";
export { type Evidence, type EvidenceTable, type LabManifest, readEvidence } from "./verify/evidence.ts";
export type { CollectorReport, ReportPart, ReportStage } from "./verify/report.ts";
export { type Judgement, type Reason, type Verification, type VerifyOptions, verifyBoot } from "./verify/verify.ts";
