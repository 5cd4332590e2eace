/**
 * The outputs of the commands, for programs: tables, findings, differences, plans and explanations as text, findings for other tools (SARIF, JUnit,
 * GitHub), a report as an HTML page, and the picture of a boot (SVG, Mermaid). Runs in browsers as well as in Node.js.
 *
 * @module nbft/output
 */

export { type DuidReading, interpretDuid } from "./nbft/duid.ts";
export { formatConnectPlan } from "./output/connect-plan.ts";
export { formatDsl } from "./output/dsl.ts";
export { type ExplanationView, formatExplanation } from "./output/explanation.ts";
export { findingsGithub } from "./output/findings/github.ts";
export { type FindingsJunitInput, findingsJunit } from "./output/findings/junit.ts";
export { findingsSarif, type SarifInput } from "./output/findings/sarif.ts";
export {
  type FindingsView,
  formatFindings,
  type RuleLookup,
  type SourceFindings,
  type UnreadSource,
} from "./output/findings/text.ts";
export { formatHexDump } from "./output/hex-dump.ts";
export { formatIasl, type IaslOptions } from "./output/iasl.ts";
export { formatJunit } from "./output/junit.ts";
export { ansi, type Paint, plain } from "./output/paint.ts";
export {
  type PathsSeen,
  type Topology,
  type TopologyEdge,
  type TopologyNetwork,
  type TopologyNode,
  topologyOf,
  type WayRole,
  type WayState,
} from "./output/picture/topology.ts";
export { topologyMermaid } from "./output/picture/topology-mermaid.ts";
export { topologySvg } from "./output/picture/topology-svg.ts";
export { consumerMatrix } from "./output/report/consumer-matrix.ts";
export { explainedFindings } from "./output/report/explained-findings.ts";
export type { ReportFinding } from "./output/report/findings.ts";
export {
  type Report,
  type ReportClaim,
  type ReportMatrix,
  type ReportTable,
  reportHtml,
} from "./output/report/html.ts";
export { formatTable, type TableTreeOptions } from "./output/table-tree.ts";
export { formatVerification, type VerificationTextOptions } from "./output/verification.ts";
