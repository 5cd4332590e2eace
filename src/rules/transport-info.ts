import { hfiTransportInfoTcp } from "../nbft/structures/index.ts";
import { figure, section } from "../nbft/structures/spec.ts";
import { specHex } from "../text/hex.ts";
import { dropped } from "./breakages.ts";
import { constRule, isZero, reservedBits, reservedMessage, reservedRule } from "./generic.ts";
import { isHostName, quote } from "./names.ts";
import { readerRule } from "./reader-rule.ts";
import { type AnyRule, rule } from "./rule.ts";

const dropsHfi = dropped("HFI and every SSNS that needs it");
const info = "hfi[0].transportInfo";
const { fields } = hfiTransportInfoTcp;

const reservedFlags = reservedBits(hfiTransportInfoTcp, "flags", "T008");

const reservedTail = reservedRule("transportInfo", hfiTransportInfoTcp, [], {
  code: "T023",
  name: "ti-reserved",
  severity: "info",
  summary: "Reserved bytes of a Transport Info Descriptor are zero.",
  why: "Bytes 110 to 127 are reserved in version 1, and shipping firmware leaves garbage in them: a reader that takes them for an extended information reference is wrong.",
  hint: "Write zeros; read bytes 110 to 116 only when the version is 2",
  spec: figure(14),
  fix: "writes zeros",
  good: {},
  bad: [
    { stored: { [`${info}.reserved53`]: 1 }, finds: [`${info}.reserved53`] },
    {
      model: { [`${info}.transportInfoVersion`]: 1, [`${info}.pcieSegment`]: undefined },
      stored: { [`${info}.extendedInfoRef`]: [0, 0, 0x68, 0xa7, 0x39, 0x64] },
      finds: [`${info}.extendedInfoRef`],
    },
  ],
});

