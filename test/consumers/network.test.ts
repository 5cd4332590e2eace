import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { latin1Bytes } from "../../src/bytes/latin1.ts";
import { readableText } from "../../src/consumers/byte-text.ts";
import { dracutFiles, dracutLines, dracutNetwork } from "../../src/consumers/dracut/dracut.ts";
import { type NetworkFormat, networkConfiguration } from "../../src/consumers/network-configuration.ts";
import { networkdFiles } from "../../src/consumers/networkd.ts";
import { networkManagerNetwork } from "../../src/consumers/networkmanager/network-manager.ts";
import { readNmCommandLine } from "../../src/consumers/networkmanager/nm-command-line.ts";
import { wickedNetwork } from "../../src/consumers/wicked.ts";
import { mutated, patched } from "../helpers/tables.ts";
import { allTables, table } from "../helpers/vectors.ts";
import { named, plain } from "./made-tables.ts";

type Change = Parameters<typeof plain>[0];
type Info = Record<string, unknown>;

/** A table whose only HFI has some other fields in its transport info. */
const withInfo = (...infos: Info[]) =>
  plain((model) => {
    const [first] = model.hfi;
    model.hfi = infos.map((info, i) => ({
      ...first!,
      index: i + 1,
      transportInfo: { ...first!.transportInfo!, hfiIndex: i + 1, ...info },
    }));
  });

const overridden = { valid: true, defaultRoute: false, dhcpOverride: true, ipAutoconfigured: false };
const debian13 = { dracut: "106", nvmeCli: "2.13" };
const lines = (bytes: Uint8Array) => dracutLines(dracutNetwork(named(bytes), debian13));

describe("dracut's lines", () => {
  it.each<[string, Info[], string[]]>([
    ["static", [{}], ["ip=192.0.2.10:::24::nbft0:none", "ifname=nbft0:02:00:00:00:00:01"]],
    [
      "with gateway, DNS and host name",
      [{ gateway: "192.0.2.1", primaryDns: "192.0.2.2", secondaryDns: "192.0.2.3", hostName: "host" }],
      ["ip=192.0.2.10::192.0.2.1:24:host:nbft0:none:192.0.2.2:192.0.2.3", "ifname=nbft0:02:00:00:00:00:01"],
    ],
    [
      "a VLAN",
      [{ vlan: 7 }],
      ["ip=192.0.2.10:::24::nbft0.7:none", "vlan=nbft0.7:nbft0", "ifname=nbft0:02:00:00:00:00:01"],
    ],
    [
      "two VLANs of one interface",
      [{ vlan: 7 }, { vlan: 8 }],
      [
        "ip=192.0.2.10:::24::nbft0.7:none",
        "vlan=nbft0.7:nbft0",
        "ip=192.0.2.10:::24::nbft0.8:none",
        "vlan=nbft0.8:nbft0",
        "ifname=nbft0:02:00:00:00:00:01",
      ],
    ],
    [
      "a second HFI of the same interface, which is skipped",
      [{}, { ipAddress: "192.0.2.11" }],
      ["ip=192.0.2.10:::24::nbft0:none", "ifname=nbft0:02:00:00:00:00:01"],
    ],
    [
      "DHCP by the server's family",
      [{ flags: overridden, dhcpServer: "192.0.2.1" }],
      ["ip=nbft0:dhcp", "ifname=nbft0:02:00:00:00:00:01"],
    ],
    [
      "DHCPv6 where the server is missing",
      [{ flags: overridden, dhcpServer: undefined }],
      ["ip=nbft0:dhcp6", "ifname=nbft0:02:00:00:00:00:01"],
    ],
    [
      "IP origin DHCP without DHCPO, which stays static",
      [{ ipOrigin: "dhcp" }],
      ["ip=192.0.2.10:::24::nbft0:none", "ifname=nbft0:02:00:00:00:00:01"],
    ],
    [
      "IPv6 with an address in brackets and a gateway without",
      [{ ipAddress: "2001:db8::2", subnetMaskPrefix: 64, gateway: "fe80::1" }],
      ["ip=[2001:db8::2]::fe80::1:64::nbft0:none", "ifname=nbft0:02:00:00:00:00:01"],
    ],
  ])("%s", (_, infos, expected) => {
    expect(lines(withInfo(...infos))).toEqual(expected);
  });

  it("gives interfaces their numbers by MAC address over all tables", () => {
    const other = withInfo({ mac: "02:00:00:00:00:09" });
    expect(dracutNetwork(named(plain(), other, plain()), debian13).ifnames).toEqual([
      "ifname=nbft0:02:00:00:00:00:01",
      "ifname=nbft1:02:00:00:00:00:09",
    ]);
  });

  it("goes into other files in 112 than in 106", () => {
    const names = (dracut: string) => [
      ...dracutFiles(dracutNetwork(named(plain()), { dracut, nvmeCli: "2.16" })).keys(),
    ];
    expect(names("106")).toEqual(["40-nbft.conf", "45-ifname.conf", "nvmf-neednet.conf"]);
    expect(names("112")).toEqual(["20-nbft.conf", "20-ifname.conf", "20-nvmf-neednet.conf"]);
  });

  it("loses good tables when nvme-cli 3.0-rc1 complains about another one, on standard output", () => {
    const tables = named(plain(), patched(plain(), { 9: [0] }));
    const outcome = (nvmeCli: string) => dracutNetwork(tables, { dracut: "112", nvmeCli });
    expect(dracutLines(outcome("3.0-rc1"))).toEqual([]);
    expect(outcome("3.0-rc1").refusal).toContain("good tables are lost too");
    for (const release of ["2.13", "2.16", "3.1"]) expect(dracutLines(outcome(release))).toHaveLength(2);
  });

  it("depend on the nvme-cli beside it for a table of revision 1.1", () => {
    const tables = [{ path: "NBFT", bytes: table("L02") }];
    expect(dracutLines(dracutNetwork(tables, { dracut: "112", nvmeCli: "2.16" }))).toEqual([]);
    expect(dracutLines(dracutNetwork(tables, { dracut: "112", nvmeCli: "3.1" }))).toHaveLength(2);
  });

  it.each([
    [{ dracut: "059", nvmeCli: "2.13" }, "dracut 059 does nothing with an NBFT"],
    [{ dracut: "106", nvmeCli: "2.3" }, "nvme-cli 2.3 cannot read an NBFT"],
    [{ dracut: "112", nvmeCli: "2.16", leavesNetwork: true }, "rd.nvmf.nm=1: dracut leaves the network"],
  ])("are none with %j", (image, refusal) => {
    const outcome = dracutNetwork(named(plain()), image);
    expect(dracutLines(outcome)).toEqual([]);
    expect(outcome.refusal).toContain(refusal);
  });
});

