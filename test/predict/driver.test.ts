import { describe, expect, it } from "vitest";
import { readNbft } from "../../src/nbft/read/read.ts";
import type { BootFacts } from "../../src/predict/facts.ts";
import { predictNbft } from "../../src/predict/predict.ts";
import { firmwareProfiles } from "../../src/predict/profile.ts";
import type { FirmwareAttempt } from "../../src/uefi/config/firmware-config.ts";
import { encodeFirmwareConfig } from "../../src/uefi/config/variables.ts";

const nqn = "nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db";
const discoveryNqn = "nqn.2014-08.org.nvmexpress.discovery";
const uuid = "bee9c2b7-1761-44b5-a4e6-0f690498a94b";
const macs = ["EA:EB:D3:58:89:58", "EA:EB:D3:59:89:59"] as const;

const attempt = (change: Partial<FirmwareAttempt> = {}): FirmwareAttempt => ({
  attemptName: "Attempt1",
  macString: macs[0],
  targetPort: 4420,
  enabled: 1,
  ipMode: 0,
  localIp: "192.168.101.30",
  subnetMask: "255.255.255.0",
  targetIp: "192.168.101.20",
  nqn,
  ...change,
});
const second = (change: Partial<FirmwareAttempt> = {}) =>
  attempt({
    attemptName: "Attempt2",
    macString: macs[1],
    localIp: "192.168.110.30",
    targetIp: "192.168.110.20",
    ...change,
  });

const known: BootFacts = {
  pci: { "ea:eb:d3:58:89:58": "0000:00:03.0", "ea:eb:d3:59:89:59": "0000:00:04.0" },
  connectionOrder: null,
  controllerIds: null,
  namespaces: [{ nsid: 1, uuid }],
  subsystemNqn: nqn,
};

function predict(
  attempts: readonly FirmwareAttempt[],
  facts: BootFacts = {},
  firmware: keyof typeof firmwareProfiles = "1.0_final",
) {
  const config = { hostNqn: "nqn.2014-08.org.example:host", hostId: "f8131bac-cdef-4165-866b-5998c1e67890", attempts };
  const prediction = predictNbft(encodeFirmwareConfig(config), {
    facts: { ...known, ...facts },
    profile: firmwareProfiles[firmware],
  });
  // Whatever is predicted can be read back.
  if (prediction.bytes)
    expect(JSON.stringify(readNbft(prediction.bytes).table.ssns.length)).toBe(String(prediction.table!.ssns.length));
  return prediction;
}

/** HFIs by MAC address, and what each record says. */
function summary({ table }: ReturnType<typeof predict>) {
  return {
    hfis: table!.hfi.map(
      ({ transportInfo }) =>
        `${transportInfo!.mac}${transportInfo!.vlan ? `.${transportInfo!.vlan}` : ""} ${transportInfo!.ipAddress}`,
    ),
    ssns: table!.ssns.map(
      ({ traddr, trsvcid, secondaryHfis, flags, nsid, extendedInfo }) =>
        `${traddr}:${trsvcid} by ${secondaryHfis} nsid ${nsid} id ${extendedInfo!.cntlid}${flags.unavailable === "unavailable" ? " unavailable" : ""}`,
    ),
  };
}

describe("order of connection", () => {
  it("HFIs follow the attempts, records the connections", () => {
    expect(summary(predict([attempt(), second()], { connectionOrder: [2, 1] }))).toEqual({
      hfis: ["ea:eb:d3:58:89:58 192.168.101.30", "ea:eb:d3:59:89:59 192.168.110.30"],
      ssns: ["192.168.110.20:4420 by 2 nsid 1 id 1", "192.168.101.20:4420 by 1 nsid 1 id 2"],
    });
  });

  it("where nothing says the order, it goes card by card by PCI place", () => {
    const pci = { "ea:eb:d3:58:89:58": "0000:02:00.0", "ea:eb:d3:59:89:59": "0000:01:00.0" };
    const prediction = predict([attempt(), second()], { pci, connectionOrder: undefined });
    expect(summary(prediction).ssns).toEqual([
      "192.168.110.20:4420 by 2 nsid 1 id 1",
      "192.168.101.20:4420 by 1 nsid 1 id 2",
    ]);
    expect(prediction.assumptions).toEqual(["the firmware connects card by card, in the order of their PCI places"]);
    expect(prediction.table!.hfi[0]!.transportInfo!.pciSbdf).toBe("0000:02:00.0");
  });

  it("primary HFI is 1 in every record, the right one is in the secondary list", () => {
    const { table } = predict([attempt(), second()]);
    expect(table!.ssns.map(({ primaryHfi, secondaryHfis }) => [primaryHfi, secondaryHfis])).toEqual([
      [1, [1]],
      [1, [2]],
    ]);
  });
});

