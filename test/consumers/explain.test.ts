import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { explainTables } from "../../src/consumers/explain.ts";
import { consumerId, consumerModels, findConsumers } from "../../src/consumers/models.ts";
import { planConnectAll } from "../../src/consumers/nvme-cli/connect-all.ts";
import { mutated, patched } from "../helpers/tables.ts";
import { allTables, table } from "../helpers/vectors.ts";
import { named, plain } from "./made-tables.ts";

const rowOf = (bytes: Uint8Array, path: string) =>
  explainTables(named(bytes)).tables[0]!.rows.find((row) => row.path === path)!;
const cells = (bytes: Uint8Array, path: string) =>
  Object.fromEntries(Object.entries(rowOf(bytes, path).verdicts).map(([id, { does }]) => [id, does]));

describe("every model", () => {
  it.each(consumerModels.map((model) => [consumerId(model), model] as const))(
    "%s states its source and its limits",
    (_, model) => {
      expect(model.source).toMatch(/^read: /);
      expect(model.source).toMatch(/run/);
      expect(model.notCovered.length).toBeGreaterThan(0);
    },
  );

  it("takes any table", () => {
    const bases = allTables.filter(({ bytes }) => bytes.length < 5000).map(({ bytes }) => bytes);
    fc.assert(
      fc.property(mutated(bases), mutated(bases), (one, two) => void explainTables(named(one, two))),
      { numRuns: 150 },
    );
  });
});

describe("names of consumers", () => {
  it.each([
    ["nvme-cli", ["nvme-cli@2.13", "nvme-cli@3.0-rc1"]],
    ["nvme-cli@2.13", ["nvme-cli@2.13"]],
    ["nvme-cli@3.0-rc1", ["nvme-cli@3.0-rc1"]],
    ["nvme-cli@3", ["nvme-cli@3.0-rc1"]],
    ["nvme-cli@2.16", ["nvme-cli@2.13"]],
    ["libnvme@1.13", ["nvme-cli@2.13"]],
    ["libnvme", ["nvme-cli@2.13", "nvme-cli@3.0-rc1"]],
    ["NM", ["networkmanager@1.52", "networkmanager@1.54"]],
    ["dracut@106", ["dracut@106"]],
    ["wicked", ["wicked@0.6"]],
    ["stafd", ["nvme-stas@2.4"]],
    ["discoverd", ["nvme-discoverd@3.0-rc1"]],
    ["systemd", []],
    ["nvme-cli@9", []],
  ])("%s", (wanted, ids) => {
    expect(findConsumers(wanted).map(consumerId)).toEqual(ids);
  });
});

test("an IP origin of DHCP without DHCPO divides dracut and NetworkManager", () => {
  const bytes = plain((model) => Object.assign(model.hfi[0]!.transportInfo!, { ipOrigin: "dhcp" }));
  const { disagreement } = rowOf(bytes, "hfi[0]");
  const groups = disagreement!.groups.map(({ detail, consumers }) => [detail, consumers]);
  expect(groups).toEqual([
    ["static 192.0.2.10/24", ["dracut@106", "dracut@112", "networkmanager@1.52", "wicked@0.6"]],
    ["DHCP", ["networkmanager@1.54"]],
  ]);
  const why = disagreement!.groups.flatMap(({ because }) => because.map(({ message }) => message)).join("\n");
  expect(why).toContain("static because DHCPO is clear");
  expect(why).toContain("DHCP because the IP origin is DHCP, although DHCPO is clear");
});

test("nobody disagrees about a plain table of revision 1.0", () => {
  const { rows } = explainTables(named(plain((model) => Object.assign(model, { discovery: [], security: [] }))))
    .tables[0]!;
  expect(rows.filter(({ disagreement }) => disagreement)).toEqual([]);
});

test("a table of revision 1.1 is for the newest only", () => {
  const { verdicts, disagreement } = rowOf(table("L02"), "ssns[0]");
  expect(verdicts["nvme-cli@2.13"]?.detail).toBe("the table is rejected");
  expect(verdicts["nvme-cli@3.0-rc1"]?.does).toBe("1 path");
  expect(disagreement?.groups).toHaveLength(2);
});

