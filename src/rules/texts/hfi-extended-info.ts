import type { RuleTexts } from "../rule.ts";

const ext = "hfi[1].transportInfo.extendedInfo";

/** What the rules in `../hfi-extended-info.ts` say, and their examples. */
export const hfiExtendedInfoTexts: RuleTexts = {
  X001: {
    summary: "HFI extended information has 20 bytes.",
    why: "A reader that does not check the length reads past the object.",
    good: {},
    bad: [{ stored: { "hfi[1].transportInfo.extendedInfoRef": { length: 19 } }, finds: [ext] }],
  },
  X002a: {
    summary: "HFI extended information has structure id 0Ah.",
    why: "Another id means that the reference points elsewhere; the content is not checked.",
    good: {},
    bad: [{ model: { [`${ext}.structureId`]: 9 }, finds: [`${ext}.structureId`] }],
  },
  X002b: {
    summary: "HFI extended information has version 1.",
    why: "Another version may have another layout; the content is not checked.",
    good: {},
    bad: [{ model: { [`${ext}.version`]: 2 }, finds: [`${ext}.version`] }],
  },
  X002c: {
    summary: "HFI extended information that is referred to is valid.",
    why: "The reference means that it exists; the content is not checked.",
    good: {},
    bad: [{ model: { [`${ext}.flags.valid`]: false }, finds: [`${ext}.flags.valid`] }],
  },
  X003: {
    summary: "HFI extended information has the index of its HFI.",
    why: "The figure calls it the index of the Transport Info Descriptor, which is the index of the HFI.",
    good: {},
    bad: [{ model: { [`${ext}.hfiIndex`]: 1 }, finds: [`${ext}.hfiIndex`] }],
  },
  X004: {
    summary: "An HFI with DHCP Client Information has IP Address Origin 3, DHCP.",
    why: "The client information is the identity for which the address was leased.",
    good: {},
    bad: [{ model: { "hfi[1].transportInfo.ipOrigin": "other" }, finds: [`${ext}.flags.dhcpClientInfo`] }],
  },
  X005: {
    summary: "DHCP Client Information has both an IAID and a DUID.",
    why: "The two together identify a DHCP client.",
    good: {},
    bad: [
      { model: { [`${ext}.dhcpIaid`]: undefined }, finds: [`${ext}.dhcpIaid`] },
      { model: { [`${ext}.dhcpDuid`]: undefined }, finds: [`${ext}.dhcpDuid`] },
    ],
  },
  X006: {
    summary: "An IAID has four bytes.",
    why: "It is a 32-bit number.",
    good: {},
    bad: [{ stored: { [`${ext}.dhcpIaidRef`]: { length: 3 } }, finds: [`${ext}.dhcpIaid`] }],
  },
  X007: {
    summary: "A DUID has 3 to 130 bytes.",
    why: "Two bytes of type and at least one of content, at most 128 (RFC 8415).",
    good: {},
    bad: [
      { model: { [`${ext}.dhcpDuid`]: "0300" }, finds: [`${ext}.dhcpDuid`] },
      { model: { [`${ext}.dhcpDuid`]: "00".repeat(131) }, finds: [`${ext}.dhcpDuid`] },
    ],
  },
  X008: {
    summary: "The fields of a DUID are little-endian.",
    why: "Specification: the DUID is little-endian, and its examples show one with a type of one byte. Practice: libnvme reads fields little-endian after a type of two bytes, DHCP itself sends them big-endian.",
    good: {},
    bad: [{ model: { [`${ext}.dhcpDuid`]: "00030001525400123457" }, finds: [`${ext}.dhcpDuid`] }],
  },
  X009: {
    summary: "A Transport Info Descriptor of version 1 has no extended information.",
    why: "The bytes of the reference are reserved before version 2; here they point into the heap, so the version is probably wrong.",
    good: {},
    bad: [
      {
        // Room for the reference: the table is made with version 2, and the version is stored afterwards.
        stored: { "hfi[1].transportInfo.transportInfoVersion": 1 },
        finds: ["hfi[1].transportInfo.extendedInfoRef"],
      },
    ],
  },
  X010: {
    summary: "Reserved bits of the extended information's flags are zero.",
    why: "A later revision may define them.",
    good: {},
    bad: [{ model: { [`${ext}.flags.reserved`]: 0x80000000 }, finds: [`${ext}.flags`] }],
  },
};
