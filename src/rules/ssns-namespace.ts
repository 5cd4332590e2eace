import type { TableFrame } from "../nbft/read/frame.ts";
import { type SsnsDescriptor, ssnsDescriptor, ssnsExtendedInfo } from "../nbft/structures/index.ts";
import { figure } from "../nbft/structures/spec.ts";
import { parseIp } from "../text/ip.ts";
import type { RuleContext } from "./context.ts";
import { isZero } from "./generic.ts";
import { isValid } from "./indexed-list.ts";
import { quote } from "./names.ts";
import { type AnyRule, rule } from "./rule.ts";

const { fields } = ssnsDescriptor;
/** Place of the root path's stored length in the extended information. */
const rootPathLength = ssnsExtendedInfo.fields.dhcpRootPath.at + 4;

/** Rules about the namespace of an SSNS, and about what it refers to besides HFIs. */
export const ssnsNamespaceRules: readonly AnyRule[] = [
  rule("ssns", {
    code: "S012",
    name: "ss-nidt",
    severity: "error",
    milder: ["warning"],
    summary: "The namespace identifier's type is 1 (EUI-64), 2 (NGUID) or 3 (UUID).",
    why: "The namespace is found by it; 4, the command set, is not an identity. Records of namespaces that were not reached have 0.",
    hint: "Write the best that the namespace has: UUID before NGUID before EUI-64",
    spec: figure(17),
    breaks: [{ who: "nvme-cli", what: "prints no nid_type and an empty nid" }],
    good: { model: { "ssns[0].nidType": 0, "ssns[0].nid": undefined, "ssns[0].flags.unavailable": "unavailable" } },
    bad: [
      { model: { "ssns[0].nidType": 4 }, finds: ["ssns[0].nidType"] },
      { model: { "ssns[0].nidType": 0 }, finds: ["ssns[0].nidType"] },
    ],
    check({ nidType, flags }, context) {
      if (typeof nidType !== "number") return;
      const message = `namespace identifier type is ${nidType}, expected 1 to 3`;
      if (nidType > 3) context.report("nidType", message);
      else if (flags.unavailable !== "unavailable") context.report("nidType", message, "warning");
    },
  }),
  rule("ssns", {
    code: "S013",
    name: "ss-nid-eui",
    severity: "info",
    summary: "An EUI-64 fills the first eight bytes, and the rest is zero.",
    why: "A longer value says that the type is wrong.",
    hint: "Write type 2 for an NGUID, or clear the last eight bytes",
    spec: figure(17),
    breaks: [{ who: "libnvme", what: "ignores the last eight bytes" }],
    good: { model: { "ssns[0].nidType": "eui64", "ssns[0].nid": "0123456789abcdef" } },
    bad: [
      {
        model: { "ssns[0].nidType": "eui64", "ssns[0].nid": "0123456789abcdef0000000000000001" },
        finds: ["ssns[0].nid"],
      },
    ],
    check({ nidType, nid }, context) {
      if (nidType !== "eui64" || nid === undefined || nid.length === 16) return;
      context.report("nid", `EUI-64 is ${nid}, expected zeros after its first eight bytes`);
    },
  }),
  rule("ssns", {
    code: "S014",
    name: "ss-nid-zero",
    severity: "error",
    summary: "An SSNS that is not unavailable identifies its namespace.",
    why: "The system looks for the namespace by this identifier; without it, it cannot tell which one to boot from.",
    hint: "Give the namespace's UUID, NGUID or EUI-64",
    spec: figure(17),
    good: { model: { "ssns[0].nidType": 0, "ssns[0].nid": undefined, "ssns[0].flags.unavailable": "unavailable" } },
    bad: [{ model: { "ssns[0].nid": "00000000-0000-0000-0000-000000000000" }, finds: ["ssns[0].nid"] }],
    check({ flags }, context) {
      if (
        flags.unavailable === "unavailable" ||
        !isZero(context.view, context.at + fields.nid.at, context.at + fields.nid.at + 16)
      )
        return;
      context.report("nid", "namespace identifier is all zero, expected the namespace's");
    },
  }),
  rule("ssns", {
    code: "S015",
    name: "ss-nsid",
    severity: "error",
    milder: ["info"],
    summary: "The namespace id is not FFFFFFFFh, and not 0 unless the namespace identifier does for it.",
    why: "FFFFFFFFh addresses all namespaces at once; 0 asks the reader to rely on the identifier.",
    hint: "Write the namespace id",
    spec: figure(17),
    breaks: [{ who: "nvme-cli", what: "prints FFFFFFFFh as -1" }],
    good: { model: { "ssns[0].nsid": 0, "ssns[0].flags.unavailable": "unavailable" } },
    bad: [
      { model: { "ssns[0].nsid": 0xffffffff }, finds: ["ssns[0].nsid"] },
      { model: { "ssns[0].nsid": 0 }, finds: ["ssns[0].nsid"] },
    ],
    check({ nsid, flags }, context) {
      if (nsid === 0xffffffff)
        context.report("nsid", "namespace id is FFFFFFFFh, the broadcast value; expected one namespace's");
      else if (nsid === 0 && flags.unavailable !== "unavailable") {
        context.report("nsid", "namespace id is 0: the namespace identifier alone tells the namespace", "info");
      }
    },
  }),
  rule("ssns", {
    code: "S016",
    name: "ss-sec-flag",
    severity: "error",
    milder: ["warning"],
    summary: "The Use Security flag and the security profile index go together.",
    why: "Specification: without the flag the index is reserved. Practice: libnvme ignores the flag and goes by the index alone.",
    hint: "Set the flag, or write index 0",
    spec: figure(18),
    good: { table: "secured" },
    bad: [
      { model: { "ssns[0].flags.useSecurity": true }, finds: ["ssns[0].securityIndex"] },
      { table: "secured", model: { "ssns[0].flags.useSecurity": false }, finds: ["ssns[0].flags.useSecurity"] },
    ],
    check({ flags, securityIndex }, context) {
      if (flags.useSecurity === (securityIndex !== 0)) return;
      if (flags.useSecurity)
        return context.report("securityIndex", "security profile index is 0 with Use Security set");
      const message = `Use Security is 0 with security profile index ${securityIndex}, expected 1`;
      context.report("flags.useSecurity", message, "warning");
    },
  }),
  rule("ssns", {
    code: "S017",
    name: "ss-sec-unresolved",
    severity: "error",
    summary: "The security profile that an SSNS names is there.",
    why: "How to secure the connection is unknown without it.",
    hint: "Correct the index, or add the profile",
    spec: figure(17),
    good: { table: "secured" },
    bad: [
      { model: { "ssns[0].securityIndex": 1, "ssns[0].flags.useSecurity": true }, finds: ["ssns[0].securityIndex"] },
    ],
    check({ securityIndex }, context) {
      if (securityIndex === 0 || !context.security.lacks(securityIndex)) return;
      context.report("securityIndex", `security profile index is ${securityIndex}, which no valid profile has`);
    },
  }),
  rule("ssns", {
    code: "S035",
    name: "ss-sec-refused",
    severity: "warning",
    summary: "An SSNS names no security profile.",
    why: "Specification: a profile says how the connection is secured. Practice: no Linux reader acts upon it. nvme-cli 2.x connects without security, or with keys that are in the initramfs; 3.x leaves the record out.",
    hint: "With nvme-cli 2.x put the keys into the initramfs (docs/secured-boots.md); with 3.x give a path without a profile, or connect by nvme-fabrics.conf",
    spec: figure(17),
    good: {},
    bad: [{ table: "secured", finds: ["ssns[0].securityIndex"] }],
    check({ securityIndex }, context) {
      if (securityIndex !== 0 && context.security.has(securityIndex)) {
        context.report(
          "securityIndex",
          `security profile ${securityIndex} is named: nvme-cli 3.x skips this SSNS, 2.x does not look at the profile`,
        );
      }
    },
  }),
  rule("ssns", {
    code: "S023",
    name: "ss-pdc-unresolved",
    severity: "warning",
    summary: "The discovery controller that an SSNS was learnt from is there.",
    why: "The index tells where the record came from.",
    hint: "Correct the index, or write 0",
    spec: figure(17),
    breaks: [{ who: "EDK2 before August 2024", what: "wrote the HFI's index here" }],
    good: {},
    bad: [{ model: { "ssns[0].discoveryIndex": 2 }, finds: ["ssns[0].discoveryIndex"] }],
    check({ discoveryIndex }, context) {
      if (discoveryIndex === 0 || !context.discovery.lacks(discoveryIndex)) return;
      context.report("discoveryIndex", `discovery index is ${discoveryIndex}, which no valid descriptor has`);
    },
  }),
  rule("ssns", {
    code: "S024",
    name: "ss-disc-flag",
    severity: "warning",
    milder: ["info"],
    summary: "An SSNS that was discovered names the discovery controller, and one that names it was discovered.",
    why: "The flag and the index say the same thing.",
    hint: "Set both or neither",
    spec: figure(18),
    fix: "sets the flag, if there is a discovery index",
    good: {},
    bad: [
      { model: { "ssns[0].discoveryIndex": 0 }, finds: ["ssns[0].discoveryIndex"] },
      { model: { "ssns[0].flags.discovered": false }, finds: ["ssns[0].flags.discovered"] },
    ],
    check({ flags, discoveryIndex }, context) {
      if (flags.discovered === (discoveryIndex !== 0)) return;
      if (flags.discovered) context.report("discoveryIndex", "discovery index is 0 with Discovered Namespace set");
      else {
        const message = `Discovered Namespace is 0 with discovery index ${discoveryIndex}, expected 1`;
        context.report("flags.discovered", message, "info");
      }
    },
  }),
  rule("ssns", {
    code: "S025",
    name: "ss-sdc",
    severity: "info",
    summary:
      "Separate Discovery Controller is set exactly when the discovery controller has another address than the subsystem.",
    why: "Firmware built on EDK2 never sets the flag; no reader known uses it.",
    hint: "Set or clear the flag",
    spec: figure(18),
    fix: "makes the flag say what the addresses say",
    good: {},
    bad: [
      {
        model: { "discovery[0].uri": "nvme+tcp://192.0.2.30:8009/" },
        finds: ["ssns[0].flags.separateDiscoveryController"],
      },
      {
        model: { "ssns[0].flags.separateDiscoveryController": true },
        finds: ["ssns[0].flags.separateDiscoveryController"],
      },
    ],
    check({ flags, discoveryIndex, traddr }, context) {
      if (discoveryIndex === 0 || traddr === undefined) return;
      const position = context.discovery.positionOf(discoveryIndex);
      const separate = isElsewhere(position, context);
      if (separate === undefined || separate === flags.separateDiscoveryController) return;
      const uri = quote(context.table.discovery[position]!.uri!);
      const message = `Separate Discovery Controller is ${Number(!separate)}, with the controller at ${uri} and the subsystem at ${traddr}`;
      context.report("flags.separateDiscoveryController", message);
    },
  }),
  rule("ssns", {
    code: "S026",
    name: "ss-rootpath",
    severity: "error",
    milder: ["info"],
    summary: "The DHCP root path is there exactly when its flag is set.",
    why: "Specification: the text counts only with the flag. Practice: firmware built on EDK2 writes the text without the flag, and nvme-cli shows it all the same.",
    hint: "Set the flag together with the text",
    spec: figure(18),
    breaks: [{ who: "nvme-cli", what: "shows the text whether the flag is set or not" }],
    fix: "makes the flag say whether there is a root path",
    good: {
      model: {
        "ssns[0].flags.dhcpRootPathOverride": true,
        "ssns[0].extendedInfo.dhcpRootPath":
          "NVME+TCP://192.0.2.20:4420/nqn.2024-01.com.example:target/urn:uuid:bee9c2b7-1761-44b5-a4e6-f690498a94b1",
      },
    },
    bad: [
      { model: { "ssns[0].flags.dhcpRootPathOverride": true }, finds: ["ssns[0].flags.dhcpRootPathOverride"] },
      {
        model: { "ssns[0].extendedInfo.dhcpRootPath": "NVME+TCP://192.0.2.20/nqn.2014-08.org.nvmexpress.discovery" },
        finds: ["ssns[0].extendedInfo.dhcpRootPath"],
      },
    ],
    check({ flags, extendedInfo }, context) {
      const text = extendedInfo?.dhcpRootPath;
      if (flags.dhcpRootPathOverride === (text !== undefined)) return;
      if (text === undefined) {
        // A reference that cannot be followed is reported where it stands.
        if (extendedInfo && context.view.getUint16(context.targetOf(fields.extendedInfo.at) + rootPathLength, true) > 0)
          return;
        return context.report(
          "flags.dhcpRootPathOverride",
          "DHCP Root-Path Override is set without a root path, expected one",
        );
      }
      const message = "a DHCP root path with DHCP Root-Path Override 0, expected 1";
      context.report("extendedInfo.dhcpRootPath", message, "info");
    },
  }),
  rule("ssns", {
    code: "S027",
    name: "ss-ext",
    severity: "error",
    milder: ["info"],
    summary:
      "The reference to extended information leads to it when the flag says that it is in use, and is unused otherwise.",
    why: "Without the flag the reference is reserved and must not be followed.",
    hint: "Set the flag together with the reference",
    spec: figure(18),
    breaks: [{ who: "libnvme", what: "goes on without the extended information" }],
    fix: "clears the flag and the reference",
    good: {},
    bad: [
      { model: { "ssns[1].flags.extendedInfoInUse": true }, finds: ["ssns[1].extendedInfo"] },
      { stored: { "ssns[0].extendedInfoRef": { offset: 0x10 } }, finds: ["ssns[0].extendedInfoRef"] },
      { stored: { "ssns[1].extendedInfoRef": { like: "ssns[0].extendedInfo" } }, finds: ["ssns[1].extendedInfoRef"] },
    ],
    check({ flags }, context) {
      const empty = context.empty(fields.extendedInfo.at);
      if (flags.extendedInfoInUse !== empty) return;
      if (empty) return context.report("extendedInfo", "no extended information with Extended Info In Use set");
      const message = "an extended information reference with Extended Info In Use 0, expected none";
      context.report("extendedInfoRef", message, "info");
    },
  }),
  rule("table", {
    code: "S030",
    name: "ss-duplicate",
    severity: "info",
    summary: "No path to a namespace is there twice.",
    why: "One connection is made for each record and HFI.",
    hint: "Remove one of the records",
    spec: figure(17),
    breaks: [{ who: "nvme-cli", what: "connects twice; the kernel refuses the second" }],
    good: {},
    bad: [
      {
        model: { "ssns[1].traddr": "192.0.2.20", "ssns[1].primaryHfi": 1, "ssns[1].secondaryHfis": [1] },
        finds: ["ssns[1].traddr"],
      },
    ],
    check({ ssns }, context) {
      if (ssns.length < 2) return;
      // Numbers tell almost all paths apart; texts are compared where two agree.
      const candidates = new Map<number, number>();
      let suspected = false;
      for (let i = 0; i < ssns.length; i++) {
        const number = pathNumber(ssns[i]!, context.frame, i);
        if (candidates.has(number)) suspected = true;
        else candidates.set(number, i);
      }
      if (suspected) reportDuplicates(ssns, context);
    },
  }),
];

