import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  configExamples,
  exampleLines,
  fileWith,
  hostLines,
  latin1,
  soundConfig,
} from "../../../scripts/generator/examples/config.ts";
import { checkConfig } from "../../../src/uefi/setattempt/check-config.ts";
import { setattemptCases } from "../vectors.ts";

const sound = soundConfig;

const rulesIn = (text: string) => checkConfig(latin1(text)).findings.map(({ rule }) => rule);

test("a sound text has no findings", () => {
  expect(checkConfig(latin1(sound))).toMatchObject({ firmware: { result: "stored" }, findings: [] });
});

describe("each rule finds its example, at its line", () => {
  test.each(Object.entries(configExamples))("%s", (code, { check }) => {
    const found = check().filter(({ rule }) => rule === code);
    expect(found).toContainEqual(expect.objectContaining({ line: exampleLines.get(code) }));
  });
});

describe("places", () => {
  test("line, column, offset and length name the value", () => {
    const text = sound.replace("TargetPort:4420", "TargetPort:  14420");
    const finding = checkConfig(latin1(text)).findings.find(({ rule }) => rule === "A106")!;
    expect(finding).toMatchObject({ line: 6, column: 14, path: "attempts[0].targetPort", length: 5 });
    expect(text.slice(finding.offset, finding.offset + finding.length)).toBe("14420");
  });

  test("in UTF-16 offsets are bytes and columns are characters", () => {
    const text = sound.replace("4420", "14420");
    const wide = latin1(`\u00ff\u00fe${[...text].map((c) => `${c}\0`).join("")}`);
    const finding = checkConfig(wide).findings.find(({ rule }) => rule === "A106")!;
    expect(finding).toMatchObject({ line: 6, column: 12, offset: 2 + 2 * text.indexOf("14420"), length: 10 });
  });

  test("a missing value is reported at the end of its block", () => {
    const finding = checkConfig(latin1(sound.replace(/^NQN.*\n/m, ""))).findings.find(({ rule }) => rule === "A112")!;
    expect(finding).toMatchObject({ line: 14, column: 1 });
  });
});

describe("hints", () => {
  test.each([
    ["Nqnn:x", "Did you mean NQN?"],
    ["TargetPrt:1", "Did you mean TargetPort?"],
    ["MacString:ea-eb-d3-58-89-58", "Write EA:EB:D3:58:89:58"],
    ["NID:urn:uuid:BEE9C2B7-1761-44b5-a4e6-0f690498a94b", "Write BEE9C2B7-1761-44b5-a4e6-0f690498a94b"],
    ["NID:nvme-nguid:ace42e0015102fce2ee4ac0000000001", "Write ace42e00-1510-2fce-2ee4-ac0000000001"],
  ])("%s: %s", (line, hint) => {
    const { findings } = checkConfig(latin1(fileWith(line).text));
    expect(findings.map((finding) => finding.hint)).toContain(hint);
  });
});

describe("two attempts to one place", () => {
  const second = sound.slice(hostLines.length);
  const nid = (text: string) => text.replace("$End", "NID:bee9c2b7-1761-44b5-a4e6-0f690498a94b\n$End");
  const found = (text: string) => rulesIn(text).filter((rule) => rule === "A117" || rule === "A126");

  test.each([
    ["through another card", sound + second.replace("89:58", "89:59"), ["A126"]],
    ["for another namespace", sound + nid(second), ["A126"]],
    [
      "by ports of which the driver keeps the same four digits",
      sound.replace("4420", "14420") + second.replace("4420", "14421"),
      ["A126"],
    ],
    ["the same in every way", sound + second, ["A117"]],
    [
      "with an identifier in a form that the driver takes for none",
      sound + second.replace("$End", "NID:7\n$End"),
      ["A117"],
    ],
    ["at another address", sound + second.replace("101.20", "101.21"), []],
    ["at another port", sound + second.replace("4420", "4421"), []],
    ["of another subsystem", sound + second.replace("example:target", "example:other"), []],
    ["when one is disabled", sound + second.replace("89:58", "89:59").replace("Enabled:1", "Enabled:0"), []],
  ])("%s", (_, text, codes) => expect(found(text)).toEqual(codes));

  test.each(["same-network-same-target-halts", "same-path-other-nid-halts"])(
    "%s, which halted the real firmware",
    (name) => {
      const config = readFileSync(join(import.meta.dirname, "../../vectors/firmware-shell", name, "Config"), "latin1");
      expect(found(config)).toEqual(["A126"]);
    },
  );

  test.each(["same-path-twice", "three-on-two-cards", "ipv6-then-ipv4"])("%s, which did not", (name) => {
    const config = readFileSync(join(import.meta.dirname, "../../vectors/firmware-shell", name, "Config"), "latin1");
    expect(found(config)).not.toContain("A126");
  });
});

