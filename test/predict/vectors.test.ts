import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { firmwareOfBoot } from "../../src/boot/firmware.ts";
import { parseBootDescription } from "../../src/boot/parse.ts";
import { parseBootFacts } from "../../src/predict/facts.ts";
import { factsOfBoot } from "../../src/predict/facts-of-boot.ts";
import { predictNbft } from "../../src/predict/predict.ts";
import { encodeFirmwareConfig } from "../../src/uefi/config/variables.ts";
import { runSetattempt } from "../../src/uefi/setattempt/emulate.ts";
import { runCli } from "../helpers/cli.ts";

/** Tables that the firmware of June 2023 published, and what was known of each boot outside its table. */
const folder = "test/vectors/firmware";
const cases = readdirSync(folder).filter((name) => existsSync(join(folder, name, "Config")));

const read = (name: string, file: string) => new Uint8Array(readFileSync(join(folder, name, file)));

describe("tables of the measured firmware", () => {
  it("are all there", () => {
    expect(cases.length).toBe(12);
  });

  it.each(cases.filter((name) => name !== "no-attempts"))(
    "%s: from variables and from the Config text, byte for byte",
    (name) => {
      const { facts, notes } = parseBootFacts(readFileSync(join(folder, name, "facts.json"), "utf8"));
      expect(notes).toEqual([]);
      const expected = Buffer.from(read(name, "NBFT.bin")).toString("hex");
      const stored = {
        globalData: read(name, "NvmeofGlobalData.bin"),
        attempts: read(name, "Nvmeof_Attemptconfig.bin"),
      };
      const { variables } = runSetattempt(read(name, "Config"));
      for (const source of [stored, variables!]) {
        const { bytes, assumptions } = predictNbft(source, { facts });
        expect(Buffer.from(bytes!).toString("hex")).toBe(expected);
        expect(assumptions).toEqual([]);
      }
    },
  );

  it("no-attempts: the firmware publishes no table, and the prediction says why", () => {
    const { variables } = runSetattempt(read("no-attempts", "Config"));
    expect(predictNbft(variables!)).toEqual({ reason: "there are no attempts", assumptions: [] });
  });
});

describe("tables that were predicted before the boot", () => {
  const shell = "test/vectors/firmware-shell";
  const names = readdirSync(shell).filter((name) => existsSync(join(shell, name, "Config")));

  it("are all there", () => {
    expect(names.length).toBe(13);
  });

  it.each(names)("%s: byte for byte, or the halt that was seen", (name) => {
    const { variables } = runSetattempt(new Uint8Array(readFileSync(join(shell, name, "Config"))));
    const { facts } = parseBootFacts(readFileSync(join(shell, name, "facts.json"), "utf8"));
    const { bytes, reason } = predictNbft(variables!, { facts });
    if (name.endsWith("-halts")) {
      expect(reason).toMatch(/^it halts: attempts 1 and 2 /);
      expect(existsSync(join(shell, name, "NBFT.bin"))).toBe(false);
    } else
      expect(Buffer.from(bytes!).toString("hex")).toBe(readFileSync(join(shell, name, "NBFT.bin")).toString("hex"));
  });
});

describe("tables of the lab's own boots", () => {
  const boots = "test/vectors/firmware-boots";
  const names = readdirSync(boots).filter((name) => existsSync(join(boots, name, "NBFT.bin")));
  const hex = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString("hex");

  it("are all there", () => {
    expect(names).toEqual([
      "dead-path",
      "dead-target",
      "dhcp",
      "discovery",
      "dual-path",
      "link-local",
      "nid-nguid",
      "nid-uuid",
      "one-path",
      "vlan",
    ]);
  });

  it.each(names)("%s: from the description, and from the variables, with the facts that the run wrote", (name) => {
    const file = (which: string) => new Uint8Array(readFileSync(join(boots, name, which)));
    const published = hex(file("NBFT.bin"));
    const { facts, notes } = parseBootFacts(readFileSync(join(boots, name, "facts.json"), "utf8"));
    expect(notes).toEqual([]);
    const boot = parseBootDescription(readFileSync(join(boots, name, "boot.yaml"), "utf8"));
    const described = encodeFirmwareConfig(firmwareOfBoot(boot).config);
    const stored = { globalData: file("NvmeofGlobalData.bin"), attempts: file("Nvmeof_Attemptconfig.bin") };
    expect(hex(predictNbft(described, { facts }).bytes)).toBe(published);
    expect(hex(predictNbft(stored, { facts }).bytes)).toBe(published);
    // Nobody else used the target: even the controller ids are those that the description alone leads to.
    expect(hex(predictNbft(described, { facts: factsOfBoot(boot).facts }).bytes)).toBe(published);
  });
});

