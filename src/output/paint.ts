/** Colours of a text rendering. Without colour every function returns its text. */
export interface Paint {
  /** A heading or name. */
  bold(text: string): string;
  /** Secondary matter: labels, offsets. */
  dim(text: string): string;
  /** What is as it should be. */
  good(text: string): string;
  /** An error. */
  bad(text: string): string;
  /** A warning, or what is not known. */
  doubtful(text: string): string;
}

const same = (text: string) => text;

/** No colour. */
export const plain: Paint = { bold: same, dim: same, good: same, bad: same, doubtful: same };

const sgr = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;

/** Colours of an ANSI terminal. */
export const ansi: Paint = { bold: sgr(1), dim: sgr(2), good: sgr(32), bad: sgr(31), doubtful: sgr(33) };

/** The colour of a severity. */
export function severityPaint(paint: Paint, severity: "error" | "warning" | "info"): (text: string) => string {
  if (severity === "error") return paint.bad;
  return severity === "warning" ? paint.doubtful : paint.dim;
}
