import { DISCOVERY_NQN } from "../../nbft/names.ts";
import { formatUuid } from "../../text/uuid.ts";
import { byteText, readableText } from "../byte-text.ts";
import { canonicalAddress } from "../libnvme/inet.ts";
import { type LibnvmeVersion, readAsLibnvme } from "../libnvme/libnvme.ts";
import type {
  LibnvmeDiscovery,
  LibnvmeDrop,
  LibnvmeHfi,
  LibnvmeReading,
  LibnvmeRemark,
  LibnvmeSubsystem,
  LibnvmeTable,
} from "../libnvme/libnvme-table.ts";
import { type Note, note, routine } from "../note.ts";
import { type Connection, fabricsString } from "./connection.ts";
import { parseFabricsUri } from "./fabrics-uri.ts";
import { addressRefusals, isZero, kernelRefusals, textRefusals } from "./kernel-checks.ts";
import type { NamedTable } from "./show.ts";

/** Who the host says it is. */
export interface HostIdentity {
  /** `--hostnqn`. */
  readonly hostNqn?: string | undefined;
  /** `--hostid`. */
  readonly hostId?: string | undefined;
}

/** One step of a run of `nvme connect-all --nbft`, in order. */
export interface ConnectStep {
  /** Path in the model: `ssns[0]`, `discovery[1]`. */
  readonly path: string;
  readonly kind: "io" | "discovery";
  /** Index field of the SSNS or discovery descriptor. */
  readonly index: number;
  /** Index of the HFI that is used. */
  readonly hfi: number | undefined;
  /**
   * `connect` is tried · `skip` is left out on purpose · `drop` never got past the reader · `fail` ends before anything is sent · `die`
   * ends the program.
   */
  readonly action: "connect" | "skip" | "drop" | "fail" | "die";
  /** For `connect` and `fail`. */
  readonly connection?: Connection;
  /** Whether the attempt cannot succeed. */
  readonly hopeless: boolean;
  /** Why, and what else is worth knowing. */
  readonly notes: readonly Note[];
}

/** What a run does with one table. */
export interface ConnectTablePlan {
  /** Path of the table. */
  readonly source: string;
  readonly rejection: LibnvmeRemark | undefined;
  readonly hostNqn: string | undefined;
  readonly hostId: string | undefined;
  /** Notes on the table as a whole. */
  readonly notes: readonly Note[];
  readonly steps: readonly ConnectStep[];
}

/** What `nvme connect-all --nbft` will do. */
export interface ConnectPlan {
  readonly version: LibnvmeVersion;
  readonly tables: readonly ConnectTablePlan[];
}

/**
 * What `nvme connect-all --nbft` does with some tables in this order, by the libnvme it was built with. Not covered: controllers that
 * are connected already, the exclusion list, the JSON configuration, what a discovery log page leads to.
 *
 * nvme-cli 2.13 (nbft.c) and libnvme 3.0-rc1 (fabrics.c, `libnvmf_discover_nbft`).
 */
export function planConnectAll(
  tables: readonly NamedTable[],
  identity: HostIdentity = {},
  version: LibnvmeVersion = "3.0-rc1",
): ConnectPlan {
  const planner = new Planner(identity, version);
  return { version, tables: tables.map(({ path, bytes }) => planner.plan(path, readAsLibnvme(bytes, version))) };
}

/**
 * The strings that `nvme connect-all --nbft` of a plan writes to the fabrics device, each ended by a newline, when every connect is
 * refused (ECONNREFUSED), no host name can be resolved, and no interface of the table is there. With 3.0-rc1 the first discovery
 * controller that fails ends the run.
 */
export function* fabricsStrings(plan: ConnectPlan): Generator<Uint8Array> {
  for (const connection of attemptsWhenAllFail(plan)) {
    const text = fabricsString(connection);
    const line = new Uint8Array(text.length + 1);
    line.set(text);
    line[text.length] = 0x0a;
    yield line;
  }
}

/** The connections that a run tries when none succeeds and no host name can be resolved, in order. */
export function* attemptsWhenAllFail({ version, tables }: ConnectPlan): Generator<Connection> {
  for (const { steps } of tables) {
    for (const { action, kind, connection } of steps) {
      if (action === "die") return;
      if (action === "connect" && !connection!.named) yield connection!;
      const tried = action === "connect" || action === "fail";
      if (kind === "discovery" && tried && version === "3.0-rc1") return;
    }
  }
}

