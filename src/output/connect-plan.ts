import { readableText } from "../consumers/byte-text.ts";
import type { Waiting } from "../consumers/model.ts";
import type { Note } from "../consumers/note.ts";
import type { ConnectPlan, ConnectStep, ConnectTablePlan } from "../consumers/nvme-cli/connect-all.ts";
import { type Connection, nvmeCommand } from "../consumers/nvme-cli/connection.ts";
import { shellWord } from "../consumers/shell-word.ts";
import { escapeText } from "../text/escape.ts";
import type { Paint } from "./paint.ts";

/** Longest text of a table that one line of a plan shows. */
const LONGEST = 240;

/** Text of a table, for a line on a terminal. */
export function shown(text: string): string {
  const readable =
    text.length > LONGEST ? `${readableText(text.slice(0, LONGEST))}… (${text.length} bytes)` : readableText(text);
  return escapeText(readable);
}

/** A note, with its rule in front. */
export function formatNote({ rule, message }: Note): string {
  return escapeText(rule === undefined ? message : `${rule} ${message}`);
}

/** A plan as text: what is tried, in order, then what is not. */
export function formatConnectPlan(plan: ConnectPlan, consumer: string, waiting: Waiting, paint: Paint): string {
  let order = 0;
  const tables = plan.tables.map((table) => {
    const lines = table.steps.map((step) => formatStep(step, () => ++order, paint));
    return [...headOf(table, consumer, paint), ...lines.flat()].map((line) => `${line}\n`).join("");
  });
  return `${tables.join("\n")}${formatWaiting(waiting)}`;
}

function headOf(
  { source, rejection, hostNqn, hostId, notes }: ConnectTablePlan,
  consumer: string,
  paint: Paint,
): string[] {
  const title = `${paint.bold(escapeText(source))}: nvme connect-all --nbft of ${consumer}`;
  if (rejection) return [title, `  ${paint.bad("rejected")}: ${formatNote(rejection)}`];
  const identity = `  host NQN ${hostNqn === undefined ? "none" : shown(hostNqn)}, host ID ${hostId ?? "none"}`;
  return [title, identity, ...notes.map((note) => `  ${paint.doubtful("note")}: ${formatNote(note)}`)];
}

function formatStep(step: ConnectStep, next: () => number, paint: Paint): string[] {
  const { path, kind, index, hfi, action, connection, hopeless, notes } = step;
  const through = hfi === undefined ? "" : ` through HFI ${hfi}`;
  // What concerns the table as a whole has no index.
  const what = path === "host" ? "the table" : `${kind === "io" ? "SSNS" : "discovery"} ${index}${through}`;
  const why = notes.map((note) => `     ${paint.dim(formatNote(note))}`);
  if (!connection) {
    const word = { skip: "skipped", drop: "dropped", die: "dies", connect: "", fail: "" }[action];
    const colour = action === "die" ? paint.bad : paint.doubtful;
    return [`  ${colour(`-  ${word}`)}  ${what}`, ...why];
  }
  const verb = kind === "io" ? "connect" : "discover";
  const doom = hopeless ? ` ${paint.bad("must fail")}` : "";
  const number = String(next()).padEnd(2);
  return [`  ${number} ${paint.bold(verb)}  ${what}${doom}`, `     ${formatConnection(connection)}`, ...why];
}

function formatConnection({ nqn, traddr, trsvcid, hostTraddr }: Connection): string {
  const address = traddr.includes(":") ? `[${shown(traddr)}]` : shown(traddr);
  const from = hostTraddr === undefined ? "" : ` from ${hostTraddr}`;
  return `${shown(nqn)} at ${address}:${shown(trsvcid)}${from}`;
}

function formatWaiting({ attempts, silent, hung, mute }: Waiting): string {
  if (attempts === 0) return "nothing is tried\n";
  const tries = attempts === 1 ? "1 attempt" : `${attempts} attempts one after the other`;
  return `worst case, ${tries}: ${silent} s when no target answers, ${hung} s when they accept and stay silent, ${mute} s when Connect is never completed\n`;
}

/** A plan as a script of `nvme` commands. What is not tried is a comment, and so is what a command cannot know. */
export function formatCommands(plan: ConnectPlan): string {
  const lines = plan.tables.flatMap(({ source, rejection, steps }) => [
    ...(plan.tables.length > 1 ? [comment(source)] : []),
    ...(rejection ? [comment(`rejected: ${rejection.message}`)] : []),
    ...steps.flatMap(({ path, action, connection, hopeless, notes }) => {
      const why = notes.map(({ message }) => message).join("; ");
      if (!connection) return [comment(`${path}: ${action === "die" ? "the program dies" : action}: ${why}`)];
      const remark = hopeless ? [comment(`${path}: must fail: ${why}`)] : [];
      return [...remark, nvmeCommand(connection).map(shellWord).join(" ")];
    }),
  ]);
  return lines.map((line) => `${line}\n`).join("");
}

/** A comment of a shell script: never more than its own line. */
function comment(text: string): string {
  return `# ${escapeText(text)}`;
}

/** A plan as JSON data: text as UTF-8. */
export function connectPlanJson(plan: ConnectPlan, consumer: string, waiting: Waiting): object {
  return {
    consumer,
    tables: plan.tables.map(({ source, rejection, hostNqn, hostId, notes, steps }) => ({
      source,
      rejected: rejection && { rule: rejection.rule, message: rejection.message },
      hostNqn: hostNqn === undefined ? undefined : readableText(hostNqn),
      hostId,
      notes,
      steps: steps.map(({ connection, ...step }) => ({
        ...step,
        connection: connection && connectionJson(connection),
      })),
    })),
    waiting,
  };
}

function connectionJson(connection: Connection): object {
  const { nqn, traddr, trsvcid, hostNqn, ...rest } = connection;
  return {
    nqn: readableText(nqn),
    transport: "tcp",
    traddr: readableText(traddr),
    trsvcid: readableText(trsvcid),
    hostNqn: hostNqn === undefined ? undefined : readableText(hostNqn),
    ...rest,
  };
}
