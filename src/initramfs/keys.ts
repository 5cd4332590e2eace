import { ParseError } from "../errors.ts";
import type { SecretKind } from "../secrets/choices.ts";
import { parseSecret } from "../secrets/secret.ts";
import { isObject } from "../text/is-object.ts";
import { findFile, type InitramfsImage } from "./image.ts";

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

/** Where nvme-cli takes keys from, from the root of the initramfs. */
export const KEY_FILE = "etc/nvme/config.json";

/** The keys of an initramfs, without the keys. */
export function keysOfImage(image: InitramfsImage): KeyFile | undefined {
  const entry = findFile(image, KEY_FILE);
  if (!entry) return undefined;
  const about = { file: KEY_FILE, mode: (entry.mode & 0o777).toString(8).padStart(4, "0") };
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
  return { ...about, problem, hosts: value.filter(isObject).map(hostOf) };
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

function textIn(value: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const text = value[key];
  return typeof text === "string" ? text : undefined;
}

function listIn(value: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>>[] {
  const list = value[key];
  return Array.isArray(list) ? list.filter(isObject) : [];
}
