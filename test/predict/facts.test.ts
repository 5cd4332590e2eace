import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BootDocument } from "../../src/boot/document.ts";
import { firmwareOfBoot } from "../../src/boot/firmware.ts";
import { completeBootDescription, parseBootDescription } from "../../src/boot/parse.ts";
import { bootPresets } from "../../src/boot/presets.ts";
import { schemaOf } from "../../src/document/shape/json-schema.ts";
import { ParseError } from "../../src/errors.ts";
import { factsShape, mergeFacts, parseBootFacts } from "../../src/predict/facts.ts";
import { factsOfBoot } from "../../src/predict/facts-of-boot.ts";
import { factsOfStore } from "../../src/predict/facts-of-store.ts";
import { predictNbft } from "../../src/predict/predict.ts";
import { attemptEdits } from "../../src/uefi/config/attempt-edits.ts";
import { encodeFirmwareConfig } from "../../src/uefi/config/variables.ts";

describe("facts", () => {
  it("null and nothing are different for order and controller ids", () => {
    expect(parseBootFacts("connectionOrder: null\n").facts).toMatchObject({
      connectionOrder: null,
      controllerIds: undefined,
    });
    expect(parseBootFacts('{"controllerIds": [2, null, 4]}').facts).toMatchObject({
      controllerIds: [2, undefined, 4],
      connectionOrder: undefined,
    });
  });

  it("MAC addresses and PCI places in any spelling", () => {
    expect(parseBootFacts("pci: {EA-EB-D3-58-89-58: '2:0.0'}").facts.pci).toEqual({
      "ea:eb:d3:58:89:58": "0000:02:00.0",
    });
  });

  it("unknown keys are notes, wrong values are errors with their places", () => {
    expect(parseBootFacts("drivrPath: x\n", { file: "f.yaml" }).notes).toEqual([
      'f.yaml:1:1: drivrPath: no such key "drivrPath" in facts: did you mean "driverPath"?',
    ]);
    expect(() => parseBootFacts("failedAttempts: [0]\n", { file: "f.yaml" })).toThrow(ParseError);
    expect(() => parseBootFacts("failedAttempts: [0]\n", { file: "f.yaml" })).toThrow(
      'f.yaml:1:18: failedAttempts[0]: "0" is wrong: expected a whole number from 1 to 255',
    );
    expect(() => parseBootFacts("pci: {eth0: '2:0.0'}")).toThrow("expected a MAC address");
  });

  it("the schema is what is committed (vitest -u writes it)", async () => {
    const schema = schemaOf(factsShape, "https://unpkg.com/nbft/schema/facts.schema.json");
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot("../../schema/facts.schema.json");
  });

  it("what was seen replaces what was expected, and single expectations where it speaks for all", () => {
    const expected = factsOfBoot(completeBootDescription(bootPresets.dhcp.document)).facts;
    const merged = mergeFacts(expected, { dhcp: { ip: "10.0.0.9" }, namespaces: [{ nsid: 2 }], connectionOrder: null });
    expect(merged).toMatchObject({ dhcp: { ip: "10.0.0.9" }, connectionOrder: null, pci: expected.pci });
    expect(merged.leases).toBeUndefined();
    expect(merged.subsystems).toBeUndefined();
    expect(mergeFacts(expected, {})).toEqual(expected);
  });
});

const fromBoot = (document: BootDocument) => {
  const boot = completeBootDescription(document);
  const { facts, notes } = factsOfBoot(boot);
  return { notes, ...predictNbft(encodeFirmwareConfig(firmwareOfBoot(boot).config), { facts }) };
};

