import { rememberOf } from "../../bytes/remember.ts";
import { AlikeResults } from "../behaviours/alike.ts";
import { behavioursOf, type Does, type KnownRelease } from "../behaviours/index.ts";
import { readOnceAsLibnvme } from "../libnvme/libnvme.ts";
import type { LibnvmeReading } from "../libnvme/libnvme-table.ts";
import { type ReadTable, readTables } from "../libnvme/read-tables.ts";
import { LIBNVME_1 } from "../libnvme/releases.ts";
import {
  type ConsumerModel,
  type ConsumerPrediction,
  type ConsumerVerdict,
  cannotRead,
  sourceOf,
  verdict,
  verdictKey,
  type Waiting,
} from "../model.ts";
import { type Note, note, routine } from "../note.ts";
import { stasOutcome } from "../stas/stas.ts";
import { attemptsWhenAllFail, type ConnectPlan, type KnownMachine, runConnectAll } from "./connect-all.ts";
import {
  type Connecting,
  type ConnectStep,
  type ConnectTablePlan,
  type ConnectTableRun,
  connectingOf,
} from "./connect-run.ts";
import { discoverdSteps } from "./discoverd.ts";
import type { PlannedHost } from "./host-identity.ts";
import { endsAtOnce, lacksRoute, waysOf } from "./routes.ts";
import { crashOfNvmeCliShow, type TableFile } from "./show.ts";

/**
 * Seconds that one attempt to connect takes: two SYNs without an answer (1 + 2 s); a connection without ICResp; a Connect command
 * without completion. Linux 6.x, drivers/nvme/host/tcp.c (one SYN retry, 10 s to receive) and core.c (admin_timeout).
 */
const seconds = { silent: 3, hung: 10, mute: 60 } as const;

/** How long the attempts of a plan take one after the other when none succeeds. */
export function waitingFor({ tables, release }: ConnectPlan): Waiting {
  return waitingOf(tables, behavioursOf("nvme-cli", release.predictedAs), []);
}

function waitingOf(
  tables: readonly Pick<ConnectTablePlan, "steps">[],
  does: Does<"nvme-cli">,
  notes: readonly Note[],
): Waiting {
  const attempts = [...attemptsWhenAllFail(tables, does)];
  const hopeless = attempts.filter((step) => step.hopeless);
  const open = attempts.length - hopeless.length;
  const slow = hopeless.filter((step) => !endsAtOnce(step)).length;
  const lasting = (each: number) => open * each + slow * seconds.silent;
  return {
    attempts: attempts.length,
    hopeless: hopeless.length,
    silent: lasting(seconds.silent),
    hung: lasting(seconds.hung),
    mute: lasting(seconds.mute),
    network: 0,
    notes,
  };
}

/** Verdicts of the steps of one table, by path. */
function verdictsOfSteps(steps: readonly ConnectStep[]): Map<string, ConsumerVerdict> {
  const byPath = new Map<string, ConnectStep[]>();
  for (const step of steps) {
    const group = byPath.get(step.path);
    if (group) group.push(step);
    else byPath.set(step.path, [step]);
  }
  const several = new Set(steps.map(({ hfi }) => hfi)).size > 1;
  return new Map(Array.from(byPath, ([path, group]) => [path, verdictOf(group, several)]));
}

