/** How bad a finding is. An `error` breaks a "shall" or makes a part unusable; a `warning` is a hazard; `info` is worth knowing. */
export const severities = ["error", "warning", "info"] as const;

/** One of {@link severities}. */
export type Severity = (typeof severities)[number];

/** Where a statement comes from. */
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
  /** How bad it is. */
  readonly severity: Severity;
  /** Path in the model, for example `hfi[1].transportInfo.vlan`; positions count from 0. */
  readonly path: string;
  /** First byte concerned, counted from the start of the input. */
  readonly offset: number;
  /** Number of bytes concerned; 0 where something is missing. */
  readonly length: number;
  /** What is, then what should be. No full stop at the end. */
  readonly message: string;
  /** What to look at or do next. */
  readonly hint?: string;
  /** Where the specification says so. */
  readonly spec?: SpecRef;
  /** Which of the rule's defects it is, where programs go wrong on some of them only: `zero`, `too-long`. */
  readonly defect?: string;
  /** What is there, where it is one value of the table that the message shows. */
  readonly found?: string | number;
  /** What should be there, as the message says it. */
  readonly expected?: string;
  /** How many more findings of the rule there are that are not listed, where that is so; the message says it as well. */
  readonly more?: number;
}
