import { decodeBase64, encodeBase64 } from "../bytes/base64.ts";
import { crc32 } from "../bytes/crc32.ts";
import { viewOf } from "../bytes/view.ts";
import { ParseError } from "../errors.ts";
import { type SecretKind, secretLengths } from "./choices.ts";

/** Hash that a secret names. For `dhchap` it says how the secret is transformed before use; `none` uses it as it is. */
export type SecretHash = "none" | "sha256" | "sha384" | "sha512";

/**
 * A secret as NVMe/TCP hosts and controllers exchange it: `DHHC-1:` or `NVMeTLSkey-1:`, two digits for the hash, base64 of the bytes and their
 * CRC-32.
 *
 * The bytes are the key itself. Nothing in this library prints them; `formatSecret` is the one way to a text that contains them.
 */
export interface Secret {
  /** What it is for. */
  readonly kind: SecretKind;
  /** Hash that it names. */
  readonly hash: SecretHash;
  /** 32, 48 or 64 bytes; 32 or 48 for `tls`. */
  readonly bytes: Uint8Array;
}

const prefixes = { dhchap: "DHHC-1", tls: "NVMeTLSkey-1" } as const;
const hashes: readonly SecretHash[] = ["none", "sha256", "sha384", "sha512"];
/** Bytes of a hash's result, which are also the bytes of a secret that names it. */
export const hashBytes = { sha256: 32, sha384: 48, sha512: 64 } as const;

/**
 * Reads the text form of a secret. Messages never contain any part of the text after its prefix.
 *
 * Source: NVMe Base Specification 2.1, section 8.3.4.5.5.3 (DHHC-1); NVMe TCP Transport Specification 1.1, section 3.6.1.5 (NVMeTLSkey-1).
 *
 * @throws {ParseError} when the text is not of that form, its length does not fit, or its CRC-32 is another
 */
export function parseSecret(text: string): Secret {
  const kind = (Object.keys(prefixes) as SecretKind[]).find((name) => text.startsWith(`${prefixes[name]}:`));
  if (kind === undefined) throw new ParseError("not a secret: it begins with neither DHHC-1: nor NVMeTLSkey-1:");
  const prefix = prefixes[kind];
  const [, digits = "", base64 = "", rest, ...more] = text.split(":");
  if (rest !== "" || more.length > 0)
    throw new ParseError(`${prefix} secret: it must be ${prefix}:HH:BASE64: with a colon at the end`);
  const hash = /^0[0-3]$/.test(digits) ? hashes[Number(digits)] : undefined;
  if (hash === undefined || (kind === "tls" && hash === "sha512")) {
    const allowed = kind === "tls" ? "00, 01 (SHA-256) or 02 (SHA-384)" : "00, 01, 02 or 03";
    throw new ParseError(`${prefix} secret: the two digits of the hash must be ${allowed}`);
  }
  const data = decodeBase64(base64);
  if (data === undefined) throw new ParseError(`${prefix} secret: what follows the hash is not base64`);
  const length = data.length - 4;
  checkLength(kind, hash, length, (message) => new ParseError(`${prefix} secret: ${message}`));
  const bytes = data.slice(0, length);
  if (viewOf(data).getUint32(length, true) !== crc32(bytes)) {
    throw new ParseError(`${prefix} secret: its CRC-32 is wrong, so a character is missing or mistyped; copy it again`);
  }
  return { kind, hash, bytes };
}

/**
 * Text form of a secret, with its CRC-32.
 *
 * @throws {RangeError} when the number of bytes does not fit kind and hash
 */
export function formatSecret({ kind, hash, bytes }: Secret): string {
  checkLength(kind, hash, bytes.length, (message) => new RangeError(message));
  const data = new Uint8Array(bytes.length + 4);
  data.set(bytes);
  new DataView(data.buffer).setUint32(bytes.length, crc32(bytes), true);
  return `${prefixes[kind]}:0${hashes.indexOf(hash)}:${encodeBase64(data)}:`;
}

/**
 * Makes a secret of random bytes. A `dhchap` secret is made in the form that every release of nvme-cli and every kernel reads alike: hash `none`,
 * as `nvme gen-dhchap-key -m 0` does (`-m 1` to `-m 3` of 2.x write the transformed key, 3.x the secret itself).
 *
 * @param length 32, 48 or 64 bytes for `dhchap`; 32 (SHA-256) or 48 (SHA-384) for `tls`
 * @throws {RangeError} for another length
 */
export function makeSecret(kind: SecretKind, length = 32): Secret {
  const hash = kind === "dhchap" ? "none" : length === 48 ? "sha384" : "sha256";
  checkLength(kind, hash, length, (message) => new RangeError(message));
  return { kind, hash, bytes: crypto.getRandomValues(new Uint8Array(length)) };
}

function checkLength(kind: SecretKind, hash: SecretHash, length: number, problem: (message: string) => Error): void {
  if (!secretLengths[kind].includes(length)) {
    throw problem(
      `${Math.max(0, length)} bytes; it must have ${secretLengths[kind].join(", ").replace(/, (\d+)$/, " or $1")}`,
    );
  }
  if (hash !== "none" && hashBytes[hash] !== length) {
    throw problem(`${length} bytes, but the hash that it names makes ${hashBytes[hash]}; nvme-cli refuses it`);
  }
}
