import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BootDescription } from "../../src/boot/description.ts";
import type { BootDocument } from "../../src/boot/document.ts";
import { bootOfTable } from "../../src/boot/from-table.ts";
import { outcomesOf } from "../../src/boot/outcome.ts";
import { completeBootDescription, parseBootDescription } from "../../src/boot/parse.ts";
import { bootPresets } from "../../src/boot/presets.ts";
import { tableOfBoot } from "../../src/boot/table.ts";
import { withDefaults } from "../../src/document/defaults.ts";
import { EncodeError } from "../../src/errors.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import type { NbftTable } from "../../src/nbft/table.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { validate } from "../../src/rules/validate.ts";
import { bootDocuments } from "./boot-documents.ts";

const nqn = "nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db";
const uuid = "bee9c2b7-1761-44b5-a4e6-0f690498a94b";
const discoveryNqn = "nqn.2014-08.org.nvmexpress.discovery";

const preset = (name: keyof typeof bootPresets, change: Partial<BootDocument> = {}) =>
  completeBootDescription({ ...bootPresets[name].document, ...change });

/** What the boot loader needs of each SSNS. */
const ways = ({ ssns }: NbftTable) =>
  ssns.map(({ primaryHfi, secondaryHfis, traddr, trsvcid, nid, flags }) => ({
    hfis: [primaryHfi, ...(secondaryHfis ?? [])],
    to: `${traddr}:${trsvcid}`,
    nid,
    unavailable: flags.unavailable === "unavailable",
  }));

