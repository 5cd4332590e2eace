import { latin1Text } from "../../bytes/latin1.ts";
import { readDiscoveryUri } from "../../nbft/discovery-uri.ts";
import { DISCOVERY_NQN } from "../../text/nvme.ts";
import { readableText } from "../byte-text.ts";
import { libnvmeAddress, parseNumbersAndDots } from "../libnvme/inet.ts";
import type {
  LibnvmeDiscovery,
  LibnvmeDrop,
  LibnvmeHfi,
  LibnvmeRemark,
  LibnvmeSubsystem,
  LibnvmeTable,
} from "../libnvme/libnvme-table.ts";
import type { ReadTable } from "../libnvme/read-tables.ts";
import { type Note, note, routine } from "../note.ts";
import type { Connecting, ConnectStep, ConnectTableRun } from "./connect-run.ts";
import type { Connection } from "./connection.ts";
import { parseFabricsUri } from "./fabrics-uri.ts";
import type { HostNamer, PlannedHost } from "./host-identity.ts";
import type { InterfaceNames } from "./interfaces.ts";
import {
  addressRefusals,
  hasEscapedScope,
  isUnspecified,
  kernelRefusals,
  sentNotes,
  textRefusals,
} from "./kernel-checks.ts";
import { type WayOf, waysOf } from "./routes.ts";

/** Plans the steps of one run of `nvme connect-all --nbft`. */
export class Planner {
  readonly #does: Connecting;
  readonly #hosts: HostNamer;
  readonly #interfaces: InterfaceNames;
  /** Paths of attempts by NQN, then by the target's address and port, then by host address and interface. */
  readonly #seen = new Map<string, Map<string, Map<string, string>>>();

  readonly #mostPaths: number;

  constructor(does: Connecting, hosts: HostNamer, interfaces: InterfaceNames, mostPaths: number) {
    this.#mostPaths = mostPaths;
    this.#does = does;
    this.#hosts = hosts;
    this.#interfaces = interfaces;
  }

