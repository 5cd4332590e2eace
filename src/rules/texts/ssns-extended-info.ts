import type { RuleTexts } from "../rule.ts";

const ext = "ssns[0].extendedInfo";
const rootPath =
  "NVME+TCP://192.0.2.20:4420/nqn.2024-01.com.example:target/urn:uuid:bee9c2b7-1761-44b5-a4e6-f690498a94b1";

/** What the rules in `../ssns-extended-info.ts` say, and their examples. */
export const ssnsExtendedInfoTexts: RuleTexts = {
  E001: {
    summary: "SSNS extended information has at least 18 bytes.",
    why: "It has 18 bytes in revision 1.0, 23 in 1.1.",
    good: {},
    bad: [{ stored: { "ssns[0].extendedInfoRef": { length: 17 } }, finds: [ext] }],
  },
  E002: {
    summary: "SSNS extended information has 18 bytes, or at least 23.",
    why: "With a length in between, some fields of revision 1.1 are cut off.",
    good: {},
    bad: [{ stored: { "ssns[0].extendedInfoRef": { length: 20 } }, finds: [ext] }],
  },
  E003a: {
    summary: "SSNS extended information has structure id 9.",
    why: "Another id means that the reference points elsewhere; the content is not checked.",
    good: {},
    bad: [{ model: { [`${ext}.structureId`]: 10 }, finds: [`${ext}.structureId`] }],
  },
  E003b: {
    summary: "SSNS extended information has version 1.",
    why: "Another version may have another layout; the content is not checked.",
    good: {},
    bad: [{ model: { [`${ext}.version`]: 2 }, finds: [`${ext}.version`] }],
  },
  E003c: {
    summary: "SSNS extended information that is in use is valid.",
    why: "The SSNS has its In Use flag set; the content is not checked.",
    good: {},
    bad: [{ model: { [`${ext}.flags.valid`]: false }, finds: [`${ext}.flags.valid`] }],
  },
  E003d: {
    summary: "SSNS extended information has the index of its SSNS.",
    why: "Another index means that two records were mixed up; some firmware built on EDK2 does not count the records here.",
    good: {},
    bad: [{ model: { [`${ext}.ssnsIndex`]: 2 }, finds: [`${ext}.ssnsIndex`] }],
  },
  E004: {
    summary: "Namespace Access Error Details have a defined value, and only for an unavailable namespace.",
    why: "Values 0Ah to 0Fh and 15h to EFh are reserved, F0h to FFh are the vendor's.",
    good: { model: { [`${ext}.naed`]: 0xf0, "ssns[0].flags.unavailable": "unavailable" } },
    bad: [
      { model: { [`${ext}.naed`]: 0x0a, "ssns[0].flags.unavailable": "unavailable" }, finds: [`${ext}.naed`] },
      { model: { [`${ext}.naed`]: "connection timeout" }, finds: [`${ext}.naed`] },
    ],
  },
  E005: {
    summary: "A network error comes with its extended error code, and so do invalid connect parameters.",
    why: "Details 1 require the network connection error code (NCEEC), details 3 the connect parameter error code (CIPEEC).",
    good: {
      model: {
        [`${ext}.naed`]: "network error",
        [`${ext}.nceec`]: "refused",
        "ssns[0].flags.unavailable": "unavailable",
      },
    },
    bad: [
      {
        model: { [`${ext}.naed`]: "network error", "ssns[0].flags.unavailable": "unavailable" },
        finds: [`${ext}.nceec`],
      },
      {
        model: { [`${ext}.naed`]: "connect invalid parameters", "ssns[0].flags.unavailable": "unavailable" },
        finds: [`${ext}.cipeec`],
      },
    ],
  },
  E006: {
    summary: "The connect parameter error code is 0 to 5.",
    why: "Other values are reserved.",
    good: {},
    bad: [{ model: { [`${ext}.cipeec`]: 6 }, finds: [`${ext}.cipeec`] }],
  },
  E007: {
    summary: "The network connection error code is 0 to 7.",
    why: "Other values are reserved.",
    good: {},
    bad: [{ model: { [`${ext}.nceec`]: 8 }, finds: [`${ext}.nceec`] }],
  },
  E008: {
    summary: "The controller id is not a reserved one.",
    why: "FFF0h to FFFDh are reserved; FFFEh and FFFFh have a meaning in Connect.",
    good: { model: { [`${ext}.cntlid`]: 0xffff } },
    bad: [{ model: { [`${ext}.cntlid`]: 0xfff0 }, finds: [`${ext}.cntlid`] }],
  },
  E009: {
    summary: "There is an admin queue size, set by the administrator.",
    why: "Specification: the size that was used. Practice: firmware built on EDK2 writes 32, or 0 for what it discovered, and never sets the administrator's flag; nvme-cli shows the size only with that flag.",
    good: {},
    bad: [
      { model: { [`${ext}.asqsz`]: 0 }, finds: [`${ext}.asqsz`] },
      { model: { [`${ext}.flags.adminAsqsz`]: false }, finds: [`${ext}.flags.adminAsqsz`] },
    ],
  },
  E010: {
    summary: "The DHCP root path has the form NVME+TCP://SERVER[:PORT]/NQN/NID.",
    why: "It is the text that the DHCP server sent. Some firmware built on EDK2 loses its last character.",
    good: { model: { [`${ext}.dhcpRootPath`]: rootPath, "ssns[0].flags.dhcpRootPathOverride": true } },
    bad: [
      {
        model: { [`${ext}.dhcpRootPath`]: rootPath.slice(0, -1), "ssns[0].flags.dhcpRootPathOverride": true },
        finds: [`${ext}.dhcpRootPath`],
      },
    ],
  },
  E011: {
    summary: "Reserved bits of the extended information's flags are zero.",
    why: "A later revision may define them.",
    good: {},
    bad: [{ model: { [`${ext}.flags.reserved`]: 4 }, finds: [`${ext}.flags`] }],
  },
};
