import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DecodeError, EncodeError } from "../../../src/errors.ts";
import type { FirmwareAttempt, FirmwareConfig } from "../../../src/uefi/config/firmware-config.ts";
import { decodeFirmwareConfig, encodeFirmwareConfig } from "../../../src/uefi/config/variables.ts";
import { nvmeofAttemptConfig } from "../../../src/uefi/nvmeof/attempt-config.ts";
import { nvmeofGlobalData } from "../../../src/uefi/nvmeof/global-data.ts";
import { clearLeftOver, findLeftOver } from "../../../src/uefi/nvmeof/left-over.ts";
import { checkConfig } from "../../../src/uefi/setattempt/check-config.ts";
import { runSetattempt } from "../../../src/uefi/setattempt/emulate.ts";
import { formatConfig } from "../../../src/uefi/setattempt/format-config.ts";
import { firmwareCases } from "../vectors.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

describe("variables that real firmware stored", () => {
  test.each(firmwareCases())(
    "$name is decoded and encoded to the same bytes, up to the NUL in texts",
    ({ globalData, attempts }) => {
      const config = decodeFirmwareConfig({ globalData, attempts });
      const back = encodeFirmwareConfig(config, { slots: attempts.length / 1494 });
      expect(hex(back.globalData)).toBe(hex(clearLeftOver(nvmeofGlobalData, globalData)));
      expect(hex(back.attempts)).toBe(hex(clearLeftOver(nvmeofAttemptConfig, attempts)));
    },
  );

  test.each(firmwareCases())("$name says what its Config says", ({ config, globalData, attempts }) => {
    expect(decodeFirmwareConfig({ globalData, attempts })).toEqual(checkConfig(config).config);
  });
});

const attempt: FirmwareAttempt = {
  macString: "EA:EB:D3:58:89:58",
  targetPort: 4420,
  enabled: 1,
  ipMode: 0,
  nqn: "nqn.x",
};
const config: FirmwareConfig = {
  hostNqn: "nqn.h",
  hostId: "f8131bac-cdef-4165-866b-5998c1e67890",
  attempts: [attempt],
};

describe("the host identifier", () => {
  test.each([
    ["efi-guid", "ac1b13f8efcd6541866b5998c1e67890"],
    ["rfc4122", "f8131baccdef4165866b5998c1e67890"],
  ] as const)("%s is stored as %s", (hostIdEncoding, stored) => {
    const variables = encodeFirmwareConfig(config, { hostIdEncoding });
    expect(hex(variables.globalData.subarray(228, 244))).toBe(stored);
    expect(decodeFirmwareConfig(variables, { hostIdEncoding }).hostId).toBe(config.hostId);
  });

  test("efi-guid is the default, for the override too", () => {
    const overridden = { ...config, attempts: [{ ...attempt, hostIdOverride: config.hostId }] };
    const variables = encodeFirmwareConfig(overridden);
    expect(hex(variables.globalData.subarray(228, 244))).toBe("ac1b13f8efcd6541866b5998c1e67890");
    expect(hex(variables.attempts.subarray(1474, 1490))).toBe("ac1b13f8efcd6541866b5998c1e67890");
    expect(decodeFirmwareConfig(variables)).toEqual(overridden);
  });
});

describe("sizes", () => {
  test.each([
    [undefined, 8],
    [1, 1],
    [3, 3],
    [0, 1],
  ])("slots %s: %d records", (slots, count) => {
    expect(encodeFirmwareConfig(config, { slots }).attempts.length).toBe(count * 1494);
  });

  test("attempts that are counted but not there are left out", () => {
    const { globalData } = encodeFirmwareConfig(config);
    expect(decodeFirmwareConfig({ globalData, attempts: new Uint8Array(1493) }).attempts).toEqual([]);
  });

  test("global data of another size is refused", () => {
    expect(() => decodeFirmwareConfig({ globalData: new Uint8Array(753), attempts: new Uint8Array() })).toThrow(
      DecodeError,
    );
  });

  test.each([
    ["a port beyond 16 bits", { targetPort: 70000 }, "attempts[0].targetPort"],
    ["a name without room for its NUL", { attemptName: "123456789012" }, "attempts[0].attemptName"],
    ["a wrong address", { localIp: "10.0.0" }, "attempts[0].localIp"],
  ])("%s is refused by name", (_, change, path) => {
    expect(() => encodeFirmwareConfig({ ...config, attempts: [{ ...attempt, ...change }] })).toThrow(
      expect.objectContaining({ name: "EncodeError", path }),
    );
  });

  test("256 attempts cannot be counted", () => {
    expect(() => encodeFirmwareConfig({ ...config, attempts: new Array(256).fill(attempt) })).toThrow(EncodeError);
  });
});

