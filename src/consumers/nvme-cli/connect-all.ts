import { MOST_PATHS } from "../../nbft/limits.ts";
import { tryRead } from "../../nbft/read/shared-reading.ts";
import { summarizePaths, type TablePath, TablePaths } from "../../reach/paths.ts";
import { behavioursOf, type Does, findRelease, type KnownRelease } from "../behaviours/index.ts";
import { type ReadTable, readTables } from "../libnvme/read-tables.ts";
import { RECORDED_RELEASE } from "../libnvme/releases.ts";
import {
  type AttemptedStep,
  type Connecting,
  type ConnectStep,
  type ConnectTablePlan,
  type ConnectTableRun,
  connectingOf,
  type PlannedPaths,
} from "./connect-run.ts";
import { fabricsString } from "./connection.ts";
import { type HostIdentity, HostNamer } from "./host-identity.ts";
import { InterfaceNames, type Interfaces } from "./interfaces.ts";
import { Planner } from "./planner.ts";
import type { TableFile } from "./show.ts";

/** What is known of the machine on which a run is predicted. */
export interface KnownMachine {
  /** Its interfaces; one for each MAC address of the tables unless told otherwise. */
  readonly interfaces?: Interfaces;
  /** Host NQN and ID in /etc/nvme, where they are known. */
  readonly system?: HostIdentity;
}

/** What `nvme connect-all --nbft` of a release will do. */
export interface ConnectPlan {
  /** The release, and what is known of it. */
  readonly release: KnownRelease;
  /** Empty for a release that cannot read an NBFT. */
  readonly tables: readonly ConnectTablePlan[];
}

/**
 * What `nvme connect-all --nbft` of a release does with some tables in this order. Not covered: controllers that are connected
 * already, the exclusion list, the JSON configuration, what a discovery log page leads to, more than 512 paths of a table.
 *
 * nvme-cli 2.5 to 2.16 (nbft.c) and libnvme 3.0-rc1 to 3.1 (fabrics.c, `libnvmf_discover_nbft`); the differences are in the table of
 * behaviours.
 *
 * @param given what the command line says of the host, as `--hostnqn` and `--hostid`
 * @param release of nvme-cli, for example `2.16`
 * @throws {RangeError} where that is no release
 */
export function planConnectAll(
  tables: readonly TableFile[],
  given: HostIdentity = {},
  release: string = RECORDED_RELEASE,
  machine: KnownMachine = {},
): ConnectPlan {
  const run = runConnectAll(readTables(tables, release), given, connectingOf(release), machine);
  return {
    release: findRelease("nvme-cli", release)!,
    tables: run.map(({ source, rejection, host, isRead, notes, steps }, i) => {
      const paths = isRead ? plannedPaths(tables[i]!.bytes, steps) : undefined;
      return { source, rejection, host, paths, notes, steps };
    }),
  };
}

/**
 * The same of tables that were read, without their paths.
 *
 * @param mostPaths whose attempts are predicted, of one table
 */
export function runConnectAll(
  tables: readonly ReadTable[],
  given: HostIdentity,
  does: Connecting,
  { interfaces = "assumed", system = {} }: KnownMachine,
  mostPaths = MOST_PATHS,
): ConnectTableRun[] {
  if (!does.readsNbft) return [];
  const hosts = new HostNamer({ given, system }, does);
  return new Planner(does, hosts, new InterfaceNames(interfaces), mostPaths).plan(tables);
}

/**
 * The strings that `nvme connect-all --nbft` of a plan writes to the fabrics device, each ended by a newline, when every connect is
 * refused (ECONNREFUSED) and no host name can be resolved. Where host NQN and ID of the system are not known, the table's are in their place.
 */
export function* fabricsStrings(plan: ConnectPlan): Generator<Uint8Array> {
  for (const { connection } of attemptsWhenAllFail(plan.tables, behavioursOf("nvme-cli", plan.release.predictedAs))) {
    const text = fabricsString(connection);
    const line = new Uint8Array(text.length + 1);
    line.set(text);
    line[text.length] = 0x0a;
    yield line;
  }
}

/** How many paths of a table can work, and how many of these the steps of a run leave out. */
function plannedPaths(bytes: Uint8Array, steps: readonly ConnectStep[]): PlannedPaths | undefined {
  const reading = tryRead(bytes);
  const paths = reading ? [...new TablePaths(reading.table)] : [];
  const connecting = steps.filter(({ action }) => action === "connect");
  const tried = new Set(connecting.map(({ path, hfi }) => `${path} ${hfi}`));
  const bound = new Set(
    connecting.flatMap(({ path, hfi, connection }) => (connection?.hostIface === undefined ? [] : [`${path} ${hfi}`])),
  );
  const isBound = ({ path, hfi }: TablePath) => bound.has(`${path} ${hfi}`);
  const summary = summarizePaths(paths, isBound);
  if (!summary) return undefined;
  const unpredicted = new Set(steps.filter(({ action }) => action === "unpredicted").map(({ path }) => path));
  const open = paths.filter(
    (each) => each.state === "open" && (!each.onlyWhenBound || isBound(each)) && !unpredicted.has(each.path),
  );
  const untried = open.filter(({ path, hfi }) => !tried.has(`${path} ${hfi}`)).length;
  const text =
    untried === 0 ? summary.text : `${summary.text}; ${untried} of these ${untried === 1 ? "is" : "are"} not tried`;
  return { ...summary, text, untried };
}

/** The steps of a run that connect when none succeeds and no host name can be resolved, in order. */
export function* attemptsWhenAllFail(
  tables: readonly Pick<ConnectTablePlan, "steps">[],
  { failedDiscoveryEndsRun }: Pick<Does<"nvme-cli">, "failedDiscoveryEndsRun">,
): Generator<AttemptedStep> {
  for (const { steps } of tables) {
    for (const step of steps) {
      const { action, kind, connection } = step;
      if (action === "die") return;
      if (action === "connect" && !connection!.named) yield { ...step, connection: connection! };
      const tried = action === "connect" || action === "fail";
      if (kind === "discovery" && tried && failedDiscoveryEndsRun) return;
    }
  }
}
