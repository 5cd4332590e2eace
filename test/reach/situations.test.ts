import { describe, expect, it } from "vitest";
import { explainTables } from "../../src/consumers/explain.ts";
import { planConnectAll } from "../../src/consumers/nvme-cli/connect-all.ts";
import { withDefaults } from "../../src/document/defaults.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { validateTogether } from "../../src/rules/validate.ts";

interface Info {
  mac?: string;
  pciSbdf?: string;
  vlan?: number;
  ipAddress?: string;
  subnetMaskPrefix?: number;
  gateway?: string | undefined;
  primaryDns?: string;
  secondaryDns?: string;
  ipOrigin?: "manual" | "dhcp" | "router-advertisement" | number;
  dhcpServer?: string;
  flags?: { dhcpOverride: boolean };
}

interface Ssns {
  traddr?: string;
  trsvcid?: string;
  primaryHfi?: number;
  secondaryHfis?: number[];
  nsid?: number;
  nid?: string;
  nidType?: "uuid";
  subsystemNqn?: string;
  flags?: { unavailable: "unavailable" };
}

/** A document of two interfaces, each in a network of its own with one target. */
interface Situation {
  readonly hfi: [{ transportInfo: Info }, { transportInfo: Info }];
  readonly ssns: [Ssns, Ssns];
  discovery?: { uri: string; hfiIndex: number }[];
}

function sound(): Situation {
  const ssns = { subsystemNqn: "nqn.2014-08.org.example:array1", nsid: 1, nid: "00c0ffee00112233445566778899aabb" };
  const nic = { subnetMaskPrefix: 24, ipOrigin: "manual" } as const;
  return {
    hfi: [
      {
        transportInfo: {
          ...nic,
          mac: "02:5e:10:00:00:70",
          pciSbdf: "0000:6a:00.0",
          ipAddress: "10.20.40.11",
          gateway: "10.20.40.254",
        },
      },
      { transportInfo: { ...nic, mac: "02:5e:10:00:00:71", pciSbdf: "0000:6a:00.1", ipAddress: "10.20.30.11" } },
    ],
    ssns: [
      { ...ssns, traddr: "10.20.40.60", primaryHfi: 1 },
      { ...ssns, traddr: "10.20.30.60", primaryHfi: 2 },
    ],
  };
}

function sound6(): Situation {
  const made = sound();
  Object.assign(made.hfi[0].transportInfo, { ipAddress: "2001:db8:40::11", subnetMaskPrefix: 64 });
  Object.assign(made.hfi[0].transportInfo, { gateway: "2001:db8:40::1" });
  Object.assign(made.hfi[1].transportInfo, { ipAddress: "2001:db8:30::11", subnetMaskPrefix: 64 });
  made.ssns[0].traddr = "2001:db8:40::60";
  made.ssns[1].traddr = "2001:db8:30::60";
  return made;
}

type Change = (first: Info, ssns: Ssns, all: Situation) => void;
const dhcp = (info: Info, dhcpServer = "10.20.40.1") =>
  Object.assign(info, { ipOrigin: "dhcp", dhcpServer, flags: { dhcpOverride: true } });
const set =
  (values: Info, target: Ssns = {}): Change =>
  (first, ssns) => {
    Object.assign(first, values);
    Object.assign(ssns, target);
  };
const second =
  (values: Info, target: Ssns = {}): Change =>
  (_, __, { hfi, ssns }) => {
    Object.assign(hfi[1].transportInfo, values);
    Object.assign(ssns[1], target);
  };
const asks =
  (uri: string, hfiIndex = 1): Change =>
  (_, __, all) => {
    all.discovery = [{ uri, hfiIndex }];
  };

