import { describe, expect, it } from "vitest";
import { parseBootDescription } from "../../src/boot/parse.ts";
import { tableOfBoot } from "../../src/boot/table.ts";
import { deriveTopology, type TopologyOptions } from "../../src/lab/topology/topology.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import type { NbftTable } from "../../src/nbft/table.ts";
import { allTables, firmwareTables } from "../helpers/vectors.ts";

const hostNqn = "nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890";
const subsystem = "nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db";
const uuid = "bee9c2b7-1761-44b5-a4e6-0f690498a94b";

function described(yaml: string): NbftTable {
  return tableOfBoot(parseBootDescription(yaml), { revision: "1.0" });
}

const derive = (source: NbftTable | readonly NbftTable[], options: TopologyOptions = {}) =>
  deriveTopology(Array.isArray(source) ? source : [source as NbftTable], options);

/** Two static paths; `change` replaces parts of the model. */
const dual = (): NbftTable => readNbft(firmwareTables.find(({ name }) => name.startsWith("multipath/"))!.bytes).table;

type Info = NonNullable<NbftTable["hfi"][number]["transportInfo"]>;
const withInfo = (source: NbftTable, position: number, change: Partial<Info>): NbftTable => ({
  ...source,
  hfi: source.hfi.map((hfi, i) =>
    i === position ? { ...hfi, transportInfo: { ...hfi.transportInfo!, ...change } } : hfi,
  ),
});
const withSsns = (source: NbftTable, position: number, change: Partial<NbftTable["ssns"][number]>): NbftTable => ({
  ...source,
  ssns: source.ssns.map((ssns, i) => (i === position ? { ...ssns, ...change } : ssns)),
});
const texts = (topology: ReturnType<typeof derive>) =>
  topology.remarks.map(({ kind, about, text }) => `${kind} ${about}: ${text}`);

describe("two static paths", () => {
  const topology = derive(dual());

  it("has one link per HFI, with the table's MAC addresses at the table's PCI places", () => {
    expect(topology.links.map(({ hostMacs }) => hostMacs)).toEqual([["ea:eb:d3:58:89:58"], ["ea:eb:d3:59:89:59"]]);
    expect(topology.nics).toEqual([
      { mac: "ea:eb:d3:58:89:58", place: expect.objectContaining({ bus: 0, device: 3, function: 0 }), link: 0 },
      { mac: "ea:eb:d3:59:89:59", place: expect.objectContaining({ bus: 0, device: 4, function: 0 }), link: 1 },
    ]);
    expect(topology.machine).toBe("pc");
  });

  it("serves the subsystem, its namespace and both ports to the table's host alone", () => {
    const [first, second] = topology.links.map(({ targetMac }) => targetMac);
    expect(topology.targetConfig).toEqual([
      `up ${first}`,
      `up ${second}`,
      `address ${first} 0 192.168.101.20/24`,
      `address ${second} 0 192.168.110.20/24`,
      `subsystem ${subsystem} LABSN0001`,
      `namespace ${subsystem} 1 /dev/vda ${uuid} -`,
      "port 1 ipv4 192.168.101.20 4420",
      `serve 1 ${subsystem}`,
      "port 2 ipv4 192.168.110.20 4420",
      `serve 2 ${subsystem}`,
      `allow ${subsystem} ${hostNqn}`,
    ]);
    expect(topology.disks.map(({ content }) => content)).toEqual(["root"]);
  });

  it("gives the quick host its addresses, and has it connect", () => {
    expect(topology.hostConfig).toEqual([
      "address ea:eb:d3:58:89:58 0 192.168.101.30/24",
      "address ea:eb:d3:59:89:59 0 192.168.110.30/24",
      "connect",
    ]);
  });

  it("does not serve what the old firmware's primary HFI index says and its addresses contradict", () => {
    expect(texts(topology)).toEqual([
      "note SSNS 2 through HFI 1: 192.168.110.20 is not in the HFI's network, which has no gateway: not served there",
    ]);
  });
});

