import { describe, expect, it } from "vitest";
import { findRelease } from "../../src/consumers/behaviours/index.ts";
import { explainTables } from "../../src/consumers/explain.ts";
import { findConsumers, modelOf } from "../../src/consumers/models.ts";
import { planConnectAll } from "../../src/consumers/nvme-cli/connect-all.ts";
import { waitingFor } from "../../src/consumers/nvme-cli/connect-models.ts";
import { withDefaults } from "../../src/document/defaults.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { connectPlanJson, formatCommands, formatConnectPlan } from "../../src/output/connect-plan.ts";
import { plain as unpainted } from "../../src/output/paint.ts";

const nic = (ipAddress: string, more: object = {}) => ({
  transportInfo: { pciSbdf: "0000:00:04.0", mac: `02:5e:10:00:00:0${ipAddress.length % 10}`, ipAddress, ...more },
});
const ssns = (traddr: string, more: object = {}) => ({ traddr, subsystemNqn: "nqn.2014-08.org.example:s", ...more });

function tablesOf(document: object) {
  const host = { hostNqn: "nqn.2014-08.org.example:host" };
  return [{ path: "NBFT", bytes: encodeNbft(withDefaults({ host, ...document })) }];
}

function planOf(document: object, release: string) {
  return planConnectAll(tablesOf(document), {}, release);
}

/** What a plan says of each step: whether it can succeed, and why not. */
function stepsOf(document: object, release: string): string[] {
  return planOf(document, release).tables[0]!.steps.map(
    ({ hopeless, reach, notes }) => `${hopeless ? "hopeless" : "open"} ${reach?.how}: ${notes[0]?.message ?? ""}`,
  );
}

const offLink = { hfi: [nic("10.0.0.5")], ssns: [ssns("10.9.9.9")] };

it.each(["assumed", "none"] as const)(
  "binds a path of an HFI without a MAC address to lo, with interfaces %s",
  (interfaces) => {
    const zero = nic("10.0.0.5", { mac: "00:00:00:00:00:00" });
    const faceOf = (release: string, vlan: number) => {
      const tables = tablesOf({ hfi: [{ transportInfo: { ...zero.transportInfo, vlan } }], ssns: [ssns("10.0.0.9")] });
      return planConnectAll(tables, {}, release, { interfaces }).tables[0]!.steps[0]!.connection!.hostIface;
    };
    expect([faceOf("2.16", 0), faceOf("3.1", 0), faceOf("3.1", 7)]).toEqual([undefined, "lo", undefined]);
  },
);