describe("failures", () => {
  it("a failed record shows the controller id and queue size of the one before", () => {
    const prediction = predict([attempt(), second()], { failedAttempts: [2], controllerIds: [7, undefined] });
    expect(summary(prediction).ssns).toEqual([
      "192.168.101.20:4420 by 1 nsid 1 id 7",
      "192.168.110.20:4420 by 2 nsid 0 id 7 unavailable",
    ]);
    expect(prediction.table!.ssns[1]).toMatchObject({ nidType: 0, extendedInfo: { asqsz: 32 } });
  });

  it("a card whose attempts all failed before any success is forgotten, HFI and all", () => {
    expect(summary(predict([attempt(), second()], { failedAttempts: [1] }))).toEqual({
      hfis: ["ea:eb:d3:59:89:59 192.168.110.30"],
      ssns: ["192.168.110.20:4420 by 1 nsid 1 id 1"],
    });
  });

  it("two failures on one card are both published, for want of anything later", () => {
    const attempts = [attempt(), attempt({ targetIp: "192.168.101.21" })];
    expect(summary(predict(attempts, { failedAttempts: [1, 2] })).ssns).toEqual([
      "192.168.101.20:4420 by 1 nsid 0 id 0 unavailable",
      "192.168.101.21:4420 by 1 nsid 0 id 0 unavailable",
    ]);
  });
});

it("a server in a DHCP root path may have leading zeros, and is decimal", () => {
  const facts = { dhcp: { ip: "192.168.101.30" }, rootPath: `NVME+TCP://192.168.101.020/${nqn}` };
  expect(summary(predict([attempt({ targetInfoFromDhcp: true })], facts)).ssns[0]).toMatch(/^192\.168\.101\.20:4420 /);
});

