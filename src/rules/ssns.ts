import { ssnsDescriptor } from "../nbft/structures/index.ts";
import { figure, section } from "../nbft/structures/spec.ts";
import { otherPort } from "../reach/refusals.ts";
import { DISCOVERY_NQN } from "../text/nvme.ts";
import { dropped } from "./breakages.ts";
import type { RuleContext } from "./context.ts";
import { constRule, indexRule, reservedBits, reservedRule } from "./generic.ts";
import { portOf, quote } from "./names.ts";
import { readerRule } from "./reader-rule.ts";
import { type AnyRule, rule } from "./rule.ts";

const dropsSsns = dropped("SSNS");
const dropsWithout = {
  who: "libnvme",
  what: "drops an SSNS without one, without a message; any other is passed on to the kernel",
};
const { fields } = ssnsDescriptor;
const reservedFlags = reservedBits(ssnsDescriptor, "flags", "S005");
const reservedTransportFlags = reservedBits(ssnsDescriptor, "transportFlags", "S028");

/** Rules about SSNS Descriptors as such: what they are, flags, and how the subsystem is reached. */
export const ssnsRules: readonly AnyRule[] = [
  constRule("ssns", ssnsDescriptor, "structureId", {
    code: "S001",
    name: "ss-id",
    severity: "error",
    hint: "Check the SSNS list's offset (SSNSO), descriptor length (SSNSL) and count (NUMSSNS)",
    spec: figure(17),
    breaks: [dropsSsns],
    stops: true,
    fix: "writes 04h, if everything else there is right",
  }),
  rule("ssns", {
    code: "S002",
    name: "ss-invalid",
    severity: "info",
    hint: "Nothing is wrong if the entry is meant to be skipped",
    spec: figure(18),
    breaks: [dropsSsns],
    stops: true,
    check({ flags }, context) {
      if (!flags.valid) context.report("flags.valid", "Descriptor Valid is 0: readers skip this SSNS");
    },
  }),
  indexRule("ssns", {
    code: "S004",
    name: "ss-index",
    severity: "error",
    milder: ["warning"],
    hint: "Number the descriptors 1, 2, 3 … in their order",
    spec: section("3.2.1.2"),
    fix: "numbers the records by position",
  }),
  reservedRule("ssns", ssnsDescriptor, [], {
    code: "S031",
    name: "ss-reserved",
    severity: "info",
    hint: "Write zeros",
    spec: figure(17),
    fix: "writes zeros",
  }),
  rule("ssns", {
    code: "S003",
    name: "ss-trtype",
    severity: "error",
    milder: ["info"],
    hint: "Write 3, or associate an HFI of the other transport",
    spec: section("A.4.1.2.3"),
    breaks: [dropsSsns],
    stops: true,
    check({ trtype, primaryHfi }, context) {
      if (trtype === "tcp") return;
      const message = `transport type is ${trtype}, expected 3 (tcp)`;
      if (context.hfi.get(primaryHfi)?.trtype === "tcp")
        context.report("trtype", `${message} as that of HFI ${primaryHfi}`);
      else context.report("trtype", message, "info");
    },
  }),
  rule("ssns", {
    code: "S005",
    name: "ss-flags",
    severity: "warning",
    hint: "Write zeros; 0 not indicated, 1 available, 2 unavailable",
    spec: figure(18),
    breaks: [{ who: "libnvme", what: "takes the value 3 for unavailable" }],
    fix: "clears the bits",
    check(ssns, context) {
      reservedFlags(context);
      if (ssns.flags.unavailable === "reserved") {
        context.report("flags.unavailable", "Unavailable Namespace is 3, which is reserved; expected 0 to 2");
      }
    },
  }),
  rule("ssns", {
    code: "S006",
    name: "ss-traddr-missing",
    severity: "error",
    hint: "Write a reference to the 16 bytes of the address",
    spec: figure(17),
    breaks: [dropsSsns],
    check(_, context) {
      if (context.empty(fields.traddr.at)) context.report("traddr", "no transport address, expected one of 16 bytes");
    },
  }),
  readerRule("S007", "ssns", {
    fix: "writes 16, if nothing else is there",
  }),
  rule("ssns", {
    code: "S008",
    name: "ss-traddr-zero",
    severity: "error",
    hint: "Write the subsystem's address",
    spec: figure(17),
    check({ traddr }, context) {
      if (traddr === "::" || traddr === "0.0.0.0") {
        context.report("traddr", `transport address is ${traddr}, expected the subsystem's`);
      }
    },
  }),
  rule("ssns", {
    code: "S009",
    name: "ss-trsvcid",
    severity: "error",
    hint: "Write the port, for example 4420",
    spec: figure(17),
    breaks: [dropsWithout],
    check({ trsvcid }, context) {
      if (context.empty(fields.trsvcid.at))
        context.report("trsvcid", "no transport service id, expected a port such as 4420");
      else if (trsvcid !== undefined && !isPort(trsvcid, context)) {
        const taken = otherPort(trsvcid);
        const message = `transport service id is ${quote(trsvcid.slice(0, 40))}, expected 1 to 65535`;
        context.report("trsvcid", taken === undefined ? message : `${message}; ${taken}`);
      }
    },
  }),
  rule("ssns", {
    code: "S010",
    name: "ss-nqn",
    severity: "error",
    milder: ["warning"],
    hint: "Use nqn.2014-08.org.nvmexpress:uuid:UUID or nqn.YYYY-MM.DOMAIN:NAME",
    spec: figure(17),
    breaks: [dropsWithout],
    check({ subsystemNqn }, context) {
      if (context.empty(fields.subsystemNqn.at))
        return context.report("subsystemNqn", "no subsystem NQN, expected one");
      if (subsystemNqn === undefined) return;
      const trouble = context.nqnTrouble(subsystemNqn, fields.subsystemNqn.at);
      if (!trouble) return;
      context.report(
        "subsystemNqn",
        `subsystem NQN ${trouble.message}`,
        trouble.kind === "length" ? "error" : "warning",
      );
    },
  }),
  rule("ssns", {
    code: "S011",
    name: "ss-nqn-discovery",
    severity: "info",
    hint: "Check the discovery controller: the firmware could not reach it",
    spec: figure(17),
    check({ subsystemNqn }, context) {
      if (subsystemNqn === DISCOVERY_NQN) {
        context.report("subsystemNqn", "subsystem NQN is the well-known discovery NQN: readers skip this SSNS");
      }
    },
  }),
  rule("ssns", {
    code: "S028",
    name: "ss-trflags",
    severity: "info",
    hint: "Set bit 0 together with the digest bits",
    spec: figure(19),
    breaks: [{ who: "nvme-cli", what: "prints the digests as required" }],
    fix: "clears the bits",
    check(ssns, context) {
      reservedTransportFlags(context);
      const { inUse, headerDigest, dataDigest } = ssns.transportFlags;
      if (inUse || !(headerDigest || dataDigest)) return;
      const which = [headerDigest && "header", dataDigest && "data"].filter(Boolean).join(" and ");
      context.report(
        "transportFlags.inUse",
        `${which} digest is required with Transport Specific Flags In Use 0, expected 1`,
      );
    },
  }),
];

function isPort(trsvcid: string, context: RuleContext): boolean {
  const at = context.targetOf(fields.trsvcid.at);
  return portOf(context.bytes, at, at + trsvcid.length) > 0;
}
