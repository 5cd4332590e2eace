import { parseNetwork } from "../boot/portal.ts";
import { uuidForm } from "../boot/text-forms.ts";
import { DISCOVERY_NQN } from "../text/nvme.ts";
import {
  type AttemptNetwork,
  isIpv6Attempt,
  isSamePath,
  type LiveAttempt,
  liveAttempts,
  networkOf,
  takeLease,
} from "./attempt.ts";
import type { BootFacts } from "./facts.ts";
import { comparePlaces, pciOrder } from "./pci-order.ts";
import { efiAddress, readRootPath } from "./root-path.ts";

/** A namespace that the firmware mounted, or a connection that failed: a record of the table to be. */
export interface PathRecord {
  /** The attempt it came from. */
  readonly attempt: LiveAttempt;
  readonly failed: boolean;
  /** 16 bytes, IPv4 in the first four. */
  readonly traddr: Uint8Array;
  readonly trsvcid: string;
  readonly nqn: string;
  readonly controllerId: number;
  readonly namespace: {
    readonly nsid: number;
    readonly uuid?: string | undefined;
    readonly nguid?: string | undefined;
  };
}

/** What the driver knows at the moment when it publishes. */
export interface DriverState {
  /** Enabled attempts in the order of the variable. */
  readonly attempts: readonly LiveAttempt[];
  readonly records: readonly PathRecord[];
  /** Root path of the DHCP offer since the last publication. */
  readonly rootPath: string | undefined;
}

/** What a simulated boot came to. */
export interface DriverRun {
  /** The state of the last publication; undefined when the firmware publishes nothing. */
  readonly published: DriverState | undefined;
  /** Why the machine does not come as far as an operating system. */
  readonly halt: string | undefined;
  /** Numbers of the attempts that connect, as far as the boot comes. */
  readonly connects: ReadonlySet<number>;
  /** What was assumed because no fact says it. */
  readonly assumptions: readonly string[];
}

/** More records than this the driver's list does not hold. */
const recordRoom = 32;

/**
 * Plays the driver's part in a boot: card by card it goes through the attempts, connects, and publishes a new table after
 * each connection, good or bad. What a later connection changes, the last table shows.
 */
export function runDriver(variable: Uint8Array, count: number, facts: BootFacts): DriverRun {
  return new Driver(variable, count, facts).run();
}

class Driver {
  readonly #variable: Uint8Array;
  readonly #count: number;
  readonly #facts: BootFacts;
  readonly #assumptions = new Set<string>();
  #attempts: LiveAttempt[];
  #records: PathRecord[] = [];
  #connected: LiveAttempt[] = [];
  readonly #made = new Set<number>();
  #connections = 0;
  /** Assumptions that only matter if another table follows. */
  readonly #later: string[] = [];
  #rootPath: string | undefined;
  #published: DriverState | undefined;
  #halt: string | undefined;
  /** Subsystems that are connected, by address, port and NQN, and the attempt that did it. */
  readonly #places = new Map<string, number>();

  constructor(variable: Uint8Array, count: number, facts: BootFacts) {
    this.#variable = variable;
    this.#count = count;
    this.#facts = facts;
    this.#attempts = liveAttempts(variable, count);
  }

