import type { PathSummary } from "../../reach/paths.ts";
import type { Reach } from "../../reach/reach.ts";
import { behavioursOf, type Does, findRelease, type KnownRelease } from "../behaviours/index.ts";
import type { LibnvmeRemark } from "../libnvme/libnvme-table.ts";
import type { Note } from "../note.ts";
import type { Connection } from "./connection.ts";
import type { PlannedHost } from "./host-identity.ts";

/** One step of a run of `nvme connect-all --nbft`, in order. */
export interface ConnectStep {
  /** Path in the model: `ssns[0]`, `discovery[1]`. */
  readonly path: string;
  /** Whether it is of an SSNS (`io`) or a discovery descriptor. */
  readonly kind: "io" | "discovery";
  /** Index field of the SSNS or discovery descriptor. */
  readonly index: number;
  /** Index of the HFI that is used. */
  readonly hfi: number | undefined;
  /**
   * `connect` is tried · `skip` is left out on purpose · `drop` never got past the reader · `fail` ends before anything is sent · `die`
   * ends the program · `unpredicted` is one beyond the first 512 paths of a table.
   */
  readonly action: "connect" | "skip" | "drop" | "fail" | "die" | "unpredicted";
  /** For `connect` and `fail`. */
  readonly connection?: Connection;
  /** Whether the HFI reaches the target, for `connect`. */
  readonly reach?: Reach;
  /** Whether the attempt cannot succeed. */
  readonly hopeless: boolean;
  /** Why, and what else is worth knowing. */
  readonly notes: readonly Note[];
}

/** A step that connects. */
export type AttemptedStep = ConnectStep & {
  /** What is asked of the kernel. */
  readonly connection: Connection;
};

/** What can be said in short about the paths of a table, and of a run. */
export interface PlannedPaths extends PathSummary {
  /** How many paths that can work are left out. */
  readonly untried: number;
}

/** What a run does with one table. */
export interface ConnectTablePlan {
  /** Path of the table. */
  readonly source: string;
  /** Why the reader rejects the table; undefined where it does not. */
  readonly rejection: LibnvmeRemark | undefined;
  /** The host as the run names it. */
  readonly host: PlannedHost;
  /** How many paths of the table can work, and why the others cannot; undefined where it is rejected or has no paths. */
  readonly paths: PlannedPaths | undefined;
  /** Notes on the table as a whole. */
  readonly notes: readonly Note[];
  /** In the order of the run; descriptors that the reader drops come last. */
  readonly steps: readonly ConnectStep[];
}

/** What a run does with one table, without what its paths are. */
export interface ConnectTableRun extends Omit<ConnectTablePlan, "paths"> {
  /** Whether the table is read and accepted, and the program lives on. */
  readonly isRead: boolean;
}

/** What decides how a release connects. */
export type Connecting = Does<"nvme-cli"> & Pick<KnownRelease, "alike">;

export function connectingOf(release: string): Connecting {
  const does = behavioursOf("nvme-cli", release);
  return { ...does, alike: findRelease("nvme-cli", release)!.alike };
}
