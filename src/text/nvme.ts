/** The NQN that every discovery controller answers to (NVMe Base Specification 2.1, section 4.7). */
export const DISCOVERY_NQN = "nqn.2014-08.org.nvmexpress.discovery";

/** What an NQN made of a UUID begins with (NVMe Base Specification 2.1, section 4.7). */
export const UUID_NQN_PREFIX = "nqn.2014-08.org.nvmexpress:uuid:";

/** The NQN that is made of a UUID. */
export function uuidNqn(uuid: string): string {
  return UUID_NQN_PREFIX + uuid;
}

/** Longest NQN in bytes, without NUL (NVMe Base Specification 2.1, section 4.7). */
export const MAX_NQN_BYTES = 223;

/** Registered TCP port of I/O controllers (NVMe TCP Transport Specification 1.0, section 3.1). */
export const IO_PORT = 4420;

/** Registered TCP port of discovery controllers. */
export const DISCOVERY_PORT = 8009;