class Planner {
  readonly #identity: HostIdentity;
  readonly #old: boolean;
  /** Paths of attempts by NQN, then by the target's address and port, then by host address. */
  readonly #seen = new Map<string, Map<string, Map<string, string>>>();
  /** 2.x keeps the host ID of the table before when a table has none. */
  #lastHostId: string | undefined;

  constructor(identity: HostIdentity, version: LibnvmeVersion) {
    this.#identity = identity;
    this.#old = version === "1.13";
  }

  plan(source: string, { table, rejection, dropped, remarks, readsPastEnd }: LibnvmeReading): ConnectTablePlan {
    if (!table) {
      const { hostNqn, hostId } = this.#identity;
      return { source, rejection, hostNqn, hostId, notes: [], steps: drops(dropped) };
    }
    const notes = remarks.map(({ path, rule, message }) => note(`${path}: ${message}`, rule));
    if (!this.#old && (this.#identity.hostNqn === undefined || this.#identity.hostId === undefined)) {
      notes.push(
        note("3.0-rc1 takes host NQN and ID from /etc/nvme, or makes new ones: those of the table are only shown here"),
      );
    }
    if (readsPastEnd) notes.push(note("libnvme reads memory behind the table: what it does with that is not known"));
    const host = this.#host(table, notes);
    const steps = host.dies
      ? [
          {
            path: "host",
            kind: "io" as const,
            index: 0,
            hfi: undefined,
            action: "die" as const,
            hopeless: true,
            notes: [host.dies],
          },
        ]
      : this.#steps(table, host);
    return {
      source,
      rejection: undefined,
      hostNqn: host.hostNqn,
      hostId: host.hostId,
      notes,
      steps: [...steps, ...drops(dropped)],
    };
  }

