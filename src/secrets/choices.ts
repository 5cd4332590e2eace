/** What a secret is for: DH-HMAC-CHAP authentication, or a TLS pre-shared key. */
export type SecretKind = "dhchap" | "tls";

/** Numbers of bytes that a secret of each kind may have. */
export const secretLengths: Readonly<Record<SecretKind, readonly number[]>> = { dhchap: [32, 48, 64], tls: [32, 48] };

/** All ways to derive a TLS key, today's first. */
export const tlsDerivations = ["rfc8446", "compat"] as const;

/**
 * Which form of HKDF-Expand-Label a program uses for TLS keys: `rfc8446` (nvme-cli 2.16, 3.x, kernels) or `compat` (nvme-cli up to 2.13, and
 * `--compat` of later ones). Host and target must use the same one: from the same secret they make different keys.
 */
export type TlsDerivation = (typeof tlsDerivations)[number];
