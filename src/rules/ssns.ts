import { ssnsDescriptor } from "../nbft/structures/index.ts";
import { figure, section } from "../nbft/structures/spec.ts";
import { DISCOVERY_NQN } from "../text/nvme.ts";
import { dropped } from "./breakages.ts";
import type { RuleContext } from "./context.ts";
import { longNqn } from "./example-texts.ts";
import { constRule, indexRule, reservedBits, reservedRule } from "./generic.ts";
import { portOf, quote } from "./names.ts";
import { readerRule } from "./reader-rule.ts";
import { type AnyRule, rule } from "./rule.ts";

const dropsSsns = dropped("SSNS");
const { fields } = ssnsDescriptor;
const reservedFlags = reservedBits(ssnsDescriptor, "flags", "S005");
const reservedTransportFlags = reservedBits(ssnsDescriptor, "transportFlags", "S028");

/** Rules about SSNS Descriptors as such: what they are, flags, and how the subsystem is reached. */
export const ssnsRules: readonly AnyRule[] = [
  constRule("ssns", ssnsDescriptor, "structureId", {
    code: "S001",
    name: "ss-id",
    severity: "error",
    summary: "An SSNS Descriptor has structure id 4.",
    why: "Another id says that the list's offset, length or count is wrong; the entry's content is not judged.",
    hint: "Check the SSNS list's offset (SSNSO), descriptor length (SSNSL) and count (NUMSSNS)",
    spec: figure(17),
    breaks: [dropsSsns],
    stops: true,
    fix: "writes 04h, if everything else there is right",
    good: {},
    bad: [{ model: { "ssns[0].structureId": 3 }, finds: ["ssns[0].structureId"] }],
  }),
  rule("ssns", {
    code: "S002",
    name: "ss-invalid",
    severity: "info",
    summary: "An SSNS Descriptor is valid.",
    why: "An entry that is not valid is skipped; nothing else in it has a meaning.",
    hint: "Nothing is wrong when the entry is meant to be skipped",
    spec: figure(18),
    breaks: [dropsSsns],
    stops: true,
    good: {},
    bad: [{ model: { "ssns[0].flags.valid": false }, finds: ["ssns[0].flags.valid"] }],
    check({ flags }, context) {
      if (!flags.valid) context.report("flags.valid", "Descriptor Valid is 0: readers skip this SSNS");
    },
  }),
  indexRule("ssns", {
    code: "S004",
    name: "ss-index",
    severity: "error",
    milder: ["warning"],
    summary: "SSNS indexes count from 1 in the order of the list, and none is there twice.",
    why: "Specification: an index is unique, not 0, and has no priority. Practice: firmware writes the position, and some readers count on it.",
    hint: "Number the descriptors 1, 2, 3 … in their order",
    spec: section("3.2.1.2"),
    fix: "numbers the records by their place",
    good: {},
    bad: [
      { model: { "ssns[0].index": 0 }, finds: ["ssns[0].index"] },
      { model: { "ssns[1].index": 1 }, finds: ["ssns[1].index"] },
      { model: { "ssns[1].index": 300 }, finds: ["ssns[1].index"] },
    ],
  }),
  reservedRule("ssns", ssnsDescriptor, [], {
    code: "S031",
    name: "ss-reserved",
    severity: "info",
    summary: "Reserved bytes of an SSNS Descriptor are zero.",
    why: "A later revision may give them a meaning.",
    hint: "Write zeros",
    spec: figure(17),
    fix: "writes zeros",
    good: {},
    bad: [
      {
        stored: { "ssns[0].reserved9": 1, "ssns[0].reserved66": 1, "ssns[1].reserved47": 1 },
        finds: ["ssns[0].reserved9", "ssns[0].reserved66", "ssns[1].reserved47"],
      },
    ],
  }),
  rule("ssns", {
    code: "S003",
    name: "ss-trtype",
    severity: "error",
    milder: ["info"],
    summary: "The transport of an SSNS is that of its HFI, and one that this revision knows: 3, TCP.",
    why: "A reader reports a transport that it does not know and ignores the descriptor (A.4.1.2.3); a TCP interface, though, reaches subsystems over TCP alone.",
    hint: "Write 3, or associate an HFI of the other transport",
    spec: section("A.4.1.2.3"),
    breaks: [dropsSsns],
    stops: true,
    good: {},
    bad: [
      { model: { "ssns[0].trtype": 4 }, finds: ["ssns[0].trtype"] },
      { model: { "ssns[0].trtype": 4, "hfi[0].trtype": 4 }, finds: ["ssns[0].trtype"] },
    ],
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
    summary: "Reserved bits of the SSNS flags are zero, and so is not a reserved value used for Unavailable Namespace.",
    why: "Bits 15 to 9 and the value 3 have no meaning.",
    hint: "Write zeros; 0 not indicated, 1 available, 2 unavailable",
    spec: figure(18),
    breaks: [{ who: "libnvme", what: "takes the value 3 for unavailable" }],
    fix: "clears the bits",
    good: {},
    bad: [
      { model: { "ssns[0].flags.reserved": 0x8000 }, finds: ["ssns[0].flags"] },
      { model: { "ssns[0].flags.unavailable": "reserved" }, finds: ["ssns[0].flags.unavailable"] },
    ],
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
    summary: "An SSNS has a transport address.",
    why: "There is nothing to connect to without it.",
    hint: "Refer to 16 bytes of address",
    spec: figure(17),
    breaks: [dropsSsns],
    good: {},
    bad: [{ model: { "ssns[0].traddr": undefined }, finds: ["ssns[0].traddr"] }],
    check(_, context) {
      if (context.empty(fields.traddr.at)) context.report("traddr", "no transport address, expected one of 16 bytes");
    },
  }),
  readerRule("S007", "ssns", {
    summary: "A transport address has 16 bytes.",
    why: "IPv4 is mapped into IPv6.",
    fix: "writes 16, if nothing else stands there",
    good: {},
    bad: [{ stored: { "ssns[0].traddrRef": { length: 4 } }, finds: ["ssns[0].traddr"] }],
  }),
  rule("ssns", {
    code: "S008",
    name: "ss-traddr-zero",
    severity: "error",
    summary: "The transport address is not zero.",
    why: "No subsystem has the address :: or 0.0.0.0.",
    hint: "Give the subsystem's address",
    spec: figure(17),
    good: {},
    bad: [
      { model: { "ssns[0].traddr": "::" }, finds: ["ssns[0].traddr"] },
      { model: { "ssns[0].traddr": "0.0.0.0" }, finds: ["ssns[0].traddr"] },
    ],
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
    summary: "The transport service id is a port number from 1 to 65535, in decimal.",
    why: "The kernel takes it as a port; 4420 is the default of I/O controllers.",
    hint: "Write the port, for example 4420",
    spec: figure(17),
    breaks: [dropsSsns],
    good: {},
    bad: [
      { model: { "ssns[0].trsvcid": undefined }, finds: ["ssns[0].trsvcid"] },
      { model: { "ssns[0].trsvcid": "0x1144" }, finds: ["ssns[0].trsvcid"] },
      { model: { "ssns[0].trsvcid": "65536" }, finds: ["ssns[0].trsvcid"] },
    ],
    check({ trsvcid }, context) {
      if (context.empty(fields.trsvcid.at))
        context.report("trsvcid", "no transport service id, expected a port such as 4420");
      else if (trsvcid !== undefined && !isPort(trsvcid, context)) {
        context.report("trsvcid", `transport service id is ${quote(trsvcid.slice(0, 40))}, expected 1 to 65535`);
      }
    },
  }),
  rule("ssns", {
    code: "S010",
    name: "ss-nqn",
    severity: "error",
    milder: ["warning"],
    summary: "An SSNS has a subsystem NQN of at most 223 bytes that follows the grammar of NQNs.",
    why: "Connect names the subsystem by it; a longer one fits no command. Linux takes one byte less, and no comma, which ends an option.",
    hint: "Use nqn.2014-08.org.nvmexpress:uuid:UUID or nqn.YYYY-MM.DOMAIN:NAME",
    spec: figure(17),
    breaks: [dropsSsns],
    good: { model: { "ssns[0].subsystemNqn": "nqn.2024-01.com.example:target" } },
    bad: [
      { model: { "ssns[0].subsystemNqn": undefined }, finds: ["ssns[0].subsystemNqn"] },
      {
        heap: longNqn,
        stored: { "ssns[0].subsystemNqnRef": { added: 0, length: longNqn.length } },
        finds: ["ssns[0].subsystemNqn"],
      },
      { model: { "ssns[0].subsystemNqn": "target" }, finds: ["ssns[0].subsystemNqn"] },
      { model: { "ssns[0].subsystemNqn": "nqn.2024-01.com.example:a,b" }, finds: ["ssns[0].subsystemNqn"] },
    ],
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
    summary: "The subsystem of an SSNS is not a discovery controller.",
    why: "There is nothing to boot from; it is how firmware built on EDK2 records that a discovery controller could not be reached.",
    hint: "Look at the discovery controller: the firmware could not reach it",
    spec: figure(17),
    good: {},
    bad: [{ model: { "ssns[1].subsystemNqn": DISCOVERY_NQN }, finds: ["ssns[1].subsystemNqn"] }],
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
    summary: "Transport specific flags are in use when one of them is set, and reserved ones are zero.",
    why: "Specification: the digest bits count only with Transport Specific Flags In Use. Practice: nvme-cli prints them all the same, and connects without digests anyway.",
    hint: "Set bit 0 together with the digest bits",
    spec: figure(19),
    breaks: [{ who: "nvme-cli", what: "prints the digests as required" }],
    fix: "clears the bits",
    good: { model: { "ssns[0].transportFlags.inUse": true, "ssns[0].transportFlags.dataDigest": true } },
    bad: [
      { model: { "ssns[0].transportFlags.reserved": 8 }, finds: ["ssns[0].transportFlags"] },
      { model: { "ssns[0].transportFlags.headerDigest": true }, finds: ["ssns[0].transportFlags.inUse"] },
    ],
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
