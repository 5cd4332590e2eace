import type { RuleTexts } from "../rule.ts";

const info = "hfi[0].transportInfo";

/** What the rules in `../hfi-addresses.ts` say, and their examples. */
export const hfiAddressesTexts: RuleTexts = {
  T027: {
    summary: "The IP address of an HFI is one that a host can have.",
    why: "A loopback, multicast or broadcast address, or that of the network itself, cannot be the source of a connection; reserved ones (0.0.0.0/8, 240.0.0.0/4) are not assigned to hosts, though Linux accepts them.",
    good: {
      model: { [`${info}.ipAddress`]: "192.0.2.0", [`${info}.subnetMaskPrefix`]: 31, [`${info}.gateway`]: undefined },
    },
    bad: [
      { model: { [`${info}.ipAddress`]: "127.0.0.1" }, finds: [`${info}.ipAddress`] },
      { model: { [`${info}.ipAddress`]: "192.0.2.0" }, finds: [`${info}.ipAddress`] },
      { model: { [`${info}.ipAddress`]: "192.0.2.255" }, finds: [`${info}.ipAddress`] },
      { model: { [`${info}.ipAddress`]: "0.1.2.3" }, finds: [`${info}.ipAddress`] },
    ],
  },
  T028: {
    summary: "The gateway of a static HFI is in its network, and is not the address of an HFI.",
    why: "The system cannot reach such a gateway, and so nothing outside the HFI's network.",
    good: { model: { [`${info}.gateway`]: undefined } },
    bad: [
      { model: { [`${info}.gateway`]: "198.51.100.1" }, finds: [`${info}.gateway`] },
      { model: { [`${info}.gateway`]: "192.0.2.10" }, finds: [`${info}.gateway`] },
      { model: { [`${info}.gateway`]: "255.255.255.255" }, finds: [`${info}.gateway`] },
      {
        model: { [`${info}.gateway`]: "192.0.2.11", "hfi[1].transportInfo.ipAddress": "192.0.2.11" },
        finds: [`${info}.gateway`],
      },
    ],
  },
  T030: {
    summary: "DNS servers and the DHCP server have addresses that a server can have.",
    why: "Servers do not have loopback, multicast, broadcast or reserved addresses, and nothing answers at the machine's own: requests to them time out. Readers write them into the system's configuration anyway.",
    good: { model: { [`${info}.primaryDns`]: undefined } },
    bad: [
      { model: { [`${info}.primaryDns`]: "127.0.0.53" }, finds: [`${info}.primaryDns`] },
      { model: { [`${info}.secondaryDns`]: "255.255.255.255" }, finds: [`${info}.secondaryDns`] },
      { model: { [`${info}.secondaryDns`]: "192.0.2.10" }, finds: [`${info}.secondaryDns`] },
    ],
  },
  G004: {
    summary: "No two HFIs have the same IP address, in one table or several.",
    why: "Connections are bound to the address, and the system sends all of them through one of the interfaces.",
    good: { others: [{}] },
    bad: [
      { model: { "hfi[1].transportInfo.ipAddress": "192.0.2.10" }, finds: ["hfi[1].transportInfo.ipAddress"] },
      {
        others: [{ model: { "hfi[0].transportInfo.mac": "52:54:00:12:34:60" } }],
        finds: ["hfi[0].transportInfo.ipAddress"],
      },
    ],
  },
  G006: {
    summary: "Every HFI is in a network of its own.",
    why: "nvme-cli 2.x binds connections to the HFI's address only: the system sends all of them through one of the interfaces that are in the network. That is a warning where the records of one namespace name both HFIs, for their paths fail together. 3.0 binds connections to the interface as well.",
    good: {},
    bad: [
      { model: { "hfi[1].transportInfo.ipAddress": "192.0.2.11" }, finds: ["hfi[1].transportInfo.ipAddress"] },
      {
        model: {
          "hfi[1].transportInfo.ipAddress": "192.0.2.11",
          "ssns[1].primaryHfi": 1,
          "ssns[1].secondaryHfis": [1],
        },
        finds: ["hfi[1].transportInfo.ipAddress"],
      },
    ],
  },
};
