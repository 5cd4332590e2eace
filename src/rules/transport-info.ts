import { isFilled } from "../bytes/compare.ts";
import { hfiTransportInfoTcp } from "../nbft/structures/index.ts";
import { figure, section } from "../nbft/structures/spec.ts";
import { specHex } from "../text/hex.ts";
import { dropped } from "./breakages.ts";
import { constRule, reservedBits, reservedMessage, reservedRule } from "./generic.ts";
import { isHostName, quote } from "./names.ts";
import { readerRule } from "./reader-rule.ts";
import { type AnyRule, rule } from "./rule.ts";

const dropsHfi = dropped("HFI and every SSNS that needs it");

const { fields } = hfiTransportInfoTcp;

const reservedFlags = reservedBits(hfiTransportInfoTcp, "flags", "T008");

const reservedTail = reservedRule("transportInfo", hfiTransportInfoTcp, [], {
  code: "T023",
  name: "ti-reserved",
  severity: "info",
  hint: "Write zeros; read bytes 110 to 116 only when the version is 2",
  spec: figure(14),
  fix: "writes zeros",
});

/** Rules about HFI Transport Info Descriptors as such: what they are, who they belong to, flags. */
export const transportInfoRules: readonly AnyRule[] = [
  readerRule("T001", "transportInfo", {
    fix: "writes 128, if a Transport Info Descriptor is there",
  }),
  constRule("transportInfo", hfiTransportInfoTcp, "structureId", {
    code: "T002",
    name: "ti-id",
    severity: "error",
    hint: "Check the HFI's transport info reference (HFITIDHOR)",
    spec: figure(14),
    breaks: [dropsHfi],
    stops: true,
    fix: "writes 07h, if everything else there is right",
  }),
  constRule("transportInfo", hfiTransportInfoTcp, "version", {
    code: "T003",
    name: "ti-ver",
    severity: "error",
    hint: "Write 1",
    spec: figure(14),
    breaks: [dropsHfi],
    stops: true,
    fix: "writes 01h",
  }),
  rule("transportInfo", {
    code: "T007",
    name: "ti-invalid",
    severity: "error",
    hint: "Set Descriptor Valid, or clear that of the HFI",
    spec: figure(14),
    breaks: [dropsHfi],
    stops: true,
    check({ flags }, context) {
      if (!flags.valid) context.report("flags.valid", "Descriptor Valid is 0, expected 1");
    },
  }),
  constRule("transportInfo", hfiTransportInfoTcp, "trtype", {
    code: "T004",
    name: "ti-trtype",
    severity: "error",
    hint: "Write 3",
    spec: figure(14),
    stops: true,
    fix: "writes 3, if that is the transport type of the HFI",
  }),
  rule("transportInfo", {
    code: "T005",
    name: "ti-tiv",
    severity: "info",
    hint: "Write 2, or 1 when bytes 110 to 127 are not written",
    spec: figure(14),
    breaks: [{ who: "libnvme", what: "takes 0 for 1 and everything above 2 for 2" }],
    fix: "writes 2, for 0 it writes 1",
    check({ transportInfoVersion }, context) {
      if (transportInfoVersion === 1 || transportInfoVersion === 2) return;
      context.report("transportInfoVersion", `transport info version is ${transportInfoVersion}, expected 1 or 2`);
    },
  }),
  rule("transportInfo", {
    code: "T006",
    name: "ti-index",
    severity: "info",
    hint: "Write the HFI's index",
    spec: figure(14),
    fix: "writes the index of the HFI",
    check({ hfiIndex }, context) {
      const { index } = context.hfiOwner;
      if (hfiIndex !== index) context.report("hfiIndex", `HFI index is ${hfiIndex}, expected ${index}`);
    },
  }),
  rule("transportInfo", {
    code: "T008",
    name: "ti-flags",
    severity: "info",
    hint: "Write zeros, or version 2 for bit 3",
    spec: figure(14),
    breaks: [{ who: "nvme-cli 3.0-rc1", what: "prints ipaddr_autoconf for version 1 too" }],
    fix: "clears the bits",
    check(transportInfo, context) {
      reservedFlags(context);
      if (transportInfo.flags.ipAutoconfigured && transportInfo.transportInfoVersion < 2) {
        const message = "IP Address Autoconfigured is set with transport info version 1, where it is reserved";
        context.report("flags.ipAutoconfigured", message);
      }
    },
  }),
  rule("table", {
    code: "T010",
    name: "ti-route-many",
    severity: "info",
    hint: "Keep the flag on the HFI whose gateway was the default route",
    spec: section("3.2.2.4.1.2.1"),
    check({ hfi }, context) {
      let first = -1;
      for (let i = 0; i < hfi.length; i++) {
        const { flags, transportInfo } = hfi[i]!;
        if (!flags.valid || !transportInfo?.flags.valid || !transportInfo.flags.defaultRoute) continue;
        if (first < 0) first = i;
        else {
          const count = hfi.filter((entry) => entry.flags.valid && entry.transportInfo?.flags.defaultRoute).length;
          const message = `${count} HFIs have the default route, hfi[${first}] first; expected one at most`;
          return context.reportAt(`hfi[${i}].transportInfo.flags.defaultRoute`, message);
        }
      }
    },
  }),
  {
    ...reservedTail,
    check(transportInfo, context) {
      reservedTail.check!(transportInfo, context);
      if (transportInfo.transportInfoVersion >= 2) return;
      const { view, at } = context;
      const { extendedInfo, pcieSegment } = fields;
      // A reference that leads to an extended information descriptor is X009's business.
      if (
        !isFilled(context.bytes, 0, at + extendedInfo.at, at + extendedInfo.at + 6) &&
        !context.leadsInside(extendedInfo.at)
      ) {
        context.report("extendedInfoRef", reservedMessage(context, extendedInfo.at, extendedInfo.size));
      }
      const segment = view.getUint8(at + pcieSegment.at);
      if (segment !== 0)
        context.report("pcieSegment", `reserved byte ${pcieSegment.at} is ${specHex(segment)}, expected zero`);
    },
  },
  rule("transportInfo", {
    code: "T024",
    name: "ti-hostname",
    severity: "warning",
    hint: "Use letters, digits and hyphens",
    spec: section("1.5.6"),
    check({ hostName }, context) {
      const at = context.targetOf(fields.hostName.at);
      if (hostName === undefined || isHostName(context.bytes, at, at + hostName.length)) return;
      context.report(
        "hostName",
        `host name is ${quote(hostName.slice(0, 80))}, expected letters, digits, hyphens and dots`,
      );
    },
  }),
];