describe("a link-local target of an HFI with another address", () => {
  const v6 = nic("2001:db8::5", { subnetMaskPrefix: 64 });
  const discovery = [{ uri: "nvme+tcp://[fe80::9]:8009/", hfiIndex: 1 }];
  const local = { hfi: [v6], ssns: [ssns("fe80::9")], discovery };
  const refused =
    "hopeless on-link: the address of the target is link-local and comes without its interface: the kernel refuses it (EINVAL)";
  const tried =
    "open on-link: the address of the target is link-local: Linux asks for it on nbft0, which the connection is bound to; whether it answers there is not known";

  it.each(["2.10", "2.16"])("is refused from nvme-cli %s, which binds to no interface", (release) => {
    expect(stepsOf(local, release)).toEqual([refused, refused]);
    expect(planOf(local, release).tables[0]!.paths).toMatchObject({ text: "0 of 2 paths can work", open: 0 });
    expect(waitingFor(planOf(local, release))).toMatchObject({ attempts: 2, hopeless: 2, silent: 0 });
  });

  it.each(["3.0-rc1", "3.0", "3.1", "3.2-dev"])(
    "is tried from nvme-cli %s, which binds to the interface",
    (release) => {
      expect(stepsOf(local, release)).toEqual([tried, tried]);
      const text = "2 of 2 paths can work; 2 of these only when bound to the interface";
      expect(planOf(local, release).tables[0]!.paths).toMatchObject({ text, open: 2, closed: [], untried: 0 });
      expect(waitingFor(planOf(local, release))).toMatchObject({ attempts: 2, hopeless: 0, silent: 6 });
    },
  );

  it("is what releases disagree about", () => {
    const { tables } = explainTables(
      tablesOf(local),
      findConsumers("nvme-cli@2.16").concat(findConsumers("nvme-cli@3.1")),
    );
    const groups = (path: string) =>
      tables[0]!.rows.find((row) => row.path === path)!.disagreement?.groups.map(({ detail }) => detail);
    expect(groups("ssns[0]")).toEqual(["1 path: HFI 1, must fail", "1 path: HFI 1"]);
    expect(groups("discovery[0]")).toEqual([
      "asked for its log page through HFI 1, must fail",
      "asked for its log page through HFI 1",
    ]);
  });

  it("is refused from nvme-cli 3.1 where that finds no interface", () => {
    const vlan = { ...local, hfi: [nic("2001:db8::5", { subnetMaskPrefix: 64, vlan: 7 })] };
    expect(stepsOf(vlan, "3.1")).toEqual([refused, refused]);
    const { steps, paths } = planConnectAll(tablesOf(local), {}, "3.1", { interfaces: "none" }).tables[0]!;
    expect(steps.map(({ hopeless }) => hopeless)).toEqual([true, true]);
    expect(paths).toMatchObject({ text: "0 of 2 paths can work", open: 0 });
  });

  it("is refused from nvme-cli 3.1 where the host's address is link-local too, which is bound first", () => {
    expect(stepsOf({ ...local, hfi: [nic("fe80::5", { subnetMaskPrefix: 64 })] }, "3.1")).toEqual(
      Array(2).fill(
        "hopeless on-link: the address of the host is link-local and comes without its interface: the kernel refuses it (EINVAL), before it binds to nbft0",
      ),
    );
  });

  it("is refused from an IPv4 address by all of them", () => {
    for (const release of ["2.16", "3.1"])
      expect(stepsOf({ ...local, hfi: [nic("192.0.2.5")] }, release).every((step) => step.startsWith("hopeless"))).toBe(
        true,
      );
  });

  it("divides the releases in explain", () => {
    const models = ["2.16", "3.1"].map((release) => modelOf(findRelease("nvme-cli", release)!));
    const [row] = explainTables(tablesOf(local), models).tables[0]!.rows.filter(({ kind }) => kind === "ssns");
    expect(Object.values(row!.verdicts).map(({ does }) => does)).toEqual(["1 path, must fail", "1 path"]);
  });
});

describe("a target in no network of a static HFI, without a gateway", () => {
  it("fails at once where the routing table decides", () => {
    expect(stepsOf(offLink, "2.16")).toEqual([
      "hopeless none: 10.9.9.9 is not in 10.0.0.0/24, and there is no gateway: Linux finds no route (ENETUNREACH)",
    ]);
    expect(waitingFor(planOf(offLink, "2.16"))).toMatchObject({
      attempts: 1,
      hopeless: 1,
      silent: 0,
      hung: 0,
      mute: 0,
    });
  });

  it("is looked for on the link where the path is bound to the interface", () => {
    expect(stepsOf(offLink, "3.1")).toEqual([
      "hopeless none: 10.9.9.9 is not in 10.0.0.0/24, and there is no gateway; bound to nbft0, Linux treats the target as on-link, and gives up after 3 s if it is not",
    ]);
    expect(waitingFor(planOf(offLink, "3.1"))).toMatchObject({ attempts: 1, hopeless: 1, silent: 3, hung: 3, mute: 3 });
  });

  it("fails at once in IPv6, bound or not", () => {
    const v6 = { hfi: [nic("2001:db8::5", { subnetMaskPrefix: 64 })], ssns: [ssns("2001:db8:9::9")] };
    for (const release of ["2.16", "3.1"]) {
      expect(stepsOf(v6, release)[0]).toContain("Linux finds no route (ENETUNREACH)");
      expect(waitingFor(planOf(v6, release))).toMatchObject({ hopeless: 1, silent: 0 });
    }
  });

  it("is named by its lack of a route, with the number of paths that can work in front", () => {
    const plan = planOf(offLink, "2.16");
    const text = formatConnectPlan(plan, waitingFor(plan), unpainted);
    expect(text).toContain("  0 of 1 paths can work\n    SSNS 1 through HFI 1: 10.9.9.9 is not in 10.0.0.0/24");
    expect(text).toContain("SSNS 1 through HFI 1 no route\n");
    expect(text).toMatch(/worst case, 1 attempt: it fails at once\n$/);
    expect(formatCommands(plan)).toContain("# ssns[0]: no route: 10.9.9.9 is not in");
    expect(connectPlanJson(plan, waitingFor(plan))).toMatchObject({
      tables: [{ paths: { text: "0 of 1 paths can work", count: 1, open: 0 }, steps: [{ reach: { how: "none" } }] }],
    });
  });

  it.each([["nvme-cli", "2.16"] as const, ["nvme-cli", "3.1"] as const, ["nvme-discoverd", "3.1"] as const])(
    "is not a route for %s %s in explain",
    (program, release) => {
      const { tables, consumers } = explainTables(tablesOf(offLink), [modelOf(findRelease(program, release)!)]);
      const row = tables[0]!.rows.find(({ path }) => path === "ssns[0]")!;
      expect(row.verdicts[consumers[0]!.id]?.does).toBe("1 path, no route");
      expect(tables[0]!.paths?.text).toBe("0 of 1 paths can work");
    },
  );
});

