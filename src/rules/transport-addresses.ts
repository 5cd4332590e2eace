import { hfiTransportInfoTcp } from "../nbft/structures/index.ts";
import { figure, section } from "../nbft/structures/spec.ts";
import { formatIp } from "../text/ip.ts";
import { AddressKind, addressFields, isAddress, isRawIpv4 } from "./addresses.ts";
import type { RuleContext } from "./context.ts";
import { isZero } from "./generic.ts";
import { type AnyRule, rule } from "./rule.ts";

const info = "hfi[0].transportInfo";
const dhcp = "hfi[1].transportInfo";
const { mac, extendedInfo } = hfiTransportInfoTcp.fields;
const macAt = mac.at;
const extendedInfoAt = extendedInfo.at;

/** EDK2's way to say that there is no IPv4 address: `::ffff:0.0.0.0`. */
const V4_NONE = "0.0.0.0";

/** Places in a list of kinds. */
const IP = 0;
const GATEWAY = 1;
const DHCP_SERVER = 4;

/** Reports the addresses that a condition holds for, as one finding at the first of them. */
function reportAll(
  context: RuleContext,
  wrong: (kind: AddressKind, at: number, i: number) => boolean,
  message: (list: string) => string,
): void {
  const kinds = context.addressKinds();
  const found = addressFields.filter(({ at }, i) => wrong(kinds[i]!, context.at + at, i));
  const list = found.map(({ title, at }) => `${title} ${formatIp(context.bytes, context.at + at)}`).join(", ");
  context.report(found[0]!.key, message(list));
}

