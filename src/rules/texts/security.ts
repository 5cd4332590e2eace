import type { RuleTexts } from "../rule.ts";

/** What the rules in `../security.ts` say, and their examples. */
export const securityTexts: RuleTexts = {
  Y001: {
    summary: "A Security Profile Descriptor has structure id 5.",
    why: "Another id means that the list's offset, length or count is wrong; the content of the entry is not checked.",
    good: { table: "secured" },
    bad: [{ table: "secured", model: { "security[0].structureId": 6 }, finds: ["security[0].structureId"] }],
  },
  Y002: {
    summary: "A Security Profile Descriptor is valid.",
    why: "Readers skip an entry that is not valid; nothing else in it has a meaning.",
    good: { table: "secured" },
    bad: [{ table: "secured", model: { "security[0].flags.valid": false }, finds: ["security[0].flags.valid"] }],
  },
  Y003: {
    summary: "Security profile indexes count from 1 in the order of the list, and none occurs twice.",
    why: "Specification: an index is unique, not 0, and has no priority. Practice: firmware writes the position.",
    good: { table: "secured" },
    bad: [
      { table: "secured", model: { "security[0].index": 0 }, finds: ["security[0].index"] },
      { table: "secured", model: { "security[0].index": 2 }, finds: ["security[0].index"] },
    ],
  },
  Y004: {
    summary: "No field of the profile's flags has its reserved value 3, and reserved bits are zero.",
    why: "The value 3 and bits 15 to 12 are reserved.",
    good: { table: "secured" },
    bad: [
      { table: "secured", model: { "security[0].flags.reserved": 0x1000 }, finds: ["security[0].flags"] },
      {
        table: "secured",
        model: { "security[0].flags.inBandAuthentication": "reserved" },
        finds: ["security[0].flags.inBandAuthentication"],
      },
    ],
  },
  Y013: {
    summary: "Reserved bytes of a Security Profile Descriptor are zero.",
    why: "A later revision may define them.",
    good: { table: "secured" },
    bad: [
      {
        table: "secured",
        stored: { "security[0].reserved5": 1, "security[0].reserved42": 1 },
        finds: ["security[0].reserved5", "security[0].reserved42"],
      },
    ],
  },
  Y005: {
    summary: "A list that the flags enable exists.",
    why: "The flag means that the choice is restricted to the list.",
    good: { table: "secured" },
    bad: [{ table: "secured", model: { "security[0].dhGroups": undefined }, finds: ["security[0].dhGroups"] }],
  },
  Y006: {
    summary: "A list that the flags do not enable has no reference.",
    why: "Such a reference is reserved and must not be followed: some published tables have FFFFFFFFh there.",
    good: { table: "secured" },
    bad: [
      {
        table: "secured",
        stored: { "security[0].flags": 0x01ff },
        finds: ["security[0].cipherSuitesRef", "security[0].dhGroupsRef", "security[0].secureHashesRef"],
      },
    ],
  },
  Y007: {
    summary: "A list that the flags enable lies inside the heap.",
    why: "It is a heap object like any other.",
    good: { table: "secured" },
    bad: [
      {
        table: "secured",
        stored: { "security[0].authProtocolsRef": { offset: 0x10 } },
        finds: ["security[0].authProtocolsRef"],
      },
    ],
  },
  Y008: {
    summary: "A list of cipher suites has an even number of bytes.",
    why: "Each suite is an IANA number of two bytes, the higher first.",
    good: { table: "secured" },
    bad: [
      {
        table: "secured",
        stored: { "security[0].cipherSuitesRef": { length: 1 } },
        finds: ["security[0].cipherSuites"],
      },
    ],
  },
  Y009: {
    summary: "Secure channel algorithms, authentication protocols, DH groups and hash functions are known.",
    why: "A reader cannot use unknown ones.",
    good: { table: "secured" },
    bad: [
      { table: "secured", model: { "security[0].authProtocols": [3] }, finds: ["security[0].authProtocols"] },
      { table: "secured", model: { "security[0].dhGroups": [14, 15] }, finds: ["security[0].dhGroups"] },
    ],
  },
  Y010: {
    summary: "The secret type has no bits but bit 1, Redfish Host Interface URI.",
    why: "Other bits are reserved; drafts used bit 0 for none and bit 2 for a vendor's URI.",
    good: { table: "secured" },
    bad: [{ table: "secured", model: { "security[0].secretType.reserved": 4 }, finds: ["security[0].secretType"] }],
  },
  Y011: {
    summary: "There is a secret key path exactly if the secret type is set.",
    why: "The type defines the format of the path.",
    good: { table: "secured" },
    bad: [
      { table: "secured", model: { "security[0].secretKeypath": undefined }, finds: ["security[0].secretKeypath"] },
      {
        table: "secured",
        model: { "security[0].secretType.redfishHostInterfaceUri": false },
        finds: ["security[0].secretType"],
      },
    ],
  },
  Y012: {
    summary: "A security profile is used by at least one record.",
    why: "Otherwise it has no effect.",
    good: { table: "secured" },
    bad: [
      {
        table: "secured",
        model: { "ssns[0].securityIndex": 0, "ssns[0].flags.useSecurity": false },
        finds: ["security[0].index"],
      },
    ],
  },
};