describe("addresses", () => {
  test("in an IPv6 attempt all sixteen bytes count, in others the first four", () => {
    const bytes = encodeFirmwareConfig({ ...config, attempts: [{ ...attempt, ipMode: 1, targetIp: "a00:202::" }] });
    expect(hex(bytes.attempts.subarray(215, 231))).toBe("0a000202000000000000000000000000");
    expect(decodeFirmwareConfig(bytes).attempts[0]!.targetIp).toBe("a00:202::");
    bytes.attempts[164] = 0;
    expect(decodeFirmwareConfig(bytes).attempts[0]!.targetIp).toBe("10.0.2.2");
  });

  test("an IPv4-mapped IPv6 address is written without dots, which the tool does not read", () => {
    const bytes = encodeFirmwareConfig({
      ...config,
      attempts: [{ ...attempt, ipMode: 1, targetIp: "::ffff:10.0.2.2" }],
    });
    expect(decodeFirmwareConfig(bytes).attempts[0]!.targetIp).toBe("::ffff:a00:202");
  });
});

test("left-over bytes are found and cleared", () => {
  const bytes = new Uint8Array(1494);
  bytes.set(utf8("A1\0rest"), 5);
  expect(findLeftOver(nvmeofAttemptConfig, bytes)).toEqual([
    { field: "attemptName", offset: 8, bytes: expect.anything() },
  ]);
  expect(findLeftOver(nvmeofAttemptConfig, clearLeftOver(nvmeofAttemptConfig, bytes))).toEqual([]);
  expect(bytes[8]).not.toBe(0);
});

const word = fc.stringMatching(/^[!-~]{1,11}$/);
const ipv4 = fc.ipV4().filter((text) => text !== "0.0.0.0");
const anyAttempt: fc.Arbitrary<FirmwareAttempt> = fc
  .record(
    {
      attemptName: word,
      autoConfigureMode: fc.integer({ min: 1, max: 255 }),
      hostName: word,
      macString: word,
      targetPort: fc.nat(65535),
      enabled: fc.nat(255),
      ipMode: fc.constantFrom(0, 2, 7),
      initiatorInfoFromDhcp: fc.constant(true as const),
      localIp: ipv4,
      subnetMask: ipv4,
      gateway: ipv4,
      primaryDns: ipv4,
      secondaryDns: ipv4,
      targetInfoFromDhcp: fc.constant(true as const),
      targetIp: ipv4,
      serverName: word,
      transportPort: fc.integer({ min: 1, max: 65535 }),
      controllerId: fc.integer({ min: 1, max: 65535 }),
      nid: word,
      nqn: word,
      transportGuid: fc.uuid(),
      connectTimeout: fc.integer({ min: 1, max: 65535 }),
      connectRetryCount: fc.integer({ min: 1, max: 255 }),
      dnsMode: fc.constant(true as const),
      routeMetric: fc.integer({ min: 1, max: 65535 }),
      hostNqnOverride: word,
      hostIdOverride: fc.uuid(),
    },
    { requiredKeys: ["macString", "targetPort", "enabled", "ipMode", "nqn"] },
  )
  .map((value) => value as FirmwareAttempt);

const anyConfig: fc.Arbitrary<FirmwareConfig> = fc.record({
  hostNqn: word,
  hostId: fc.uuid().filter((id) => id.slice(6, 8) !== "00"),
  attempts: fc.array(anyAttempt, { maxLength: 7 }),
});

describe("any configuration", () => {
  test("survives the variables", () => {
    fc.assert(
      fc.property(anyConfig, (one) => {
        expect(decodeFirmwareConfig(encodeFirmwareConfig(one))).toEqual(one);
      }),
    );
  });

  test("survives the text: the firmware stores the same variables for it", () => {
    fc.assert(
      fc.property(anyConfig, (one) => {
        const text = formatConfig(one);
        const run = runSetattempt(utf8(text));
        expect(run.result).toBe("stored");
        const stored = {
          globalData: clearLeftOver(nvmeofGlobalData, run.variables!.globalData),
          attempts: clearLeftOver(nvmeofAttemptConfig, run.variables!.attempts),
        };
        const encoded = encodeFirmwareConfig(one);
        expect([hex(stored.globalData), hex(stored.attempts)]).toEqual([
          hex(encoded.globalData),
          hex(encoded.attempts),
        ]);
        expect(formatConfig(decodeFirmwareConfig(stored))).toBe(text);
      }),
    );
  });
});

describe("a Config cannot hold", () => {
  test.each([
    ["a line feed", "a\nb"],
    ["a NUL", "a\0b"],
    ["a blank in front", " a"],
    ["a carriage return at the end", "a\r"],
    ["more than 511 characters", "a".repeat(512)],
  ])("%s", (_, hostName) => {
    expect(() => formatConfig({ ...config, attempts: [{ ...attempt, hostName }] })).toThrow(EncodeError);
  });
});