describe("a target in the network of another HFI than its own", () => {
  const wrongHfi = { hfi: [nic("10.0.0.5"), nic("10.0.1.51")], ssns: [ssns("10.0.1.9")] };

  it("may be reached where the routing table decides", () => {
    expect(stepsOf(wrongHfi, "2.16")).toEqual([
      "open none: 10.0.1.9 is not in 10.0.0.0/24, and there is no gateway: the routing table, not the HFI, decides, and HFI 2 may have a route; the source address stays that of HFI 1",
    ]);
  });

  it("is not reached where the path is bound to the HFI's interface", () => {
    expect(stepsOf(wrongHfi, "3.1")[0]).toMatch(/^hopeless none: .*bound to nbft0/);
  });

  it("is reached through the gateway of any of them", () => {
    const routed = { hfi: [nic("10.0.0.5"), nic("10.0.1.51", { gateway: "10.0.1.1" })], ssns: [ssns("10.9.9.9")] };
    expect(stepsOf(routed, "2.16")[0]).toMatch(/^open none: .*HFI 2 may have a route/);
  });
});

it.each([
  ["the host's own address", ssns("10.0.0.5"), "10.0.0.5 is the interface's own address: nothing listens there"],
  ["a multicast address", ssns("224.0.0.9"), "224.0.0.9 is a multicast address"],
  ["the network's broadcast address", ssns("10.0.0.255"), "10.0.0.255 is the broadcast address of 10.0.0.0/24"],
])("a target at %s must fail", (_, record, why) => {
  expect(stepsOf({ hfi: [nic("10.0.0.5")], ssns: [record] }, "2.16")[0]).toContain(`hopeless none: ${why}`);
});

it("what DHCP may bring a route to is tried", () => {
  const dhcp = { ...offLink, hfi: [nic("10.0.0.5", { flags: { dhcpOverride: true }, dhcpServer: "10.0.0.1" })] };
  expect(stepsOf(dhcp, "3.1")[0]).toMatch(/^open unknown: /);
});

it("paths that cannot work do not add to the time of those that can", () => {
  const both = { hfi: [nic("10.0.0.5")], ssns: [ssns("10.0.0.9"), ssns("10.9.9.9")] };
  const plan = planOf(both, "2.16");
  expect(waitingFor(plan)).toMatchObject({ attempts: 2, hopeless: 1, silent: 3, hung: 10, mute: 60 });
  expect(formatConnectPlan(plan, waitingFor(plan), unpainted)).toContain(
    "worst case, 2 attempts one after the other, 1 of them cannot succeed: 3 s when no target answers",
  );
});

it("paths that can work and are left out are counted", () => {
  const security = [{ flags: { inBandAuthentication: "required" } }];
  const secured = {
    hfi: [nic("10.0.0.5")],
    security,
    ssns: [ssns("10.0.0.9", { securityIndex: 1, flags: { useSecurity: true } }), ssns("10.0.0.8")],
  };
  expect(planOf(secured, "3.1").tables[0]!.paths).toMatchObject({
    text: "2 of 2 paths can work; 1 of these is not tried",
    untried: 1,
  });
  expect(planOf(secured, "2.16").tables[0]!.paths).toMatchObject({ text: "2 of 2 paths can work", untried: 0 });
});
