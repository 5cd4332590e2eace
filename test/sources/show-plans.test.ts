import { describe, expect, it } from "vitest";
import { fabricsStrings, planConnectAll } from "../../src/consumers/nvme-cli/connect-all.ts";
import { runNvmeCliShow } from "../../src/consumers/nvme-cli/show.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { showsIn } from "../../src/sources/show/find-shows.ts";
import { tableOfShow } from "../../src/sources/show/table-of-show.ts";
import { firmwareTables, madeTables, table } from "../helpers/vectors.ts";

const decoder = new TextDecoder();
const path = "./NBFT";

/** The connections that a release tries for a table, host names given so that they do not count. */
function connections(bytes: Uint8Array, release: string): string[] {
  const plan = planConnectAll(
    [{ path, bytes }],
    { hostNqn: "nqn.2014-08.org.example:host", hostId: "00000000-0000-0000-0000-000000000001" },
    release,
  );
  return [...fabricsStrings(plan)].map((line) => decoder.decode(line));
}

/** The table that is made from what the release shows of one; undefined where it shows nothing. */
function shown(bytes: Uint8Array, format: "json" | "normal", release: string): Uint8Array | undefined {
  const { stdout, crash } = runNvmeCliShow([{ path, bytes }], format, {}, release);
  const [show] = crash === undefined ? showsIn(decoder.decode(stdout)) : [];
  return show && encodeNbft(tableOfShow(show).table);
}

/** Tables of which nvme-cli does not show what decides: who found a subsystem, security profiles, an HFI that it drops, which counts in interfaces' names. */
const open: Readonly<Record<string, "planned and more" | "other interface names">> = {
  "discovery/NBFT.bin": "planned and more",
  "L13-security-3": "planned and more",
  "L27-invalid-hfi-first": "other interface names",
};
const withoutInterface = (line: string) => line.replace(/,host_iface=\w+/, "");

describe.each(["2.13", "2.16", "3.1"])("what nvme-cli %s shows of a table", (release) => {
  it.each([...madeTables, ...firmwareTables].map(({ name, bytes }) => [name, bytes] as const))(
    "is planned as %s is",
    (name, bytes) => {
      const made = shown(bytes, "json", release);
      if (!made) return;
      const [planned, real] = [connections(made, release), connections(bytes, release)];
      if (open[name] === "planned and more") expect(planned).toEqual(expect.arrayContaining(real));
      else if (open[name] === "other interface names")
        expect(planned.map(withoutInterface)).toEqual(real.map(withoutInterface));
      else expect(planned).toEqual(real);
    },
  );
});

describe("what decides and is not shown", () => {
  it("is named", () => {
    const bytes = table("discovery/");
    const [show] = showsIn(decoder.decode(runNvmeCliShow([{ path, bytes }], "json", {}, "3.1").stdout));
    expect(tableOfShow(show!)).toMatchObject({
      missing: expect.arrayContaining(["security profiles", "which discovery controller found which subsystem"]),
      notes: [expect.stringContaining("skips a discovery controller that found a subsystem")],
    });
  });
});
