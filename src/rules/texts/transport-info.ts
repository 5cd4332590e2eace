import type { RuleTexts } from "../rule.ts";

const info = "hfi[0].transportInfo";

/** What the rules in `../transport-info.ts` say, and their examples. */
export const transportInfoTexts: RuleTexts = {
  T023: {
    summary: "Reserved bytes of a Transport Info Descriptor are zero.",
    why: "Bytes 110 to 127 are reserved in version 1, and some firmware leaves garbage in them: readers must not use them as a reference to extended information.",
    good: {},
    bad: [
      { stored: { [`${info}.reserved53`]: 1 }, finds: [`${info}.reserved53`] },
      {
        model: { [`${info}.transportInfoVersion`]: 1, [`${info}.pcieSegment`]: undefined },
        stored: { [`${info}.extendedInfoRef`]: [0, 0, 0x68, 0xa7, 0x39, 0x64] },
        finds: [`${info}.extendedInfoRef`],
      },
    ],
  },
  T001: {
    summary: "A Transport Info Descriptor has 128 bytes.",
    why: "A reader that does not check the length reads past the object, or past the table.",
    good: {},
    bad: [{ stored: { "hfi[0].transportInfoRef": { length: 127 } }, finds: [info] }],
  },
  T002: {
    summary: "A Transport Info Descriptor has structure id 7.",
    why: "Another id means that the reference points elsewhere; the content is not checked.",
    good: {},
    bad: [{ model: { [`${info}.structureId`]: 8 }, finds: [`${info}.structureId`] }],
  },
  T003: {
    summary: "A Transport Info Descriptor has version 1.",
    why: "Another version may have another layout; the content is not checked. What changed with revision 1.1 is shown by the Transport Info Version (TIV) instead.",
    good: {},
    bad: [{ model: { [`${info}.version`]: 2 }, finds: [`${info}.version`] }],
  },
  T007: {
    summary: "The Transport Info Descriptor of a valid HFI is valid.",
    why: "Without it, the HFI has no address; its content is not checked.",
    good: {},
    bad: [{ model: { [`${info}.flags.valid`]: false }, finds: [`${info}.flags.valid`] }],
  },
  T004: {
    summary: "The transport type is that of the HFI: 3, TCP.",
    why: "The layout of the rest depends on the transport; the content is not checked.",
    good: {},
    bad: [{ model: { [`${info}.trtype`]: 4 }, finds: [`${info}.trtype`] }],
  },
  T005: {
    summary: "The Transport Info Version is 1 or 2.",
    why: "1 is the layout of revision 1.0, 2 that of 1.1 and newer. One figure of the specification still says 1.",
    good: {},
    bad: [{ model: { [`${info}.transportInfoVersion`]: 3 }, finds: [`${info}.transportInfoVersion`] }],
  },
  T006: {
    summary: "A Transport Info Descriptor has the index of its HFI.",
    why: "The index refers back to the HFI; another one means that two HFIs were mixed up.",
    good: {},
    bad: [{ model: { [`${info}.hfiIndex`]: 2 }, finds: [`${info}.hfiIndex`] }],
  },
  T008: {
    summary: "Reserved bits of the transport flags are zero.",
    why: "Bits 7 to 4 are reserved, and in version 1 also bit 3 (IP Address Autoconfigured).",
    good: { model: { [`${info}.flags.ipAutoconfigured`]: true } },
    bad: [
      { model: { [`${info}.flags.reserved`]: 0x80 }, finds: [`${info}.flags`] },
      {
        model: {
          [`${info}.flags.ipAutoconfigured`]: true,
          [`${info}.transportInfoVersion`]: 1,
          [`${info}.pcieSegment`]: undefined,
        },
        finds: [`${info}.flags.ipAutoconfigured`],
      },
    ],
  },
  T010: {
    summary: "At most one HFI was the default route.",
    why: "Specification: at most one HFI of a table has the flag. Practice: firmware built on EDK2 sets it on every HFI, and no known reader uses it.",
    good: {},
    bad: [
      {
        model: { "hfi[1].transportInfo.flags.defaultRoute": true },
        finds: ["hfi[1].transportInfo.flags.defaultRoute"],
      },
    ],
  },
  T024: {
    summary: "The host name is valid, with or without a domain or final dot.",
    why: "It is the value of DHCP option 12: letters, digits and hyphens, labels of at most 63 characters.",
    good: { model: { [`${info}.hostName`]: "host-1.example.com." } },
    bad: [{ model: { [`${info}.hostName`]: "my host" }, finds: [`${info}.hostName`] }],
  },
};
