import { isFilled } from "../bytes/compare.ts";
import { readUint } from "../bytes/numbers.ts";
import type { ListName } from "../nbft/read/frame.ts";
import { type Field, maskOf, type Structure } from "../structure/index.ts";
import { formatHex, specHex } from "../text/hex.ts";
import type { RuleContext } from "./context.ts";
import { type AnyRule, type Rule, rule } from "./rule.ts";
import type { Subject } from "./subjects.ts";

type Definition = Omit<Rule, "on" | "check">;

/**
 * Constants, reserved bytes and reserved bits that some rule checks, as `Structure.key`, with the rule's code. A test compares them with
 * the descriptions, so that nothing that a description says is left unchecked.
 */
export const covered = new Map<string, string>();

/** A number of a field as the specification prints it: hexadecimal where the field is one byte, else decimal. */
function shown(field: Field, value: number): string {
  return field.size === 1 ? specHex(value) : String(value);
}

/** A rule for a field of which the description gives the only value. */
export function constRule(on: Subject, structure: Structure, key: string, definition: Definition): AnyRule {
  const field = structure.fields[key]!;
  if (field.kind !== "uint" || field.const === undefined)
    throw new TypeError(`${structure.name}.${key} is not a constant`);
  covered.set(`${structure.name}.${key}`, definition.code);
  const { at, size, const: expected } = field;
  return rule(on, {
    ...definition,
    check(_, context) {
      const value = readUint(context.bytes, context.at + at, size);
      if (value === expected) return;
      context.report(key, `${field.title} is ${shown(field, value)}, expected ${shown(field, expected)}`);
    },
  });
}

/** Looks at the bits of a flags field that have no meaning. */
export function reservedBits(structure: Structure, key: string, code: string): (context: RuleContext) => void {
  const field = structure.fields[key]!;
  if (field.kind !== "flags") throw new TypeError(`${structure.name}.${key} has no bits`);
  covered.set(`${structure.name}.${key}`, code);
  const { at, size, title } = field;
  let reserved = size === 4 ? -1 : 2 ** (8 * size) - 1;
  for (const { low, width } of Object.values(field.bits)) reserved &= ~maskOf(low, width);
  return (context) => {
    const set = readUint(context.bytes, context.at + at, size) & reserved;
    if (set !== 0) context.report(key, `reserved bits ${specHex(set >>> 0)} of ${title} are set, expected 0`);
  };
}

/** A rule for the reserved bytes of a structure, and for the reserved bits of some of its flags. */
export function reservedRule(
  on: Subject,
  structure: Structure,
  flags: readonly string[],
  definition: Definition,
): AnyRule {
  const { code } = definition;
  const fields = Object.entries(structure.fields)
    .filter(([, { kind }]) => kind === "reserved")
    .map(([key, { at, size }]) => ({ key, at, size }));
  for (const { key } of fields) covered.set(`${structure.name}.${key}`, code);
  const bits = flags.map((key) => reservedBits(structure, key, code));
  return rule(on, {
    ...definition,
    check(_, context) {
      for (let i = 0; i < fields.length; i++) {
        const { key, at, size } = fields[i]!;
        if (!isFilled(context.bytes, 0, context.at + at, context.at + at + size)) {
          context.report(key, reservedMessage(context, at, size));
        }
      }
      for (let i = 0; i < bits.length; i++) bits[i]!(context);
    },
  });
}

export function reservedMessage({ bytes, at }: RuleContext, from: number, size: number): string {
  const data = bytes.subarray(at + from, at + from + size);
  const where = size === 1 ? `reserved byte ${from} is` : `reserved bytes ${from} to ${from + size - 1} are`;
  return `${where} ${formatHex(data, " ")}, expected zero`;
}

/** A rule for the index of a list's descriptors: not zero and unique, and as practice expects it, the position. */
export function indexRule(on: ListName, definition: Definition): AnyRule {
  return rule(on, {
    ...definition,
    check({ index }, context) {
      const list = context[on];
      if (list.inOrder) return;
      if (index === 0) return context.report("index", "index is 0, expected 1 or more");
      const first = list.positionOf(index);
      if (first < context.position) {
        return context.report("index", `index is ${index}, which ${on}[${first}] has already; expected a unique one`);
      }
      const place = context.position + 1;
      if (index !== place) {
        context.report("index", `index is ${index}, expected ${place}, its place in the list`, "warning");
      }
    },
  });
}
