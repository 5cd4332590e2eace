import { isFilled } from "../bytes/compare.ts";
import { type ListName, listNames, listStructures } from "../nbft/read/frame.ts";
import { controlDescriptor, hostDescriptor, nbftHeader } from "../nbft/structures/index.ts";
import { figure, section } from "../nbft/structures/spec.ts";
import { hex } from "../text/hex.ts";
import { rejected } from "./breakages.ts";
import type { RuleContext } from "./context.ts";
import { constRule, reservedBits, reservedRule } from "./generic.ts";
import { readerRule } from "./reader-rule.ts";
import { type AnyRule, rule } from "./rule.ts";

/** Titles of the lists. */
const titles: Readonly<Record<ListName, string>> = {
  hfi: "HFI",
  ssns: "SSNS",
  security: "Security Profile",
  discovery: "Discovery",
};

/** What the Control Descriptor says about its lists, in their order: offset, length, version and count of each in eight bytes. */
const places = listNames.map((name) => ({
  name,
  title: titles[name],
  size: listStructures[name].size,
  at: nbftHeader.size + controlDescriptor.fields[`${name}Offset`].at,
}));

const offsetAt = ({ view }: RuleContext, at: number) => view.getUint32(at, true);
const lengthAt = ({ view }: RuleContext, at: number) => view.getUint16(at + 4, true);
const versionAt = ({ view }: RuleContext, at: number) => view.getUint8(at + 6);
const countAt = ({ view }: RuleContext, at: number) => view.getUint8(at + 7);

const reservedFlags = reservedBits(controlDescriptor, "flags", "C003");

const lengthRule = constRule("control", controlDescriptor, "descriptorLength", {
  code: "C004",
  name: "ctl-len",
  severity: "error",
  milder: ["warning"],
  hint: "Write 64",
  spec: figure(9),
  fix: "writes 64",
});