describe("addresses of the machine itself", () => {
  const other = sound
    .slice(hostLines.length)
    .replace("89:58", "89:59")
    .replace("101.20", "101.21")
    .replace("101.30", "101.31");
  const found = (text: string) =>
    checkConfig(latin1(text))
      .findings.filter(({ rule }) => rule === "A129")
      .map(({ path }) => path);

  test.each([
    ["none is shared", sound + other, []],
    ["two cards have one", sound + other.replace("101.31", "101.30"), ["attempts[1].localIp"]],
    ["one card is named twice with its own", sound + other.replace("89:59", "89:58").replace("101.31", "101.30"), []],
    ["a target is the other card", sound.replace("101.20", "101.31") + other, ["attempts[0].targetIp"]],
    ["the other card is disabled", sound.replace("101.20", "101.31") + other.replace("Enabled:1", "Enabled:0"), []],
    ["a gateway is the other card", sound + other.replace("0.0.0.0", "192.168.101.30"), ["attempts[1].gateway"]],
    [
      "the other card's is the lease's to say",
      sound.replace("101.20", "101.31") + other.replace("$End", "InitiatorInfoFromDhcp:TRUE\n$End"),
      [],
    ],
  ])("%s", (_, text, paths) => expect(found(text)).toEqual(paths));
});

test.each([
  ["00:00:00:00:00:00", "its address is all zero"],
  ["01:EB:D3:58:89:58", "it is a group address"],
  ["EA:EB:D3:58:89:58\\0FFF", "there is no VLAN 4095"],
  ["EA:EB:D3:58:89:58\\0000", "there is no VLAN 0"],
  ["EA:EB:D3:58:89:58\\0FFE", undefined],
])("whether an interface can be %s", (macString, why) => {
  const { findings } = checkConfig(latin1(sound.replace("EA:EB:D3:58:89:58", () => macString)));
  const [finding] = findings.filter(({ rule }) => rule === "A107");
  expect(finding?.message.split("no interface: ")[1]).toBe(why);
});

test("a tag far from every key gets no hint", () => {
  const finding = checkConfig(latin1(fileWith("Something:1").text)).findings.find(({ rule }) => rule === "A006")!;
  expect(finding.hint).toBeUndefined();
});

describe("what the firmware refuses or halts on has an error", () => {
  test.each(setattemptCases.filter(({ result }) => result !== "stored"))("$name", ({ config }) => {
    const { findings } = checkConfig(latin1(config));
    expect(findings.some(({ severity }) => severity === "error")).toBe(true);
  });

  test("for any text", () => {
    const lines = fc.array(
      fc.oneof(
        fc.constantFrom(
          ...sound.split("\n"),
          "$End ",
          "   # x",
          "enabled:1",
          "HostOverrideEnable:yes",
          "HostOverrideEnable:TRUE",
        ),
        fc.string({ maxLength: 60 }).map((text) => text.replaceAll("\n", "")),
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(lines, fc.boolean(), (all, newline) => {
        const check = checkConfig(latin1(all.join("\n").replace(/[^\x00-\xff]/g, "?") + (newline ? "\n" : "")));
        const errors = check.findings.filter(({ severity }) => severity === "error");
        if (check.firmware.result !== "stored" && check.firmware.input.lines.length > 0) expect(errors).not.toEqual([]);
        for (const { line, column, offset, length } of check.findings) {
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
          expect(offset + length).toBeLessThanOrEqual(all.join("\n").length + 1);
        }
      }),
      { numRuns: 500 },
    );
  });
});

test("disabling a rule's cause silences it: every finding goes away with its line", () => {
  expect(rulesIn(fileWith("TargetPort:14420").text)).toContain("A106");
  expect(rulesIn(sound)).toEqual([]);
});

test.each([
  ["SubnetMask:255.255.255.0", "Gateway:192.168.102.1", "A127", "Gateway 192.168.102.1 is not in 192.168.101.0/24"],
  [
    "SubnetMask:255.255.255.0",
    "Gateway:192.168.101.30",
    "A127",
    "Gateway 192.168.101.30 is the interface's own address",
  ],
  ["TargetIp:192.168.101.30", "", "A124", "TargetIp cannot be reached: 192.168.101.30 is the interface's own address"],
  ["TargetIp:127.0.0.1", "", "A124", "TargetIp cannot be reached: 127.0.0.1 is a loopback address"],
])("what cannot work as an address is found: %s %s", (first, second, code, message) => {
  const at = sound.indexOf("$End");
  const text = `${sound.slice(0, at)}${first}\n${second}\n${sound.slice(at)}`;
  expect(checkConfig(latin1(text)).findings.find(({ rule }) => rule === code)?.message).toBe(message);
});

test("a gateway outside the subnet leads nowhere", () => {
  const text = sound
    .replace("TargetIp:192.168.101.20", "TargetIp:172.16.0.1")
    .replace("Gateway:0.0.0.0", "Gateway:10.0.0.1");
  expect(rulesIn(text)).toEqual(["A127", "A124"]);
});