/** A number that two records for the same path have in common, made of address, primary HFI and namespace identifier. */
export function pathNumber(
  { primaryHfi, traddr }: SsnsDescriptor,
  { view, lists }: TableFrame,
  position: number,
): number {
  const at = lists.ssns.offset + position * lists.ssns.stride;
  const nid = at + fields.nid.at;
  // An address that was read lies inside the heap.
  const address = traddr === undefined ? 0 : view.getUint32(view.getUint32(at + fields.traddr.at, true) + 12);
  const name = view.getUint32(nid) ^ view.getUint32(nid + 4) ^ view.getUint32(nid + 12);
  return Math.imul(name, 0x9e3779b1) ^ Math.imul(address, 0x85ebca6b) ^ (primaryHfi << 8);
}

function reportDuplicates(ssns: readonly SsnsDescriptor[], context: RuleContext): void {
  const seen = new Map<string, number>();
  for (const [i, record] of ssns.entries()) {
    const { subsystemNqn, traddr, trsvcid, nid, nsid, primaryHfi, secondaryHfis } = record;
    if (!isValid(record) || traddr === undefined || subsystemNqn === undefined) continue;
    const key = `${traddr} ${trsvcid} ${primaryHfi} ${secondaryHfis ?? ""} ${nid ?? nsid} ${subsystemNqn}`;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, i);
    else context.reportAt(`ssns[${i}].traddr`, `the same path to the same namespace as ssns[${first}]`);
  }
}

/** Whether a discovery controller has another address than the SSNS that is checked; nothing where its URI has none. */
function isElsewhere(position: number, context: RuleContext): boolean | undefined {
  const uri = context.discoveryUri(position);
  if (uri?.kind !== "address") return undefined;
  const at = context.targetOf(fields.traddr.at);
  return parseIp(uri.host)!.some((byte, i) => byte !== context.bytes[at + i]);
}
