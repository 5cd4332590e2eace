import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readNbft } from "../../src/nbft/read/read.ts";
import { runCli } from "../helpers/cli.ts";

const folder = "test/vectors/firmware";
const cases = readdirSync(folder).filter((name) => existsSync(join(folder, name, "NBFT.bin")));
const scratch = mkdtempSync(join(tmpdir(), "nbft-predict-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("tables that the firmware published", () => {
  it.each(cases)("%s: from Config and facts, to a file", async (name) => {
    const file = join(scratch, name);
    const { out, err, code } = await runCli([
      "predict",
      `${folder}/${name}/Config`,
      "--facts",
      `${folder}/${name}/facts.json`,
      "-w",
      file,
    ]);
    expect([out, err, code]).toEqual(["", "", 0]);
    expect(readFileSync(file).equals(readFileSync(`${folder}/${name}/NBFT.bin`))).toBe(true);
  });

  it("from a variable store and from standard input, to a pipe", async () => {
    const store = join(scratch, "VARS.fd");
    expect((await runCli(["vars", "create", store, "--attempts", `${folder}/multipath/Config`])).code).toBe(0);
    const facts = ["--facts", `${folder}/multipath/facts.json`, "-w", "-"];
    const expected = readFileSync(`${folder}/multipath/NBFT.bin`);
    expect(expected.equals((await runCli(["predict", store, ...facts])).bytes)).toBe(true);
    const piped = await runCli(["predict", "-", ...facts], { stdin: readFileSync(`${folder}/multipath/Config`) });
    expect(expected.equals(piped.bytes)).toBe(true);
  });

  it("from a boot description alone: the assumptions are said", async () => {
    const { bytes, err, code } = await runCli(["predict", "examples/discovery.yaml", "-w", "-"]);
    expect(readFileSync(`${folder}/discovery/NBFT.bin`).equals(bytes)).toBe(true);
    expect(code).toBe(0);
    expect(err).toBe(
      "nbft: examples/discovery.yaml: assumed: the firmware connects card by card, in the order of their PCI places\n" +
        "nbft: examples/discovery.yaml: assumed: controller ids are those of a target without other hosts: 1, 2, …\n",
    );
  });
});

describe("facts that do not fit", () => {
  const predictWith = (facts: string) => {
    const file = join(scratch, "facts.json");
    writeFileSync(file, facts);
    return runCli(["predict", `${folder}/multipath/Config`, "--facts", file]);
  };

  it.each([
    ['{"failedAttempts": [9]}', "failedAttempts names attempt 9, and 2 attempts are enabled: it is not used"],
    ['{"connectionOrder": [1, 1, 2]}', "connectionOrder names attempt 1 twice"],
    ['{"failedAttempts": [1], "untriedAttempts": [1]}', "attempt 1 is in failedAttempts and in untriedAttempts"],
    ['{"controllerIds": [1, 2, 3]}', "controllerIds has 3 numbers, and 2 attempts are enabled"],
    ['{"discovered": [{"attempt": 3, "nqn": "nqn.2014-08.org.example:x"}]}', "discovered names attempt 3"],
    [
      '{"leases": {"00:00:00:00:00:01": {"ip": "192.0.2.1"}}}',
      "leases has 00:00:00:00:00:01, which no enabled attempt uses",
    ],
    ['{"namespaces": [{"nsid": 1}, {"nsid": 1}]}', "namespaces has NSID 1 twice"],
  ])("%s: said", async (facts, words) => {
    const { err } = await predictWith(facts);
    expect(err).toContain(`assumed: ${words}`);
  });

  it("refuses one card in two spellings, and what is not text", async () => {
    const twice = '{"pci": {"EA:EB:D3:58:89:58": "0000:00:03.0", "ea-eb-d3-58-89-58": "0000:00:04.0"}}';
    expect((await predictWith(twice)).err).toContain(
      "facts.json:1:47: pci.ea-eb-d3-58-89-58: is there twice, written in another way before",
    );
    expect((await predictWith("\0\0\0\0")).err).toBe(
      `nbft: ${join(scratch, "facts.json")}: not text: a JSON or YAML document is needed\n`,
    );
  });
});

