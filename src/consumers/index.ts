/**
 * Predicts what the Linux programs that read an NBFT do with it: nvme-cli, nvme-discoverd, nvme-stas, dracut, NetworkManager, wicked.
 * Runs in browsers as well as in Node.js.
 *
 * @module nbft/consumers
 */

export type { PathSummary } from "../reach/paths.ts";
export type { Obstacle, Reach } from "../reach/reach.ts";
export {
  type BehaviourEvidence,
  type BehaviourName,
  behavioursOf,
  behavioursOfRule,
  type Does,
  findRelease,
  type KnownRelease,
  type ProgramName,
  programs,
  type RuleBehaviour,
} from "./behaviours/index.ts";
export {
  type Disagreement,
  type ExplainedConsumer,
  type ExplainedRow,
  type ExplainedTable,
  type Explanation,
  explainTables,
} from "./explain.ts";
export { readAsLibnvme } from "./libnvme/libnvme.ts";
export type * from "./libnvme/libnvme-table.ts";
export type { ConsumerModel, ConsumerPrediction, ConsumerVerdict, Waiting } from "./model.ts";
export { allModels, consumerNames, findConsumers, stackModels } from "./models.ts";
export {
  type NetworkConfiguration,
  type NetworkFormat,
  type NetworkWriter,
  networkConfiguration,
} from "./network-configuration.ts";
export type { ConfigFile } from "./networkmanager/keyfile.ts";
export type { Note } from "./note.ts";
export { type ConnectPlan, fabricsStrings, type KnownMachine, planConnectAll } from "./nvme-cli/connect-all.ts";
export type { ConnectStep, ConnectTablePlan, PlannedPaths } from "./nvme-cli/connect-run.ts";
export type { Connection } from "./nvme-cli/connection.ts";
export { type FabricsConf, fabricsConf } from "./nvme-cli/fabrics-conf.ts";
export type { HostIdentity, IdentitySource, PlannedHost } from "./nvme-cli/host-identity.ts";
export type { Interfaces } from "./nvme-cli/interfaces.ts";
export {
  formatNvmeCliJson,
  formatNvmeCliText,
  runNvmeCliShow,
  type ShowResult,
  type TableFile,
} from "./nvme-cli/show.ts";
export type { ShowOptions } from "./nvme-cli/show-sections.ts";
export { shellWord } from "./shell-word.ts";
export { type StackPreset, stackPresets } from "./stack-presets.ts";
export { parseStack, type Stack, stackModel } from "./stacks.ts";
