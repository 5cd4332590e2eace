import { NbftError } from "../errors.ts";
import { readShared } from "../nbft/read/shared-reading.ts";
import type { NbftTable } from "../nbft/table.ts";
import { type PathSummary, summarizePaths, TablePaths } from "../reach/paths.ts";
import {
  type ConsumerModel,
  type ConsumerPrediction,
  type ConsumerVerdict,
  verdictKey,
  type Waiting,
} from "./model.ts";
import { stackModels } from "./models.ts";
import type { Note } from "./note.ts";
import type { TableFile } from "./nvme-cli/show.ts";

/**
 * One HFI, SSNS or discovery descriptor of a table, and what everybody does with it; or what concerns the table as a whole: who names
 * the host, and what becomes of the connections after the initramfs.
 */
export interface ExplainedRow {
  /** Path in the model, for example `ssns[0]`. */
  readonly path: string;
  /** Which of these it is; `after` is after the initramfs. */
  readonly kind: "hfi" | "ssns" | "discovery" | "host" | "after";
  /** Index field; 0 for what concerns the table as a whole. */
  readonly index: number;
  /** What tells it from the others: a MAC address, an NQN, a URI. */
  readonly what: string;
  /** By consumer, for example `dracut@106` or `debian-13`. A consumer that has no say in the matter is missing. */
  readonly verdicts: Readonly<Record<string, ConsumerVerdict>>;
  /** Undefined where all that have a say do the same. */
  readonly disagreement: Disagreement | undefined;
}

/** Consumers that treat one thing differently. */
export interface Disagreement {
  /** One for each thing that they do, with the consumers that do it. */
  readonly groups: readonly {
    /** What these do, in full. */
    readonly detail: string;
    readonly consumers: readonly string[];
    /** Why: what their models have to say. */
    readonly because: readonly Note[];
  }[];
}

/** One table. */
export interface ExplainedTable {
  /** Path of the table, as given. */
  readonly source: string;
  /** Why the bytes are not an NBFT, where that is so: nobody uses them. */
  readonly error: string | undefined;
  /** How many of its paths can work, and why the others cannot; undefined for a table without paths. */
  readonly paths: PathSummary | undefined;
  /**
   * In the table's order: HFIs, SSNS, discovery descriptors, then `host` and `after`; none where it has no descriptor
   * of those lists.
   */
  readonly rows: readonly ExplainedRow[];
}

/** One consumer. */
export interface ExplainedConsumer {
  /** What it is called: `nvme-cli@2.16`, `debian-13`. */
  readonly id: string;
  /** What it is, in a few words. */
  readonly title: string;
  /** What was read, and run, to make its model. */
  readonly source: string;
  /** What its model says nothing about. */
  readonly notCovered: readonly string[];
  /** What must be known of the prediction: a release outside the table with the nearest that was taken, a program taken for granted. */
  readonly remarks: readonly string[];
  /** What it makes of the tables as a whole. */
  readonly notes: readonly Note[];
  /** How long it may keep a boot waiting, where it does. */
  readonly waiting: Waiting | undefined;
}

/** What every consumer does with some tables, and where they disagree. */
export interface Explanation {
  /** In the order in which they were given. */
  readonly consumers: readonly ExplainedConsumer[];
  /** In the order in which they were given. */
  readonly tables: readonly ExplainedTable[];
}

/** What consumers do with some tables that lie in one directory, in this order. */
export function explainTables(
  tables: readonly TableFile[],
  models: readonly ConsumerModel[] = stackModels(),
): Explanation {
  const predictions = models.map((model) => ({ id: model.id, model, prediction: model.predict(tables) }));
  return {
    consumers: predictions.map(({ id, model, prediction }) => ({
      id,
      title: model.title,
      source: model.source,
      notCovered: model.notCovered,
      remarks: model.remarks,
      notes: prediction.notes,
      waiting: prediction.waiting,
    })),
    tables: tables.map(({ path, bytes }, number) => {
      const table = readTable(bytes);
      if (typeof table === "string") return { source: path, error: table, paths: undefined, rows: [] };
      const rows = rowsOf(table).map((row) => explainRow(row, number, predictions));
      const paths = summarizePaths(new TablePaths(table));
      return { source: path, error: undefined, paths: paths && whereRead(paths, rows), rows };
    }),
  };
}

/** The paths of a table, none of which can work where all that would connect reject the table. */
function whereRead(paths: PathSummary, rows: readonly ExplainedRow[]): PathSummary {
  const connecting = rows
    .filter(({ kind }) => kind === "ssns" || kind === "discovery")
    .flatMap(({ verdicts }) => Object.values(verdicts));
  if (connecting.length === 0 || connecting.some(({ does }) => does !== "rejected")) return paths;
  return { ...paths, open: 0, text: `0 of ${paths.count} paths can work: the table is rejected` };
}

type BareRow = Pick<ExplainedRow, "path" | "kind" | "index" | "what">;

/** A table, or why the bytes are none. */
function readTable(bytes: Uint8Array): NbftTable | string {
  try {
    return readShared(bytes).table;
  } catch (error) {
    if (error instanceof NbftError) return error.message;
    throw error;
  }
}

function rowsOf({ hfi, ssns, discovery, host }: NbftTable): BareRow[] {
  if (hfi.length + ssns.length + discovery.length === 0) return [];
  return [
    ...hfi.map(({ index, transportInfo }, i) => {
      const vlan = transportInfo?.vlan ? ` vlan ${transportInfo.vlan}` : "";
      return { path: `hfi[${i}]`, kind: "hfi", index, what: transportInfo ? transportInfo.mac + vlan : "" } as const;
    }),
    ...ssns.map(({ index, subsystemNqn = "" }, i) => {
      return { path: `ssns[${i}]`, kind: "ssns", index, what: subsystemNqn } as const;
    }),
    ...discovery.map(({ index, uri = "" }, i) => {
      return { path: `discovery[${i}]`, kind: "discovery", index, what: uri } as const;
    }),
    { path: "host", kind: "host", index: 0, what: host?.hostNqn ?? "" },
    { path: "after", kind: "after", index: 0, what: "" },
  ];
}

function explainRow(
  row: BareRow,
  table: number,
  predictions: readonly { readonly id: string; readonly prediction: ConsumerPrediction }[],
): ExplainedRow {
  const [own, ofKind] = [verdictKey(table, row.path), verdictKey(table, row.kind)];
  const found = predictions.flatMap(({ id, prediction: { verdicts } }) => {
    const verdict = verdicts.get(own) ?? verdicts.get(ofKind);
    return verdict ? [[id, verdict] as const] : [];
  });
  return { ...row, verdicts: Object.fromEntries(found), disagreement: disagreementOf(found) };
}

function disagreementOf(verdicts: readonly (readonly [string, ConsumerVerdict])[]): Disagreement | undefined {
  const groups: { key: string; detail: string; consumers: string[]; because: Map<string, Note> }[] = [];
  const keys = new Set(verdicts.flatMap(([, { key }]) => (key === undefined ? [] : [key])));
  if (keys.size < 2) return undefined;
  for (const [id, { key, detail, notes }] of verdicts) {
    if (key === undefined) continue;
    let group = groups.find((each) => each.key === key && each.detail === detail);
    if (!group) {
      group = { key, detail, consumers: [], because: new Map() };
      groups.push(group);
    }
    group.consumers.push(id);
    for (const note of notes) group.because.set(note.message, note);
  }
  return {
    groups: groups.map(({ detail, consumers, because }) => ({ detail, consumers, because: [...because.values()] })),
  };
}
