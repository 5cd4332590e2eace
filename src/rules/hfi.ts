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
      summary: "An HFI Descriptor has structure id 3.",
      why: "Another id says that the list's offset, length or count is wrong; the entry's content is not judged.",
      hint: "Check the HFI list's offset (HFIO), descriptor length (HFIL) and count (NUMHFI)",
      spec: figure(12),
      breaks: [dropped("HFI and every SSNS that needs it")],
      stops: true,
      fix: "writes 03h, if everything else there is right",
      good: {},
      bad: [{ model: { "hfi[0].structureId": 4 }, finds: ["hfi[0].structureId"] }],
    }),
  },
  rule("hfi", {
    code: "F002",
    name: "hfi-invalid",
    severity: "info",
    summary: "An HFI Descriptor is valid.",
    why: "An entry that is not valid is skipped; nothing else in it has a meaning.",
    hint: "Nothing is wrong when the entry is meant to be skipped",
    spec: figure(12),
    breaks: [dropped("HFI and every SSNS that needs it")],
    stops: true,
    good: {},
    bad: [{ model: { "hfi[0].flags.valid": false }, finds: ["hfi[0].flags.valid"] }],
    check({ flags }, context) {
      if (!flags.valid) context.report("flags.valid", "Descriptor Valid is 0: readers skip this HFI");
    },
  }),
  indexRule("hfi", {
    code: "F003",
    name: "hfi-index",
    severity: "error",
    milder: ["warning"],
    summary: "HFI indexes count from 1 in the order of the list, and none is there twice.",
    why: "Specification: an index is unique, not 0, and has no priority. Practice: firmware writes the position, and some readers count on it; of two equal indexes libnvme takes the first.",
    hint: "Number the descriptors 1, 2, 3 … in their order, and the references to them likewise",
    spec: section("3.2.1.2"),
    fix: "numbers the HFIs by their place, and everything that names them along, if it is clear which each means",
    good: {},
    bad: [
      { model: { "hfi[0].index": 0 }, finds: ["hfi[0].index"] },
      { model: { "hfi[1].index": 1 }, finds: ["hfi[1].index"] },
      { model: { "hfi[1].index": 3 }, finds: ["hfi[1].index"] },
    ],
  }),
  reservedRule("hfi", hfiDescriptor, ["flags"], {
    code: "F006",
    name: "hfi-reserved",
    severity: "info",
    summary: "Reserved bits and bytes of an HFI Descriptor are zero.",
    why: "A later revision may give them a meaning.",
    hint: "Write zeros",
    spec: figure(12),
    fix: "clears the bits, writes zeros",
    good: {},
    bad: [
      { model: { "hfi[0].flags.reserved": 2 }, finds: ["hfi[0].flags"] },
      { stored: { "hfi[0].reserved4": 1, "hfi[1].reserved22": 1 }, finds: ["hfi[0].reserved4", "hfi[1].reserved22"] },
    ],
  }),
  rule("hfi", {
    code: "F004",
    name: "hfi-trtype",
    severity: "info",
    summary: "The transport of an HFI is one that this revision knows: 3, TCP.",
    why: "A reader reports a transport that it does not know and ignores the descriptor (A.4.1.2.3); its transport info is not judged.",
    hint: "Nothing is wrong when the table is of a newer revision",
    spec: section("A.4.1.2.3"),
    breaks: [dropped("HFI and every SSNS that needs it")],
    stops: true,
    good: {},
    bad: [{ model: { "hfi[0].trtype": 4 }, finds: ["hfi[0].trtype"] }],
    check({ trtype }, context) {
      if (trtype !== "tcp") context.report("trtype", `transport type is ${trtype}, expected 3 (tcp)`);
    },
  }),
  rule("hfi", {
    code: "F005",
    name: "hfi-noinfo",
    severity: "error",
    summary: "An HFI has a Transport Info Descriptor.",
    why: "It holds the interface's address and network configuration.",
    hint: "Add the Transport Info Descriptor, or clear Descriptor Valid",
    spec: figure(12),
    breaks: [dropped("HFI and every SSNS that needs it")],
    good: {},
    bad: [{ model: { "hfi[0].transportInfo": undefined }, finds: ["hfi[0].transportInfo"] }],
    check(_, context) {
      if (context.empty(hfiDescriptor.fields.transportInfo.at)) {
        context.report("transportInfo", "no Transport Info Descriptor, expected one of 128 bytes");
      }
    },
  }),
];
