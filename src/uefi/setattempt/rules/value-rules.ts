import { latin1Text } from "../../../bytes/latin1.ts";
import type { Assignment } from "../emulate.ts";
import type { KeyKind } from "../keys.ts";
import { scanDecimal, scanGuid, scanIpv4, scanIpv6 } from "../numbers.ts";
import { pathOf } from "./key-rules.ts";
import { type ConfigText, type TextFinding, type TextRule, textRule } from "./rule.ts";

/** Lines with a value for keys of some kinds. */
function* values({ all }: ConfigText, ...kinds: readonly KeyKind[]): Generator<Assignment & { readonly text: string }> {
  for (const assignment of all.assignments) {
    if (!assignment.key || assignment.ignored === "empty" || !kinds.includes(assignment.key.kind)) continue;
    yield { ...assignment, text: latin1Text(assignment.value) };
  }
}

/** A range of an assignment's value. */
function atValue(
  assignment: Assignment,
  start = 0,
  length = assignment.value.length - start,
): Omit<TextFinding, "message"> {
  return { line: assignment.line, path: pathOf(assignment), start: assignment.valueAt + start, length };
}

const textRules: readonly TextRule[] = [
  textRule({
    code: "A011",
    name: "trailing-blank",
    severity: "warning",
    summary: "A value has no blanks at its end.",
    why: "Trailing blanks are stored as part of the value: an NQN with a blank is another NQN.",
    hint: "Remove the blanks at the end of the line",
    example: { bad: "HostName:host  " },
    *check(text) {
      for (const found of values(text, "text")) {
        const kept = found.text.replace(/[ \t]+$/, "").length;
        if (kept === found.text.length) continue;
        const message = `${found.key!.name} ends with ${found.text.length - kept} blanks, which are stored`;
        yield { ...atValue(found, kept), message, hint: "Remove the blanks at the end of the line" };
      }
    },
  }),
  textRule({
    code: "A026",
    name: "text-too-long",
    severity: "error",
    summary: "A value leaves room for the NUL in its field.",
    why: "The value is cut without a NUL: readers continue into the next field.",
    hint: "Shorten the text",
    example: { bad: "AttemptName:123456789012" },
    *check(text) {
      for (const found of values(text, "text")) {
        const room = found.key!.size - 1;
        if (found.value.length <= room) continue;
        const message = `${found.key!.name} has ${found.value.length} characters, at most ${room} fit`;
        yield { ...atValue(found, room), message };
      }
    },
  }),
];

const switchRules: readonly TextRule[] = [
  textRule({
    code: "A012",
    name: "boolean",
    severity: "warning",
    summary: "A boolean is TRUE or FALSE.",
    why: "Everything except TRUE counts as FALSE, even `1` and `TRUE` followed by a blank.",
    hint: "Write TRUE or FALSE",
    example: { bad: "InitiatorInfoFromDhcp:1" },
    *check(text) {
      for (const found of values(text, "boolean")) {
        if (/^(true|false)$/i.test(found.text)) continue;
        const message = `${found.key!.name} is ${JSON.stringify(found.text)}, which counts as FALSE`;
        yield { ...atValue(found), message, hint: "Write TRUE or FALSE" };
      }
    },
  }),
  textRule({
    code: "A013",
    name: "override-switch",
    severity: "error",
    summary: "HostOverrideEnable is TRUE or FALSE.",
    why: "With anything else the tool ends at once and stores nothing.",
    hint: "Write TRUE or FALSE, or leave the key out",
    example: { bad: "HostOverrideEnable:yes" },
    *check(text) {
      for (const found of values(text, "switch")) {
        if (found.ignored !== "invalid" && /^(true|false)$/i.test(found.text)) continue;
        const message = `HostOverrideEnable is ${JSON.stringify(found.text)}, so nothing is stored`;
        yield { ...atValue(found), message, hint: "Write TRUE or FALSE, or leave the key out" };
      }
    },
  }),
];

