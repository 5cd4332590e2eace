import { behavioursOf, type KnownRelease } from "../consumers/behaviours/index.ts";
import { readableText } from "../consumers/byte-text.ts";
import type { Waiting } from "../consumers/model.ts";
import type { Note } from "../consumers/note.ts";
import type { ConnectPlan } from "../consumers/nvme-cli/connect-all.ts";
import type { ConnectStep, ConnectTablePlan } from "../consumers/nvme-cli/connect-run.ts";
import { type Connection, nvmeCommand } from "../consumers/nvme-cli/connection.ts";
import type { PlannedHost } from "../consumers/nvme-cli/host-identity.ts";
import { lacksRoute } from "../consumers/nvme-cli/routes.ts";
import { shellWord } from "../consumers/shell-word.ts";
import type { PathSummary } from "../reach/paths.ts";
import type { SecurityNeeds } from "../secrets/needs.ts";
import { escapeText } from "../text/escape.ts";
import type { Paint } from "./paint.ts";

/** Longest text of a table that one line of a plan shows. */
const LONGEST = 240;

/** Text of a table, for a line on a terminal. */
function shown(text: string): string {
  const readable =
    text.length > LONGEST ? `${readableText(text.slice(0, LONGEST))}… (${text.length} bytes)` : readableText(text);
  return escapeText(readable);
}

/** A note, with its rule in front. */
export function formatNote({ rule, message }: Note): string {
  return escapeText(rule === undefined ? message : `${rule} ${message}`);
}

/** A plan as text: what is tried, in order, then what is not. */
export function formatConnectPlan(plan: ConnectPlan, waiting: Waiting, paint: Paint): string {
  const basis = cautionsOf(plan.release)
    .map((text) => `${paint.doubtful("note")}: ${escapeText(text)}\n`)
    .join("");
  const none = cannotReadNbft(plan);
  if (none !== undefined) return `${basis}${none}\n`;
  let order = 0;
  const tables = plan.tables.map((table) => {
    const lines = table.steps.map((step) => formatStep(step, () => ++order, paint));
    return [...headOf(table, plan.release, paint), ...lines.flat()].map((line) => `${line}\n`).join("");
  });
  return `${basis}${tables.join("\n")}${formatWaiting(waiting)}`;
}

/** What must be known of a prediction: that its release is not known, or that it was not run. */
function cautionsOf({ program, predictedAs, outside, evidence: { by, date, source } }: KnownRelease): string[] {
  const wasRun = by === "run" || by === "recorded";
  const known = `${program} ${predictedAs} was not run; ${by} ${date}: ${source.replace(/; not run$/, "")}`;
  return [...(outside === undefined ? [] : [outside]), ...(wasRun ? [] : [known])];
}

/** A sentence for a release that cannot read an NBFT. */
export function cannotReadNbft({ release }: ConnectPlan): string | undefined {
  if (behavioursOf("nvme-cli", release.release).readsNbft) return undefined;
  return `nvme-cli ${release.release} cannot read an NBFT`;
}

function headOf(
  { source, rejection, host, paths, notes }: ConnectTablePlan,
  { release }: KnownRelease,
  paint: Paint,
): string[] {
  const title = `${paint.bold(escapeText(source))}: nvme connect-all --nbft of nvme-cli@${release}`;
  if (rejection) return [title, `  ${paint.bad("rejected")}: ${formatNote(rejection)}`];
  return [
    title,
    ...formatPaths(paths, paint),
    `  ${identityOf(host)}`,
    ...notes.map((note) => `  ${paint.doubtful("note")}: ${formatNote(note)}`),
  ];
}

/** How many paths of a table can work, and why the others cannot, as lines. */
export function formatPaths(paths: PathSummary | undefined, paint: Paint): string[] {
  if (!paths) return [];
  const colour = paths.open === paths.count ? paint.bold : paths.open === 0 ? paint.bad : paint.doubtful;
  return [`  ${colour(paths.text)}`, ...paths.closed.map((line) => `    ${paint.dim(escapeText(line))}`)];
}

/** Who the host says it is, and by whom it is named. */
function identityOf({ hostNqn, hostId, nqnFrom, idFrom, known }: PlannedHost): string {
  if (!known)
    return `host NQN ${nqnFrom === "system" ? "of the system" : shown(hostNqn ?? "none")}, host ID of the system`;
  const nqn = hostNqn === undefined ? "none" : `${shown(hostNqn)} (${nqnFrom})`;
  return `host NQN ${nqn}, host ID ${hostId === undefined ? "none" : `${hostId} (${idFrom})`}`;
}

function formatStep(step: ConnectStep, next: () => number, paint: Paint): string[] {
  const { path, kind, index, hfi, action, connection, hopeless, notes } = step;
  const through = hfi === undefined ? "" : ` through HFI ${hfi}`;
  // What concerns the table as a whole has no index.
  const what = path === "host" ? "the table" : `${kind === "io" ? "SSNS" : "discovery"} ${index}${through}`;
  const why = notes.map((note) => `     ${paint.dim(formatNote(note))}`);
  if (!connection) {
    const word = { skip: "skipped", drop: "dropped", die: "dies", unpredicted: "not predicted", connect: "", fail: "" }[
      action
    ];
    const colour = action === "die" ? paint.bad : paint.doubtful;
    return [`  ${colour(`-  ${word}`)}  ${what}`, ...why];
  }
  const verb = kind === "io" ? "connect" : "discover";
  const doom = hopeless ? ` ${paint.bad(lacksRoute(step) ? "no route" : "must fail")}` : "";
  const number = String(next()).padEnd(2);
  return [`  ${number} ${paint.bold(verb)}  ${what}${doom}`, `     ${formatConnection(connection)}`, ...why];
}

