import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseBootDescription } from "../../src/boot/parse.ts";
import { bootPresets } from "../../src/boot/presets.ts";
import { runCli } from "../helpers/cli.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-init-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const hfi = "ea:eb:d3:58:89:58,192.168.101.30/24";
const subsystem = "tcp://192.168.101.20:4420/nqn.2014-08.org.example:storage";
const hostid = "f8131bac-cdef-4165-866b-5998c1e67890";

/** The description that a command line writes. */
async function made(...argv: string[]) {
  const { out, err, code } = await runCli(["init", ...argv]);
  expect([err, code]).toEqual(["", 0]);
  return parseBootDescription(out);
}

describe("from options", () => {
  it("interface, subsystem, namespace, host", async () => {
    const boot = await made(
      "--hfi",
      hfi,
      "--subsystem",
      subsystem,
      "--namespace",
      "1,bee9c2b7-1761-44b5-a4e6-0f690498a94b",
      "--hostid",
      hostid,
      "--hostname",
      "host-vm",
    );
    expect(boot).toMatchObject({
      host: { nqn: `nqn.2014-08.org.nvmexpress:uuid:${hostid}`, id: hostid, name: "host-vm" },
      interfaces: [{ mac: "ea:eb:d3:58:89:58", address: "192.168.101.30", prefixLength: 24, hostName: "host-vm" }],
      targets: [
        {
          nqn: "nqn.2014-08.org.example:storage",
          portals: [{ traddr: "192.168.101.20", trsvcid: 4420 }],
          namespaces: [{ nsid: 1, uuid: "bee9c2b7-1761-44b5-a4e6-0f690498a94b" }],
        },
      ],
      attempts: [{ via: "direct", interface: "nic0" }],
    });
  });

  it("everything that --hfi takes", async () => {
    const { interfaces } = await made(
      ...[
        "--hfi",
        `${hfi},192.168.101.1,vlan=7,pci=2:0.0,name=left,dns=192.168.101.53+192.168.101.54,metric=77,hostname=a`,
      ],
      ...["--hfi", "ea:eb:d3:59:89:59,dhcp,192.168.110.1,server=192.168.110.2"],
      ...["--hfi", "ea:eb:d3:60:90:60,auto"],
    );
    expect(interfaces).toMatchObject([
      {
        name: "left",
        vlan: 7,
        pci: "0000:02:00.0",
        gateway: "192.168.101.1",
        dns: ["192.168.101.53", "192.168.101.54"],
        routeMetric: 77,
        hostName: "a",
      },
      { origin: "dhcp", gateway: "192.168.110.1", dhcpServer: "192.168.110.2" },
      { origin: "auto", address: "fe80::e8eb:d3ff:fe60:9060" },
    ]);
  });

  it("the same NQN again is another portal; IPv6 in brackets; NGUID and EUI-64", async () => {
    const { targets } = await made(
      ...["--hfi", hfi, "--hfi", "ea:eb:d3:59:89:59,fd00::30/64", "--subsystem", subsystem],
      ...["--subsystem", "tcp://[fd00::20]:4421/nqn.2014-08.org.example:storage"],
      ...[
        "--namespace",
        "ace42e00-1510-2fce-2ee4-ac0000000001",
        "--namespace",
        "7,acde48234567abcd",
        "--namespace",
        "9",
      ],
    );
    expect(targets).toHaveLength(1);
    expect(targets[0]!.portals.map(({ traddr, trsvcid, interfaces }) => [traddr, trsvcid, interfaces])).toEqual([
      ["192.168.101.20", 4420, ["nic0"]],
      ["fd00::20", 4421, ["nic1"]],
    ]);
    expect(targets[0]!.namespaces).toMatchObject([
      { nsid: 1, uuid: "ace42e00-1510-2fce-2ee4-ac0000000001" },
      { nsid: 7, eui64: "acde48234567abcd" },
      { nsid: 9 },
    ]);
  });

  it("an address with a leading zero is refused, with what to write", async () => {
    const [portal, right] = ["tcp://192.168.101.020:4420/nqn.a", "tcp://192.168.101.20:4420/nqn.a"];
    const { code, err } = await runCli(["init", "--hfi", hfi, "--subsystem", portal]);
    expect([code, err.slice(err.lastIndexOf("; "))]).toEqual([2, `; write ${right}\n`]);
  });

  it("discovery: with a subsystem its controller, without one an attempt", async () => {
    const both = await made("--hfi", hfi, "--subsystem", subsystem, "--discovery", "tcp://192.168.101.5");
    expect(both.targets[0]!.discovery).toMatchObject({ portals: [{ traddr: "192.168.101.5", trsvcid: 8009 }] });
    const alone = await made("--hfi", hfi, "--discovery", "tcp://192.168.101.5:8010/nqn.2020-01.org.example:dc");
    expect(alone.attempts).toMatchObject([
      { via: "discovery", traddr: "192.168.101.5", trsvcid: 8010, nqn: "nqn.2020-01.org.example:dc" },
    ]);
  });

  it("a host NQN of one's own, with an id where it has no UUID", async () => {
    const { host } = await made("--hfi", hfi, "--hostnqn", "nqn.2014-08.org.example:me", "--hostid", hostid);
    expect(host).toMatchObject({ nqn: "nqn.2014-08.org.example:me", id: hostid });
  });

  it("without a host, an NQN is made, and the file says so", async () => {
    const [first, second] = [await runCli(["init", "--hfi", hfi]), await runCli(["init", "--hfi", hfi])];
    expect(first.out).toContain("The host NQN was made for this file.");
    expect(first.out).not.toBe(second.out);
    expect(parseBootDescription(first.out).host.nqn).toMatch(/^nqn\.2014-08\.org\.nvmexpress:uuid:[0-9a-f-]{36}$/);
  });
});

