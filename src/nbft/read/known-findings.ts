import type { Diagnostic, Severity } from "../../diagnostic.ts";
import type { NbftTable } from "../table.ts";
import type { ListName, TableFrame } from "./frame.ts";
import type { NbftReading } from "./read.ts";

/** Codes that a defect of reading has where the catalogue has one for its place, with what the catalogue says of them. */
export const placedDefects = {
  H019: { name: "drv-bad-ref", severity: "info" },
  H020: { name: "drv-garbage", severity: "info" },
  O005: { name: "nqn-bad", severity: "error" },
  S027: { name: "ss-ext", severity: "error" },
  Y007: { name: "sec-list-range", severity: "error" },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly severity: Severity }>>;

/**
 * What reading a table met, as `validate` says it: under the catalogue's codes, and without what follows from something else or is inside a
 * descriptor that is another one.
 */
export function knownFindings(reading: NbftReading): Diagnostic[] {
  const { diagnostics, table } = reading;
  const follows = consequences(reading);
  const known: Diagnostic[] = [];
  for (const finding of diagnostics) {
    if (follows(finding) || isOfOther(finding, table)) continue;
    const found = placedFinding(finding);
    // Two general defects of one text may be one of the catalogue's.
    if (found === finding || !known.some(({ rule, path }) => rule === found.rule && path === found.path))
      known.push(found);
  }
  return known;
}

/** Whether a finding of the reader only follows from another one of the same table. */
export function consequences({ diagnostics, frame }: NbftReading): (finding: Diagnostic) => boolean {
  const reported = new Set(diagnostics.map(({ rule }) => rule));
  return (finding) => {
    const { rule, path } = finding;
    if (reported.has("H007") && !/^H00[1-7]$/.test(rule)) return true;
    if (reported.has("C001") && path !== "control.structureId" && !path.startsWith("header")) return true;
    return reported.has("H005") && isAfterCut(finding, frame);
  };
}

/** A defect that the reader reports under a general code, under the catalogue's code for its place. */
function placedFinding(found: Diagnostic): Diagnostic {
  const code = placedCode(found.rule, found.path);
  if (code === undefined) return found;
  return { ...found, rule: code, ...placedDefects[code] };
}

/** The catalogue's code of a defect at a place, where it is not the reader's. */
export function placedCode(code: string, path: string): keyof typeof placedDefects | undefined {
  if (path.startsWith("header.driverSignature")) {
    if (code === "P001") return "H019";
    if (code === "P008" || code === "P009") return "H020";
  }
  if (path.startsWith("host.hostNqn") && (code === "P001" || code === "P005" || code === "P006")) return "O005";
  if (code !== "P001") return undefined;
  if (path.startsWith("security[") && !path.endsWith(".secretKeypathRef")) return "Y007";
  return /^ssns\[\d+\]\.extendedInfoRef$/.test(path) ? "S027" : undefined;
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

/** Whether a path leads into a structure that is not what its place is for, says that it is not valid, or is of a transport that is not known. */
function isOfOther({ rule, path }: Diagnostic, table: NbftTable): boolean {
  // These say that the host is another structure.
  if (rule === "O001" || rule === "O002") return false;
  if (path.startsWith("host.")) return table.host !== undefined && isOther(table.host);
  const [, list, position, ...inside] = /^(hfi|ssns|security|discovery)\[(\d+)\]((?:\.\w+)*)\.\w+$/.exec(path) ?? [];
  if (list === undefined) return false;
  let entry: unknown = table[list as ListName][Number(position)];
  if (isOther(entry)) return true;
  for (const key of inside.join("").split(".").slice(1)) {
    entry = isObject(entry) ? entry[key] : undefined;
    if (isOther(entry)) return true;
  }
  return false;
}

/** What is as it should be is not in the model. */
function isOther(entry: unknown): boolean {
  if (!isObject(entry)) return false;
  const { structureId, version, trtype, flags } = entry;
  if (structureId !== undefined || version !== undefined) return true;
  if (trtype !== undefined && trtype !== "tcp") return true;
  return isObject(flags) && flags["valid"] === false;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
