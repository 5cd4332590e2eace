import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatBootDescription } from "../../src/boot/format.ts";
import { BootDescriptionError, completeBootDescription, parseBootDescription } from "../../src/boot/parse.ts";
import { type BootPresetName, bootPresets, presetTitle } from "../../src/boot/presets.ts";
import { ParseError } from "../../src/errors.ts";
import { bootDocuments } from "./boot-documents.ts";

const short = `
host:
  nqn: nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890
interfaces:
  - mac: EA-EB-D3-58-89-58
    address: 192.168.101.30/24
  - mac: ea:eb:d3:59:89:59
    address: 192.168.110.30/24
targets:
  - nqn: nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db
    portals: [192.168.101.20, "192.168.110.20:4421"]
`;

function problemsOf(text: string): string[] {
  try {
    parseBootDescription(text, { file: "boot.yaml" });
  } catch (error) {
    expect(error).toBeInstanceOf(ParseError);
    return (error as BootDescriptionError).message.split("\n");
  }
  return [];
}

/** The short description with one line replaced or added. */
const changed = (from: string, to: string) => {
  expect(short).toContain(from);
  return short.replace(from, to);
};

describe("what a short description leaves out", () => {
  const boot = parseBootDescription(short);

  it("host id comes from the NQN's UUID, and an NQN from the id", () => {
    expect(boot.host.id).toBe("f8131bac-cdef-4165-866b-5998c1e67890");
    const byId = completeBootDescription({
      host: { id: "F8131BAC-cdef-4165-866b-5998c1e67890" },
      interfaces: [{ mac: "ea:eb:d3:58:89:58", address: "dhcp" }],
    });
    expect(byId.host.nqn).toBe("nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890");
  });

  it("names, PCI places and canonical MAC addresses of interfaces", () => {
    expect(boot.interfaces.map(({ name, mac, pci }) => [name, mac, pci])).toEqual([
      ["nic0", "ea:eb:d3:58:89:58", "0000:00:03.0"],
      ["nic1", "ea:eb:d3:59:89:59", "0000:00:04.0"],
    ]);
  });

  it("ports, and the interface on the same network for each portal", () => {
    expect(boot.targets[0]!.portals).toEqual([
      { traddr: "192.168.101.20", trsvcid: 4420, interfaces: ["nic0"] },
      { traddr: "192.168.110.20", trsvcid: 4421, interfaces: ["nic1"] },
    ]);
  });

  it("one attempt for each portal and the interface that reaches it", () => {
    expect(
      boot.attempts.map(({ name, interface: nic, via, traddr, trsvcid }) => [name, nic, via, traddr, trsvcid]),
    ).toEqual([
      ["Attempt1", "nic0", "direct", "192.168.101.20", 4420],
      ["Attempt2", "nic1", "direct", "192.168.110.20", 4421],
    ]);
  });

  it("only this host may connect", () => {
    expect(boot.targets[0]!.allowHosts).toEqual([boot.host.nqn]);
  });

  it("two VLANs on one card share its PCI place", () => {
    const { interfaces } = parseBootDescription(changed("ea:eb:d3:59:89:59", "ea:eb:d3:58:89:58\n    vlan: 7"));
    expect(interfaces.map(({ pci }) => pci)).toEqual(["0000:00:03.0", "0000:00:03.0"]);
  });

  it("a routed portal is reached by every interface with a gateway", () => {
    const { attempts } = parseBootDescription(
      changed("192.168.101.30/24", "192.168.101.30/24\n    gateway: 192.168.101.1").replace(
        "192.168.101.20,",
        "10.0.0.5,",
      ),
    );
    expect(attempts.map(({ interface: nic, traddr }) => [nic, traddr])).toEqual([
      ["nic0", "10.0.0.5"],
      ["nic1", "192.168.110.20"],
    ]);
  });

  it("an attempt with its own address still belongs to the target with its NQN", () => {
    const { attempts } = parseBootDescription(
      `${short}attempts:\n  - {interface: nic0, traddr: 192.168.101.99, target: target0}\n  - {interface: nic0, traddr: 192.168.101.98, nqn: "nqn.2000-01.org.example:x"}\n`,
    );
    expect(attempts.map(({ target, nqn }) => [target, nqn])).toEqual([
      ["target0", "nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db"],
      [undefined, "nqn.2000-01.org.example:x"],
    ]);
  });

  it("discovery: attempts go to the discovery controller at the target's portals", () => {
    const { attempts } = parseBootDescription(`${short}    discovery: {trsvcid: 8009}\n`);
    expect(attempts.map(({ via, traddr, trsvcid, nqn }) => [via, traddr, trsvcid, nqn])).toEqual([
      ["discovery", "192.168.101.20", 8009, "nqn.2014-08.org.nvmexpress.discovery"],
      ["discovery", "192.168.110.20", 8009, "nqn.2014-08.org.nvmexpress.discovery"],
    ]);
  });

  it("root path: made from the target with port and UUID", () => {
    const { interfaces, attempts } = completeBootDescription(bootPresets.dhcp.document);
    expect(interfaces[0]!.rootPath).toBe(
      "NVME+TCP://192.168.101.20:4420/nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db/urn:uuid:bee9c2b7-1761-44b5-a4e6-0f690498a94b",
    );
    expect(attempts[0]).toMatchObject({ via: "root-path", traddr: "192.168.101.20", trsvcid: 4420, interface: "nic0" });
  });

  it("root path: a written one decides address, port, NQN and namespace", () => {
    const { attempts } = completeBootDescription({
      host: { id: "f8131bac-cdef-4165-866b-5998c1e67890" },
      interfaces: [
        {
          mac: "ea:eb:d3:58:89:58",
          address: "dhcp",
          lease: {
            rootPath:
              "nvme+tcp://10.0.0.9/nqn.2014-08.org.nvmexpress.discovery/urn:uuid:BEE9C2B7-1761-44b5-a4e6-0f690498a94b",
          },
        },
      ],
    });
    expect(attempts[0]).toMatchObject({
      traddr: "10.0.0.9",
      trsvcid: 8009,
      nqn: "nqn.2014-08.org.nvmexpress.discovery",
      nid: "bee9c2b7-1761-44b5-a4e6-0f690498a94b",
    });
  });

  it("auto: the link-local address of the MAC", () => {
    const { interfaces } = completeBootDescription(bootPresets.ipv6.document);
    expect(interfaces[0]).toMatchObject({
      origin: "auto",
      family: "ipv6",
      address: "fe80::e8eb:d3ff:fe58:8958",
      prefixLength: 64,
    });
  });

  it("numbers keep their digits where text is meant", () => {
    const boot = parseBootDescription(
      `${short}    namespaces: [{eui64: 0011223344556677, nguid: 00112233445566778899001122334455}]\n`,
    );
    expect(boot.targets[0]!.namespaces[0]).toMatchObject({
      eui64: "0011223344556677",
      nguid: "00112233445566778899001122334455",
    });
  });
});

