import { DISCOVERY_NQN } from "../../text/nvme.ts";
import { longNqn } from "../example-texts.ts";
import type { RuleTexts } from "../rule.ts";

/** What the rules in `../ssns.ts` say, and their examples. */
export const ssnsTexts: RuleTexts = {
  S001: {
    summary: "An SSNS Descriptor has structure id 4.",
    why: "Another id means that the list's offset, length or count is wrong; the content of the entry is not checked.",
    good: {},
    bad: [{ model: { "ssns[0].structureId": 3 }, finds: ["ssns[0].structureId"] }],
  },
  S002: {
    summary: "An SSNS Descriptor is valid.",
    why: "Readers skip an entry that is not valid; nothing else in it has a meaning.",
    good: {},
    bad: [{ model: { "ssns[0].flags.valid": false }, finds: ["ssns[0].flags.valid"] }],
  },
  S004: {
    summary: "SSNS indexes count from 1 in the order of the list, and none occurs twice.",
    why: "Specification: an index is unique, not 0, and has no priority. Practice: firmware writes the position, and some readers rely on it.",
    good: {},
    bad: [
      { model: { "ssns[0].index": 0 }, finds: ["ssns[0].index"] },
      { model: { "ssns[1].index": 1 }, finds: ["ssns[1].index"] },
      { model: { "ssns[1].index": 300 }, finds: ["ssns[1].index"] },
    ],
  },
  S031: {
    summary: "Reserved bytes of an SSNS Descriptor are zero.",
    why: "A later revision may define them.",
    good: {},
    bad: [
      {
        stored: { "ssns[0].reserved9": 1, "ssns[0].reserved66": 1, "ssns[1].reserved47": 1 },
        finds: ["ssns[0].reserved9", "ssns[0].reserved66", "ssns[1].reserved47"],
      },
    ],
  },
  S003: {
    summary: "The transport of an SSNS is that of its HFI, and one that this revision defines: 3, TCP.",
    why: "A reader reports an unknown transport and ignores the descriptor (A.4.1.2.3); a TCP interface reaches subsystems only over TCP.",
    good: {},
    bad: [
      { model: { "ssns[0].trtype": 4 }, finds: ["ssns[0].trtype"] },
      { model: { "ssns[0].trtype": 4, "hfi[0].trtype": 4 }, finds: ["ssns[0].trtype"] },
    ],
  },
  S005: {
    summary: "Reserved bits of the SSNS flags are zero, and Unavailable Namespace does not have its reserved value.",
    why: "Bits 15 to 9 and the value 3 are reserved.",
    good: {},
    bad: [
      { model: { "ssns[0].flags.reserved": 0x8000 }, finds: ["ssns[0].flags"] },
      { model: { "ssns[0].flags.unavailable": "reserved" }, finds: ["ssns[0].flags.unavailable"] },
    ],
  },
  S006: {
    summary: "An SSNS has a transport address.",
    why: "Without it, there is nothing to connect to.",
    good: {},
    bad: [{ model: { "ssns[0].traddr": undefined }, finds: ["ssns[0].traddr"] }],
  },
  S007: {
    summary: "A transport address has 16 bytes.",
    why: "IPv4 addresses are mapped into IPv6.",
    good: {},
    bad: [{ stored: { "ssns[0].traddrRef": { length: 4 } }, finds: ["ssns[0].traddr"] }],
  },
  S008: {
    summary: "The transport address is not zero.",
    why: "A subsystem cannot have the address :: or 0.0.0.0.",
    good: {},
    bad: [
      { model: { "ssns[0].traddr": "::" }, finds: ["ssns[0].traddr"] },
      { model: { "ssns[0].traddr": "0.0.0.0" }, finds: ["ssns[0].traddr"] },
    ],
  },
  S009: {
    summary: "The transport service id is a port number from 1 to 65535, in decimal.",
    why: "The kernel uses it as the port; 4420 is the default of I/O controllers.",
    good: {},
    bad: [
      { model: { "ssns[0].trsvcid": undefined }, finds: ["ssns[0].trsvcid"] },
      { model: { "ssns[0].trsvcid": "0x1144" }, finds: ["ssns[0].trsvcid"] },
      { model: { "ssns[0].trsvcid": "65536" }, finds: ["ssns[0].trsvcid"] },
    ],
  },
  S010: {
    summary: "An SSNS has a subsystem NQN of at most 223 bytes that follows the grammar of NQNs.",
    why: "Connect names the subsystem by it; a longer one does not fit the command. Linux accepts one byte less, and no comma, which ends an option.",
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
  },
  S011: {
    summary: "The subsystem of an SSNS is not a discovery controller.",
    why: "There is nothing to boot from; firmware built on EDK2 writes this record if it could not reach a discovery controller.",
    good: {},
    bad: [{ model: { "ssns[1].subsystemNqn": DISCOVERY_NQN }, finds: ["ssns[1].subsystemNqn"] }],
  },
  S028: {
    summary: "Transport specific flags are in use when one of them is set, and reserved ones are zero.",
    why: "Specification: the digest bits count only with Transport Specific Flags In Use. Practice: nvme-cli prints them anyway, and connects without digests.",
    good: { model: { "ssns[0].transportFlags.inUse": true, "ssns[0].transportFlags.dataDigest": true } },
    bad: [
      { model: { "ssns[0].transportFlags.reserved": 8 }, finds: ["ssns[0].transportFlags"] },
      { model: { "ssns[0].transportFlags.headerDigest": true }, finds: ["ssns[0].transportFlags.inUse"] },
    ],
  },
};
