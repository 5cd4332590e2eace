import type { RuleTexts } from "../rule.ts";

const ext = "ssns[0].extendedInfo";
const rootPath =
  "NVME+TCP://192.0.2.20:4420/nqn.2024-01.com.example:target/urn:uuid:bee9c2b7-1761-44b5-a4e6-f690498a94b1";

/** What the rules in `../ssns-extended-info.ts` say, and their examples. */
export const ssnsExtendedInfoTexts: RuleTexts = {
  E001: {
    summary: "SSNS extended information has at least 18 bytes.",
    why: "18 bytes is the form of revision 1.0, 23 that of 1.1.",
    good: {},
    bad: [{ stored: { "ssns[0].extendedInfoRef": { length: 17 } }, finds: [ext] }],
  },
  E002: {
    summary: "SSNS extended information has 18 bytes, or 23 and more.",
    why: "Between the two forms some of the fields of revision 1.1 are cut off.",
    good: {},
    bad: [{ stored: { "ssns[0].extendedInfoRef": { length: 20 } }, finds: [ext] }],
  },
  E003a: {
    summary: "SSNS extended information has structure id 9.",
    why: "Another id says that the reference leads elsewhere; the content is not checked.",
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
    why: "The SSNS says that it is in use; the content is not checked.",
    good: {},
    bad: [{ model: { [`${ext}.flags.valid`]: false }, finds: [`${ext}.flags.valid`] }],
  },
  E003d: {
    summary: "SSNS extended information carries the index of its SSNS.",
    why: "Another index says that two records were mixed up; firmware built on EDK2 has counted something else than the records.",
    good: {},
    bad: [{ model: { [`${ext}.ssnsIndex`]: 2 }, finds: [`${ext}.ssnsIndex`] }],
  },
  E004: {
    summary: "Namespace Access Error Details have a meaning, and are there only for a namespace that is unavailable.",
    why: "Values 0Ah to 0Fh and 15h to EFh are reserved, F0h to FFh are the vendor's.",
    good: { model: { [`${ext}.naed`]: 0xf0, "ssns[0].flags.unavailable": "unavailable" } },
    bad: [
      { model: { [`${ext}.naed`]: 0x0a, "ssns[0].flags.unavailable": "unavailable" }, finds: [`${ext}.naed`] },
      { model: { [`${ext}.naed`]: "connection timeout" }, finds: [`${ext}.naed`] },
    ],
  },
  E005: {
    summary: "A network error comes with its extended error code, and so do invalid connect parameters.",
    why: "Details 1 shall be accompanied by the network connection code (NCEEC), details 3 by the connect parameter code (CIPEEC).",
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
    summary: "The connect parameter error code has a meaning: 0 to 5.",
    why: "Other values are reserved.",
    good: {},
    bad: [{ model: { [`${ext}.cipeec`]: 6 }, finds: [`${ext}.cipeec`] }],
  },
  E007: {
    summary: "The network connection error code has a meaning: 0 to 7.",
    why: "Other values are reserved.",
    good: {},
    bad: [{ model: { [`${ext}.nceec`]: 8 }, finds: [`${ext}.nceec`] }],
  },
  E008: {
    summary: "The controller id is none of the reserved ones.",
    why: "FFF0h to FFFDh are reserved; FFFEh and FFFFh have a meaning in Connect.",
    good: { model: { [`${ext}.cntlid`]: 0xffff } },
    bad: [{ model: { [`${ext}.cntlid`]: 0xfff0 }, finds: [`${ext}.cntlid`] }],
  },
  E009: {
    summary: "The admin queue size is there, and set by the administrator.",
    why: "Specification: the size that was used. Practice: firmware built on EDK2 writes 32, or 0 for what it discovered, and never says that the administrator set it; nvme-cli shows it only then.",
    good: {},
    bad: [
      { model: { [`${ext}.asqsz`]: 0 }, finds: [`${ext}.asqsz`] },
      { model: { [`${ext}.flags.adminAsqsz`]: false }, finds: [`${ext}.flags.adminAsqsz`] },
    ],
  },
  E010: {
    summary: "The DHCP root path has the form NVME+TCP://SERVER[:PORT]/NQN/NID.",
    why: "It is what the DHCP server sent. Firmware built on EDK2 has been seen to lose its last character.",
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
    why: "A later revision may give them a meaning.",
    good: {},
    bad: [{ model: { [`${ext}.flags.reserved`]: 4 }, finds: [`${ext}.flags`] }],
  },
};
