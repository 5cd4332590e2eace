import { rootPathTrouble } from "../nbft/discovery-uri.ts";
import { ssnsExtendedInfo } from "../nbft/structures/index.ts";
import { figure, section } from "../nbft/structures/spec.ts";
import { specHex } from "../text/hex.ts";
import { constRule, reservedBits } from "./generic.ts";
import { quote } from "./names.ts";
import { readerRule } from "./reader-rule.ts";
import { type AnyRule, rule } from "./rule.ts";

const ext = "ssns[0].extendedInfo";
const reservedFlags = reservedBits(ssnsExtendedInfo, "flags", "E011");
const ignored = { who: "libnvme", what: "ignores the extended information" };
const rootPath =
  "NVME+TCP://192.0.2.20:4420/nqn.2024-01.com.example:target/urn:uuid:bee9c2b7-1761-44b5-a4e6-f690498a94b1";

/** Rules about SSNS Extended Information. */
export const ssnsExtendedInfoRules: readonly AnyRule[] = [
  readerRule("E001", "ssnsExtendedInfo", {
    summary: "SSNS extended information has at least 18 bytes.",
    why: "18 bytes is the form of revision 1.0, 23 that of 1.1.",
    fix: "writes 18, or 23 for revision 1.1, if an SSNS Extended Information Descriptor stands there",
    good: {},
    bad: [{ stored: { "ssns[0].extendedInfoRef": { length: 17 } }, finds: [ext] }],
  }),
  rule("ssns", {
    code: "E002",
    name: "ex-partial",
    severity: "info",
    summary: "SSNS extended information has 18 bytes, or 23 and more.",
    why: "Between the two forms some of the fields of revision 1.1 are cut off.",
    hint: "Write 18 or 23 bytes",
    spec: figure(21),
    breaks: [{ who: "libnvme 3.0-rc1", what: "reads none of the fields of revision 1.1" }],
    fix: "writes the 23-byte form at the end of the heap",
    good: {},
    bad: [{ stored: { "ssns[0].extendedInfoRef": { length: 20 } }, finds: [ext] }],
    check({ extendedInfo }, context) {
      // The last field is there in the whole form only, the first new one in every longer than 18.
      if (extendedInfo?.naed === undefined || extendedInfo.nceec !== undefined) return;
      context.report("extendedInfo", "extended information has 19 to 22 bytes, expected 18 or 23");
    },
  }),
  constRule("ssnsExtendedInfo", ssnsExtendedInfo, "structureId", {
    code: "E003a",
    name: "ex-id",
    severity: "error",
    summary: "SSNS extended information has structure id 9.",
    why: "Another id says that the reference leads elsewhere; the content is not judged.",
    hint: "Check the extended information reference (SSNSEIDHOR)",
    spec: figure(21),
    breaks: [ignored],
    stops: true,
    fix: "writes 09h, if everything else there is right",
    good: {},
    bad: [{ model: { [`${ext}.structureId`]: 10 }, finds: [`${ext}.structureId`] }],
  }),
  constRule("ssnsExtendedInfo", ssnsExtendedInfo, "version", {
    code: "E003b",
    name: "ex-ver",
    severity: "error",
    summary: "SSNS extended information has version 1.",
    why: "Another version may have another layout; the content is not judged.",
    hint: "Write 1",
    spec: figure(21),
    breaks: [ignored],
    stops: true,
    fix: "writes 01h",
    good: {},
    bad: [{ model: { [`${ext}.version`]: 2 }, finds: [`${ext}.version`] }],
  }),
  rule("ssnsExtendedInfo", {
    code: "E003c",
    name: "ex-valid",
    severity: "error",
    summary: "SSNS extended information that is in use is valid.",
    why: "The SSNS says that it is in use; the content is not judged.",
    hint: "Set Descriptor Valid, or clear Extended Info In Use",
    spec: figure(21),
    breaks: [ignored],
    stops: true,
    good: {},
    bad: [{ model: { [`${ext}.flags.valid`]: false }, finds: [`${ext}.flags.valid`] }],
    check({ flags }, context) {
      if (!flags.valid) context.report("flags.valid", "Descriptor Valid is 0, expected 1");
    },
  }),
  rule("ssnsExtendedInfo", {
    code: "E003d",
    name: "ex-index",
    severity: "error",
    summary: "SSNS extended information carries the index of its SSNS.",
    why: "Another index says that two records were mixed up; firmware built on EDK2 has counted something else than the records.",
    hint: "Write the SSNS's index",
    spec: figure(21),
    breaks: [ignored],
    fix: "writes the index of the SSNS",
    good: {},
    bad: [{ model: { [`${ext}.ssnsIndex`]: 2 }, finds: [`${ext}.ssnsIndex`] }],
    check({ ssnsIndex }, context) {
      const { index } = context.ssnsOwner;
      if (ssnsIndex !== index) context.report("ssnsIndex", `SSNS index is ${ssnsIndex}, expected ${index}`);
    },
  }),
  rule("ssnsExtendedInfo", {
    code: "E004",
    name: "ex-naed",
    severity: "info",
    summary: "Namespace Access Error Details have a meaning, and are there only for a namespace that is unavailable.",
    why: "Values 0Ah to 0Fh and 15h to EFh are reserved, F0h to FFh are the vendor's.",
    hint: "Write 0, or set Unavailable Namespace to 2",
    spec: figure(21),
    good: { model: { [`${ext}.naed`]: 0xf0, "ssns[0].flags.unavailable": "unavailable" } },
    bad: [
      { model: { [`${ext}.naed`]: 0x0a, "ssns[0].flags.unavailable": "unavailable" }, finds: [`${ext}.naed`] },
      { model: { [`${ext}.naed`]: "connection timeout" }, finds: [`${ext}.naed`] },
    ],
    check({ naed }, context) {
      if (naed === undefined || naed === "none") return;
      if (typeof naed === "number" && naed < 0xf0) {
        context.report("naed", `access error details are ${specHex(naed)}, which is reserved`);
      } else if (context.ssnsOwner.flags.unavailable !== "unavailable") {
        const shown = typeof naed === "number" ? specHex(naed) : naed;
        context.report("naed", `access error details are ${shown} for a namespace that is not unavailable, expected 0`);
      }
    },
  }),
  rule("ssnsExtendedInfo", {
    code: "E005",
    name: "ex-naed-pair",
    severity: "info",
    summary: "A network error comes with its extended error code, and so do invalid connect parameters.",
    why: "Details 1 shall be accompanied by the network connection code (NCEEC), details 3 by the connect parameter code (CIPEEC).",
    hint: "Write the code that tells what happened",
    spec: figure(21),
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
    check({ naed, nceec, cipeec }, context) {
      if (naed === "network error" && nceec === "none") {
        context.report(
          "nceec",
          "network connection error code is 0 with access error details 1, expected one of 1 to 7",
        );
      }
      if (naed === "connect invalid parameters" && cipeec === "none") {
        context.report(
          "cipeec",
          "connect parameter error code is 0 with access error details 3, expected one of 1 to 5",
        );
      }
    },
  }),
  rule("ssnsExtendedInfo", {
    code: "E006",
    name: "ex-cipeec",
    severity: "info",
    summary: "The connect parameter error code has a meaning: 0 to 5.",
    why: "Other values are reserved.",
    hint: "Write 0 where there is no such error",
    spec: figure(21),
    good: {},
    bad: [{ model: { [`${ext}.cipeec`]: 6 }, finds: [`${ext}.cipeec`] }],
    check({ cipeec }, context) {
      if (typeof cipeec === "number")
        context.report("cipeec", `connect parameter error code is ${cipeec}, expected 0 to 5`);
    },
  }),
  rule("ssnsExtendedInfo", {
    code: "E007",
    name: "ex-nceec",
    severity: "info",
    summary: "The network connection error code has a meaning: 0 to 7.",
    why: "Other values are reserved.",
    hint: "Write 0 where there is no such error",
    spec: figure(21),
    good: {},
    bad: [{ model: { [`${ext}.nceec`]: 8 }, finds: [`${ext}.nceec`] }],
    check({ nceec }, context) {
      if (typeof nceec === "number")
        context.report("nceec", `network connection error code is ${nceec}, expected 0 to 7`);
    },
  }),
  rule("ssnsExtendedInfo", {
    code: "E008",
    name: "ex-cntlid",
    severity: "info",
    summary: "The controller id is none of the reserved ones.",
    why: "FFF0h to FFFDh are reserved; FFFEh and FFFFh have a meaning in Connect.",
    hint: "Write the controller's id, 0 when the administrator set none, or FFFFh for any",
    spec: figure(21),
    good: { model: { [`${ext}.cntlid`]: 0xffff } },
    bad: [{ model: { [`${ext}.cntlid`]: 0xfff0 }, finds: [`${ext}.cntlid`] }],
    check({ cntlid }, context) {
      if (cntlid < 0xfff0 || cntlid > 0xfffd) return;
      context.report(
        "cntlid",
        `controller id is ${specHex(cntlid, 4)}, which is reserved; expected 0 to FFEFh, FFFEh or FFFFh`,
      );
    },
  }),
  rule("ssnsExtendedInfo", {
    code: "E009",
    name: "ex-asqsz",
    severity: "info",
    summary: "The admin queue size is there, and set by the administrator.",
    why: "Specification: the size that was used. Practice: firmware built on EDK2 writes 32, or 0 for what it discovered, and never says that the administrator set it; nvme-cli shows it only then.",
    hint: "Nothing breaks",
    spec: figure(21),
    breaks: [{ who: "nvme-cli", what: "prints asqsz 0 unless the administrator's flag (AASQZ) is set" }],
    good: {},
    bad: [
      { model: { [`${ext}.asqsz`]: 0 }, finds: [`${ext}.asqsz`] },
      { model: { [`${ext}.flags.adminAsqsz`]: false }, finds: [`${ext}.flags.adminAsqsz`] },
    ],
    check({ asqsz, flags }, context) {
      if (asqsz === 0) context.report("asqsz", "admin queue size is 0, expected the one that was used");
      else if (!flags.adminAsqsz) {
        context.report("flags.adminAsqsz", `admin queue size is ${asqsz}, not set by the administrator (AASQZ 0)`);
      }
    },
  }),
  rule("ssnsExtendedInfo", {
    code: "E010",
    name: "ex-rootpath-uri",
    severity: "info",
    summary: "The DHCP root path has the form NVME+TCP://SERVER[:PORT]/NQN/NID.",
    why: "It is what the DHCP server sent. Firmware built on EDK2 has been seen to lose its last character.",
    hint: "Compare with the DHCP server's configuration",
    spec: section("3.2.2.5.3"),
    good: { model: { [`${ext}.dhcpRootPath`]: rootPath, "ssns[0].flags.dhcpRootPathOverride": true } },
    bad: [
      {
        model: { [`${ext}.dhcpRootPath`]: rootPath.slice(0, -1), "ssns[0].flags.dhcpRootPathOverride": true },
        finds: [`${ext}.dhcpRootPath`],
      },
    ],
    check({ dhcpRootPath }, context) {
      const trouble = dhcpRootPath === undefined ? undefined : rootPathTrouble(dhcpRootPath);
      if (trouble) context.report("dhcpRootPath", `DHCP root path ${quote(dhcpRootPath!.slice(0, 160))}: ${trouble}`);
    },
  }),
  rule("ssnsExtendedInfo", {
    code: "E011",
    name: "ex-reserved",
    severity: "info",
    summary: "Reserved bits of the extended information's flags are zero.",
    why: "A later revision may give them a meaning.",
    hint: "Write zeros",
    spec: figure(21),
    fix: "clears the bits",
    good: {},
    bad: [{ model: { [`${ext}.flags.reserved`]: 4 }, finds: [`${ext}.flags`] }],
    check(_, context) {
      reservedFlags(context);
    },
  }),
];
