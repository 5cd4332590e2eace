import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runCli } from "../helpers/cli.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-plans-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const put = (name: string, text: string) => {
  const path = join(scratch, name);
  writeFileSync(path, text);
  return path;
};

const attempt = { macAddress: "default", hostIp: "default", targetIp: "default", subsystemNQN: "default" };
const bridge = (net: number) => ({
  hypervisorIp: `10.${net}.0.1`,
  targetVmIp: `10.${net}.0.20/24`,
  hostVmIp: `10.${net}.0.30`,
});
const plan = put(
  "tests.json",
  JSON.stringify({
    environments: [
      {
        name: "Lab",
        network: {
          br0: { hypervisorIp: "dhcp", targetVmIp: "dhcp" },
          br1: { ...bridge(1), subnetMask: 16 },
          br2: { ...bridge(2), subnetMask: "255.255.255.0" },
        },
        tests: [
          { name: "One path", bootAttempts: [attempt] },
          {
            name: "Two paths",
            "host-uuid": "11111111-2222-4333-8444-555555555555",
            bootAttempts: [attempt, { ...attempt, port: 4421, timeout: 500, subnetMask: "default" }],
          },
          { name: "DHCP", bootAttempts: [{ ...attempt, hostIp: "dhcp" }] },
          {
            bootAttempts: [{ ...attempt, macAddress: "02:00:00:00:00:01", hostIp: "192.0.2.2", targetIp: "192.0.2.3" }],
          },
        ],
      },
    ],
  }),
);

describe("rh-linux-poc's tests.json", () => {
  it("is a source of one table for each test", async () => {
    const { out, err, code } = await runCli(["plan", "-o", "json", plan]);
    expect(code).toBe(2);
    for (const name of ["One path", "Two paths", "environments[0].tests[3]"]) expect(out).toContain(`${plan}:${name}`);
    expect(err).toContain(`${plan}:DHCP: interfaces[0].lease.address: is missing`);
    expect(err).toContain(`nbft attempt convert -o boot "${plan}:DHCP" -w boot.yaml`);
  });

  it("gives the Config that its own orchestrator writes", async () => {
    const { out } = await runCli(["attempt", "convert", `${plan}:Two paths`, "-o", "config"]);
    const lines = out.split("\n");
    // Made by hand after orchestrator/eficonfig.py: default addresses are the network's, the second mask is 24 bits by "default".
    expect(
      lines.filter(
        (line) => !/^(Enabled|IpMode|HostName|Gateway|DnsMode|AttemptName|InitiatorInfoFromDhcp):/.test(line),
      ),
    ).toEqual([
      "HostNqn:nqn.2014-08.org.nvmexpress:uuid:11111111-2222-4333-8444-555555555555",
      "HostId:11111111-2222-4333-8444-555555555555",
      "$Start",
      "MacString:EA:EB:D3:58:89:58",
      "TargetPort:4420",
      "LocalIp:10.1.0.30",
      "SubnetMask:255.255.0.0",
      "TargetIp:10.1.0.20",
      "NQN:nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db",
      "ConnectTimeout:3000",
      "ConnectRetryCount:10",
      "$End",
      "$Start",
      "MacString:EA:EB:D3:59:89:59",
      "TargetPort:4421",
      "LocalIp:10.2.0.30",
      "SubnetMask:255.255.255.0",
      "TargetIp:10.2.0.20",
      "NQN:nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db",
      "ConnectTimeout:500",
      "ConnectRetryCount:10",
      "$End",
      "",
    ]);
  });

  it.each([
    ["qemu", []],
    ["target", ["--device", "1=/dev/vdb"]],
    ["encode", ["-w", join(scratch, "t")]],
  ])("has to name one test for nbft %s", async (command, words) => {
    const { code, err } = await runCli([command, plan, ...words]);
    expect(code).toBe(2);
    expect(err).toContain(`4 boots, one is needed: "${plan}:One path", "${plan}:Two paths"`);
    expect((await runCli([command, `${plan}:One path`, ...words])).code).toBe(0);
  });

  it("is predicted as the Config of a test is", async () => {
    const config = join(scratch, "One.config");
    await runCli(["attempt", "convert", `${plan}:One path`, "-o", "config", "-w", config]);
    const made = await runCli(["predict", `${plan}:One path`, "-w", "-"]);
    expect(Buffer.from(made.bytes.subarray(0, 4)).toString()).toBe("NBFT");
    expect(made.bytes).toEqual((await runCli(["predict", config, "-w", "-"])).bytes);
    expect((await runCli(["predict", plan])).err).toContain("4 boots, one is needed");
  });

  it("has no other test than it says", async () => {
    expect((await runCli(["plan", `${plan}:Three paths`])).err).toContain(
      `no test of that name: there are "${plan}:One path"`,
    );
  });
});

describe("a Config of rh-linux-poc", () => {
  const config = readFileSync("test/vectors/firmware/single-static/Config", "utf8");
  const lab = (path: string) => runCli(["lab", "run", path]);

  it("asks for what a template leaves open, by name", async () => {
    const template = config
      .replace(/^HostNqn:.*/m, "HostNqn:HOSTNQN")
      .replace(/^LocalIp:.*/m, "LocalIp:HOST_IP2")
      .replace(/^NQN:.*/m, "NQN:SUBNQN");
    for (const command of ["plan", "qemu", "init"])
      expect((await runCli([command, put("config.in", template)])).err).toMatch(
        /config\.in: a template: HOSTNQN, HOST_IP2, SUBNQN stand for values/,
      );
  });

  it("asks for the subsystem that a run has to serve, where only discovery names it", async () => {
    const discovery = put("discovery", config.replace(/^NQN:.*/m, "NQN:nqn.2014-08.org.nvmexpress.discovery"));
    expect(await lab(discovery)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/targets: is missing: .*nbft attempt convert -o boot .*discovery -w boot\.yaml/),
    });
  });

  it("asks for the lease where DHCP gives the address", async () => {
    const dhcp = put("dhcp", config.replace(/^LocalIp:.*/m, "InitiatorInfoFromDhcp:TRUE"));
    expect(await lab(dhcp)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/interfaces\[0\]\.lease\.address: is missing.*; nbft attempt convert/),
    });
  });
});