describe("SSNS", () => {
  it("through several HFIs uses the first alone in nvme-discoverd", () => {
    const bytes = plain((model) => {
      const [first] = model.hfi;
      model.hfi = [first!, { ...first!, index: 2 }];
      model.ssns[0]!.secondaryHfis = [2];
    });
    expect(cells(bytes, "ssns[0]")).toEqual({
      "nvme-cli@2.13": "2 paths",
      "nvme-cli@3.0-rc1": "2 paths",
      "nvme-discoverd@3.0-rc1": "1 path",
      "nvme-stas@2.4": "ignored",
    });
  });

  it("with a security profile is connected by those that do not look at it", () => {
    const bytes = plain((model) => Object.assign(model.ssns[0]!, { securityIndex: 1 }));
    expect(cells(bytes, "ssns[0]")).toMatchObject({
      "nvme-cli@2.13": "1 path",
      "nvme-cli@3.0-rc1": "skipped",
      "nvme-discoverd@3.0-rc1": "1 path",
    });
  });

  it("without secondary list is dropped by everybody", () => {
    const bytes = plain((model) => delete model.ssns[0]!.secondaryHfis);
    expect(new Set(Object.values(cells(bytes, "ssns[0]")))).toEqual(new Set(["dropped"]));
  });

  it("with a list of one zero kills the old ones", () => {
    const bytes = plain((model) => Object.assign(model.ssns[0]!, { secondaryHfis: [0] }));
    expect(cells(bytes, "ssns[0]")).toMatchObject({
      "nvme-cli@2.13": "dies",
      "nvme-cli@3.0-rc1": "1 path",
      "nvme-stas@2.4": "ignored",
    });
    const old = explainTables(named(bytes)).consumers.find(({ id }) => id === "nvme-cli@2.13");
    expect(old?.notes.map(({ message }) => message).join()).toContain("nvme nbft show dies of SIGSEGV");
  });
});

describe("discovery", () => {
  it("is skipped by nvme-cli where an SSNS was learned from it", () => {
    const bytes = plain((model) => Object.assign(model.ssns[0]!, { discoveryIndex: 1 }));
    expect(cells(bytes, "discovery[0]")).toMatchObject({
      "nvme-cli@3.0-rc1": "skipped",
      "nvme-discoverd@3.0-rc1": "asked",
      "nvme-stas@2.4": "asked",
    });
  });

  it("without NQN is used by nvme-cli 3, skipped by nvme-discoverd and dropped by libnvme 1.x", () => {
    const bytes = plain((model) => delete model.discovery[0]!.nqn);
    expect(cells(bytes, "discovery[0]")).toEqual({
      "nvme-cli@2.13": "dropped",
      "nvme-cli@3.0-rc1": "asked",
      "nvme-discoverd@3.0-rc1": "skipped",
      "nvme-stas@2.4": "dropped",
    });
  });

  it("at an IPv6 address is lost by nvme-discoverd", () => {
    const bytes = plain((model) => Object.assign(model.discovery[0]!, { uri: "nvme+tcp://[2001:db8::1]:8009/" }));
    expect(cells(bytes, "discovery[0]")).toMatchObject({
      "nvme-discoverd@3.0-rc1": "skipped",
      "nvme-stas@2.4": "asked",
    });
  });

  it("with a scheme without a plus kills stafd", () => {
    const bytes = plain((model) => Object.assign(model.discovery[0]!, { uri: "nvme://192.0.2.1:8009/" }));
    expect(cells(bytes, "discovery[0]")).toMatchObject({ "nvme-cli@3.0-rc1": "skipped", "nvme-stas@2.4": "dies" });
  });
});

test("indexes with a gap kill stafd", () => {
  const bytes = plain((model) => {
    model.hfi[0]!.index = 5;
    Object.assign(model.ssns[0]!, { primaryHfi: 5, secondaryHfis: [5] });
    Object.assign(model.discovery[0]!, { hfiIndex: 5 });
  });
  const stas = explainTables(named(bytes)).consumers.find(({ id }) => id === "nvme-stas@2.4");
  expect(stas?.notes.map(({ message }) => message).join()).toContain("HFI index 5 in a list of 1");
});

test("bytes that are no NBFT are nobody's", () => {
  const [first] = explainTables([{ path: "x", bytes: new Uint8Array(200) }]).tables;
  expect(first).toMatchObject({ error: expect.stringContaining("signature"), rows: [] });
});