/** @param several the table has paths through several HFIs: which interface a path takes may be another than its HFI's. */
function verdictOf(steps: readonly ConnectStep[], several: boolean): ConsumerVerdict {
  const notes = [...new Map(steps.flatMap((step) => step.notes).map((item) => [item.message, item])).values()];
  const dying = steps.find(({ action }) => action === "die");
  if (dying) return verdict("dies", "dies", notes, "the program dies");
  const [first] = steps;
  if (first!.action === "drop") return verdict("dropped", "nothing", notes, "dropped while reading");
  if (first!.action === "unpredicted") return verdict("not predicted", undefined, notes);
  const tried = steps.filter(({ action }) => action === "connect" || action === "fail");
  if (tried.length === 0) return verdict("skipped", "nothing", notes);
  const hfis = tried.map(({ hfi }) => hfi ?? "?").join(", ");
  const lost = tried.filter((step) => step.hopeless);
  const doom = lost.length > 0 && lost.every(lacksRoute) ? "no route" : "must fail";
  const hopeless = lost.length === 0 ? "" : lost.length === tried.length ? `, ${doom}` : `, ${lost.length} ${doom}`;
  if (first!.kind === "discovery") {
    return verdict(
      `asked${hopeless}`,
      `asked${hopeless}`,
      notes,
      `asked for its log page through HFI ${hfis}${hopeless}`,
    );
  }
  const paths = tried.length === 1 ? "1 path" : `${tried.length} paths`;
  const way = several ? wayOf(tried) : "";
  const which = `HFI ${hfis}${way}${hopeless}`;
  return verdict(`${paths}${hopeless}`, which, notes, `${paths}: ${which}`);
}

/** Which interfaces some paths take: nvme-cli 3.x binds each to that of its HFI (host_iface). */
function wayOf(tried: readonly ConnectStep[]): string {
  const interfaces = tried.map(({ connection }) => connection?.hostIface);
  if (interfaces.every((name) => name === undefined)) return " (routed by the system's table)";
  return ` (bound to ${interfaces.map((name) => name ?? "none").join(", ")})`;
}

/** Puts the verdicts of every table together; `rest` fills in for all descriptors of a table that is rejected. */
function prediction(
  tables: readonly { readonly verdicts: ReadonlyMap<string, ConsumerVerdict>; readonly rejection: Note | undefined }[],
  notes: readonly Note[],
  waiting: Waiting | undefined,
): ConsumerPrediction {
  const verdicts = new Map<string, ConsumerVerdict>();
  for (const [number, { verdicts: own, rejection }] of tables.entries()) {
    for (const [path, value] of own) verdicts.set(verdictKey(number, path), value);
    if (!rejection) continue;
    for (const list of ["ssns", "discovery"]) {
      verdicts.set(verdictKey(number, list), verdict("rejected", "nothing", [rejection], "the table is rejected"));
    }
  }
  return { verdicts, notes, waiting };
}

/** Paths of the verdicts of a program that connects. */
const connectPaths = ["host", "ssns", "discovery", "after"] as const;

function modelFrom(
  release: KnownRelease,
  model: Pick<ConsumerModel, "title" | "notCovered" | "predict">,
): ConsumerModel {
  return {
    id: `${release.program}@${release.release}`,
    releases: [release],
    source: sourceOf([release]),
    remarks: release.outside === undefined ? [] : [release.outside],
    ...model,
  };
}

/** `nvme connect-all --nbft` and `nvme nbft show` of a release. */
export function nvmeCliModel(release: KnownRelease, machine: KnownMachine = {}): ConsumerModel {
  return modelFrom(release, {
    title: "nvme connect-all --nbft and nvme nbft show",
    notCovered: [
      "controllers that are connected already",
      "the configuration files, the exclusion list and the ownership registry",
      "what a discovery log page leads to",
      "what host names resolve to",
    ],
    predict: (tables) => predictNvmeCli(release, machine, tables),
  });
}

/** What `nvme connect-all --nbft` and `nvme nbft show` make of some tables. `given` is what their libnvme reads, where that is known. */
export function predictNvmeCli(
  known: KnownRelease,
  machine: KnownMachine,
  tables: readonly TableFile[],
  given?: readonly ReadTable[],
): ConsumerPrediction {
  const does = connectingOf(known.release);
  if (!does.readsNbft) return cannotRead(known, connectPaths)(tables);
  const read = given ?? readTables(tables, known.release);
  const runs = runsOf([...read.flatMap(({ reading, path }) => [reading, path]), machine]);
  const { verdicts, notes, waiting } = runs.of(does, (asked) => predictRun(read, asked, machine));
  const after = afterConnectAll(does);
  return {
    verdicts: new Map([...verdicts, ...tables.map((_, number) => [verdictKey(number, "after"), after] as const)]),
    notes,
    waiting,
  };
}

