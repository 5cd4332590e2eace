import { type SsnsDescriptor, ssnsDescriptor } from "../nbft/structures/index.ts";
import { figure } from "../nbft/structures/spec.ts";
import { parseIp } from "../text/ip.ts";
import { dropped } from "./breakages.ts";
import type { RuleContext } from "./context.ts";
import { type AnyRule, rule } from "./rule.ts";

const { fields } = ssnsDescriptor;
/** 4 or 6. */
function familyOf(address: string): 4 | 6 {
  // Dotted decimal has its first dot after one to three digits.
  return address[1] === "." || address[2] === "." || address[3] === "." ? 4 : 6;
}

/** Entries of a list of indexes, each once, as text. */
function listed(indexes: Iterable<number>): string {
  const all = [...indexes];
  return all.length > 8 ? `${all.slice(0, 8).join(", ")} and ${all.length - 8} more` : all.join(", ");
}

/** Whether libnvme 1.x leaves a hole in its array of HFIs before the last one: entries that it skips keep their place. */
function leavesHole({ primaryHfi, secondaryHfis }: SsnsDescriptor, context: RuleContext): boolean {
  const seen = new Set<number>();
  let kept = 0;
  let firstHole = -1;
  const list = secondaryHfis ?? [];
  for (let i = 0; i < list.length; i++) {
    const index = list[i]!;
    const good = !seen.has(index) && index !== primaryHfi && index !== 0 && context.hfi.has(index);
    seen.add(index);
    if (good) kept++;
    else if (firstHole < 0) firstHole = i;
  }
  return firstHole >= 0 && firstHole < kept;
}

/** Whether a record names one HFI in its secondary list, the way that readers want it. */
function isPrimaryAlone({ primaryHfi, secondaryHfis }: SsnsDescriptor): boolean {
  return secondaryHfis?.length === 1 && secondaryHfis[0] === primaryHfi;
}

/** Whether two addresses of one family are in the network of a prefix length. */
function inNetwork(a: string, b: string, prefix: number): boolean {
  if (familyOf(a) !== familyOf(b)) return false;
  const [left, right] = [parseIp(a)!, parseIp(b)!];
  const bits = familyOf(a) === 4 ? 96 + prefix : prefix || 64;
  for (let i = 0; i < 16; i++) {
    const mask = (0xff00 >> Math.max(0, Math.min(8, bits - 8 * i))) & 0xff;
    if ((left[i]! & mask) !== (right[i]! & mask)) return false;
  }
  return true;
}

function reaches(index: number, traddr: string, context: RuleContext): boolean | undefined {
  const info = context.hfi.get(index)?.transportInfo;
  if (info?.ipAddress === undefined) return undefined;
  return inNetwork(info.ipAddress, traddr, info.subnetMaskPrefix);
}