describe("attempts that come to nothing", () => {
  const rows: [string, FirmwareAttempt, BootFacts, string][] = [
    [
      "MAC address in lower case",
      attempt({ macString: macs[0].toLowerCase() }),
      {},
      'no card is called "ea:eb:d3:58:89:58"',
    ],
    [
      "a card that is not in the machine",
      attempt({ macString: "52:54:00:12:34:56" }),
      {},
      "the machine has no card 52:54:00:12:34:56",
    ],
    ["IpMode that means nothing", attempt({ ipMode: 44 }), {}, "IpMode 44 means nothing"],
    ["DHCP without an answer", attempt({ initiatorInfoFromDhcp: true }), {}, "no lease for ea:eb:d3:58:89:58 is known"],
    [
      "root path that is not sent",
      attempt({ targetInfoFromDhcp: true }),
      { dhcp: { ip: "192.168.101.30" } },
      "no root path is known",
    ],
    [
      "root path with a bare namespace",
      attempt({ targetInfoFromDhcp: true }),
      { dhcp: { ip: "192.168.101.30" }, rootPath: `NVME+TCP://192.168.101.20/${nqn}/${uuid}` },
      "the driver refuses the root path",
    ],
    [
      "name that nobody knows",
      attempt({ dnsMode: true, serverName: "target.example.org" }),
      {},
      'no address of "target.example.org"',
    ],
  ];
  it.each(rows)("%s: no table, and the reason", (_, only, facts, why) => {
    const prediction = predict([only], facts);
    expect(prediction.bytes).toBeUndefined();
    expect(prediction.reason).toBe("no attempt comes as far as a connection");
    expect(prediction.assumptions.join("\n")).toContain(why);
  });

  it("disabled attempts leave nothing, and facts do not count them", () => {
    expect(predict([attempt({ enabled: 0 })]).reason).toBe("no attempt is enabled");
    const facts = { failedAttempts: [2] };
    expect(summary(predict([attempt({ enabled: 0 }), attempt(), second()], facts)).ssns).toEqual([
      "192.168.101.20:4420 by 1 nsid 1 id 1",
      "192.168.110.20:4420 by 2 nsid 0 id 1 unavailable",
    ]);
  });

  it("the same path again is skipped, and tried once more where the first try failed", () => {
    expect(summary(predict([attempt(), attempt()])).ssns).toHaveLength(1);
    expect(summary(predict([attempt(), attempt()], { failedAttempts: [1] })).ssns).toHaveLength(2);
  });

  it("names attempts that connect to the machine itself", () => {
    const itself = predict([attempt(), second({ localIp: attempt().targetIp })]).assumptions;
    expect(itself.join()).toContain(
      "attempt 1 connects, although its check finds: TargetIp 192.168.101.20 is LocalIp of attempt 2 (A129)",
    );
  });

  it("the same place again for another namespace, or through another card: the firmware halts", () => {
    const halted = "it halts: attempts 1 and 2 connect to the same subsystem at the same address and port";
    const crossed =
      "attempt 2 connects, although it cannot reach its target: 192.168.101.20 is not in 192.168.110.0/24, and there is no gateway (A124)";
    for (const [again, assumptions] of [
      [attempt({ nid: uuid }), []],
      [second({ targetIp: attempt().targetIp }), [crossed]],
    ] as const) {
      expect(predict([attempt(), again])).toEqual({ reason: halted, assumptions });
      expect(predict([attempt(), again], { failedAttempts: [1, 2] }).bytes).toBeDefined();
    }
  });
});

describe("DHCP", () => {
  const dhcp = {
    ip: "192.168.101.40",
    mask: "255.255.252.0",
    gw: "192.168.101.1",
    d1: "192.168.101.53",
    srv: "192.168.101.2",
  };
  const rootPath = `nvme+tcp://192.168.101.20:4425/${nqn}/urn:uuid:${uuid}`;

  it("host by DHCP: the lease, DHCP origin, no host name from the server", () => {
    const { table } = predict([attempt({ initiatorInfoFromDhcp: true })], { dhcp });
    expect(table!.hfi[0]!.transportInfo).toMatchObject({
      flags: { dhcpOverride: true },
      ipOrigin: "dhcp",
      ipAddress: "192.168.101.40",
      subnetMaskPrefix: 22,
      gateway: "192.168.101.1",
      primaryDns: "192.168.101.53",
      secondaryDns: "0.0.0.0",
      dhcpServer: "192.168.101.2",
    });
  });

  it("target by DHCP only: the lease, but as if an administrator had set it", () => {
    const { table } = predict([attempt({ targetInfoFromDhcp: true })], { dhcp, rootPath });
    expect(table!.hfi[0]!.transportInfo).toMatchObject({
      flags: { dhcpOverride: false },
      ipOrigin: "manual",
      ipAddress: "192.168.101.40",
    });
  });

  it("root path: loses its last character, and its prefix comes out in upper case; no flag says so", () => {
    const { table } = predict([attempt({ targetInfoFromDhcp: true, targetIp: undefined, nqn: "" })], {
      dhcp,
      rootPath,
    });
    expect(table!.ssns[0]).toMatchObject({
      traddr: "192.168.101.20",
      trsvcid: "4425",
      subsystemNqn: nqn,
      flags: { dhcpRootPathOverride: false },
      extendedInfo: { dhcpRootPath: `NVME+tcp${rootPath.slice(8, -1)}` },
    });
  });

  it("root path without port: 4420, or 8009 for discovery", () => {
    const port = (path: string) =>
      predict([attempt({ targetInfoFromDhcp: true })], { dhcp, rootPath: path }).table!.ssns[0]!.trsvcid;
    expect(port(`NVME+TCP://192.168.101.20/${nqn}`)).toBe("4420");
    expect(port(`NVME+TCP://192.168.101.20/${discoveryNqn}`)).toBe("8009");
  });

  it("root path is in the table that follows it, on every record, and in no later one", () => {
    const first = [second(), attempt({ targetInfoFromDhcp: true })];
    const withPath = predict(first, { dhcp, rootPath }).table!.ssns;
    expect(withPath.map(({ extendedInfo }) => extendedInfo!.dhcpRootPath !== undefined)).toEqual([true, true]);
    const last = predict([attempt({ targetInfoFromDhcp: true }), second()], { dhcp, rootPath }).table!.ssns;
    expect(last.map(({ extendedInfo }) => extendedInfo!.dhcpRootPath)).toEqual([undefined, undefined]);
  });

  it("autoconfiguration is DHCP for both", () => {
    const { table } = predict([attempt({ ipMode: 2 })], { dhcp, rootPath });
    expect(table!.hfi[0]!.transportInfo!.flags.dhcpOverride).toBe(true);
    expect(table!.ssns[0]!.trsvcid).toBe("4425");
  });

  it("a server's name is looked up", () => {
    const facts = {
      dhcp,
      rootPath: `NVME+TCP://target.example.org/${nqn}`,
      resolved: { "target.example.org": "192.168.101.77" },
    };
    expect(predict([attempt({ targetInfoFromDhcp: true })], facts).table!.ssns[0]!.traddr).toBe("192.168.101.77");
  });

  it("each card has its own lease where the facts say so", () => {
    const leases = { "ea:eb:d3:59:89:59": { ip: "10.0.0.7", mask: "255.0.0.0" } };
    const attempts = [attempt({ initiatorInfoFromDhcp: true }), second({ initiatorInfoFromDhcp: true })];
    expect(summary(predict(attempts, { dhcp, leases })).hfis).toEqual([
      "ea:eb:d3:58:89:58 192.168.101.40",
      "ea:eb:d3:59:89:59 10.0.0.7",
    ]);
  });
});

