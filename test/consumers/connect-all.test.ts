import { describe, expect, test } from "vitest";
import { fabricsStrings, planConnectAll } from "../../src/consumers/nvme-cli/connect-all.ts";
import { expectedCases, ownVectors, tellCompared, vectorFolders } from "./expected-files.ts";

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

const identity = {
  hostNqn: "nqn.2014-08.org.nvmexpress:uuid:aaaaaaaa-0000-4000-8000-000000000001",
  hostId: "aaaaaaaa-0000-4000-8000-000000000001",
};

const written = (bytes: Uint8Array) =>
  [...fabricsStrings(planConnectAll([{ path: "./NBFT", bytes }], identity, "3.0-rc1", { interfaces: "none" }))]
    .map(latin1)
    .join("");

/** nvme-cli reads after the end of this table, and what it wrote then was not kept. */
const unknown = /\/S13-/;

describe("fabrics strings equal what nvme-cli 3.0-rc1 wrote", () => {
  for (const folder of vectorFolders()) {
    const cases = expectedCases(folder, "connect.txt").filter(
      ({ file }) => !unknown.test(file) && !file.endsWith("/NBFT.bin"),
    );
    tellCompared("connect.txt", folder, cases.length);

    test.each(cases)("$file", ({ bytes, expected }) => {
      expect(written(bytes)).toBe(expected ? latin1(expected) : "");
    });
  }

  test("the project's own vectors are there", () => {
    expect(expectedCases(ownVectors, "connect.txt").filter(({ expected }) => expected).length).toBeGreaterThan(18);
  });
});
