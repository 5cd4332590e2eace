import type { RuleTexts } from "../rule.ts";

/** What the rules in `../security.ts` say, and their examples. */
export const securityTexts: RuleTexts = {
  Y001: {
    summary: "A Security Profile Descriptor has structure id 5.",
    why: "Another id says that the list's offset, length or count is wrong; the entry's content is not checked.",
    good: { table: "secured" },
    bad: [{ table: "secured", model: { "security[0].structureId": 6 }, finds: ["security[0].structureId"] }],
  },
  Y002: {
    summary: "A Security Profile Descriptor is valid.",
    why: "An entry that is not valid is skipped; nothing else in it has a meaning.",
    good: { table: "secured" },
    bad: [{ table: "secured", model: { "security[0].flags.valid": false }, finds: ["security[0].flags.valid"] }],
  },
  Y003: {
    summary: "Security profile indexes count from 1 in the order of the list, and none is there twice.",
    why: "Specification: an index is unique, not 0, and has no priority. Practice: firmware writes the position.",
    good: { table: "secured" },
    bad: [
      { table: "secured", model: { "security[0].index": 0 }, finds: ["security[0].index"] },
      { table: "secured", model: { "security[0].index": 2 }, finds: ["security[0].index"] },
    ],
  },
  Y004: {
    summary: "No field of the profile's flags has its reserved value 3, and reserved bits are zero.",
    why: "The value 3 and bits 15 to 12 have no meaning.",
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
    why: "A later revision may give them a meaning.",
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
    summary: "A list that the flags enable is there.",
    why: "The flag says that policy restricts the choice, and the list says to what.",
    good: { table: "secured" },
    bad: [{ table: "secured", model: { "security[0].dhGroups": undefined }, finds: ["security[0].dhGroups"] }],
  },
  Y006: {
    summary: "A list that the flags do not enable has no reference.",
    why: "The reference is reserved then and must not be followed: published tables plant FFFFFFFFh there.",
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
    summary: "Secure channel algorithms, authentication protocols, DH groups and hash functions are known ones.",
    why: "What a reader does not know it cannot use.",
    good: { table: "secured" },
    bad: [
      { table: "secured", model: { "security[0].authProtocols": [3] }, finds: ["security[0].authProtocols"] },
      { table: "secured", model: { "security[0].dhGroups": [14, 15] }, finds: ["security[0].dhGroups"] },
    ],
  },
  Y010: {
    summary: "The secret type has no bits but bit 1, Redfish Host Interface URI.",
    why: "The others are reserved; drafts used bit 0 for none and bit 2 for a vendor's URI.",
    good: { table: "secured" },
    bad: [{ table: "secured", model: { "security[0].secretType.reserved": 4 }, finds: ["security[0].secretType"] }],
  },
  Y011: {
    summary: "The secret key path is there exactly when the secret type says what it is.",
    why: "The type says how the path is to be read.",
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
    summary: "A security profile is named by some record.",
    why: "It has no effect otherwise.",
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
