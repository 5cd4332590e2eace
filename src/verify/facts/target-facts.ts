import { canonicalAddress } from "../canonical-address.ts";
import { findPart } from "../evidence.ts";
import { type CollectorReport, partText, type ReportPart } from "../report.ts";
import { tlsSessionsIn } from "./tls-sessions.ts";

/** A controller that the target made for a host. */
export interface TargetController {
  /** Controller id. */
  readonly id: number;
  readonly subsystemNqn: string;
  readonly hostNqn: string;
  readonly discovery: boolean;
  /** The target asked for authentication: it makes the controller before, so that only the success of that shows that the host was let in. */
  readonly authentication: "not asked" | "asked" | "done";
  /** The host asked the controller to prove itself, and it did. */
  readonly provedItself: boolean;
}

/** A TCP connection as the target saw it. */
export interface TargetSession {
  readonly local: string;
  readonly port: string;
  readonly peer: string;
}

/** What the target says it served and whom it saw. */
export interface TargetFacts {
  readonly subsystems: ReadonlyMap<
    string,
    readonly { readonly nsid: number; readonly uuid: string; readonly nguid: string }[]
  >;
  readonly controllers: readonly TargetController[];
  readonly sessions: readonly TargetSession[];
  /** Lines in which it refused a host. */
  readonly refusals: readonly string[];
  /** Lines in which an authentication or a handshake failed. */
  readonly authenticationFailures: readonly string[];
  /** Ciphers of the TLS sessions that its tlshd made. */
  readonly tlsSessions: readonly string[];
  /** Its report has the kernel's log, and lists of connections. */
  readonly logged: boolean;
  readonly listed: boolean;
  /** It said what it serves: it came up. */
  readonly served: boolean;
  /** Its report ends within a part: it was stopped while it wrote, and what it saw last may be missing. */
  readonly cutOff: boolean;
  /** It was sent a command for more bytes than it takes. */
  readonly tooLarge: boolean;
}

/** The target's report. Lists of connections are snapshots: what any of them shows was there. */
export function readTarget(report: CollectorReport): TargetFacts {
  const parts = report.stages.flatMap((stage) => stage.parts);
  const all = (name: string) => parts.filter((part) => part.name === name).map((part) => partText(part)!);
  const log = longestLog(parts.filter(({ name }) => name === "log"));
  const handshakes = all("tlshd").at(-1) ?? "";
  const sessions = new Map<string, TargetSession>();
  for (const line of all("sessions").join("\n").split("\n")) {
    const match = /^tcp\S*\s+\d+\s+\d+\s+(\S+):(\d+)\s+(\S+):\d+\s+ESTABLISHED/.exec(line);
    if (!match) continue;
    const session = { local: canonicalAddress(match[1]!), port: match[2]!, peer: canonicalAddress(match[3]!) };
    sessions.set(JSON.stringify(session), session);
  }
  return {
    subsystems: readServed(partText(report.stages.map((stage) => findPart(stage, "served")).find(Boolean)) ?? ""),
    controllers: controllersIn(log),
    sessions: [...sessions.values()],
    refusals: log.split("\n").filter((line) => /not allowed|refus|could not find|invalid subsystem/i.test(line)),
    authenticationFailures: `${log}\n${handshakes}`
      .split("\n")
      .filter((line) => /response mismatch|no ctrl key|failure1|unexpected pdu|failed to search 'psk' key/.test(line)),
    tlsSessions: tlsSessionsIn(handshakes),
    logged: parts.some(({ name }) => name === "log"),
    listed: parts.some(({ name }) => name === "sessions"),
    served: parts.some(({ name, complete }) => name === "served" && complete),
    cutOff: parts.at(-1)?.complete === false,
    tooLarge: /failed to map data/.test(log),
  };
}

/**
 * Controllers in the kernel's log. A controller is made before its host is asked for anything; what is logged up to the next one of the same id is about
 * it.
 */
function controllersIn(log: string): TargetController[] {
  const made = [
    ...log.matchAll(
      /nvmet: [Cc]reat(?:ing|ed) (nvm|discovery) controller (\d+) for subsystem (\S+) for NQN (\S+?)[.,]?(?=\s|$)([^\n]*)/g,
    ),
  ];
  return made.map(([, kind, id, subsystemNqn, hostNqn, rest], i) => {
    const next = made.find((other, j) => j > i && other[2] === id);
    const own = log.slice(made[i]!.index, next?.index);
    const says = (what: string) => new RegExp(`: ctrl ${id} qid 0 ${what} authenticated`).test(own);
    const asked = /with DH-HMAC-CHAP/.test(rest!);
    return {
      id: Number(id),
      subsystemNqn: subsystemNqn!,
      hostNqn: hostNqn!,
      discovery: kind === "discovery",
      authentication: !asked ? "not asked" : says("host") ? "done" : "asked",
      provedItself: says("ctrl"),
    };
  });
}

/**
 * The target writes its whole log again whenever something is added. Where it was stopped while it wrote, the last copy is cut off, and lacks what
 * the one before it has.
 */
function longestLog(logs: readonly ReportPart[]): string {
  const texts = logs.map((part) => {
    const text = partText(part)!;
    // The last line of a copy that is cut off may be half a line.
    return part.complete ? text : text.slice(0, text.lastIndexOf("\n") + 1);
  });
  return texts.reduce((longest, text) => (text.length >= longest.length ? text : longest), "");
}

function readServed(text: string): TargetFacts["subsystems"] {
  const subsystems = new Map<string, { nsid: number; uuid: string; nguid: string }[]>();
  let current: { nsid: number; uuid: string; nguid: string }[] = [];
  for (const line of text.split("\n")) {
    const subsystem = /^subsystem (\S+)$/.exec(line);
    if (subsystem) {
      current = [];
      subsystems.set(subsystem[1]!, current);
    }
    const namespace = /^namespace (\d+) uuid (\S+) nguid (\S+) enabled 1$/.exec(line);
    if (namespace)
      current.push({ nsid: Number(namespace[1]), uuid: namespace[2]!, nguid: namespace[3]!.replaceAll("-", "") });
  }
  return subsystems;
}
