import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { firmwareOfBoot } from "../../src/boot/firmware.ts";
import { formatBootDescription } from "../../src/boot/format.ts";
import { bootOfFirmware } from "../../src/boot/from-firmware.ts";
import { completeBootDescription, parseBootDescription } from "../../src/boot/parse.ts";
import { checkConfig } from "../../src/uefi/setattempt/check-config.ts";
import { formatConfig } from "../../src/uefi/setattempt/format-config.ts";
import { firmwareCases } from "../uefi/vectors.ts";

const examples = resolve(import.meta.dirname, "../../examples");
const base = {
  host: { nqn: "nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890" },
  interfaces: [{ mac: "ea:eb:d3:58:89:58", address: "192.168.101.30/24" }],
  targets: [{ nqn: "nqn.2014-08.org.example:t", portals: ["192.168.101.20:4420"] }],
};
type Document = Parameters<typeof completeBootDescription>[0];
const firmware = (document: object) => firmwareOfBoot(completeBootDescription(document as Document));
const attempt = (document: object) => firmware(document).config.attempts[0]!;

describe("a configuration that real firmware took", () => {
  // The DHCP server names the target of this one.
  const described = firmwareCases().filter(({ name }) => name !== "dhcp-rootpath");

  test.each(described)("$name becomes a boot description and comes back", ({ config }) => {
    const before = checkConfig(config).config;
    const { description, notes } = bootOfFirmware(before);
    const text = formatBootDescription(description);
    expect(formatConfig(firmwareOfBoot(parseBootDescription(text)).config)).toBe(formatConfig(before));
    expect(notes).toEqual([]);
  });

  test("one that leaves the target to DHCP is named and left out", () => {
    const { config } = firmwareCases().find(({ name }) => name === "dhcp-rootpath")!;
    const { description, notes } = bootOfFirmware(checkConfig(config).config);
    expect(notes).toEqual([expect.stringMatching(/^attempts\[0\]: .*DHCP server names its target/)]);
    expect(description.interfaces[0]!.origin).toBe("dhcp");
  });
});