  run(): DriverRun {
    for (const group of this.#starts()) {
      for (const number of group) {
        this.#try(this.#attempts[number - 1]!);
        if (this.#halt !== undefined) return this.#result(undefined);
      }
      // A card whose attempts all failed leaves nothing behind, unless another had connected before.
      if (this.#connected.length > 0) continue;
      this.#attempts = liveAttempts(this.#variable, this.#count);
      this.#records = [];
    }
    return this.#result(this.#published);
  }

  #result(published: DriverState | undefined): DriverRun {
    return { published, halt: this.#halt, connects: this.#made, assumptions: [...this.#assumptions] };
  }

  /** Attempt numbers in the order of connection, a group for each card and IP version. */
  #starts(): number[][] {
    const groups: number[][] = [];
    let last: string | undefined;
    for (const number of this.#order()) {
      const { macString, ipMode } = this.#attempts[number - 1]!;
      const key = `${macString} ${ipMode === 1 ? 6 : 4}`;
      if (key !== last) groups.push([]);
      groups.at(-1)!.push(number);
      last = key;
    }
    return groups;
  }

  #order(): number[] {
    const usable = this.#attempts.filter((attempt) => this.#isUsable(attempt)).map(({ number }) => number);
    const { connectionOrder } = this.#facts;
    if (connectionOrder === null) return usable;
    if (connectionOrder !== undefined) return connectionOrder.filter((number) => usable.includes(number));
    const cards = [...new Set(usable.map((number) => this.#attempts[number - 1]!.macString))];
    if (cards.length > 1) this.#assume("the firmware connects card by card, in the order of their PCI places");
    const rank = (number: number) => {
      const { macString, ipMode } = this.#attempts[number - 1]!;
      return [pciOrder(this.#pciOf(networkOf(macString)!)), cards.indexOf(macString), ipMode === 1 ? 1 : 0, number];
    };
    return usable.sort((a, b) => comparePlaces(rank(a), rank(b)));
  }

  #isUsable({ macString, number, ipMode }: LiveAttempt): boolean {
    const network = networkOf(macString);
    if (!network) this.#assume(`attempt ${number} is ignored: no card is called ${JSON.stringify(macString)}`);
    else if (this.#pciOf(network) === undefined) {
      this.#assume(`attempt ${number} is ignored: the machine has no card ${network.mac}`);
    } else if (this.#facts.untriedAttempts?.includes(number)) return false;
    else if (ipMode > 2) this.#assume(`attempt ${number} is ignored: IpMode ${ipMode} means nothing`);
    else return true;
    return false;
  }

  #pciOf({ mac }: AttemptNetwork): string | undefined {
    const { pci } = this.#facts;
    return pci === undefined ? "" : pci[mac];
  }

  #assume(text: string): void {
    this.#assumptions.add(text);
  }

  #try(attempt: LiveAttempt): void {
    attempt.started = true;
    if (this.#connected.some((other) => isSamePath(attempt, other))) return;
    if (attempt.ipMode === 2) {
      attempt.hostInfoDhcp = true;
      attempt.subsysInfoDhcp = true;
    }
    if ((attempt.hostInfoDhcp || attempt.subsysInfoDhcp) && !this.#askDhcp(attempt)) return;
    if (attempt.dnsMode && !this.#resolve(attempt)) return;
    const failed = this.#facts.failedAttempts?.includes(attempt.number) ?? false;
    if (failed) this.#record(attempt, { failed, nqn: attempt.nqn, controllerId: 0, namespace: { nsid: 0 } });
    else {
      this.#made.add(attempt.number);
      this.#connect(attempt);
    }
    if (this.#halt !== undefined) return;
    this.#publish();
    if (failed) return;
    this.#connected.push({ ...attempt });
    if (isIpv6Attempt(attempt)) this.#noteIpv6(attempt);
  }

  /** Takes over what the DHCP server says; false when there is no offer that the driver accepts. */
  #askDhcp(attempt: LiveAttempt): boolean {
    const { mac } = networkOf(attempt.macString)!;
    const lease = this.#facts.leases?.[mac] ?? this.#facts.dhcp;
    if (!lease) {
      this.#assume(`attempt ${attempt.number} is not made: no lease for ${mac} is known`);
      return false;
    }
    if (attempt.subsysInfoDhcp && !this.#followRootPath(attempt, lease.rootPath ?? this.#facts.rootPath)) return false;
    takeLease(attempt, lease);
    return true;
  }

  #followRootPath(attempt: LiveAttempt, text: string | undefined): boolean {
    const path = text === undefined ? undefined : readRootPath(text, isIpv6Attempt(attempt));
    if (!path) {
      const why =
        text === undefined ? "no root path is known" : "the driver refuses the root path, and the lease with it";
      this.#assume(`attempt ${attempt.number} is not made: ${why}`);
      return false;
    }
    attempt.dnsMode = path.serverName !== undefined;
    attempt.serverName = path.serverName ?? "";
    attempt.targetIp = path.targetIp ?? attempt.targetIp;
    attempt.targetPort = path.port;
    attempt.nqn = path.nqn;
    attempt.nid = path.nid;
    this.#rootPath = path.kept;
    return true;
  }

  #resolve(attempt: LiveAttempt): boolean {
    const address = this.#facts.resolved?.[attempt.serverName];
    const bytes = address === undefined ? undefined : efiAddress(address);
    if (!bytes) {
      this.#assume(
        `attempt ${attempt.number} is not made: no address of ${JSON.stringify(attempt.serverName)} is known`,
      );
      return false;
    }
    attempt.targetIp = bytes;
    return true;
  }

  #connect(attempt: LiveAttempt): void {
    const asks = attempt.nqn.toLowerCase() === DISCOVERY_NQN;
    const controllerId = this.#controllerId(attempt, asks);
    for (const found of asks ? this.#discover(attempt) : [{ nqn: attempt.nqn }]) {
      if (!this.#isNewPlace(attempt, found)) return;
      for (const namespace of this.#namespacesOf(found.nqn, attempt)) {
        this.#record(attempt, { failed: false, controllerId, namespace, ...found });
      }
    }
  }

  /** The driver finds the connection that it has to a place, through whatever card, misses a socket of its own, and asserts. */
  #isNewPlace(attempt: LiveAttempt, found: { nqn: string; traddr?: Uint8Array; trsvcid?: string }): boolean {
    const { nqn, traddr = attempt.targetIp, trsvcid = String(attempt.targetPort).slice(0, 4) } = found;
    const key = `${traddr} ${trsvcid} ${nqn}`;
    const earlier = this.#places.get(key);
    this.#places.set(key, attempt.number);
    if (earlier === undefined) return true;
    this.#halt = `it halts: attempts ${earlier} and ${attempt.number} connect to the same subsystem at the same address and port`;
    return false;
  }

  #controllerId(attempt: LiveAttempt, asks: boolean): number {
    const { controllerIds } = this.#facts;
    // A discovery controller takes an id of its own from a Linux target before the subsystem's.
    this.#connections += asks && controllerIds === undefined ? 2 : 1;
    if (controllerIds === undefined) this.#assume("controller ids are those of a target without other hosts: 1, 2, …");
    return controllerIds?.[attempt.number - 1] ?? this.#connections;
  }

  #discover(attempt: LiveAttempt): { nqn: string; traddr?: Uint8Array; trsvcid?: string }[] {
    const { discovered, subsystemNqn } = this.#facts;
    if (discovered) {
      return discovered
        .filter(({ attempt: number }) => number === attempt.number)
        .map(({ nqn, traddr, trsvcid }) => ({
          nqn,
          ...(traddr !== undefined && { traddr: efiAddress(traddr)! }),
          ...(trsvcid !== undefined && { trsvcid: String(trsvcid) }),
        }));
    }
    if (subsystemNqn === undefined) {
      this.#assume(`attempt ${attempt.number} finds no subsystem: none is known that its discovery controller names`);
      return [];
    }
    return [{ nqn: subsystemNqn }];
  }

