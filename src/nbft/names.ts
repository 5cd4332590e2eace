/**
 * Names of values, in nvme-cli's words where it has one. NVMe Boot Specification 1.3; the figure stands beside each.
 * A value without a name is shown as its number.
 */

/** Structure and descriptor ids (Figure 6). */
export const StructureId = {
  Control: 1,
  Host: 2,
  Hfi: 3,
  Ssns: 4,
  Security: 5,
  Discovery: 6,
  HfiTransportInfo: 7,
  SsnsExtendedInfo: 9,
  HfiExtendedInfo: 0x0a,
} as const;

/** Transport types (Figure 8). */
export const transportTypes = { 3: "tcp" } as const;

/** Primary Admin Host Descriptor (Figure 10, HFLAGS bits 4:3), as nvme-cli prints them. */
export const primaryAdminHostNames = { 0: "not indicated", 1: "unselected", 2: "selected", 3: "reserved" } as const;

/** IP address origin (Figure 14): the NL_PREFIX_ORIGIN values; 2 is reserved since 1.2. */
export const ipOrigins = { 0: "other", 1: "manual", 2: "well-known", 3: "dhcp", 4: "router-advertisement" } as const;

/** Namespace identifier types (Figure 17, NIDT). */
export const nidTypes = { 1: "eui64", 2: "nguid", 3: "uuid" } as const;

/** Unavailable namespace flag (Figure 18, SSNSFLAGS bits 8:7). */
export const unavailableNames = { 0: "not indicated", 1: "available", 2: "unavailable", 3: "reserved" } as const;

/** Namespace access error details (Figure 21, NAED). */
export const namespaceAccessErrors = {
  0: "none",
  1: "network error",
  2: "connection failure",
  3: "connect invalid parameters",
  4: "connect invalid host",
  5: "connection timeout",
  6: "discovery log timeout",
  7: "namespace missing",
  8: "namespace not ready",
  9: "redfish keypath failure",
  16: "secure channel negotiation failure",
  17: "authentication failure",
  18: "authentication required",
  19: "dhcp failure",
  20: "dhcp root path failure",
} as const;

/** Connect invalid parameters error codes (Figure 21, CIPEEC). */
export const connectErrors = {
  0: "none",
  1: "general",
  2: "bad attributes in response",
  3: "dh group mismatch",
  4: "bad controller id",
  5: "io controller disabled",
} as const;

/** Network connection error codes (Figure 21, NCEEC). */
export const networkErrors = {
  0: "none",
  1: "link",
  2: "carrier",
  3: "refused",
  4: "no route",
  5: "fragmentation",
  6: "mtu",
  7: "name resolution",
} as const;

/** In-band authentication and secure channel requirement (Figure 24, SPDFLAGS bits 2:1 and 6:5). */
export const requirementNames = { 0: "not supported", 1: "supported", 2: "required", 3: "reserved" } as const;

/** Who set a policy list (Figure 24, SPDFLAGS bits 4:3 and 8:7). */
export const policyListNames = { 0: "none", 1: "driver", 2: "admin", 3: "reserved" } as const;

/** Secure channel algorithms: NVMe/TCP SECTYPE. */
export const secureChannels = { 0: "none", 1: "tls1.2", 2: "tls1.3" } as const;

/** Authentication protocol identifiers. */
export const authProtocols = { 1: "dh-hmac-chap" } as const;

/** DH-HMAC-CHAP group identifiers (NVMe Base Specification 2.1, section 8.3.4). */
export const dhGroups = {
  0: "null",
  1: "ffdhe2048",
  2: "ffdhe3072",
  3: "ffdhe4096",
  4: "ffdhe6144",
  5: "ffdhe8192",
} as const;

/** DH-HMAC-CHAP hash identifiers. */
export const secureHashes = { 1: "sha256", 2: "sha384", 3: "sha512" } as const;

/** TLS cipher suites by IANA number. */
export const cipherSuites = {
  168: "TLS_PSK_WITH_AES_128_GCM_SHA256",
  169: "TLS_PSK_WITH_AES_256_GCM_SHA384",
  170: "TLS_DHE_PSK_WITH_AES_128_GCM_SHA256",
  171: "TLS_DHE_PSK_WITH_AES_256_GCM_SHA384",
  4865: "TLS_AES_128_GCM_SHA256",
  4866: "TLS_AES_256_GCM_SHA384",
} as const;
