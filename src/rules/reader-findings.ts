import type { Diagnostic } from "../diagnostic.ts";
import type { TableFrame } from "../nbft/read/frame.ts";
import { consequences, placedCode } from "../nbft/read/known-findings.ts";
import type { NbftReading } from "../nbft/read/read.ts";
import { tableRule } from "./index.ts";
import { placeOf } from "./place.ts";
import type { RuleSelection } from "./selection.ts";

/**
 * What the reader has reported, under the catalogue's codes, without what follows from something else.
 *
 * @param stopped paths below which nothing is checked
 */
export function readerFindings(
  reading: NbftReading,
  selection: RuleSelection,
  stopped: ReadonlySet<string>,
): Diagnostic[] {
  const { diagnostics, frame } = reading;
  const follows = consequences(reading);
  const kept: Diagnostic[] = [];
  for (const finding of diagnostics) {
    const { rule, path } = finding;
    if (follows(finding)) continue;
    if (isBelow(path, stopped) && rule !== "O001" && rule !== "O002") continue;
    const found = recode(placed(finding, frame));
    if (!selection.applies(found.rule)) continue;
    // Two general defects of one text may be one of the catalogue's.
    if (found.rule !== rule && kept.some((other) => other.rule === found.rule && other.path === path)) continue;
    kept.push(found);
  }
  return kept;
}

/** A finding about a reference has the place of the reference, not of what it leads to: that may be anywhere. */
function placed(found: Diagnostic, frame: TableFrame): Diagnostic {
  return found.path.endsWith("Ref") ? { ...found, ...placeOf(frame, found.path) } : found;
}

/** Whether a path is one of the stopped ones or lies below one. */
function isBelow(path: string, stopped: ReadonlySet<string>): boolean {
  for (let end = path.length; end > 0; end = path.lastIndexOf(".", end - 1)) {
    if (stopped.has(path.slice(0, end))) return true;
  }
  return false;
}

/** A defect that the reader reports under a general code, under the catalogue's code for its place. */
function recode(found: Diagnostic): Diagnostic {
  const code = placedCode(found.rule, found.path);
  if (code === undefined) return found;
  const { name, severity, hint, spec } = tableRule(code)!;
  return { ...found, rule: code, name, severity, hint, spec };
}
