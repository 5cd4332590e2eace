/**
 * Secrets of DH-HMAC-CHAP and TLS in the forms that hosts and arrays exchange, the files that hold them, and what the security profiles of a table
 * need. Error messages contain no part of a key. Runs in browsers as well as in Node.js.
 *
 * @module nbft/secrets
 */

export { type SecuredPaths, secretsArchive, securedPaths } from "./archive.ts";
export type { SecretKind, TlsDerivation } from "./choices.ts";
export { deriveTlsKey, type TlsKey, transformSecret } from "./derive.ts";
export { type SecuredRecord, type SecurityNeeds, type SecurityReader, securityNeeds } from "./needs.ts";
export { nvmeConfig, nvmeConfigOutline, type PathSecrets, type SecuredPath } from "./nvme-config.ts";
export { formatSecret, makeSecret, parseSecret, type Secret, type SecretHash } from "./secret.ts";
export { tlshdConfig, tlshdUnit } from "./tlshd.ts";