describe("no table", () => {
  it("no attempts: said, exit code 1, no file", async () => {
    const file = join(scratch, "none");
    const { out, err, code } = await runCli(["predict", `${folder}/no-attempts/Config`, "-w", file]);
    expect([out, code, existsSync(file)]).toEqual(["", 1, false]);
    expect(err).toContain("this firmware publishes no table: there are no attempts");
  });

  it("a store without the variables", async () => {
    const store = join(scratch, "EMPTY.fd");
    await runCli(["vars", "create", store]);
    const { err, code } = await runCli(["predict", store]);
    expect(code).toBe(1);
    expect(err).toContain("publishes no table: the store has no NVMe-oF variables");
  });

  it("as JSON: reason, and no bytes", async () => {
    const { out, code } = await runCli(["predict", `${folder}/no-attempts/Config`, "-o", "json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({ firmware: "1.0_final", reason: "there are no attempts", assumptions: [] });
  });
});

describe("other forms", () => {
  it("without -o the table is shown", async () => {
    const { out } = await runCli(["predict", "examples/dual-path.yaml"]);
    expect(out).toMatch(/^examples\/dual-path\.yaml by 1\.0_final: 1133 bytes/);
    expect(out).toContain("HFIs: 1, 2");
  });

  it("JSON has table, bytes and assumptions, and nothing on standard error", async () => {
    const { out, err } = await runCli(["predict", "examples/static.yaml", "-o", "json"]);
    const { bytes, table, assumptions } = JSON.parse(out);
    expect(err).toBe("");
    expect(assumptions).toHaveLength(1);
    expect(JSON.parse(JSON.stringify(readNbft(Buffer.from(bytes, "hex")).table))).toEqual(table);
  });

  it("another firmware version publishes another table", async () => {
    const { out } = await runCli(["predict", "examples/dual-path.yaml", "--profile", "upstream-dev-full"]);
    expect(out).toContain("by upstream-dev-full");
    expect(out).not.toContain("HFIs: 1, 2");
  });

  it("facts win over what a description implies", async () => {
    const facts = join(scratch, "facts.yaml");
    writeFileSync(facts, "failedAttempts: [2]\ncontrollerIds: [9]\n");
    const { out } = await runCli(["predict", "examples/dual-path.yaml", "--facts", facts, "-o", "json"]);
    const { ssns } = JSON.parse(out).table;
    expect(
      ssns.map(({ flags, extendedInfo }: { flags: { unavailable: string }; extendedInfo: { cntlid: number } }) => [
        flags.unavailable,
        extendedInfo.cntlid,
      ]),
    ).toEqual([
      ["not indicated", 9],
      ["unavailable", 9],
    ]);
  });
});

describe("wrong use", () => {
  const rows: [string, string[], string, string?][] = [
    ["a file that is not there", ["/nonexistent"], "nbft: /nonexistent: no such file or directory"],
    [
      "a Config that the firmware would not store",
      ["-"],
      "-: the firmware would not store it; nbft attempt check - shows why",
      "HostNqn:nqn.x\n",
    ],
    ["a Config on which it halts", ["-"], "-: the firmware would halt on it", "HostNqn:nqn.x\nno colon\n$End\n"],
    ["a wrong boot description", ["test/boot/wrong.yaml"], "test/boot/wrong.yaml:2:3: host.hostnqn: no such key"],
    ["facts that are wrong", ["examples/static.yaml", "--facts", "package.json"], ""],
    ["no such firmware", ["examples/static.yaml", "--profile", "0.65"], "Allowed choices are 1.0_final"],
    ["binary on a terminal", ["examples/static.yaml", "-w", "-"], "will not write binary data to a terminal"],
  ];
  it.each(rows.filter(([name]) => name !== "facts that are wrong"))("%s", async (_, argv, message, stdin) => {
    const { err, code } = await runCli(["predict", ...argv], { tty: true, ...(stdin !== undefined && { stdin }) });
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it("wrong facts have their place, unknown ones a note", async () => {
    const facts = join(scratch, "wrong.json");
    writeFileSync(facts, '{\n "pci": {"eth0": "2:0.0"}\n}');
    const wrong = await runCli(["predict", "examples/static.yaml", "--facts", facts]);
    expect([wrong.code, wrong.out]).toEqual([2, ""]);
    expect(wrong.err).toContain(`${facts}:2:10: pci.eth0: expected a MAC address`);
    writeFileSync(facts, '{"weather": "fine"}');
    const noted = await runCli(["predict", "examples/static.yaml", "--facts", facts]);
    expect(noted.code).toBe(0);
    expect(noted.err).toContain('weather: no such key "weather" in facts');
  });
});
