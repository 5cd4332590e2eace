import { type CpioFile, encodeCpio } from "../acpi/cpio.ts";
import type { BootTarget } from "../boot/description.ts";
import { securityOfProfile } from "../boot/security.ts";
import { authenticationChoice, type TargetHost } from "../machine/target/target-spec.ts";
import type { NbftTable } from "../nbft/table.ts";
import { pathsWithProfile, secretsArchive } from "../secrets/archive.ts";
import { deriveTlsKey } from "../secrets/derive.ts";
import type { PathSecrets, SecuredPath } from "../secrets/nvme-config.ts";
import { formatSecret, makeSecret } from "../secrets/secret.ts";
import { tlshdConfig } from "../secrets/tlshd.ts";
import { LabError } from "./errors.ts";
import type { RunOptions } from "./run-options.ts";
import type { Remark } from "./topology/remark.ts";
import type { Fault } from "./topology/topology.ts";

/** What a run's target demands of its hosts, and the keys of both sides. */
export interface RunSecurity {
  /** What nvmet is to ask for in every authentication; absent where it asks for none. */
  readonly choice: Pick<TargetHost, "hash" | "dhGroup"> | undefined;
  /** Whether TLS is the only way in, or one; absent where there is none. */
  readonly tls: "required" | "supported" | undefined;
  readonly target: PathSecrets;
  /** Absent where the host is to have none, or brings its own. */
  readonly host: PathSecrets | undefined;
  /** Host NQN that the host's keys are filed under, where it is not the table's. */
  readonly filedUnder: string | undefined;
  /** Whether something on the host makes TLS handshakes. */
  readonly tlshd: boolean;
  /** Lines of nvme-cli's `tls-keys` for the target's keyring, one for each way of deriving; keys. */
  readonly tlsKeys: readonly string[];
}

/** Deliberate defects of a secured run. */
const faultsOfSecurity: readonly Fault[] = [
  "no-key",
  "wrong-key",
  "wrong-controller-key",
  "other-host-key",
  "no-demand",
  "no-tlshd",
  "no-cipher",
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
  const demands = demandsOf(tables, remarks);
  const asks = demands.find(({ authentication }) => authentication);
  const choice = asks || given?.host ? authenticationChoice(asks ?? {}) : undefined;
  const demanded = demands.find(({ tls }) => tls);
  const tls = demanded?.tls ?? (given?.tls && "required");
  // Authentication is asked for by the lab's own target, and no public firmware has any.
  if ((!choice && !tls) || options.depth === "read" || options.firmwareBoot || (options.target && !given)) {
    if (broken !== undefined)
      throw new LabError(`--fault ${broken}: nothing in this run asks for authentication or TLS`);
    return undefined;
  }
  const mutual = described.some(({ security }) => security?.controllerSecret !== undefined);
  if (given) checkGiven(given, { choice, mutual, tls });
  else if (options.initrd !== undefined)
    throw new LabError(
      "the table asks for security, and the --initrd image has its own keys: pass them to the target with --secrets FOLDER",
    );
  const longTls = demanded?.cipherSuites?.[0] === "TLS_AES_256_GCM_SHA384";
  const make = (): PathSecrets => ({
    ...(choice && { host: makeSecret("dhchap") }),
    ...(choice && mutual && { controller: makeSecret("dhchap") }),
    ...(tls && { tls: makeSecret("tls", longTls ? 48 : 32) }),
  });
  const target = given ?? make();
  checkFaults(faults, target);
  const { controller, ...others } = make();
  const wrong: PathSecrets = {
    ...target,
    ...(broken === "wrong-key" && others),
    ...(broken === "wrong-controller-key" && { controller }),
  };
  return {
    choice,
    tls,
    target,
    host: broken === "no-key" || options.initrd !== undefined ? undefined : wrong,
    filedUnder: broken === "other-host-key" ? otherHost : undefined,
    tlshd: tls !== undefined && !faults.includes("no-tlshd"),
    tlsKeys: [],
  };
}

/** Keys of a folder have to be all that the run asks for: some made for the run beside them would hide a mistake. */
function checkGiven(
  given: PathSecrets,
  { choice, mutual, tls }: Pick<RunSecurity, "choice" | "tls"> & { readonly mutual: boolean },
): void {
  if (choice && !given.host) throw new LabError("--secrets: no host.key, and the target asks the host for one");
  if (choice && mutual && !given.controller)
    throw new LabError("--secrets: no controller.key, and the boot description names a controllerSecret");
  if (tls && !given.tls) throw new LabError("--secrets: no tls.key, and the table asks for TLS");
}

