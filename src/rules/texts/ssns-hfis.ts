import type { RuleTexts } from "../rule.ts";

/** What the rules in `../ssns-hfis.ts` say, and their examples. */
export const ssnsHfisTexts: RuleTexts = {
  S018: {
    summary: "The primary HFI of an SSNS exists, and has its transport.",
    why: "Without an interface there is no path to the subsystem. Readers skip HFIs of unknown transports.",
    good: {},
    bad: [
      { model: { "ssns[0].primaryHfi": 3 }, finds: ["ssns[0].primaryHfi"] },
      { model: { "ssns[0].primaryHfi": 0 }, finds: ["ssns[0].primaryHfi"] },
      { model: { "hfi[0].trtype": 4 }, finds: ["ssns[0].primaryHfi"] },
    ],
  },
  S019: {
    summary: "An SSNS has a secondary HFI list, with at least its primary HFI.",
    why: "Specification: the list is optional (Figures 17 and 27). Practice: libnvme drops every record without one, in all versions since 2022; firmware built on EDK2 writes the primary's index into it, so the bug went unnoticed.",
    good: {},
    bad: [{ model: { "ssns[0].secondaryHfis": undefined }, finds: ["ssns[0].secondaryHfis"] }],
  },
  S020: {
    summary: "A secondary HFI list has each other HFI once.",
    why: "0 is an unused slot, and a repeated index adds nothing. A list of only the primary makes Linux use the record (S019), and is not reported.",
    good: {},
    bad: [
      { model: { "ssns[0].secondaryHfis": [2, 2] }, finds: ["ssns[0].secondaryHfis"] },
      { model: { "ssns[0].secondaryHfis": [2, 0] }, finds: ["ssns[0].secondaryHfis"] },
      { model: { "ssns[0].secondaryHfis": [2, 1] }, finds: ["ssns[0].secondaryHfis"] },
    ],
  },
  S021: {
    summary: "The secondary HFIs of an SSNS exist.",
    why: "The paths over them are lost.",
    good: {},
    bad: [{ model: { "ssns[0].secondaryHfis": [2, 3, 3, 9] }, finds: ["ssns[0].secondaryHfis"] }],
  },
  S022: {
    summary: "A secondary HFI list has at most 255 entries.",
    why: "There are no more indexes. Readers that search for duplicates pair by pair take seconds for a long list.",
    good: {},
    bad: [{ stored: { "ssns[0].secondaryHfisRef": { length: 256 } }, finds: ["ssns[0].secondaryHfis"] }],
  },
  S029: {
    summary: "The transport address is of the family of its HFIs' addresses.",
    why: "An IPv4 interface address cannot reach an IPv6 address, or the other way round.",
    good: {},
    bad: [{ model: { "ssns[0].traddr": "2001:db8::20" }, finds: ["ssns[0].traddr"] }],
  },
  S032: {
    summary: "A secondary HFI list contains no 0.",
    why: "Specification: 0 is an unused slot. Practice: nvme-cli 2.x of 2025 counts the slot as an HFI, finds none, and crashes.",
    good: {},
    bad: [
      { model: { "ssns[0].secondaryHfis": [0] }, finds: ["ssns[0].secondaryHfis"] },
      { model: { "ssns[0].secondaryHfis": [2, 0] }, finds: ["ssns[0].secondaryHfis"] },
    ],
  },
  S033: {
    summary: "In a secondary HFI list, no entry that readers skip precedes another HFI.",
    why: "Specification: entries have no order. Practice: nvme-cli 2.x of 2025 leaves a hole for the primary, a duplicate or an unknown index, and crashes if another HFI follows: with [primary, other], but not with [other].",
    good: { model: { "ssns[0].secondaryHfis": [2] } },
    bad: [{ model: { "ssns[0].secondaryHfis": [1, 2] }, finds: ["ssns[0].secondaryHfis"] }],
  },
  S034: {
    summary: "The only HFI in the secondary list is the primary one.",
    why: "Firmware built on EDK2 up to 2023 writes 1 as the primary HFI of every record and the right one into the list. Here the subsystem is in the network of the listed HFI, not in that of the primary.",
    good: {},
    bad: [{ model: { "ssns[1].primaryHfi": 1 }, finds: ["ssns[1].primaryHfi"] }],
  },
};
