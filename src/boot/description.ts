import { type Document, LineCounter, parseDocument } from "yaml";
import { ParseError } from "../errors.ts";
import type { BootDocument } from "./document.ts";
import { bootShape } from "./document.ts";
import { documentOfBoot } from "./format.ts";
import { resolveBoot } from "./resolve.ts";
import { checkDocument, type ShapeProblem } from "./shape/check.ts";

export { type FormatBootOptions, formatBootDescription } from "./format.ts";
export type { BootDocument };
export { documentOfBoot };

/**
 * A boot over NVMe/TCP, complete: every default is filled in and every name leads somewhere. From it come the table, the
 * firmware's variables, QEMU's arguments, the target's configuration and what a proof expects.
 */
export interface BootDescription {
  readonly host: BootHost;
  /** In the order of the firmware's HFIs. At least one. */
  readonly interfaces: readonly BootInterface[];
  readonly targets: readonly BootTarget[];
  /** In the order in which they are tried. */
  readonly attempts: readonly BootAttempt[];
  readonly table: BootTableHeader;
}

/** The machine that boots. */
export interface BootHost {
  readonly nqn: string;
  /** UUID text, lower case, in its usual order whatever `idByteOrder` says. */
  readonly id: string;
  readonly name?: string | undefined;
  /** How table and variables store the Host ID; each writer's own habit when undefined. */
  readonly idByteOrder?: "rfc4122" | "efi-guid" | undefined;
  readonly nqnConfigured: boolean;
  readonly idConfigured: boolean;
  readonly primaryAdminHost: "not indicated" | "unselected" | "selected";
}

/** A network interface of the host: MAC address and VLAN are unique. */
export interface BootInterface {
  readonly name: string;
  /** Lower case with colons. */
  readonly mac: string;
  /** `0000:00:03.0`. */
  readonly pci: string;
  /** 1 to 4094. */
  readonly vlan?: number | undefined;
  /** Where the address comes from; `auto` is IPv6 autoconfiguration. */
  readonly origin: "static" | "dhcp" | "auto";
  readonly family: "ipv4" | "ipv6";
  /** The static address, or the one that DHCP or autoconfiguration is expected to give; undefined when nobody can know. */
  readonly address?: string | undefined;
  /** Given together with `address`. */
  readonly prefixLength?: number | undefined;
  readonly gateway?: string | undefined;
  /** Primary, secondary. */
  readonly dns: readonly string[];
  readonly routeMetric?: number | undefined;
  readonly defaultRoute: boolean;
  readonly hostName?: string | undefined;
  /** What the DHCP server says besides addresses; only with `dhcp`. */
  readonly dhcpServer?: string | undefined;
  readonly dhcpHostName?: string | undefined;
  /** Whole text of option 17. */
  readonly rootPath?: string | undefined;
  readonly dhcpIaid?: number | undefined;
  /** Hexadecimal with colons. */
  readonly dhcpDuid?: string | undefined;
}

/** An NVM subsystem. */
export interface BootTarget {
  readonly name: string;
  readonly nqn: string;
  /** At least one. */
  readonly portals: readonly BootPortal[];
  /** At least one. */
  readonly namespaces: readonly BootNamespace[];
  readonly digests: { readonly header: boolean; readonly data: boolean };
  /** Host NQNs that may connect. */
  readonly allowHosts: "any" | readonly string[];
  /** Set when a discovery controller is asked for this target. */
  readonly discovery?: { readonly nqn: string; readonly portals: readonly BootPortal[] } | undefined;
  readonly serial?: string | undefined;
  readonly model?: string | undefined;
  readonly portId: number;
}

/** An address at which a target or discovery controller listens. */
export interface BootPortal {
  readonly traddr: string;
  readonly trsvcid: number;
  /** Names of the interfaces that reach it: on the same network, through a gateway, or by position; may be empty. */
  readonly interfaces: readonly string[];
}

export interface BootNamespace {
  readonly nsid: number;
  /** Lower-case text. */
  readonly uuid?: string | undefined;
  /** 32 lower-case hexadecimal digits. */
  readonly nguid?: string | undefined;
  /** 16 lower-case hexadecimal digits. */
  readonly eui64?: string | undefined;
  /** As written: relative to the description's own folder. */
  readonly image?: string | undefined;
  readonly blockSize: 512 | 4096;
  readonly bootable: boolean;
}

