import type { RuleTexts } from "../rule.ts";

/** What the rules in `../security-demands.ts` say, and their examples. */
export const securityDemandsTexts: RuleTexts = {
  Y014: {
    summary: "A profile allows the protocol of what it requires: DH-HMAC-CHAP, TLS 1.3.",
    why: "Required authentication has one protocol, DH-HMAC-CHAP; NVMe/TCP in Linux has one secure channel, TLS 1.3. A list without it requires what it forbids.",
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
    summary: "The DH groups and hash functions that a profile allows have one that hosts know.",
    why: "DH-HMAC-CHAP needs a group and a hash that both sides have: null and ffdhe2048 to ffdhe8192, SHA-256, SHA-384 and SHA-512.",
    good: { table: "secured" },
    bad: [
      { table: "secured", model: { "security[0].dhGroups": [14, 15] }, finds: ["security[0].dhGroups"] },
      { table: "secured", model: { "security[0].secureHashes": [4] }, finds: ["security[0].secureHashes"] },
    ],
  },
  Y016: {
    summary: "The cipher suites that a profile allows have one of TLS 1.3 that NVMe/TCP uses with pre-shared keys.",
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
    summary: "A security profile that a record names asks for something.",
    why: "With neither authentication nor a secure channel it says nothing, and nvme-cli 3.x still leaves out every record that names it.",
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