function checkFaults(faults: readonly Fault[], { controller, tls }: PathSecrets): void {
  if (faults.includes("wrong-controller-key") && !controller)
    throw new LabError("--fault wrong-controller-key: the controller has no key here; name a controllerSecret");
  const ofTls = faults.find((fault) => fault === "no-tlshd" || fault === "no-cipher");
  if (ofTls && !tls) throw new LabError(`--fault ${ofTls}: nothing in this run asks for TLS`);
}

/** What the profiles in use ask for: nvmet has one pair of hash and group for a host. */
function demandsOf(tables: readonly NbftTable[], remarks: Remark[]): NonNullable<BootTarget["security"]>[] {
  const profiles = tables.flatMap(({ ssns, security }) =>
    security.filter(({ index, flags }) => flags?.valid && ssns.some(({ securityIndex }) => securityIndex === index)),
  );
  const demands = profiles.map((profile) =>
    securityOfProfile(profile, (text) => remarks.push({ kind: "note", about: `security ${profile.index}`, text })),
  );
  return demands.filter((demand): demand is NonNullable<BootTarget["security"]> => demand !== undefined);
}

/** The same with the keys that the target's keyring needs: one for each host and subsystem, and for each way in which nvme-cli derives them. */
export async function withTlsKeys(
  security: RunSecurity | undefined,
  tables: readonly Uint8Array[],
): Promise<RunSecurity | undefined> {
  const secret = security?.target.tls;
  if (!security || !secret) return security;
  const lines = new Set<string>();
  for (const { path } of pathsOf(tables))
    for (const derivation of ["compat", "rfc8446"] as const) {
      const { identity, psk } = await deriveTlsKey(secret, path.hostNqn, path.subsystemNqn, derivation);
      lines.add(`${identity} ${formatSecret(psk)}`);
    }
  return { ...security, tlsKeys: [...lines] };
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const privateFile = (name: string, text: string): CpioFile => ({ name, data: bytesOf(text), mode: 0o100600 });
const folder = (name: string): CpioFile => ({ name, data: new Uint8Array(0), mode: 0o040755 });
const tlshdFile: CpioFile = { name: "etc/tlshd.conf", data: bytesOf(tlshdConfig) };

/** Files of the target's keys, which no line of its configuration names. */
export function targetKeys({ target, tls, tlsKeys }: RunSecurity): Uint8Array {
  const file = (name: string, secret: PathSecrets["host"]): CpioFile[] =>
    secret ? [privateFile(`etc/nbft/${name}`, `${formatSecret(secret)}\n`)] : [];
  const keyring = privateFile("etc/nvme/tls-keys", `${tlsKeys.join("\n")}\n`);
  return encodeCpio([
    ...file("host.key", target.host),
    ...file("controller.key", target.controller),
    ...(tls ? [folder("etc/nvme"), keyring, tlshdFile] : []),
  ]);
}

function pathsOf(tables: readonly Uint8Array[]) {
  return pathsWithProfile(tables.map((bytes, i) => ({ path: `table ${i + 1}`, bytes })));
}

/** What the host's initramfs gets: its `config.json`, and what starts tlshd. */
export function hostKeys(
  { host, filedUnder, tlshd }: RunSecurity,
  tables: readonly Uint8Array[],
): Uint8Array | undefined {
  if (!host) return undefined;
  const paths = pathsOf(tables).map(({ path }): SecuredPath => ({ ...path, hostNqn: filedUnder ?? path.hostNqn }));
  return secretsArchive(paths, () => host, { tlshd });
}

/** Evidence without the run's keys, should a machine have written one: asterisks in their places. */
export function withoutKeys(bytes: Uint8Array, security: RunSecurity | undefined): Uint8Array {
  const secrets = [security?.target, security?.host].flatMap((each) => Object.values(each ?? {}));
  const derived = security?.tlsKeys.map((line) => line.split(" ").at(-1)!) ?? [];
  const clean = Buffer.from(bytes);
  for (const key of [...secrets.filter((secret) => secret !== undefined).map(formatSecret), ...derived])
    for (let at = clean.indexOf(key); at >= 0; at = clean.indexOf(key, at)) clean.fill("*", at, at + key.length);
  return clean;
}
