import { formatJson } from "../../text/json.ts";
import { addressFamily, hyphenated, type TargetSpec } from "./target-spec.ts";

/** A configuration as `nvmetcli restore` reads it. */
export interface NvmetcliConfig {
  readonly hosts: readonly { readonly nqn: string }[];
  readonly ports: readonly NvmetcliPort[];
  readonly subsystems: readonly NvmetcliSubsystem[];
}

interface NvmetcliPort {
  readonly addr: Readonly<Record<"adrfam" | "traddr" | "treq" | "trsvcid" | "trtype", string>>;
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
 */
export function nvmetcliConfig(spec: TargetSpec): NvmetcliConfig {
  const hosts = [...new Set(spec.subsystems.flatMap(({ hosts }) => (hosts === "any" ? [] : hosts)))];
  return {
    hosts: hosts.map((nqn) => ({ nqn })),
    ports: spec.ports.map(({ id, traddr, trsvcid, subsystems }) => ({
      addr: {
        adrfam: addressFamily(traddr),
        traddr,
        treq: "not specified",
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

/** Text of the file that `nvmetcli restore FILE` reads. */
export function formatNvmetcli(spec: TargetSpec): string {
  return formatJson(nvmetcliConfig(spec));
}
