import type { RuleTexts } from "../rule.ts";

/** What the rules in `../security-demands.ts` say, and their examples. */
export const securityDemandsTexts: RuleTexts = {
  Y014: {
    summary: "A profile allows the protocols that it requires: DH-HMAC-CHAP, TLS 1.3.",
    why: "Required authentication has one protocol, DH-HMAC-CHAP; NVMe/TCP in Linux has one secure channel, TLS 1.3. A profile whose lists lack them forbids what it requires.",
    good: { table: "secured" },
    bad: [
      { table: "secured", model: { "security[0].authProtocols": [2] }, finds: ["security[0].authProtocols"] },
      {
        table: "secured",
        model: { "security[0].secureChannelAlgorithms": ["tls1.2"] },
        finds: ["security[0].secureChannelAlgorithms"],
      },
    ],
  },
  Y015: {
    summary: "A profile allows at least one DH group and one hash function that hosts support.",
    why: "DH-HMAC-CHAP needs a group and a hash that both sides have: null and ffdhe2048 to ffdhe8192, SHA-256, SHA-384 and SHA-512.",
    good: { table: "secured" },
    bad: [
      { table: "secured", model: { "security[0].dhGroups": [14, 15] }, finds: ["security[0].dhGroups"] },
      { table: "secured", model: { "security[0].secureHashes": [4] }, finds: ["security[0].secureHashes"] },
    ],
  },
  Y016: {
    summary: "A profile allows at least one TLS 1.3 cipher suite that NVMe/TCP uses with pre-shared keys.",
    why: "These are TLS_AES_128_GCM_SHA256 (1301h) and TLS_AES_256_GCM_SHA384 (1302h); tlshd offers no others with such a key.",
    good: { table: "secured" },
    bad: [
      {
        table: "secured",
        model: { "security[0].cipherSuites": ["TLS_PSK_WITH_AES_128_GCM_SHA256"] },
        finds: ["security[0].cipherSuites"],
      },
    ],
  },
  Y017: {
    summary: "A security profile that a record uses requires something.",
    why: "Without authentication and a secure channel it has no effect, but nvme-cli 3.x still skips every record that uses it.",
    good: { table: "secured" },
    bad: [
      {
        table: "secured",
        model: {
          "security[0].flags.inBandAuthentication": "not supported",
          "security[0].flags.secureChannel": "not supported",
        },
        finds: ["security[0].flags"],
      },
    ],
  },
};