describe("discovery", () => {
  it("a descriptor for each HFI, indexes of HFIs in the records, queue size 0", () => {
    const { table } = predict([second(), attempt({ nqn: discoveryNqn })], { connectionOrder: [2, 1] });
    expect(
      table!.ssns.map(({ discoveryIndex, flags, extendedInfo }) => [
        discoveryIndex,
        flags.discovered,
        extendedInfo!.asqsz,
      ]),
    ).toEqual([
      [2, true, 0],
      [0, false, 32],
    ]);
    expect(table!.discovery).toMatchObject([
      { index: 1, hfiIndex: 2, uri: "nvme+tcp://192.168.101.20:4420/", nqn: discoveryNqn },
    ]);
  });

  it("without known ids, the discovery controller takes one before the subsystem", () => {
    const attempts = [attempt({ nqn: discoveryNqn }), second({ nqn: discoveryNqn })];
    const { table } = predict(attempts, { controllerIds: undefined });
    expect(table!.ssns.map(({ extendedInfo }) => extendedInfo!.cntlid)).toEqual([2, 4]);
  });

  it("subsystems at other places than the discovery controller", () => {
    const discovered = [
      { attempt: 1, nqn: "nqn.2000-01.org.example:a", traddr: "192.168.101.21", trsvcid: 14420 },
      { attempt: 1, nqn },
    ];
    const subsystems = [
      { nqn: "nqn.2000-01.org.example:a", namespaces: [{ nsid: 9, nguid: "ace42e0015102fce2ee4ac0000000001" }] },
    ];
    const { table } = predict([attempt({ nqn: discoveryNqn, targetPort: 8009 })], { discovered, subsystems });
    expect(table!.ssns).toMatchObject([
      {
        subsystemNqn: "nqn.2000-01.org.example:a",
        traddr: "192.168.101.21",
        trsvcid: "14420",
        nsid: 9,
        nidType: "nguid",
      },
      { subsystemNqn: nqn, traddr: "192.168.101.20", trsvcid: "8009", nsid: 1, nidType: "uuid" },
    ]);
    expect(table!.discovery).toHaveLength(1);
  });

  it("the NQN in other letters is asked, and not known again when publishing", () => {
    const { table } = predict([attempt({ nqn: discoveryNqn.toUpperCase() })]);
    expect(table!.ssns[0]).toMatchObject({
      subsystemNqn: nqn,
      flags: { discovered: false },
      extendedInfo: { asqsz: 32 },
    });
    expect(table!.discovery).toEqual([]);
  });

  it("a discovery controller that names nothing: HFI, no record, and the empty list has its place", () => {
    const { table, bytes } = predict([attempt({ nqn: discoveryNqn })], { discovered: [] });
    expect(table!.ssns).toEqual([]);
    const view = new DataView(bytes!.buffer, bytes!.byteOffset);
    expect([view.getUint32(80, true), view.getUint32(88, true), view.getUint32(104, true)]).toEqual([160, 192, 192]);
    expect(bytes!.reduce((sum, byte) => (sum + byte) & 0xff, 0)).toBe(0);
  });

  it("IPv6 in the URI as EDK2 prints it: upper case, short runs of zeros kept", () => {
    const uri = (targetIp: string) =>
      predict([attempt({ ipMode: 1, nqn: discoveryNqn, targetIp, localIp: "fe80::5" })]).table!.discovery[0]!.uri;
    expect(uri("fe80::e8eb:d3ff:fe56:8956")).toBe("nvme+tcp://[FE80::E8EB:D3FF:FE56:8956]:4420/");
    expect(uri("2001:db8:0:0:1:2:3:4")).toBe("nvme+tcp://[2001:DB8:0:0:1:2:3:4]:4420/");
  });
});