const more = process.env["NBFT_VECTORS"] === undefined ? "" : join(process.env["NBFT_VECTORS"], "firmware");
const others = existsSync(more) ? readdirSync(more).filter((name) => existsSync(join(more, name, "facts.json"))) : [];

describe.runIf(others.length > 0)("tables below NBFT_VECTORS", () => {
  it.each(others)("%s: by the command, from its Config and its facts", async (name) => {
    const [config, facts] = [join(more, name, "Config"), join(more, name, "facts.json")];
    const { bytes, code } = await runCli(["predict", config, "--facts", facts, "-w", "-"]);
    expect(code).toBe(0);
    expect(Buffer.from(bytes).toString("hex")).toBe(readFileSync(join(more, name, "NBFT.bin")).toString("hex"));
  });
});

/** A Config of one attempt, from 192.168.31.2/24 to an address. */
const configTo = (targetIp: string) =>
  [
    "HostNqn:nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890",
    "HostId:f8131bac-cdef-4165-866b-5998c1e67890",
    "$Start",
    "AttemptName:Attempt1",
    "MacString:EA:EB:D3:58:89:58",
    "TargetPort:4420",
    "Enabled:1",
    "IpMode:0",
    "LocalIp:192.168.31.2",
    "SubnetMask:255.255.255.0",
    "Gateway:0.0.0.0",
    `TargetIp:${targetIp}`,
    "NQN:nqn.2014-08.org.example:target",
    "$End",
    "",
  ].join("\n");

test("an attempt that cannot reach its target is assumed to connect, and that is said", () => {
  const config = configTo("192.168.21.2");
  const { variables } = runSetattempt(new TextEncoder().encode(config));
  const why =
    "attempt 1 connects, although it cannot reach its target: 192.168.21.2 is not in 192.168.31.0/24, and there is no gateway (A124)";
  expect(predictNbft(variables!).assumptions).toContain(why);
  expect(predictNbft(variables!, { facts: { failedAttempts: [1] } }).assumptions).not.toContain(why);
});

test.each([
  ["TargetPort:4420", "TargetPort:0", "TargetPort is 0 or missing (A105)"],
  ["LocalIp:192.168.31.2", "LocalIp:0.0.0.0", "There is no LocalIp and no InitiatorInfoFromDhcp (A110)"],
  [
    "TargetIp:192.168.31.20",
    "TargetIp:0.0.0.0",
    "There is no TargetIp, no name to resolve and no TargetInfoFromDhcp (A111)",
  ],
  ["NQN:nqn.2014-08.org.example:target", "NQN:", "There is no NQN (A112)"],
  ["TargetIp:192.168.31.20", "TargetIp:2001:db8::1", "TargetIp is an IPv6 address but IpMode is 0 (A121)"],
  ["SubnetMask:255.255.255.0", "SubnetMask:255.0.255.0", "SubnetMask 255.0.255.0 is not ones followed by zeros (A123)"],
])("says that an attempt which its own check finds is taken to connect: %s as %s", (line, wrong, message) => {
  const config = configTo("192.168.31.20");
  const assumed = (text: string, facts = {}) =>
    predictNbft(runSetattempt(new TextEncoder().encode(text)).variables!, { facts }).assumptions.join("\n");
  const why = `attempt 1 connects, although its check finds: ${message}`;
  expect(assumed(config)).not.toContain("although");
  expect(assumed(config.replace(line, wrong))).toContain(why);
  expect(assumed(config.replace(line, wrong), { failedAttempts: [1] })).not.toContain(why);
  expect(assumed(config.replace(line, wrong), { untriedAttempts: [1] })).not.toContain("although");
  // An attempt that is not even made does not connect.
  const elsewhere = assumed(config.replace(line, wrong), { pci: {} });
  expect(elsewhere).toContain("attempt 1 is ignored: the machine has no card");
  expect(elsewhere).not.toContain("although");
});
