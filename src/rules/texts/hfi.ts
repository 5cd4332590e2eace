import type { RuleTexts } from "../rule.ts";

/** What the rules in `../hfi.ts` say, and their examples. */
export const hfiTexts: RuleTexts = {
  F001: {
    summary: "An HFI Descriptor has structure id 3.",
    why: "Another id means that the list's offset, length or count is wrong; the content of the entry is not checked.",
    good: {},
    bad: [{ model: { "hfi[0].structureId": 4 }, finds: ["hfi[0].structureId"] }],
  },
  F002: {
    summary: "An HFI Descriptor is valid.",
    why: "Readers skip an entry that is not valid; nothing else in it has a meaning.",
    good: {},
    bad: [{ model: { "hfi[0].flags.valid": false }, finds: ["hfi[0].flags.valid"] }],
  },
  F003: {
    summary: "HFI indexes count from 1 in the order of the list, and none occurs twice.",
    why: "Specification: an index is unique, not 0, and has no priority. Practice: firmware writes the position, and some readers rely on it; libnvme uses the first of two equal indexes.",
    good: {},
    bad: [
      { model: { "hfi[0].index": 0 }, finds: ["hfi[0].index"] },
      { model: { "hfi[1].index": 1 }, finds: ["hfi[1].index"] },
      { model: { "hfi[1].index": 3 }, finds: ["hfi[1].index"] },
    ],
  },
  F006: {
    summary: "Reserved bits and bytes of an HFI Descriptor are zero.",
    why: "A later revision may define them.",
    good: {},
    bad: [
      { model: { "hfi[0].flags.reserved": 2 }, finds: ["hfi[0].flags"] },
      { stored: { "hfi[0].reserved4": 1, "hfi[1].reserved22": 1 }, finds: ["hfi[0].reserved4", "hfi[1].reserved22"] },
    ],
  },
  F004: {
    summary: "The transport of an HFI is one that this revision defines: 3, TCP.",
    why: "A reader reports an unknown transport and ignores the descriptor (A.4.1.2.3); its transport info is not checked.",
    good: {},
    bad: [{ model: { "hfi[0].trtype": 4 }, finds: ["hfi[0].trtype"] }],
  },
  F005: {
    summary: "An HFI has a Transport Info Descriptor.",
    why: "It contains the interface's address and network configuration.",
    good: {},
    bad: [{ model: { "hfi[0].transportInfo": undefined }, finds: ["hfi[0].transportInfo"] }],
  },
};