describe("details", () => {
  it("ports have four digits", () => {
    const { table } = predict([attempt({ targetPort: 14420, nqn: discoveryNqn })]);
    expect(table!.ssns[0]!.trsvcid).toBe("1442");
    expect(table!.discovery[0]!.uri).toBe("nvme+tcp://192.168.101.20:14420/");
  });

  it("one HFI for all attempts of a card, made of the first; a VLAN is a card of its own", () => {
    const attempts = [
      attempt(),
      attempt({ localIp: "192.168.101.31", targetIp: "192.168.101.21" }),
      attempt({ macString: `${macs[0]}\\0007`, targetIp: "192.168.101.22" }),
    ];
    expect(summary(predict(attempts)).hfis).toEqual([
      "ea:eb:d3:58:89:58 192.168.101.30",
      "ea:eb:d3:58:89:58.7 192.168.101.30",
    ]);
  });

  it("masks with holes have prefix length 0", () => {
    expect(predict([attempt({ subnetMask: "255.0.255.0" })]).table!.hfi[0]!.transportInfo!.subnetMaskPrefix).toBe(0);
  });

  it("PCI places lose their segment", () => {
    const pci = { "ea:eb:d3:58:89:58": "0001:82:1f.7" };
    expect(predict([attempt()], { pci }).table!.hfi[0]!.transportInfo!.pciSbdf).toBe("0000:82:1f.7");
  });

  it("an NID restricts what is mounted, not what is published; namespaces come by NSID", () => {
    const namespaces = [
      { nsid: 5, uuid: "11111111-2222-4333-8444-555555555502" },
      { nsid: 1, uuid },
    ];
    expect(summary(predict([attempt({ nid: uuid })], { namespaces })).ssns).toEqual([
      "192.168.101.20:4420 by 1 nsid 1 id 1",
      "192.168.101.20:4420 by 1 nsid 5 id 1",
    ]);
  });

  it("no more than 32 records", () => {
    const namespaces = Array.from({ length: 40 }, (_, i) => ({ nsid: i + 1, uuid }));
    const prediction = predict([attempt()], { namespaces });
    expect(prediction.table!.ssns).toHaveLength(32);
    expect(prediction.assumptions).toContain("the driver has room for 32 records: the others are lost");
  });

  it("IPv6: the address in use shows only in the table after the next", () => {
    const v6 = { ipMode: 1, localIp: "fe80::1", targetIp: "fe80::2" };
    const ipv6 = { "ea:eb:d3:58:89:58": { address: "fe80::e8eb:d3ff:fe58:8958/64" } };
    const [once] = predict([attempt(v6)], { ipv6 }).table!.hfi;
    expect(once!.transportInfo).toMatchObject({ ipAddress: "fe80::1", subnetMaskPrefix: 0, gateway: undefined });
    const [twice] = predict([attempt(v6), second()], { ipv6 }).table!.hfi;
    expect(twice!.transportInfo).toMatchObject({ ipAddress: "fe80::e8eb:d3ff:fe58:8958", subnetMaskPrefix: 64 });
  });

  it("more attempts than the variable holds are said", () => {
    const variables = encodeFirmwareConfig({
      hostNqn: "nqn.x",
      hostId: "f8131bac-cdef-4165-866b-5998c1e67890",
      attempts: [attempt(), second()],
    });
    const { assumptions, table } = predictNbft(
      { ...variables, attempts: variables.attempts.slice(0, 1494) },
      { facts: known },
    );
    expect(assumptions).toContain("NvmeOfTargetCount is 2, the variable holds 1: the driver reads past its end");
    expect(table!.hfi).toHaveLength(1);
  });

  it("global data of another size: the driver does not start", () => {
    expect(predictNbft({ globalData: new Uint8Array(753), attempts: new Uint8Array() })).toEqual({
      reason: "NvmeofGlobalData has 753 bytes, expected 754: the driver does not start",
      assumptions: [],
    });
  });
});

