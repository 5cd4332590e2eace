import { interpretDuid } from "../nbft/duid.ts";
import { hfiExtendedInfo, hfiTransportInfoTcp } from "../nbft/structures/index.ts";
import { figure } from "../nbft/structures/spec.ts";
import { overread } from "./breakages.ts";
import { constRule, reservedBits } from "./generic.ts";
import { readerRule } from "./reader-rule.ts";
import { type AnyRule, rule } from "./rule.ts";

const ext = "hfi[1].transportInfo.extendedInfo";
const ignored = { who: "libnvme", what: "ignores the extended information" };
const { fields } = hfiExtendedInfo;
const reservedFlags = reservedBits(hfiExtendedInfo, "flags", "X010");

/** Rules about HFI Transport Info Extended Information. */
export const hfiExtendedInfoRules: readonly AnyRule[] = [
  readerRule("X001", "hfiExtendedInfo", {
    summary: "HFI extended information has 20 bytes.",
    why: "A reader that does not compare the length with the structure reads what lies after the object.",
    fix: "writes 20, if an HFI Extended Information Descriptor stands there",
    good: {},
    bad: [{ stored: { "hfi[1].transportInfo.extendedInfoRef": { length: 19 } }, finds: [ext] }],
  }),
  constRule("hfiExtendedInfo", hfiExtendedInfo, "structureId", {
    code: "X002a",
    name: "hx-id",
    severity: "error",
    summary: "HFI extended information has structure id 0Ah.",
    why: "Another id says that the reference leads elsewhere; the content is not judged.",
    hint: "Check the extended information reference (HTIEIDOR)",
    spec: figure(15),
    breaks: [ignored],
    stops: true,
    fix: "writes 0Ah, if everything else there is right",
    good: {},
    bad: [{ model: { [`${ext}.structureId`]: 9 }, finds: [`${ext}.structureId`] }],
  }),
  constRule("hfiExtendedInfo", hfiExtendedInfo, "version", {
    code: "X002b",
    name: "hx-ver",
    severity: "error",
    summary: "HFI extended information has version 1.",
    why: "Another version may have another layout; the content is not judged.",
    hint: "Write 1",
    spec: figure(15),
    breaks: [ignored],
    stops: true,
    fix: "writes 01h",
    good: {},
    bad: [{ model: { [`${ext}.version`]: 2 }, finds: [`${ext}.version`] }],
  }),
  rule("hfiExtendedInfo", {
    code: "X002c",
    name: "hx-valid",
    severity: "error",
    summary: "HFI extended information that is referred to is valid.",
    why: "The reference says that it is there; the content is not judged.",
    hint: "Set Descriptor Valid, or clear the reference",
    spec: figure(15),
    breaks: [ignored],
    stops: true,
    good: {},
    bad: [{ model: { [`${ext}.flags.valid`]: false }, finds: [`${ext}.flags.valid`] }],
    check({ flags }, context) {
      if (!flags.valid) context.report("flags.valid", "Descriptor Valid is 0, expected 1");
    },
  }),
  rule("hfiExtendedInfo", {
    code: "X003",
    name: "hx-index",
    severity: "info",
    summary: "HFI extended information carries the index of its HFI.",
    why: "The figure calls it the index of the Transport Info Descriptor, which is that of the HFI.",
    hint: "Write the HFI's index",
    spec: figure(15),
    fix: "writes the index of the HFI",
    good: {},
    bad: [{ model: { [`${ext}.hfiIndex`]: 1 }, finds: [`${ext}.hfiIndex`] }],
    check({ hfiIndex }, context) {
      const { index } = context.hfiOwner;
      if (hfiIndex !== index) context.report("hfiIndex", `HFI index is ${hfiIndex}, expected ${index}`);
    },
  }),
  rule("hfiExtendedInfo", {
    code: "X004",
    name: "hx-origin",
    severity: "error",
    summary: "An HFI with DHCP Client Information has IP Address Origin 3, DHCP.",
    why: "The identity is that under which the address was leased.",
    hint: "Write origin 3, or clear DHCP Client Information (DCI)",
    spec: figure(15),
    fix: "writes IP Address Origin 3",
    good: {},
    bad: [{ model: { "hfi[1].transportInfo.ipOrigin": "other" }, finds: [`${ext}.flags.dhcpClientInfo`] }],
    check({ flags }, context) {
      const origin = context.hfiOwner.transportInfo?.ipOrigin;
      if (!flags.dhcpClientInfo || origin === "dhcp") return;
      const message = `DHCP Client Information is there with IP Address Origin ${origin}, expected 3 (dhcp)`;
      context.report("flags.dhcpClientInfo", message);
    },
  }),
  rule("hfiExtendedInfo", {
    code: "X005",
    name: "hx-missing",
    severity: "error",
    summary: "DHCP Client Information has both an IAID and a DUID.",
    why: "A DHCP client is known by the two together.",
    hint: "Give both, or clear DHCP Client Information (DCI)",
    spec: figure(15),
    good: {},
    bad: [
      { model: { [`${ext}.dhcpIaid`]: undefined }, finds: [`${ext}.dhcpIaid`] },
      { model: { [`${ext}.dhcpDuid`]: undefined }, finds: [`${ext}.dhcpDuid`] },
    ],
    check({ flags }, context) {
      if (!flags.dhcpClientInfo) return;
      if (context.empty(fields.dhcpIaid.at)) context.report("dhcpIaid", "no IAID, expected one of 4 bytes");
      if (context.empty(fields.dhcpDuid.at)) context.report("dhcpDuid", "no DUID, expected one of 3 to 130 bytes");
    },
  }),
  readerRule("X006", "hfiExtendedInfo", {
    summary: "An IAID has four bytes.",
    why: "It is a number of 32 bits.",
    breaks: [overread("four bytes whatever the length says, up to three")],
    fix: "writes 4, if nothing else stands there",
    good: {},
    bad: [{ stored: { [`${ext}.dhcpIaidRef`]: { length: 3 } }, finds: [`${ext}.dhcpIaid`] }],
  }),
  rule("hfiExtendedInfo", {
    code: "X007",
    name: "hx-duid-len",
    severity: "error",
    summary: "A DUID has 3 to 130 bytes.",
    why: "Two bytes of type and at least one of content, at most 128 (RFC 8415).",
    hint: "Correct the length of the reference",
    spec: figure(15),
    breaks: [{ who: "libnvme", what: "cuts a longer one at 130 bytes" }],
    good: {},
    bad: [
      { model: { [`${ext}.dhcpDuid`]: "0300" }, finds: [`${ext}.dhcpDuid`] },
      { model: { [`${ext}.dhcpDuid`]: "00".repeat(131) }, finds: [`${ext}.dhcpDuid`] },
    ],
    check({ dhcpDuid }, context) {
      const length = context.refLength(fields.dhcpDuid.at);
      if (dhcpDuid !== undefined && (length < 3 || length > 130)) {
        context.report("dhcpDuid", `DUID has ${length} bytes, expected 3 to 130`);
      }
    },
  }),
  rule("hfiExtendedInfo", {
    code: "X008",
    name: "hx-duid-order",
    severity: "info",
    summary: "The fields of a DUID are little-endian.",
    why: "Specification: the DUID is little-endian, and its examples show one with a type of one byte. Practice: libnvme reads fields little-endian after a type of two bytes, DHCP itself sends them big-endian.",
    hint: "Write type, hardware type, time and enterprise number little-endian",
    spec: figure(15),
    breaks: [{ who: "nvme-cli 3.0-rc1", what: "prints dhcp_duid_type unknown" }],
    fix: "writes the fields little-endian, if the type has two bytes",
    good: {},
    bad: [{ model: { [`${ext}.dhcpDuid`]: "00030001525400123457" }, finds: [`${ext}.dhcpDuid`] }],
    check({ dhcpDuid }, context) {
      const at = context.targetOf(fields.dhcpDuid.at);
      const length = context.refLength(fields.dhcpDuid.at);
      if (dhcpDuid === undefined || isLittleEndianDuid(context.bytes, at, length)) return;
      const reading = interpretDuid(context.bytes.subarray(at, at + Math.min(length, 130)));
      if (!reading || reading.order === "little-endian") return;
      const message = `DUID ${dhcpDuid.slice(0, 80)} makes sense ${reading.order} only (${reading.type}), expected little-endian`;
      context.report("dhcpDuid", message);
    },
  }),
  rule("transportInfo", {
    code: "X009",
    name: "hx-tiv1",
    severity: "info",
    summary: "A Transport Info Descriptor of version 1 has no extended information.",
    why: "The reference's bytes are reserved before version 2; they lead into the heap here, so the version is probably wrong.",
    hint: "Write Transport Info Version 2, or clear the reference",
    spec: figure(14),
    breaks: [ignored],
    fix: "writes zeros",
    good: {},
    bad: [
      {
        // Room for the reference: the table is made with version 2, and the version is stored afterwards.
        stored: { "hfi[1].transportInfo.transportInfoVersion": 1 },
        finds: ["hfi[1].transportInfo.extendedInfoRef"],
      },
    ],
    check({ transportInfoVersion }, context) {
      if (transportInfoVersion >= 2 || !context.leadsInside(hfiTransportInfoTcp.fields.extendedInfo.at)) return;
      const message = "an extended information reference with transport info version 1, where it is reserved";
      context.report("extendedInfoRef", message);
    },
  }),
  rule("hfiExtendedInfo", {
    code: "X010",
    name: "hx-reserved",
    severity: "info",
    summary: "Reserved bits of the extended information's flags are zero.",
    why: "A later revision may give them a meaning.",
    hint: "Write zeros",
    spec: figure(15),
    fix: "clears the bits",
    good: {},
    bad: [{ model: { [`${ext}.flags.reserved`]: 0x80000000 }, finds: [`${ext}.flags`] }],
    check(_, context) {
      reservedFlags(context);
    },
  }),
];

/** Whether a DUID's type, read little-endian, fits its length: the usual case, told without interpreting it. */
function isLittleEndianDuid(bytes: Uint8Array, at: number, length: number): boolean {
  if (length < 3) return false;
  const type = bytes[at]! | (bytes[at + 1]! << 8);
  return (
    (type === 1 && length === 14) ||
    (type === 2 && length >= 7) ||
    (type === 3 && length === 10) ||
    (type === 4 && length === 18)
  );
}
