import { discoveryDescriptor } from "../nbft/structures/index.ts";
import { figure, section } from "../nbft/structures/spec.ts";
import { DISCOVERY_NQN } from "../text/nvme.ts";
import { dropped } from "./breakages.ts";
import { constRule, indexRule, reservedRule } from "./generic.ts";
import { isValid } from "./indexed-list.ts";
import { cut, quote } from "./names.ts";
import { type AnyRule, rule } from "./rule.ts";

const dropsDiscovery = dropped("discovery descriptor");
const { fields } = discoveryDescriptor;

/** Rules about Discovery Descriptors. */
export const discoveryRules: readonly AnyRule[] = [
  constRule("discovery", discoveryDescriptor, "structureId", {
    code: "D001",
    name: "dc-id",
    severity: "error",
    hint: "Check the discovery list's offset (DISCO), descriptor length (DISCL) and count (NUMDISC)",
    spec: figure(26),
    breaks: [dropsDiscovery],
    stops: true,
    fix: "writes 06h, if everything else there is right",
  }),
  rule("discovery", {
    code: "D002",
    name: "dc-invalid",
    severity: "info",
    hint: "Nothing is wrong if the entry is meant to be skipped",
    spec: figure(26),
    breaks: [dropsDiscovery],
    stops: true,
    check({ flags }, context) {
      if (!flags.valid) context.report("flags.valid", "Descriptor Valid is 0: readers skip this descriptor");
    },
  }),
  indexRule("discovery", {
    code: "D003",
    name: "dc-index",
    severity: "error",
    milder: ["warning"],
    hint: "Number the descriptors 1, 2, 3 … in their order, and the references to them likewise",
    spec: section("3.2.1.2"),
    fix: "numbers the descriptors by position, and updates references to them, if these are unambiguous",
  }),
  reservedRule("discovery", discoveryDescriptor, ["flags"], {
    code: "D012",
    name: "dc-reserved",
    severity: "info",
    hint: "Write zeros",
    spec: figure(26),
    fix: "clears the bits, writes zeros",
  }),
  rule("discovery", {
    code: "D004",
    name: "dc-uri-missing",
    severity: "error",
    hint: "Write nvme+tcp://ADDRESS:8009/",
    spec: figure(26),
    breaks: [dropsDiscovery],
    check(_, context) {
      if (context.empty(fields.uri.at)) context.report("uri", "no URI, expected nvme+tcp://ADDRESS:8009/");
    },
  }),
  rule("discovery", {
    code: "D005",
    name: "dc-uri-bad",
    severity: "error",
    hint: "Write nvme+tcp://ADDRESS:8009/",
    spec: section("1.5.7"),
    fix: "writes the scheme in lower case",
    check({ uri }, context) {
      const parts = context.discoveryUri(context.position);
      if (parts?.kind !== "bad") return;
      context.report("uri", `URI is ${quote(cut(uri!))}: ${parts.message}`, undefined, { defect: parts.defect });
    },
  }),
  rule("discovery", {
    code: "D006",
    name: "dc-uri-name",
    severity: "warning",
    hint: "Write the address",
    spec: section("1.5.7"),
    check(_, context) {
      const parts = context.discoveryUri(context.position);
      if (parts?.kind === "name")
        context.report("uri", `URI has the host name ${cut(parts.host)}, expected an address`);
    },
  }),
  rule("discovery", {
    code: "D007",
    name: "dc-uri-brackets",
    severity: "warning",
    hint: "Write nvme+tcp://[ADDRESS]:8009/",
    spec: section("1.5.7"),
    check(_, context) {
      const parts = context.discoveryUri(context.position);
      if (parts?.kind === "unbracketed")
        context.report("uri", `URI has ${cut(parts.host)} without brackets, expected [ADDRESS]:PORT`);
    },
  }),
  rule("discovery", {
    code: "D008",
    name: "dc-hfi",
    severity: "error",
    hint: "Write the index of a valid HFI; use one descriptor for each HFI",
    spec: figure(26),
    fix: "writes the index of the only HFI, if there is just one",
    check({ hfiIndex }, context) {
      const trtype = context.hfi.get(hfiIndex)?.trtype;
      if (context.hfi.lacks(hfiIndex)) context.report("hfiIndex", `HFI index is ${hfiIndex}, which no valid HFI has`);
      else if (trtype !== undefined && trtype !== "tcp")
        context.report("hfiIndex", `transport type of HFI ${hfiIndex} is ${trtype}, expected 3 (tcp)`);
    },
  }),
  rule("discovery", {
    code: "D009",
    name: "dc-sec",
    severity: "error",
    hint: "Correct the index, or write 0",
    spec: figure(26),
    check({ securityIndex }, context) {
      if (securityIndex === 0 || !context.security.lacks(securityIndex)) return;
      context.report("securityIndex", `security profile index is ${securityIndex}, which no valid profile has`);
    },
  }),
  rule("discovery", {
    code: "D014",
    name: "dc-sec-refused",
    severity: "warning",
    hint: "Provide a discovery controller without a security profile",
    spec: figure(26),
    check({ securityIndex }, context) {
      if (securityIndex !== 0 && context.security.has(securityIndex)) {
        context.report(
          "securityIndex",
          `security profile ${securityIndex} is named: nvme-cli 3.x skips this controller, 2.x does not look at the profile`,
        );
      }
    },
  }),
  rule("discovery", {
    code: "D010",
    name: "dc-nqn-missing",
    severity: "warning",
    hint: "Write the NQN, even if it is the well-known one",
    spec: figure(26),
    fix: "writes the well-known discovery NQN",
    check(_, context) {
      if (context.empty(fields.nqn.at))
        context.report("nqn", `no NQN, expected ${DISCOVERY_NQN} or the controller's own`);
    },
  }),
  rule("discovery", {
    code: "D013",
    name: "dc-nqn",
    severity: "error",
    milder: ["warning"],
    hint: `Use ${DISCOVERY_NQN} or the controller's own`,
    spec: { doc: "NVMe-BASE", rev: "2.1", section: "4.7" },
    check({ nqn }, context) {
      const trouble = nqn === undefined ? undefined : context.nqnTrouble(nqn, fields.nqn.at);
      if (trouble)
        context.report("nqn", `discovery NQN ${trouble.message}`, trouble.kind === "length" ? "error" : "warning");
    },
  }),
  rule("table", {
    code: "D011",
    name: "dc-unlinked",
    severity: "info",
    hint: "Nothing is wrong if that is intended",
    spec: figure(26),
    check({ ssns, discovery }, context) {
      if (discovery.length === 0 || !context.ssns.complete) return;
      const linked = new Set<number>();
      for (let i = 0; i < ssns.length; i++) if (isValid(ssns[i]!)) linked.add(ssns[i]!.discoveryIndex);
      for (let i = 0; i < discovery.length; i++) {
        const { index } = discovery[i]!;
        if (!isValid(discovery[i]!) || linked.has(index)) continue;
        context.reportAt(`discovery[${i}].index`, `no SSNS points at discovery controller ${index}`);
      }
    },
  }),
];
