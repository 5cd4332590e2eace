/** All of them, the worst first. */
export const severities = ["error", "warning", "info"] as const;

/** How bad a finding is. An `error` violates a "shall" or makes a part unusable; a `warning` is a hazard; an `info` is worth knowing. */
export type Severity = (typeof severities)[number];

/** Reference to a specification. */
export interface SpecRef {
  /** Short document name, for example `NVMe-BOOT`. */
  readonly doc: string;
  /** Revision of that document; figure numbers move between revisions. */
  readonly rev: string;
  /** Figure number in that revision. */
  readonly figure?: number | string;
  /** Section number in that revision. */
  readonly section?: string;
}

/** One finding: plain data, to print, sort, or send as JSON. */
export interface Diagnostic {
  /** The rule's code in the catalogue, for example `H002`. */
  readonly rule: string;
  /** The rule's name, for example `checksum`. */
  readonly name: string;
  /** Severity of the finding. */
  readonly severity: Severity;
  /** Path in the model, for example `hfi[1].transportInfo.vlan`; positions count from 0. */
  readonly path: string;
  /** Offset of the first byte concerned, from the start of the input. */
  readonly offset: number;
  /** Number of bytes concerned; 0 if something is missing. */
  readonly length: number;
  /** The actual value, then the expected one. No full stop at the end. */
  readonly message: string;
  /** What to check or do next. */
  readonly hint?: string;
  /** Where the specification requires it. */
  readonly spec?: SpecRef;
  /** Which of the rule's defects it is, if programs break only on some of them: `zero`, `too-long`. */
  readonly defect?: string;
  /** The actual value, if the message is about a single value of the table. */
  readonly found?: string | number;
  /** The expected value, as in the message. */
  readonly expected?: string;
  /** Number of further findings of the rule that are not listed, if any; the message has it, too. */
  readonly more?: number;
}