  plan(tables: readonly ReadTable[]): ConnectTableRun[] {
    const killer = tables.find(({ reading }) => reading.crash);
    if (killer) return tables.map((table) => this.#deadTable(table, killer));
    for (const { bytes } of tables) this.#interfaces.add(bytes);
    const ways = waysOf(tables);
    return tables.map((table, i) => this.#planTable(table, ways[i]!));
  }

  /** Every table is read before anything is connected. */
  #deadTable({ path, reading }: ReadTable, killer: ReadTable): ConnectTableRun {
    const host = this.#hosts.unnamed();
    const base = { source: path, rejection: reading.rejection, host, isRead: false };
    if (path !== killer.path || !reading.crash) {
      const why = note(`nothing is connected: reading ${killer.path} kills the program`, killer.reading.crash?.rule);
      return { ...base, notes: [why], steps: [] };
    }
    return { ...base, notes: [], steps: [death(crashNote(reading.crash))] };
  }

  #planTable({ path: source, reading }: ReadTable, wayOf: WayOf): ConnectTableRun {
    const { table, rejection, dropped, remarks, readsPastEnd } = reading;
    if (!table)
      return { source, rejection, host: this.#hosts.unnamed(), isRead: false, notes: [], steps: drops(dropped) };
    const host = this.#hosts.name(table);
    const notes = [...remarks.map(({ path, rule, message }) => note(`${path}: ${message}`, rule)), ...host.notes];
    if (readsPastEnd) notes.push(note("libnvme reads memory after the table: what it does with that is not known"));
    const steps = host.dies ? [death(host.dies)] : this.#steps(table, host, wayOf);
    notes.push(...unpredictedNotes(steps));
    return { source, rejection: undefined, host, isRead: true, notes, steps: [...steps, ...drops(dropped)] };
  }

  #steps({ subsystems, discovery }: LibnvmeTable, host: PlannedHost, wayOf: WayOf): ConnectStep[] {
    const texts = new Map<Uint8Array, string>();
    for (const { nqn } of subsystems) if (!texts.has(nqn)) texts.set(nqn, latin1Text(nqn));
    const nqns = subsystems.map(({ nqn }) => texts.get(nqn)!);
    const links = new Map<number, number>();
    for (const [i, { index, discovery: from }] of subsystems.entries()) {
      if (from && nqns[i] !== DISCOVERY_NQN && !links.has(from.index)) links.set(from.index, index);
    }
    let left = this.#mostPaths;
    return [
      ...subsystems.flatMap((subsystem, i) => {
        left -= subsystem.hfis.length;
        return left < 0 ? [unpredicted(subsystem)] : this.#ssnsSteps(subsystem, nqns[i]!, host, wayOf);
      }),
      ...discovery.map((descriptor) => this.#discoveryStep(descriptor, links.get(descriptor.index), host, wayOf)),
    ];
  }

  #ssnsSteps(subsystem: LibnvmeSubsystem, nqn: string, host: PlannedHost, wayOf: WayOf): ConnectStep[] {
    const { position, index, flags, transportFlags, traddr } = subsystem;
    const path = `ssns[${position}]`;
    const trsvcid = latin1Text(subsystem.trsvcid);
    const common = textRefusals({ nqn, trsvcid, hostNqn: knownNqn(host) });
    const hopeless = common.length > 0;
    if ((flags & 0x100) !== 0) {
      const how = this.#does.showsSsnsFlags ? "silently, a failure does not count" : "as any other";
      common.push(note(`marked unavailable: tried ${how}`));
    }
    if ((flags & 2) !== 0) common.push(note("marked non-bootable: tried anyway"));
    if ((transportFlags & 6) !== 0) common.push(note("digests are required but not asked for"));
    if (subsystem.securityIndex !== 0 && !this.#does.readsSecurityProfiles) {
      common.push(ignoredSecurity(subsystem.securityIndex));
    }
    const before = this.#before(nqn, traddr, trsvcid);
    return subsystem.hfis.map((hfi): ConnectStep => {
      const step = { path, kind: "io" as const, index, hfi: hfi?.index, hopeless: false };
      if (nqn === DISCOVERY_NQN && this.#does.skipsWellKnownNqn) {
        return { ...step, action: "skip", notes: [note("NQN is the well-known discovery NQN", "S011")] };
      }
      if (subsystem.security && this.#does.skipsSecured) {
        return { ...step, action: "skip", notes: [skippedSecurity(subsystem.security.index)] };
      }
      if (this.#does.diesOfEverySsns) {
        const why = note(
          `nvme-cli ${this.#does.alike} is reported to crash with SIGSEGV on every SSNS, until a fix of 2026-09-03 (nvme-cli pull request 3958)`,
        );
        return { ...step, action: "die", hopeless: true, notes: [why] };
      }
      if (!hfi) {
        const why = note("the list of HFIs has a hole: the program crashes with SIGSEGV", "S020");
        return { ...step, action: "die", hopeless: true, notes: [why] };
      }
      const wellKnown =
        nqn === DISCOVERY_NQN ? [note("NQN is the well-known discovery NQN: connected anyway", "S011")] : [];
      const connection: Connection = {
        kind: "io",
        nqn,
        traddr,
        trsvcid,
        ...this.#side(hfi, host),
        uniqueDiscovery: false,
        named: false,
      };
      const refusals = addressRefusals(connection);
      const way = wayOf(hfi, connection);
      const again = repeated(before, connection, path);
      const sent = hopeless || way.hopeless || refusals.length > 0 ? [] : sentNotes(connection);
      return {
        ...step,
        action: "connect",
        connection,
        reach: way.reach,
        hopeless: hopeless || way.hopeless || refusals.length > 0,
        notes: [...refusals, ...sent, ...way.notes, ...again, ...wellKnown, ...common, ...this.#hfiNotes(hfi)],
      };
    });
  }

  /** The host's side of a connection through an HFI. */
  #side(hfi: LibnvmeHfi, host: PlannedHost) {
    return {
      hostTraddr: hfi.ipAddress,
      hostIface: this.#does.bindsToInterface ? this.#interfaces.of(hfi) : undefined,
      hostNqn: host.hostNqn,
      hostId: host.hostId,
      nqnFrom: host.nqnFrom,
      idFrom: host.idFrom,
      retriesWithoutHostTraddr: hfi.dhcpServer !== "",
    };
  }