const numberRules: readonly TextRule[] = [
  textRule({
    code: "A014",
    name: "number-range",
    severity: "error",
    summary: "A number fits its field.",
    why: "Higher bits are lost: TargetPort 70000 is stored as 4464.",
    hint: "Write a number that fits",
    example: { bad: "RouteMetric:70000" },
    *check(text) {
      for (const found of values(text, "number")) {
        const { value } = scanDecimal(found.value);
        const max = (1n << BigInt(8 * found.key!.size)) - 1n;
        if (value <= max) continue;
        const message = `${found.key!.name} ${value} does not fit: ${value & max} is stored, at most ${max} fits`;
        yield { ...atValue(found), message };
      }
    },
  }),
  textRule({
    code: "A015",
    name: "number-text",
    severity: "warning",
    summary: "A number is written in decimal digits.",
    why: "Reading ends at the first other character: `0x1` is 0, `-1` is 0.",
    hint: "Write decimal digits",
    example: { bad: "RouteMetric:0x10" },
    *check(text) {
      for (const found of values(text, "number")) {
        const { used, value } = scanDecimal(found.value);
        if (/^[\t ]*\d+[\t ]*$/.test(found.text)) continue;
        const message = `${found.key!.name} ${JSON.stringify(found.text)} is read as ${value}`;
        yield { ...atValue(found, Math.min(used, found.value.length - 1)), message };
      }
    },
  }),
];

const addressRules: readonly TextRule[] = [
  textRule({
    code: "A016",
    name: "address",
    severity: "error",
    summary: "The tool can read every address.",
    why: "The tool prints a message and stores the rest; the field stays zero.",
    hint: "Write four decimal numbers, or IPv6 without brackets",
    example: { bad: "Gateway:[fec0::2]" },
    *check(text) {
      for (const found of values(text, "address")) {
        if (found.ignored !== "invalid") continue;
        const message = `${found.key!.name} ${JSON.stringify(found.text)} is not an address: the field is not set`;
        yield { ...atValue(found), message, hint: "Write four decimal numbers, or IPv6 without brackets" };
      }
    },
  }),
  textRule({
    code: "A017",
    name: "address-rest",
    severity: "warning",
    summary: "Nothing follows an address.",
    why: "A prefix length and anything else after the address is ignored.",
    hint: "Write only the address; SubnetMask has the prefix",
    example: { bad: "Gateway:10.0.2.2/24" },
    *check(text) {
      for (const found of values(text, "address")) {
        const scanned = scanIpv4(found.value) ?? scanIpv6(found.value);
        if (!scanned) continue;
        const slash = found.value.indexOf(0x2f);
        const end = slash >= 0 && slash < scanned.used ? slash : scanned.used;
        const rest = found.text.slice(end);
        if (rest.trim() === "") continue;
        yield {
          ...atValue(found, end),
          message: `${JSON.stringify(rest)} after the address of ${found.key!.name} is ignored`,
        };
      }
    },
  }),
];

const guidRules: readonly TextRule[] = [
  textRule({
    code: "A018",
    name: "host-id-form",
    severity: "error",
    summary: "HostId is a UUID: 8-4-4-4-12 hexadecimal digits without braces.",
    why: "The tool does not set it, and without it stores nothing.",
    hint: "Write HostId as 8-4-4-4-12 hexadecimal digits",
    example: { bad: "HostId:f8131baccdef-4165-866b-5998c1e67890" },
    *check(text) {
      for (const found of values(text, "host-id")) {
        if (found.key!.scope !== "global" || (found.ignored !== "invalid" && scanGuid(found.value))) continue;
        yield { ...atValue(found), message: `HostId ${JSON.stringify(found.text)} is not a UUID` };
      }
    },
  }),
  textRule({
    code: "A019",
    name: "guid-form",
    severity: "warning",
    summary: "TransportGUID and HostIdOverride are UUIDs.",
    why: "HostIdOverride is not set; for TransportGUID the tool stores earlier contents of its stack.",
    hint: "Write 8-4-4-4-12 hexadecimal digits",
    example: { bad: "TransportGUID:none" },
    *check(text) {
      for (const found of values(text, "guid", "host-id")) {
        if (found.key!.scope === "global" || (found.ignored !== "invalid" && scanGuid(found.value))) continue;
        yield { ...atValue(found), message: `${found.key!.name} ${JSON.stringify(found.text)} is not a UUID` };
      }
    },
  }),
];

/** Rules about values as they are written. */
export const valueRules: readonly TextRule[] = [
  ...textRules,
  ...switchRules,
  ...numberRules,
  ...addressRules,
  ...guidRules,
];
