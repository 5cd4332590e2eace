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
    hint: "Add dh-hmac-chap to authProtocols, tls1.3 to secureChannelAlgorithms, or clear the list's flag",
    spec: figure(23),
    breaks: [{ who: "hosts that go by the profile", what: "cannot connect: what is required is not allowed" }],
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
    hint: "Add a group and a hash of the NVMe Base Specification, or clear the list's flag",
    spec: figure(23),
    breaks: [refusesAuthentication],
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
    hint: "Add one of the two, or clear CSRP",
    spec: figure(23),
    breaks: [
      {
        who: "hosts that go by the profile",
        what: "cannot make the TLS handshake: no suite is left that both sides may take",
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
    hint: "Set what is required, or write profile index 0 in the record",
    spec: figure(24),
    breaks: [
      { who: "nvme-cli from 3.0-rc1", what: "skips the records that name the profile, though it asks for nothing" },
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