/** What is changed, the warnings and errors that validate gives, how many paths can work, and what nvme-cli 3.0 does with each. */
const ipv4: [name: string, change: Change, rules: string, open: string, steps: string][] = [
  ["nothing is wrong", set({}), "", "2 of 2", "ok ok"],
  ["the gateway leads to the target", set({}, { traddr: "10.99.0.1" }), "", "2 of 2", "ok ok"],
  ["the gateway is the target", set({}, { traddr: "10.20.40.254" }), "", "2 of 2", "ok ok"],
  ["the gateway is the HFI", set({ gateway: "10.20.40.11" }), "T028", "2 of 2", "ok ok"],
  [
    "the HFI as gateway is needed",
    set({ gateway: "10.20.40.11" }, { traddr: "10.99.0.1" }),
    "T028 S036",
    "1 of 2",
    "fails ok",
  ],
  [
    "the gateway is the other HFI",
    second({ ipAddress: "10.20.40.254" }, { traddr: "10.20.40.61", subsystemNqn: "nqn.2014-08.org.example:other" }),
    "T028",
    "2 of 2",
    "ok ok",
  ],
  [
    "the other HFI as gateway is needed",
    (first, ssns, { hfi }) => {
      Object.assign(ssns, { traddr: "10.99.0.1" });
      Object.assign(first, { gateway: "10.20.40.12" });
      Object.assign(hfi[1].transportInfo, { ipAddress: "10.20.40.12", subnetMaskPrefix: 16 });
    },
    "T028 G006 S036",
    "1 of 2",
    "fails ok",
  ],
  [
    "the HFI has an address of 0.0.0.0/8",
    set({ ipAddress: "0.20.40.11", gateway: undefined }, { traddr: "0.20.40.60" }),
    "T027 S037",
    "2 of 2",
    "ok ok",
  ],
  [
    "the HFI has an address of 240.0.0.0/4",
    second({ ipAddress: "250.1.1.1" }, { traddr: "250.1.1.2" }),
    "T027 S037",
    "2 of 2",
    "ok ok",
  ],
  ["the target has an address of 0.0.0.0/8", set({}, { traddr: "0.0.0.60" }), "S037", "2 of 2", "ok ok"],
  [
    "the discovery controller has an address of 240.0.0.0/4",
    asks("nvme+tcp://240.0.0.1:8009/"),
    "D015",
    "3 of 3",
    "ok ok ok",
  ],
  ["a DNS server is the HFI", set({ primaryDns: "10.20.40.11" }), "T030", "2 of 2", "ok ok"],
  ["a DNS server is the other HFI", set({ secondaryDns: "10.20.30.11" }), "T030", "2 of 2", "ok ok"],
  ["the DHCP server is the HFI", (info) => dhcp(info, "10.20.40.11"), "T030", "2 of 2", "ok ok"],
  ["the DHCP server is the target", (info) => dhcp(info, "10.20.40.60"), "", "2 of 2", "ok ok"],
  ["a DNS server is the resolver of another host", set({ primaryDns: "127.0.0.53" }), "T030", "2 of 2", "ok ok"],
  ["a DNS server is a multicast address", set({ secondaryDns: "224.0.0.251" }), "T030", "2 of 2", "ok ok"],
  ["the DHCP server is the broadcast address", (info) => dhcp(info, "255.255.255.255"), "T030", "2 of 2", "ok ok"],
  ["the gateway is outside", set({ gateway: "10.20.250.254" }), "T028", "2 of 2", "ok ok"],
  [
    "a gateway outside is needed",
    set({ gateway: "10.20.250.254" }, { traddr: "10.99.0.1" }),
    "T028 S036",
    "1 of 2",
    "fails ok",
  ],
  [
    "the address came from nobody knows where, and there is no gateway",
    set({ gateway: undefined, ipOrigin: 82 }, { traddr: "10.99.0.1" }),
    "S036",
    "1 of 2",
    "fails ok",
  ],
  ["the gateway is the network's address", set({ gateway: "10.20.40.0" }), "T028", "2 of 2", "ok ok"],
  ["the gateway is the broadcast address", set({ gateway: "10.20.40.255" }), "T028", "2 of 2", "ok ok"],
  ["the gateway is the other HFI", set({ gateway: "10.20.30.11" }), "T028", "2 of 2", "ok ok"],
  ["a DHCP gateway is outside", (first) => (dhcp(first).gateway = "10.20.250.254"), "", "2 of 2", "ok ok"],
  [
    "a network of two has its gateway",
    set({ subnetMaskPrefix: 31, ipAddress: "10.20.40.10", gateway: "10.20.40.11" }),
    "",
    "2 of 2",
    "ok ok",
  ],
  ["a network of one has its gateway outside", set({ subnetMaskPrefix: 32 }), "", "2 of 2", "ok ok"],
  [
    "the target is the other of two",
    set({ subnetMaskPrefix: 31, ipAddress: "10.20.40.61", gateway: undefined }),
    "",
    "2 of 2",
    "ok ok",
  ],
  [
    "the target is outside a network of two",
    set({ subnetMaskPrefix: 31, gateway: undefined }),
    "S036",
    "1 of 2",
    "fails ok",
  ],
  [
    "the target is outside a network of one",
    set({ subnetMaskPrefix: 32, gateway: undefined }),
    "S036",
    "1 of 2",
    "fails ok",
  ],
  [
    "DHCP may bring a route",
    (first, ssns) => {
      dhcp(first).gateway = undefined;
      ssns.traddr = "10.99.0.1";
    },
    "",
    "2 of 2",
    "ok ok",
  ],
  ["one HFI of two reaches the target", set({}, { secondaryHfis: [2] }), "S039", "2 of 3", "ok fails ok"],
  [
    "the HFIs are exchanged",
    (first, _, { ssns }) => {
      first.gateway = undefined;
      ssns[0].primaryHfi = 2;
      ssns[1].primaryHfi = 1;
    },
    "S036 S036",
    "0 of 2",
    "fails fails",
  ],
  ["the target is of the other family", set({}, { traddr: "2001:db8::1" }), "S029", "1 of 2", "fails ok"],
  ["the target is the broadcast address", set({}, { traddr: "10.20.40.255" }), "S037", "1 of 2", "fails ok"],
  [
    "the target of a DHCP HFI is the broadcast address",
    (first, ssns) => {
      dhcp(first);
      ssns.traddr = "10.20.40.255";
    },
    "S037",
    "1 of 2",
    "fails ok",
  ],
  ["the target is the network's address", set({}, { traddr: "10.20.40.0" }), "S037", "2 of 2", "ok ok"],
  ["the target is a multicast address", set({}, { traddr: "239.1.1.1" }), "S037", "1 of 2", "fails ok"],
  ["the target is the HFI", set({}, { traddr: "10.20.40.11" }), "S037", "1 of 2", "fails ok"],
  ["the target is the other HFI", set({}, { traddr: "10.20.30.11" }), "S037", "1 of 2", "fails ok"],
  ["the target has no address", set({}, { traddr: "0.0.0.0" }), "S008", "1 of 2", "fails ok"],
  ["the HFI has the broadcast address", set({ ipAddress: "10.20.40.255" }), "T027 S036", "1 of 2", "fails ok"],
  [
    "a DHCP HFI has the broadcast address",
    (first) => (dhcp(first).ipAddress = "10.20.40.255"),
    "T027",
    "2 of 2",
    "ok ok",
  ],
  ["the HFI has a multicast address", set({ ipAddress: "224.1.1.1" }), "T027 S036", "1 of 2", "fails ok"],
  ["the HFI has the network's address", set({ ipAddress: "10.20.40.0" }), "T027", "2 of 2", "ok ok"],
  ["the HFI has no address", set({ ipAddress: "0.0.0.0" }), "T016", "2 of 2", "ok ok"],
  ["the HFI has no address of any family", set({ ipAddress: "::", gateway: undefined }), "T016", "1 of 2", "fails ok"],
  ["the HFI has no MAC address", set({ mac: "00:00:00:00:00:00" }), "T014", "1 of 2", "fails ok"],
  ["the HFI has a group's MAC address", set({ mac: "01:00:5e:00:00:01" }), "T014", "1 of 2", "fails ok"],
  ["the VLAN is the last", set({ vlan: 4094 }), "", "2 of 2", "ok ok"],
  ["the VLAN does not exist", set({ vlan: 4095 }), "T015", "1 of 2", "fails ok"],
  ["two HFIs have one MAC address", second({ mac: "02:5e:10:00:00:70" }), "G002", "2 of 2", "ok ok"],
  [
    "one is a VLAN of the other's card",
    second({ mac: "02:5e:10:00:00:70", vlan: 100, pciSbdf: "0000:6a:00.0" }),
    "",
    "2 of 2",
    "ok ok",
  ],
  [
    "two HFIs have one address",
    second({ ipAddress: "10.20.40.11" }, { traddr: "10.20.40.61" }),
    "G004",
    "2 of 2",
    "ok ok",
  ],
  [
    "two paths are in one network",
    second({ ipAddress: "10.20.40.12" }, { traddr: "10.20.40.61" }),
    "G006",
    "2 of 2",
    "ok ok",
  ],
  [
    "one network is a part of the other",
    second({ ipAddress: "10.20.40.130", subnetMaskPrefix: 25 }, { traddr: "10.20.40.161" }),
    "G006",
    "2 of 2",
    "ok ok",
  ],
  [
    "two namespaces are in one network",
    second({ ipAddress: "10.20.40.12" }, { traddr: "10.20.40.61", nsid: 2, nid: "00c0ffee00112233445566778899aabc" }),
    "",
    "2 of 2",
    "ok ok",
  ],
  [
    "every SSNS was unavailable",
    (_, __, { ssns }) => {
      for (const record of ssns) record.flags = { unavailable: "unavailable" };
    },
    "G005",
    "0 of 2",
    "ok ok",
  ],
  ["one SSNS was unavailable", set({}, { flags: { unavailable: "unavailable" } }), "", "1 of 2", "ok ok"],
  ["one namespace has two NIDs", second({}, { nid: "00c0ffee00112233445566778899aabc" }), "S041", "2 of 2", "ok ok"],
  ["one NID has two namespaces", second({}, { nsid: 2 }), "S041", "2 of 2", "ok ok"],
  [
    "one namespace has a NID of another type",
    second({}, { nidType: "uuid", nid: "bee9c2b7-1761-44b5-a4e6-f690498a94b2" }),
    "",
    "2 of 2",
    "ok ok",
  ],
  ["the port is that of discovery", set({}, { trsvcid: "8009" }), "S040", "2 of 2", "ok ok"],
  ["the port is 0", set({}, { trsvcid: "0" }), "S009", "1 of 2", "fails ok"],
  ["the port is octal", set({}, { trsvcid: "04420" }), "S009", "2 of 2", "ok ok"],
  ["the port begins with 0 and is not octal", set({}, { trsvcid: "09" }), "S009", "1 of 2", "fails ok"],
  ["the port is hexadecimal", set({}, { trsvcid: "0x1144" }), "S009", "2 of 2", "ok ok"],
  ["the port is a word", set({}, { trsvcid: "nvme" }), "S009", "1 of 2", "fails ok"],
  [
    "the NQN ends with a blank",
    set({}, { subsystemNqn: "nqn.2014-08.org.example:array1 " }),
    "S010",
    "2 of 2",
    "ok ok",
  ],
  [
    "the NQN ends with a blank that does not break",
    set({}, { subsystemNqn: "nqn.2014-08.org.example:array1\u00a0" }),
    "S010",
    "2 of 2",
    "ok ok",
  ],
  ["the NQN holds a comma", set({}, { subsystemNqn: "nqn.2014-08.org.example:a,b" }), "S010", "1 of 2", "fails ok"],
  [
    "the NQN is as long as none in Linux",
    set({}, { subsystemNqn: `nqn.2014-08.org.example:${"a".repeat(199)}` }),
    "S010",
    "1 of 2",
    "fails ok",
  ],
  ["the discovery controller is at hand", asks("nvme+tcp://10.20.40.70:8009/"), "", "3 of 3", "ok ok ok"],
  [
    "the discovery controller is at the other HFI",
    asks("nvme+tcp://10.20.40.70:8009/", 2),
    "D015",
    "2 of 3",
    "ok ok fails",
  ],
  ["the discovery controller is the HFI", asks("nvme+tcp://10.20.40.11:8009/"), "D015", "2 of 3", "ok ok fails"],
  [
    "the discovery controller is of the other family",
    asks("nvme+tcp://[2001:db8::1]:8009/"),
    "D015",
    "2 of 3",
    "ok ok fails",
  ],
  ["the discovery controller has no address", asks("nvme+tcp://0.0.0.0:8009/"), "D015", "2 of 3", "ok ok fails"],
  [
    "the discovery controller has the network's address",
    asks("nvme+tcp://10.20.40.0:8009/"),
    "D015",
    "3 of 3",
    "ok ok ok",
  ],
  ["the discovery controller has no HFI", asks("nvme+tcp://10.20.40.70:8009/", 7), "D008", "2 of 3", "ok ok drop"],
];

