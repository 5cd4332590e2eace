import type { RuleTexts } from "../rule.ts";

const info = "hfi[0].transportInfo";
/** A static interface without gateway, and a target that only a gateway leads to. */
const offLink = { [`${info}.gateway`]: undefined, "ssns[0].traddr": "203.0.113.20" };

/** What the rules in `../ssns-paths.ts` say, and their examples. */
export const ssnsPathsTexts: RuleTexts = {
  S036: {
    summary: "At least one HFI of an SSNS reaches its transport address.",
    why: "The target is not in the network of a static HFI, and there is no gateway to it: the connection fails at once. An SSNS that is marked unavailable is not checked.",
    good: { model: { "ssns[0].traddr": "203.0.113.20" } },
    bad: [{ model: offLink, finds: ["ssns[0].traddr"] }],
  },
  S037: {
    summary: "The transport address of an SSNS is one that a target can have.",
    why: "No target has a loopback, multicast or broadcast address, or an address of the host. Linux reaches a target at the address of a network itself, other systems treat it as a broadcast address. Reserved addresses (0.0.0.0/8, 240.0.0.0/4, ::/96) are not assigned to targets.",
    good: {},
    bad: [
      { model: { "ssns[0].traddr": "127.0.0.1" }, finds: ["ssns[0].traddr"] },
      { model: { "ssns[0].traddr": "192.0.2.10" }, finds: ["ssns[0].traddr"] },
      { model: { "ssns[0].traddr": "192.0.2.255" }, finds: ["ssns[0].traddr"] },
      { model: { "ssns[0].traddr": "240.0.2.20" }, finds: ["ssns[0].traddr"] },
    ],
  },
  S038: {
    summary: "Neither the transport address of an SSNS nor the address of its HFI is IPv6 link-local.",
    why: "Such an address needs an interface. The firmware connects, but readers pass the address on without its interface, and Linux refuses it (EINVAL): the host's always, the target's unless the connection is bound to the interface. nvme-cli 3.0-rc1 and later bind it for an HFI without VLAN; whether the target then answers is not known.",
    good: {
      model: {
        [`${info}.ipAddress`]: "2001:db8::10",
        [`${info}.gateway`]: "fe80::1",
        [`${info}.primaryDns`]: undefined,
        "ssns[0].traddr": "2001:db8::20",
        [`${info}.subnetMaskPrefix`]: 64,
      },
    },
    bad: [
      {
        model: {
          [`${info}.ipAddress`]: "fe80::10",
          [`${info}.gateway`]: undefined,
          [`${info}.primaryDns`]: undefined,
          "ssns[0].traddr": "fe80::20",
        },
        finds: ["ssns[0].traddr"],
      },
      {
        model: {
          [`${info}.ipAddress`]: "2001:db8::10",
          [`${info}.gateway`]: undefined,
          [`${info}.primaryDns`]: undefined,
          [`${info}.subnetMaskPrefix`]: 64,
          "ssns[0].traddr": "fe80::20",
        },
        finds: ["ssns[0].traddr"],
      },
      {
        model: {
          [`${info}.ipAddress`]: "fe80::10",
          [`${info}.gateway`]: "fe80::1",
          [`${info}.primaryDns`]: undefined,
          "ssns[0].traddr": "2001:db8::20",
        },
        finds: ["ssns[0].primaryHfi"],
      },
    ],
  },
  S039: {
    summary: "If one HFI of an SSNS reaches its transport address, all of them do.",
    why: "The paths over the others are lost: the target is not in their network, and there is no gateway to it.",
    good: {},
    bad: [
      {
        model: {
          "hfi[1].transportInfo.flags.dhcpOverride": false,
          "hfi[1].transportInfo.dhcpServer": undefined,
          "hfi[1].transportInfo.extendedInfo": undefined,
          "hfi[1].transportInfo.ipOrigin": "manual",
          "ssns[0].secondaryHfis": [2],
        },
        finds: ["ssns[0].secondaryHfis"],
      },
    ],
  },
  S040: {
    summary: "An SSNS with the NQN of a subsystem does not have the port of discovery controllers.",
    why: "8009 is the well-known port of discovery controllers, which refuse the NQN of a subsystem; subsystems use 4420.",
    good: { model: { "ssns[0].trsvcid": "4421" } },
    bad: [{ model: { "ssns[0].trsvcid": "8009" }, finds: ["ssns[0].trsvcid"] }],
  },
  S041: {
    summary: "All SSNS of one namespace have the same namespace identifier and the same NSID.",
    why: "An NSID of a subsystem is one namespace, with one identifier of each type: one of the records is wrong.",
    good: {},
    bad: [
      {
        model: { "ssns[1].nsid": 1, "ssns[1].nid": "bee9c2b7-1761-44b5-a4e6-f690498a94b2" },
        finds: ["ssns[1].nid"],
      },
      { model: { "ssns[1].nsid": 2 }, finds: ["ssns[1].nsid"] },
    ],
  },
  G005: {
    summary: "At least one bootable SSNS was available to the firmware.",
    why: "Firmware marks the records that it could not connect to as unavailable. Readers try them anyway.",
    good: { model: { "ssns[1].flags.unavailable": "unavailable" } },
    bad: [
      {
        model: { "ssns[0].flags.unavailable": "unavailable", "ssns[1].flags.unavailable": "unavailable" },
        finds: ["control.ssnsCount"],
      },
    ],
  },
  D015: {
    summary: "The HFI of a Discovery Descriptor reaches the address in its URI.",
    why: "Otherwise the address is one that no target can have, one that Linux refuses without an interface (IPv6 link-local), or in a network to which the static HFI has no gateway.",
    good: { model: { "discovery[0].uri": "nvme+tcp://203.0.113.20:8009/" } },
    bad: [
      {
        model: { [`${info}.gateway`]: undefined, "discovery[0].uri": "nvme+tcp://203.0.113.20:8009/" },
        finds: ["discovery[0].uri"],
      },
      { model: { "discovery[0].uri": "nvme+tcp://192.0.2.10:8009/" }, finds: ["discovery[0].uri"] },
      { model: { "discovery[0].uri": "nvme+tcp://[fe80::20]:8009/" }, finds: ["discovery[0].uri"] },
      { model: { "discovery[0].uri": "nvme+tcp://0.0.0.0:8009/" }, finds: ["discovery[0].uri"] },
      { model: { "discovery[0].uri": "nvme+tcp://192.0.2.0:8009/" }, finds: ["discovery[0].uri"] },
    ],
  },
};
