import type { RuleTexts } from "../rule.ts";

const info = "hfi[0].transportInfo";
const dhcp = "hfi[1].transportInfo";
/** EDK2's way to say that there is no IPv4 address: `::ffff:0.0.0.0`. */
const V4_NONE = "0.0.0.0";

/** What the rules in `../transport-addresses.ts` say, and their examples. */
export const transportAddressesTexts: RuleTexts = {
  T009: {
    summary: "An autoconfigured address is not from DHCP and has no origin.",
    why: "With IP Address Autoconfigured set, DHCP Override is 0 and the IP Address Origin is 0.",
    good: { model: { [`${info}.flags.ipAutoconfigured`]: true, [`${info}.ipOrigin`]: "other" } },
    bad: [
      { model: { [`${info}.flags.ipAutoconfigured`]: true }, finds: [`${info}.flags.ipAutoconfigured`] },
      {
        model: { [`${dhcp}.flags.ipAutoconfigured`]: true, [`${dhcp}.ipOrigin`]: 0 },
        finds: [`${dhcp}.flags.ipAutoconfigured`],
      },
    ],
  },
  T011: {
    summary: "In a table of revision 1.1 or newer, an HFI configured by DHCP has an IAID and a DUID.",
    why: "The system must renew the firmware's lease with the firmware's identity; otherwise it may get another address while it boots from this one.",
    good: {},
    bad: [{ model: { [`${dhcp}.extendedInfo`]: undefined }, finds: [`${dhcp}.flags.dhcpOverride`] }],
  },
  T012: {
    summary: "The IP Address Origin of an HFI configured by DHCP is 3, DHCP.",
    why: "The two fields mean the same; some firmware writes 82, 94 and 95.",
    good: {},
    bad: [{ model: { [`${dhcp}.ipOrigin`]: "manual" }, finds: [`${dhcp}.ipOrigin`] }],
  },
  T013: {
    summary: "The IP Address Origin is 0, 1, 3 or 4.",
    why: "2 and 5 to 255 are reserved; some firmware leaves the byte uninitialized.",
    good: { model: { [`${info}.ipOrigin`]: "other" } },
    bad: [
      { model: { [`${info}.ipOrigin`]: "well-known" }, finds: [`${info}.ipOrigin`] },
      { model: { [`${info}.ipOrigin`]: 82 }, finds: [`${info}.ipOrigin`] },
    ],
  },
  T026: {
    summary: "An HFI with an address from DHCP has DHCP Override set.",
    why: "Specification: DHCP Override means that the information came from DHCP; IP Address Origin tells where the address came from. Practice: readers use only one of the two, and configure the interface in different ways.",
    good: {},
    bad: [{ model: { [`${info}.ipOrigin`]: "dhcp" }, finds: [`${info}.ipOrigin`] }],
  },
  T014: {
    summary: "The MAC address is that of one interface.",
    why: "Readers find the interface by it.",
    good: {},
    bad: [
      { model: { [`${info}.mac`]: "00:00:00:00:00:00" }, finds: [`${info}.mac`] },
      { model: { [`${info}.mac`]: "01:00:5e:00:00:01" }, finds: [`${info}.mac`] },
    ],
  },
  T015: {
    summary: "The VLAN id is at most 4094.",
    why: "0 means no VLAN; 4095 is reserved by IEEE 802.1Q.",
    good: { model: { [`${info}.vlan`]: 4094 } },
    bad: [{ model: { [`${info}.vlan`]: 4095 }, finds: [`${info}.vlan`] }],
  },
  T016: {
    summary: "An HFI has an IP address.",
    why: "Some firmware publishes interfaces after DHCP has failed.",
    good: {},
    bad: [
      { model: { [`${info}.ipAddress`]: undefined }, finds: [`${info}.ipAddress`] },
      { model: { [`${info}.ipAddress`]: V4_NONE }, finds: [`${info}.ipAddress`] },
    ],
  },
  T017: {
    summary: "The subnet mask prefix fits the address: up to 32 for IPv4, up to 128 for IPv6, and not 0.",
    why: "Specification: the prefix length is mandatory. Practice: firmware built on EDK2 writes 0 for every IPv6 address, and readers assume different prefix lengths.",
    good: { model: { [`${info}.subnetMaskPrefix`]: 32 } },
    bad: [
      { model: { [`${info}.subnetMaskPrefix`]: 33 }, finds: [`${info}.subnetMaskPrefix`] },
      { model: { [`${info}.subnetMaskPrefix`]: 0 }, finds: [`${info}.subnetMaskPrefix`] },
    ],
  },
  T018: {
    summary: "Gateway, DNS and DHCP servers are of the address's family.",
    why: "The address cannot reach a gateway of the other family.",
    good: {},
    bad: [{ model: { [`${info}.gateway`]: "2001:db8::1" }, finds: [`${info}.gateway`] }],
  },
  T019: {
    summary: "An address that is absent is all zero.",
    why: "Specification: absent is all zero. Practice: firmware built on EDK2 writes ::ffff:0.0.0.0, the IPv4 form; it means the same.",
    good: {},
    bad: [{ model: { [`${info}.secondaryDns`]: V4_NONE }, finds: [`${info}.secondaryDns`] }],
  },
  T020: {
    summary: "IPv4 addresses are mapped into IPv6.",
    why: "An IPv4 address is in the last four bytes, after ::ffff. Figures in the specification's own examples have it in the first four, and ::A.B.C.D lacks the ::ffff; readers treat both as IPv6.",
    good: {},
    bad: [
      { model: { [`${info}.ipAddress`]: "c000:20a::" }, finds: [`${info}.ipAddress`] },
      { model: { [`${info}.ipAddress`]: "::192.0.2.10" }, finds: [`${info}.ipAddress`] },
    ],
  },
  T021: {
    summary: "An HFI configured by DHCP names its DHCP server.",
    why: "dracut uses the server's address to distinguish DHCP from a static configuration, and its family to distinguish DHCPv4 from DHCPv6; NetworkManager uses flag and origin.",
    good: {},
    bad: [
      { model: { [`${dhcp}.dhcpServer`]: undefined }, finds: [`${dhcp}.dhcpServer`] },
      { model: { [`${dhcp}.dhcpServer`]: V4_NONE }, finds: [`${dhcp}.dhcpServer`] },
    ],
  },
  T022: {
    summary: "An HFI not configured by DHCP has no DHCP server.",
    why: "The field is reserved unless DHCP Override is set.",
    good: {},
    bad: [{ model: { [`${info}.dhcpServer`]: "192.0.2.1" }, finds: [`${info}.dhcpServer`] }],
  },
  T025: {
    summary: "An HFI with a gateway has a route metric.",
    why: "500 is the value if routing is supported and no metric was set; 0 means no routing.",
    good: {},
    bad: [{ model: { [`${info}.routeMetric`]: 0 }, finds: [`${info}.routeMetric`] }],
  },
};
