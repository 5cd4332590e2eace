import { latin1Text } from "../../bytes/latin1.ts";
import { RECORDED_RELEASE } from "../../consumers/libnvme/releases.ts";
import { type ConnectPlan, fabricsStrings, planConnectAll } from "../../consumers/nvme-cli/connect-all.ts";
import { waitingFor } from "../../consumers/nvme-cli/connect-models.ts";
import { fabricsConf } from "../../consumers/nvme-cli/fabrics-conf.ts";
import type { HostIdentity } from "../../consumers/nvme-cli/host-identity.ts";
import type { TableFile } from "../../consumers/nvme-cli/show.ts";
import {
  cannotReadNbft,
  connectPlanJson,
  connectPlanLines,
  formatCommands,
  formatConnectPlan,
} from "../../output/connect-plan.ts";
import { formatSecurityNeeds } from "../../output/security-needs.ts";
import { type SecurityNeeds, securityNeeds } from "../../secrets/needs.ts";
import { escapeText } from "../../text/escape.ts";
import { formatJson } from "../../text/json.ts";
import { paintFor } from "../color.ts";
import type { RowCommand } from "../command.ts";
import { nvmeCliAsked } from "../consumer-option.ts";
import { liveTablesFile } from "../help/notes.ts";
import { type Io, note } from "../io.ts";
import type { OptionsOf } from "../options/options-of.ts";
import type { OptionRow } from "../options/rows.ts";
import { colorRow, formatRow } from "../options/rows.ts";
import { consumerRow, sourceRows, sourceWords, stackRow } from "../options/table-rows.ts";
import { describing } from "../sources/describing.ts";
import { readableTables } from "../sources/tables.ts";

const rows = [
  ...sourceRows,
  consumerRow(`release of nvme-cli, for example nvme-cli@2.16 (default: ${RECORDED_RELEASE})`),
  stackRow,
  formatRow(
    ["text", "json", "ndjson", "commands", "fabrics", "nvme-fabrics", "nvme-stas"],
    "text, JSON, one JSON object a table, nvme commands, the strings for /dev/nvme-fabrics, or a configuration of nvme-cli 3 or nvme-stas 3",
  ),
  { flags: "--hostnqn <nqn>", description: "host NQN, as for nvme-cli (default: as the release chooses)" },
  { flags: "--hostid <uuid>", description: "host ID, as for nvme-cli (default: as the release chooses)" },
  {
    flags: "--interfaces <which>",
    description: "interfaces of the machine: assume one for each MAC address, or none",
    choices: ["assumed", "none"],
    default: "assumed",
  },
  colorRow,
] as const satisfies readonly OptionRow[];

type PlanOptions = OptionsOf<typeof rows>;

/** `nbft plan [SOURCE…]`: the connections that `nvme connect-all --nbft` will try. */
export default {
  words: sourceWords,
  rows,
  run: async (sources, options, io) => print(sources, await describing(sources, options, io), io),
  manual: {
    examples: [["nbft plan --consumer nvme-cli@2.13 NBFT", "lists the connections of a release of nvme-cli"]],
    files: [liveTablesFile],
  },
} satisfies RowCommand<PlanOptions>;

function print(sources: readonly string[], options: PlanOptions, io: Io): void {
  const release = nvmeCliAsked(options, "nbft plan");
  const tables = [...readableTables(sources, { ...options, shows: true }, io)];
  if (isConfiguration(options.outputFormat)) {
    writeConfiguration(tables, options.outputFormat, io);
    return;
  }
  const plan = planConnectAll(tables, identityOf(options), release?.release, { interfaces: options.interfaces });
  if (options.outputFormat === "fabrics") tellFabrics(plan, io);
  // A table that nvme-cli rejects needs nothing.
  const reader = { id: `nvme-cli@${plan.release.release}`, releases: [plan.release] };
  const needs = tables.map((table, i) => (plan.tables[i]?.rejection ? undefined : securityNeeds(table, [reader])));
  write(plan, needs, options, io);
}

/** Files that connect what the tables list, by the format that writes them. */
const configurations = {
  "nvme-fabrics": "/etc/nvme/nvme-fabrics.conf",
  "nvme-stas": "/etc/nvme/nvme-stas.conf",
} as const;

function isConfiguration(format: string): format is keyof typeof configurations {
  return format in configurations;
}

function writeConfiguration(tables: readonly TableFile[], format: keyof typeof configurations, io: Io): void {
  const { text, remarks } = fabricsConf(tables);
  for (const { source, message } of remarks) note(io, escapeText(`${source}: ${message}`));
  if (tables.length > 0)
    io.out(`# ${configurations[format]}: what the NBFT connects, in the form of libnvme 3\n\n${text}`);
}

/** What a list of strings cannot say. */
function tellFabrics(plan: ConnectPlan, io: Io): void {
  const tell = (text: string) => note(io, escapeText(text));
  const { release } = plan;
  if (release.outside !== undefined) tell(release.outside);
  const none = cannotReadNbft(plan);
  if (none !== undefined) tell(none);
  for (const { source, rejection, host, steps } of plan.tables) {
    const left = steps.filter(({ action }) => action === "unpredicted").length;
    if (left > 0) tell(`${source}: too many paths: the attempts of ${left} SSNS are not predicted`);
    if (rejection) tell(`${source}: nvme-cli ${release.release} rejects it: ${rejection.message}`);
    for (const { notes } of steps.filter(({ action }) => action === "die")) {
      for (const { message } of notes) tell(`${source}: ${message}`);
    }
    if (!host.known)
      tell(
        `${source}: nvme-cli ${release.release} uses the system's host NQN and ID, the table's are in their place: give --hostnqn and --hostid`,
      );
    else if (host.nqnFrom !== "table" && host.differs) tell(`${source}: the host NQN is not the table's`);
  }
}

function write(
  plan: ConnectPlan,
  needs: readonly (SecurityNeeds | undefined)[],
  { outputFormat }: PlanOptions,
  io: Io,
): void {
  if (outputFormat === "fabrics") {
    for (const line of fabricsStrings(plan)) io.out(line);
    return;
  }
  if (outputFormat === "commands") {
    io.out(formatCommands(plan));
    return;
  }
  if (outputFormat === "ndjson") {
    for (const line of connectPlanLines(plan, needs)) io.out(`${JSON.stringify(line)}\n`);
    return;
  }
  const waiting = waitingFor(plan);
  if (outputFormat === "json") io.out(formatJson(connectPlanJson(plan, waiting, needs)));
  else if (plan.tables.length > 0 || cannotReadNbft(plan) !== undefined) {
    io.out(formatConnectPlan(plan, waiting, paintFor(io)));
    for (const [i, { source }] of plan.tables.entries()) io.out(formatSecurityNeeds(source, needs[i], paintFor(io)));
  }
}

/** What the command line says about the host, one character a byte. */
function identityOf({ hostnqn, hostid }: PlanOptions): HostIdentity {
  const bytes = (text: string | undefined) => text && latin1Text(new TextEncoder().encode(text));
  return { hostNqn: bytes(hostnqn), hostId: bytes(hostid) };
}