  #discoveryStep(
    discovery: LibnvmeDiscovery,
    linkedBy: number | undefined,
    host: PlannedHost,
    wayOf: WayOf,
  ): ConnectStep {
    const { position, index, hfi } = discovery;
    const path = `discovery[${position}]`;
    const step = { path, kind: "discovery" as const, index, hfi: hfi?.index, hopeless: false };
    const skip = (why: Note): ConnectStep => ({ ...step, action: "skip", notes: [why] });
    if (!this.#does.connectsDiscovery) {
      return skip(note(`nvme-cli ${this.#does.alike} does not use discovery descriptors: they are used from 2.10 on`));
    }
    if (linkedBy !== undefined) return skip(routine(`SSNS ${linkedBy} was learned from it`));
    if (discovery.security && this.#does.skipsSecured) return skip(skippedSecurity(discovery.security.index));
    const text = latin1Text(discovery.uri);
    const uri = parseFabricsUri(text);
    const fold = (word: string | undefined) => (this.#does.foldsUriCase ? word?.toLowerCase() : word);
    if (!uri || fold(uri.scheme) !== "nvme" || fold(uri.protocol) !== "tcp") {
      return skip(note(`URI is not nvme+tcp: ${readableText(text)}`, "D005"));
    }
    if (!hfi) {
      const why = note("its HFI is unknown: the program crashes with SIGSEGV", "D008");
      return { ...step, action: "die", hopeless: true, notes: [why] };
    }
    const ownNqn = this.#does.asksDiscoveryByOwnNqn ? discovery.nqn : undefined;
    const nqn = ownNqn ? latin1Text(ownNqn) : DISCOVERY_NQN;
    const address = this.#addressOf(uri.host);
    const connection: Connection = {
      kind: "discovery",
      nqn,
      traddr: address ?? uri.host,
      trsvcid: uri.port > 0 ? String(uri.port) : "8009",
      ...this.#side(hfi, host),
      uniqueDiscovery: nqn !== DISCOVERY_NQN,
      named: address === undefined,
    };
    const notes = this.#hfiNotes(hfi);
    const strictly = readDiscoveryUri(text);
    if (strictly.kind === "bad") notes.unshift(note(`used anyway: ${strictly.message}`, "D005"));
    if (discovery.securityIndex !== 0 && !this.#does.readsSecurityProfiles) {
      notes.unshift(ignoredSecurity(discovery.securityIndex));
    }
    if (this.#does.failedDiscoveryEndsRun) notes.push(routine("when it fails, everything after it is not tried"));
    if (address === undefined) {
      const resolves = this.#does.resolvesUriHosts;
      const why = resolves ? "the host name must be resolved first" : "a host name is refused: nothing is resolved";
      notes.unshift(note(why, "D006"));
      if (!resolves) return { ...step, action: "fail", connection, hopeless: true, notes };
    } else if (this.#does.resolvesUriHosts && hasEscapedScope(uri.host)) {
      notes.unshift(note(`${readableText(uri.host)} is not resolved: no interface has the name after its %`, "D006"));
      return { ...step, action: "fail", connection, hopeless: true, notes };
    } else if (libnvmeAddress(uri.host) === undefined) {
      notes.unshift(note(`the host ${readableText(uri.host)} is taken for the number ${address}`, "D007"));
    }
    const said = { ...connection, hostNqn: knownNqn(host) };
    const refusals = connection.named ? textRefusals(said) : kernelRefusals(said);
    const way = wayOf(hfi, connection);
    const before = this.#before(nqn, connection.traddr, connection.trsvcid);
    const sent = way.hopeless || refusals.length > 0 ? [] : sentNotes(connection);
    return {
      ...step,
      action: "connect",
      connection,
      reach: way.reach,
      hopeless: way.hopeless || refusals.length > 0,
      notes: [...refusals, ...sent, ...way.notes, ...repeated(before, connection, path), ...notes],
    };
  }

  #hfiNotes({ index, ipAddress, dhcpServer, vlan }: LibnvmeHfi): Note[] {
    const notes: Note[] = [];
    if (isUnspecified(ipAddress))
      notes.push(note(`HFI ${index} has no address: ${ipAddress} is passed as it is`, "T016"));
    if (dhcpServer !== "")
      notes.push(routine("tried again without host_traddr when the system has no such address (DHCP)"));
    if (this.#does.bindsToInterface && vlan !== 0)
      notes.push(routine(`not bound to an interface: nvme-cli does not find that of VLAN ${vlan}`));
    return notes;
  }

  /** The address that the host of a URI is, without resolving names. 2.x keeps its spelling, and getaddrinfo knows more forms. */
  #addressOf(host: string): string | undefined {
    const numeric = libnvmeAddress(host);
    if (!this.#does.resolvesUriHosts) return numeric;
    return numeric === undefined ? parseNumbersAndDots(host) : host;
  }

  /** Attempts to reach the same target so far: host address, with and without interface → path. */
  #before(nqn: string, traddr: string, trsvcid: string): Map<string, string> {
    const targets = this.#seen.get(nqn) ?? new Map<string, Map<string, string>>();
    this.#seen.set(nqn, targets);
    const place = `${traddr} ${trsvcid}`;
    const before = targets.get(place) ?? new Map<string, string>();
    targets.set(place, before);
    return before;
  }
}

/** A step that stands for attempts that nobody looked at. */
function unpredicted({ position, index, hfis }: LibnvmeSubsystem): ConnectStep {
  const why = `${hfis.length} paths: not predicted, the table has too many`;
  const step = { path: `ssns[${position}]`, kind: "io", index, hfi: undefined, hopeless: false } as const;
  return { ...step, action: "unpredicted", notes: [note(why)] };
}

/** What a plan leaves out because a table has too many paths. */
function unpredictedNotes(steps: readonly ConnectStep[]): Note[] {
  const count = steps.filter(({ action }) => action === "unpredicted").length;
  if (count === 0) return [];
  return [
    note(`too many paths: the attempts of ${count} SSNS are not predicted, and not counted in how long the boot waits`),
  ];
}

/**
 * Notes an attempt, and says which one before it was the same: libnvme takes a controller from the same address for another one where it was
 * asked for another interface (`_tcp_opt_params_match`), and so does Linux (`nvmf_ip_options_match`).
 */
function repeated(
  before: Map<string, string>,
  { hostTraddr = "", hostIface }: Pick<Connection, "hostTraddr" | "hostIface">,
  path: string,
): Note[] {
  const bound = hostIface === undefined ? hostTraddr : `${hostTraddr} ${hostIface}`;
  const twin = before.get(bound);
  if (twin !== undefined) return [note(`same as ${twin}: only tried when that one failed`, "S030")];
  before.set(bound, path);
  // One that asks for no interface later finds it by the address alone.
  if (!before.has(hostTraddr)) before.set(hostTraddr, path);
  return [];
}

/** The host NQN, where it is not the table's in the place of one that is not known. */
function knownNqn({ known, hostNqn }: PlannedHost): string | undefined {
  return known ? hostNqn : undefined;
}

function skippedSecurity(index: number): Note {
  return note(
    `security profile ${index}: connections with one are not implemented, and leaving it out counts as success`,
    "S035",
  );
}

function ignoredSecurity(index: number): Note {
  return note(
    `security profile ${index} is not looked at: connected without security, or with the keys that /etc/nvme/config.json has for this host NQN and ID`,
    "S035",
  );
}

function crashNote({ rule, message }: LibnvmeRemark): Note {
  return note(`reading the table kills the program with SIGSEGV: ${message}`, rule);
}

/** A step that stands for the table as a whole. */
function death(why: Note): ConnectStep {
  return { path: "host", kind: "io", index: 0, hfi: undefined, action: "die", hopeless: true, notes: [why] };
}

function drops(dropped: readonly LibnvmeDrop[]): ConnectStep[] {
  return dropped
    .filter(({ list }) => list === "ssns" || list === "discovery")
    .map(({ list, path, index, rule, message }) => ({
      path,
      kind: list === "ssns" ? "io" : "discovery",
      index,
      hfi: undefined,
      action: "drop",
      hopeless: true,
      notes: [note(message, rule)],
    }));
}
