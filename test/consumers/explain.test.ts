import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { explainTables } from "../../src/consumers/explain.ts";
import { allModels, findConsumers, stackModels } from "../../src/consumers/models.ts";
import { planConnectAll } from "../../src/consumers/nvme-cli/connect-all.ts";
import { mutated, patched } from "../helpers/tables.ts";
import { allTables, table } from "../helpers/vectors.ts";
import { named, plain } from "./made-tables.ts";

/** One release of each kind that behaves differently, and wicked and nvme-stas. */
const releases = [
  "nvme-cli@2.13",
  "nvme-cli@3.0-rc1",
  "nvme-cli@3.1",
  "nvme-discoverd@3.1",
  "nvme-stas@2.4",
  "dracut@106",
  "networkmanager@1.52",
  "networkmanager@1.58",
  "wicked@0.6",
];
const models = releases.flatMap((name) => findConsumers(name));
const explain = (bytes: Uint8Array) => explainTables(named(bytes), models);
const rowOf = (bytes: Uint8Array, path: string) => explain(bytes).tables[0]!.rows.find((row) => row.path === path)!;
const cells = (bytes: Uint8Array, path: string) =>
  Object.fromEntries(Object.entries(rowOf(bytes, path).verdicts).map(([id, { does }]) => [id, does]));

describe("every model", () => {
  it.each([...allModels(), ...stackModels()].map((model) => [model.id, model] as const))(
    "%s states its source with a date, and its limits",
    (_, model) => {
      expect(model.source).toMatch(/: (run|recorded|read|assumed) 20\d\d-\d\d-\d\d: \S/);
      expect(model.notCovered.length).toBeGreaterThan(0);
      expect(model.remarks.join()).not.toContain("is not known: predicted");
    },
  );

  it("takes any table", () => {
    const bases = allTables.filter(({ bytes }) => bytes.length < 5000).map(({ bytes }) => bytes);
    const all = [...allModels(), ...stackModels()];
    fc.assert(
      fc.property(mutated(bases), mutated(bases), (one, two) => void explainTables(named(one, two), all)),
      { numRuns: 60 },
    );
  });

  it("predicts the same alone as after all the others, which share what they do alike", () => {
    const bases = allTables.filter(({ bytes }) => bytes.length < 5000).map(({ bytes }) => bytes);
    const all = [...allModels(), ...stackModels()];
    fc.assert(
      fc.property(mutated(bases), fc.constantFrom(...bases), (one, two) => {
        const tables = named(one, two);
        const together = all.map((model) => model.predict(tables));
        const alone = all.map((model) => model.predict(named(Uint8Array.from(one), Uint8Array.from(two))));
        expect(together).toEqual(alone);
      }),
      { numRuns: 60 },
    );
  });
});

