import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkConfig } from "../../../src/uefi/setattempt/check-config.ts";
import { configRules, configTextRules } from "../../../src/uefi/setattempt/rules/index.ts";
import { setattemptCases } from "../vectors.ts";

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** A sound configuration whose host identifier is not that of the host NQN. */
const hostLines = "HostNqn:nqn.2014-08.org.example:host\nHostId:f8131bac-cdef-4165-866b-5998c1e67890\n";
const attemptLines = [
  "AttemptName:Attempt1",
  "MacString:EA:EB:D3:58:89:58",
  "TargetPort:4420",
  "Enabled:1",
  "IpMode:0",
  "LocalIp:192.168.101.30",
  "SubnetMask:255.255.255.0",
  "Gateway:0.0.0.0",
  "TargetIp:192.168.101.20",
  "NQN:nqn.2014-08.org.example:target",
  "DnsMode:FALSE",
];
const sound = `${hostLines}$Start\n${attemptLines.join("\n")}\n$End\n`;

/** A file that breaks one rule: lines put into the attempt, or behind it where they have blocks of their own. */
function fileWith(bad: string): { text: string; before: number } {
  if (/^HostNqn|^HostId|^\u00ef|^\u00fe/.test(bad)) return { text: `${bad}\n${sound}`, before: 0 };
  if (bad.startsWith("$Start")) return { text: `${sound}${bad}\n`, before: sound.split("\n").length - 1 };
  const at = sound.indexOf("$End");
  return { text: `${sound.slice(0, at)}${bad}\n${sound.slice(at)}`, before: sound.slice(0, at).split("\n").length - 1 };
}

const rulesIn = (text: string) => checkConfig(latin1(text)).findings.map(({ rule }) => rule);

test("a sound text has no findings", () => {
  expect(checkConfig(latin1(sound))).toMatchObject({ firmware: { result: "stored" }, findings: [] });
});

test("codes are unique and in order, and every rule says why", () => {
  const rules = [...configTextRules, ...configRules];
  const codes = rules.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
  for (const rule of configTextRules) expect(rule.code).toMatch(/^A0\d\d$/);
  for (const rule of configRules) expect(rule.code).toMatch(/^A1\d\d$/);
  for (const rule of rules) expect([rule.summary, rule.why].every((text) => text.endsWith("."))).toBe(true);
});

describe("each rule finds its example, at its line, and nothing in a sound text", () => {
  /** Files for the rules that look at the whole file. */
  const files: Readonly<Record<string, readonly [text: string, line: number]>> = {
    A001: [`${sound}#`, 16],
    A009: [`\u00ef\u00bb\u00bf${sound}`, 1],
    A010: [
      `\u00ff\u00fe${[...sound.replace("Attempt1", "\u20ac")].map((c) => String.fromCharCode(c.charCodeAt(0) & 0xff, c.charCodeAt(0) >> 8)).join("")}`,
      4,
    ],
    A024: [hostLines, 2],
    A101: [hostLines.replace("1bac", "1b00") + sound.slice(hostLines.length), 2],
    A102: [sound.replace(/^HostNqn.*\n/, ""), 1],
    A103: [sound.replace("nqn.2014-08.org.example:host", "host-1"), 1],
    A104: [sound.replace("example:host", "nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890"), 2],
    A117: [sound + sound.slice(hostLines.length), 28],
    A118: [sound + [1, 2, 3, 4].map((i) => sound.slice(hostLines.length).replace(".20", `.2${i}`)).join(""), 67],
    A119: [sound.replace("nqn.2014-08.org.example:target", "nqn.2014-08.org.nvmexpress.discovery"), 6],
    A126: [sound + sound.slice(hostLines.length).replace("89:58", "89:59"), 28],
    A124: [sound.replace("TargetIp:192.168.101.20", "TargetIp:172.16.0.1"), 12],
  };

  test.each([...configTextRules, ...configRules].map((rule) => ({ ...rule })))("$code $name", ({ code, example }) => {
    const special = files[code];
    const { text, before } = fileWith(example.bad);
    const check = checkConfig(latin1(special?.[0] ?? text));
    const found = check.findings.filter(({ rule }) => rule === code);
    expect(found.length).toBeGreaterThan(0);
    const line = special?.[1] ?? before + (example.line ?? 1);
    expect(found.map((finding) => finding.line)).toContain(line);
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