describe("networks", () => {
  it("joins HFIs of one subnet to one link, and keeps equal link-local networks apart", () => {
    const one = withInfo(withSsns(dual(), 1, { traddr: "192.168.101.21" }), 1, { ipAddress: "192.168.101.31" });
    expect(derive(one).links.map(({ hostMacs }) => hostMacs)).toEqual([["ea:eb:d3:58:89:58", "ea:eb:d3:59:89:59"]]);
    const local = withInfo(withInfo(dual(), 0, { ipAddress: "fe80::1", subnetMaskPrefix: 64 }), 1, {
      ipAddress: "fe80::2",
      subnetMaskPrefix: 64,
    });
    expect(derive(local).links).toHaveLength(2);
  });

  it("has one interface for two VLANs of one card", () => {
    const vlans = withInfo(withInfo(dual(), 0, { vlan: 7 }), 1, {
      vlan: 8,
      mac: "ea:eb:d3:58:89:58",
      pciSbdf: "0000:00:03.0",
    });
    const topology = derive(vlans);
    expect(topology.nics).toHaveLength(1);
    expect(topology.targetConfig).toContain(`address ${topology.links[0]!.targetMac} 7 192.168.101.20/24`);
    expect(topology.targetConfig).toContain(`address ${topology.links[0]!.targetMac} 8 192.168.110.20/24`);
    expect(topology.hostConfig).toContain("address ea:eb:d3:58:89:58 7 192.168.101.30/24");
  });

  it("is the gateway of a target that is behind one", () => {
    const behind = withSsns(withInfo(dual(), 0, { gateway: "192.168.101.1", routeMetric: 77 }), 0, {
      traddr: "203.0.113.9",
    });
    const topology = derive(behind);
    const mac = topology.links[0]!.targetMac;
    expect(topology.targetConfig).toContain(`address ${mac} 0 192.168.101.1/24`);
    expect(topology.targetConfig).toContain(`address ${mac} 0 203.0.113.9/32`);
    expect(topology.hostConfig).toContain("route ea:eb:d3:58:89:58 0 192.168.101.1 77");
  });

  it("answers at a link-local address from an HFI's network, which the target is in as well", () => {
    const local = (hfi: Partial<Info>) =>
      derive(withSsns(withInfo(dual(), 0, { subnetMaskPrefix: 64, ...hfi }), 0, { traddr: "fe80::20" }));
    const both = local({ ipAddress: "2001:db8::1" });
    const mac = both.links[0]!.targetMac;
    expect(texts(both).filter((text) => text.includes("SSNS 1"))).toEqual([]);
    expect(both.targetConfig.filter((line) => line.startsWith(`address ${mac}`))).toEqual([
      `address ${mac} 0 fe80::20/64`,
      `address ${mac} 0 2001:db8::2/64`,
    ]);
    expect(both.targetConfig).toContain(`port 1 ipv6 fe80::20 4420 ${mac} 0`);
    expect(local({ ipAddress: "fe80::1" }).targetConfig.filter((line) => line.startsWith(`address ${mac}`))).toEqual([
      `address ${mac} 0 fe80::20/64`,
    ]);
  });

  it("serves DHCP with everything that the table says about the lease", () => {
    const topology = derive(
      withInfo(dual(), 0, {
        flags: { ...dual().hfi[0]!.transportInfo!.flags, dhcpOverride: true },
        dhcpServer: "192.168.101.20",
        gateway: "192.168.101.1",
        primaryDns: "192.168.101.53",
      } as Partial<Info>),
    );
    const mac = topology.links[0]!.targetMac;
    expect(topology.targetConfig).toContain(
      `dhcp ${mac} 0 192.168.101.20 ea:eb:d3:58:89:58 192.168.101.30 255.255.255.0 192.168.101.1 192.168.101.53 host-vm -`,
    );
    expect(topology.hostConfig).toContain("dhcp ea:eb:d3:58:89:58 0");
  });

  it("hands out an address where the table has none", () => {
    const flags = { ...dual().hfi[0]!.transportInfo!.flags!, dhcpOverride: true };
    const topology = derive(withInfo(dual(), 0, { flags, ipAddress: "0.0.0.0" }));
    expect(topology.targetConfig.find((line) => line.startsWith("dhcp "))).toContain(" 192.168.101.30 255.255.255.0 ");
    expect(texts(topology)).toContain("note HFI 1: the table holds no address: DHCP hands out 192.168.101.30");
  });

  it("says what it cannot build: DHCPv6, router advertisements, group addresses, impossible prefixes", () => {
    const info = dual().hfi[0]!.transportInfo!;
    const dhcp6 = { flags: { ...info.flags!, dhcpOverride: true }, ipAddress: "2001:db8::30", subnetMaskPrefix: 64 };
    expect(texts(derive(withInfo(dual(), 0, dhcp6)))).toContain(
      "refused HFI 1: the lab has no DHCPv6 server: it gets no address",
    );
    const slaac = { flags: { ...info.flags!, ipAutoconfigured: true }, ipAddress: "::" };
    expect(texts(derive(withInfo(dual(), 0, slaac)))).toContain(
      "refused HFI 1: the lab has no router that announces a prefix: it gets no address",
    );
    expect(texts(derive(withInfo(dual(), 0, { mac: "01:00:5e:00:00:01" })))).toContain(
      "refused HFI 1: 01:00:5e:00:00:01 is a group address, no interface has one",
    );
    expect(texts(derive(withInfo(dual(), 0, { subnetMaskPrefix: 77 })))).toContain(
      "refused HFI 1: 192.168.101.30 cannot have a prefix of 77 bits: it gets no address",
    );
  });
});

