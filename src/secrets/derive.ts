import { encodeBase64 } from "../bytes/base64.ts";
import { concatBytes } from "../bytes/concat.ts";
import type { TlsDerivation } from "./choices.ts";
import { hashBytes, type Secret, type SecretHash } from "./secret.ts";

type Hash = Exclude<SecretHash, "none">;

const text = new TextEncoder();
const subtleNames = { sha256: "SHA-256", sha384: "SHA-384", sha512: "SHA-512" } as const;

/**
 * Key of DH-HMAC-CHAP that a secret stands for, for one NQN: the host NQN for a host's secret, the subsystem NQN for a controller's. A secret
 * with hash `none` is the key itself.
 *
 * Source: NVMe Base Specification 2.1, section 8.3.4.5.5.3.
 */
export async function transformSecret({ hash, bytes }: Secret, nqn: string): Promise<Uint8Array> {
  return hash === "none"
    ? bytes.slice()
    : hmac(hash, bytes, concatBytes([text.encode(nqn), text.encode("NVMe-over-Fabrics")]));
}

/** A TLS key ready for use: what a keyring and the file tls-keys hold. */
export interface TlsKey {
  /** `NVMe1R01 HOSTNQN SUBSYSTEMNQN DIGEST`: sent in clear when a connection begins, not a secret. */
  readonly identity: string;
  /** The TLS pre-shared key; a secret. */
  readonly psk: Secret;
}

/**
 * TLS pre-shared key and its identity (version 1) for a host and a subsystem.
 *
 * Source: NVMe TCP Transport Specification 1.1, section 3.6.1.3; RFC 5869; RFC 8446, section 7.1. What releases up to 2.13 do is read from runs.
 *
 * @throws {RangeError} for a secret that is not of kind `tls`, or names no hash
 */
export async function deriveTlsKey(
  { kind, hash, bytes }: Secret,
  hostNqn: string,
  subsystemNqn: string,
  derivation: TlsDerivation = "rfc8446",
): Promise<TlsKey> {
  if (kind !== "tls" || hash === "none")
    throw new RangeError("a TLS key is derived from an NVMeTLSkey-1 secret with hash 01 or 02");
  const { length } = bytes;
  const label = derivation === "compat" ? compatLabel : rfc8446Label;
  const retained = await expand(hash, await extract(hash, bytes), label("HostNQN", hostNqn, length), length);
  const digest = encodeBase64(await hmac(hash, retained, text.encode(`${hostNqn} ${subsystemNqn} NVMe-over-Fabrics`)));
  const digits = hash === "sha256" ? "01" : "02";
  const info = label("nvme-tls-psk", `${digits} ${digest}`, length);
  const psk = await expand(hash, await extract(hash, retained), info, length);
  return { identity: `NVMe1R${digits} ${hostNqn} ${subsystemNqn} ${digest}`, psk: { kind: "tls", hash, bytes: psk } };
}

async function hmac(hash: Hash, key: Uint8Array, message: Uint8Array): Promise<Uint8Array> {
  const algorithm = { name: "HMAC", hash: subtleNames[hash] };
  const imported = await crypto.subtle.importKey("raw", Uint8Array.from(key), algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, Uint8Array.from(message)));
}

function extract(hash: Hash, material: Uint8Array): Promise<Uint8Array> {
  return hmac(hash, new Uint8Array(hashBytes[hash]), material);
}

/** First block of HKDF-Expand, which is all that a key as long as its hash takes. */
async function expand(hash: Hash, key: Uint8Array, info: Uint8Array, length: number): Promise<Uint8Array> {
  return (await hmac(hash, key, concatBytes([info, Uint8Array.of(1)]))).slice(0, length);
}

function rfc8446Label(label: string, context: string, length: number): Uint8Array {
  const name = text.encode(`tls13 ${label}`);
  const value = text.encode(context);
  return concatBytes([
    Uint8Array.of(length >> 8, length & 0xff, name.length),
    name,
    Uint8Array.of(value.length),
    value,
  ]);
}

/** The length little-endian and no lengths of label and context. */
function compatLabel(label: string, context: string, length: number): Uint8Array {
  return concatBytes([Uint8Array.of(length & 0xff, length >> 8), text.encode(`tls13 ${label}${context}`)]);
}
