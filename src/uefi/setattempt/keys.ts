import { nvmeofAttemptConfig } from "../nvmeof/attempt-config.ts";
import { nvmeofGlobalData } from "../nvmeof/global-data.ts";

type AttemptField = keyof typeof nvmeofAttemptConfig.fields;
type GlobalField = keyof typeof nvmeofGlobalData.fields;

/**
 * How the tool reads a value: text copied as it stands, a decimal number cut to its field, an address, TRUE or anything
 * else, a GUID that is checked or not, a switch that must be TRUE or FALSE.
 */
export type KeyKind = "text" | "number" | "address" | "boolean" | "guid" | "host-id" | "switch";

/** One key of a Config. */
export interface ConfigKey {
  /** As the tool's help and samples spell it. */
  readonly name: string;
  /** How the tool reads its value. */
  readonly kind: KeyKind;
  /** Whose field it sets; keys of the global data count wherever they stand. */
  readonly scope: "global" | "attempt";
  /** Name of the field in the model of the global data or of the attempt. */
  readonly field: string;
  /** Bytes from the start of the global data or of the attempt. */
  readonly at: number;
  /** Bytes of the field. */
  readonly size: number;
  /** Read by no released driver, or only copied into the NBFT: what the value does not do. */
  readonly without?: string | undefined;
}

function attempt(name: string, kind: KeyKind, field: AttemptField, without?: string): ConfigKey {
  const { at, size } = nvmeofAttemptConfig.fields[field];
  return { name, kind, scope: "attempt", field, at, size, without };
}

function global(name: string, kind: KeyKind, field: GlobalField): ConfigKey {
  const { at, size } = nvmeofGlobalData.fields[field];
  return { name, kind, scope: "global", field, at, size };
}

const unused = "no driver reads it";

/** Every key, in the order in which a Config is written. */
export const configKeys: readonly ConfigKey[] = [
  global("NvmeOfEnabled", "boolean", "enabled"),
  global("HostNqn", "text", "hostNqn"),
  global("HostId", "host-id", "hostId"),
  attempt("AttemptName", "text", "attemptName"),
  attempt("AutoConfigureMode", "number", "autoConfigureMode", "the driver overwrites it"),
  attempt("HostName", "text", "hostName"),
  attempt("MacString", "text", "macString"),
  attempt("TargetPort", "number", "targetPort"),
  attempt("Enabled", "number", "enabled"),
  attempt("IpMode", "number", "ipMode"),
  attempt("InitiatorInfoFromDhcp", "boolean", "initiatorInfoFromDhcp"),
  attempt("LocalIp", "address", "localIp"),
  attempt("SubnetMask", "address", "subnetMask"),
  attempt("Gateway", "address", "gateway"),
  attempt("PrimaryDns", "address", "primaryDns", "it is only copied into the NBFT, names are resolved elsewhere"),
  attempt("SecondaryDns", "address", "secondaryDns", "it is only copied into the NBFT, names are resolved elsewhere"),
  attempt("TargetInfoFromDhcp", "boolean", "targetInfoFromDhcp"),
  attempt("TargetIp", "address", "targetIp"),
  attempt("ServerName", "text", "serverName"),
  attempt("TransportPort", "number", "transportPort", `${unused}; the TCP port is TargetPort`),
  attempt("ControllerId", "number", "controllerId"),
  attempt("NID", "text", "nid"),
  attempt("NQN", "text", "nqn"),
  attempt("TransportGUID", "guid", "transportGuid", unused),
  attempt("ConnectTimeout", "number", "connectTimeout", unused),
  attempt("ConnectRetryCount", "number", "connectRetryCount", unused),
  attempt("DnsMode", "boolean", "dnsMode"),
  attempt("RouteMetric", "number", "routeMetric"),
  attempt("HostNqnOverride", "text", "hostNqnOverride", unused),
  attempt("HostIdOverride", "host-id", "hostIdOverride", unused),
  attempt("HostOverrideEnable", "switch", "hostOverrideEnable", unused),
];

const byUpperCase = new Map(configKeys.map((key) => [key.name.toUpperCase(), key]));

/** The key of a tag as the tool compares it: in any case, but for `Enabled`. */
export function findKey(tag: string): ConfigKey | undefined {
  const key = byUpperCase.get(upperAscii(tag));
  return key?.name === "Enabled" && tag !== "Enabled" ? undefined : key;
}

/** ASCII letters in upper case, other characters as they are. */
export function upperAscii(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}