describe("table of a boot", () => {
  it.each(Object.keys(bootPresets) as (keyof typeof bootPresets)[])(
    "%s: is encoded and read back, with no finding but of what the boot itself risks",
    (name) => {
      for (const revision of ["1.0", "1.1"] as const) {
        const table = tableOfBoot(preset(name), { revision });
        const reading = readNbft(encodeNbft(table));
        expect(reading.diagnostics).toEqual([]);
        // Hazards that the boot itself has: libnvme 1.x and minor revision 1, a link-local target, nvme-cli 3.x and a security profile.
        const hazards = [
          ...(revision === "1.1" ? ["H021"] : []),
          ...(name === "ipv6" ? ["S038"] : []),
          ...(bootPresets[name].document.targets.some((target) => "security" in target) ? ["S035"] : []),
        ];
        const found = validate(reading).filter(({ severity }) => severity !== "info");
        expect(found.map(({ rule }) => rule)).toEqual(hazards);
        expect(plain(reading.table)).toEqual(plain(table));
        expect(reading.table.header.minorRevision).toBe(revision === "1.1" ? 1 : 0);
      }
    },
  );

  it("demands of a target are one security profile, named by every SSNS of it; secrets are in no table", () => {
    const security = {
      hostSecret: "host.key",
      hashes: ["sha512" as const],
      dhGroups: ["ffdhe2048" as const],
      tls: "supported" as const,
    };
    const [storage] = bootPresets["dual-path"].document.targets;
    const open = { ...storage, nqn: "nqn.2020-01.org.example:open", name: "open" };
    const twice = [
      { ...storage, security },
      { ...storage, nqn: `${nqn}-2`, name: "second", security: { ...security, hostSecret: "other.key" } },
      open,
    ];
    const table = tableOfBoot(preset("dual-path", { targets: twice }));
    expect(table.security).toHaveLength(1);
    expect(table.security[0]).toMatchObject({
      index: 1,
      flags: {
        inBandAuthentication: "required",
        authPolicyList: "admin",
        secureChannel: "supported",
        hashesRestricted: true,
        dhGroupsRestricted: true,
        cipherSuitesRestricted: false,
      },
      authProtocols: ["dh-hmac-chap"],
      secureChannelAlgorithms: ["tls1.3"],
      secureHashes: ["sha512"],
      dhGroups: ["ffdhe2048"],
      cipherSuites: undefined,
      secretKeypath: undefined,
    });
    const secured = table.ssns.map(({ subsystemNqn, securityIndex, flags }) => [
      subsystemNqn === open.nqn,
      securityIndex,
      flags.useSecurity,
    ]);
    expect(secured).toEqual(
      table.ssns.map(({ subsystemNqn }) => (subsystemNqn === open.nqn ? [true, 0, false] : [false, 1, true])),
    );
    expect(new TextDecoder("latin1").decode(encodeNbft(table))).not.toContain(".key");
  });

  it("demands of a security profile come back into a description", () => {
    const table = tableOfBoot(preset("chap-mutual"));
    const { description, notes } = bootOfTable(table);
    expect(plain(description.targets[0]?.security)).toEqual({ authentication: "required" });
    expect(notes).toEqual([]);
    const nowhere = { ...table, ssns: table.ssns.map((each) => ({ ...each, securityIndex: 9 })) };
    expect(bootOfTable(nowhere).notes).toContain("ssns[0]: names security profile 9, which is not there");
  });

  it("two paths: an HFI for each interface, an SSNS for each path with its own secondary list", () => {
    const table = tableOfBoot(preset("dual-path"));
    expect(
      table.hfi.map(({ transportInfo }) => [transportInfo?.mac, transportInfo?.pciSbdf, transportInfo?.ipAddress]),
    ).toEqual([
      ["ea:eb:d3:58:89:58", "0000:00:03.0", "192.168.101.30"],
      ["ea:eb:d3:59:89:59", "0000:00:04.0", "192.168.110.30"],
    ]);
    expect(ways(table)).toEqual([
      { hfis: [1, 1], to: "192.168.101.20:4420", nid: uuid, unavailable: false },
      { hfis: [2, 2], to: "192.168.110.20:4420", nid: uuid, unavailable: false },
    ]);
    expect(table.host).toMatchObject({
      hostId: "f8131bac-cdef-4165-866b-5998c1e67890",
      flags: { hostIdConfigured: true, hostNqnConfigured: true },
    });
  });

  it("one portal through two interfaces is one SSNS with a secondary HFI", () => {
    const boot = preset("dual-path", {
      targets: [{ nqn, portals: [{ traddr: "192.168.101.20", interface: ["nic0", "nic1"] }], namespaces: [{ uuid }] }],
    });
    expect(ways(tableOfBoot(boot))).toEqual([
      { hfis: [1, 2], to: "192.168.101.20:4420", nid: uuid, unavailable: false },
    ]);
  });

  it("two namespaces: an SSNS for each on each path", () => {
    const boot = preset("dual-path", {
      targets: [
        {
          nqn,
          portals: ["192.168.101.20", "192.168.110.20"],
          namespaces: [{ uuid }, { nguid: "ace42e0015102fce2ee4ac0000000001" }, { eui64: "acde48234567abcd" }],
        },
      ],
    });
    const { ssns } = tableOfBoot(boot);
    expect(ssns.map(({ index, nsid, nidType }) => [index, nsid, nidType])).toEqual([
      [1, 1, "uuid"],
      [2, 2, "nguid"],
      [3, 3, "eui64"],
      [4, 1, "uuid"],
      [5, 2, "nguid"],
      [6, 3, "eui64"],
    ]);
  });

  it("a namespace that is wanted is the only one published", () => {
    const namespaces = [{ uuid }, { nsid: 7, nguid: "ace42e0015102fce2ee4ac0000000001" }];
    const targets = [{ nqn, portals: ["192.168.101.20"], namespaces }];
    const nsids = (attempt: NonNullable<BootDocument["attempts"]>[number]) =>
      tableOfBoot(preset("static", { targets, attempts: [attempt] })).ssns.map(
        ({ nsid, flags }) => `${nsid} ${flags.unavailable}`,
      );
    expect(nsids({ nid: uuid })).toEqual(["1 not indicated"]);
    expect(nsids({ nid: "ace42e00-1510-2fce-2ee4-ac0000000001" })).toEqual(["7 not indicated"]);
    expect(nsids({ namespace: 7 })).toEqual(["7 not indicated"]);
    expect(nsids({ nid: "00000000-0000-4000-8000-000000000000" })).toEqual(["0 unavailable"]);
  });

  it("discovery: a descriptor for each controller and HFI, records found through it", () => {
    const table = tableOfBoot(preset("discovery"));
    expect(table.discovery).toMatchObject([
      { index: 1, hfiIndex: 1, uri: "nvme+tcp://192.168.101.20:4420/", nqn: discoveryNqn },
      { index: 2, hfiIndex: 2, uri: "nvme+tcp://192.168.110.20:4420/", nqn: discoveryNqn },
    ]);
    expect(
      table.ssns.map(({ discoveryIndex, flags }) => [
        discoveryIndex,
        flags.discovered,
        flags.separateDiscoveryController,
      ]),
    ).toEqual([
      [1, true, false],
      [2, true, false],
    ]);
  });

  it("discovery controller at another address: every portal in reach, marked as separate", () => {
    const table = tableOfBoot(
      preset("static", {
        targets: [
          {
            nqn,
            portals: ["192.168.101.20", "192.168.101.21:4421"],
            namespaces: [{ uuid }],
            discovery: { portals: ["192.168.101.5"] },
          },
        ],
      }),
    );
    expect(table.discovery.map(({ uri }) => uri)).toEqual(["nvme+tcp://192.168.101.5:8009/"]);
    expect(ways(table).map(({ to }) => to)).toEqual(["192.168.101.20:4420", "192.168.101.21:4421"]);
    expect(table.ssns.every(({ flags }) => flags.separateDiscoveryController)).toBe(true);
  });

  it("discovery controller that nobody answers at has its descriptor and no SSNS", () => {
    const table = tableOfBoot(
      preset("static", { attempts: [{ interface: "nic0", via: "discovery", traddr: "192.168.101.99" }] }),
    );
    expect(table.discovery.map(({ uri }) => uri)).toEqual(["nvme+tcp://192.168.101.99:4420/"]);
    expect(table.ssns).toEqual([]);
  });

  it("DHCP: the lease, the server, the client's identity and the root path", () => {
    const table = tableOfBoot(preset("dhcp"));
    expect(table.hfi[0]!.transportInfo).toMatchObject({
      flags: { dhcpOverride: true, defaultRoute: true },
      ipOrigin: "dhcp",
      ipAddress: "192.168.101.30",
      subnetMaskPrefix: 24,
      gateway: "192.168.101.1",
      routeMetric: 500,
      primaryDns: "192.168.101.53",
      secondaryDns: "192.168.101.54",
      dhcpServer: "192.168.101.20",
      // Numbers of a DUID are little-endian in the table.
      extendedInfo: { hfiIndex: 1, flags: { dhcpClientInfo: true }, dhcpIaid: 1, dhcpDuid: "03000100eaebd3588958" },
    });
    expect(table.ssns[0]).toMatchObject({
      flags: { dhcpRootPathOverride: true },
      extendedInfo: { dhcpRootPath: `NVME+TCP://192.168.101.20:4420/${nqn}/urn:uuid:${uuid}` },
    });
  });

  it("DHCP without an expected lease cannot be a table: the path says what is missing", () => {
    const boot = preset("static", { interfaces: [{ mac: "ea:eb:d3:58:89:58", address: "dhcp" }] });
    expect(() => tableOfBoot(boot)).toThrow(EncodeError);
    expect(() => tableOfBoot(boot)).toThrow(/interfaces\[0\]\.lease\.address: is missing/);
  });

  it("VLAN, IPv6 autoconfiguration, routes and names", () => {
    expect(tableOfBoot(preset("vlan")).hfi[0]!.transportInfo!.vlan).toBe(7);
    expect(tableOfBoot(preset("ipv6")).hfi[0]!.transportInfo).toMatchObject({
      ipOrigin: "other",
      ipAddress: "fe80::e8eb:d3ff:fe58:8958",
      subnetMaskPrefix: 64,
      flags: { ipAutoconfigured: true, dhcpOverride: false },
    });
    expect(tableOfBoot(preset("ipv6"), { revision: "1.0" }).hfi[0]!.transportInfo).toMatchObject({
      ipOrigin: "router-advertisement",
    });
    const { transportInfo } = tableOfBoot(
      preset("static", {
        interfaces: [
          {
            mac: "ea:eb:d3:58:89:58",
            address: "192.168.101.30/24",
            gateway: "192.168.101.1",
            routeMetric: 77,
            hostName: "rich-host",
          },
        ],
      }),
    ).hfi[0]!;
    expect(transportInfo).toMatchObject({ routeMetric: 77, hostName: "rich-host", flags: { defaultRoute: true } });
  });

  it("digests, port id, block size, non-bootable namespaces, timeout", () => {
    const { ssns } = tableOfBoot(
      preset("static", {
        targets: [
          {
            nqn,
            portals: ["192.168.101.20"],
            namespaces: [{ uuid, bootable: false, blockSize: 4096 }],
            digests: { data: true },
            portId: 5,
          },
        ],
        attempts: [{ timeout: 6001, controllerId: 5 }],
      }),
    );
    expect(ssns[0]).toMatchObject({
      flags: { nonBootable: true },
      transportFlags: { inUse: true, headerDigest: false, dataDigest: true },
      subsysPortId: 5,
      extendedInfo: { connectionTimeout: 7, cntlid: 5, asqsz: 32 },
    });
  });

  it("Host ID in the order that is asked for", () => {
    const host = {
      nqn: "nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890",
      idByteOrder: "efi-guid" as const,
    };
    expect(tableOfBoot(preset("static", { host })).host!.hostId).toBe("ac1b13f8-efcd-6541-866b-5998c1e67890");
  });
});