describe("places", () => {
  const at = (first: string, second: string, machine?: "pc" | "q35") =>
    derive(withInfo(withInfo(dual(), 0, { pciSbdf: first }), 1, { pciSbdf: second }), { machine });

  it("puts cards after root ports where the table says so", () => {
    const topology = at("0000:01:00.0", "0000:02:00.0");
    expect([topology.machine, topology.buses]).toEqual(["q35", 2]);
    expect(topology.nics.map(({ place }) => place.bus)).toEqual([1, 2]);
  });

  it("keeps the functions of one card together", () => {
    expect(at("0000:00:05.0", "0000:00:05.1").nics.map(({ place }) => [place.device, place.function])).toEqual([
      [5, 0],
      [5, 1],
    ]);
  });

  it.each([
    ["0001:00:03.0", "0000:00:04.0", "0001:00:03.0: a virtual machine has segment 0 only; its interface is at 0:2.0"],
    ["0000:3b:00.0", "0000:00:04.0", "0000:3b:00.0: the lab has buses 0 to 8; its interface is at 0:2.0"],
    ["0000:00:04.0", "0000:00:04.0", "0000:00:04.0: another interface is there; its interface is at 0:2.0"],
    ["0000:00:00.0", "0000:00:04.0", "0000:00:00.0: a place of the machine's own devices; its interface is at 0:2.0"],
  ])("says where it puts %s beside %s", (first, second, text) => {
    expect(
      at(first, second)
        .remarks.filter(({ kind }) => kind === "remapped")
        .map((remark) => remark.text),
    ).toEqual([text]);
  });
});

describe("targets", () => {
  it("gives each namespace its disk and boots from the first that may be booted from", () => {
    const two: NbftTable = {
      ...dual(),
      ssns: [
        { ...dual().ssns[0]!, flags: { ...dual().ssns[0]!.flags!, nonBootable: true }, nsid: 5 },
        { ...dual().ssns[0]!, index: 2, nsid: 0, nidType: "nguid", nid: "ace42e0015102fce2ee4ac0000000001" },
      ],
    };
    const topology = derive(two);
    expect(topology.disks.map(({ content }) => content)).toEqual(["empty", "root"]);
    expect(topology.targetConfig).toContain(`namespace ${subsystem} 5 /dev/vda ${uuid} -`);
    expect(topology.targetConfig).toContain(`namespace ${subsystem} 1 /dev/vdb - ace42e0015102fce2ee4ac0000000001`);
  });

  it("refuses names that cannot be those of a Linux target, and ports that are none", () => {
    expect(texts(derive(withSsns(dual(), 0, { subsystemNqn: "nqn.2026-01.lab:a/../../b" })))).toContain(
      "refused SSNS 1: the subsystem NQN cannot be that of a Linux target",
    );
    expect(texts(derive(withSsns(dual(), 0, { trsvcid: "65536" })))).toContain(
      'refused SSNS 1: service id "65536" is not a TCP port',
    );
  });

  it("lets every host in where the table's host NQN cannot be known to a target, and says so", () => {
    const odd: NbftTable = { ...dual(), host: { ...dual().host!, hostNqn: "nqn with blanks\n" } };
    const topology = derive(odd);
    expect(topology.targetConfig).toContain(`allow-any ${subsystem}`);
    expect(topology.targetConfig.join("\n")).not.toContain("nqn with blanks");
  });

  it("leaves dead what the table says was not available", () => {
    const flags = { ...dual().ssns[1]!.flags!, unavailable: "unavailable" } as const;
    const topology = derive(withSsns(dual(), 1, { flags }));
    expect(topology.targetConfig.join("\n")).not.toContain("192.168.110.20");
  });

  it("serves discovery controllers at their own port", () => {
    const boot = described(`
host: { nqn: ${hostNqn} }
interfaces: [{ mac: ea:eb:d3:58:89:58, address: 192.168.101.30/24 }]
targets:
  - nqn: ${subsystem}
    portals: [192.168.101.20:4420]
    namespaces: [{ nsid: 1, uuid: ${uuid} }]
    discovery: { portals: [192.168.101.20:8009] }
`);
    const topology = derive(boot);
    expect(topology.targetConfig).toContain("port 1 ipv4 192.168.101.20 4420");
    expect(topology.targetConfig).toContain("port 2 ipv4 192.168.101.20 8009");
    expect(topology.targetConfig).toContain(`serve 2 ${subsystem}`);
  });

  it("invents a subsystem for a table that has nothing but a discovery controller", () => {
    const only: NbftTable = {
      ...dual(),
      ssns: [],
      discovery: [
        { flags: { valid: true }, index: 1, hfiIndex: 1, securityIndex: 0, uri: "nvme+tcp://192.168.101.20:8009/" },
      ] as NbftTable["discovery"],
    };
    const topology = derive(only);
    expect(topology.disks.map(({ content }) => content)).toEqual(["root"]);
    expect(texts(topology)[0]).toMatch(/^note discovery 1: the table names no subsystem/);
  });
});

