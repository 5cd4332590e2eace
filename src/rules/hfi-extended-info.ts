import { interpretDuid } from "../nbft/duid.ts";
import { hfiExtendedInfo, hfiTransportInfoTcp } from "../nbft/structures/index.ts";
import { figure } from "../nbft/structures/spec.ts";
import { overread } from "./breakages.ts";
import { constRule, reservedBits } from "./generic.ts";
import { readerRule } from "./reader-rule.ts";
import { type AnyRule, rule } from "./rule.ts";

const ignored = { who: "libnvme", what: "ignores the extended information" };
const { fields } = hfiExtendedInfo;
const reservedFlags = reservedBits(hfiExtendedInfo, "flags", "X010");

/** Rules about HFI Transport Info Extended Information. */
export const hfiExtendedInfoRules: readonly AnyRule[] = [
  readerRule("X001", "hfiExtendedInfo", {
    fix: "writes 20, if an HFI Extended Information Descriptor is there",
  }),
  constRule("hfiExtendedInfo", hfiExtendedInfo, "structureId", {
    code: "X002a",
    name: "hx-id",
    severity: "error",
    hint: "Check the extended information reference (HTIEIDOR)",
    spec: figure(15),
    breaks: [ignored],
    stops: true,
    fix: "writes 0Ah, if everything else there is right",
  }),
  constRule("hfiExtendedInfo", hfiExtendedInfo, "version", {
    code: "X002b",
    name: "hx-ver",
    severity: "error",
    hint: "Write 1",
    spec: figure(15),
    breaks: [ignored],
    stops: true,
    fix: "writes 01h",
  }),
  rule("hfiExtendedInfo", {
    code: "X002c",
    name: "hx-valid",
    severity: "error",
    hint: "Set Descriptor Valid, or clear the reference",
    spec: figure(15),
    breaks: [ignored],
    stops: true,
    check({ flags }, context) {
      if (!flags.valid) context.report("flags.valid", "Descriptor Valid is 0, expected 1");
    },
  }),
  rule("hfiExtendedInfo", {
    code: "X003",
    name: "hx-index",
    severity: "info",
    hint: "Write the HFI's index",
    spec: figure(15),
    fix: "writes the index of the HFI",
    check({ hfiIndex }, context) {
      const { index } = context.hfiOwner;
      if (hfiIndex !== index) context.report("hfiIndex", `HFI index is ${hfiIndex}, expected ${index}`);
    },
  }),
  rule("hfiExtendedInfo", {
    code: "X004",
    name: "hx-origin",
    severity: "error",
    hint: "Write origin 3, or clear DHCP Client Information (DCI)",
    spec: figure(15),
    fix: "writes IP Address Origin 3",
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
    hint: "Write both, or clear DHCP Client Information (DCI)",
    spec: figure(15),
    check({ flags }, context) {
      if (!flags.dhcpClientInfo) return;
      if (context.empty(fields.dhcpIaid.at)) context.report("dhcpIaid", "no IAID, expected one of 4 bytes");
      if (context.empty(fields.dhcpDuid.at)) context.report("dhcpDuid", "no DUID, expected one of 3 to 130 bytes");
    },
  }),
  readerRule("X006", "hfiExtendedInfo", {
    breaks: [overread("four bytes whatever the length says, up to three")],
    fix: "writes 4, if nothing else is there",
  }),
  rule("hfiExtendedInfo", {
    code: "X007",
    name: "hx-duid-len",
    severity: "error",
    hint: "Correct the length of the reference",
    spec: figure(15),
    breaks: [{ who: "libnvme", what: "cuts a longer one at 130 bytes" }],
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
    hint: "Write type, hardware type, time and enterprise number little-endian",
    spec: figure(15),
    breaks: [{ who: "nvme-cli 3.0-rc1", what: "prints dhcp_duid_type unknown" }],
    fix: "writes the fields little-endian, if the type has two bytes",
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
    hint: "Write Transport Info Version 2, or clear the reference",
    spec: figure(14),
    breaks: [ignored],
    fix: "writes zeros",
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
    hint: "Write zeros",
    spec: figure(15),
    fix: "clears the bits",
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
