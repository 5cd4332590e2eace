import { describe, expect, test } from "vitest";
import { formatNvmeCliJson, formatNvmeCliText } from "../../src/consumers/nvme-cli/show.ts";
import { expectedCases, ownVectors, tellCompared, vectorFolders } from "./expected-files.ts";

const latin1 = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);

const dialects = [
  { suffix: "nvme-cli.json", format: formatNvmeCliJson },
  { suffix: "nvme-cli.txt", format: formatNvmeCliText },
] as const;

describe.each(dialects)("$suffix equals what nvme-cli 3.0-rc1 printed", ({ suffix, format }) => {
  for (const folder of vectorFolders()) {
    const cases = expectedCases(folder, suffix).filter(({ expected }) => expected);
    tellCompared(suffix, folder, cases.length);

    test.each(cases)("$file", ({ bytes, expected }) => {
      expect(latin1(format([{ path: "./NBFT", bytes }]))).toBe(latin1(expected!));
    });
  }

  test("the project's own vectors are there", () => {
    expect(expectedCases(ownVectors, suffix).filter(({ expected }) => expected).length).toBeGreaterThanOrEqual(29);
  });
});
