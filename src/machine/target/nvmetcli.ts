import { formatJson } from "../../text/json.ts";
import { transportRequirement } from "./configfs.ts";
import { addressFamily, hyphenated, type TargetHost, type TargetSpec } from "./target-spec.ts";

/** A configuration as `nvmetcli restore` reads it. */
export interface NvmetcliConfig {
  /** Hosts by NQN; `dhchap` (their keys) where the host must prove who it is and secrets were given. */
  readonly hosts: readonly { readonly nqn: string; readonly dhchap?: Readonly<Record<string, string>> }[];
  /** Addresses at which nvmet listens, with the NQNs of the subsystems offered there. */
  readonly ports: readonly NvmetcliPort[];
  /** Subsystems with their namespaces and the host NQNs that may connect. */
  readonly subsystems: readonly NvmetcliSubsystem[];
}

interface NvmetcliPort {
  readonly addr: Readonly<Record<string, string>>;
  readonly ana_groups: readonly { readonly ana: { readonly state: string }; readonly grpid: number }[];
  readonly param: Readonly<Record<string, string>>;
  readonly portid: number;
  readonly referrals: readonly never[];
  readonly subsystems: readonly string[];
}

interface NvmetcliSubsystem {
  readonly allowed_hosts: readonly string[];
  readonly attr: Readonly<Record<string, string>>;
  readonly namespaces: readonly {
    readonly ana_grpid: number;
    readonly device: Readonly<Record<string, string>>;
    readonly enable: 1;
    readonly nsid: number;
  }[];
  readonly nqn: string;
}

/**
 * The target as nvmetcli's saved configuration (`/etc/nvmet/config.json`): attribute values are texts, as nvmetcli writes them to configfs.
 *
 * @param secretOf the text of a secret, by its file; without it the configuration has no keys, and the target demands no authentication
 */
export function nvmetcliConfig(spec: TargetSpec, secretOf?: (file: string) => string): NvmetcliConfig {
  const hosts = [...new Set(spec.subsystems.flatMap(({ hosts }) => (hosts === "any" ? [] : hosts)))];
  return {
    hosts: hosts.map((nqn) => {
      const secured = spec.hosts.find((host) => host.nqn === nqn);
      return secured && secretOf ? { dhchap: dhchapOf(secured, secretOf), nqn } : { nqn };
    }),
    ports: spec.ports.map(({ id, traddr, trsvcid, subsystems, tls }) => ({
      addr: {
        adrfam: addressFamily(traddr),
        traddr,
        treq: tls === undefined ? "not specified" : transportRequirement[tls],
        ...(tls && { tsas: "tls1.3" }),
        trsvcid: String(trsvcid),
        trtype: "tcp",
      },
      ana_groups: [{ ana: { state: "optimized" }, grpid: 1 }],
      param: {},
      portid: id,
      referrals: [],
      subsystems,
    })),
    subsystems: spec.subsystems.map(({ nqn, serial, model, hosts: allowed, namespaces }) => ({
      allowed_hosts: allowed === "any" ? [] : allowed,
      attr: {
        allow_any_host: allowed === "any" ? "1" : "0",
        ...(model !== undefined && { model }),
        ...(serial !== undefined && { serial }),
      },
      namespaces: namespaces.map(({ nsid, path, uuid, nguid }) => ({
        ana_grpid: 1,
        device: {
          ...(nguid !== undefined && { nguid: hyphenated(nguid) }),
          path,
          ...(uuid !== undefined && { uuid }),
        },
        enable: 1,
        nsid,
      })),
      nqn,
    })),
  };
}

function dhchapOf(
  { secret, controllerSecret, hash, dhGroup }: TargetHost,
  secretOf: (file: string) => string,
): Readonly<Record<string, string>> {
  return {
    ...(controllerSecret !== undefined && { ctrl_key: secretOf(controllerSecret) }),
    dhgroup: dhGroup,
    hash: `hmac(${hash})`,
    key: secretOf(secret),
  };
}

/** Text of the file that `nvmetcli restore FILE` reads; with `secretOf` it holds the keys. */
export function formatNvmetcli(spec: TargetSpec, secretOf?: (file: string) => string): string {
  return formatJson(nvmetcliConfig(spec, secretOf));
}
