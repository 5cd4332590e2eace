import { rootPathTrouble } from "../nbft/discovery-uri.ts";
import { ssnsExtendedInfo } from "../nbft/structures/index.ts";
import { figure, section } from "../nbft/structures/spec.ts";
import { specHex } from "../text/hex.ts";
import { constRule, reservedBits } from "./generic.ts";
import { quote } from "./names.ts";
import { readerRule } from "./reader-rule.ts";
import { type AnyRule, rule } from "./rule.ts";

const reservedFlags = reservedBits(ssnsExtendedInfo, "flags", "E011");
const ignored = { who: "libnvme", what: "ignores the extended information" };

/** Rules about SSNS Extended Information. */
export const ssnsExtendedInfoRules: readonly AnyRule[] = [
  readerRule("E001", "ssnsExtendedInfo", {
    fix: "writes 18, or 23 for revision 1.1, if an SSNS Extended Information Descriptor is there",
  }),
  rule("ssns", {
    code: "E002",
    name: "ex-partial",
    severity: "info",
    hint: "Write 18 or 23 bytes",
    spec: figure(21),
    breaks: [{ who: "libnvme 3.0-rc1", what: "reads none of the fields of revision 1.1" }],
    fix: "writes the 23-byte form at the end of the heap",
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
    hint: "Check the extended information reference (SSNSEIDHOR)",
    spec: figure(21),
    breaks: [ignored],
    stops: true,
    fix: "writes 09h, if everything else there is right",
  }),
  constRule("ssnsExtendedInfo", ssnsExtendedInfo, "version", {
    code: "E003b",
    name: "ex-ver",
    severity: "error",
    hint: "Write 1",
    spec: figure(21),
    breaks: [ignored],
    stops: true,
    fix: "writes 01h",
  }),
  rule("ssnsExtendedInfo", {
    code: "E003c",
    name: "ex-valid",
    severity: "error",
    hint: "Set Descriptor Valid, or clear Extended Info In Use",
    spec: figure(21),
    breaks: [ignored],
    stops: true,
    check({ flags }, context) {
      if (!flags.valid) context.report("flags.valid", "Descriptor Valid is 0, expected 1");
    },
  }),
  rule("ssnsExtendedInfo", {
    code: "E003d",
    name: "ex-index",
    severity: "error",
    hint: "Write the SSNS's index",
    spec: figure(21),
    breaks: [ignored],
    fix: "writes the index of the SSNS",
    check({ ssnsIndex }, context) {
      const { index } = context.ssnsOwner;
      if (ssnsIndex !== index) context.report("ssnsIndex", `SSNS index is ${ssnsIndex}, expected ${index}`);
    },
  }),
  rule("ssnsExtendedInfo", {
    code: "E004",
    name: "ex-naed",
    severity: "info",
    hint: "Write 0, or set Unavailable Namespace to 2",
    spec: figure(21),
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
    hint: "Write the code of the error",
    spec: figure(21),
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
    hint: "Write 0 if there is no such error",
    spec: figure(21),
    check({ cipeec }, context) {
      if (typeof cipeec === "number")
        context.report("cipeec", `connect parameter error code is ${cipeec}, expected 0 to 5`);
    },
  }),
  rule("ssnsExtendedInfo", {
    code: "E007",
    name: "ex-nceec",
    severity: "info",
    hint: "Write 0 if there is no such error",
    spec: figure(21),
    check({ nceec }, context) {
      if (typeof nceec === "number")
        context.report("nceec", `network connection error code is ${nceec}, expected 0 to 7`);
    },
  }),
  rule("ssnsExtendedInfo", {
    code: "E008",
    name: "ex-cntlid",
    severity: "info",
    hint: "Write the controller's id, 0 if the administrator set none, or FFFFh for any",
    spec: figure(21),
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
    hint: "Nothing breaks",
    spec: figure(21),
    breaks: [{ who: "nvme-cli", what: "prints asqsz 0 unless the administrator's flag (AASQZ) is set" }],
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
    hint: "Compare it with the DHCP server's configuration",
    spec: section("3.2.2.5.3"),
    check({ dhcpRootPath }, context) {
      const trouble = dhcpRootPath === undefined ? undefined : rootPathTrouble(dhcpRootPath);
      if (trouble) context.report("dhcpRootPath", `DHCP root path ${quote(dhcpRootPath!.slice(0, 160))}: ${trouble}`);
    },
  }),
  rule("ssnsExtendedInfo", {
    code: "E011",
    name: "ex-reserved",
    severity: "info",
    hint: "Write zeros",
    spec: figure(21),
    fix: "clears the bits",
    check(_, context) {
      reservedFlags(context);
    },
  }),
];