describe("what is wrong", () => {
  const rows: [string, string, string][] = [
    ["no YAML", "host: {nqn: [1\n", "boot.yaml:2:1: the closing ] is missing before this"],
    ["nothing at all", "", "boot.yaml:1:1: nothing is here: expected a mapping"],
    ["a list", "- 1\n", "boot.yaml:1:1: a list is wrong: expected a mapping"],
    [
      "unknown key with a near name",
      changed("portals:", "portal:"),
      'boot.yaml:11:5: targets[0].portal: no such key "portal" in target: did you mean "portals"?',
    ],
    [
      "unknown key with another tool's name",
      changed("nqn: nqn.2014-08.org.nvmexpress:uuid:0c", "subsysnqn: nqn.2014-08.org.nvmexpress:uuid:0c"),
      'boot.yaml:10:5: targets[0].subsysnqn: no such key "subsysnqn" in target: did you mean "nqn"?',
    ],
    [
      "unknown key that resembles nothing",
      changed("portals:", "xyzzy:"),
      'boot.yaml:11:5: targets[0].xyzzy: no such key "xyzzy" in target: known are name, nqn, portals',
    ],
    [
      "MAC address",
      changed("EA-EB-D3-58-89-58", "EA-EB-D3-58-89"),
      'boot.yaml:5:10: interfaces[0].mac: "EA-EB-D3-58-89" is wrong: expected a MAC address',
    ],
    [
      "address without prefix",
      changed("192.168.110.30/24", "192.168.110.30"),
      'boot.yaml:8:14: interfaces[1].address: "192.168.110.30" is wrong: expected an address with its prefix length',
    ],
    ["prefix too long", changed("192.168.110.30/24", "192.168.110.30/33"), "boot.yaml:8:14: interfaces[1].address:"],
    [
      "port 0",
      changed("192.168.110.20:4421", "192.168.110.20:0"),
      'boot.yaml:11:31: targets[0].portals[1]: "192.168.110.20:0" is wrong',
    ],
    [
      "address with a leading zero",
      changed("192.168.110.30/24", "192.168.110.030/24"),
      'boot.yaml:8:14: interfaces[1].address: "192.168.110.030/24" is wrong: numbers of an IPv4 address have no leading zeros, which some programs read as octal; write 192.168.110.30/24',
    ],
    [
      "portal with a leading zero",
      changed("192.168.110.20:4421", "192.168.0110.20:4421"),
      'boot.yaml:11:31: targets[0].portals[1]: "192.168.0110.20:4421" is wrong: numbers of an IPv4 address have no leading zeros, which some programs read as octal; write 192.168.110.20:4421',
    ],
    [
      "same MAC twice",
      changed("ea:eb:d3:59:89:59", "ea:eb:d3:58:89:58").replace("192.168.110.30", "192.168.101.30"),
      "boot.yaml:7:10: interfaces[1].mac: interfaces[0] has the same MAC address, VLAN and address",
    ],
    [
      "same name twice",
      changed("mac: ea:eb:d3:59:89:59", "mac: ea:eb:d3:59:89:59\n    name: nic0"),
      'boot.yaml:8:11: interfaces[1].name: "nic0" is there twice',
    ],
    [
      "portal that nothing reaches",
      changed("192.168.101.20,", "192.168.99.20,"),
      'boot.yaml:11:15: targets[0].portals[0]: no interface reaches 192.168.99.20: none is on its network or has a gateway (or name one with "interface")',
    ],
    [
      "portal at the network's broadcast address",
      changed("192.168.101.20,", "192.168.101.255,"),
      "boot.yaml:11:15: targets[0].portals[0]: no interface reaches 192.168.101.255: nic0: 192.168.101.255 is the broadcast address of 192.168.101.0/24",
    ],
    [
      "portal at an interface's own address",
      changed("192.168.101.20,", "192.168.101.30,"),
      "boot.yaml:11:15: targets[0].portals[0]: no interface reaches 192.168.101.30: it is the own address of nic0",
    ],
    [
      "portal at an address that no target has",
      changed("192.168.101.20,", "127.0.0.1,"),
      "boot.yaml:11:15: targets[0].portals[0]: no interface reaches a target there: 127.0.0.1 is a loopback address",
    ],
    [
      "interface that is not there",
      `${short}attempts: [{interface: eth0}]\n`,
      'attempts[0].interface: no interface "eth0": there are nic0, nic1',
    ],
    [
      "target that is not there",
      `${short}attempts: [{target: x}]\n`,
      'attempts[0].target: no target "x": there are target0',
    ],
    [
      "wrong family",
      `${short}attempts: [{interface: nic0, traddr: "fe80::1"}]\n`,
      "attempts[0]: nic0 has an IPv4 address and cannot reach fe80::1",
    ],
    [
      "root path without DHCP",
      `${short}attempts: [{interface: nic0, via: root-path}]\n`,
      "attempts[0].via: a root path comes by DHCP, and nic0 has a static address",
    ],
    [
      "lease with a static address",
      changed("192.168.110.30/24", "192.168.110.30/24\n    lease: {server: 192.168.110.1}"),
      "boot.yaml:9:12: interfaces[1].lease: goes with dhcp",
    ],
    [
      "gateway of another family",
      changed("192.168.110.30/24", "192.168.110.30/24\n    gateway: fe80::1"),
      "interfaces[1].gateway: fe80::1 is not an IPv4 address as the interface's is",
    ],
    [
      "host without NQN and id",
      changed("nqn: nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890", "name: x"),
      "host.nqn: is missing: give the host's NQN, or its id",
    ],
    [
      "NQN without UUID and no id",
      changed("nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890", "nqn.2000-01.org.example:me"),
      "host.id: is missing, and the NQN has no UUID",
    ],
    [
      "NQN of 224 bytes",
      changed("nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db", `nqn.${"x".repeat(220)}`),
      "targets[0].nqn:",
    ],
    [
      "NSID 0",
      `${short}    namespaces: [{nsid: 0}]\n`,
      'targets[0].namespaces[0].nsid: "0" is wrong: expected a whole number from 1 to 4294967294',
    ],
    ["NSID twice", `${short}    namespaces: [{nsid: 2}, {}]\n`, "targets[0].namespaces[1].nsid: NSID 2 is there twice"],
    [
      "block size 1024",
      `${short}    namespaces: [{blockSize: 1024}]\n`,
      "targets[0].namespaces[0].blockSize: 1024 is wrong: expected 512 or 4096",
    ],
    [
      "terminal escape in a value",
      changed("EA-EB-D3-58-89-58", '"\\e[31mred"'),
      'interfaces[0].mac: "\\x1b[31mred" is wrong',
    ],
    ["brackets by the thousand", "[".repeat(20000), "nested too deep"],
    ["a duplicate key", `${short}host: {}\n`, 'boot.yaml:12:1: the key "host" is there twice'],
  ];
  it.each(rows)("%s", (_, text, expected) => {
    expect(problemsOf(text).join("\n")).toContain(expected);
  });

  it("several at once, in the order of the file, each with its place", () => {
    const problems = problemsOf(changed("EA-EB-D3-58-89-58", "x").replace("192.168.110.30/24", "y"));
    expect(problems.map((line) => line.split(" ", 2).join(" "))).toEqual([
      "boot.yaml:5:10: interfaces[0].mac:",
      "boot.yaml:8:14: interfaces[1].address:",
    ]);
  });

  it("aliases that multiply end", () => {
    const levels = Array.from({ length: 30 }, (_, i) => `  - &a${i} [${i > 0 ? `*a${i - 1}, *a${i - 1}` : "x"}]`);
    expect(problemsOf(`${short}attempts:\n${levels.join("\n")}\n`).length).toBeGreaterThan(0);
  });

  it("any text is read or refused, never a crash", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.constant(short).chain((text) => fc.nat(text.length).map((n) => text.slice(0, n) + text.slice(n + 3))),
        ),
        (text) => {
          try {
            parseBootDescription(text);
          } catch (error) {
            expect(error).toBeInstanceOf(BootDescriptionError);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("writing", () => {
  it("text of any description reads back as the same description", () => {
    let refused = 0;
    fc.assert(
      fc.property(bootDocuments, (document) => {
        let boot: ReturnType<typeof completeBootDescription>;
        try {
          boot = completeBootDescription(JSON.parse(JSON.stringify(document)));
        } catch (error) {
          expect(error).toBeInstanceOf(BootDescriptionError);
          refused++;
          return;
        }
        const text = formatBootDescription(boot);
        expect(JSON.parse(JSON.stringify(parseBootDescription(text)))).toEqual(JSON.parse(JSON.stringify(boot)));
      }),
      { numRuns: 200 },
    );
    expect(refused).toBeLessThan(100);
  });

  it("JSON is accepted as well as YAML", () => {
    for (const { document } of Object.values(bootPresets)) {
      expect(parseBootDescription(JSON.stringify(document, null, 2))).toEqual(completeBootDescription(document));
    }
  });

  it.each([
    ["attempts, with which the firmware tries nothing", `${short}attempts: []\n`, "attempts: []"],
    ["hosts, of which none may connect", `${short}    allowHosts: []\n`, "allowHosts: []"],
    ["name servers, which is as good as none", short.replace("0/24\n", "0/24\n    dns: []\n"), undefined],
    ["targets, which is as good as none", short.replace(/targets:.*/s, "targets: []\n"), undefined],
  ])("an empty list keeps its meaning: %s", (_, text, kept) => {
    const boot = parseBootDescription(text);
    const written = formatBootDescription(boot);
    expect(parseBootDescription(written)).toEqual(boot);
    expect(written.match(/\w+: \[\]/)?.[0]).toBe(kept);
    const without = text.replace(/^ *\w+: \[\]\n/m, "");
    if (kept === undefined) expect(parseBootDescription(without)).toEqual(boot);
    else expect(parseBootDescription(without)).not.toEqual(boot);
  });

  it("what can be left out is left out", () => {
    expect(formatBootDescription(parseBootDescription(short))).toMatchInlineSnapshot(`
      "host:
        nqn: nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890
      interfaces:
        - mac: ea:eb:d3:58:89:58
          address: 192.168.101.30/24
        - mac: ea:eb:d3:59:89:59
          address: 192.168.110.30/24
      targets:
        - nqn: nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db
          portals:
            - 192.168.101.20:4420
            - 192.168.110.20:4421
          namespaces:
            - nsid: 1
      "
    `);
  });
});

describe("examples", () => {
  it.each(Object.keys(bootPresets) as BootPresetName[])(
    "examples/%s.yaml is the preset (vitest -u writes it)",
    async (name) => {
      const description = completeBootDescription(bootPresets[name].document);
      const choices = { schema: "../schema/boot.schema.json", title: presetTitle(name), comments: true };
      const text = formatBootDescription(description, choices);
      await expect(text).toMatchFileSnapshot(`../../examples/${name}.yaml`);
      expect(parseBootDescription(text)).toEqual(description);
    },
  );
});