describe("a boot description alone", () => {
  const same: [string, string][] = [
    ["static", "single-static"],
    ["dual-path", "multipath"],
    ["discovery", "discovery"],
    ["dhcp", "dhcp-rootpath"],
    ["vlan", "vlan"],
  ];
  it.each(same)(
    "examples/%s.yaml: the table that the firmware published in boot %s, byte for byte",
    (example, name) => {
      const boot = parseBootDescription(readFileSync(`examples/${example}.yaml`, "utf8"));
      const { facts, notes } = factsOfBoot(boot);
      const { bytes } = predictNbft(encodeFirmwareConfig(firmwareOfBoot(boot).config), { facts });
      const published = readFileSync(`test/vectors/firmware/${name}/NBFT.bin`);
      expect(Buffer.from(bytes!).toString("hex")).toBe(published.toString("hex"));
      expect(notes).toEqual([]);
    },
  );

  it("a path that nobody answers on is published as unavailable", () => {
    const { document } = bootPresets["dual-path"];
    const { notes, table } = fromBoot({
      ...document,
      attempts: [{ interface: "nic0" }, { interface: "nic1", traddr: "192.168.110.99", target: "target0" }],
    });
    expect(notes).toEqual(["attempt 2 (Attempt2) fails: no listener"]);
    expect(table!.ssns.map(({ flags }) => flags.unavailable)).toEqual(["not indicated", "unavailable"]);
  });

  it("a port of five digits is another port", () => {
    const targets = [{ ...bootPresets.static.document.targets[0], portals: ["192.168.101.20:14420"] }];
    const { notes, table } = fromBoot({ ...bootPresets.static.document, targets });
    expect(notes).toEqual([
      "attempt 1 (Attempt1) fails: the firmware keeps four digits of port 14420 and connects to 1442: no listener",
    ]);
    expect(table!.ssns[0]).toMatchObject({ trsvcid: "1442", flags: { unavailable: "unavailable" } });
  });

  it("an NGUID finds no namespace on a Linux target", () => {
    const by = (nid: string) => fromBoot({ ...bootPresets.static.document, attempts: [{ nid }] }).notes;
    const [namespace] = bootPresets.static.document.targets[0].namespaces;
    expect(by(namespace!.nguid)).toEqual([
      expect.stringMatching(/^attempt 1 \(Attempt1\) mounts nothing: its NID is not a UUID/),
    ]);
    expect(by(namespace!.uuid)).toEqual([]);
  });

  it("a namespace that is wanted does not hide the others", () => {
    const namespaces = [
      { uuid: "bee9c2b7-1761-44b5-a4e6-0f690498a94b" },
      { uuid: "11111111-2222-4333-8444-555555555502" },
    ];
    const targets = [{ ...bootPresets.static.document.targets[0], namespaces }];
    const { table } = fromBoot({ ...bootPresets.static.document, targets, attempts: [{ namespace: 2 }] });
    expect(table!.ssns.map(({ nsid }) => nsid)).toEqual([1, 2]);
  });

  it("discovery at a port of its own: records have the subsystem's", () => {
    const targets = [{ ...bootPresets.static.document.targets[0], discovery: { trsvcid: 8009 } }];
    const { table } = fromBoot({ ...bootPresets.static.document, targets });
    expect(table!.ssns[0]).toMatchObject({ trsvcid: "4420", flags: { discovered: true } });
    expect(table!.discovery[0]!.uri).toBe("nvme+tcp://192.168.101.20:8009/");
  });

  it("a static IPv6 address is not used by this firmware", () => {
    const interfaces = [{ mac: "ea:eb:d3:58:89:58", address: "fd00::30/64" }];
    const targets = [{ ...bootPresets.static.document.targets[0], portals: ["[fd00::20]:4420"] }];
    const { notes, table } = fromBoot({ ...bootPresets.static.document, interfaces, targets });
    expect(notes).toEqual(["attempt 1 fails: the firmware does not use the static IPv6 address of nic0"]);
    expect(table!.ssns[0]!.flags.unavailable).toBe("unavailable");
    expect(fromBoot(bootPresets.ipv6.document).table!.hfi[0]!.transportInfo!.ipAddress).toBe(
      "fe80::e8eb:d3ff:fe58:8958",
    );
  });
});

describe("a variable store", () => {
  const config = (macString: string, ipMode: number) => ({
    hostNqn: "nqn.2014-08.org.example:host",
    hostId: "f8131bac-cdef-4165-866b-5998c1e67890",
    attempts: [
      {
        macString,
        ipMode,
        targetPort: 4420,
        enabled: 1,
        targetIp: ipMode === 1 ? "fe80::2" : "10.0.0.2",
        nqn: "nqn.2014-08.org.example:t",
      },
    ],
  });
  const stored = (macString: string, ipMode: number, options: { withoutCompanions?: boolean } = {}) =>
    attemptEdits(encodeFirmwareConfig(config(macString, ipMode)), [], options).flatMap((edit) =>
      edit.kind === "set" ? [edit.variable] : [],
    );

  it("with everything that its attempts need says nothing special", () => {
    for (const [mac, mode] of [
      ["EA:EB:D3:58:89:58\\0007", 0],
      ["EA:EB:D3:58:89:58", 1],
    ] as const) {
      expect(factsOfStore(stored(mac, mode))).toMatchObject({
        facts: { untriedAttempts: [], failedAttempts: [] },
        notes: [],
      });
    }
  });

  it("without a VLAN's configuration has no interface for it, and so no table", () => {
    const { variables, facts, notes } = factsOfStore(stored("EA:EB:D3:58:89:58\\0007", 0, { withoutCompanions: true }));
    expect(notes).toEqual(["attempt 1 is not tried: VLAN 7 is not configured on ea:eb:d3:58:89:58"]);
    expect(predictNbft(variables!, { facts }).reason).toBe("no attempt comes as far as a connection");
  });

  it("without the automatic IPv6 policy has no address: the attempt fails", () => {
    const { variables, facts, notes } = factsOfStore(stored("EA:EB:D3:58:89:58", 1, { withoutCompanions: true }));
    expect(notes).toEqual(["attempt 1 fails: the IPv6 policy of ea:eb:d3:58:89:58 is not automatic"]);
    expect(predictNbft(variables!, { facts }).table!.ssns[0]!.flags.unavailable).toBe("unavailable");
  });

  it("with other attributes than the driver's keeps it from starting", () => {
    const variables = stored("EA:EB:D3:58:89:58", 0).map((variable) => ({ ...variable, attributes: 7 }));
    expect(factsOfStore(variables).refusal).toContain("the driver does not start");
    expect(factsOfStore([]).refusal).toBe("the store has no NVMe-oF variables");
  });
});

describe("any variables", () => {
  it("give a table or a reason", () => {
    const records = fc.array(fc.uint8Array({ minLength: 1494, maxLength: 1494 }), { maxLength: 4 });
    const texts = fc.constantFrom("EA:EB:D3:58:89:58", "EA:EB:D3:59:89:59\\0007", "x");
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 754, maxLength: 754 }),
        records,
        texts,
        fc.nat(3),
        fc.boolean(),
        (globalData, list, mac, mode, clean) => {
          globalData[1] = list.length;
          const attempts = new Uint8Array(list.length * 1494);
          for (const [i, record] of list.entries()) {
            if (clean) record.fill(0, 460, 748);
            record.set(new TextEncoder().encode(`${mac}\0`), 17);
            record[164] = mode;
            attempts.set(record, i * 1494);
          }
          const { bytes, reason } = predictNbft({ globalData, attempts }, { facts: { dhcp: { ip: "10.0.0.1" } } });
          expect((bytes === undefined) !== (reason === undefined)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