  #steps({ subsystems, discovery }: LibnvmeTable, host: HostIdentity): ConnectStep[] {
    const texts = new Map<Uint8Array, string>();
    for (const { nqn } of subsystems) if (!texts.has(nqn)) texts.set(nqn, byteText(nqn));
    const nqns = subsystems.map(({ nqn }) => texts.get(nqn)!);
    const links = new Map<number, number>();
    for (const [i, { index, discovery: from }] of subsystems.entries()) {
      if (from && nqns[i] !== DISCOVERY_NQN && !links.has(from.index)) links.set(from.index, index);
    }
    return [
      ...subsystems.flatMap((subsystem, i) => this.#ssnsSteps(subsystem, nqns[i]!, host)),
      ...discovery.map((descriptor) => this.#discoveryStep(descriptor, links.get(descriptor.index), host)),
    ];
  }

  #host({ host }: LibnvmeTable, notes: Note[]) {
    const { hostNqn = host.nqn && byteText(host.nqn), hostId } = this.#identity;
    if (hostId !== undefined) return { hostNqn, hostId };
    if (!host.id) {
      const dies = note("the table has no host descriptor, and nvme-cli 2.x looks at its host ID all the same", "C002");
      return this.#old ? { hostNqn, hostId, dies } : { hostNqn, hostId };
    }
    if (host.id[0] !== 0) this.#lastHostId = formatUuid(host.id);
    else {
      notes.push(note("the host ID begins with a zero byte, which counts as no host ID", "O007"));
      if (!this.#old) this.#lastHostId = undefined;
    }
    return { hostNqn, hostId: this.#lastHostId };
  }

  #ssnsSteps(subsystem: LibnvmeSubsystem, nqn: string, host: HostIdentity): ConnectStep[] {
    const { position, index, flags, transportFlags, traddr } = subsystem;
    const path = `ssns[${position}]`;
    const trsvcid = byteText(subsystem.trsvcid);
    const common = textRefusals({ nqn, trsvcid, hostNqn: host.hostNqn });
    const hopeless = common.length > 0;
    if ((flags & 0x100) !== 0) common.push(note("marked unavailable: tried in silence, a failure does not count"));
    if ((flags & 2) !== 0) common.push(note("marked non-bootable: tried all the same"));
    if ((transportFlags & 6) !== 0) common.push(note("digests are required but not asked for"));
    const before = this.#before(nqn, traddr, trsvcid);
    return subsystem.hfis.map((hfi): ConnectStep => {
      const step = { path, kind: "io" as const, index, hfi: hfi?.index, hopeless: false };
      if (nqn === DISCOVERY_NQN) {
        return { ...step, action: "skip", notes: [note("NQN is the well-known discovery NQN", "S011")] };
      }
      if (subsystem.security) return { ...step, action: "skip", notes: [securityNote(subsystem.security.index)] };
      if (!hfi) {
        const why = note("the list of HFIs has a hole: the program dies of SIGSEGV", "S020");
        return { ...step, action: "die", hopeless: true, notes: [why] };
      }
      const connection: Connection = {
        kind: "io",
        nqn,
        traddr,
        trsvcid,
        hostTraddr: hfi.ipAddress,
        hostNqn: host.hostNqn,
        hostId: host.hostId,
        uniqueDiscovery: false,
        named: false,
        retriesWithoutHostTraddr: hfi.dhcpServer !== "",
      };
      const refusals = addressRefusals(connection);
      return {
        ...step,
        action: "connect",
        connection,
        hopeless: hopeless || refusals.length > 0,
        notes: [...refusals, ...repeated(before, hfi.ipAddress, path), ...common, ...hfiNotes(hfi)],
      };
    });
  }

  #discoveryStep(discovery: LibnvmeDiscovery, linkedBy: number | undefined, host: HostIdentity): ConnectStep {
    const { position, index, hfi } = discovery;
    const path = `discovery[${position}]`;
    const step = { path, kind: "discovery" as const, index, hfi: hfi?.index, hopeless: false };
    if (linkedBy !== undefined) {
      return { ...step, action: "skip", notes: [routine(`SSNS ${linkedBy} was learned from it`)] };
    }
    if (discovery.security) return { ...step, action: "skip", notes: [securityNote(discovery.security.index)] };
    const text = byteText(discovery.uri);
    const uri = parseFabricsUri(text);
    if (uri?.scheme !== "nvme" || uri.protocol !== "tcp") {
      return { ...step, action: "skip", notes: [note(`URI is not nvme+tcp: ${readableText(text)}`, "D005")] };
    }
    if (!hfi) {
      const why = note("its HFI is unknown: the program dies of SIGSEGV", "D008");
      return { ...step, action: "die", hopeless: true, notes: [why] };
    }
    // 2.x always asks for the well-known NQN, and resolves names.
    const nqn = this.#old || !discovery.nqn ? DISCOVERY_NQN : byteText(discovery.nqn);
    const numeric = canonicalAddress(uri.host);
    const connection: Connection = {
      kind: "discovery",
      nqn,
      traddr: (this.#old ? undefined : numeric) ?? uri.host,
      trsvcid: uri.port > 0 ? String(uri.port) : "8009",
      hostTraddr: hfi.ipAddress,
      hostNqn: host.hostNqn,
      hostId: host.hostId,
      uniqueDiscovery: nqn !== DISCOVERY_NQN,
      named: numeric === undefined,
      retriesWithoutHostTraddr: hfi.dhcpServer !== "",
    };
    const notes = hfiNotes(hfi);
    if (!this.#old) notes.push(routine("when it fails, everything behind it is not tried"));
    if (numeric === undefined) {
      const why = this.#old ? "the host name must be resolved first" : "a host name is refused: nothing is resolved";
      notes.unshift(note(why, "D006"));
      if (!this.#old) return { ...step, action: "fail", connection, hopeless: true, notes };
    }
    const refusals = connection.named ? textRefusals(connection) : kernelRefusals(connection);
    const before = this.#before(nqn, connection.traddr, connection.trsvcid);
    return {
      ...step,
      action: "connect",
      connection,
      hopeless: refusals.length > 0,
      notes: [...refusals, ...repeated(before, hfi.ipAddress, path), ...notes],
    };
  }

  /** Attempts to reach the same target so far: host address → path. */
  #before(nqn: string, traddr: string, trsvcid: string): Map<string, string> {
    const targets = this.#seen.get(nqn) ?? new Map<string, Map<string, string>>();
    this.#seen.set(nqn, targets);
    const place = `${traddr} ${trsvcid}`;
    const before = targets.get(place) ?? new Map<string, string>();
    targets.set(place, before);
    return before;
  }
}

/** Notes an attempt, and says which one before it was the same. */
function repeated(before: Map<string, string>, hostTraddr: string, path: string): Note[] {
  const twin = before.get(hostTraddr);
  if (twin !== undefined) return [note(`same as ${twin}: only tried when that one failed`, "S030")];
  before.set(hostTraddr, path);
  return [];
}

function securityNote(index: number): Note {
  return note(`security profile ${index}: connections with one are not implemented`);
}

function hfiNotes({ index, ipAddress, dhcpServer }: LibnvmeHfi): Note[] {
  const notes: Note[] = [];
  if (isZero(ipAddress)) notes.push(note(`HFI ${index} has no address: ${ipAddress} is passed as it is`, "T016"));
  if (dhcpServer !== "")
    notes.push(routine("tried again without host_traddr when the system has no such address (DHCP)"));
  return notes;
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