/** Rules about the addresses and the network configuration of an HFI. */
export const transportAddressRules: readonly AnyRule[] = [
  rule("transportInfo", {
    code: "T009",
    name: "ti-iaa",
    severity: "error",
    summary: "An autoconfigured address is neither from DHCP nor has it an origin.",
    why: "With IP Address Autoconfigured set, DHCP Override is 0 and the IP Address Origin is 0.",
    hint: "Clear one of them",
    spec: figure(14),
    fix: "writes origin 0; with DHCP it clears the flag and writes origin 3",
    good: { model: { [`${info}.flags.ipAutoconfigured`]: true, [`${info}.ipOrigin`]: "other" } },
    bad: [
      { model: { [`${info}.flags.ipAutoconfigured`]: true }, finds: [`${info}.flags.ipAutoconfigured`] },
      {
        model: { [`${dhcp}.flags.ipAutoconfigured`]: true, [`${dhcp}.ipOrigin`]: 0 },
        finds: [`${dhcp}.flags.ipAutoconfigured`],
      },
    ],
    check({ flags, ipOrigin, transportInfoVersion }, context) {
      if (!flags.ipAutoconfigured || transportInfoVersion < 2) return;
      if (!flags.dhcpOverride && ipOrigin === "other") return;
      const conflicts = [
        flags.dhcpOverride && "DHCP Override",
        ipOrigin !== "other" && `IP Address Origin ${ipOrigin}`,
      ];
      const message = `IP Address Autoconfigured is set together with ${conflicts.filter(Boolean).join(" and ")}`;
      context.report("flags.ipAutoconfigured", message);
    },
  }),
  rule("transportInfo", {
    code: "T011",
    name: "ti-dhcp-noext",
    severity: "error",
    summary: "In a table of revision 1.1 or newer, an HFI configured by DHCP carries IAID and DUID.",
    why: "The system has to renew the firmware's lease under the firmware's identity; without them it may get another address while it boots from this one.",
    hint: "Add extended information with DHCP Client Information (DCI), or write minor revision 0",
    spec: figure(14),
    good: {},
    bad: [{ model: { [`${dhcp}.extendedInfo`]: undefined }, finds: [`${dhcp}.flags.dhcpOverride`] }],
    check({ flags, extendedInfo, transportInfoVersion }, context) {
      if (!flags.dhcpOverride || context.table.header.minorRevision < 1) return;
      // Extended information that is there and cannot be used is reported where it stands.
      const unread = transportInfoVersion >= 2 && !extendedInfo && !context.empty(extendedInfoAt);
      const broken = extendedInfo && (!extendedInfo.flags.valid || extendedInfo.structureId !== undefined);
      if (unread || broken || extendedInfo?.flags.dhcpClientInfo) return;
      const message =
        "DHCP Override is set without DHCP Client Information, expected IAID and DUID in extended information";
      context.report("flags.dhcpOverride", message);
    },
  }),
  rule("transportInfo", {
    code: "T012",
    name: "ti-dhcp-origin",
    severity: "info",
    summary: "The IP Address Origin of an HFI configured by DHCP is 3, DHCP.",
    why: "The two fields say the same thing; shipping firmware has been seen to write 82, 94 and 95.",
    hint: "Write 3",
    spec: figure(14),
    fix: "writes 3",
    good: {},
    bad: [{ model: { [`${dhcp}.ipOrigin`]: "manual" }, finds: [`${dhcp}.ipOrigin`] }],
    check({ flags, ipOrigin }, context) {
      if (!flags.dhcpOverride || ipOrigin === "dhcp" || flags.ipAutoconfigured) return;
      context.report("ipOrigin", `IP Address Origin is ${ipOrigin} with DHCP Override set, expected 3 (dhcp)`);
    },
  }),
  rule("transportInfo", {
    code: "T013",
    name: "ti-origin",
    severity: "info",
    summary: "The IP Address Origin has a meaning: 0, 1, 3 or 4.",
    why: "2 and 5 to 255 are reserved; shipping firmware has been seen to leave the byte as it was.",
    hint: "Write 1 for a static address, 3 for DHCP, 4 for a router advertisement, else 0",
    spec: figure(14),
    fix: "writes 0",
    good: { model: { [`${info}.ipOrigin`]: "other" } },
    bad: [
      { model: { [`${info}.ipOrigin`]: "well-known" }, finds: [`${info}.ipOrigin`] },
      { model: { [`${info}.ipOrigin`]: 82 }, finds: [`${info}.ipOrigin`] },
    ],
    check({ ipOrigin }, context) {
      if (ipOrigin !== "well-known" && typeof ipOrigin !== "number") return;
      const number = ipOrigin === "well-known" ? 2 : ipOrigin;
      context.report("ipOrigin", `IP Address Origin is ${number}, which is reserved; expected 0, 1, 3 or 4`);
    },
  }),
  rule("transportInfo", {
    code: "T026",
    name: "ti-origin-dhcp",
    severity: "warning",
    summary: "An address that came by DHCP has DHCP Override set.",
    why: "Specification: DHCP Override says that the information came from DHCP, IP Address Origin where the address came from. Practice: readers look at one of the two only, and configure the interface in different ways.",
    hint: "Set DHCP Override and give the DHCP server, or write another origin",
    spec: figure(14),
    fix: "sets DHCP Override, if there is a DHCP server or client information",
    good: {},
    bad: [{ model: { [`${info}.ipOrigin`]: "dhcp" }, finds: [`${info}.ipOrigin`] }],
    check({ flags, ipOrigin }, context) {
      if (ipOrigin !== "dhcp" || flags.dhcpOverride || flags.ipAutoconfigured) return;
      context.report("ipOrigin", "IP Address Origin is 3 (dhcp) with DHCP Override clear, expected both or neither");
    },
  }),
  rule("transportInfo", {
    code: "T014",
    name: "ti-mac",
    severity: "error",
    milder: ["warning"],
    summary: "The MAC address is that of one interface.",
    why: "Readers find the system's interface by it.",
    hint: "Write the address that the interface had in the firmware",
    spec: figure(14),
    breaks: [{ who: "dracut, NetworkManager and nvme-cli", what: "find no interface for the HFI" }],
    good: {},
    bad: [
      { model: { [`${info}.mac`]: "00:00:00:00:00:00" }, finds: [`${info}.mac`] },
      { model: { [`${info}.mac`]: "01:00:5e:00:00:01" }, finds: [`${info}.mac`] },
    ],
    check({ mac }, context) {
      const at = context.at + macAt;
      if (isZero(context.view, at, at + 6)) context.report("mac", "MAC address is all zero, expected an interface's");
      else if (context.bytes[at]! & 1) {
        context.report("mac", `MAC address is ${mac}, a group address; expected an interface's`, "warning");
      }
    },
  }),
  rule("transportInfo", {
    code: "T015",
    name: "ti-vlan",
    severity: "error",
    summary: "The VLAN id is at most 4094.",
    why: "0 means no VLAN; 4095 is reserved by IEEE 802.1Q, and there are no larger ones.",
    hint: "Write the VLAN id, or 0",
    spec: figure(14),
    good: { model: { [`${info}.vlan`]: 4094 } },
    bad: [{ model: { [`${info}.vlan`]: 4095 }, finds: [`${info}.vlan`] }],
    check({ vlan }, context) {
      if (vlan > 4094) context.report("vlan", `VLAN id is ${vlan}, expected 0 to 4094`);
    },
  }),
  rule("transportInfo", {
    code: "T016",
    name: "ti-ip-zero",
    severity: "error",
    summary: "An HFI has an IP address.",
    why: "Firmware has published interfaces whose DHCP had failed.",
    hint: "Give the address, or clear Descriptor Valid of the HFI",
    spec: figure(14),
    breaks: [{ who: "nvme-cli", what: "passes :: or 0.0.0.0 as host_traddr to the kernel" }],
    good: {},
    bad: [
      { model: { [`${info}.ipAddress`]: undefined }, finds: [`${info}.ipAddress`] },
      { model: { [`${info}.ipAddress`]: V4_NONE }, finds: [`${info}.ipAddress`] },
    ],
    check({ ipAddress }, context) {
      if (isAddress(context.addressKinds()[IP]!)) return;
      context.report("ipAddress", `IP address is ${ipAddress ?? "::"}, expected the interface's`);
    },
  }),
  rule("transportInfo", {
    code: "T017",
    name: "ti-prefix",
    severity: "error",
    milder: ["warning"],
    summary: "The subnet mask prefix fits the address: up to 32 for IPv4, up to 128 for IPv6, and not 0.",
    why: "Specification: the prefix length is mandatory. Practice: firmware built on EDK2 writes 0 for every IPv6 address, and each reader has its own idea of what it was.",
    hint: "Write the prefix length of the network",
    spec: figure(14),
    good: { model: { [`${info}.subnetMaskPrefix`]: 32 } },
    bad: [
      { model: { [`${info}.subnetMaskPrefix`]: 33 }, finds: [`${info}.subnetMaskPrefix`] },
      { model: { [`${info}.subnetMaskPrefix`]: 0 }, finds: [`${info}.subnetMaskPrefix`] },
    ],
    check({ ipAddress, subnetMaskPrefix }, context) {
      const kind = context.addressKinds()[IP]!;
      const most = kind === AddressKind.V4 ? 32 : 128;
      if (!isAddress(kind) || (subnetMaskPrefix > 0 && subnetMaskPrefix <= most)) return;
      const expected = `expected 1 to ${most} for ${ipAddress}`;
      const message = `subnet mask prefix is ${subnetMaskPrefix}, ${expected}`;
      if (subnetMaskPrefix > most) context.report("subnetMaskPrefix", message);
      else if (subnetMaskPrefix === 0) context.report("subnetMaskPrefix", message, "warning");
    },
  }),
  rule("transportInfo", {
    code: "T018",
    name: "ti-family",
    severity: "warning",
    summary: "Gateway, DNS and DHCP servers are of the address's family.",
    why: "A gateway of the other family cannot be reached from the address.",
    hint: "Use one HFI for each family",
    spec: figure(14),
    good: {},
    bad: [{ model: { [`${info}.gateway`]: "2001:db8::1" }, finds: [`${info}.gateway`] }],
    check({ ipAddress }, context) {
      const kinds = context.addressKinds();
      const family = kinds[IP]!;
      if (!isAddress(family)) return;
      let differs = false;
      for (let i = GATEWAY; i <= DHCP_SERVER; i++) if (isAddress(kinds[i]!) && kinds[i] !== family) differs = true;
      if (!differs) return;
      const other = (kind: AddressKind) => isAddress(kind) && kind !== family;
      reportAll(context, other, (list) => `${list}: expected IPv${family} as ${ipAddress}`);
    },
  }),
  rule("transportInfo", {
    code: "T019",
    name: "ti-v4zero",
    severity: "info",
    summary: "An address that is absent is all zero.",
    why: "Specification: absent is all zero. Practice: firmware built on EDK2 writes ::ffff:0.0.0.0, the IPv4 form; it means the same.",
    hint: "Nothing breaks: readers take it as absent",
    spec: section("1.5.5.1"),
    breaks: [{ who: "nvme-cli", what: "prints 0.0.0.0" }],
    fix: "writes zeros",
    good: {},
    bad: [{ model: { [`${info}.secondaryDns`]: V4_NONE }, finds: [`${info}.secondaryDns`] }],
    check(_, context) {
      const kinds = context.addressKinds();
      let found = false;
      for (let i = GATEWAY; i <= DHCP_SERVER; i++) if (kinds[i] === AddressKind.V4None) found = true;
      if (!found) return;
      const absent = (kind: AddressKind, _: number, i: number) => kind === AddressKind.V4None && i !== IP;
      reportAll(context, absent, (list) => `absent in the form ::ffff:0.0.0.0: ${list}`);
    },
  }),
  rule("transportInfo", {
    code: "T020",
    name: "ti-v4raw",
    severity: "warning",
    summary: "IPv4 addresses are mapped into IPv6.",
    why: "An IPv4 address stands in the last four bytes behind ::ffff. Figures in the specification's own examples have it in the first four; readers take that for IPv6.",
    hint: "Write ::ffff:A.B.C.D",
    spec: section("1.5.5.1"),
    breaks: [{ who: "nvme-cli", what: "prints an IPv6 address such as c000:20a::" }],
    fix: "writes the address in its mapped form",
    good: {},
    bad: [{ model: { [`${info}.ipAddress`]: "c000:20a::" }, finds: [`${info}.ipAddress`] }],
    check(_, context) {
      const kinds = context.addressKinds();
      for (let i = IP; i <= DHCP_SERVER; i++) {
        if (kinds[i] !== AddressKind.V6 || !isRawIpv4(context.view, context.at + addressFields[i]!.at)) continue;
        const raw = (_: AddressKind, at: number) => isRawIpv4(context.view, at);
        const message = (list: string) => `${list}: an IPv4 address in the first four bytes, expected ::ffff:A.B.C.D`;
        return reportAll(context, raw, message);
      }
    },
  }),
  rule("transportInfo", {
    code: "T021",
    name: "ti-dhcp-server",
    severity: "warning",
    summary: "An HFI configured by DHCP names its DHCP server.",
    why: "dracut uses the server's address to tell DHCP from a static configuration, and its form to tell DHCPv4 from DHCPv6; NetworkManager goes by flag and origin.",
    hint: "Write the server's address",
    spec: figure(14),
    good: {},
    bad: [
      { model: { [`${dhcp}.dhcpServer`]: undefined }, finds: [`${dhcp}.dhcpServer`] },
      { model: { [`${dhcp}.dhcpServer`]: V4_NONE }, finds: [`${dhcp}.dhcpServer`] },
    ],
    check({ flags, dhcpServer }, context) {
      if (!flags.dhcpOverride || isAddress(context.addressKinds()[DHCP_SERVER]!)) return;
      context.report("dhcpServer", `DHCP server is ${dhcpServer ?? "::"} with DHCP Override set, expected its address`);
    },
  }),
  rule("transportInfo", {
    code: "T022",
    name: "ti-dhcp-stray",
    severity: "info",
    summary: "An HFI not configured by DHCP has no DHCP server.",
    why: "The field is reserved unless DHCP Override is set.",
    hint: "Set DHCP Override, or clear the field",
    spec: figure(14),
    breaks: [{ who: "nvme-cli", what: "does not show it" }],
    fix: "writes zeros",
    good: {},
    bad: [{ model: { [`${info}.dhcpServer`]: "192.0.2.1" }, finds: [`${info}.dhcpServer`] }],
    check({ flags, dhcpServer }, context) {
      if (flags.dhcpOverride || !isAddress(context.addressKinds()[DHCP_SERVER]!)) return;
      context.report("dhcpServer", `DHCP server is ${dhcpServer} with DHCP Override clear, expected none`);
    },
  }),
  rule("transportInfo", {
    code: "T025",
    name: "ti-metric",
    severity: "info",
    summary: "An HFI with a gateway has a route metric.",
    why: "500 is the value where routing is supported and no metric was set; 0 says that there is no routing.",
    hint: "Write 500",
    spec: figure(14),
    fix: "writes 500",
    good: {},
    bad: [{ model: { [`${info}.routeMetric`]: 0 }, finds: [`${info}.routeMetric`] }],
    check({ gateway, routeMetric }, context) {
      if (routeMetric !== 0 || !isAddress(context.addressKinds()[GATEWAY]!)) return;
      context.report("routeMetric", `route metric is 0 with gateway ${gateway}, expected 500 where none was set`);
    },
  }),
];
