/**
 * What the Linux programs that read an NBFT make of one: nvme-cli, nvme-discoverd, nvme-stas, dracut, NetworkManager, wicked.
 * Runs in browsers as well as in Node.js.
 */
export {
  attemptsWhenAllFail,
  type ConnectPlan,
  type ConnectStep,
  type ConnectTablePlan,
  fabricsStrings,
  type HostIdentity,
  planConnectAll,
} from "./connect-all.ts";
export { type Connection, fabricsString, nvmeCommand } from "./connection.ts";
export {
  type DracutHfi,
  type DracutOutcome,
  type DracutVersion,
  dracutFiles,
  dracutLines,
  dracutNetwork,
} from "./dracut.ts";
export {
  type Disagreement,
  type ExplainedConsumer,
  type ExplainedRow,
  type ExplainedTable,
  type Explanation,
  explainTables,
} from "./explain.ts";
export type { ConfigFile } from "./keyfile.ts";
export { type LibnvmeVersion, libnvmeVersions, readAsLibnvme } from "./libnvme.ts";
export type * from "./libnvme-table.ts";
export type { ConsumerModel, Prediction, Verdict, Waiting } from "./model.ts";
export { consumerId, consumerModels, findConsumers } from "./models.ts";
export {
  type NetworkConfiguration,
  type NetworkFormat,
  networkConfiguration,
  networkConsumers,
} from "./network-configuration.ts";
export { type NetworkManagerHfi, type NetworkManagerOutcome, networkManagerNetwork } from "./network-manager.ts";
export type { HostNameFilter, NetworkMethod, NetworkSetup, NetworkVerdict } from "./network-setup.ts";
export { networkdFiles } from "./networkd.ts";
export { type CommandLineOutcome, readNmCommandLine } from "./nm-command-line.ts";
export type { Note } from "./note.ts";
export type { ShowOptions } from "./nvme-cli-sections.ts";
export {
  formatNvmeCliJson,
  formatNvmeCliText,
  type NamedTable,
  runNvmeCliShow,
  type ShowResult,
} from "./nvme-cli-show.ts";
export { shellWord } from "./shell-word.ts";
export { type WickedHfi, type WickedOutcome, wickedNetwork } from "./wicked.ts";