const ipv6: typeof ipv4 = [
  ["nothing is wrong", set({}), "", "2 of 2", "ok ok"],
  [
    "the gateway has a link-local address",
    set({ gateway: "fe80::1" }, { traddr: "2001:db8:77::1" }),
    "",
    "2 of 2",
    "ok ok",
  ],
  [
    "a gateway outside is needed",
    set({ gateway: "2001:db8:99::1" }, { traddr: "2001:db8:77::1" }),
    "T028 S036",
    "1 of 2",
    "fails ok",
  ],
  ["the gateway is the HFI", set({ gateway: "2001:db8:40::11" }), "T028", "2 of 2", "ok ok"],
  ["the gateway is any router of the network", set({ gateway: "2001:db8:40::" }), "", "2 of 2", "ok ok"],
  [
    "the HFI is the first of a network of two, with zeros after four bytes",
    set({ ipAddress: "2001:db8::", subnetMaskPrefix: 127, gateway: "2001:db8::1" }, { traddr: "2001:db8::1" }),
    "",
    "2 of 2",
    "ok ok",
  ],
  [
    "the target is outside, without a gateway",
    set({ gateway: undefined }, { traddr: "2001:db8:77::1" }),
    "S036",
    "1 of 2",
    "fails ok",
  ],
  [
    "the target is outside a network of one",
    set({ subnetMaskPrefix: 128, gateway: undefined }),
    "S036",
    "1 of 2",
    "fails ok",
  ],
  [
    "a router may bring a route",
    set({ gateway: undefined, ipOrigin: "router-advertisement" }, { traddr: "2001:db8:77::1" }),
    "",
    "2 of 2",
    "ok ok",
  ],
  ["the target is IPv4 with nothing before it", set({}, { traddr: "::10.20.40.60" }), "S037", "2 of 2", "ok ok"],
  ["the target has a link-local address", set({}, { traddr: "fe80::60" }), "S038", "2 of 2", "ok ok"],
  [
    "the target has a link-local address, and the HFI none",
    set({ ipAddress: "::", gateway: undefined }, { traddr: "fe80::60" }),
    "T016 S038",
    "2 of 2",
    "ok ok",
  ],
  [
    "the target of a VLAN has a link-local address",
    set({ vlan: 7 }, { traddr: "fe80::60" }),
    "S038",
    "1 of 2",
    "fails ok",
  ],
  [
    "target and HFI have link-local addresses",
    set({ ipAddress: "fe80::5", gateway: undefined }, { traddr: "fe80::60" }),
    "S038",
    "1 of 2",
    "fails ok",
  ],
  ["the HFI has a link-local address", set({ ipAddress: "fe80::5", gateway: "fe80::1" }), "S038", "1 of 2", "fails ok"],
  ["the HFI has the loopback address", set({ ipAddress: "::1" }), "T027 S036", "1 of 2", "fails ok"],
  ["the target is the loopback address", set({}, { traddr: "::1" }), "S037", "1 of 2", "fails ok"],
  ["the target is the HFI", set({}, { traddr: "2001:db8:40::11" }), "S037", "1 of 2", "fails ok"],
  ["the HFI has the network's address", set({ ipAddress: "2001:db8:40::" }), "T027", "2 of 2", "ok ok"],
  [
    "two HFIs have one address",
    second({ ipAddress: "2001:db8:40::11" }, { traddr: "2001:db8:40::61" }),
    "G004",
    "2 of 2",
    "ok ok",
  ],
  ["the target is of the other family", set({}, { traddr: "10.1.1.1" }), "S029", "1 of 2", "fails ok"],
  [
    "the discovery controller has a link-local address",
    asks("nvme+tcp://[fe80::1]:8009/"),
    "D015",
    "3 of 3",
    "ok ok ok",
  ],
];

