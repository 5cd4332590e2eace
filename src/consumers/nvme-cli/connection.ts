import { latin1Bytes } from "../../bytes/latin1.ts";
import { DISCOVERY_NQN } from "../../text/nvme.ts";
import type { IdentitySource } from "./host-identity.ts";

/** One attempt to connect: what a program asks the kernel for. Texts hold one character a byte. */
export interface Connection {
  /** `discovery` reads a log page and then connects to what it lists. */
  readonly kind: "io" | "discovery";
  /** NQN of the subsystem or discovery controller. */
  readonly nqn: string;
  /** Address, or host name, of the target. */
  readonly traddr: string;
  /** The address is a host name, which somebody must resolve first. */
  readonly named: boolean;
  /** Empty where the program leaves the port to the kernel. */
  readonly trsvcid: string;
  /** Address that the connection starts from; undefined where the kernel chooses. */
  readonly hostTraddr: string | undefined;
  /** The interface that the connection is bound to; absent where the routing table decides. */
  readonly hostIface: string | undefined;
  /** Absent where the program leaves the identity to the kernel. */
  readonly hostNqn: string | undefined;
  /** As UUID text; absent where the program leaves it to the kernel. */
  readonly hostId: string | undefined;
  /** Who says the host NQN. */
  readonly nqnFrom: IdentitySource;
  /** Who says the host ID. */
  readonly idFrom: IdentitySource;
  /** The option `discovery`, for a discovery controller with an NQN of its own. */
  readonly uniqueDiscovery: boolean;
  /** With EADDRNOTAVAIL it is tried again without `host_traddr`: DHCP may give the system another address than the firmware. */
  readonly retriesWithoutHostTraddr: boolean;
}

const CTRL_LOSS_TMO = 600;

/**
 * The string that libnvme writes to /dev/nvme-fabrics for a connection. An option without a value, or with the value `none`, is left
 * out. What the strings of the table hold goes through as it is, commas included: the kernel takes what follows one for an option.
 *
 * libnvme 1.13 to 3.1, `build_options`.
 */
export function fabricsString(connection: Connection): Uint8Array {
  const { nqn, traddr, hostTraddr, hostIface, trsvcid, hostNqn, hostId, uniqueDiscovery } = connection;
  const option = (name: string, value: string | undefined) =>
    value === undefined || value === "" || value === "none" ? "" : `,${name}=${value}`;
  const text =
    `nqn=${nqn},transport=tcp${option("traddr", traddr)}${option("host_traddr", hostTraddr)}${option("host_iface", hostIface)}${option("trsvcid", trsvcid)}` +
    `${option("hostnqn", hostNqn)}${option("hostid", hostId)}${uniqueDiscovery ? ",discovery" : ""},ctrl_loss_tmo=${CTRL_LOSS_TMO}`;
  return latin1Bytes(text);
}

/**
 * Words of an `nvme` command that makes the same connection: `nvme connect`, or `nvme connect-all` for a discovery controller. Host NQN
 * and ID are left to it where they are the system's.
 */
export function nvmeCommand(connection: Connection): string[] {
  const { kind, nqn, traddr, hostTraddr, hostIface, trsvcid, hostNqn, hostId, nqnFrom, idFrom } = connection;
  const option = (name: string, value: string | undefined) =>
    value === undefined || value === "" ? [] : [`--${name}=${value}`];
  return [
    "nvme",
    kind === "io" ? "connect" : "connect-all",
    "--transport=tcp",
    ...option("traddr", traddr),
    ...option("trsvcid", trsvcid),
    ...option("host-traddr", hostTraddr),
    ...option("host-iface", hostIface),
    ...option("nqn", nqn === DISCOVERY_NQN ? undefined : nqn),
    ...option("hostnqn", nqnFrom === "system" ? undefined : hostNqn),
    ...option("hostid", idFrom === "system" ? undefined : hostId),
    `--ctrl-loss-tmo=${CTRL_LOSS_TMO}`,
  ];
}
