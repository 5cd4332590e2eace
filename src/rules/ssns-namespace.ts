import { isFilled } from "../bytes/compare.ts";
import type { TableFrame } from "../nbft/read/frame.ts";
import { type SsnsDescriptor, ssnsDescriptor, ssnsExtendedInfo } from "../nbft/structures/index.ts";
import { figure } from "../nbft/structures/spec.ts";
import { parseIp } from "../text/ip.ts";
import type { RuleContext } from "./context.ts";
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
    hint: "Write the first that the namespace has: UUID, NGUID, EUI-64",
    spec: figure(17),
    breaks: [{ who: "nvme-cli", what: "prints no nid_type and an empty nid" }],
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
    hint: "Write type 2 for an NGUID, or clear the last eight bytes",
    spec: figure(17),
    breaks: [{ who: "libnvme", what: "ignores the last eight bytes" }],
    check({ nidType, nid }, context) {
      if (nidType !== "eui64" || nid === undefined || nid.length === 16) return;
      context.report("nid", `EUI-64 is ${nid}, expected zeros after its first eight bytes`);
    },
  }),
  rule("ssns", {
    code: "S014",
    name: "ss-nid-zero",
    severity: "error",
    hint: "Write the namespace's UUID, NGUID or EUI-64",
    spec: figure(17),
    check({ flags }, context) {
      if (
        flags.unavailable === "unavailable" ||
        !isFilled(context.bytes, 0, context.at + fields.nid.at, context.at + fields.nid.at + 16)
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
    hint: "Write the namespace id",
    spec: figure(17),
    breaks: [{ who: "nvme-cli", what: "prints FFFFFFFFh as -1" }],
    check({ nsid, flags }, context) {
      if (nsid === 0xffffffff)
        context.report("nsid", "namespace id is FFFFFFFFh, the broadcast value; expected one namespace's");
      else if (nsid === 0 && flags.unavailable !== "unavailable") {
        context.report(
          "nsid",
          "namespace id is 0: the namespace identifier alone says which namespace is meant",
          "info",
        );
      }
    },
  }),
  rule("ssns", {
    code: "S016",
    name: "ss-sec-flag",
    severity: "error",
    milder: ["warning"],
    hint: "Set the flag, or write index 0",
    spec: figure(18),
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
    hint: "Correct the index, or add the profile",
    spec: figure(17),
    check({ securityIndex }, context) {
      if (securityIndex === 0 || !context.security.lacks(securityIndex)) return;
      context.report("securityIndex", `security profile index is ${securityIndex}, which no valid profile has`);
    },
  }),
  rule("ssns", {
    code: "S035",
    name: "ss-sec-refused",
    severity: "warning",
    hint: "With nvme-cli 2.x put the keys into the initramfs (docs/secured-boots.md); with 3.x provide a path without a profile, or connect by nvme-fabrics.conf",
    spec: figure(17),
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
    hint: "Correct the index, or write 0",
    spec: figure(17),
    breaks: [{ who: "EDK2 before August 2024", what: "wrote the HFI's index here" }],
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
    hint: "Set both or neither",
    spec: figure(18),
    fix: "sets the flag, if there is a discovery index",
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
    hint: "Set or clear the flag",
    spec: figure(18),
    fix: "sets the flag according to the addresses",
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
    hint: "Set the flag if there is a root path",
    spec: figure(18),
    breaks: [{ who: "nvme-cli", what: "shows the text whether the flag is set or not" }],
    fix: "sets the flag if there is a root path, else clears it",
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
    hint: "Set the flag together with the reference",
    spec: figure(18),
    breaks: [{ who: "libnvme", what: "goes on without the extended information" }],
    fix: "clears the flag and the reference",
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
    hint: "Remove one of the records",
    spec: figure(17),
    breaks: [{ who: "nvme-cli", what: "connects twice; the kernel refuses the second" }],
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
function pathNumber({ primaryHfi, traddr }: SsnsDescriptor, { view, lists }: TableFrame, position: number): number {
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
  const address = parseIp(uri.host)!;
  for (let i = 0; i < address.length; i++) if (address[i] !== context.bytes[at + i]) return true;
  return false;
}
