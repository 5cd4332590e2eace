import type { RuleTexts } from "../rule.ts";

/** What the rules in `../control.ts` say, and their examples. */
export const controlTexts: RuleTexts = {
  C004: {
    summary: "The Control Descriptor's length is 64 bytes.",
    why: "A smaller length would cut off fields. No known reader checks it.",
    good: {},
    bad: [
      { model: { "control.descriptorLength": 0 }, finds: ["control.descriptorLength"] },
      { model: { "control.descriptorLength": 72 }, finds: ["control.descriptorLength"] },
    ],
  },
  C001: {
    summary: "The Control Descriptor has structure id 1.",
    why: "It is at offset 64 and refers to everything else; without it, nothing else is checked.",
    good: {},
    bad: [{ model: { "control.structureId": 2 }, finds: ["control.structureId"] }],
  },
  C002: {
    summary: "Block Valid is set: something is configured.",
    why: "Specification: firmware that supports NVMe boot without a configuration publishes a table whose Control Descriptor is not valid. Practice: firmware publishes a valid one with a Host Descriptor and empty lists.",
    good: {},
    bad: [{ table: "bare", finds: ["control.flags.valid"] }],
  },
  C018: {
    summary: "A Control Descriptor that is not valid has no list entries.",
    why: "Firmware without a configuration has nothing to list. Readers ignore the entries of such a table silently.",
    good: { table: "bare" },
    bad: [{ stored: { "control.flags": 0 }, finds: ["control.flags.valid"] }],
  },
  C003: {
    summary: "Reserved bits of the Control Descriptor's flags are zero.",
    why: "A later revision may define them; drafts used bit 1 for boot failover.",
    good: {},
    bad: [{ model: { "control.flags.reserved": 2 }, finds: ["control.flags"] }],
  },
  C005: {
    summary: "The Control Descriptor has major revision 1 and minor revision 0.",
    why: "The minor revision stays 0 in tables of revision 1.1 and newer; only the header's minor revision changes.",
    good: {},
    bad: [
      { model: { "control.majorRevision": 0 }, finds: ["control.majorRevision"] },
      { model: { "control.minorRevision": 1 }, finds: ["control.minorRevision"] },
    ],
  },
  C006: {
    summary: "The Host Descriptor's reference points to 32 bytes inside the table.",
    why: "With Block Valid set, there is always a Host Descriptor.",
    good: {},
    bad: [
      { stored: { "control.hostOffset": 0 }, finds: ["control.hostOffset"] },
      { stored: { "control.hostLength": 0 }, finds: ["control.hostOffset"] },
      { stored: { "control.hostOffset": 0xfffffff0 }, finds: ["control.hostOffset"] },
    ],
  },
  C007: {
    summary: "The Host Descriptor is at offset 128.",
    why: "Section 3.2.1 gives header, Control Descriptor and Host Descriptor fixed offsets; readers follow the reference.",
    good: {},
    bad: [{ stored: { "control.hostOffset": 136 }, finds: ["control.hostOffset"] }],
  },
  C008: {
    summary: "The Host Descriptor has 32 bytes.",
    why: "A smaller length would cut off fields. libnvme does not check it.",
    good: {},
    bad: [
      { stored: { "control.hostLength": 31 }, finds: ["control.hostLength"] },
      { stored: { "control.hostLength": 33 }, finds: ["control.hostLength"] },
    ],
  },
  C009: {
    summary: "The Host Descriptor and every list with entries have version 1.",
    why: "Version 1 is the only one. No known reader checks it.",
    good: {},
    bad: [
      {
        stored: { "control.hostVersion": 0, "control.hfiVersion": 2 },
        finds: ["control.hostVersion", "control.hfiVersion"],
      },
    ],
  },
  C010: {
    summary: "A list with entries has an offset.",
    why: "Offset 0 is the header.",
    good: {},
    bad: [{ stored: { "control.ssnsOffset": 0 }, finds: ["control.ssnsOffset"] }],
  },
  C011: {
    summary: "A list's descriptor length is at least the structure's size.",
    why: "It is the step from one entry to the next: 32 bytes for HFI and Discovery Descriptors, 64 for Security Profiles, 128 for SSNS.",
    good: {},
    bad: [{ stored: { "control.ssnsLength": 127 }, finds: ["control.ssnsLength"] }],
  },
  C012: {
    summary: "A list ends inside the table.",
    why: "Offset plus count times length, without wrapping at 2^32, is not more than Length.",
    good: {},
    bad: [
      { stored: { "control.hfiCount": 255 }, finds: ["control.hfiOffset"] },
      { stored: { "control.hfiOffset": 0xffffffe0 }, finds: ["control.hfiOffset"] },
    ],
  },
  C013: {
    summary: "A list's descriptor length is the structure's size.",
    why: "Specification: a longer descriptor is forward compatible; readers use its length as the step. Practice: libnvme does so since July 2026.",
    good: {},
    bad: [
      { stored: { "control.discoveryLength": 40 }, heap: [0, 0, 0, 0, 0, 0, 0, 0], finds: ["control.discoveryLength"] },
    ],
  },
  C014: {
    summary: "An empty list has offset, length and version 0.",
    why: "The fields are reserved when the count is 0; A.3.2.1 requires a cleared discovery offset. Firmware built on EDK2 leaves the offset of the end of the previous list.",
    good: {},
    bad: [{ stored: { "control.securityOffset": 640 }, finds: ["control.securityOffset"] }],
  },
  C016: {
    summary: "Lists start at multiples of 8.",
    why: "The specification requires no alignment, but firmware built on EDK2 aligns lists, and all sizes are multiples of 8.",
    good: {},
    bad: [{ stored: { "control.discoveryOffset": 513 }, finds: ["control.discoveryOffset"] }],
  },
  C017: {
    summary: "Reserved bytes of the Control Descriptor are zero.",
    why: "A later revision may define them.",
    good: {},
    bad: [
      {
        stored: { "control.reserved3": 1, "control.reserved48": 1 },
        finds: ["control.reserved3", "control.reserved48"],
      },
    ],
  },
};
