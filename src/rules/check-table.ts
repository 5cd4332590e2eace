import type { Diagnostic } from "../diagnostic.ts";
import type { NbftReading } from "../nbft/read/read.ts";
import { RuleContext } from "./context.ts";
import { readerFindings } from "./reader-findings.ts";
import type { RuleSelection } from "./selection.ts";
import { type Site, sitesOf } from "./sites.ts";

/** Every finding about a table that could be read: of the selected rules about each of its structures, then of the reader. */
export function checkTable(reading: NbftReading, selection: RuleSelection): Diagnostic[] {
  const context = new RuleContext(reading, selection.applies);
  const { stopped } = context;
  const reported = new Set(reading.diagnostics.map(({ rule }) => rule));
  for (const site of sitesOf(reading)) {
    // Another major revision may have another layout, and without Control Descriptor nothing else is found.
    if (reported.has("H007") || (reported.has("C001") && site.on !== "header")) break;
    const isOther = site.on === "host" && (reported.has("O001") || reported.has("O002"));
    if (isOther || (site.owner && stopped.has(site.owner.path))) stopped.add(site.path);
    else checkSite(site, selection, context);
  }
  context.findings.push(...readerFindings(reading, selection, stopped));
  return context.findings;
}

function checkSite(site: Site, selection: RuleSelection, context: RuleContext): void {
  context.site = site;
  for (const rule of selection.on[site.on]) {
    context.rule = rule;
    context.reported = false;
    rule.check?.(site.value, context);
    if (!context.reported || !rule.stops) continue;
    context.stopped.add(site.path);
    return;
  }
}
