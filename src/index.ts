/**
 * The NVMe Boot Firmware Table: read, write, show. Runs in browsers as well as in Node.js; files are the business of `nbft/node`.
 */
export { checksumFor, sumBytes } from "./acpi/checksum.ts";
export { type AcpiTableHeader, decodeAcpiTableHeader, splitTables } from "./acpi/table-header.ts";
export type { Diagnostic, Severity, SpecRef } from "./diagnostic.ts";
export { bareDocumentOf, documentOf, type NbftDocument } from "./document/document.ts";
export { type ParsedText, parseText, withPlaces } from "./document/parse-text.ts";
export {
  type DocumentOptions,
  encodeDocument,
  type PreparedDocument,
  prepareDocument,
  readDocument,
} from "./document/read-document.ts";
export { type NbftRevision, nbftRevisions, type RevisionNote, withRevision } from "./document/revision.ts";
export { documentSchema } from "./document/schema.ts";
export { DecodeError, EncodeError, NbftError, ParseError } from "./errors.ts";
export { type DuidReading, interpretDuid } from "./nbft/duid.ts";
export { type EncodeOptions, encodeNbft, type LayoutChoice } from "./nbft/encode.ts";
export { openTable, type TableFrame } from "./nbft/frame.ts";
export { layoutOf } from "./nbft/layout-of.ts";
export type { NbftLayout } from "./nbft/layout-part.ts";
export { type DecodeOptions, decodeNbft, type NbftReading, readNbft } from "./nbft/read.ts";
export { type Span, spansOf } from "./nbft/spans.ts";
export type * from "./nbft/structures/index.ts";
export type { NbftTable } from "./nbft/table.ts";
export { formatHexDump } from "./render/hex-dump.ts";
export { formatJunit } from "./render/junit.ts";
export { formatTable, type TableTreeOptions } from "./render/table-tree.ts";
export { formatVerification, type VerificationTextOptions } from "./render/verification.ts";
export { formatSpec, repairCommand, ruleInfo } from "./rules/explain.ts";
export { ruleOf, rules, rulesNamed } from "./rules/index.ts";
export type { Breakage, RuleInfo } from "./rules/rule.ts";
export {
  type NamedTable as JudgedTable,
  type TableInput,
  type ValidateOptions,
  validate,
  validateTogether,
} from "./rules/validate.ts";
export { type Claim, type ClaimId, claimTitles, type Verdict } from "./verify/claim.ts";
export { type Evidence, type LabManifest, type NamedTable, readEvidence } from "./verify/evidence.ts";
export { encodeReport, type Report, type ReportPart, type ReportStage, readReport } from "./verify/report.ts";
export { type Judgement, type Verification, type VerifyOptions, verifyBoot } from "./verify/verify.ts";