function formatConnection({ nqn, traddr, trsvcid, hostTraddr, hostIface }: Connection): string {
  const address = traddr.includes(":") ? `[${shown(traddr)}]` : shown(traddr);
  const from = hostTraddr === undefined ? "" : ` from ${hostTraddr}`;
  const bound = hostIface === undefined ? "" : ` on ${hostIface}`;
  return `${shown(nqn)} at ${address}:${shown(trsvcid)}${from}${bound}`;
}

function formatWaiting(waiting: Waiting): string {
  if (waiting.attempts === 0) return "nothing is tried\n";
  return `worst case, ${worstCase(waiting)}\n`;
}

/** What attempts cost when none succeeds. */
export function worstCase({ attempts, hopeless, silent, hung, mute }: Waiting): string {
  const tries = attempts === 1 ? "1 attempt" : `${attempts} attempts one after the other`;
  const end = silent === 0 ? "at once" : `after ${silent} s`;
  if (hopeless === attempts) return `${tries}: ${attempts === 1 ? "it fails" : "all fail"} ${end}`;
  const lost = hopeless === 0 ? "" : `, ${hopeless} of them cannot succeed`;
  return `${tries}${lost}: ${silent} s when no target answers, ${hung} s when they accept and stay silent, ${mute} s when Connect is never completed`;
}

/** A plan as a script of `nvme` commands. What is not tried is a comment, and so is what a command cannot know. */
export function formatCommands(plan: ConnectPlan): string {
  const none = cannotReadNbft(plan);
  const basis = [plan.release.outside, none].filter((text) => text !== undefined).map(comment);
  const lines = plan.tables.flatMap(({ source, rejection, host, steps }) => [
    ...(plan.tables.length > 1 ? [comment(source)] : []),
    ...(rejection ? [comment(`rejected: ${rejection.message}`)] : []),
    ...host.notes.map(({ message }) => comment(message)),
    ...steps.flatMap((step) => {
      const { path, action, connection, hopeless, notes } = step;
      const why = notes.map(({ message }) => message).join("; ");
      if (!connection) return [comment(`${path}: ${action === "die" ? "the program dies" : action}: ${why}`)];
      const remark = hopeless ? [comment(`${path}: ${lacksRoute(step) ? "no route" : "must fail"}: ${why}`)] : [];
      return [...remark, nvmeCommand(connection).map(shellWord).join(" ")];
    }),
  ]);
  return [...basis, ...lines].map((line) => `${line}\n`).join("");
}

/** A comment of a shell script: never more than its own line. */
function comment(text: string): string {
  return `# ${escapeText(text)}`;
}

/** A plan as JSON data: text as UTF-8. */
export function connectPlanJson(plan: ConnectPlan, waiting: Waiting, needs: Needs = []): object {
  return { ...basisOf(plan), tables: plan.tables.map((table, i) => tableJson(table, needs[i])), waiting };
}

/** A plan as one object a table, each with what it rests on. */
export function* connectPlanLines(plan: ConnectPlan, needs: Needs): Generator<object> {
  if (cannotReadNbft(plan) !== undefined) yield basisOf(plan);
  for (const [i, table] of plan.tables.entries()) yield { ...basisOf(plan), ...tableJson(table, needs[i]) };
}

/** What each table's security profiles need, where it has any. */
type Needs = readonly (SecurityNeeds | undefined)[];

function basisOf(plan: ConnectPlan): object {
  const { release } = plan;
  return { consumer: `nvme-cli@${release.release}`, readsNbft: cannotReadNbft(plan) === undefined, release };
}

function tableJson(
  { source, rejection, host, paths, notes, steps }: ConnectTablePlan,
  security: SecurityNeeds | undefined,
): object {
  const { hostNqn, hostId, nqnFrom, idFrom, known, differs } = host;
  return {
    source,
    rejected: rejection && { rule: rejection.rule, message: rejection.message },
    host: {
      nqn: known && hostNqn !== undefined ? readableText(hostNqn) : undefined,
      id: known ? hostId : undefined,
      nqnFrom,
      idFrom,
      known,
      differs,
    },
    paths,
    notes,
    security,
    steps: steps.map(({ connection, ...step }) => ({
      ...step,
      connection: connection && connectionJson(connection, known),
    })),
  };
}

function connectionJson(connection: Connection, known: boolean): object {
  const { nqn, traddr, trsvcid, hostNqn, hostId, ...rest } = connection;
  return {
    nqn: readableText(nqn),
    transport: "tcp",
    traddr: readableText(traddr),
    trsvcid: readableText(trsvcid),
    hostNqn: !known || hostNqn === undefined ? undefined : readableText(hostNqn),
    hostId: known ? hostId : undefined,
    ...rest,
  };
}