const runsOf = rememberOf((_: readonly unknown[]) => new AlikeResults<Connecting, ConsumerPrediction>());

/** The same without what becomes of the connections, in which releases differ that connect alike. */
function predictRun(read: readonly ReadTable[], does: Connecting, machine: KnownMachine): ConsumerPrediction {
  const tables = runConnectAll(read, {}, does, machine);
  const notes = [
    ...crashNotes(read, does),
    ...tables.flatMap(deathNotes),
    ...tables.flatMap((table) => table.notes.filter(({ routine: dull }) => !dull)),
  ];
  return prediction(
    tables.map(({ source, steps, rejection, host }) => ({
      verdicts: new Map([
        ...verdictsOfSteps(steps.filter(({ path }) => path !== "host")),
        ...(rejection ? [] : [["host", hostVerdict(host)] as const]),
      ]),
      rejection: rejection && note(`${source} is rejected: ${rejection.message}`, rejection.rule),
    })),
    notes,
    waitingOf(tables, does, [note("connections are tried one after the other")]),
  );
}

/** Who names the host. */
function hostVerdict({ nqnFrom, known, differs, notes }: PlannedHost): ConsumerVerdict {
  if (nqnFrom === "table") return verdict("table's", "table", notes, "the table's host NQN");
  if (!known || differs === undefined)
    return verdict("system's", "system", notes, "the system's host NQN, whatever it is");
  return differs
    ? verdict("system's, differs", "differs", notes, "the system's host NQN, which is not the table's")
    : verdict("system's, same", "table", notes, "the system's host NQN, which is the table's");
}

/** What becomes of the connections of `connect-all --nbft` when the system has taken over. */
function afterConnectAll({ recordsOwner }: Connecting): ConsumerVerdict {
  const kernel = routine("the kernel reconnects a lost path for 600 s (ctrl_loss_tmo) and then removes it");
  return recordsOwner
    ? verdict(
        "kept, owned",
        "owned",
        [kernel],
        "kept by the kernel; owner nbft is recorded, and disconnect-all spares them",
      )
    : verdict("kept", "unowned", [kernel], "kept by the kernel; disconnect-all ends them, the root's included");
}

/** Deaths that belong to no descriptor, so that no row can show them. */
function deathNotes({ source, steps }: ConnectTableRun): Note[] {
  return steps
    .filter(({ action, path }) => action === "die" && path === "host")
    .flatMap(({ notes }) => notes)
    .map(({ message, rule }) => note(`nvme connect-all --nbft crashes with SIGSEGV at ${source}: ${message}`, rule));
}

function crashNotes(tables: readonly ReadTable[], does: Connecting): Note[] {
  const notes: Note[] = [];
  for (const [format, call] of [
    ["normal", "nvme nbft show"],
    ["json", "nvme nbft show -o json"],
  ] as const) {
    const crash = crashOfNvmeCliShow(tables, format, {}, does);
    if (crash !== undefined) notes.push(note(`${call} crashes with SIGSEGV: ${crash}`));
  }
  return notes;
}

/** The daemon of nvme-cli 3. */
export function discoverdModel(release: KnownRelease): ConsumerModel {
  return modelFrom(release, {
    title: "the daemon of nvme-cli 3 that keeps controllers connected",
    notCovered: ["the exclusion list", "controllers of its own configuration", "what a discovery log page leads to"],
    predict: predictDiscoverd(release),
  });
}

const daemonRunsOf = rememberOf(
  (_: readonly LibnvmeReading[]) => new AlikeResults<Does<"nvme-discoverd">, Iterable<[string, ConsumerVerdict]>[]>(),
);

