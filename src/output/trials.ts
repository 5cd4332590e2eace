import type { Trial } from "../corpus/trial.ts";
import { escapeText } from "../text/escape.ts";
import { escapeXml } from "../text/xml.ts";
import type { Paint } from "./paint.ts";

/** How many of the trials of one kind passed, and every one that did not. */
export function formatTrials(command: string, trials: readonly Trial[], paint: Paint): string {
  const failed = trials.filter(({ problems }) => problems.length > 0);
  const lines = failed.flatMap(({ table, problems }) =>
    problems.map((problem) => `${paint.bad("fail")}  ${table.group}/NBFT-${table.name}: ${escapeText(problem)}`),
  );
  const counts = (["accept", "reject", "crash", "time out"] as const)
    .map((did) => [trials.filter((trial) => trial.did === did).length, did] as const)
    .filter(([count]) => count > 0)
    .map(([count, did]) => `${count} ${did === "time out" ? "timed out" : `${did}ed`}`);
  const compared = trials.filter((trial) => trial.compared).length;
  const summary = [
    `${escapeText(command)}: ${trials.length} tables (${counts.join(", ")})`,
    compared === 0 ? "nothing that it read was compared" : `what it read was compared for ${compared}`,
    failed.length === 0 ? paint.good("all as expected") : paint.bad(`${failed.length} not as expected`),
  ];
  return `${[...lines, summary.join("; ")].join("\n")}\n`;
}

/** Trials as a JUnit report: a suite a group, a case a table. */
export function formatTrialsJunit(trials: readonly Trial[]): string {
  const groups = [...new Set(trials.map(({ table }) => table.group))];
  const suites = groups.map((group) =>
    suiteOf(
      group,
      trials.filter(({ table }) => table.group === group),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join("")}</testsuites>\n`;
}

function suiteOf(group: string, trials: readonly Trial[]): string {
  const failures = trials.filter(({ problems }) => problems.length > 0).length;
  const counts = `tests="${trials.length}" failures="${failures}" errors="0" skipped="0"`;
  return `  <testsuite name="${group}" ${counts}>\n${trials.map(caseOf).join("")}  </testsuite>\n`;
}

function caseOf({ table, problems }: Trial): string {
  const head = `    <testcase classname="${table.group}" name="${escapeXml(table.name)}"`;
  if (problems.length === 0) return `${head}/>\n`;
  const message = escapeXml(problems[0]!);
  return `${head}>\n      <failure message="${message}">${escapeXml([table.title, ...problems].join("\n"))}</failure>\n    </testcase>\n`;
}
