import { hfiDescriptor } from "../nbft/structures/index.ts";
import { figure, section } from "../nbft/structures/spec.ts";
import { dropped } from "./breakages.ts";
import { constRule, indexRule, reservedRule } from "./generic.ts";
import { type AnyRule, rule } from "./rule.ts";

/** Rules about HFI Descriptors. */
export const hfiRules: readonly AnyRule[] = [
  {
    ...constRule("hfi", hfiDescriptor, "structureId", {
      code: "F001",
      name: "hfi-id",
      severity: "error",
      hint: "Check the HFI list's offset (HFIO), descriptor length (HFIL) and count (NUMHFI)",
      spec: figure(12),
      breaks: [dropped("HFI and every SSNS that needs it")],
      stops: true,
      fix: "writes 03h, if everything else there is right",
    }),
  },
  rule("hfi", {
    code: "F002",
    name: "hfi-invalid",
    severity: "info",
    hint: "Nothing is wrong if the entry is meant to be skipped",
    spec: figure(12),
    breaks: [dropped("HFI and every SSNS that needs it")],
    stops: true,
    check({ flags }, context) {
      if (!flags.valid) context.report("flags.valid", "Descriptor Valid is 0: readers skip this HFI");
    },
  }),
  indexRule("hfi", {
    code: "F003",
    name: "hfi-index",
    severity: "error",
    milder: ["warning"],
    hint: "Number the descriptors 1, 2, 3 … in their order, and the references to them likewise",
    spec: section("3.2.1.2"),
    fix: "numbers the HFIs by position, and updates references to them, if these are unambiguous",
  }),
  reservedRule("hfi", hfiDescriptor, ["flags"], {
    code: "F006",
    name: "hfi-reserved",
    severity: "info",
    hint: "Write zeros",
    spec: figure(12),
    fix: "clears the bits, writes zeros",
  }),
  rule("hfi", {
    code: "F004",
    name: "hfi-trtype",
    severity: "info",
    hint: "Nothing is wrong if the table has a newer revision",
    spec: section("A.4.1.2.3"),
    breaks: [dropped("HFI and every SSNS that needs it")],
    stops: true,
    check({ trtype }, context) {
      if (trtype !== "tcp") context.report("trtype", `transport type is ${trtype}, expected 3 (tcp)`);
    },
  }),
  rule("hfi", {
    code: "F005",
    name: "hfi-noinfo",
    severity: "error",
    hint: "Add the Transport Info Descriptor, or clear Descriptor Valid",
    spec: figure(12),
    breaks: [dropped("HFI and every SSNS that needs it")],
    check(_, context) {
      if (context.empty(hfiDescriptor.fields.transportInfo.at)) {
        context.report("transportInfo", "no Transport Info Descriptor, expected one of 128 bytes");
      }
    },
  }),
];