/** Rules about the Control Descriptor. */
export const controlRules: readonly AnyRule[] = [
  readerRule("C001", "control", {
    breaks: [rejected],
    fix: "writes 01h",
  }),
  readerRule("C002", "control", {}),
  rule("control", {
    code: "C003",
    name: "ctl-flags",
    severity: "info",
    hint: "Write zeros to bits 7 to 1",
    spec: figure(9),
    fix: "clears the bits",
    check(_, context) {
      reservedFlags(context);
    },
  }),
  {
    ...lengthRule,
    check({ descriptorLength }, context) {
      if (descriptorLength === undefined) return;
      const severity = descriptorLength < controlDescriptor.size ? "error" : "warning";
      context.report("descriptorLength", `Control Descriptor length is ${descriptorLength}, expected 64`, severity);
    },
  },
  rule("control", {
    code: "C005",
    name: "ctl-rev",
    severity: "info",
    hint: "Write 1 and 0",
    spec: figure(9),
    fix: "writes 1.0",
    check({ majorRevision, minorRevision }, context) {
      if (majorRevision !== 1) context.report("majorRevision", `major revision is ${majorRevision}, expected 1`);
      if (minorRevision !== 0) context.report("minorRevision", `minor revision is ${minorRevision}, expected 0`);
    },
  }),
  readerRule("C006", "control", {
    breaks: [{ who: "libnvme", what: "rejects a place outside the table, and accepts a length of 0" }],
    fix: "points to the Host Descriptor at offset 128, if there is one",
  }),
  rule("control", {
    code: "C007",
    name: "host-place",
    severity: "info",
    hint: "Put the Host Descriptor right after the Control Descriptor",
    spec: section("3.2.1"),
    check(_, context) {
      const { hostOffset } = context.frame.control;
      if (hostOffset !== 128 && hostOffset !== 0) {
        context.report("hostOffset", `Host Descriptor offset is ${hostOffset}, expected 128`);
      }
    },
  }),
  rule("control", {
    code: "C008",
    name: "host-len",
    severity: "error",
    milder: ["warning"],
    hint: "Write 32",
    spec: figure(9),
    fix: "writes 32",
    check(_, context) {
      const { hostLength } = context.frame.control;
      const { size } = hostDescriptor;
      if (hostLength === size || hostLength === 0) return;
      const message = `Host Descriptor length is ${hostLength}, expected ${size}`;
      context.report("hostLength", message, hostLength < size ? "error" : "warning");
    },
  }),
  rule("control", {
    code: "C009",
    name: "versions",
    severity: "info",
    hint: "Write 1",
    spec: figure(9),
    fix: "writes 1",
    check(_, context) {
      const { hostVersion } = context.frame.control;
      if (hostVersion !== 1) context.report("hostVersion", `Host Descriptor version is ${hostVersion}, expected 1`);
      for (let i = 0; i < places.length; i++) {
        const { at, name, title } = places[i]!;
        if (countAt(context, at) === 0 || versionAt(context, at) === 1) continue;
        context.report(`${name}Version`, `${title} Descriptor version is ${versionAt(context, at)}, expected 1`);
      }
    },
  }),
  readerRule("C010", "control", {}),
  readerRule("C011", "control", {
    fix: "writes the size of the structure, if that is the distance between the descriptors",
  }),
  readerRule("C012", "control", {
    fix: "writes the number of descriptors present, if the offset is right",
  }),
  rule("control", {
    code: "C013",
    name: "list-stride",
    severity: "info",
    hint: "Nothing is wrong, but older readers misread such a table",
    spec: figure(9),
    breaks: [
      {
        who: "libnvme before August 2026",
        what: "steps by the size it knows and reads the second entry in the wrong place",
      },
    ],
    check(_, context) {
      for (let i = 0; i < places.length; i++) {
        const { at, size, name, title } = places[i]!;
        if (countAt(context, at) === 0 || lengthAt(context, at) <= size) continue;
        context.report(
          `${name}Length`,
          `${title} Descriptor length is ${lengthAt(context, at)}, ${size} bytes are known`,
        );
      }
    },
  }),
  rule("control", {
    code: "C014",
    name: "list-unused",
    severity: "info",
    hint: "Nothing breaks: readers look at the count first",
    spec: figure(9),
    fix: "writes zeros",
    check(_, context) {
      for (let i = 0; i < places.length; i++) {
        const { at, name, title } = places[i]!;
        if (countAt(context, at) > 0 || isFilled(context.bytes, 0, at, at + 7)) continue;
        const [offset, length, version] = [offsetAt(context, at), lengthAt(context, at), versionAt(context, at)];
        const part = offset !== 0 ? "Offset" : length !== 0 ? "Length" : "Version";
        const values = `offset ${hex(offset)}, length ${length} and version ${version}`;
        context.report(`${name}${part}`, `the empty ${title} list has ${values}, expected 0`);
      }
    },
  }),
  rule("control", {
    code: "C016",
    name: "list-align",
    severity: "info",
    hint: "Nothing breaks",
    spec: figure(9),
    check(_, context) {
      for (let i = 0; i < places.length; i++) {
        const { at, name, title } = places[i]!;
        const offset = offsetAt(context, at);
        if ((offset & 7) === 0 || countAt(context, at) === 0) continue;
        context.report(`${name}Offset`, `the ${title} list starts at ${hex(offset)}, no multiple of 8`);
      }
    },
  }),
  reservedRule("control", controlDescriptor, [], {
    code: "C017",
    name: "ctl-reserved",
    severity: "info",
    hint: "Write zeros",
    spec: figure(9),
    fix: "writes zeros",
  }),
  // Of a Control Descriptor that is not valid nothing else is checked.
  rule("header", {
    code: "C018",
    name: "ctl-lists-invalid",
    severity: "warning",
    hint: "Set Block Valid, or write counts of 0",
    spec: section("3.2"),
    check(_, context) {
      if (context.frame.configured) return;
      const listed = places
        .map(({ at, title }) => ({ title, count: countAt(context, at) }))
        .filter(({ count }) => count > 0)
        .map(({ title, count }) => `${count} ${title}`);
      if (listed.length === 0) return;
      context.reportAt("control.flags.valid", `Block Valid is 0: nobody uses the lists (${listed.join(", ")})`);
    },
  }),
];
