import { isFilled } from "../bytes/compare.ts";
import { authProtocols, dhGroups, secureChannels, secureHashes } from "../nbft/names.ts";
import { securityProfileDescriptor } from "../nbft/structures/index.ts";
import { figure, section } from "../nbft/structures/spec.ts";
import { type BitFields, maskOf, type Names, type RefField } from "../structure/index.ts";
import { specHex } from "../text/hex.ts";
import { dropped, pythonRaises } from "./breakages.ts";
import type { RuleContext } from "./context.ts";
import { constRule, indexRule, reservedBits, reservedRule } from "./generic.ts";
import { isValid } from "./indexed-list.ts";
import { type AnyRule, rule } from "./rule.ts";

const dropsProfile = dropped("profile and every record that names it");
const { fields } = securityProfileDescriptor;

const reservedFlags = reservedBits(securityProfileDescriptor, "flags", "Y004");
const reservedSecretType = reservedBits(securityProfileDescriptor, "secretType", "Y010");
/** Parts of the flags whose value 3 is reserved. */
const enums = ["inBandAuthentication", "authPolicyList", "secureChannel", "secureChannelPolicyList"] as const;

type ListKey = "secureChannelAlgorithms" | "authProtocols" | "cipherSuites" | "dhGroups" | "secureHashes";

const flagBits: BitFields = fields.flags.bits;

/** A list of a profile, with the flag that enables it and the values that have a meaning. */
interface PolicyList {
  readonly key: ListKey;
  readonly title: string;
  readonly flag: string;
  readonly names?: Names;
  readonly at: number;
  /** The flag's bits. */
  readonly mask: number;
}

function list(key: ListKey, title: string, flag: string, names?: Names): PolicyList {
  const { at, when } = fields[key] as RefField;
  const { low, width } = flagBits[when!.field.slice("flags.".length)]!;
  return { key, title, flag, at, mask: maskOf(low, width), ...(names && { names }) };
}

const lists: readonly PolicyList[] = [
  list("secureChannelAlgorithms", "secure channel algorithms", "SPL", secureChannels),
  list("authProtocols", "authentication protocols", "APL", authProtocols),
  list("cipherSuites", "cipher suites", "CSRP"),
  list("dhGroups", "DH groups", "ADHGRPL", dhGroups),
  list("secureHashes", "hash functions", "SHFPL", secureHashes),
];

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

/** Whether a profile's flags enable a list. */
function enabled({ view, at }: RuleContext, { mask }: PolicyList): boolean {
  return (view.getUint16(at + fields.flags.at, true) & mask) !== 0;
}

