import { figure } from "../nbft/structures/spec.ts";
import { type AnyRule, rule } from "./rule.ts";

/** Suites of TLS 1.3 that NVMe/TCP has for pre-shared keys, and Linux with tlshd. */
const suites: readonly unknown[] = ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"];

/** A list that restricts a choice and has nothing that can be used: numbers are what has no name in the specifications. */
function offersNothing(values: readonly unknown[] | undefined, usable: (value: unknown) => boolean): boolean {
  return values !== undefined && values.length > 0 && !values.some(usable);
}

const isNamed = (value: unknown) => typeof value === "string";
const shown = (values: readonly unknown[]) => values.slice(0, 8).join(", ") + (values.length > 8 ? ", …" : "");
const refusesAuthentication = {
  who: "hosts that go by the profile",
  what: "cannot authenticate: no choice is left that both sides may take",
};

/** Rules about profiles whose demands nobody can fulfil. What Linux has was looked up in 6.12 and 7.2, December 2026. */
export const securityDemandRules: readonly AnyRule[] = [
  rule("security", {
    code: "Y014",
    name: "sec-no-protocol",
    severity: "warning",
    summary: "A profile allows the protocol of what it requires: DH-HMAC-CHAP, TLS 1.3.",
    why: "Required authentication has one protocol, DH-HMAC-CHAP; NVMe/TCP in Linux has one secure channel, TLS 1.3. A list without it requires what it forbids.",
    hint: "Add dh-hmac-chap to authProtocols, tls1.3 to secureChannelAlgorithms, or clear the list's flag",
    spec: figure(23),
    breaks: [{ who: "hosts that go by the profile", what: "cannot connect: what is required is not allowed" }],
    good: { table: "secured" },
    bad: [
      { table: "secured", model: { "security[0].authProtocols": [2] }, finds: ["security[0].authProtocols"] },
      {
        table: "secured",
        model: { "security[0].secureChannelAlgorithms": ["tls1.2"] },
        finds: ["security[0].secureChannelAlgorithms"],
      },
    ],
    check({ flags, authProtocols, secureChannelAlgorithms }, context) {
      if (flags.inBandAuthentication === "required" && offersNothing(authProtocols, (id) => id === "dh-hmac-chap"))
        context.report(
          "authProtocols",
          `authentication is required and dh-hmac-chap not allowed: ${shown(authProtocols!)}`,
        );
      if (flags.secureChannel === "required" && offersNothing(secureChannelAlgorithms, (id) => id === "tls1.3"))
        context.report(
          "secureChannelAlgorithms",
          `a secure channel is required and tls1.3 not allowed, which is all that Linux has: ${shown(secureChannelAlgorithms!)}`,
        );
    },
  }),
  rule("security", {
    code: "Y015",
    name: "sec-no-group",
    severity: "warning",
    summary: "The DH groups and hash functions that a profile allows have one that hosts know.",
    why: "DH-HMAC-CHAP needs a group and a hash that both sides have: null and ffdhe2048 to ffdhe8192, SHA-256, SHA-384 and SHA-512.",
    hint: "Add a group and a hash of the NVMe Base Specification, or clear the list's flag",
    spec: figure(23),
    breaks: [refusesAuthentication],
    good: { table: "secured" },
    bad: [
      { table: "secured", model: { "security[0].dhGroups": [14, 15] }, finds: ["security[0].dhGroups"] },
      { table: "secured", model: { "security[0].secureHashes": [4] }, finds: ["security[0].secureHashes"] },
    ],
    check({ flags, dhGroups, secureHashes }, context) {
      if (flags.inBandAuthentication === "not supported") return;
      const problem = `authentication is ${flags.inBandAuthentication} with`;
      if (offersNothing(dhGroups, isNamed))
        context.report("dhGroups", `${problem} no DH group that hosts know: ${shown(dhGroups!)}`);
      if (offersNothing(secureHashes, isNamed))
        context.report("secureHashes", `${problem} no hash function that hosts know: ${shown(secureHashes!)}`);
    },
  }),
  rule("security", {
    code: "Y016",
    name: "sec-no-cipher",
    severity: "warning",
    summary: "The cipher suites that a profile allows have one of TLS 1.3 that NVMe/TCP uses with pre-shared keys.",
    why: "These are TLS_AES_128_GCM_SHA256 (1301h) and TLS_AES_256_GCM_SHA384 (1302h); tlshd offers no others with such a key.",
    hint: "Add one of the two, or clear CSRP",
    spec: figure(23),
    breaks: [
      {
        who: "hosts that go by the profile",
        what: "cannot make the TLS handshake: no suite is left that both sides may take",
      },
    ],
    good: { table: "secured" },
    bad: [
      {
        table: "secured",
        model: { "security[0].cipherSuites": ["TLS_PSK_WITH_AES_128_GCM_SHA256"] },
        finds: ["security[0].cipherSuites"],
      },
    ],
    check({ flags, cipherSuites }, context) {
      if (flags.secureChannel === "not supported" || !offersNothing(cipherSuites, (suite) => suites.includes(suite)))
        return;
      context.report(
        "cipherSuites",
        `a secure channel is ${flags.secureChannel} with no cipher suite that Linux has for it: ${shown(cipherSuites!)}`,
      );
    },
  }),
  rule("table", {
    code: "Y017",
    name: "sec-no-demand",
    severity: "info",
    summary: "A security profile that a record names asks for something.",
    why: "With neither authentication nor a secure channel it says nothing, and nvme-cli 3.x still leaves out every record that names it.",
    hint: "Say what is required, or let the record name no profile",
    spec: figure(24),
    breaks: [
      { who: "nvme-cli from 3.0-rc1", what: "skips the records that name the profile, though it asks for nothing" },
    ],
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
    check({ ssns, discovery, security }, context) {
      for (const [i, { index, flags }] of security.entries())
        if (
          flags?.valid &&
          flags.inBandAuthentication === "not supported" &&
          flags.secureChannel === "not supported" &&
          [...ssns, ...discovery].some(({ securityIndex }) => securityIndex === index)
        )
          context.reportAt(`security[${i}].flags`, `security profile ${index} asks for neither authentication nor TLS`);
    },
  }),
];