describe("names of consumers", () => {
  it.each([
    ["nvme-cli@2.13", ["nvme-cli@2.13"]],
    ["nvme-cli@3.0-rc1", ["nvme-cli@3.0-rc1"]],
    ["nvme-cli@3", ["nvme-cli@3"]],
    ["nvme-cli@2.16", ["nvme-cli@2.16"]],
    ["libnvme@1.13", ["nvme-cli@2.13"]],
    ["NM@1.52", ["networkmanager@1.52"]],
    ["dracut@106", ["dracut@106"]],
    ["dracut@107", ["dracut@107"]],
    ["wicked", ["wicked@0.6.74", "wicked@0.6.80"]],
    ["stafd@2.4", ["nvme-stas@2.4"]],
    ["discoverd@3.1", ["nvme-discoverd@3.1"]],
    ["nvme-cli@9", ["nvme-cli@9"]],
    ["systemd", []],
    ["nvme-cli@latest", []],
  ])("%s", (wanted, ids) => {
    expect(findConsumers(wanted).map(({ id }) => id)).toEqual(ids);
  });

  it("mean every release that is known where none is named", () => {
    expect(findConsumers("nvme-cli").map(({ id }) => id)).toEqual([
      "nvme-cli@2.4",
      "nvme-cli@2.7",
      "nvme-cli@2.8",
      "nvme-cli@2.9",
      "nvme-cli@2.16",
      "nvme-cli@2.17-dev",
      "nvme-cli@3.0-rc1",
      "nvme-cli@3.0",
      "nvme-cli@3.1",
      "nvme-cli@3.2-dev",
    ]);
  });

  it("say what was taken for a release outside the table, and beside a release that was named alone", () => {
    const remarks = (wanted: string) => findConsumers(wanted).flatMap((model) => model.remarks);
    expect(remarks("nvme-cli@9")).toEqual([
      "nvme-cli 9 is not known: predicted as 3.2-dev, the nearest; the newest release known is 3.1 (released 2026-09-18)",
    ]);
    expect(remarks("dracut@107")).toEqual([
      "dracut 107 is taken with nvme-cli 2.13, which debian-13 has; --stack names others",
    ]);
    expect(remarks("dracut@110")[0]).toContain("no distribution with dracut 110 is known");
    // What dracut would do is asked: one that reads NBFTs stands beside an nvme-cli that does.
    for (const release of ["060", "104", "105"])
      expect(remarks(`dracut@${release}`)).toEqual([
        `dracut ${release} is taken with nvme-cli 2.13, which debian-13 has: no distribution with dracut ${release} is known; --stack names others`,
      ]);
    expect(remarks("dracut@057")).toEqual([]);
    expect(remarks("nvme-cli@2.14")).toEqual([]);
  });
});

test("a release without NBFTs says so in every row", () => {
  const { tables } = explainTables(named(plain()), findConsumers("nvme-cli@2.3"));
  const verdicts = tables[0]!.rows.flatMap(({ verdicts: all }) => Object.values(all));
  expect(new Set(verdicts.map(({ detail }) => detail))).toEqual(new Set(["nvme-cli 2.3 cannot read an NBFT"]));
});

test("an IP origin of DHCP without DHCPO divides dracut and NetworkManager", () => {
  const bytes = plain((model) => Object.assign(model.hfi[0]!.transportInfo!, { ipOrigin: "dhcp" }));
  const { disagreement } = rowOf(bytes, "hfi[0]");
  const groups = disagreement!.groups.map(({ detail, consumers }) => [detail, consumers]);
  expect(groups).toEqual([
    ["static 192.0.2.10/24", ["dracut@106", "networkmanager@1.52", "wicked@0.6"]],
    ["DHCP", ["networkmanager@1.58"]],
  ]);
  const why = disagreement!.groups.flatMap(({ because }) => because.map(({ message }) => message)).join("\n");
  expect(why).toContain("static because DHCPO is clear");
  expect(why).toContain("DHCP because the IP origin is DHCP, although DHCPO is clear");
});

test("a plain table of revision 1.0 leaves only the host's name and the time after the boot to disagree about", () => {
  const { rows } = explain(plain((model) => Object.assign(model, { discovery: [], security: [] }))).tables[0]!;
  expect(rows.filter(({ disagreement }) => disagreement).map(({ path }) => path)).toEqual(["host", "after"]);
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
      "nvme-cli@3.1": "2 paths",
      "nvme-discoverd@3.1": "1 path",
      "nvme-stas@2.4": "ignored",
    });
  });

  it("with a security profile is connected by those that do not look at it", () => {
    const bytes = plain((model) => Object.assign(model.ssns[0]!, { securityIndex: 1 }));
    expect(cells(bytes, "ssns[0]")).toMatchObject({
      "nvme-cli@2.13": "1 path",
      "nvme-cli@3.0-rc1": "skipped",
      "nvme-discoverd@3.1": "1 path",
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
    const old = explain(bytes).consumers.find(({ id }) => id === "nvme-cli@2.13");
    expect(old?.notes.map(({ message }) => message).join()).toContain("nvme nbft show crashes with SIGSEGV");
  });
});

