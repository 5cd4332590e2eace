import { existsSync } from "node:fs";
import { join } from "node:path";
import { ParseError, withoutStacks } from "../../errors.ts";
import type { SecretKind } from "../../secrets/choices.ts";
import { withoutSecrets } from "../../secrets/hide.ts";
import type { PathSecrets } from "../../secrets/nvme-config.ts";
import { parseSecret, type Secret } from "../../secrets/secret.ts";
import { escapeText } from "../../text/escape.ts";
import { type Io, UsageError } from "../io.ts";
import { readInput } from "../vars/store-file.ts";

/** A secret of a file, or why a line is none. Messages hold no part of a key. */
export interface SecretLine {
  /** Counted from 1. */
  readonly line: number;
  readonly secret: Secret | undefined;
  /** What comes before the secret in a line of nvme-cli's tls-keys: `NVMe1R01 HOSTNQN SUBSYSTEMNQN DIGEST`. */
  readonly identity: string | undefined;
  readonly problem: string | undefined;
}

/**
 * Secrets of a file, one a line: as they are, or as nvme-cli's tls-keys has them. Empty lines and comments are passed over.
 *
 * @throws {UsageError} for a secret in the place of the file's name
 */
export function secretLines(io: Io, path: string): SecretLine[] {
  if (withoutSecrets(path) !== path && !existsSync(path))
    throw new UsageError(`${escapeText(withoutSecrets(path))}: name the file that holds the secret, not the secret`);
  const text = new TextDecoder().decode(readInput(io, path));
  return withoutStacks(() => text.split("\n").flatMap(secretOfLine));
}

function secretOfLine(whole: string, i: number): SecretLine[] {
  const content = whole.trim();
  if (content === "" || content.startsWith("#")) return [];
  const words = content.split(/\s+/);
  const identity = /^NVMe[01]R0[012]$/.test(words[0]!) ? words.slice(0, -1).join(" ") : undefined;
  const line = i + 1;
  try {
    return [
      { line, secret: parseSecret(identity === undefined ? content : words.at(-1)!), identity, problem: undefined },
    ];
  } catch (error) {
    if (error instanceof ParseError) return [{ line, secret: undefined, identity, problem: error.message }];
    throw error;
  }
}

/**
 * The one secret of a file.
 *
 * @throws {UsageError} naming the file when it holds none, more than one, or one that is wrong
 */
export function oneSecret(io: Io, path: string): Secret {
  const [first, ...more] = secretLines(io, path);
  const name = path === "-" ? "standard input" : escapeText(path);
  if (!first) throw new UsageError(`${name}: no secret; nbft secret make -w FILE makes one`);
  if (more.length > 0) throw new UsageError(`${name}: ${more.length + 1} secrets, expected one`);
  if (!first.secret) throw new UsageError(`${name}:${first.line}: ${first.problem}`);
  return first.secret;
}

const secretFiles = [
  ["host", "host.key", "dhchap"],
  ["controller", "controller.key", "dhchap"],
  ["tls", "tls.key", "tls"],
] as const satisfies readonly (readonly [keyof PathSecrets, string, SecretKind])[];

/**
 * The secrets of a folder: `host.key`, `controller.key` and `tls.key`, each where it is there.
 *
 * @throws {UsageError} naming the file when none is there, one is wrong, or the host's is missing beside the controller's
 */
export function secretsIn(io: Io, folder: string): PathSecrets {
  const secrets: { -readonly [K in keyof PathSecrets]: PathSecrets[K] } = {};
  for (const [role, file, kind] of secretFiles) {
    const path = join(folder, file);
    if (!existsSync(path)) continue;
    const secret = oneSecret(io, path);
    if (secret.kind !== kind) {
      const form = kind === "tls" ? "NVMeTLSkey-1" : "DHHC-1";
      throw new UsageError(`${escapeText(path)}: a secret of another kind, expected ${form}`);
    }
    secrets[role] = secret;
  }
  const name = escapeText(folder);
  if (Object.keys(secrets).length === 0)
    throw new UsageError(
      `${name}: no host.key, controller.key or tls.key; nbft secret make -w ${name}/host.key makes one`,
    );
  if (secrets.controller && !secrets.host)
    throw new UsageError(
      `${name}: controller.key without host.key: a controller proves itself only to a host that does`,
    );
  return secrets;
}
