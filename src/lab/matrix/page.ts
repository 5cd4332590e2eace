import { depths } from "../run-options.ts";
import type { MatrixGap, MatrixRun } from "./matrix.ts";

/** The results of a matrix as a page of Markdown: what came up by which stack, what was open, where explain was wrong. */
export function formatMatrix(runs: readonly MatrixRun[], gaps: readonly MatrixGap[]): string {
  const stacks = unique([...runs, ...gaps].sort(byDepth).map(stackOf));
  const names = unique([...runs, ...gaps].map(({ name }) => name));
  const cell = (name: string, stack: string) => {
    const of = (each: Pick<MatrixRun, "name" | "suite" | "depth">) => each.name === name && stackOf(each) === stack;
    const run = runs.find(of);
    if (run) return cellOf(run, findingsOf(runs).indexOf(run) + 1);
    return gaps.some(of) ? "could not run" : "";
  };
  return [
    "# What came up by which stack",
    "",
    `Boots of \`nbft lab matrix\`, ${dates(runs)}. Each cell is one boot, with the required claims that held. A number in`,
    "brackets is a boot that differs from what [`nbft explain`](commands/explain.md) predicts for the stack.",
    "",
    ...table(
      ["suite, depth", ...names],
      stacks.map((stack) => [stack, ...names.map((name) => cell(name, stack))]),
    ),
    "",
    "## The stacks",
    "",
    ...table(
      ["suite", "depth", "packages", "boots"],
      stacks.map((stack) =>
        stackRow(
          runs.filter((run) => stackOf(run) === stack),
          stack,
        ),
      ),
    ),
    ...section(
      "## Where explain was wrong",
      findingsOf(runs).map((run, i) => findingText(run, i + 1)),
      noFindings(runs),
    ),
    ...section("## What was open", runs.filter(({ judgement }) => judgement !== "proved").map(openText)),
    ...section(
      "## What could not run",
      gaps.map((gap) => `- ${gap.name}, ${stackOf(gap)}: ${markdown(gap.why)}`),
    ),
    "",
  ].join("\n");
}

const inQuickHost = ["linux", "nvme-cli"];
const inInitramfs = [...inQuickHost, "dracut-core", "network-manager", "isc-dhcp-client", "systemd"];
const byDepth = (a: Pick<MatrixRun, "depth">, b: Pick<MatrixRun, "depth">) =>
  depths.indexOf(a.depth) - depths.indexOf(b.depth);
const stackOf = ({ suite, depth }: Pick<MatrixRun, "suite" | "depth">) => `${suite}, ${depth}`;
const findingsOf = (runs: readonly MatrixRun[]) => runs.filter(({ findings }) => findings && findings.length > 0);
const unique = <T>(values: readonly T[]) => [...new Set(values)];

function cellOf(run: MatrixRun, number: number): string {
  const { judgement, claims } = run;
  return `${judgement}${failsAsPredicted(run) ? " as predicted" : ""}, ${claims.hold} of ${claims.required}${number > 0 ? ` [${number}]` : ""}`;
}

/** A path did not come up, and `explain` says so of this stack. */
function failsAsPredicted({ reason, open, findings }: MatrixRun): boolean {
  return reason === undefined && findings?.length === 0 && open.some(({ id }) => id === "path.live");
}

function dates(runs: readonly MatrixRun[]): string {
  const days = unique(runs.map(({ date }) => date.slice(0, 10))).sort();
  return days.length > 1 ? `${days[0]} to ${days.at(-1)}` : (days[0] ?? "none yet");
}

function stackRow(runs: readonly MatrixRun[], stack: string): string[] {
  const [suite = "", depth = ""] = stack.split(", ");
  const versions = runs.at(-1)?.versions ?? {};
  const seconds = runs.map((run) => run.seconds).sort((a, b) => a - b);
  const span = seconds.length === 0 ? "" : `: ${unique([seconds[0], seconds.at(-1)]).join(" to ")} s`;
  const shown = depth === "dracut" ? inInitramfs : inQuickHost;
  const packages = shown.flatMap((name) => (versions[name] === undefined ? [] : `${name} ${versions[name]}`));
  return [suite, depth, packages.join(", "), `${runs.length}${span}`];
}

function findingText(run: MatrixRun, number: number): string {
  const { name, findings = [] } = run;
  return `${number}. ${name}, ${stackOf(run)}: ${findings.map(markdown).join("; ")}`;
}

function noFindings(runs: readonly MatrixRun[]): string {
  const unpredicted = runs.filter(({ findings }) => findings === undefined).length;
  return `In none of these boots${unpredicted > 0 ? `; for ${unpredicted} of them nothing is predicted` : ""}.`;
}

function openText(run: MatrixRun): string {
  const claims = run.open.map(
    ({ id, about, seen }) => `\`${id}\`${about === "" ? "" : ` ${about}`}: ${markdown(seen)}`,
  );
  const why = run.reason ? `${run.reason.kind} (${markdown(run.reason.text)}); ` : "";
  return `- ${run.name}, ${stackOf(run)}, ${run.judgement}: ${why}${claims.join("; ")}`;
}

function section(title: string, lines: readonly string[], otherwise?: string): string[] {
  const shown = lines.length > 0 ? lines : otherwise === undefined ? [] : [otherwise];
  return shown.length > 0 ? ["", title, "", ...shown] : [];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(markdown).join(" | ")} |`;
  return [line(head), `| ${head.map(() => "---").join(" | ")} |`, ...rows.map(line)];
}

/** Text from a run as Markdown text of one line. */
function markdown(text: string): string {
  return text.replace(/[\r\n]+/g, " ").replace(/[|<>]/g, (character) => `\\${character}`);
}
