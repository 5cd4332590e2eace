import { discoveryDescriptor } from "../nbft/structures/index.ts";
import { figure, section } from "../nbft/structures/spec.ts";
import { DISCOVERY_NQN } from "../text/nvme.ts";
import { dropped } from "./breakages.ts";
import { longNqn } from "./example-texts.ts";
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
    summary: "A Discovery Descriptor has structure id 6.",
    why: "Another id says that the list's offset, length or count is wrong; the entry's content is not judged.",
    hint: "Check the discovery list's offset (DISCO), descriptor length (DISCL) and count (NUMDISC)",
    spec: figure(26),
    breaks: [dropsDiscovery],
    stops: true,
    fix: "writes 06h, if everything else there is right",
    good: {},
    bad: [{ model: { "discovery[0].structureId": 5 }, finds: ["discovery[0].structureId"] }],
  }),
  rule("discovery", {
    code: "D002",
    name: "dc-invalid",
    severity: "info",
    summary: "A Discovery Descriptor is valid.",
    why: "An entry that is not valid is skipped; nothing else in it has a meaning.",
    hint: "Nothing is wrong when the entry is meant to be skipped",
    spec: figure(26),
    breaks: [dropsDiscovery],
    stops: true,
    good: {},
    bad: [{ model: { "discovery[0].flags.valid": false }, finds: ["discovery[0].flags.valid"] }],
    check({ flags }, context) {
      if (!flags.valid) context.report("flags.valid", "Descriptor Valid is 0: readers skip this descriptor");
    },
  }),
  indexRule("discovery", {
    code: "D003",
    name: "dc-index",
    severity: "error",
    milder: ["warning"],
    summary: "Discovery indexes count from 1 in the order of the list, and none is there twice.",
    why: "Specification: an index is unique, not 0, and has no priority. Practice: firmware writes the position.",
    hint: "Number the descriptors 1, 2, 3 … in their order, and the references to them likewise",
    spec: section("3.2.1.2"),
    fix: "numbers the descriptors by their place, and everything that names them along, if it is clear which each means",
    good: {},
    bad: [
      { model: { "discovery[0].index": 0 }, finds: ["discovery[0].index"] },
      { model: { "discovery[0].index": 2 }, finds: ["discovery[0].index"] },
    ],
  }),
  reservedRule("discovery", discoveryDescriptor, ["flags"], {
    code: "D012",
    name: "dc-reserved",
    severity: "info",
    summary: "Reserved bits and bytes of a Discovery Descriptor are zero.",
    why: "A later revision may give them a meaning.",
    hint: "Write zeros",
    spec: figure(26),
    fix: "clears the bits, writes zeros",
    good: {},
    bad: [
      { model: { "discovery[0].flags.reserved": 2 }, finds: ["discovery[0].flags"] },
      {
        stored: { "discovery[0].reserved5": 1, "discovery[0].reserved18": 1 },
        finds: ["discovery[0].reserved5", "discovery[0].reserved18"],
      },
    ],
  }),
  rule("discovery", {
    code: "D004",
    name: "dc-uri-missing",
    severity: "error",
    summary: "A discovery controller has a URI.",
    why: "There is nothing to connect to without it.",
    hint: "Write nvme+tcp://ADDRESS:8009/",
    spec: figure(26),
    breaks: [dropsDiscovery],
    good: {},
    bad: [{ model: { "discovery[0].uri": undefined }, finds: ["discovery[0].uri"] }],
    check(_, context) {
      if (context.empty(fields.uri.at)) context.report("uri", "no URI, expected nvme+tcp://ADDRESS:8009/");
    },
  }),
  rule("discovery", {
    code: "D005",
    name: "dc-uri-bad",
    severity: "error",
    summary: "The URI of a discovery controller is nvme+tcp://HOST[:PORT]/ with a port from 1 to 65535.",
    why: "Specification: a URI after RFC 3986, whose scheme may be in any case. Practice: nvme-cli compares the scheme letter by letter, and does not check the port's range.",
    hint: "Write nvme+tcp://ADDRESS:8009/",
    spec: section("1.5.7"),
    fix: "writes the scheme in lower case",
    good: { model: { "discovery[0].uri": "nvme+tcp://192.0.2.20" } },
    bad: [
      { model: { "discovery[0].uri": "tcp://192.0.2.20:8009/" }, finds: ["discovery[0].uri"] },
      { model: { "discovery[0].uri": "NVME+TCP://192.0.2.20:8009/" }, finds: ["discovery[0].uri"] },
      { model: { "discovery[0].uri": "nvme+tcp://192.0.2.20:99999/" }, finds: ["discovery[0].uri"] },
    ],
    check({ uri }, context) {
      const parts = context.discoveryUri(context.position);
      if (parts?.kind === "bad") context.report("uri", `URI is ${quote(cut(uri!))}: ${parts.message}`);
    },
  }),
  rule("discovery", {
    code: "D006",
    name: "dc-uri-name",
    severity: "warning",
    summary: "The URI of a discovery controller has an address, not a host name.",
    why: "A name has to be looked up while the system boots; the firmware knew the address.",
    hint: "Write the address",
    spec: section("1.5.7"),
    good: {},
    bad: [{ model: { "discovery[0].uri": "nvme+tcp://target.example.com:8009/" }, finds: ["discovery[0].uri"] }],
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
    summary: "An IPv6 address in a URI stands in brackets.",
    why: "Without them nobody can tell where the address ends and the port begins (RFC 2732).",
    hint: "Write nvme+tcp://[ADDRESS]:8009/",
    spec: section("1.5.7"),
    good: { model: { "discovery[0].uri": "nvme+tcp://[2001:db8::20]:8009/" } },
    bad: [{ model: { "discovery[0].uri": "nvme+tcp://2001:db8::20:8009/" }, finds: ["discovery[0].uri"] }],
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
    summary: "The HFI of a Discovery Descriptor is there.",
    why: "Without an interface there is no way to the controller.",
    hint: "Write the index of a valid HFI; use one descriptor for each HFI",
    spec: figure(26),
    fix: "names the only HFI, if there is just one",
    good: {},
    bad: [{ model: { "discovery[0].hfiIndex": 3 }, finds: ["discovery[0].hfiIndex"] }],
    check({ hfiIndex }, context) {
      if (!context.hfi.lacks(hfiIndex)) return;
      context.report("hfiIndex", `HFI index is ${hfiIndex}, which no valid HFI has`);
    },
  }),
  rule("discovery", {
    code: "D009",
    name: "dc-sec",
    severity: "error",
    summary: "The security profile that a Discovery Descriptor names is there.",
    why: "How to secure the connection is unknown without it.",
    hint: "Correct the index, or write 0",
    spec: figure(26),
    good: {},
    bad: [{ model: { "discovery[0].securityIndex": 1 }, finds: ["discovery[0].securityIndex"] }],
    check({ securityIndex }, context) {
      if (securityIndex === 0 || !context.security.lacks(securityIndex)) return;
      context.report("securityIndex", `security profile index is ${securityIndex}, which no valid profile has`);
    },
  }),
  rule("discovery", {
    code: "D014",
    name: "dc-sec-refused",
    severity: "warning",
    summary: "A Discovery Descriptor names no security profile.",
    why: "Specification: a profile says how the connection is secured. Practice: no Linux reader acts upon it. nvme-cli 2.x connects without security, or with keys that are in the initramfs; 3.x leaves the controller out.",
    hint: "Give a discovery controller without a security profile",
    spec: figure(26),
    good: {},
    bad: [{ table: "secured", model: { "discovery[0].securityIndex": 1 }, finds: ["discovery[0].securityIndex"] }],
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
    summary: "A Discovery Descriptor has an NQN.",
    why: "Specification: without one the well-known discovery NQN is meant. Practice: readers crash on it, skip the descriptor or drop it.",
    hint: "Write the NQN, even when it is the well-known one",
    spec: figure(26),
    fix: "writes the well-known discovery NQN",
    good: {},
    bad: [{ model: { "discovery[0].nqn": undefined }, finds: ["discovery[0].nqn"] }],
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
    summary: "The NQN of a discovery controller has at most 223 bytes and follows the grammar of NQNs.",
    why: "Connect names the controller by it; a longer one fits no command.",
    hint: `Use ${DISCOVERY_NQN} or the controller's own`,
    spec: { doc: "NVMe-BASE", rev: "2.1", section: "4.7" },
    good: { model: { "discovery[0].nqn": "nqn.2024-01.com.example:discovery" } },
    bad: [
      {
        heap: longNqn,
        stored: { "discovery[0].nqnRef": { added: 0, length: longNqn.length } },
        finds: ["discovery[0].nqn"],
      },
      { model: { "discovery[0].nqn": "discovery" }, finds: ["discovery[0].nqn"] },
    ],
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
    summary: "Some SSNS was learnt from the discovery controller.",
    why: "Readers ask a discovery controller that no record points at for its log page, and connect to what it lists.",
    hint: "Nothing is wrong when that is meant",
    spec: figure(26),
    good: {},
    bad: [{ model: { "ssns[0].discoveryIndex": 0 }, finds: ["discovery[0].index"] }],
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