describe("ready-made", () => {
  it.each(Object.keys(bootPresets))("%s is the file in examples but for the place of the schema", async (name) => {
    const { out, code } = await runCli(["init", "--preset", name, "--schema", "../schema/boot.schema.json"]);
    expect(code).toBe(0);
    expect(out).toBe(readFileSync(`examples/${name}.yaml`, "utf8"));
  });

  it("without comments and schema it is the same description", async () => {
    const plain = await runCli(["init", "--preset", "dhcp", "--no-comments", "--no-schema"]);
    expect(plain.out).not.toContain("#");
    expect(parseBootDescription(plain.out)).toEqual(parseBootDescription(readFileSync("examples/dhcp.yaml", "utf8")));
  });
});

describe("from a table", () => {
  it("a file, or standard input; what is left out is told on standard error", async () => {
    const file = "test/vectors/firmware/multipath/NBFT.bin";
    const named = await runCli(["init", file]);
    expect(named.code).toBe(0);
    expect(named.err).toBe(`nbft: ${file}: ssns[1]: only HFI 2 reaches 192.168.110.20: the others are left out\n`);
    expect(parseBootDescription(named.out).attempts).toHaveLength(2);
    const piped = await runCli(["init", "-"], { stdin: readFileSync(file) });
    expect(parseBootDescription(piped.out)).toEqual(parseBootDescription(named.out));
  });

  it("a table without a usable HFI, and no table at all", async () => {
    const bare = await runCli(["init", "test/vectors/nbft/made/L23-bare-control-invalid"]);
    expect([bare.code, bare.out]).toEqual([2, ""]);
    expect(bare.err).toMatch(
      /^nbft: test\/vectors\/nbft\/made\/L23-bare-control-invalid: hfi: the table has no HFI that can be used/,
    );
    const served = await runCli(["target", "test/vectors/nbft/made/L23-bare-control-invalid"]);
    expect([served.code, served.err]).toEqual([2, bare.err]);
    const none = await runCli(["init", "package.json"]);
    expect([none.code, none.out]).toEqual([2, ""]);
  });
});

describe("output", () => {
  it("a file that exists is only replaced when told to", async () => {
    const file = join(scratch, "boot.yaml");
    writeFileSync(file, "mine\n");
    const refused = await runCli(["init", "--preset", "static", "-w", file]);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain(": exists already; -f overwrites it");
    expect(readFileSync(file, "utf8")).toBe("mine\n");
    expect((await runCli(["init", "--preset", "static", "-w", file, "-f"])).code).toBe(0);
    expect(parseBootDescription(readFileSync(file, "utf8")).interfaces).toHaveLength(1);
  });

  it("the JSON Schema is the one in the package", async () => {
    const { out } = await runCli(["init", "--json-schema"]);
    expect(out).toBe(readFileSync("schema/boot.schema.json", "utf8"));
  });
});

describe("wrong use", () => {
  const rows: [string, string[], string][] = [
    ["nothing to start from", [], "say what to start from"],
    ["two things to start from", ["--preset", "static", "--hfi", hfi], "say what to start from"],
    ["no such preset", ["--preset", "iscsi"], "Allowed choices are static"],
    [
      "address without prefix",
      ["--hfi", "ea:eb:d3:58:89:58,192.168.101.30"],
      '--hfi "ea:eb:d3:58:89:58,192.168.101.30" is wrong',
    ],
    ["unknown key", ["--hfi", `${hfi},vlna=7`], "is wrong: expected MAC,ADDRESS/PREFIX"],
    ["VLAN that is none", ["--hfi", `${hfi},vlan=x`], "is wrong: expected MAC,ADDRESS/PREFIX"],
    ["VLAN out of range", ["--hfi", `${hfi},vlan=4095`, "--hostid", hostid], "interfaces[0].vlan"],
    [
      "subsystem without NQN",
      ["--hfi", hfi, "--subsystem", "tcp://192.168.101.20:4420"],
      '--subsystem "tcp://192.168.101.20:4420" is wrong',
    ],
    ["discovery by name", ["--hfi", hfi, "--discovery", "tcp://target.example.org"], "--discovery"],
    ["namespace that is none", ["--hfi", hfi, "--namespace", "x"], '--namespace "x" is wrong'],
    [
      "subsystem that nothing reaches",
      ["--hfi", hfi, "--hostid", hostid, "--subsystem", "tcp://10.0.0.1:4420/nqn.2000-01.org.example:x"],
      "no interface reaches 10.0.0.1",
    ],
    ["a file that is not there", ["/nonexistent"], "no such file"],
  ];
  it.each(rows)("%s", async (_, argv, message) => {
    const file = join(scratch, "never.yaml");
    const { out, err, code } = await runCli(["init", ...argv, "-w", file]);
    expect([code, out, existsSync(file)]).toEqual([2, "", false]);
    expect(err).toContain(message);
  });
});