describe("a boot description", () => {
  const boot = parseBootDescription(`
host: { nqn: ${hostNqn} }
interfaces: [{ mac: ea:eb:d3:58:89:58, address: 192.168.101.30/24 }]
targets:
  - nqn: ${subsystem}
    portals: [192.168.101.20:4420]
    serial: SN0815
    allowHosts: [${hostNqn}, nqn.2026-01.lab:somebody]
    namespaces:
      - { nsid: 3, uuid: ${uuid}, nguid: ace42e0015102fce2ee4ac0000000001, blockSize: 4096, image: root.img }
`);
  const topology = derive(tableOfBoot(boot, { revision: "1.0" }), { described: boot.targets });

  it("tells what the table cannot: both identifiers, serial number, image, block size, access list", () => {
    expect(topology.disks).toEqual([{ content: "root", image: "root.img", blockSize: 4096 }]);
    expect(topology.targetConfig).toContain(`subsystem ${subsystem} SN0815`);
    expect(topology.targetConfig).toContain(
      `namespace ${subsystem} 3 /dev/vda ${uuid} ace42e0015102fce2ee4ac0000000001`,
    );
    expect(topology.targetConfig.filter((line) => line.startsWith("allow"))).toEqual([
      `allow ${subsystem} ${hostNqn}`,
      `allow ${subsystem} nqn.2026-01.lab:somebody`,
    ]);
  });
});

describe("faults", () => {
  const lines = (...faults: NonNullable<TopologyOptions["faults"]>) =>
    derive(dual(), { faults }).targetConfig.join("\n");

  it("refused-host lets another host in only", () => {
    expect(lines("refused-host")).toMatch(
      /^allow \S+ nqn\.2014-08\.org\.nvmexpress:uuid:4e424654-0007-4c61-b000-00000000dead$/m,
    );
    expect(lines("refused-host")).not.toContain(hostNqn);
  });
  it("open-target lets every host in", () => {
    expect(lines("open-target")).toContain(`allow-any ${subsystem}`);
  });
  it("dead-target has no address", () => expect(lines("dead-target")).not.toContain("address"));
  it("dead-path lacks the last address", () => {
    expect(lines("dead-path")).toContain("192.168.101.20");
    expect(lines("dead-path")).not.toContain("192.168.110.20");
  });
  it("closed-port has the address and no port", () => {
    expect(lines("closed-port")).toContain("192.168.110.20/24");
    expect(lines("closed-port")).not.toContain("ipv4 192.168.110.20");
  });
  it("other-namespace has another identity", () => {
    expect(lines("other-namespace")).not.toContain(uuid);
  });
});

it("relays to a target that runs elsewhere, and serves nothing itself", () => {
  const topology = derive(dual(), { relay: { address: "10.0.0.9", port: 4420 } });
  expect(topology.targetConfig.filter((line) => !/^(?:up|address) /.test(line))).toEqual(["relay 4420 10.0.0.9 4420"]);
  expect(topology.disks).toEqual([]);
});

it("numbers tables where there are several", () => {
  const other = withInfo(dual(), 0, { mac: "03:00:00:00:00:01" });
  expect(texts(derive([dual(), other]))).toContain(
    "refused table 2 HFI 1: 03:00:00:00:00:01 is a group address, no interface has one",
  );
});

it.each(allTables.map(({ name, bytes }) => [name, bytes] as const))(
  "%s gives a topology whose lines a shell reads as they are",
  (_, bytes) => {
    let reading: NbftTable;
    try {
      reading = readNbft(bytes).table;
    } catch {
      return;
    }
    const topology = derive(reading);
    for (const line of [...topology.targetConfig, ...topology.hostConfig])
      expect(line).toMatch(/^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/);
    expect(topology.links.length).toBeLessThanOrEqual(8);
    expect(topology.disks.length).toBeLessThanOrEqual(16);
    expect(new Set(topology.nics.map(({ place }) => JSON.stringify(place))).size).toBe(topology.nics.length);
  },
);