/** Rules about Security Profile Descriptors. */
export const securityRules: readonly AnyRule[] = [
  constRule("security", securityProfileDescriptor, "structureId", {
    code: "Y001",
    name: "sec-id",
    severity: "error",
    hint: "Check the security list's offset (SECO), descriptor length (SECL) and count (NUMSEC)",
    spec: figure(23),
    breaks: [dropsProfile],
    stops: true,
    fix: "writes 05h, if everything else there is right",
  }),
  rule("security", {
    code: "Y002",
    name: "sec-invalid",
    severity: "info",
    hint: "Nothing is wrong if the entry is meant to be skipped",
    spec: figure(24),
    breaks: [dropsProfile],
    stops: true,
    check({ flags }, context) {
      if (!flags.valid) context.report("flags.valid", "Descriptor Valid is 0: readers skip this profile");
    },
  }),
  indexRule("security", {
    code: "Y003",
    name: "sec-index",
    severity: "error",
    milder: ["warning"],
    hint: "Number the descriptors 1, 2, 3 … in their order, and the references to them likewise",
    spec: section("3.2.1.2"),
    breaks: [pythonRaises],
    fix: "numbers the profiles by position, and updates references to them, if these are unambiguous",
  }),
  rule("security", {
    code: "Y004",
    name: "sec-enum",
    severity: "warning",
    hint: "Write 0 to 2; zeros to bits 15 to 12",
    spec: figure(24),
    fix: "clears the bits",
    check(security, context) {
      reservedFlags(context);
      for (let i = 0; i < enums.length; i++) {
        const key = enums[i]!;
        if (security.flags[key] !== "reserved") continue;
        const { title } = flagBits[key]!;
        context.report(`flags.${key}`, `${title} is 3, which is reserved; expected 0 to 2`);
      }
    },
  }),
  reservedRule("security", securityProfileDescriptor, [], {
    code: "Y013",
    name: "sec-reserved",
    severity: "info",
    hint: "Write zeros",
    spec: figure(23),
    fix: "writes zeros",
  }),
  rule("security", {
    code: "Y005",
    name: "sec-list-missing",
    severity: "error",
    hint: "Add the list, or clear its flag",
    spec: figure(24),
    breaks: [{ who: "libnvme", what: "accepts the profile without the list" }],
    check(_, context) {
      for (let i = 0; i < lists.length; i++) {
        const list = lists[i]!;
        if (!enabled(context, list) || !context.empty(list.at)) continue;
        context.report(list.key, `no list of ${list.title} with ${list.flag} set, expected one`);
      }
    },
  }),
  rule("security", {
    code: "Y006",
    name: "sec-list-stray",
    severity: "info",
    hint: "Clear the reference, or enable the list",
    spec: figure(24),
    breaks: [{ who: "libnvme", what: "ignores it" }],
    fix: "writes zeros",
    check(_, context) {
      for (let i = 0; i < lists.length; i++) {
        const list = lists[i]!;
        const at = context.at + list.at;
        if (enabled(context, list) || isFilled(context.bytes, 0, at, at + 6)) continue;
        context.report(`${list.key}Ref`, `a reference to ${list.title} with ${list.flag} 0, expected none`);
      }
    },
  }),
  rule("security", {
    code: "Y007",
    name: "sec-list-range",
    severity: "error",
    hint: "Correct offset and length of the reference",
    spec: figure(23),
    breaks: [dropsProfile],
  }),
  rule("security", {
    code: "Y008",
    name: "sec-cipher-odd",
    severity: "error",
    hint: "Correct the length of the reference",
    spec: figure(23),
    fix: "removes the last byte",
    check({ cipherSuites }, context) {
      const length = context.refLength(fields.cipherSuites.at);
      if (cipherSuites !== undefined && length % 2 !== 0) {
        context.report("cipherSuites", `list of cipher suites has ${length} bytes, expected an even number`);
      }
    },
  }),
  rule("security", {
    code: "Y009",
    name: "sec-values",
    severity: "info",
    hint: "Use values of the NVMe specifications",
    spec: figure(23),
    check(security, context) {
      for (let i = 0; i < lists.length; i++) {
        const { key, title, names } = lists[i]!;
        const values: readonly unknown[] | undefined = names && security[key];
        if (!values?.some(isNumber)) continue;
        const unknown = values.filter(isNumber);
        const shown = unknown.slice(0, 8).map((value) => specHex(value));
        const more = unknown.length > 8 ? ` and ${unknown.length - 8} more` : "";
        const known = Object.keys(names!).map((value) => specHex(Number(value)));
        context.report(key, `${title} hold ${shown.join(", ")}${more}, expected values of ${known.join(", ")}`);
      }
    },
  }),
  rule("security", {
    code: "Y010",
    name: "sec-secret-type",
    severity: "info",
    hint: "Write 0, or bit 1",
    spec: figure(23),
    fix: "clears the bits",
    check(_, context) {
      reservedSecretType(context);
    },
  }),
  rule("security", {
    code: "Y011",
    name: "sec-key",
    severity: "error",
    milder: ["warning"],
    hint: "Write both or neither",
    spec: figure(23),
    fix: "sets the bit, if there is a key path",
    check({ secretType }, context) {
      const empty = context.empty(fields.secretKeypath.at);
      if (secretType.redfishHostInterfaceUri !== empty) return;
      if (empty) context.report("secretKeypath", "no secret key path with secret type 1 set, expected one");
      else
        context.report(
          "secretType",
          "a secret key path with secret type bit 1 clear, expected it to be set",
          "warning",
        );
    },
  }),
  rule("table", {
    code: "Y012",
    name: "sec-unused",
    severity: "info",
    hint: "Remove it, or use it in a record",
    spec: section("3.2.1.2"),
    check({ ssns, security, discovery }, context) {
      if (security.length === 0 || !context.ssns.complete || !context.discovery.complete) return;
      const used = new Set<number>();
      for (const record of ssns) if (isValid(record)) used.add(record.securityIndex);
      for (const record of discovery) if (isValid(record)) used.add(record.securityIndex);
      for (const [i, profile] of security.entries()) {
        const { index } = profile;
        if (!isValid(profile) || used.has(index)) continue;
        context.reportAt(`security[${i}].index`, `no record names security profile ${index}`);
      }
    },
  }),
];
