import { type LibnvmeVersion, readAsLibnvme } from "../libnvme/libnvme.ts";
import { type ConsumerModel, type Prediction, placeOf, type Verdict, verdict, type Waiting } from "../model.ts";
import { type Note, note, routine } from "../note.ts";
import { stasOutcome } from "../stas/stas.ts";
import { attemptsWhenAllFail, type ConnectStep, type ConnectTablePlan, planConnectAll } from "./connect-all.ts";
import { discoverdSteps } from "./discoverd.ts";
import { type NamedTable, runNvmeCliShow } from "./show.ts";

/**
 * Seconds that one attempt to connect takes: two SYNs without an answer (1 + 2 s); a connection without ICResp; a Connect command
 * without completion. Linux 6.x, drivers/nvme/host/tcp.c (one SYN retry, 10 s to receive) and core.c (admin_timeout).
 */
const seconds = { silent: 3, hung: 10, mute: 60 } as const;

/** How long a number of attempts takes one after the other. */
export function waitingFor(attempts: number, notes: readonly Note[] = []): Waiting {
  return {
    attempts,
    silent: attempts * seconds.silent,
    hung: attempts * seconds.hung,
    mute: attempts * seconds.mute,
    network: 0,
    notes,
  };
}

/** Verdicts of the steps of one table, by path. */
export function verdictsOfSteps(steps: readonly ConnectStep[]): Map<string, Verdict> {
  const byPath = new Map<string, ConnectStep[]>();
  for (const step of steps) byPath.set(step.path, [...(byPath.get(step.path) ?? []), step]);
  return new Map(Array.from(byPath, ([path, group]) => [path, verdictOf(group)]));
}

function verdictOf(steps: readonly ConnectStep[]): Verdict {
  const notes = [...new Map(steps.flatMap((step) => step.notes).map((item) => [item.message, item])).values()];
  const dying = steps.find(({ action }) => action === "die");
  if (dying) return verdict("dies", "dies", notes, "the program dies");
  const [first] = steps;
  if (first!.action === "drop") return verdict("dropped", "nothing", notes, "dropped while reading");
  const tried = steps.filter(({ action }) => action === "connect" || action === "fail");
  if (tried.length === 0) return verdict("skipped", "nothing", notes);
  const hfis = tried.map(({ hfi }) => hfi ?? "?").join(", ");
  const hopeless = tried.every((step) => step.hopeless) ? ", must fail" : "";
  if (first!.kind === "discovery") {
    return verdict(`asked${hopeless}`, "asked", notes, `asked for its log page through HFI ${hfis}${hopeless}`);
  }
  const paths = tried.length === 1 ? "1 path" : `${tried.length} paths`;
  return verdict(`${paths}${hopeless}`, `hfi ${hfis}`, notes, `${paths}: HFI ${hfis}${hopeless}`);
}

/** Puts the verdicts of every table together; `rest` fills in for all descriptors of a table that is rejected. */
function prediction(
  tables: readonly { readonly verdicts: ReadonlyMap<string, Verdict>; readonly rejection: Note | undefined }[],
  notes: readonly Note[],
  waiting: Waiting | undefined,
): Prediction {
  const verdicts = new Map<string, Verdict>();
  for (const [number, { verdicts: own, rejection }] of tables.entries()) {
    for (const [path, value] of own) verdicts.set(placeOf(number, path), value);
    if (!rejection) continue;
    for (const list of ["ssns", "discovery"]) {
      verdicts.set(placeOf(number, list), verdict("rejected", "nothing", [rejection], "the table is rejected"));
    }
  }
  return { verdicts, notes, waiting };
}

function nvmeCli(version: LibnvmeVersion): ConsumerModel["predict"] {
  return (tables) => {
    const plan = planConnectAll(tables, {}, version);
    const notes = [
      ...crashNotes(tables, version),
      ...plan.tables.flatMap(deathNotes),
      ...plan.tables.flatMap((table) => table.notes),
    ];
    return prediction(
      plan.tables.map(({ source, steps, rejection }) => ({
        verdicts: verdictsOfSteps(steps),
        rejection: rejection && note(`${source} is rejected: ${rejection.message}`, rejection.rule),
      })),
      notes,
      waitingFor(countOf(attemptsWhenAllFail(plan)), [note("connections are tried one after the other")]),
    );
  };
}