describe("waiting", () => {
  const waitingOf = (bytes: Uint8Array, id: string) =>
    explainTables(named(bytes)).consumers.find((consumer) => consumer.id === id)?.waiting;

  it("counts the attempts of a run in which none succeeds", () => {
    const bytes = plain((model) => {
      const [ssns] = model.ssns;
      const [discovery] = model.discovery;
      model.ssns = [ssns!, { ...ssns!, index: 2 }];
      model.discovery = [discovery!, { ...discovery!, index: 2 }];
    });
    // 3.0-rc1 stops at the first discovery controller that fails.
    expect(waitingOf(bytes, "nvme-cli@2.13")).toMatchObject({ attempts: 4, silent: 12, hung: 40, mute: 240 });
    expect(waitingOf(bytes, "nvme-cli@3.0-rc1")).toMatchObject({ attempts: 3, silent: 9 });
  });

  it("knows how long NetworkManager waits for DHCP", () => {
    expect(waitingOf(plain(), "dracut@106")?.network).toBe(60);
    const dhcp = plain((model) => {
      Object.assign(model.hfi[0]!.transportInfo!.flags, { dhcpOverride: true });
    });
    expect(waitingOf(dhcp, "dracut@106")?.network).toBe(90);
  });
});

describe("the plan", () => {
  const steps = (bytes: Uint8Array, version: "1.13" | "3.0-rc1" = "3.0-rc1") =>
    planConnectAll(named(bytes), { hostNqn: "nqn.h", hostId: "id" }, version).tables[0]!.steps.map(
      ({ path, action, hopeless }) => `${path} ${action}${hopeless && action === "connect" ? " hopeless" : ""}`,
    );

  it.each<[string, Uint8Array, string[], string[]]>([
    ["plain", plain(), ["ssns[0] connect", "discovery[0] connect"], ["ssns[0] connect", "discovery[0] connect"]],
    [
      "a target of the other family",
      plain((m) => Object.assign(m.ssns[0]!, { traddr: "2001:db8::1" })),
      ["ssns[0] connect hopeless", "discovery[0] connect"],
      ["ssns[0] connect hopeless", "discovery[0] connect"],
    ],
    [
      "a service id that is none",
      plain((m) => Object.assign(m.ssns[0]!, { trsvcid: "nvme" })),
      ["ssns[0] connect hopeless", "discovery[0] connect"],
      ["ssns[0] connect hopeless", "discovery[0] connect"],
    ],
    [
      "an NQN of 223 bytes, one more than Linux takes",
      plain((m) => Object.assign(m.ssns[0]!, { subsystemNqn: `nqn.2026-01.lab:${"x".repeat(207)}` })),
      ["ssns[0] connect hopeless", "discovery[0] connect"],
      ["ssns[0] connect hopeless", "discovery[0] connect"],
    ],
    [
      "a discovery controller by name",
      plain((m) => Object.assign(m.discovery[0]!, { uri: "nvme+tcp://dc.example:8009/" })),
      ["ssns[0] connect", "discovery[0] fail"],
      ["ssns[0] connect", "discovery[0] connect"],
    ],
    [
      "a discovery descriptor of an unknown HFI",
      plain((m) => Object.assign(m.discovery[0]!, { hfiIndex: 9 })),
      ["ssns[0] connect", "discovery[0] drop"],
      ["ssns[0] connect", "discovery[0] die"],
    ],
    [
      "the well-known NQN",
      plain((m) => Object.assign(m.ssns[0]!, { subsystemNqn: "nqn.2014-08.org.nvmexpress.discovery" })),
      ["ssns[0] skip", "discovery[0] connect"],
      ["ssns[0] skip", "discovery[0] connect"],
    ],
  ])("%s", (_, bytes, new3, old) => {
    expect(steps(bytes)).toEqual(new3);
    expect(steps(bytes, "1.13")).toEqual(old);
  });

  it("names what is tried twice", () => {
    const bytes = plain((m) => {
      const [ssns] = m.ssns;
      m.ssns = [ssns!, { ...ssns!, index: 2 }];
    });
    const [, second] = planConnectAll(named(bytes)).tables[0]!.steps;
    expect(second!.notes.map(({ rule }) => rule)).toContain("S030");
  });

  it("says that a rejected table is", () => {
    const [plan] = planConnectAll(named(patched(plain(), { 9: [0] }))).tables;
    expect(plan).toMatchObject({ rejection: { rule: "H002" }, steps: [] });
  });
});
