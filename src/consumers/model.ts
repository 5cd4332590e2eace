import type { KnownRelease } from "./behaviours/index.ts";
import type { Note } from "./note.ts";
import type { TableFile } from "./nvme-cli/show.ts";

/** What one consumer does with one HFI, SSNS or discovery descriptor, or with the table as a whole. */
export interface ConsumerVerdict {
  /** A few words, for a cell of the matrix. */
  readonly does: string;
  /** The same in full. */
  readonly detail: string;
  /** Consumers disagree where these differ; absent where the consumer has no say in the matter. */
  readonly key: string | undefined;
  /** Why, and what is worth knowing. */
  readonly notes: readonly Note[];
  /** What the consumer writes down for others: lines of a command line, names of connections. UTF-8 text. */
  readonly writes?: readonly string[];
}

/** How long a consumer may keep a boot waiting, in seconds. */
export interface Waiting {
  /** Connections that are tried one after the other when none succeeds. */
  readonly attempts: number;
  /** How many of them cannot succeed. They take no time, or that of an attempt that nobody answers. */
  readonly hopeless: number;
  /** No target answers at all. */
  readonly silent: number;
  /** Every target accepts the connection and then says nothing. */
  readonly hung: number;
  /** Every target opens the NVMe/TCP connection and then does not answer the Connect command. */
  readonly mute: number;
  /** Until interfaces have addresses. */
  readonly network: number;
  /** Why it waits so long. */
  readonly notes: readonly Note[];
}

/** What a consumer does with some tables. */
export interface ConsumerPrediction {
  /**
   * Verdicts by place: number of the table, then path in the model, for example `0 hfi[1]`; `host` is who names the host, `after` what
   * becomes of the connections when the system has taken over from the initramfs.
   */
  readonly verdicts: ReadonlyMap<string, ConsumerVerdict>;
  /** About the tables as a whole: why one is rejected, what kills the program. */
  readonly notes: readonly Note[];
  /** How long it may keep the boot waiting; undefined where it does not. */
  readonly waiting: Waiting | undefined;
}

/** A model of one release of a program that reads NBFTs, or of several that work together. */
export interface ConsumerModel {
  /** What it is called: `nvme-cli@2.16`, `debian-13`. */
  readonly id: string;
  /** What it is, in a few words. */
  readonly title: string;
  /** The releases that it is made of. */
  readonly releases: readonly KnownRelease[];
  /** What was read, and run, to make the model. */
  readonly source: string;
  /** What the model says nothing about. */
  readonly notCovered: readonly string[];
  /** What a reader of the prediction must know: a release outside the table, a program that was taken for granted. */
  readonly remarks: readonly string[];
  /** Predicts what the program does with some tables that lie in one directory, in this order. */
  predict(tables: readonly TableFile[]): ConsumerPrediction;
}

/** Key of a verdict. */
export function verdictKey(table: number, path: string): string {
  return `${table} ${path}`;
}

/** A verdict whose long form is its short one. */
export function verdict(
  does: string,
  key: string | undefined,
  notes: readonly Note[] = [],
  detail = does,
): ConsumerVerdict {
  return { does, detail, key, notes };
}

/** What the knowledge of some releases rests on, in words. */
export function sourceOf(releases: readonly KnownRelease[]): string {
  return releases
    .map(
      ({ program, release, predictedAs, outside, evidence: { by, date, source } }) =>
        `${program} ${outside === undefined ? release : predictedAs}: ${by} ${date}: ${source}`,
    )
    .join("; ");
}

/** A prediction of a release that does nothing with an NBFT. */
export function cannotRead({ program, release }: KnownRelease, paths: readonly string[]): ConsumerModel["predict"] {
  const detail = `${program} ${release} cannot read an NBFT`;
  return (tables) => ({
    verdicts: new Map(
      tables.flatMap((_, table) =>
        paths.map((path) => [verdictKey(table, path), verdict("cannot read", "nothing", [], detail)] as const),
      ),
    ),
    notes: [],
    waiting: undefined,
  });
}
