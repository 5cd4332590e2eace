/** Something to know about what a consumer does, with the rule of the catalogue that names the cause, where one does. */
export interface Note {
  /** Code of the rule, such as `T012`; undefined where no rule names the cause. */
  readonly rule?: string | undefined;
  /** A sentence without full stop. */
  readonly message: string;
  /** Tells why things are as anybody would expect; only of interest where somebody else does otherwise. */
  readonly routine?: true;
}

/** Makes a note. */
export function note(message: string, rule?: string): Note {
  return rule === undefined ? { message } : { rule, message };
}

/** Makes a note on what is as expected. */
export function routine(message: string): Note {
  return { message, routine: true };
}
