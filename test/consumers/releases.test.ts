import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readAsLibnvme } from "../../src/consumers/libnvme/libnvme.ts";
import { fabricsStrings, planConnectAll } from "../../src/consumers/nvme-cli/connect-all.ts";
import { runNvmeCliShow } from "../../src/consumers/nvme-cli/show.ts";
import { latin1 } from "./made-tables.ts";

/**
 * What Debian's nvme-cli 2.16 and 3.1 did with tables of a folder that NBFT_VECTORS names: `releases/RELEASE/TABLE.json`, `.txt`, `.rc` of
 * nbft show, and `.connect*.txt` of connect-all.
 */
const folder = process.env["NBFT_VECTORS"];
const releases = folder === undefined ? undefined : join(folder, "releases");

interface Case {
  readonly name: string;
  readonly bytes: Uint8Array;
  recorded(suffix: string): string;
}

function casesOf(release: string): Case[] {
  const root = join(releases!, release);
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".rc"))
    .map((name) => name.slice(0, -3))
    .sort()
    .map((name) => {
      const file = [join(folder!, name, "NBFT.bin"), join(folder!, name)].find((each) => existsSync(each))!;
      return {
        name,
        bytes: new Uint8Array(readFileSync(file)),
        recorded: (suffix) => latin1(readFileSync(join(root, `${name}.${suffix}`))),
      };
    });
}

const given = {
  hostNqn: "nqn.2014-08.org.nvmexpress:uuid:aaaaaaaa-0000-4000-8000-000000000001",
  hostId: "aaaaaaaa-0000-4000-8000-000000000001",
};
const etc = {
  hostNqn: "nqn.2014-08.org.nvmexpress:uuid:bbbbbbbb-0000-4000-8000-000000000002",
  hostId: "bbbbbbbb-0000-4000-8000-000000000002",
};

const written = (bytes: Uint8Array, ...rest: [object, string, object]) =>
  [...fabricsStrings(planConnectAll([{ path: "./NBFT", bytes }], ...rest))].map((line) => latin1(line)).join("");

describe.skipIf(!releases || !existsSync(releases)).each(["2.16", "3.1"])("nvme-cli %s as recorded", (release) => {
  const cases = releases && existsSync(join(releases, release)) ? casesOf(release) : [];
  // What a program makes of memory after the table is not known.
  const certain = cases.filter(({ bytes }) => !readAsLibnvme(bytes, release).readsPastEnd);

  test("there are records", () => {
    console.log(`nvme-cli ${release}: ${cases.length} recorded tables, ${certain.length} compared`);
    expect(certain.length).toBeGreaterThan(30);
  });

  test.each(certain)("shows $name", ({ bytes, recorded }) => {
    const show = (format: "json" | "normal") => runNvmeCliShow([{ path: "./NBFT", bytes }], format, {}, release);
    const [json, text] = [show("json"), show("normal")];
    expect(latin1(json.stdout)).toBe(recorded("json"));
    expect(latin1(text.stdout)).toBe(recorded("txt"));
    const code = ({ crash }: { crash: string | undefined }) => (crash === undefined ? "0" : "-11");
    expect(`json ${code(json)}\nnormal ${code(text)}\n`).toBe(recorded("rc").replace(/\n*$/, "\n"));
  });

  test.each(certain)("connects $name", ({ bytes, recorded }) => {
    expect(written(bytes, given, release, { interfaces: "none" })).toBe(recorded("connect.txt"));
    expect(written(bytes, given, release, {})).toBe(recorded("connect-if.txt"));
    if (release === "2.16") {
      expect(written(bytes, {}, release, {})).toBe(recorded("connect-noid.txt"));
      expect(written(bytes, {}, release, { system: etc })).toBe(recorded("connect-etc.txt"));
    } else expect(written(bytes, {}, release, { system: etc })).toBe(recorded("connect-etc.txt"));
  });
});