describe("what becomes of attempts", () => {
  const outcome = (change: Partial<BootDocument>) =>
    outcomesOf(preset("static", change)).map(({ failure, paths }) => failure ?? paths.length);
  const target = { nqn, portals: ["192.168.101.20"], namespaces: [{ uuid }] };
  const rows: [string, Partial<BootDocument>, (string | number)[]][] = [
    ["all is well", {}, [1]],
    [
      "dead address",
      { attempts: [{ traddr: "192.168.101.99", target: "target0", interface: "nic0" }] },
      ["no listener"],
    ],
    ["wrong port", { attempts: [{ trsvcid: 4421 }] }, ["no listener"]],
    ["wrong NQN", { attempts: [{ traddr: "192.168.101.20", nqn: "nqn.2000-01.org.example:x" }] }, ["wrong nqn"]],
    [
      "host not on the access list",
      { targets: [{ ...target, allowHosts: ["nqn.2000-01.org.example:other"] }] },
      ["host refused"],
    ],
    ["every host is allowed", { targets: [{ ...target, allowHosts: "any" as const }] }, [1]],
    [
      "another interface's network",
      {
        interfaces: [...bootPresets["dual-path"].document.interfaces],
        attempts: [{ interface: "nic1", traddr: "192.168.101.20" }],
      },
      ["not reached"],
    ],
    ["disabled", { attempts: [{ enabled: false }] }, []],
  ];
  it.each(rows)("%s", (_, change, expected) => {
    expect(outcome(change)).toEqual(expected);
    const { ssns } = tableOfBoot(preset("static", change));
    expect(ssns.map(({ flags }) => flags.unavailable === "unavailable")).toEqual(
      expected.map((each) => typeof each === "string"),
    );
  });
});

