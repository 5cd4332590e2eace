import { describe, expect, it } from "vitest";
import { behaviourRows, behavioursOfRule } from "../../src/consumers/behaviours/index.ts";
import { ruleOf } from "../../src/rules/catalogue.ts";
import { tableRules } from "../../src/rules/index.ts";

/**
 * Codes and names of the rule catalogue, family by family. A row of the catalogue with several names has a letter for each. Every row is
 * a rule: there is none that a table cannot show.
 */
const catalogue: Readonly<Record<string, readonly string[]>> = {
  header: [
    "H001 too-short",
    "H002 checksum",
    "H003 signature",
    "H004 len-small",
    "H005 len-beyond",
    "H006 trailing",
    "H007 major",
    "H008 minor-newer",
    "H009 minor-old",
    "H010 minor-0-with-1.1",
    "H011 oem-pad",
    "H012 oem-ascii",
    "H013 hdr-reserved",
    "H014 heap-range",
    "H015 heap-overlap",
    "H016 heap-not-last",
    "H017 heap-half",
    "H018 drv-missing",
    "H019 drv-bad-ref",
    "H020 drv-garbage",
  ],
  control: [
    "C001 ctl-id",
    "C002 ctl-invalid",
    "C003 ctl-flags",
    "C004 ctl-len",
    "C005 ctl-rev",
    "C006 host-ref",
    "C007 host-place",
    "C008 host-len",
    "C009 versions",
    "C010 list-zero-offset",
    "C011 list-short",
    "C012 list-range",
    "C013 list-stride",
    "C014 list-unused",
    "C015 list-overlap",
    "C016 list-align",
    "C017 ctl-reserved",
  ],
  host: [
    "O001 host-id",
    "O002 host-valid",
    "O003 host-flags",
    "O004 nqn-empty",
    "O005 nqn-bad",
    "O006 nqn-syntax",
    "O007 hostid-zero",
    "O008 hostid-ff",
    "O009 hostid-guid",
    "O010 hostid-differs",
    "O011 host-reserved",
    "O012 multi-no-primary",
  ],
  heap: [
    "P001 obj-range",
    "P002 obj-half",
    "P003a str-counted",
    "P003b str-uncounted",
    "P004 str-mixed",
    "P005 str-unterminated",
    "P006 str-term-outside",
    "P007 str-embedded",
    "P008 str-utf8",
    "P009 str-control",
    "P010 obj-overlap",
    "P011 obj-shared",
    "P012 heap-unused",
  ],
  hfi: ["F001 hfi-id", "F002 hfi-invalid", "F003 hfi-index", "F004 hfi-trtype", "F005 hfi-noinfo", "F006 hfi-reserved"],
  "transport info": [
    "T001 ti-short",
    "T002 ti-id",
    "T003 ti-ver",
    "T004 ti-trtype",
    "T005 ti-tiv",
    "T006 ti-index",
    "T007 ti-invalid",
    "T008 ti-flags",
    "T009 ti-iaa",
    "T010 ti-route-many",
    "T011 ti-dhcp-noext",
    "T012 ti-dhcp-origin",
    "T013 ti-origin",
    "T014 ti-mac",
    "T015 ti-vlan",
    "T016 ti-ip-zero",
    "T017 ti-prefix",
    "T018 ti-family",
    "T019 ti-v4zero",
    "T020 ti-v4raw",
    "T021 ti-dhcp-server",
    "T022 ti-dhcp-stray",
    "T023 ti-reserved",
    "T024 ti-hostname",
    "T025 ti-metric",
  ],
  "hfi extended info": [
    "X001 hx-short",
    "X002a hx-id",
    "X002b hx-ver",
    "X002c hx-valid",
    "X003 hx-index",
    "X004 hx-origin",
    "X005 hx-missing",
    "X006 hx-iaid-len",
    "X007 hx-duid-len",
    "X008 hx-duid-order",
    "X009 hx-tiv1",
  ],
  ssns: [
    "S001 ss-id",
    "S002 ss-invalid",
    "S003 ss-trtype",
    "S004 ss-index",
    "S005 ss-flags",
    "S006 ss-traddr-missing",
    "S007 ss-traddr-len",
    "S008 ss-traddr-zero",
    "S009 ss-trsvcid",
    "S010 ss-nqn",
    "S011 ss-nqn-discovery",
    "S012 ss-nidt",
    "S013 ss-nid-eui",
    "S014 ss-nid-zero",
    "S015 ss-nsid",
    "S016 ss-sec-flag",
    "S017 ss-sec-unresolved",
    "S018 ss-hfi-unresolved",
    "S019 ss-shfi-empty",
    "S020 ss-shfi-noise",
    "S021 ss-shfi-unresolved",
    "S022 ss-shfi-long",
    "S023 ss-pdc-unresolved",
    "S024 ss-disc-flag",
    "S025 ss-sdc",
    "S026 ss-rootpath",
    "S027 ss-ext",
    "S028 ss-trflags",
    "S029 ss-family",
    "S030 ss-duplicate",
    "S031 ss-reserved",
  ],
  "ssns extended info": [
    "E001 ex-short",
    "E002 ex-partial",
    "E003a ex-id",
    "E003b ex-ver",
    "E003c ex-valid",
    "E003d ex-index",
    "E004 ex-naed",
    "E005 ex-naed-pair",
    "E006 ex-cipeec",
    "E007 ex-nceec",
    "E008 ex-cntlid",
    "E009 ex-asqsz",
    "E010 ex-rootpath-uri",
  ],
  security: [
    "Y001 sec-id",
    "Y002 sec-invalid",
    "Y003 sec-index",
    "Y004 sec-enum",
    "Y005 sec-list-missing",
    "Y006 sec-list-stray",
    "Y007 sec-list-range",
    "Y008 sec-cipher-odd",
    "Y009 sec-values",
    "Y010 sec-secret-type",
    "Y011 sec-key",
    "Y012 sec-unused",
  ],
  discovery: [
    "D001 dc-id",
    "D002 dc-invalid",
    "D003 dc-index",
    "D004 dc-uri-missing",
    "D005 dc-uri-bad",
    "D006 dc-uri-name",
    "D007 dc-uri-brackets",
    "D008 dc-hfi",
    "D009 dc-sec",
    "D010 dc-nqn-missing",
    "D011 dc-unlinked",
    "D012 dc-reserved",
  ],
  table: ["G001 hfi-unused", "G002 same-hfi", "G003 no-boot"],
};