describe("discovery", () => {
  it("is skipped by nvme-cli where an SSNS was learned from it", () => {
    const bytes = plain((model) => Object.assign(model.ssns[0]!, { discoveryIndex: 1 }));
    expect(cells(bytes, "discovery[0]")).toMatchObject({
      "nvme-cli@3.0-rc1": "skipped",
      "nvme-discoverd@3.1": "asked",
      "nvme-stas@2.4": "asked",
    });
  });

  it("without NQN is used by nvme-cli 3, skipped by nvme-discoverd and dropped by libnvme 1.x", () => {
    const bytes = plain((model) => delete model.discovery[0]!.nqn);
    expect(cells(bytes, "discovery[0]")).toEqual({
      "nvme-cli@2.13": "dropped",
      "nvme-cli@3.0-rc1": "asked",
      "nvme-cli@3.1": "asked",
      "nvme-discoverd@3.1": "skipped",
      "nvme-stas@2.4": "dropped",
    });
  });

  it("at an IPv6 address is lost by nvme-discoverd", () => {
    const bytes = plain((model) => Object.assign(model.discovery[0]!, { uri: "nvme+tcp://[2001:db8::1]:8009/" }));
    expect(cells(bytes, "discovery[0]")).toMatchObject({
      "nvme-discoverd@3.1": "skipped",
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
  const stas = explain(bytes).consumers.find(({ id }) => id === "nvme-stas@2.4");
  expect(stas?.notes.map(({ message }) => message).join()).toContain("HFI index 5 in a list of 1");
});

test("bytes that are not an NBFT are nobody's", () => {
  const [first] = explainTables([{ path: "x", bytes: new Uint8Array(200) }], models).tables;
  expect(first).toMatchObject({ error: expect.stringContaining("signature"), rows: [] });
});

describe("waiting", () => {
  const waitingOf = (bytes: Uint8Array, id: string) =>
    explain(bytes).consumers.find((consumer) => consumer.id === id)?.waiting;

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
  const steps = (bytes: Uint8Array, release = "3.0-rc1") =>
    planConnectAll(named(bytes), { hostNqn: "nqn.h", hostId: "id" }, release).tables[0]!.steps.map(
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
    expect(steps(bytes, "2.13")).toEqual(old);
  });

  it("names what is tried twice", () => {
    const bytes = plain((m) => {
      const [ssns] = m.ssns;
      m.ssns = [ssns!, { ...ssns!, index: 2 }];
    });
    const [, second] = planConnectAll(named(bytes)).tables[0]!.steps;
    expect(second!.notes.map(({ rule }) => rule)).toContain("S030");
  });

  it("takes paths from one address for two where they are bound to two interfaces", () => {
    const bytes = plain((m) => {
      const [hfi] = m.hfi;
      const other = structuredClone(hfi!);
      other.index = 2;
      other.transportInfo!.mac = "52:54:00:00:00:99";
      m.hfi.push(other);
      m.ssns.push({ ...m.ssns[0]!, index: 2, primaryHfi: 2, secondaryHfis: [2] });
    });
    const twins = (release: string) =>
      planConnectAll(named(bytes), {}, release).tables[0]!.steps.filter(({ notes }) =>
        notes.some(({ rule }) => rule === "S030"),
      );
    expect(twins("2.16").map(({ path }) => path)).toEqual(["ssns[1]"]);
    expect(twins("3.1")).toEqual([]);
    const sameCard = plain((m) => {
      m.ssns.push({ ...m.ssns[0]!, index: 2 });
    });
    expect(planConnectAll(named(sameCard), {}, "3.1").tables[0]!.steps[1]!.notes).toMatchObject([{ rule: "S030" }]);
  });

  it("counts the path of a scheme in upper case as one that some releases do not try", () => {
    const bytes = plain((m) => {
      m.ssns = [];
      m.discovery[0]!.uri = "NVME+TCP://192.0.2.30:8009/";
    });
    const paths = (release: string) => planConnectAll(named(bytes), {}, release).tables[0]!.paths?.text;
    expect(paths("2.16")).toBe("1 of 1 paths can work; 1 of these is not tried");
    expect(paths("3.1")).toBe("1 of 1 paths can work");
  });

  it("sees which interfaces paths through several HFIs take, by the release", () => {
    const bytes = plain((m) => {
      const other = structuredClone(m.hfi[0]!);
      other.index = 2;
      Object.assign(other.transportInfo!, { mac: "52:54:00:00:00:99", ipAddress: "198.51.100.10" });
      m.hfi.push(other);
      m.ssns = [m.ssns[0]!, { ...m.ssns[0]!, index: 2, traddr: "198.51.100.20", primaryHfi: 2, secondaryHfis: [2] }];
    });
    const details = (path: string) => {
      const both = findConsumers("nvme-cli@2.16").concat(findConsumers("nvme-cli@3.1"));
      const row = explainTables(named(bytes), both).tables[0]!.rows.find((each) => each.path === path);
      return row?.disagreement?.groups.map(({ detail }) => detail);
    };
    expect(details("ssns[0]")).toEqual([
      "1 path: HFI 1 (routed by the system's table)",
      "1 path: HFI 1 (bound to nbft0)",
    ]);
    expect(details("ssns[1]")).toEqual([
      "1 path: HFI 2 (routed by the system's table)",
      "1 path: HFI 2 (bound to nbft1)",
    ]);
  });

  it("says that a path of a VLAN is not bound to its interface", () => {
    const bytes = plain((m) => Object.assign(m.hfi[0]!.transportInfo!, { vlan: 7 }));
    const notes = (release: string) =>
      planConnectAll(named(bytes), {}, release).tables[0]!.steps.map(({ notes: all }) =>
        all.map(({ message }) => message).filter((message) => message.includes("VLAN 7")),
      );
    const unbound = ["not bound to an interface: nvme-cli does not find that of VLAN 7"];
    expect(notes("3.1")).toEqual([unbound, unbound]);
    expect(notes("2.16")).toEqual([[], []]);
  });

  it.each([
    ["nvme+tcp://192.0.2.30:0/", false, "used anyway: port 0 is none, expected 1 to 65535"],
    ["nvme+tcp://[fe80::1%eth0]:8009/", true, "used anyway: what is in brackets is not an IPv6 address"],
  ])("says of the URI %s why it is tried, or must fail", (uri, hopeless, message) => {
    const bytes = plain((m) => Object.assign(m.discovery[0]!, { uri }));
    for (const release of ["2.16", "3.1"]) {
      const step = planConnectAll(named(bytes), {}, release).tables[0]!.steps[1]!;
      expect(step).toMatchObject({ action: "connect", hopeless });
      expect(step.notes.map((note) => note.message)).toContain(message);
    }
  });

  it("loses the interface that a URI names after %25", () => {
    const bytes = plain((m) => Object.assign(m.discovery[0]!, { uri: "nvme+tcp://[fe80::1%25eth0]:8009/" }));
    const step = (release: string) => planConnectAll(named(bytes), {}, release).tables[0]!.steps[1]!;
    const messages = (release: string) => step(release).notes.map(({ message }) => message);
    // 2.13 and 2.16 write nothing, 3.1 writes the address as it is: run.
    expect(step("2.16")).toMatchObject({ action: "fail", hopeless: true });
    expect(messages("2.16")).toContain("fe80::1%25eth0 is not resolved: no interface has the name after its %");
    expect(step("3.1")).toMatchObject({ action: "connect", hopeless: true, connection: { traddr: "fe80::1%25eth0" } });
    expect(messages("3.1")).toContain(
      "%25eth0 is passed to the kernel as it is in the URI: no interface has that name (EINVAL)",
    );
  });

  it("says that a rejected table is", () => {
    const { tables } = explainTables(named(patched(plain(), { 9: [0] })), stackModels());
    expect(tables[0]!.paths).toMatchObject({ open: 0, text: "0 of 2 paths can work: the table is rejected" });
    const [plan] = planConnectAll(named(patched(plain(), { 9: [0] }))).tables;
    expect(plan).toMatchObject({ rejection: { rule: "H002" }, steps: [] });
  });
});