/** Rules about HFI Transport Info Descriptors as such: what they are, who they belong to, flags. */
export const transportInfoRules: readonly AnyRule[] = [
  readerRule("T001", "transportInfo", {
    summary: "A Transport Info Descriptor has 128 bytes.",
    why: "A reader that does not compare the length with the structure reads what lies after the object, or after the table.",
    fix: "writes 128, if a Transport Info Descriptor stands there",
    good: {},
    bad: [{ stored: { "hfi[0].transportInfoRef": { length: 127 } }, finds: [info] }],
  }),
  constRule("transportInfo", hfiTransportInfoTcp, "structureId", {
    code: "T002",
    name: "ti-id",
    severity: "error",
    summary: "A Transport Info Descriptor has structure id 7.",
    why: "Another id says that the reference leads elsewhere; the content is not judged.",
    hint: "Check the HFI's transport info reference (HFITIDHOR)",
    spec: figure(14),
    breaks: [dropsHfi],
    stops: true,
    fix: "writes 07h, if everything else there is right",
    good: {},
    bad: [{ model: { [`${info}.structureId`]: 8 }, finds: [`${info}.structureId`] }],
  }),
  constRule("transportInfo", hfiTransportInfoTcp, "version", {
    code: "T003",
    name: "ti-ver",
    severity: "error",
    summary: "A Transport Info Descriptor has version 1.",
    why: "Another version may have another layout; the content is not judged. What changed with revision 1.1 is told by the Transport Info Version (TIV) instead.",
    hint: "Write 1",
    spec: figure(14),
    breaks: [dropsHfi],
    stops: true,
    fix: "writes 01h",
    good: {},
    bad: [{ model: { [`${info}.version`]: 2 }, finds: [`${info}.version`] }],
  }),
  rule("transportInfo", {
    code: "T007",
    name: "ti-invalid",
    severity: "error",
    summary: "The Transport Info Descriptor of a valid HFI is valid.",
    why: "The HFI has no address without it; its content is not judged.",
    hint: "Set Descriptor Valid, or clear that of the HFI",
    spec: figure(14),
    breaks: [dropsHfi],
    stops: true,
    good: {},
    bad: [{ model: { [`${info}.flags.valid`]: false }, finds: [`${info}.flags.valid`] }],
    check({ flags }, context) {
      if (!flags.valid) context.report("flags.valid", "Descriptor Valid is 0, expected 1");
    },
  }),
  constRule("transportInfo", hfiTransportInfoTcp, "trtype", {
    code: "T004",
    name: "ti-trtype",
    severity: "error",
    summary: "The transport type is that of the HFI: 3, TCP.",
    why: "The layout of the rest belongs to the transport; the content is not judged.",
    hint: "Write 3",
    spec: figure(14),
    stops: true,
    fix: "writes 3, if that is the transport type of the HFI",
    good: {},
    bad: [{ model: { [`${info}.trtype`]: 4 }, finds: [`${info}.trtype`] }],
  }),
  rule("transportInfo", {
    code: "T005",
    name: "ti-tiv",
    severity: "info",
    summary: "The Transport Info Version is 1 or 2.",
    why: "1 is the layout of revision 1.0, 2 that of 1.1 and newer. One figure of the specification still says 1.",
    hint: "Write 2, or 1 when bytes 110 to 127 are not written",
    spec: figure(14),
    breaks: [{ who: "libnvme", what: "takes 0 for 1 and everything above 2 for 2" }],
    fix: "writes 2, for 0 it writes 1",
    good: {},
    bad: [{ model: { [`${info}.transportInfoVersion`]: 3 }, finds: [`${info}.transportInfoVersion`] }],
    check({ transportInfoVersion }, context) {
      if (transportInfoVersion === 1 || transportInfoVersion === 2) return;
      context.report("transportInfoVersion", `transport info version is ${transportInfoVersion}, expected 1 or 2`);
    },
  }),
  rule("transportInfo", {
    code: "T006",
    name: "ti-index",
    severity: "info",
    summary: "A Transport Info Descriptor carries the index of its HFI.",
    why: "The index is the way back; another one says that two HFIs were mixed up.",
    hint: "Write the HFI's index",
    spec: figure(14),
    fix: "writes the index of the HFI",
    good: {},
    bad: [{ model: { [`${info}.hfiIndex`]: 2 }, finds: [`${info}.hfiIndex`] }],
    check({ hfiIndex }, context) {
      const { index } = context.hfiOwner;
      if (hfiIndex !== index) context.report("hfiIndex", `HFI index is ${hfiIndex}, expected ${index}`);
    },
  }),
  rule("transportInfo", {
    code: "T008",
    name: "ti-flags",
    severity: "info",
    summary: "Reserved bits of the transport flags are zero.",
    why: "Bits 7 to 4 are reserved, and bit 3 (IP Address Autoconfigured) is in version 1.",
    hint: "Write zeros, or version 2 for bit 3",
    spec: figure(14),
    breaks: [{ who: "nvme-cli 3.0-rc1", what: "prints ipaddr_autoconf for version 1 too" }],
    fix: "clears the bits",
    good: { model: { [`${info}.flags.ipAutoconfigured`]: true } },
    bad: [
      { model: { [`${info}.flags.reserved`]: 0x80 }, finds: [`${info}.flags`] },
      {
        model: {
          [`${info}.flags.ipAutoconfigured`]: true,
          [`${info}.transportInfoVersion`]: 1,
          [`${info}.pcieSegment`]: undefined,
        },
        finds: [`${info}.flags.ipAutoconfigured`],
      },
    ],
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
    summary: "At most one HFI was the default route.",
    why: "Specification: at most one HFI of a table has the flag. Practice: firmware built on EDK2 sets it on every HFI, and no reader known uses it.",
    hint: "Keep the flag on the HFI whose gateway was the default route",
    spec: section("3.2.2.4.1.2.1"),
    good: {},
    bad: [
      {
        model: { "hfi[1].transportInfo.flags.defaultRoute": true },
        finds: ["hfi[1].transportInfo.flags.defaultRoute"],
      },
    ],
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
      if (!isZero(view, at + extendedInfo.at, at + extendedInfo.at + 6) && !context.leadsInside(extendedInfo.at)) {
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
    summary: "The host name is a name, a name with a dot, or a name with its domain.",
    why: "It is what DHCP option 12 carries: letters, digits and hyphens, labels of at most 63 characters.",
    hint: "Use letters, digits and hyphens",
    spec: section("1.5.6"),
    good: { model: { [`${info}.hostName`]: "host-1.example.com." } },
    bad: [{ model: { [`${info}.hostName`]: "my host" }, finds: [`${info}.hostName`] }],
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