/** Rules that warn or report an error, what explain and plan say of the paths, and what becomes of each step of nvme-cli 3.0. */
function seen(document: Situation): string[] {
  const bytes = encodeNbft(withDefaults({ host: { hostNqn: "nqn.2014-08.org.example:host" }, ...document }));
  const tables = [{ path: "NBFT", bytes }];
  const findings = validateTogether([bytes])[0]!.filter(({ severity, rule }) => severity !== "info" && rule !== "O007");
  const { paths, steps } = planConnectAll(tables, {}, "3.0").tables[0]!;
  const told = explainTables(tables).tables[0]!.paths!.text;
  expect(paths!.text.startsWith(told)).toBe(true);
  return [
    findings.map(({ rule }) => rule).join(" "),
    told.split(" paths")[0]!,
    steps.map(({ action, hopeless }) => (action !== "connect" ? action : hopeless ? "fails" : "ok")).join(" "),
  ];
}

describe("validate, plan and explain agree on IPv4 where", () => {
  it.each(ipv4)("%s", (_, change, ...wanted) => {
    const document = sound();
    change(document.hfi[0].transportInfo, document.ssns[0], document);
    expect(seen(document)).toEqual(wanted);
  });
});

describe("validate, plan and explain agree on IPv6 where", () => {
  it.each(ipv6)("%s", (_, change, ...wanted) => {
    const document = sound6();
    change(document.hfi[0].transportInfo, document.ssns[0], document);
    expect(seen(document)).toEqual(wanted);
  });
});