describe("boot of a table", () => {
  /** Without what a table cannot say. */
  const said = (boot: BootDescription) =>
    plain({
      ...boot,
      targets: boot.targets.map(({ namespaces, serial, model, allowHosts, ...target }) => ({
        ...target,
        namespaces: namespaces.map(({ nsid, uuid: id }) => ({ nsid, uuid: id })),
      })),
      attempts: boot.attempts.map(({ name, nid, controllerId, ...attempt }) => attempt),
    });

  it.each(["static", "dual-path", "discovery", "dhcp", "ipv6", "vlan"] as const)(
    "%s: the table of the preset gives the preset back",
    (name) => {
      const boot = preset(name);
      const { description, notes } = bootOfTable(tableOfBoot(boot));
      expect(notes).toEqual([]);
      const interfaces = description.interfaces.map(({ dhcpDuid, dhcpIaid, ...each }) => each);
      expect(said({ ...description, interfaces })).toEqual(said(boot));
    },
  );

  it("the table of the boot of a table is that table again", () => {
    fc.assert(
      fc.property(bootDocuments, (document) => {
        let table: NbftTable;
        try {
          table = tableOfBoot(completeBootDescription(plain(document) as BootDocument));
        } catch {
          return fc.pre(false);
        }
        const once = tableOfBoot(bootOfTable(table).description);
        const twice = tableOfBoot(bootOfTable(once).description);
        expect(plain(twice)).toEqual(plain(once));
      }),
      { numRuns: 100 },
    );
  });

  it("made vectors and firmware's tables give sound descriptions", () => {
    const made = readdirSync("test/vectors/nbft/made")
      .filter((name) => /^L\d/.test(name))
      .map((name) => `test/vectors/nbft/made/${name}`);
    const firmware = readdirSync("test/vectors/firmware").filter(
      (name) => name !== "ORIGIN.md" && name !== "no-attempts",
    );
    const files = [...made, ...firmware.map((name) => `test/vectors/firmware/${name}/NBFT.bin`)];
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) {
      const { table } = readNbft(readFileSync(file));
      if (table.hfi.length === 0) expect(() => bootOfTable(table), file).toThrow(/no HFI/);
      else expect(bootOfTable(table).description.interfaces.length, file).toBeGreaterThan(0);
    }
  });

  it("OVMF: the primary HFI that is always 1, the Host ID's order and the cut root path are seen through", () => {
    const multipath = bootOfTable(readNbft(readFileSync("test/vectors/firmware/multipath/NBFT.bin")).table);
    expect(multipath.description.attempts.map(({ interface: nic, traddr }) => [nic, traddr])).toEqual([
      ["nic0", "192.168.101.20"],
      ["nic1", "192.168.110.20"],
    ]);
    expect(multipath.notes).toEqual(["ssns[1]: only HFI 2 reaches 192.168.110.20: the others are left out"]);
    expect(multipath.description.host).toMatchObject({
      id: "f8131bac-cdef-4165-866b-5998c1e67890",
      idByteOrder: "efi-guid",
    });
    const dhcp = bootOfTable(readNbft(readFileSync("test/vectors/firmware/dhcp-rootpath/NBFT.bin")).table);
    expect(dhcp.description.interfaces[0]!.rootPath).toMatch(/498a94b$/);
    expect(dhcp.notes).toEqual(["ssns[0]: its root path cannot be read: one is made from the target"]);
  });

  it("every record that is left out is named", () => {
    const nic = (ipAddress: string, mac: string) => ({
      transportInfo: { pciSbdf: "0000:00:04.0", mac, ipAddress, subnetMaskPrefix: 24 },
    });
    const way = { traddr: "10.0.0.9", subsystemNqn: "nqn.2014-08.org.example:s", nsid: 1, nid: `${"0".repeat(31)}1` };
    const bytes = encodeNbft(
      withDefaults({
        host: { hostNqn: "nqn.2014-08.org.example:host" },
        hfi: [
          nic("10.0.0.5", "02:00:00:00:00:01"),
          { ...nic("10.0.1.5", "02:00:00:00:00:02"), flags: { valid: false } },
        ],
        ssns: [
          way,
          way,
          { ...way, traddr: "2001:db8::9" },
          { ...way, primaryHfi: 2 },
          { ...way, flags: { valid: false } },
        ],
        security: [{}],
        discovery: [{ uri: "nvme+tcp://[2001:db8::9]:8009/" }, { uri: "nvme+tcp://10.0.0.9:8009/", hfiIndex: 2 }],
      }),
    );
    expect(bootOfTable(readNbft(bytes).table).notes).toEqual([
      "hfi[1]: is not valid or has no transport info, and is left out",
      "ssns[1]: says the same as ssns[0], and is left out",
      "ssns[2]: no HFI that it names has an address of the family of 2001:db8::9, and it is left out",
      "ssns[3]: names no HFI that there is, and is left out",
      "ssns[4]: is not valid or has no address, port or NQN, and is left out",
      "security[0]: is named by no SSNS that is kept, and is left out",
      "discovery[0]: its HFI has no address of the family of 2001:db8::9, and it is left out",
      "discovery[1]: has no address or HFI that can be used, and is left out",
    ]);
  });

  it("a dead path stays an attempt at that address", () => {
    const { description } = bootOfTable(
      readNbft(readFileSync("test/vectors/firmware/multipath-one-dead/NBFT.bin")).table,
    );
    expect(description.targets[0]!.portals.map(({ traddr }) => traddr)).toEqual(["192.168.101.20"]);
    expect(description.attempts.map(({ traddr }) => traddr)).toEqual(["192.168.101.20", "192.168.110.99"]);
  });
});