function predictDiscoverd({ predictedAs }: KnownRelease): ConsumerModel["predict"] {
  const does = behavioursOf("nvme-discoverd", predictedAs);
  const host = does.usesTableHostIdentity
    ? verdict("table's", "table", [], "the table's host NQN")
    : verdict("system's", "system", [], "the system's host NQN, whatever it is");
  const doubled = does.doublesBootConnections
    ? [note("a controller that the initramfs connected with another host NQN is connected a second time")]
    : [];
  const after = verdict(
    "kept while it runs",
    "daemon",
    doubled,
    "kept while it runs; its units disconnect when they are stopped",
  );
  return (tables) => {
    const read = readTables(tables, predictedAs);
    const connects = daemonRunsOf(read.map(({ reading }) => reading)).of(does, (asked) => {
      const ways = waysOf(tables);
      return read.map(({ reading: { table } }, i) =>
        table ? verdictsOfSteps(discoverdSteps(table, asked, ways[i]!)) : [],
      );
    });
    return prediction(
      read.map(({ path, reading: { table, rejection, dropped } }, i) => {
        const drops = dropped.map(
          (drop) => [drop.path, verdict("dropped", "nothing", [note(drop.message, drop.rule)])] as const,
        );
        const whole = table
          ? ([
              ["host", host],
              ["after", after],
            ] as const)
          : [];
        return {
          verdicts: new Map([...connects[i]!, ...drops, ...whole]),
          rejection: rejection && note(`${path} is rejected: ${rejection.message}`, rejection.rule),
        };
      }),
      [],
      undefined,
    );
  };
}

/** stafd and stacd. */
export function stasModel(release: KnownRelease): ConsumerModel {
  const { readsNbft, connectsDiscovery } = behavioursOf("nvme-stas", release.release);
  return modelFrom(release, {
    title:
      connectsDiscovery || !readsNbft
        ? "stafd and stacd, with the Python binding of libnvme 1.x"
        : "stafd and stacd, with libnvme 3",
    notCovered: [
      "stafd.conf and stacd.conf",
      "mDNS",
      "which interface has the MAC address",
      "what a log page leads to",
    ],
    predict: !readsNbft ? cannotRead(release, ["ssns", "discovery"]) : connectsDiscovery ? predictStas24 : protectsOnly,
  });
}

/** 3.0 connects to nothing of a table. */
const protectsOnly: ConsumerModel["predict"] = (tables) => {
  const ignored = verdict("ignored", undefined, [
    routine("an NBFT is only read to know which connections are the boot's"),
  ]);
  const after = verdict("protected", "owned", [], "it does not disconnect what the NBFT lists");
  return prediction(
    tables.map(() => ({
      verdicts: new Map([
        ["ssns", ignored],
        ["discovery", ignored],
        ["after", after],
      ]),
      rejection: undefined,
    })),
    [],
    undefined,
  );
};

const predictStas24: ConsumerModel["predict"] = (tables) => {
  const notes: Note[] = [];
  const outcomes = tables.map(({ path, bytes }) => {
    const { table, rejection, crash, dropped } = readOnceAsLibnvme(bytes, LIBNVME_1);
    if (crash) {
      const why = note(`stafd crashes with SIGSEGV: ${crash.message}`, crash.rule);
      notes.push(note(`${path}: ${why.message}`, crash.rule));
      return { verdicts: new Map([["discovery", verdict("dies", "dies", [why], "stafd dies")]]), rejection: undefined };
    }
    if (!table) {
      return {
        verdicts: new Map<string, ConsumerVerdict>(),
        rejection: note(`${path} counts as empty: ${rejection!.message}`, rejection!.rule),
      };
    }
    const { trouble, steps } = stasOutcome(table);
    if (trouble) notes.push(note(`${path}: ${trouble.message}`, trouble.rule));
    const verdicts = verdictsOfSteps(steps);
    for (const drop of dropped) verdicts.set(drop.path, verdict("dropped", "nothing", [note(drop.message, drop.rule)]));
    const whole = trouble && verdict("dies", "dies", [trouble], "stafd dies");
    for (const { position } of table.discovery) {
      if (whole) verdicts.set(`discovery[${position}]`, whole);
    }
    for (const { position } of table.subsystems) {
      verdicts.set(
        `ssns[${position}]`,
        verdict("ignored", undefined, [routine("stacd takes no I/O controller from a table")]),
      );
    }
    return { verdicts, rejection: undefined };
  });
  return prediction(outcomes, notes, undefined);
};
