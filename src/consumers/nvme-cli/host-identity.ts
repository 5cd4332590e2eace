import { latin1Text } from "../../bytes/latin1.ts";
import { formatUuid } from "../../text/uuid.ts";
import type { Does } from "../behaviours/index.ts";
import type { LibnvmeTable } from "../libnvme/libnvme-table.ts";
import { type Note, note, routine } from "../note.ts";

/** Names of a host, one character a byte. */
export interface HostIdentity {
  /** Host NQN; undefined where it is not known. */
  readonly hostNqn?: string | undefined;
  /** Host ID as UUID text; undefined where it is not known. */
  readonly hostId?: string | undefined;
}

/** Who names the host, of a run through several tables. */
export interface HostNaming {
  /** `--hostnqn` and `--hostid`. */
  readonly given: HostIdentity;
  /** What the system has in /etc/nvme, where that is known. */
  readonly system: HostIdentity;
}

/** Where a name comes from: the command line, the table, or the system (/etc/nvme, SMBIOS, the machine ID, or made up). */
export type IdentitySource = "command line" | "table" | "system";

/** The host as a run names it for one table. */
export interface PlannedHost {
  /** Host NQN, one character a byte; undefined where nobody names one. */
  readonly hostNqn: string | undefined;
  /** Host ID as UUID text; undefined where nobody names one. */
  readonly hostId: string | undefined;
  /** Who says the host NQN. */
  readonly nqnFrom: IdentitySource;
  /** Who says the host ID. */
  readonly idFrom: IdentitySource;
  /** Whether both are what will be used. What the system uses is only known where it was given: else the table's are in its place. */
  readonly known: boolean;
  /** Whether the host NQN differs from the table's; undefined where that is not known. */
  readonly differs: boolean | undefined;
  /** Why looking for the name kills the program. */
  readonly dies: Note | undefined;
  /** Why, and what is worth knowing. */
  readonly notes: readonly Note[];
}

/** Names the host of each table of a run, in order. */
export class HostNamer {
  readonly #naming: HostNaming;
  readonly #does: Does<"nvme-cli">;
  /** 2.x keeps the host ID of the table before when a table has none. */
  #lastHostId: string | undefined;

  constructor(naming: HostNaming, does: Does<"nvme-cli">) {
    this.#naming = naming;
    this.#does = does;
  }

  /** What is known without a table. */
  readonly unnamed = (): PlannedHost => {
    const { given } = this.#naming;
    return {
      ...given,
      hostNqn: given.hostNqn,
      hostId: given.hostId,
      nqnFrom: "command line",
      idFrom: "command line",
      known: true,
      differs: undefined,
      dies: undefined,
      notes: [],
    };
  };

  name({ host }: LibnvmeTable): PlannedHost {
    const tableNqn = host.nqn && latin1Text(host.nqn);
    const { given, system } = this.#naming;
    const notes: Note[] = [];
    const tableId = this.#tableId(host.id, given.hostId === undefined && this.#does.usesTableHostIdentity ? notes : []);
    const own: IdentitySource = this.#does.usesTableHostIdentity ? "table" : "system";
    const nqnFrom = given.hostNqn === undefined ? own : "command line";
    const idFrom = given.hostId === undefined ? own : "command line";
    const fromSystem = (name: keyof HostIdentity) => own === "system" && given[name] === undefined;
    const known = (["hostNqn", "hostId"] as const).every((name) => !fromSystem(name) || system[name] !== undefined);
    const hostNqn = given.hostNqn ?? (own === "system" ? system.hostNqn : undefined) ?? tableNqn;
    const hostId = given.hostId ?? (own === "system" ? system.hostId : undefined) ?? tableId;
    const differs = fromSystem("hostNqn") && system.hostNqn === undefined ? undefined : hostNqn !== tableNqn;
    if (own === "system" && !known) notes.push(unknownIdentity);
    if (nqnFrom !== "table" && differs) {
      notes.push(
        note(
          `the host NQN is not the table's, ${nqnFrom === "system" ? "but the system's" : "but the command line's"}: a target that allows only the table's refuses the connection`,
        ),
      );
    }
    return { hostNqn, hostId, nqnFrom, idFrom, known, differs, dies: this.#death(host.id, given), notes };
  }

  #tableId(id: Uint8Array | undefined, notes: Note[]): string | undefined {
    if (!id) return this.#lastHostId;
    if (id[0] !== 0) this.#lastHostId = formatUuid(id);
    else {
      notes.push(note("the host ID begins with a zero byte, which counts as no host ID", "O013"));
      if (!this.#does.usesTableHostIdentity) this.#lastHostId = undefined;
    }
    return this.#lastHostId;
  }

  #death(id: Uint8Array | undefined, { hostId }: HostIdentity): Note | undefined {
    if (id || hostId !== undefined || !this.#does.blockValidZeroIsEmpty) return undefined;
    return note("the table has no host descriptor, and nvme-cli 2.x reads its host ID anyway", "C002");
  }
}

const unknownIdentity = routine(
  "host NQN and ID are the system's (/etc/nvme, SMBIOS, the machine ID, or generated), never the table's: a target that allows only the table's host NQN refuses the connection if they differ",
);