describe("a boot description", () => {
  test.each(readdirSync(examples).filter((name) => name.endsWith(".yaml") && !/^(vars|attempt|table)\b/.test(name)))(
    "examples/%s gives a configuration without errors",
    (name) => {
      const { config } = firmwareOfBoot(parseBootDescription(readFileSync(join(examples, name), "utf8")));
      const check = checkConfig(new TextEncoder().encode(formatConfig(config)));
      expect(check.firmware.result).toBe("stored");
      expect(check.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    },
  );

  test("a static interface gives address, mask and upper-case MAC", () => {
    expect(attempt(base)).toMatchObject({
      attemptName: "Attempt1",
      macString: "EA:EB:D3:58:89:58",
      ipMode: 0,
      localIp: "192.168.101.30",
      subnetMask: "255.255.255.0",
      targetIp: "192.168.101.20",
      targetPort: 4420,
      enabled: 1,
    });
  });

  test.each([
    [8, "255.0.0.0"],
    [19, "255.255.224.0"],
    [32, "255.255.255.255"],
  ])("prefix /%d is the mask %s", (prefix, mask) => {
    const interfaces = [{ mac: "ea:eb:d3:58:89:58", address: `192.168.101.30/${prefix}`, gateway: "192.168.101.1" }];
    expect(attempt({ ...base, interfaces }).subnetMask).toBe(mask);
  });

  test("a VLAN stands after the MAC address", () => {
    expect(attempt({ ...base, interfaces: [{ ...base.interfaces[0], vlan: 10 }] }).macString).toBe(
      "EA:EB:D3:58:89:58\\000A",
    );
  });

  test("DHCP and root path leave out what the server tells", () => {
    const interfaces = [
      {
        mac: "ea:eb:d3:58:89:58",
        address: "dhcp",
        lease: { address: "192.168.101.30/24", dns: ["192.168.101.1"], rootPath: "from-target" },
      },
    ];
    expect(attempt({ ...base, interfaces })).toEqual({
      attemptName: "Attempt1",
      macString: "EA:EB:D3:58:89:58",
      targetPort: 0,
      enabled: 1,
      ipMode: 0,
      initiatorInfoFromDhcp: true,
      targetInfoFromDhcp: true,
      nqn: "",
    });
  });

  test.each([
    ["a UUID", "bee9c2b7-1761-44b5-a4e6-0f690498a94b", "bee9c2b7-1761-44b5-a4e6-0f690498a94b"],
    ["an NGUID in UUID form", "ace42e0015102fce2ee4ac0000000001", "ace42e00-1510-2fce-2ee4-ac0000000001"],
    ["no EUI-64", "ace42e0015102fce", undefined],
  ])("a namespace by %s", (_, nid, written) => {
    const attempts = [{ interface: "nic0", nid }];
    const { config, notes } = firmware({ ...base, attempts });
    expect(config.attempts[0]!.nid).toBe(written);
    expect(notes.length).toBe(written === undefined ? 1 : 0);
  });

  test("a server name switches DNS on", () => {
    expect(attempt({ ...base, attempts: [{ interface: "nic0", serverName: "t.example" }] })).toMatchObject({
      serverName: "t.example",
      dnsMode: true,
    });
  });

  test("a host identifier in RFC order is written so that the stored bytes have it", () => {
    const host = { ...base.host, idByteOrder: "rfc4122" };
    const { config } = firmware({ ...base, host });
    expect(config.hostId).toBe("ac1b13f8-efcd-6541-866b-5998c1e67890");
    expect(bootOfFirmware(config).description.host).toMatchObject({
      id: "f8131bac-cdef-4165-866b-5998c1e67890",
      idByteOrder: "rfc4122",
    });
  });

  test("long names and too many attempts are noted", () => {
    const attempts = Array.from({ length: 8 }, (_, i) => ({ interface: "nic0", name: `A rather long name ${i}` }));
    const { config, notes } = firmware({ ...base, attempts });
    expect(config.attempts[0]!.attemptName).toBe("A rather lo");
    expect(notes).toHaveLength(9);
  });
});

describe("what a configuration leaves open is noted", () => {
  const one = {
    macString: "EA:EB:D3:58:89:58",
    targetPort: 4420,
    enabled: 1,
    ipMode: 0,
    localIp: "192.168.101.30",
    subnetMask: "255.255.255.0",
    targetIp: "192.168.101.20",
    nqn: "nqn.2014-08.org.example:t",
  };
  const notesOf = (...attempts: object[]) =>
    bootOfFirmware({
      hostNqn: "nqn.2014-08.org.example:h",
      hostId: "f8131bac-cdef-4165-866b-5998c1e67890",
      attempts: attempts as never,
    }).notes;

  test.each([
    ["no interface", [one, { ...one, macString: "eth0" }], /not an interface/],
    ["a MAC address in lower case", [{ ...one, macString: one.macString.toLowerCase() }], /upper case/],
    ["no target address", [one, { ...one, targetIp: undefined }], /no target address/],
    ["no local address", [{ ...one, localIp: undefined }], /DHCP is assumed/],
    ["a mask with holes", [{ ...one, subnetMask: "255.0.255.0" }], /not a prefix/],
    ["no mask", [{ ...one, subnetMask: undefined }], /^attempts\[0\]: there is no SubnetMask: 24 is assumed$/],
    ["a second name server alone", [{ ...one, secondaryDns: "192.0.2.1" }], /secondaryDns 192\.0\.2\.1 is left out/],
    [
      "what no driver reads",
      [{ ...one, transportPort: 1, hostNqnOverride: "nqn.2014-08.org.example:o", serverName: "a.example.org" }],
      /^attempts\[0\]: transportPort, hostNqnOverride, serverName: left out, for no driver makes use of it$/,
    ],
    ["two settings of one interface", [one, { ...one, localIp: "192.168.101.31" }], /are kept/],
    ["no NQN", [{ ...one, nqn: "" }], /discovery NQN is assumed/],
  ])("%s", (_, attempts, text) => {
    expect(notesOf(...attempts).join("\n")).toMatch(text);
  });

  test("nothing, when nothing is open", () => {
    expect(notesOf(one)).toEqual([]);
  });
});