/** Rules about the HFIs that an SSNS is reached through. */
export const ssnsHfiRules: readonly AnyRule[] = [
  rule("ssns", {
    code: "S018",
    name: "ss-hfi-unresolved",
    severity: "error",
    hint: "Write the index of a valid HFI",
    spec: figure(17),
    breaks: [dropped("SSNS")],
    fix: "writes the index of the only HFI, if there is just one",
    check({ primaryHfi }, context) {
      const trtype = context.hfi.get(primaryHfi)?.trtype;
      if (context.hfi.lacks(primaryHfi))
        context.report("primaryHfi", `primary HFI index is ${primaryHfi}, which no valid HFI has`);
      else if (trtype !== undefined && trtype !== "tcp")
        context.report(
          "primaryHfi",
          `transport type of HFI ${primaryHfi} is ${trtype}, expected 3 (tcp) as of the SSNS`,
        );
    },
  }),
  rule("ssns", {
    code: "S019",
    name: "ss-shfi-empty",
    severity: "warning",
    hint: "Write a list with one entry, the primary HFI's index",
    spec: figure(17),
    breaks: [{ who: "libnvme", what: "drops the SSNS without a message, so that Linux does not connect to it" }],
    fix: "adds a list with the primary HFI's index",
    check(_, context) {
      if (context.empty(fields.secondaryHfis.at)) {
        context.report("secondaryHfis", "no secondary HFI list, expected one with at least the primary HFI");
      }
    },
  }),
  rule("ssns", {
    code: "S020",
    name: "ss-shfi-noise",
    severity: "info",
    hint: "Leave out 0, duplicates and, if there are other HFIs, the primary",
    spec: figure(17),
    fix: "writes a list of the other HFIs, each once; if there are none, of the primary",
    check(ssns, context) {
      const { primaryHfi, secondaryHfis } = ssns;
      if (secondaryHfis === undefined || isPrimaryAlone(ssns)) return;
      const different = new Set(secondaryHfis);
      const noise = [
        different.has(0) && "0",
        different.size < secondaryHfis.length && "duplicates",
        different.has(primaryHfi) && primaryHfi !== 0 && `the primary HFI ${primaryHfi}`,
      ].filter(Boolean);
      if (noise.length > 0)
        context.report("secondaryHfis", `secondary HFI list holds ${noise.join(" and ")}, which readers skip`);
    },
  }),
  rule("ssns", {
    code: "S021",
    name: "ss-shfi-unresolved",
    severity: "warning",
    hint: "Write indexes of valid HFIs",
    spec: figure(17),
    breaks: [{ who: "libnvme", what: "skips the entry with a debug message" }],
    fix: "removes indexes that no HFI has",
    check(ssns, context) {
      const { secondaryHfis } = ssns;
      if (secondaryHfis === undefined || isPrimaryAlone(ssns) || !context.hfi.complete) return;
      let unknown: Set<number> | undefined;
      for (let i = 0; i < secondaryHfis.length; i++) {
        const index = secondaryHfis[i]!;
        if (index === 0 || context.hfi.has(index)) continue;
        unknown ??= new Set();
        unknown.add(index);
      }
      if (unknown)
        context.report("secondaryHfis", `secondary HFI list names ${listed(unknown)}, which no valid HFI has`);
    },
  }),
  rule("ssns", {
    code: "S022",
    name: "ss-shfi-long",
    severity: "warning",
    hint: "Correct the length of the reference",
    spec: figure(17),
    breaks: [{ who: "libnvme", what: "compares all pairs: seconds of computing for one table" }],
    fix: "writes a list of the other HFIs, each once; if there are none, of the primary",
    check(_, context) {
      const length = context.refLength(fields.secondaryHfis.at);
      if (length > 255)
        context.report("secondaryHfis", `secondary HFI list has ${length} entries, expected at most 255`);
    },
  }),
  rule("ssns", {
    code: "S029",
    name: "ss-family",
    severity: "warning",
    hint: "Write the index of an HFI with an address of that family",
    spec: figure(17),
    check({ traddr, primaryHfi, secondaryHfis }, context) {
      if (traddr === undefined || traddr === "::" || traddr === "0.0.0.0") return;
      const family = familyOf(traddr);
      let wrong: Set<number> | undefined;
      const count = secondaryHfis?.length ?? 0;
      for (let i = -1; i < count; i++) {
        const index = i < 0 ? primaryHfi : secondaryHfis![i]!;
        if (i >= 0 && index === primaryHfi) continue;
        const address = context.hfi.get(index)?.transportInfo?.ipAddress;
        if (address === undefined || address === "0.0.0.0" || familyOf(address) === family) continue;
        wrong ??= new Set();
        wrong.add(index);
      }
      if (wrong) {
        context.report("traddr", `transport address is ${traddr}, of another family than HFI ${listed(wrong)}`);
      }
    },
  }),
  rule("ssns", {
    code: "S032",
    name: "ss-shfi-zero",
    severity: "warning",
    hint: "Leave the entry out; write the primary HFI's index if nothing else is left",
    spec: figure(17),
    fix: "writes a list of the other HFIs, each once; if there are none, of the primary",
    check({ secondaryHfis }, context) {
      if (secondaryHfis?.includes(0))
        context.report("secondaryHfis", "secondary HFI list holds 0, expected HFI indexes only");
    },
  }),
  rule("ssns", {
    code: "S033",
    name: "ss-shfi-order",
    severity: "warning",
    hint: "With one HFI, list the primary; with several, list only the others",
    spec: figure(17),
    fix: "writes a list of the other HFIs, each once",
    check(ssns, context) {
      const { secondaryHfis } = ssns;
      if (secondaryHfis === undefined || secondaryHfis.length < 2 || secondaryHfis.includes(0)) return;
      if (!leavesHole(ssns, context)) return;
      const message = `secondary HFI list is ${listed(secondaryHfis)}: an entry that readers skip is before another HFI`;
      context.report("secondaryHfis", message);
    },
  }),
  rule("ssns", {
    code: "S034",
    name: "ss-shfi-edk2",
    severity: "info",
    hint: "Write the listed HFI as the primary one",
    spec: figure(17),
    breaks: [{ who: "nvme-cli", what: "connects over both HFIs; the primary one times out or takes another route" }],
    fix: "makes the only HFI of the list the primary one",
    check({ primaryHfi, secondaryHfis, traddr }, context) {
      if (secondaryHfis?.length !== 1 || secondaryHfis[0] === primaryHfi || traddr === undefined) return;
      const other = secondaryHfis[0]!;
      if (reaches(other, traddr, context) !== true || reaches(primaryHfi, traddr, context) !== false) return;
      const message = `primary HFI is ${primaryHfi}, but ${traddr} is in the network of HFI ${other}; expected ${other}`;
      context.report("primaryHfi", message);
    },
  }),
];