/** Rules that the catalogue has no row for: traps of shipping readers, and reserved fields that it leaves out. */
const own = [
  "C018 ctl-lists-invalid",
  "H021 minor-1",
  "O013 hostid-first-zero",
  "O014 nqn-case",
  "O015 nqn-not-own",
  "O016 multi-identity",
  "T026 ti-origin-dhcp",
  "X010 hx-reserved",
  "S032 ss-shfi-zero",
  "S033 ss-shfi-order",
  "S034 ss-shfi-edk2",
  "S035 ss-sec-refused",
  "E011 ex-reserved",
  "Y013 sec-reserved",
  "Y014 sec-no-protocol",
  "Y015 sec-no-group",
  "Y016 sec-no-cipher",
  "Y017 sec-no-demand",
  "D013 dc-nqn",
  "D014 dc-sec-refused",
  "D015 dc-no-route",
  "T027 ti-ip-unusable",
  "T028 ti-gateway",
  "T030 ti-server-unusable",
  "S036 ss-no-route",
  "S037 ss-target-unusable",
  "S038 ss-link-local",
  "S039 ss-hfi-no-route",
  "S040 ss-port-discovery",
  "S041 ss-nid-differs",
  "G004 same-address",
  "G005 all-unavailable",
  "G006 same-network",
];

describe("the catalogue", () => {
  const named = tableRules.map(({ code, name }) => `${code} ${name}`);

  it.each(Object.entries(catalogue))("has a rule for every row about the %s", (_, rows) => {
    expect(rows.filter((row) => !named.includes(row))).toEqual([]);
  });

  it("and the rules of our own are all there are", () => {
    expect(named.toSorted()).toEqual([...Object.values(catalogue).flat(), ...own].toSorted());
  });
});

/**
 * Severities of the catalogue's rows that are not plain errors: a fatal row is an error that stops the table. Errors are the catalogue's;
 * a warning is what some release in use goes wrong with, or a path that cannot work, and everything else is an info.
 */
const severities: Readonly<Record<string, string>> = {
  warning:
    "H006 H008 O006 O007 P007 P008 P009 P010 T018 T020 T021 T024 S005 S019 S021 S022 S023 S029 Y004 D006 D007 D010 G002",
  info: "H009 H011 C002 C013 C014 C016 C017 O010 O011 P003a P003b P011 P012 F002 F004 F006 T019 T022 T023 T025 X009 S002 S011 S020 S025 S030 S031 E009 Y002 Y006 Y012 D002 D011 D012 G001 G003 H010 H012 H013 H016 H017 H018 H019 H020 C003 C005 C007 C009 O003 O008 O009 O012 P002 P004 T005 T006 T008 T010 T012 T013 X003 X008 S013 S028 E002 E004 E005 E006 E007 E008 E010 Y009 Y010",
  "error, warning": "C004 C008 F003 T014 T017 S004 S010 S012 S016 Y003 Y011 D003",
  "error, info": "S003 S015 S026 S027",
  "warning, info": "S024",
};
const fatal = "H001 H002 H003 H004 H005 H007 H014 C001 C006 C010 C011 C012 O001 O002 O005".split(" ");

describe("severities are the catalogue's", () => {
  const listed = new Map(
    Object.entries(severities).flatMap(([severity, codes]) =>
      codes.split(" ").map((code) => [code, severity] as const),
    ),
  );
  const ofCatalogue = tableRules.filter(({ code, name }) => !own.includes(`${code} ${name}`));

  it.each(ofCatalogue.map((rule) => [rule.code, rule] as const))("%s", (code, { severity, milder = [], ...rule }) => {
    expect([severity, ...milder].join(", ")).toBe(listed.get(code) ?? "error");
    expect(rule.fatal ?? false).toBe(fatal.includes(code));
  });
});

it("who breaks is what the table of behaviours knows, where it knows something", () => {
  const codes = new Set(behaviourRows().flatMap(({ behaviour }) => behaviour.rules ?? []));
  expect(codes.size).toBeGreaterThan(30);
  for (const code of codes) {
    expect(ruleOf(code)?.breaks?.map(({ what }) => what)).toEqual(behavioursOfRule(code).map(({ does }) => does));
  }
  expect(ruleOf("H021")?.breaks).toEqual([
    {
      who: "nvme-cli 2.5 to 2.x",
      what: "rejects a table of minor revision 1 or higher, as do all programs that use libnvme 1.x: dracut, NetworkManager, wicked, nvme-stas",
    },
  ]);
});
