import { type ListName, listNames, listStructures } from "../nbft/read/frame.ts";
import { controlDescriptor, hostDescriptor, nbftHeader } from "../nbft/structures/index.ts";
import { figure, section } from "../nbft/structures/spec.ts";
import { hex } from "../text/hex.ts";
import { rejected } from "./breakages.ts";
import type { RuleContext } from "./context.ts";
import { constRule, isZero, reservedBits, reservedRule } from "./generic.ts";
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
  summary: "The Control Descriptor says that it has 64 bytes.",
  why: "A smaller number would cut fields off. No known reader looks at it.",
  hint: "Write 64",
  spec: figure(9),
  fix: "writes 64",
  good: {},
  bad: [
    { model: { "control.descriptorLength": 0 }, finds: ["control.descriptorLength"] },
    { model: { "control.descriptorLength": 72 }, finds: ["control.descriptorLength"] },
  ],
});

/** Rules about the Control Descriptor. */
export const controlRules: readonly AnyRule[] = [
  readerRule("C001", "control", {
    summary: "The Control Descriptor has structure id 1.",
    why: "It stands at offset 64 and leads to everything else; nothing behind it is judged without it.",
    breaks: [rejected],
    fix: "writes 01h",
    good: {},
    bad: [{ model: { "control.structureId": 2 }, finds: ["control.structureId"] }],
  }),
  readerRule("C002", "control", {
    summary: "Block Valid is set: something is configured.",
    why: "Specification: firmware that supports NVMe boot and has nothing configured publishes a table whose Control Descriptor is not valid. Practice: firmware publishes a valid one with a Host Descriptor and empty lists.",
    good: {},
    bad: [{ table: "bare", finds: ["control.flags.valid"] }],
  }),
  rule("control", {
    code: "C003",
    name: "ctl-flags",
    severity: "info",
    summary: "Reserved bits of the Control Descriptor's flags are zero.",
    why: "A later revision may give them a meaning; drafts used bit 1 for boot failover.",
    hint: "Write zeros to bits 7 to 1",
    spec: figure(9),
    fix: "clears the bits",
    good: {},
    bad: [{ model: { "control.flags.reserved": 2 }, finds: ["control.flags"] }],
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
    summary: "The Control Descriptor has major revision 1 and minor revision 0.",
    why: "The minor revision stays 0 in tables of revision 1.1 and newer; the header's minor revision is the one that moves.",
    hint: "Write 1 and 0",
    spec: figure(9),
    fix: "writes 1.0",
    good: {},
    bad: [
      { model: { "control.majorRevision": 0 }, finds: ["control.majorRevision"] },
      { model: { "control.minorRevision": 1 }, finds: ["control.minorRevision"] },
    ],
    check({ majorRevision, minorRevision }, context) {
      if (majorRevision !== 1) context.report("majorRevision", `major revision is ${majorRevision}, expected 1`);
      if (minorRevision !== 0) context.report("minorRevision", `minor revision is ${minorRevision}, expected 0`);
    },
  }),
  readerRule("C006", "control", {
    summary: "The Host Descriptor's reference leads to 32 bytes inside the table.",
    why: "There is always a Host Descriptor when Block Valid is set.",
    breaks: [{ who: "libnvme", what: "rejects a place outside the table, and accepts a length of 0" }],
    fix: "points to the Host Descriptor at offset 128, if there is one",
    good: {},
    bad: [
      { stored: { "control.hostOffset": 0 }, finds: ["control.hostOffset"] },
      { stored: { "control.hostLength": 0 }, finds: ["control.hostOffset"] },
      { stored: { "control.hostOffset": 0xfffffff0 }, finds: ["control.hostOffset"] },
    ],
  }),
  rule("control", {
    code: "C007",
    name: "host-place",
    severity: "info",
    summary: "The Host Descriptor stands at offset 128.",
    why: "Section 3.2.1 gives header, Control Descriptor and Host Descriptor fixed places; readers follow the reference.",
    hint: "Put the Host Descriptor right after the Control Descriptor",
    spec: section("3.2.1"),
    good: {},
    bad: [{ stored: { "control.hostOffset": 136 }, finds: ["control.hostOffset"] }],
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
    summary: "The Host Descriptor has 32 bytes.",
    why: "A smaller number would cut fields off. libnvme does not look at it.",
    hint: "Write 32",
    spec: figure(9),
    fix: "writes 32",
    good: {},
    bad: [
      { stored: { "control.hostLength": 31 }, finds: ["control.hostLength"] },
      { stored: { "control.hostLength": 33 }, finds: ["control.hostLength"] },
    ],
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
    summary: "Host Descriptor and every list that has entries are of version 1.",
    why: "Version 1 is the only one there is. No known reader looks at it.",
    hint: "Write 1",
    spec: figure(9),
    fix: "writes 1",
    good: {},
    bad: [
      {
        stored: { "control.hostVersion": 0, "control.hfiVersion": 2 },
        finds: ["control.hostVersion", "control.hfiVersion"],
      },
    ],
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
  readerRule("C010", "control", {
    summary: "A list with entries has an offset.",
    why: "Offset 0 is the header.",
    good: {},
    bad: [{ stored: { "control.ssnsOffset": 0 }, finds: ["control.ssnsOffset"] }],
  }),
  readerRule("C011", "control", {
    summary: "A list's descriptor length is at least the structure's size.",
    why: "It is the distance from one entry to the next: 32 bytes for HFI and Discovery Descriptors, 64 for Security Profiles, 128 for SSNS.",
    fix: "writes the size of the structure, if the descriptors stand that far apart",
    good: {},
    bad: [{ stored: { "control.ssnsLength": 127 }, finds: ["control.ssnsLength"] }],
  }),
  readerRule("C012", "control", {
    summary: "A list ends inside the table.",
    why: "Offset plus count times length, without wrapping at 2^32, is not more than Length.",
    fix: "writes the number of descriptors that are there, if the offset is right",
    good: {},
    bad: [
      { stored: { "control.hfiCount": 255 }, finds: ["control.hfiOffset"] },
      { stored: { "control.hfiOffset": 0xffffffe0 }, finds: ["control.hfiOffset"] },
    ],
  }),
  rule("control", {
    code: "C013",
    name: "list-stride",
    severity: "info",
    summary: "A list's descriptor length is the structure's size.",
    why: "Specification: a longer descriptor is forward compatible, its length is the step. Practice: libnvme follows that since July 2026.",
    hint: "Nothing is wrong; older readers of such a table go astray",
    spec: figure(9),
    breaks: [
      {
        who: "libnvme before August 2026",
        what: "steps by the size it knows and reads the second entry in the wrong place",
      },
    ],
    good: {},
    bad: [
      { stored: { "control.discoveryLength": 40 }, heap: [0, 0, 0, 0, 0, 0, 0, 0], finds: ["control.discoveryLength"] },
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
    summary: "An empty list has offset, length and version 0.",
    why: "The fields are reserved when the count is 0; A.3.2.1 asks for a cleared discovery offset. Firmware built on EDK2 leaves the offset after the list before.",
    hint: "Nothing breaks: readers look at the count first",
    spec: figure(9),
    fix: "writes zeros",
    good: {},
    bad: [{ stored: { "control.securityOffset": 640 }, finds: ["control.securityOffset"] }],
    check(_, context) {
      for (let i = 0; i < places.length; i++) {
        const { at, name, title } = places[i]!;
        if (countAt(context, at) > 0 || isZero(context.view, at, at + 7)) continue;
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
    summary: "Lists start at multiples of 8.",
    why: "The specification knows no alignment; firmware built on EDK2 rounds, and all sizes are multiples of 8.",
    hint: "Nothing breaks",
    spec: figure(9),
    good: {},
    bad: [{ stored: { "control.discoveryOffset": 513 }, finds: ["control.discoveryOffset"] }],
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
    summary: "Reserved bytes of the Control Descriptor are zero.",
    why: "A later revision may give them a meaning.",
    hint: "Write zeros",
    spec: figure(9),
    fix: "writes zeros",
    good: {},
    bad: [
      {
        stored: { "control.reserved3": 1, "control.reserved48": 1 },
        finds: ["control.reserved3", "control.reserved48"],
      },
    ],
  }),
];
