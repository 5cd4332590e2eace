import { type CpioFile, encodeCpio } from "../acpi/cpio.ts";
import type { BootTarget } from "../boot/description.ts";
import { securityOfProfile } from "../boot/security.ts";
import { authenticationChoice, type TargetHost } from "../machine/target/target-spec.ts";
import type { NbftTable } from "../nbft/table.ts";
import { pathsWithProfile, secretsArchive } from "../secrets/archive.ts";
import type { PathSecrets, SecuredPath } from "../secrets/nvme-config.ts";
import { formatSecret, makeSecret } from "../secrets/secret.ts";
import { LabError } from "./errors.ts";
import type { RunOptions } from "./run-options.ts";
import type { Remark } from "./topology/remark.ts";
import type { Fault } from "./topology/topology.ts";

/** What a run's target demands of its hosts, and the keys of both sides. */
export interface RunSecurity {
  /** What nvmet is to ask for, in every authentication. */
  readonly choice: Pick<TargetHost, "hash" | "dhGroup">;
  readonly target: PathSecrets;
  /** Absent where the host is to have none, or brings its own. */
  readonly host: PathSecrets | undefined;
  /** Host NQN that the host's keys are filed under, where it is not the table's. */
  readonly filedUnder: string | undefined;
}

/** Deliberate defects of a secured run. */
const faultsOfSecurity: readonly Fault[] = [
  "no-key",
  "wrong-key",
  "wrong-controller-key",
  "other-host-key",
  "no-demand",
];

const otherHost = "nqn.2014-08.org.nvmexpress:uuid:4e424654-0007-4c61-b000-00000000cafe";

/**
 * What the security profiles of tables ask for, with keys that are made for this run unless some are given. Keys that are given count without
 * any profile as well: nvme-cli 2.x does not look at it.
 *
 * @throws {LabError} for keys that are missing, or a fault that has nothing to break
 */
export function securityOfRun(
  tables: readonly NbftTable[],
  options: Pick<RunOptions, "depth" | "described" | "faults" | "firmwareBoot" | "initrd" | "secrets" | "target">,
  remarks: Remark[],
): RunSecurity | undefined {
  const { described = [], faults = [], secrets: given } = options;
  const broken = faults.find((fault) => faultsOfSecurity.includes(fault));
  const choice = choiceOf(tables, remarks) ?? (given?.host ? authenticationChoice({}) : undefined);
  // Authentication is asked for by the lab's own target, and no public firmware has any.
  if (!choice || options.depth === "read" || options.firmwareBoot || (options.target && !given)) {
    if (broken !== undefined) throw new LabError(`--fault ${broken}: nothing in this run asks for authentication`);
    return undefined;
  }
  const mutual = described.some(({ security }) => security?.controllerSecret !== undefined);
  if (given && !given.host) throw new LabError("--secrets: no host.key, and the target asks the host for one");
  if (given && mutual && !given.controller)
    throw new LabError("--secrets: no controller.key, and the boot description names a controllerSecret");
  if (!given && options.initrd !== undefined)
    throw new LabError(
      "the table asks for authentication, and --initrd has keys of its own: --secrets FOLDER gives them to the target",
    );
  const target = given ?? { host: makeSecret("dhchap"), ...(mutual && { controller: makeSecret("dhchap") }) };
  if (broken === "wrong-controller-key" && !target.controller)
    throw new LabError("--fault wrong-controller-key: the controller has no key here; name a controllerSecret");
  const wrong: PathSecrets = {
    ...target,
    ...(broken === "wrong-key" && { host: makeSecret("dhchap") }),
    ...(broken === "wrong-controller-key" && { controller: makeSecret("dhchap") }),
  };
  return {
    choice,
    target,
    host: broken === "no-key" || options.initrd !== undefined ? undefined : wrong,
    filedUnder: broken === "other-host-key" ? otherHost : undefined,
  };
}

/** Hash and group of the first profile that asks for authentication: nvmet has one pair for a host. */
function choiceOf(tables: readonly NbftTable[], remarks: Remark[]): RunSecurity["choice"] | undefined {
  const profiles = tables.flatMap(({ ssns, security }) =>
    security.filter(({ index, flags }) => flags?.valid && ssns.some(({ securityIndex }) => securityIndex === index)),
  );
  const demands = profiles.map((profile) =>
    securityOfProfile(profile, (text) => remarks.push({ kind: "note", about: `security ${profile.index}`, text })),
  );
  if (demands.some((demand) => demand?.tls))
    remarks.push({
      kind: "refused",
      about: "security",
      text: "the lab builds no TLS: the target takes plain connections",
    });
  const demand = demands.find((each) => each?.authentication);
  return demand && authenticationChoice(demand as NonNullable<BootTarget["security"]>);
}

/** Files of the target's keys, which no line of its configuration names. */
export function targetKeys({ target }: RunSecurity): Uint8Array {
  const file = (name: string, secret: PathSecrets["host"]): CpioFile[] =>
    secret
      ? [{ name: `etc/nbft/${name}`, data: new TextEncoder().encode(`${formatSecret(secret)}\n`), mode: 0o100600 }]
      : [];
  return encodeCpio([...file("host.key", target.host), ...file("controller.key", target.controller)]);
}

/** The host's `config.json`, as an archive for its initramfs. */
export function hostKeys({ host, filedUnder }: RunSecurity, tables: readonly Uint8Array[]): Uint8Array | undefined {
  if (!host) return undefined;
  const named = tables.map((bytes, i) => ({ path: `table ${i + 1}`, bytes }));
  const paths = pathsWithProfile(named).map(
    ({ path }): SecuredPath => ({ ...path, hostNqn: filedUnder ?? path.hostNqn }),
  );
  return secretsArchive(paths, () => host);
}

/** Evidence without the run's keys, should a machine have written one: asterisks in their places. */
export function withoutKeys(bytes: Uint8Array, security: RunSecurity | undefined): Uint8Array {
  const keys = [security?.target, security?.host].flatMap((secrets) => Object.values(secrets ?? {}));
  const clean = Buffer.from(bytes);
  for (const key of keys.filter((secret) => secret !== undefined).map(formatSecret))
    for (let at = clean.indexOf(key); at >= 0; at = clean.indexOf(key, at)) clean.fill("*", at, at + key.length);
  return clean;
}
