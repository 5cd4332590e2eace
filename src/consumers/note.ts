/** Something to know about what a consumer does, with the rule of the catalogue that names the cause, where one does. */
export interface Note {
  readonly rule?: string | undefined;
  readonly message: string;
}

/** Makes a note. */
export function note(message: string, rule?: string): Note {
  return rule === undefined ? { message } : { rule, message };
}
