/**
 * What the Linux programs that read an NBFT make of one: nvme-cli, nvme-discoverd, nvme-stas, dracut, NetworkManager, wicked.
 * Runs in browsers as well as in Node.js.
 *
 * @module nbft/consumers
 */

export type { PathSummary } from "../reach/paths.ts";
export type { Obstacle, Reach } from "../reach/reach.ts";
export {
  type Behaviour,
  type BehaviourCell,
  type BehaviourEvidence,
  type BehaviourName,
  type BehaviourRow,
  behaviourRows,
  behavioursOf,
  behavioursOfRule,
  type Does,
  findRelease,
  type KnownRelease,
  type Program,
  type ProgramName,
  programs,
  type ReleaseGroup,
  type RuleBehaviour,
} from "./behaviours/index.ts";
export {
  type DracutHfi,
  type DracutImage,
  type DracutOutcome,
  dracutFiles,
  dracutLines,
  dracutNetwork,
} from "./dracut/dracut.ts";
export type { HostNameFilter, NetworkMethod, NetworkSetup, NetworkVerdict } from "./dracut/network-setup.ts";
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
export { networkdFiles } from "./networkd.ts";
export type { ConfigFile } from "./networkmanager/keyfile.ts";
export {
  type NetworkManagerHfi,
  type NetworkManagerOutcome,
  networkManagerNetwork,
} from "./networkmanager/network-manager.ts";
export { type CommandLineOutcome, readNmCommandLine } from "./networkmanager/nm-command-line.ts";
export type { Note } from "./note.ts";
export {
  type AttemptedStep,
  attemptsWhenAllFail,
  type ConnectPlan,
  type ConnectStep,
  type ConnectTablePlan,
  fabricsStrings,
  type KnownMachine,
  type PlannedPaths,
  planConnectAll,
} from "./nvme-cli/connect-all.ts";
export { type Connection, fabricsString, nvmeCommand } from "./nvme-cli/connection.ts";
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
export { defaultStacks, parseStack, type Stack, type StackPreset, stackModel, stackPresets } from "./stacks.ts";
export { type WickedHfi, type WickedOutcome, wickedNetwork } from "./wicked.ts";
