// The tables of docs/consumers.md that are made from the table of behaviours; test/docs/behaviours.test.ts compares and writes them.
import { type BehaviourRow, behaviourRows, type ProgramName, programs } from "../../src/consumers/behaviours/index.ts";
import { formatRange } from "../../src/consumers/behaviours/release.ts";
import { stackPresets } from "../../src/consumers/stack-presets.ts";

const names = Object.keys(programs) as ProgramName[];

/** The generated part of the page. */
export function behaviourTables(): string {
  return [stackTable(), ...names.map(programSection)].join("\n");
}

function stackTable(): string {
  const rows = Object.entries(stackPresets).map(
    ([name, { programs: shipped, seen }]) => `| \`${name}\` | ${shipped.replaceAll(",", ", ")} | ${seen} |\n`,
  );
  return `### Stacks\n\n| \`--stack\` | programs | seen |\n| --- | --- | --- |\n${rows.join("")}`;
}

function programSection(name: ProgramName): string {
  const { groups, newest, title } = programs[name];
  const rows = behaviourRows().filter(({ program }) => program === name);
  const readers = groups.filter((group) => rows.some(({ cells }) => cells.some((cell) => cell.group === group)));
  const head = `| releases | ${readers.map(({ range }) => formatRange(range)).join(" | ")} |\n| --- |${" --- |".repeat(readers.length)}\n`;
  const lines = rows.map((row) => {
    const cells = readers.map((group) => cellOf(row, group.shown));
    return `| ${row.behaviour.does}${rulesOf(row)} | ${cells.join(" | ")} |\n`;
  });
  const evidence = groups.map(
    ({ range, evidence: { by, date, source } }) => `| ${formatRange(range)} | ${by} | ${date} | ${source} |\n`,
  );
  const special = rows.flatMap(({ behaviour }) =>
    (behaviour.evidence ?? []).map(
      ({ releases, by, date, source }) =>
        `| ${formatRange(releases)}: ${behaviour.does.slice(0, 60)}${behaviour.does.length > 60 ? "…" : ""} | ${by} | ${date} | ${source} |\n`,
    ),
  );
  return [
    `### ${name}: ${title}`,
    "",
    `Newest known release: ${newest.release}, ${newest.dated} ${newest.date}.`,
    "",
    `${head}${lines.join("")}`,
    "| releases | evidence | date | source |\n| --- | --- | --- | --- |",
    `${evidence.join("")}${special.join("")}`,
  ].join("\n");
}

function rulesOf({ behaviour }: BehaviourRow): string {
  const links = (behaviour.rules ?? []).map((code) => `[${code}](rules/${code}.md)`);
  return links.length === 0 ? "" : ` (${links.join(", ")})`;
}

function cellOf({ cells }: BehaviourRow, shown: string): string {
  const cell = cells.find(({ group }) => group.shown === shown);
  if (!cell) return "";
  return `${cell.does ? "**yes**" : "no"} ${cell.evidence.by}`;
}
