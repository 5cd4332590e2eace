import { behavioursOf } from "../consumers/behaviours/index.ts";
import type { Stack } from "../consumers/stacks.ts";
import { ParseError } from "../errors.ts";
import type { SecuredPath } from "../secrets/nvme-config.ts";
import { parseSecret, type SecretKind } from "../secrets/secret.ts";
import type { InitramfsDescription } from "./description.ts";
import { findFile, type InitramfsImage } from "./image.ts";
import type { InitramfsProblem } from "./stack.ts";

/** What `etc/nvme/config.json` has keys for. The keys themselves are never in here. */
export interface KeyFile {
  readonly file: string;
  /** Permissions, in octal: `0600`. */
  readonly mode: string;
  /** Why nvme-cli cannot use it. */
  readonly problem: string | undefined;
  readonly hosts: readonly KeyHost[];
}

/** A host of that file. */
export interface KeyHost {
  readonly hostNqn: string | undefined;
  readonly hostId: string | undefined;
  readonly authentication: KeyState;
  readonly ports: readonly KeyPort[];
}

/** A port of a subsystem in that file. */
export interface KeyPort {
  readonly subsystemNqn: string | undefined;
  readonly traddr: string | undefined;
  readonly trsvcid: string | undefined;
  readonly authentication: KeyState;
  readonly controller: KeyState;
  readonly tls: boolean;
  readonly tlsKey: KeyState;
}

/** Whether a key is there; else why the text in its place is none. */
export type KeyState = "none" | "there" | { readonly wrong: string };

const path = "etc/nvme/config.json";

/** The keys of an initramfs, without the keys. */
export function keysOfImage(image: InitramfsImage): KeyFile | undefined {
  const entry = findFile(image, path);
  if (!entry) return undefined;
  const about = { file: path, mode: (entry.mode & 0o777).toString(8).padStart(4, "0") };
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(entry.data()));
  } catch {
    return { ...about, problem: "it is not JSON", hosts: [] };
  }
  if (!Array.isArray(value)) return { ...about, problem: "it is not a list of hosts", hosts: [] };
  // Linux unpacks a file only into a folder that is there.
  const folder = image.parts.length === 0 || image.entries.has("etc/nvme");
  const problem = folder
    ? undefined
    : "no archive has the folder etc/nvme: the kernel drops the file without a message";
  return { ...about, problem, hosts: value.filter(isRecord).map(hostOf) };
}

function hostOf(host: Readonly<Record<string, unknown>>): KeyHost {
  return {
    hostNqn: textIn(host, "hostnqn"),
    hostId: textIn(host, "hostid"),
    authentication: stateOf(host["dhchap_key"], "dhchap"),
    ports: listIn(host, "subsystems").flatMap((subsystem) =>
      listIn(subsystem, "ports").map((port) => ({
        subsystemNqn: textIn(subsystem, "nqn"),
        traddr: textIn(port, "traddr"),
        trsvcid: textIn(port, "trsvcid"),
        authentication: stateOf(port["dhchap_key"], "dhchap"),
        controller: stateOf(port["dhchap_ctrl_key"], "dhchap"),
        tls: port["tls"] === true,
        tlsKey: stateOf(port["tls_key"], "tls"),
      })),
    ),
  };
}

function stateOf(value: unknown, kind: SecretKind): KeyState {
  if (value === undefined) return "none";
  if (typeof value !== "string") return { wrong: "it is not a text" };
  try {
    return parseSecret(value).kind === kind ? "there" : { wrong: "it is a secret of another kind" };
  } catch (error) {
    if (error instanceof ParseError) return { wrong: error.message };
    throw error;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textIn(value: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const text = value[key];
  return typeof text === "string" ? text : undefined;
}

function listIn(value: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>>[] {
  const list = value[key];
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

/** A path of a table with a security profile, and what that requires. */
export interface DemandingPath {
  readonly path: SecuredPath;
  readonly authentication: boolean;
  readonly tls: boolean;
}

/** What an initramfs lacks for the security profiles of some tables. */
export function problemsOfKeys(
  { keys, tlshd, securityModules, nvmeCli }: InitramfsDescription,
  stack: Stack | string,
  paths: readonly DemandingPath[],
): InitramfsProblem[] {
  if (paths.length === 0) return [];
  if (typeof stack !== "string" && behavioursOf("nvme-cli", stack.nvmeCli.release).skipsSecured)
    return [
      {
        fatal: true,
        message: `nvme-cli ${stack.nvmeCli.release} skips records with a security profile, whatever keys there are`,
        file: nvmeCli?.file,
      },
    ];
  const problems: InitramfsProblem[] = [];
  const add = (fatal: boolean, message: string, file?: string) => problems.push({ fatal, message, file });
  const demanding = paths.filter(({ authentication, tls }) => authentication || tls);
  if (!keys) {
    if (demanding.length > 0)
      add(true, `${path} is missing: there is no key, and a profile requires one (nbft initrd --secrets makes it)`);
    else add(false, `${path} is missing: there is no key, should the target ask for one`);
  } else {
    if (keys.problem !== undefined) add(true, keys.problem, keys.file);
    else
      for (const message of new Set(demanding.flatMap((each) => [...lacksOf(keys, each)])))
        add(true, message, keys.file);
    if ((Number.parseInt(keys.mode, 8) & 0o077) !== 0)
      add(false, `others than root can read the keys (mode ${keys.mode}): 0600`, keys.file);
  }
  if (paths.some(({ tls }) => tls)) {
    if (!tlshd) add(true, "tlshd is missing: nobody makes the TLS handshake (ktls-utils, with its unit)");
    for (const { name } of securityModules.filter(({ state }) => state === "missing"))
      add(true, `the kernel module ${name} is missing: there is no TLS (dracut --add-drivers ${name})`);
  }
  return problems;
}

/** What the file lacks for one path: nvme-cli finds keys by exact texts alone. */
function* lacksOf({ hosts }: KeyFile, { path: wanted, authentication, tls }: DemandingPath): Generator<string> {
  const named = hosts.filter(({ hostNqn }) => hostNqn === wanted.hostNqn);
  const host = named.find(({ hostId }) => hostId === wanted.hostId);
  if (named.length === 0) {
    yield `it has no host ${wanted.hostNqn}: keys of others are not used, without a message`;
  } else if (named.some(({ hostId }) => hostId === undefined)) {
    yield "a host has no hostid: nvme-cli 2.13 crashes, 2.16 does not use its keys";
  } else if (!host) {
    yield `its hostid is ${named.map(({ hostId }) => hostId).join(", ")}, nvme-cli looks for the table's ${wanted.hostId}: the keys are not used, without a message`;
  }
  if (!host) return;
  const { subsystemNqn, traddr, trsvcid } = wanted;
  const port = host.ports.find(
    (each) => each.subsystemNqn === subsystemNqn && each.traddr === traddr && each.trsvcid === trsvcid,
  );
  const where = `${subsystemNqn} at ${traddr} ${trsvcid}`;
  const key = [port?.authentication, host.authentication].find((state) => state !== undefined && state !== "none");
  if (authentication && key === undefined) yield `it has no dhchap_key for ${where}`;
  const keys = { dhchap_key: key, dhchap_ctrl_key: port?.controller, tls_key: port?.tlsKey };
  for (const [name, state] of Object.entries(keys))
    if (typeof state === "object") yield `its ${name} for ${where} is not a secret: ${state.wrong}`;
  if (tls && port?.tls !== true) yield `it has no "tls": true for ${where}`;
}
