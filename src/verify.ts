/**
 * Checks the evidence of a boot against its table, and reads and writes the reports that hold it. Runs in browsers as well as in Node.js.
 *
 * @module nbft/verify
 */

export { type Claim, type ClaimId, claimTitles, type Verdict } from "./verify/claim.ts";
export { type Evidence, type EvidenceTable, type LabManifest, readEvidence } from "./verify/evidence.ts";
export { type CollectorReport, encodeReport, type ReportPart, type ReportStage, readReport } from "./verify/report.ts";
export { type Judgement, type Reason, type Verification, type VerifyOptions, verifyBoot } from "./verify/verify.ts";
