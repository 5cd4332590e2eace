import { isObject } from "../text/is-object.ts";
import { IO_PORT, uuidNqn } from "../text/nvme.ts";
import type { FirmwareAttempt, FirmwareConfig } from "../uefi/config/firmware-config.ts";

/** A boot that a test plan describes. */
export interface PlannedBoot {
  readonly name: string;
  readonly config: FirmwareConfig;
}

/**
 * What rh-linux-poc's orchestrator puts in the place of `"default"`, and of a host without an identifier (timberland-sig/rh-linux-poc,
 * orchestrator/defaults.py). The second attempt has the second card and network, those after it the first.
 */
const defaults = {
  hostId: "f8131bac-cdef-4165-866b-5998c1e67890",
  nqn: "nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db",
  ways: [
    { bridge: "br1", mac: "EA:EB:D3:58:89:58", host: "192.168.101.30", target: "192.168.101.20" },
    { bridge: "br2", mac: "EA:EB:D3:59:89:59", host: "192.168.110.30", target: "192.168.110.20" },
  ],
  port: IO_PORT,
  timeout: 3000,
  retries: 10,
  prefix: 24,
} as const;

type Json = Readonly<Record<string, unknown>>;

const objects = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
const given = (value: unknown) =>
  typeof value === "string" && value !== "default" && value !== "" ? value : undefined;
const number = (value: unknown) => (typeof value === "number" && Number.isInteger(value) ? value : undefined);

/** Whether a value is rh-linux-poc's tests.json: environments with tests that have boot attempts. */
export function isTestPlan(value: unknown): boolean {
  if (!isObject(value)) return false;
  return objects(value["environments"]).some(({ tests }) => objects(tests).some((test) => "bootAttempts" in test));
}

/** The boots of rh-linux-poc's tests.json, as its orchestrator/eficonfig.py writes them into a Config. A test without a name is called by its place. */
export function plannedBoots(plan: unknown): PlannedBoot[] {
  if (!isObject(plan)) return [];
  return objects(plan["environments"]).flatMap((environment, i) =>
    objects(environment["tests"]).map((test, j) => ({
      name: given(test["name"]) ?? `environments[${i}].tests[${j}]`,
      config: configOf(test, isObject(environment["network"]) ? environment["network"] : {}),
    })),
  );
}

function configOf(test: Json, network: Json): FirmwareConfig {
  const hostId = (given(test["host-uuid"]) ?? defaults.hostId).toLowerCase();
  return {
    hostNqn: uuidNqn(hostId),
    hostId,
    attempts: objects(test["bootAttempts"]).map((attempt, i) => attemptOf(attempt, i, network)),
  };
}

function attemptOf(attempt: Json, position: number, network: Json): FirmwareAttempt {
  const way = defaults.ways[position] ?? defaults.ways[0];
  const bridge = position < defaults.ways.length && isObject(network[way.bridge]) ? (network[way.bridge] as Json) : {};
  // An address of the network may have its prefix length after it.
  const address = (value: unknown) => given(value)?.split("/")[0];
  const host = given(attempt["hostIp"]) ?? address(bridge["hostVmIp"]) ?? way.host;
  const mask = attempt["subnetMask"] === "default" ? defaults.prefix : (attempt["subnetMask"] ?? bridge["subnetMask"]);
  return {
    attemptName: `Attempt${position + 1}`,
    hostName: "host-vm",
    macString: (given(attempt["macAddress"]) ?? way.mac).toUpperCase(),
    targetPort: number(attempt["port"]) ?? defaults.port,
    enabled: 1,
    ipMode: 0,
    ...(host === "dhcp" ? { initiatorInfoFromDhcp: true } : { localIp: host, subnetMask: maskOf(mask) }),
    targetIp: given(attempt["targetIp"]) ?? address(bridge["targetVmIp"]) ?? way.target,
    nqn: given(attempt["subsystemNQN"]) ?? defaults.nqn,
    connectTimeout: number(attempt["timeout"]) ?? defaults.timeout,
    connectRetryCount: defaults.retries,
  };
}

/** A subnet mask of a prefix length, or as it is written. */
function maskOf(mask: unknown): string {
  if (typeof mask === "string") return mask;
  const prefix = number(mask) ?? defaults.prefix;
  return [0, 8, 16, 24].map((from) => 256 - 2 ** (8 - Math.min(Math.max(prefix - from, 0), 8))).join(".");
}