test("nm-initrd-generator makes nothing of dracut's line with an IPv6 gateway or DNS server", () => {
  for (const info of [{ gateway: "fe80::1" }, { primaryDns: "2001:db8::53" }]) {
    const words = lines(withInfo({ ipAddress: "2001:db8::2", subnetMaskPrefix: 64, ...info }));
    const { files, refused } = readNmCommandLine(words);
    expect(files).toEqual([]);
    expect([...refused.values()].join()).toContain("is taken for a MAC address");
  }
});

describe("NetworkManager's own reader", () => {
  const connections = (bytes: Uint8Array) => networkManagerNetwork(named(bytes)).files.map(({ name }) => name);
  it("names connections after table, HFI and VLAN", () => {
    expect(connections(withInfo({}, { mac: "02:00:00:00:00:02", vlan: 7 }))).toEqual([
      "NBFT connection HFI 1.nmconnection",
      "NBFT connection HFI 2.nmconnection",
      "NBFT connection HFI 2 VLAN 7.nmconnection",
    ]);
  });
  it("puts a VLAN on top of the connection that has the MAC address already", () => {
    expect(connections(withInfo({}, { vlan: 7 }))).toEqual([
      "NBFT connection HFI 1.nmconnection",
      "NBFT connection HFI 2 VLAN 7.nmconnection",
    ]);
  });
  it("looks at the IP origin", () => {
    const [hfi] = networkManagerNetwork(named(withInfo({ ipOrigin: "dhcp" }))).hfis;
    expect(hfi?.setup?.method).toBe("dhcp4");
    expect(hfi?.notes.map(({ rule }) => rule)).toEqual(["T026"]);
  });
  it("keeps a DNS server that is there twice once, as nm-initrd-generator does", () => {
    const twice = withInfo({ primaryDns: "192.0.2.53", secondaryDns: "192.0.2.53" });
    expect(networkManagerNetwork(named(twice)).files[0]!.text).toContain("\ndns=192.0.2.53;\n");
    const words = ["ip=192.0.2.10:::24::nbft0:none:192.0.2.53:192.0.2.53"];
    expect(readNmCommandLine(words).files[0]!.text).toContain("\ndns=192.0.2.53;\n");
  });
  it("makes nothing of a prefix that is too long", () => {
    expect(connections(withInfo({ subnetMaskPrefix: 33 }))).toEqual([]);
  });
});

describe("wicked", () => {
  it("takes the family of DHCP from the address", () => {
    const [hfi] = wickedNetwork(named(withInfo({ flags: overridden, dhcpServer: undefined }))).hfis;
    expect(hfi?.setup?.method).toBe("dhcp4");
  });
  it("does not look when no table has the plain name", () => {
    expect(wickedNetwork(named(plain(), plain())).refusal).toContain("only NBFT1, NBFT2");
  });
});