describe("other firmware", () => {
  it("upstream-dev-full: own primary HFI, index of the discovery descriptor, controller id only when asked", () => {
    const attempts = [attempt(), second({ nqn: discoveryNqn, controllerId: 5 })];
    const { table } = predict(attempts, { controllerIds: [3, 4] }, "upstream-dev-full");
    expect(
      table!.ssns.map(({ primaryHfi, discoveryIndex, extendedInfo }) => [
        primaryHfi,
        discoveryIndex,
        extendedInfo!.cntlid,
      ]),
    ).toEqual([
      [1, 0, 0],
      [2, 1, 4],
    ]);
    expect(table!.discovery).toMatchObject([{ index: 1, hfiIndex: 2 }]);
  });

  it("upstream-dev-full: attempts of one card with different settings have an HFI each", () => {
    const attempts = [
      attempt(),
      attempt({ attemptName: "B", localIp: "192.168.101.31", targetIp: "192.168.101.21" }),
      attempt({ attemptName: "C", targetIp: "192.168.101.22" }),
    ];
    expect(summary(predict(attempts, {}, "upstream-dev-full"))).toEqual({
      hfis: ["ea:eb:d3:58:89:58 192.168.101.30", "ea:eb:d3:58:89:58 192.168.101.31"],
      ssns: [
        "192.168.101.20:4420 by 1 nsid 1 id 0",
        "192.168.101.21:4420 by 2 nsid 1 id 0",
        "192.168.101.22:4420 by 1 nsid 1 id 0",
      ],
    });
  });

  it("a missing host identity is taken from SMBIOS, except by the build of June 2023", () => {
    const variables = encodeFirmwareConfig({
      hostNqn: "",
      hostId: "00000000-0000-0000-0000-000000000000",
      attempts: [attempt()],
    });
    const facts = { ...known, smbiosUuid: "f8131bac-cdef-4165-866b-5998c1e67890" };
    const host = (name: keyof typeof firmwareProfiles) =>
      predictNbft(variables, { facts, profile: firmwareProfiles[name] }).table!.host;
    expect(host("1.0_final")).toMatchObject({ hostNqn: undefined, hostId: "00000000-0000-0000-0000-000000000000" });
    expect(host("release-72976af")).toMatchObject({
      hostNqn: "nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890",
      hostId: "ac1b13f8-efcd-6541-866b-5998c1e67890",
    });
  });
});
