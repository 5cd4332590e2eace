/** Something that a long piece of work tells about itself. */
export interface ProgressEvent {
  /** What is being done, a few words: "fetch packages". */
  readonly step: string;
  /** More about it: a name, a count. */
  readonly detail?: string;
  /** How much is done, 0 to 1. */
  readonly done?: number;
}

/** Takes the events of a long piece of work; a command shows them on a terminal. */
export type Progress = (event: ProgressEvent) => void;

/** A notice that the user should see even where progress is not shown: something was left out, remapped or taken from elsewhere. */
export type Notice = (text: string) => void;