/** Deaths that belong to no descriptor, so that no row can tell of them. */
function deathNotes({ source, steps }: ConnectTablePlan): Note[] {
  return steps
    .filter(({ action, path }) => action === "die" && path === "host")
    .flatMap(({ notes }) => notes)
    .map(({ message, rule }) => note(`nvme connect-all --nbft dies of SIGSEGV at ${source}: ${message}`, rule));
}

function countOf(items: Iterable<unknown>): number {
  let count = 0;
  for (const _ of items) count++;
  return count;
}

function crashNotes(tables: readonly NamedTable[], version: LibnvmeVersion): Note[] {
  const notes: Note[] = [];
  for (const [format, call] of [
    ["normal", "nvme nbft show"],
    ["json", "nvme nbft show -o json"],
  ] as const) {
    const { crash } = runNvmeCliShow(tables, format, {}, version);
    if (crash !== undefined) notes.push(note(`${call} dies of SIGSEGV: ${crash}`));
  }
  return notes;
}

const discoverd: ConsumerModel["predict"] = (tables) => {
  const readings = tables.map(({ path, bytes }) => ({ path, ...readAsLibnvme(bytes) }));
  return prediction(
    readings.map(({ path, table, rejection, dropped }) => ({
      verdicts: new Map([
        ...(table ? verdictsOfSteps(discoverdSteps(table)) : []),
        ...dropped.map((drop) => [drop.path, verdict("dropped", "nothing", [note(drop.message, drop.rule)])] as const),
      ]),
      rejection: rejection && note(`${path} is rejected: ${rejection.message}`, rejection.rule),
    })),
    [],
    undefined,
  );
};

const stas: ConsumerModel["predict"] = (tables) => {
  const notes: Note[] = [];
  const outcomes = tables.map(({ path, bytes }) => {
    const { table, rejection, dropped } = readAsLibnvme(bytes, "1.13");
    if (!table) {
      return {
        verdicts: new Map<string, Verdict>(),
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

/** Programs that connect. */
export const connectModels: readonly ConsumerModel[] = [
  {
    name: "nvme-cli",
    version: "2.13",
    title: "nvme connect-all --nbft and nvme nbft show, with libnvme 1.13",
    source:
      "read: nvme-cli 2.13 nbft.c, fabrics.c and plugins/nbft, libnvme 1.13 nbft.c and fabrics.c (2.16 with 1.16 reads tables the same way); run: Debian 2.13-2 on every vector and on mutated tables",
    notCovered: [
      "controllers that are connected already",
      "the JSON configuration and discovery.conf",
      "what a discovery log page leads to",
      "host names (they are resolved by DNS)",
    ],
    predict: nvmeCli("1.13"),
  },
  {
    name: "nvme-cli",
    version: "3.0-rc1",
    title: "nvme connect-all --nbft and nvme nbft show, with libnvme 3.0-rc1",
    source:
      "read: nvme-cli 3.0-rc1 of 21 August 2026, libnvme/src/nvme/nbft.c and fabrics.c, plugins/nbft; run on every vector and on mutated tables",
    notCovered: [
      "controllers that are connected already",
      "the exclusion list and the ownership registry",
      "what a discovery log page leads to",
      "which host NQN and ID it takes from /etc/nvme or makes",
    ],
    predict: nvmeCli("3.0-rc1"),
  },
  {
    name: "nvme-discoverd",
    version: "3.0-rc1",
    title: "the daemon of nvme-cli 3 that keeps controllers connected",
    source: "read: nvme-cli 3.0-rc1 of 21 August 2026, discoverd/src/inventory.c and units.c; not run",
    notCovered: ["the exclusion list", "controllers of its own configuration", "what a discovery log page leads to"],
    predict: discoverd,
  },
  {
    name: "nvme-stas",
    version: "2.4",
    title: "stafd and stacd, with the Python binding of libnvme 1.x",
    source:
      "read: nvme-stas 2.4.1 staslib/conf.py and nbft.py, libnvme 1.13 nvme.i; run: NbftConf of Debian 2.4.1 on mutated tables",
    notCovered: [
      "stafd.conf and stacd.conf",
      "mDNS",
      "which interface has the MAC address",
      "what a log page leads to",
    ],
    predict: stas,
  },
];
