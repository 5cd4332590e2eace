import type { RuleTexts } from "../rule.ts";

/** What the rules in `../header.ts` say, and their examples. */
export const headerTexts: RuleTexts = {
  H001: {
    summary: "The table has at least 128 bytes: the header and the Control Descriptor.",
    why: "Everything else is found through these two structures.",
    good: { table: "bare" },
    bad: [{ cut: 127, finds: ["header"] }],
  },
  H002: {
    summary: "The bytes of the table add up to 0 modulo 256.",
    why: "The specification sums the bytes that Length covers. libnvme sums the whole file, so bytes after the table change its result.",
    good: {},
    bad: [{ checksum: 0, finds: ["header.checksum"] }],
  },
  H003: {
    summary: "The signature is NBFT.",
    why: "Only the signature distinguishes an NBFT from other bytes.",
    good: {},
    bad: [{ stored: { "header.signature": "IBFT" }, finds: ["header.signature"] }],
  },
  H004: {
    summary: "Length is at least 128.",
    why: "A table contains at least the header and the Control Descriptor.",
    good: {},
    bad: [{ stored: { "header.length": 127 }, finds: ["header.length"] }],
  },
  H005: {
    summary: "Length is not larger than the number of bytes available.",
    why: "Either the capture is truncated or Length is wrong; readers must not trust it.",
    good: {},
    bad: [{ stored: { "header.length": 0xffffffff }, finds: ["header.length"] }],
  },
  H006: {
    summary: "Nothing follows the table.",
    why: "Linux shows exactly Length bytes in sysfs; other captures may be padded. The table ends at Length.",
    good: {},
    bad: [{ trailing: [0, 0, 0, 0], finds: ["header.length"] }],
  },
  H007: {
    summary: "The major revision is 1.",
    why: "A reader does not accept a table of a higher major revision (A.4.1.2.1): its layout may be different, so nothing else is checked.",
    good: {},
    bad: [{ model: { "header.majorRevision": 2 }, finds: ["header.majorRevision"] }],
  },
  H008: {
    summary: "The minor revision is one that readers know: 0 or 1.",
    why: "Specification: a reader accepts every minor revision of a known major revision. Practice: libnvme rejects 2 and above, so Linux does not boot from such a table.",
    good: {},
    bad: [{ model: { "header.minorRevision": 2 }, finds: ["header.minorRevision"] }],
  },
  H009: {
    summary: "The minor revision is 1: the table is of revision 1.1 or newer.",
    why: "A table of revision 1.0 has no HFI extended information, no connection timeout and no error details; their bytes were reserved.",
    good: {},
    bad: [{ model: { "header.minorRevision": 0 }, finds: ["header.minorRevision"] }],
  },
  H021: {
    summary: "The minor revision is 0, which all readers in use accept.",
    why: "Specification: 1 is the minor revision since NVMe Boot 1.1. Practice: libnvme 1.x, which nvme-cli 2.x, dracut, NetworkManager, wicked and nvme-stas 2.4 read with, accepts only revision 1.0 and rejects the whole table.",
    good: { model: { "header.minorRevision": 0 } },
    bad: [{ finds: ["header.minorRevision"] }],
  },
  H010: {
    summary: "A table of minor revision 0 uses nothing from revision 1.1.",
    why: "Readers of revision 1.0 treat transport info version 2 and extended information of 23 bytes as reserved.",
    good: {},
    bad: [
      {
        model: { "header.minorRevision": 0 },
        finds: ["hfi[0].transportInfo.transportInfoVersion"],
      },
      {
        model: {
          "header.minorRevision": 0,
          "hfi[0].transportInfo": undefined,
          "hfi[1].transportInfo": undefined,
        },
        finds: ["ssns[0].extendedInfo"],
      },
    ],
  },
  H011: {
    summary: "The OEM ID ends in NULs.",
    why: "Specification: trailing bytes are NUL. Practice: all known firmware pads with blanks, as in other ACPI tables.",
    good: {},
    bad: [{ model: { "header.oemId": "DELL  " }, finds: ["header.oemId"] }],
  },
  H012: {
    summary: "OEM ID and OEM Table ID are printable ASCII.",
    why: "Tools print both as they are.",
    good: {},
    bad: [{ model: { "header.oemId": "\u0001\u00ff" }, finds: ["header.oemId"] }],
  },
  H013: {
    summary: "Reserved bytes of the header are zero.",
    why: "A later revision may define them.",
    good: {},
    bad: [{ stored: { "header.reserved51": 1 }, finds: ["header.reserved51"] }],
  },
  H014: {
    summary: "The heap lies inside the table.",
    why: "Offset plus length, without wrapping at 2^32, is not more than Length. Readers that added in 32 bits were exploitable.",
    good: {},
    bad: [{ stored: { "header.heapOffset": 0xfffffff0, "header.heapLength": 0x20 }, finds: ["header.heapOffset"] }],
  },
  H017: {
    summary: "Heap Offset and Heap Length are both zero or both nonzero.",
    why: "A table without a heap has neither.",
    good: { table: "plain" },
    bad: [{ stored: { "header.heapLength": 0 }, finds: ["header.heapLength"] }],
  },
  H018: {
    summary: "The table names the driver that wrote it.",
    why: "Section 3.2.1.4 requires a driver signature, which distinguishes the tables of several drivers. No known reader uses it.",
    good: {},
    bad: [{ model: { "header.driverSignature": undefined }, finds: ["header.driverSignature"] }],
  },
  H019: {
    summary: "The driver signature lies inside the heap.",
    why: "It is a heap object like any other; no known reader uses it.",
    good: {},
    bad: [{ stored: { "header.driverSignatureRef": { offset: 4 } }, finds: ["header.driverSignatureRef"] }],
  },
  H020: {
    summary: "The driver signature is UTF-8 text.",
    why: "Some firmware leaves bytes of its memory pool after the path, within the length.",
    good: {},
    bad: [
      { stored: { "header.driverSignature": [0xaf, 0xaf] }, finds: ["header.driverSignature"] },
      { stored: { "header.driverSignature": [0x1b] }, finds: ["header.driverSignature"] },
    ],
  },
};