describe("sound tables", () => {
  it("no table of a boot breaks a rule", () => {
    let tried = 0;
    fc.assert(
      fc.property(bootDocuments, (document) => {
        let table: NbftTable;
        try {
          table = tableOfBoot(completeBootDescription(plain(document) as BootDocument));
        } catch {
          return fc.pre(false);
        }
        tried++;
        // A namespace whose identifier the description does not know has none in the table.
        const findings = validate(encodeNbft(table)).filter(
          ({ severity, rule }) => severity === "error" && rule !== "S014",
        );
        expect(findings.map(({ rule, path, message }) => `${rule} ${path}: ${message}`)).toEqual([]);
      }),
      { numRuns: 100 },
    );
    expect(tried).toBe(100);
  });
});

describe("examples", () => {
  it("every boot among them makes a table", () => {
    const files = readdirSync("examples").filter((name) => name.endsWith(".yaml") && !name.startsWith("table"));
    expect(files.length).toBeGreaterThanOrEqual(7);
    for (const file of files) {
      const boot = parseBootDescription(readFileSync(`examples/${file}`, "utf8"), { file });
      expect(encodeNbft(tableOfBoot(boot)).length, file).toBeGreaterThan(600);
    }
  });
});

function plain<T>(value: T): unknown {
  return JSON.parse(JSON.stringify(value));
}