describe("systemd-networkd's files", () => {
  const files = (bytes: Uint8Array) => new Map(networkdFiles(named(bytes)).map(({ name, text }) => [name, text]));
  it("name the interface and give it its address", () => {
    const made = files(withInfo({ gateway: "192.0.2.1", routeMetric: 500, primaryDns: "192.0.2.2" }));
    expect([...made.keys()]).toEqual(["70-nbft0.link", "70-nbft0.network"]);
    expect(made.get("70-nbft0.link")).toBe("[Match]\nPermanentMACAddress=02:00:00:00:00:01\n\n[Link]\nName=nbft0\n");
    expect(made.get("70-nbft0.network")).toBe(
      "[Match]\nName=nbft0\n\n[Link]\nRequiredForOnline=yes\n\n[Network]\nDHCP=no\nIPv6AcceptRA=no\nAddress=192.0.2.10/24\n" +
        "DNS=192.0.2.2\nKeepConfiguration=yes\n\n[Route]\nGateway=192.0.2.1\nMetric=500\n",
    );
  });
  it("put VLANs on top", () => {
    const made = files(withInfo({ vlan: 7 }));
    expect(made.get("70-nbft0.network")).toContain("VLAN=nbft0.7\n");
    expect(made.get("70-nbft0.network")).toContain("LinkLocalAddressing=no\n");
    expect(made.get("70-nbft0.7.netdev")).toBe("[NetDev]\nName=nbft0.7\nKind=vlan\n\n[VLAN]\nId=7\n");
    expect(made.get("70-nbft0.7.network")).toContain("Address=192.0.2.10/24\n");
  });
  it.each([
    ["DHCPO", { flags: overridden, dhcpServer: "192.0.2.1" }, "DHCP=ipv4"],
    ["IP origin DHCP", { ipOrigin: "dhcp" }, "DHCP=ipv4"],
    ["DHCPO with an IPv6 address", { flags: overridden, ipAddress: "2001:db8::2" }, "DHCP=ipv6"],
    ["neither", {}, "DHCP=no"],
  ])("ask for DHCP as the specification says: %s", (_, info, line) => {
    expect(files(withInfo(info)).get("70-nbft0.network")).toContain(`${line}\n`);
  });
});

describe("what is written for others", () => {
  const hostile = [
    "a b",
    "a:b",
    "a\nroot=/dev/evil",
    "a\n[connection]\nid=evil",
    "$(reboot)",
    "`reboot`",
    "x'y",
    'x"y',
    "x\u001b[31m",
    "x\u202ey",
    "*",
    "x".repeat(300),
  ];
  const formats: NetworkFormat[] = ["dracut", "networkmanager", "networkd"];

  it.each(hostile)("leaves out the host name %j, and says so", (hostName) => {
    const bytes = withInfo({ hostName }, { hostName, mac: "02:00:00:00:00:02", flags: overridden });
    for (const format of formats) {
      const { files, lines: words = [], warnings } = networkConfiguration(named(bytes), format);
      for (const text of [...files.map((file) => file.text), ...words]) expect(text).not.toContain(hostName);
      if (format !== "networkd") expect(warnings.map(({ note }) => note.rule)).toContain("T024");
    }
  });

  it("keeps names in any language", () => {
    const { lines: words = [] } = networkConfiguration(named(withInfo({ hostName: "höst-主机" })), "dracut");
    expect(readableText(words[0]!)).toContain(":höst-主机:");
  });

  it("holds nothing but well-formed lines whatever the table holds", () => {
    const bases = allTables.filter(({ bytes }) => bytes.length < 5000).map(({ bytes }) => bytes);
    const change: Change = () => undefined;
    fc.assert(
      fc.property(mutated([...bases, plain(change)]), (bytes) => {
        const tables = [{ path: "NBFT", bytes }];
        const { lines: words = [] } = networkConfiguration(tables, "dracut");
        for (const word of words) expect(word).toMatch(/^(?:(?:ip|vlan|ifname)=[^\s\x00-\x20\x7f]*|rd\.neednet=1)$/);
        for (const format of ["networkmanager", "networkd"] as const) {
          for (const { name, text } of networkConfiguration(tables, format).files) {
            expect(name).toMatch(/^[A-Za-z0-9. -]+\.(nmconnection|link|network|netdev)$/);
            for (const line of text.split("\n"))
              expect(line).toMatch(/^$|^\[[A-Za-z0-9]+\]$|^[A-Za-z0-9.-]+=[^\x00-\x1f\x7f]*$/);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("keeps a path in the name of a table out of the name of a file", () => {
    const { files } = networkConfiguration([{ path: "../../etc/NBFT", bytes: plain() }], "networkmanager");
    expect(files.map(({ name }) => name)).toEqual(["NBFT connection HFI 1.nmconnection"]);
  });
});

test("texts of hosts come back as bytes", () => {
  expect(latin1Bytes("\xff\x00")).toEqual(Uint8Array.of(255, 0));
});
