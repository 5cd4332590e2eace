import type { Diagnostic } from "../diagnostic.ts";
import type { ListName, TableFrame } from "../nbft/read/frame.ts";
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
  { diagnostics, frame }: NbftReading,
  selection: RuleSelection,
  stopped: ReadonlySet<string>,
): Diagnostic[] {
  const reported = new Set(diagnostics.map(({ rule }) => rule));
  const kept: Diagnostic[] = [];
  for (const finding of diagnostics) {
    const { rule, path } = finding;
    if (reported.has("H007") && !/^H00[1-7]$/.test(rule)) continue;
    if (reported.has("C001") && path !== "control.structureId" && !path.startsWith("header")) continue;
    if (reported.has("H005") && isAfterCut(finding, frame)) continue;
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

/** Whether a table that was cut off shows this defect only because it was: the place is inside the length that the header states. */
function isAfterCut({ rule, offset, length, path }: Diagnostic, { header, control }: TableFrame): boolean {
  const within = (start: number, size: number) => start + size <= header.length;
  switch (rule) {
    case "H014":
      return within(header.heapOffset, header.heapLength);
    case "P001":
      return within(offset, length) && offset >= header.heapOffset;
    case "P006":
      return within(offset, length + 1);
    case "C006":
      return control.hostOffset > 0 && within(control.hostOffset, 32);
    case "C012": {
      const name = path.slice("control.".length, -"Offset".length) as ListName;
      return within(control[`${name}Offset`], control[`${name}Length`] * control[`${name}Count`]);
    }
    default:
      return false;
  }
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
  const code = codeAt(found.rule, found.path);
  if (code === found.rule) return found;
  const { name, severity, hint, spec } = tableRule(code)!;
  return { ...found, rule: code, name, severity, hint, spec };
}

function codeAt(code: string, path: string): string {
  if (path.startsWith("header.driverSignature")) {
    if (code === "P001") return "H019";
    if (code === "P008" || code === "P009") return "H020";
  }
  if (path.startsWith("host.hostNqn") && (code === "P001" || code === "P005" || code === "P006")) return "O005";
  if (code !== "P001") return code;
  if (path.startsWith("security[") && !path.endsWith(".secretKeypathRef")) return "Y007";
  return /^ssns\[\d+\]\.extendedInfoRef$/.test(path) ? "S027" : code;
}