/** One connection that the firmware tries. */
export interface BootAttempt {
  readonly name: string;
  /** Name of an interface. */
  readonly interface: string;
  /** Name of the target meant; undefined when the address and NQN belong to none, and the attempt will fail. */
  readonly target?: string | undefined;
  readonly via: "direct" | "discovery" | "root-path";
  /** Whom the firmware connects first: the subsystem, the discovery controller, or whom the root path names. */
  readonly traddr: string;
  readonly trsvcid: number;
  readonly nqn: string;
  /** Name to be resolved to `traddr`. */
  readonly serverName?: string | undefined;
  /** NSID of the only namespace to boot from. */
  readonly namespace?: number | undefined;
  /** Its identifier: UUID text, or 32 (NGUID) or 16 (EUI-64) hexadecimal digits. */
  readonly nid?: string | undefined;
  /** Milliseconds. */
  readonly timeout?: number | undefined;
  readonly retries?: number | undefined;
  readonly controllerId?: number | undefined;
  readonly enabled: boolean;
}

/** What only the table's header says. */
export interface BootTableHeader {
  readonly oemId: string;
  readonly oemTableId: string;
  readonly oemRevision: number;
  readonly creatorId: string;
  readonly creatorRevision: number;
  readonly driverSignature: string;
}

/** One thing wrong in a boot description, with its place. */
export interface BootProblem {
  /** Path in the document, for example `interfaces[0].mac`. */
  readonly path: string;
  readonly message: string;
  /** Counted from 1; 0 where unknown. */
  readonly line: number;
  readonly column: number;
}

/** Everything that is wrong in a boot description; line, column and path are those of the first problem. */
export class BootDescriptionError extends ParseError {
  override name = "BootDescriptionError";
  readonly problems: readonly BootProblem[];

  constructor(problems: readonly BootProblem[], file: string) {
    const lines = problems.map(({ path, message, line, column }) => {
      const place = line > 0 ? `${file}:${line}:${column}` : file;
      return `${place}: ${path ? `${path}: ` : ""}${message}`;
    });
    super(lines.join("\n"), problems[0]);
    this.problems = problems;
  }
}

/** Choices of {@link parseBootDescription}. */
export interface ParseBootOptions {
  /** Name of the file, for messages. */
  readonly file?: string;
}

/**
 * Reads a boot description from YAML or JSON text and completes it. Unknown keys are refused.
 *
 * @throws {BootDescriptionError} a ParseError that lists what is wrong, each with line, column and path.
 */
export function parseBootDescription(
  text: string,
  { file = "boot description" }: ParseBootOptions = {},
): BootDescription {
  const lineCounter = new LineCounter();
  const document = parseYaml(text, lineCounter, file);
  const place = (at: number | undefined) => {
    if (at === undefined) return { line: 0, column: 0 };
    const { line, col } = lineCounter.linePos(at);
    return { line, column: col };
  };
  const syntax = document.errors.map(({ message, pos }) => ({
    path: "",
    message: firstLine(message),
    ...place(pos[0]),
  }));
  if (syntax.length > 0) throw new BootDescriptionError(syntax.slice(0, 5), file);
  return complete(document, file, place);
}

/**
 * Completes a boot description that a program has made: the same checks, paths in place of lines.
 *
 * @throws {BootDescriptionError} that lists what is wrong.
 */
export function completeBootDescription(value: BootDocument): BootDescription {
  return complete(parseDocument(JSON.stringify(value)), "boot description", () => ({ line: 0, column: 0 }));
}

function complete(
  document: Document.Parsed,
  file: string,
  place: (at: number | undefined) => { line: number; column: number },
): BootDescription {
  const located = ({ path, message, at }: ShapeProblem): BootProblem => ({ path, message, ...place(at) });
  const { value, problems, places } = checkDocument(document, bootShape);
  if (problems.length > 0) throw new BootDescriptionError(problems.map(located), file);
  const { description, problems: unresolved } = resolveBoot(value as BootDocument);
  if (unresolved.length > 0) {
    const found = unresolved.map(({ path, message }) => located({ path, message, at: nearestPlace(places, path) }));
    throw new BootDescriptionError(found, file);
  }
  return description;
}

function parseYaml(text: string, lineCounter: LineCounter, file: string): Document.Parsed {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false, stringKeys: true });
  } catch (error) {
    // The parser descends by recursion: thousands of opening brackets end its stack.
    if (!(error instanceof RangeError)) throw error;
    throw new BootDescriptionError([{ path: "", message: "nested too deep", line: 0, column: 0 }], file);
  }
}

function firstLine(message: string): string {
  if (message.includes("call stack")) return "nested too deep";
  return message.split("\n")[0]!.replace(/\.$/, "");
}

/** The place of a path, or of the nearest thing around it that the document has. */
function nearestPlace(places: ReadonlyMap<string, number>, path: string): number | undefined {
  for (let name = path; ; name = name.replace(/(\.[^.[]*|\[\d+\]|^[^.[]+)$/, "")) {
    const at = places.get(name);
    if (at !== undefined || name === "") return at;
  }
}
