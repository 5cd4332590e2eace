import type { Note } from "./note.ts";
import type { NamedTable } from "./nvme-cli/show.ts";

/** What one consumer does with one HFI, SSNS or discovery descriptor. */
export interface Verdict {
  /** A few words, for a cell of the matrix. */
  readonly does: string;
  /** The same in full. */
  readonly detail: string;
  /** Consumers disagree where these differ; absent where the consumer has no say in the matter. */
  readonly key: string | undefined;
  readonly notes: readonly Note[];
  /** What the consumer writes down for others: lines of a command line, names of connections. UTF-8 text. */
  readonly writes?: readonly string[];
}

/** How long a consumer may keep a boot waiting, in seconds. */
export interface Waiting {
  /** Connections that are tried one after the other when none succeeds. */
  readonly attempts: number;
  /** No target answers at all. */
  readonly silent: number;
  /** Every target accepts the connection and then says nothing. */
  readonly hung: number;
  /** Every target opens the NVMe/TCP connection and then does not answer the Connect command. */
  readonly mute: number;
  /** Until interfaces have addresses. */
  readonly network: number;
  readonly notes: readonly Note[];
}

/** What a consumer does with some tables. */
export interface Prediction {
  /** Verdicts by place: number of the table, then path in the model, for example `0 hfi[1]`. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** On the tables as a whole: why one is rejected, what kills the program. */
  readonly notes: readonly Note[];
  readonly waiting: Waiting | undefined;
}

/** A model of a program that reads NBFTs. */
export interface ConsumerModel {
  /** Lower-case name, for example `nvme-cli`. */
  readonly name: string;
  readonly version: string;
  /** What it is, in a few words. */
  readonly title: string;
  /** What was read, and run, to make the model. */
  readonly source: string;
  /** What the model says nothing about. */
  readonly notCovered: readonly string[];
  predict(tables: readonly NamedTable[]): Prediction;
}

/** Key of a verdict. */
export function placeOf(table: number, path: string): string {
  return `${table} ${path}`;
}

/** A verdict whose long form is its short one. */
export function verdict(does: string, key: string | undefined, notes: readonly Note[] = [], detail = does): Verdict {
  return { does, detail, key, notes };
}
