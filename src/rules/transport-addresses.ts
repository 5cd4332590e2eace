import { isFilled } from "../bytes/compare.ts";
import { hfiTransportInfoTcp } from "../nbft/structures/index.ts";
import { figure, section } from "../nbft/structures/spec.ts";
import { formatIp, LAST_VLAN } from "../text/ip.ts";
import { AddressKind, addressFields, isAddress, rawIpv4In } from "./addresses.ts";
import type { RuleContext } from "./context.ts";
import { type AnyRule, rule } from "./rule.ts";

const { mac, extendedInfo } = hfiTransportInfoTcp.fields;
const macAt = mac.at;
const extendedInfoAt = extendedInfo.at;

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
    hint: "Clear one of them",
    spec: figure(14),
    fix: "writes origin 0; with DHCP it clears the flag and writes origin 3",
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
    hint: "Add extended information with DHCP Client Information (DCI), or write minor revision 0",
    spec: figure(14),
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
    hint: "Write 3",
    spec: figure(14),
    fix: "writes 3",
    check({ flags, ipOrigin }, context) {
      if (!flags.dhcpOverride || ipOrigin === "dhcp" || flags.ipAutoconfigured) return;
      context.report("ipOrigin", `IP Address Origin is ${ipOrigin} with DHCP Override set, expected 3 (dhcp)`);
    },
  }),
  rule("transportInfo", {
    code: "T013",
    name: "ti-origin",
    severity: "info",
    hint: "Write 1 for a static address, 3 for DHCP, 4 for a router advertisement, else 0",
    spec: figure(14),
    fix: "writes 0",
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
    hint: "Set DHCP Override and write the DHCP server, or write another origin",
    spec: figure(14),
    fix: "sets DHCP Override, if there is a DHCP server or client information",
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
    hint: "Write the address that the interface had in the firmware",
    spec: figure(14),
    breaks: [{ who: "dracut, NetworkManager and nvme-cli", what: "find no interface for the HFI" }],
    check({ mac }, context) {
      const at = context.at + macAt;
      if (isFilled(context.bytes, 0, at, at + 6))
        context.report("mac", "MAC address is all zero, expected an interface's");
      else if (context.bytes[at]! & 1) {
        context.report("mac", `MAC address is ${mac}, a group address; expected an interface's`, "warning");
      }
    },
  }),
  rule("transportInfo", {
    code: "T015",
    name: "ti-vlan",
    severity: "error",
    hint: "Write the VLAN id, or 0",
    spec: figure(14),
    check({ vlan }, context) {
      if (vlan > LAST_VLAN) context.report("vlan", `VLAN id is ${vlan}, expected 0 to ${LAST_VLAN}`);
    },
  }),
  rule("transportInfo", {
    code: "T016",
    name: "ti-ip-zero",
    severity: "error",
    hint: "Write the address, or clear Descriptor Valid of the HFI",
    spec: figure(14),
    breaks: [{ who: "nvme-cli", what: "passes :: or 0.0.0.0 as host_traddr to the kernel" }],
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
    hint: "Write the prefix length of the network",
    spec: figure(14),
    check({ ipAddress, subnetMaskPrefix }, context) {
      const kind = context.addressKinds()[IP]!;
      const most = kind === AddressKind.V4 ? 32 : 128;
      if (!isAddress(kind) || (subnetMaskPrefix > 0 && subnetMaskPrefix <= most)) return;
      const expected = `expected 1 to ${most} for ${ipAddress}`;
      const message = `subnet mask prefix is ${subnetMaskPrefix}, ${expected}`;
      if (subnetMaskPrefix > most) context.report("subnetMaskPrefix", message, undefined, { defect: "too-long" });
      else context.report("subnetMaskPrefix", message, "warning", { defect: "zero" });
    },
  }),
  rule("transportInfo", {
    code: "T018",
    name: "ti-family",
    severity: "warning",
    hint: "Use one HFI for each family",
    spec: figure(14),
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
    hint: "Nothing breaks: readers treat it as absent",
    spec: section("1.5.5.1"),
    breaks: [{ who: "nvme-cli", what: "prints 0.0.0.0" }],
    fix: "writes zeros",
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
    hint: "Write ::ffff:A.B.C.D",
    spec: section("1.5.5.1"),
    breaks: [{ who: "nvme-cli", what: "prints an IPv6 address such as c000:20a:: or ::192.0.2.10" }],
    fix: "writes the mapped form of the address",
    check({ subnetMaskPrefix }, context) {
      const kinds = context.addressKinds();
      for (let i = IP; i <= DHCP_SERVER; i++) {
        const place =
          kinds[i] === AddressKind.V6 ? rawIpv4In(context.view, context.at + addressFields[i]!.at) : undefined;
        // With a prefix of IPv6 it is an address such as 2001:db8::, which routers and hosts of a /127 have.
        if (place === undefined || (place === "first" && subnetMaskPrefix > 32)) continue;
        const raw = (_: AddressKind, at: number) => rawIpv4In(context.view, at) === place;
        const message = (list: string) =>
          `${list}: an IPv4 address in the ${place} four bytes, expected ::ffff:A.B.C.D`;
        return reportAll(context, raw, message);
      }
    },
  }),
  rule("transportInfo", {
    code: "T021",
    name: "ti-dhcp-server",
    severity: "warning",
    hint: "Write the server's address",
    spec: figure(14),
    check({ flags, dhcpServer }, context) {
      if (!flags.dhcpOverride || isAddress(context.addressKinds()[DHCP_SERVER]!)) return;
      context.report("dhcpServer", `DHCP server is ${dhcpServer ?? "::"} with DHCP Override set, expected its address`);
    },
  }),
  rule("transportInfo", {
    code: "T022",
    name: "ti-dhcp-stray",
    severity: "info",
    hint: "Set DHCP Override, or clear the field",
    spec: figure(14),
    breaks: [{ who: "nvme-cli", what: "does not show it" }],
    fix: "writes zeros",
    check({ flags, dhcpServer }, context) {
      if (flags.dhcpOverride || !isAddress(context.addressKinds()[DHCP_SERVER]!)) return;
      context.report("dhcpServer", `DHCP server is ${dhcpServer} with DHCP Override clear, expected none`);
    },
  }),
  rule("transportInfo", {
    code: "T025",
    name: "ti-metric",
    severity: "info",
    hint: "Write 500",
    spec: figure(14),
    fix: "writes 500",
    check({ gateway, routeMetric }, context) {
      if (routeMetric !== 0 || !isAddress(context.addressKinds()[GATEWAY]!)) return;
      context.report("routeMetric", `route metric is 0 with gateway ${gateway}, expected 500 where none was set`);
    },
  }),
];