  #namespacesOf(nqn: string, attempt: LiveAttempt): PathRecord["namespace"][] {
    const list = this.#facts.subsystems?.find((each) => each.nqn === nqn)?.namespaces ?? this.#facts.namespaces;
    if (!list) {
      const uuid = uuidForm.parse(attempt.nid) ?? "00000000-0000-0000-0000-000000000000";
      this.#assume(`the target has one namespace, NSID 1, with UUID ${uuid}`);
      return [{ nsid: 1, uuid }];
    }
    const namespaces = list.map(({ nsid, uuid, nguid }, i) => ({ nsid: nsid ?? i + 1, uuid, nguid }));
    return namespaces.sort((a, b) => a.nsid - b.nsid);
  }

  #record(
    attempt: LiveAttempt,
    record: Omit<PathRecord, "attempt" | "traddr" | "trsvcid"> & Partial<PathRecord>,
  ): void {
    if (this.#records.length >= recordRoom) {
      this.#assume(`the driver has room for ${recordRoom} records: the others are lost`);
      return;
    }
    // It keeps four digits of the port.
    this.#records.push({
      traddr: attempt.targetIp.slice(),
      trsvcid: String(attempt.targetPort).slice(0, 4),
      ...record,
      attempt,
    });
  }

  #publish(): void {
    for (const assumption of this.#later.splice(0)) this.#assume(assumption);
    // Later connections change the attempts; only the next table shows that.
    const attempts = this.#attempts.map((attempt) => ({ ...attempt }));
    const records = this.#records.map((record) => ({ ...record, attempt: attempts[record.attempt.number - 1]! }));
    this.#published = { attempts, records, rootPath: this.#rootPath };
    // It is forgotten with the first table that shows it.
    this.#rootPath = undefined;
  }

  /** After publishing, the driver learns which address its IPv6 stack used; the next table shows it. */
  #noteIpv6(attempt: LiveAttempt): void {
    const { mac } = networkOf(attempt.macString)!;
    const used = this.#facts.ipv6?.[mac];
    const network = used && parseNetwork(used.address);
    if (!network) {
      this.#later.push(`${mac} uses the IPv6 address of its attempt, prefix length ${attempt.prefixLength}`);
      return;
    }
    attempt.hostIp = efiAddress(network.address)!;
    attempt.prefixLength = network.prefixLength;
    if (used.gateway !== undefined) attempt.gateway = efiAddress(used.gateway)!;
  }
}
