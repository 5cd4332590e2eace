import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Log } from "sarif";
import { afterAll, describe, expect, it } from "vitest";
import { formatAcpidump } from "../../src/acpi/acpidump-text.ts";
import type { Diagnostic } from "../../src/diagnostic.ts";
import { ruleOf } from "../../src/rules/catalogue.ts";
import { exampleBytes } from "../../src/rules/example.ts";
import { tableRules } from "../../src/rules/index.ts";
import { validate } from "../../src/rules/validate.ts";
import { runCli } from "../helpers/cli.ts";
import { findingKeys } from "../helpers/findings.ts";
import { malformedTables, table } from "../helpers/vectors.ts";

const made = "test/vectors/nbft/made";
const bad = "test/vectors/nbft/made-bad";
const sound = `${made}/L02-min-v11-spec`;
const broken = `${bad}/S25-all-ones-fields`;
const scratch = mkdtempSync(join(tmpdir(), "nbft-validate-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function file(name: string, content: Uint8Array | string): string {
  const path = join(scratch, name);
  writeFileSync(path, content);
  return path;
}

type Found = Diagnostic & { readonly source?: string };

async function json(...argv: string[]): Promise<{ found: Found[]; code: number; err: string }> {
  const { out, code, err } = await runCli(["validate", "-o", "json", ...argv]);
  return { found: JSON.parse(out) as Found[], code, err };
}

describe("the exit code of nbft validate", () => {
  it.each([
    ["0 for a table without errors", [sound], 0],
    ["1 for a table with errors", [broken], 1],
    ["1 when warnings are to fail", [sound, "--fail-on", "warning"], 1],
    ["1 when anything is to fail", [sound, "--fail-on", "info"], 1],
    ["0 when what is found is milder", [sound, "--fail-on", "error"], 0],
    [
      "0 when the bad rules are off",
      [`${made}/L10-ssns-no-secondary`, "--fail-on", "warning", "--off", "S019,O013,H021"],
      0,
    ],
    ["2 when a source is not there", [join(scratch, "none")], 2],
    ["2 when one of several is not there", [broken, join(scratch, "none")], 2],
    ["2 for an unknown format", [sound, "-o", "xml"], 2],
    ["2 for an unknown severity", [sound, "--fail-on", "fatal"], 2],
    ["2 for an unknown rule", [sound, "--only", "T999"], 2],
    ["2 for an unknown rule among others", [sound, "--off", "T015,nonsense"], 2],
  ])("is %s", async (_, argv, code) => {
    expect((await runCli(["validate", ...argv])).code).toBe(code);
  });
});

describe("bytes that are not a table", () => {
  it.each([
    ["nothing", new Uint8Array(0), "H001"],
    ["a word", "hello\n", "H003"],
    ["another ACPI table", exampleBytes({ stored: { "header.signature": "APIC" } }), "H003"],
    ["127 bytes of a table", table("S01"), "H001"],
    ["a compressed file", Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3), "H003"],
    ["acpidump's text without an NBFT", "APIC @ 0x0000000000000000\n    0000: 41 50 49 43\n\n", "H003"],
  ])("%s is a finding, exit 1, and valid JSON", async (name, content, rule) => {
    const path = file(name.replaceAll(" ", "-"), content);
    const { found, code } = await json(path);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ rule, severity: "error" });
    expect(Object.keys(found[0]!)).toEqual(findingKeys);
    expect(code).toBe(1);
  });

  it("on standard input are as well", async () => {
    const { out, code } = await runCli(["validate", "-o", "json", "-"], { stdin: "hello" });
    expect((JSON.parse(out) as Found[])[0]!.rule).toBe("H003");
    expect(code).toBe(1);
  });

  it("are an error of the caller when --from says what they should be", async () => {
    const path = file("junk", "hello");
    expect((await runCli(["validate", "--from", "elf-core", path])).code).toBe(2);
    expect((await runCli(["validate", "--from", "table", path])).code).toBe(1);
  });
});

describe("JSON", () => {
  it("is the library's findings", async () => {
    const { found } = await json(broken);
    expect(found).toEqual(validate(table("S25")));
  });

  it("names the source where there are several", async () => {
    const { found, code } = await json(broken, sound);
    expect(new Set(found.map(({ source }) => source))).toEqual(new Set([broken, sound]));
    expect(Object.keys(found[0]!)[0]).toBe("source");
    expect(code).toBe(1);
  });

  it("is an empty array when nothing is found, and when nothing could be read", async () => {
    expect((await json(sound, "--only", "H002")).found).toEqual([]);
    const { found, code, err } = await json(join(scratch, "none"));
    expect([found, code]).toEqual([[], 2]);
    expect(err).toContain("no such file");
  });

  it("judges the tables of a directory together", async () => {
    const folder = join(scratch, "two");
    mkdirSync(folder);
    copyFileSync(sound, join(folder, "NBFT1"));
    copyFileSync(sound, join(folder, "NBFT2"));
    const together = await json(folder, "--only", "O012,G002");
    expect(together.found.map(({ rule, source }) => [rule, source])).toEqual([
      ["O012", `${folder}/NBFT1`],
      ["G002", `${folder}/NBFT2`],
    ]);
    expect(together.found[1]!.message).toContain(`hfi[0] of ${folder}/NBFT1`);
    expect((await json(folder, "--only", "O012,G002", "--separate")).found).toEqual([]);
  });

  it("has one finding a line as NDJSON", async () => {
    const { out } = await runCli(["validate", "-o", "ndjson", broken]);
    const lines = out.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as Found)).toEqual(
      validate(table("S25")).map((found) => ({ source: broken, ...found })),
    );
  });
});

describe("the choice of rules", () => {
  const codes = async (...argv: string[]) => (await json(broken, ...argv)).found.map(({ rule }) => rule);

  it("is by blanks, by commas, by repetition, before the source and after it", async () => {
    expect(new Set(await codes("--only", "T015", "--only", "T017"))).toEqual(new Set(["T015", "T017"]));
    expect(new Set(await codes("--only", "T015,T017"))).toEqual(new Set(["T015", "T017"]));
    expect(new Set(await codes("--only", "T015", "--only", "ti-prefix"))).toEqual(new Set(["T015", "T017"]));
    const before = await runCli(["validate", "-o", "json", "--only", "T015", broken]);
    expect((JSON.parse(before.out) as Found[]).map(({ rule }) => rule)).toEqual(["T015"]);
    expect(await codes("--off", "T,S,Y")).not.toContain("T015");
  });

  it("says which rule there is not", async () => {
    const { err, out } = await runCli(["validate", broken, "--only", "T015,T999"]);
    expect(err).toBe("nbft: --only: there is no rule T999 (nbft rules lists them)\n");
    expect(out).toBe("");
  });

  it("takes a wrong checksum for a warning where asked to", async () => {
    const path = file("wrong-sum", exampleBytes({ checksum: 1 }));
    expect((await runCli(["validate", path])).code).toBe(1);
    expect((await runCli(["validate", "--lenient", path])).code).toBe(0);
  });
});

describe("text", () => {
  it("shows code, name, path, offset, value, expectation, figure, what breaks and the repair", async () => {
    const { out } = await runCli(["validate", file("sum", exampleBytes({ checksum: 0 })), "--only", "H002"]);
    expect(out).toMatch(/: 1 error\n/);
    expect(out).toContain(
      "error   H002 checksum: header.checksum @0x9: checksum is 00h, expected 04h [NVMe-BOOT 1.3, Figure 9]\n",
    );
    expect(out).toContain("        fatal: no reader that follows the specification uses the table\n");
    expect(out).toContain("        breaks: libnvme: rejects the table");
    expect(out).toContain("        fix: nbft repair --only H002 (writes the checksum that makes the sum 0)\n");
  });

  it.each([
    [
      "T017",
      { "hfi[0].transportInfo.subnetMaskPrefix": 0 },
      ["NetworkManager: treats an IPv6", "wicked 0.6.75 and later: takes"],
    ],
    ["T017", { "hfi[0].transportInfo.subnetMaskPrefix": 33 }, ["NetworkManager: makes no connection"]],
    ["D005", { "discovery[0].uri": "NVME+TCP://192.0.2.20:8009/" }, ["nvme-cli 2.5 to 3.0: treats NVME+TCP://"]],
    [
      "D005",
      { "discovery[0].uri": "tcp://192.0.2.20:8009/" },
      ["nvme-cli 2.10 and later: keeps", "nvme-stas 2.3 to 2.4: stops"],
    ],
    ["D005", { "discovery[0].uri": "rdma+x://192.0.2.20/" }, ["nvme-cli 2.10 and later: keeps"]],
    ["D005", { "discovery[0].uri": "nvme+tcp://192.0.2.20:0/" }, ["nvme-cli 2.10 and later: keeps"]],
    ...["nvme+tcp://192.0.2.20:65536/", "nvme+tcp://192.0.2.20:nvme/", "nvme+tcp://[2001:db8::20]:99999/"].map(
      (uri): [string, Record<string, string>, string[]] => [
        "D005",
        { "discovery[0].uri": uri },
        [
          "nvme-cli 2.10 and later: keeps",
          "nvme-stas 2.3 to 2.4: stops with a Python exception on a discovery URI whose port",
        ],
      ],
    ),
    ...["nvme+tcp://[192.0.2.20]:8009/", "nvme+tcp://[2001:db8::20/"].map(
      (uri): [string, Record<string, string>, string[]] => [
        "D005",
        { "discovery[0].uri": uri },
        [
          "nvme-cli 2.5 to 2.x: resolves",
          "nvme-cli 3.0-rc1 and later: refuses",
          "nvme-stas 2.3 to 2.4: stops with a Python exception on a discovery URI whose brackets do n",
        ],
      ],
    ),
    [
      "D005",
      { "discovery[0].uri": "nvme+tcp://010.0.0.1/" },
      ["nvme-cli 2.5 to 2.x: resolves", "nvme-cli 3.0-rc1 and later: refuses"],
    ],
    [
      "D005",
      { "discovery[0].uri": "nvme+tcp://10.1/" },
      ["nvme-cli 2.5 to 2.x: resolves", "nvme-cli 3.0-rc1 and later: refuses"],
    ],
    [
      "D015",
      { "discovery[0].uri": "nvme+tcp://[fe80::20]/" },
      ["nvme-cli: passes on", "nvme-discoverd 3.0-rc1 to 3.1: passes"],
    ],
    ["D015", { "discovery[0].uri": "nvme+tcp://192.0.2.10/" }, []],
  ])("names of those that break on %s the ones that do on what was found in %j", async (code, model, who) => {
    const path = file("one-defect", exampleBytes({ model }));
    const { out } = await runCli(["validate", path, "--only", code]);
    const breaks = [...out.matchAll(/breaks: (.*)/g)].map(([, text]) => text!);
    expect(breaks.map((text, i) => text.slice(0, who[i]?.length))).toEqual(who);
    const [finding] = JSON.parse((await runCli(["validate", path, "--only", code, "-o", "json"])).out) as Diagnostic[];
    const named = (ruleOf(code)!.breaks ?? []).filter(({ defects }) => defects?.includes(finding!.defect!));
    expect(named.map((each) => `${each.who}: ${each.what}`)).toEqual(breaks);
  });

  it("names those that break on either defect where there are both", async () => {
    const model = { "hfi[0].transportInfo.subnetMaskPrefix": 33, "hfi[1].transportInfo.subnetMaskPrefix": 34 };
    const both = { ...model, "hfi[1].transportInfo.subnetMaskPrefix": 0 };
    const breaks = async (name: string, changes: Readonly<Record<string, unknown>>) => {
      const { out } = await runCli(["validate", file(name, exampleBytes({ model: changes })), "--only", "T017"]);
      return [...out.matchAll(/breaks: (\w+)/g)].map(([, who]) => who);
    };
    expect(await breaks("one-kind", model)).toEqual(["NetworkManager"]);
    // An error and a warning are two entries.
    expect(await breaks("two-kinds", both)).toEqual(["NetworkManager", "NetworkManager", "wicked"]);
  });

  it("says when there is nothing", async () => {
    expect((await runCli(["validate", sound, "--only", "H002"])).out).toBe(`${sound}: no findings\n`);
  });

  it("shows findings of one rule as one, with the places of the others", async () => {
    const { out } = await runCli(["validate", `${bad}/S23-255-ssns-x-heap-sized-list`, "--only", "S022"]);
    expect(out.match(/^warning S022/gm)).toHaveLength(1);
    expect(out).toMatch(/^ {8}also: ssns\[1\]\.secondaryHfis @\S+, .*, and 245 more \(-o json has them all\)$/m);
    expect(out).toContain(": 255 warnings\n");
  });

  it("counts infos, and shows them when asked or when they fail the command", async () => {
    const plain = (await runCli(["validate", sound])).out;
    expect(plain).toMatch(/\d info \(--info shows them\)$/m);
    expect(plain).not.toMatch(/^info/m);
    for (const option of ["--info", "--fail-on=info"]) {
      const { out } = await runCli(["validate", sound, option]);
      expect(out).toMatch(/^info {4}\w\d{3}/m);
      expect(out).not.toContain("--info shows them");
    }
  });

  it("offers a repair only where it would be made", async () => {
    const lost = file("lost", exampleBytes({ model: { "ssns[0].primaryHfi": 3 } }));
    expect((await runCli(["validate", lost, "--only", "S018"])).out).not.toContain("fix:");
    const list = `${made}/L10-ssns-no-secondary`;
    expect((await runCli(["validate", list, "--only", "S019"])).out).toContain("fix: nbft repair --only S019");
  });

  it("fails for a folder without a table, in every command that checks or shows", async () => {
    const empty = join(scratch, "empty");
    mkdirSync(empty, { recursive: true });
    for (const command of ["validate", "plan", "explain", "network", "report", "dump"]) {
      const { code, err } = await runCli([command, empty]);
      expect([command, code, err]).toEqual([
        command,
        2,
        `nbft: ${empty}: no NBFT: a folder is read for files named NBFT*, with -r for every file below it\n`,
      ]);
    }
    expect((await runCli(["validate", "--nbft-path", empty, "-o", "sarif"])).code).toBe(2);
    expect((await runCli(["dump", empty, "-o", "nvme-cli-json"])).code).toBe(0);
  });

  it("fails for a folder without a table beside sources that have one", async () => {
    const empty = join(scratch, "empty-beside");
    mkdirSync(empty, { recursive: true });
    for (const command of ["validate", "plan", "explain", "network", "report", "dump"]) {
      const { code, err } = await runCli([command, sound, empty]);
      expect([command, code]).toEqual([command, 2]);
      expect(err).toContain(`nbft: ${empty}: no NBFT: `);
    }
    expect((await runCli(["validate", "-o", "ndjson", "--separate", empty, sound])).code).toBe(2);
    expect((await runCli(["dump", sound, empty, "-o", "nvme-cli-json"])).code).toBe(0);
  });

  it("sums up several tables", async () => {
    const { out } = await runCli(["validate", "--separate", sound, sound, "--only", "O013,P003a"]);
    expect(out).toContain("2 tables: 2 warnings, 2 info\n");
  });

  it("has colours on a terminal, and none in a pipe or with NO_COLOR", async () => {
    const color = async (argv: string[], options: Parameters<typeof runCli>[1]) =>
      (await runCli(["validate", broken, ...argv], options)).out.includes("\u001b[");
    expect(await color([], { tty: true })).toBe(true);
    expect(await color([], { tty: true, env: { NO_COLOR: "1" } })).toBe(false);
    expect(await color([], {})).toBe(false);
    expect(await color(["--color", "always"], {})).toBe(true);
  });

  it("never lets control characters of a table or a file name through", async () => {
    for (const { path } of malformedTables) {
      for (const format of ["text", "github"]) {
        const { out } = await runCli(["validate", path, "-o", format]);
        expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
      }
    }
    const evil = file(
      "evil\u001b[31m",
      exampleBytes({ model: { "hfi[0].transportInfo.hostName": "a\u001b]0;x\u0007b" } }),
    );
    const { out } = await runCli(["validate", evil]);
    expect(out).toContain("\\x1b]0;x\\x07");
    expect(out).not.toContain("\u001b");
  });
});

describe("GitHub annotations", () => {
  it("are one workflow command a line, with the file", async () => {
    const { out, code } = await runCli(["validate", broken, "-o", "github", "--only", "T015,O013,H011"]);
    const lines = out.trimEnd().split("\n");
    expect(lines.map((line) => line.split(" ")[0])).toEqual(["::error", "::warning", "::notice"]);
    expect(lines[0]).toBe(
      `::error file=${broken},title=T015 ti-vlan::hfi[0].transportInfo.vlan @0x1fd: VLAN id is 65535, expected 0 to 4094%0AWrite the VLAN id, or 0%0ANVMe-BOOT 1.3, Figure 14`,
    );
    expect(code).toBe(1);
  });

  it("escape what would end them", async () => {
    const path = file("a,b:c%d", exampleBytes({ checksum: 0 }));
    const { out } = await runCli(["validate", path, "-o", "github", "--only", "H002"]);
    expect(out).toContain("a%2Cb%3Ac%25d,title=");
  });
});

it("GitHub annotations name a file without its control characters", async () => {
  const path = file("bell\u0007\nnext", exampleBytes({ checksum: 0 }));
  const { out } = await runCli(["validate", path, "-o", "github", "--only", "H002"]);
  expect(out.split("\n")).toHaveLength(2);
  expect(out).toContain("bell\\x07\\nnext,title=H002");
  expect(out).not.toContain("\u0007");
});

describe("SARIF", () => {
  async function log(...argv: string[]): Promise<Log> {
    return JSON.parse((await runCli(["validate", "-o", "sarif", ...argv])).out) as Log;
  }

  it("is a log of one run with every rule", async () => {
    const { version, runs } = await log(broken);
    expect(version).toBe("2.1.0");
    expect(runs).toHaveLength(1);
    const { driver } = runs[0]!.tool;
    expect(driver.name).toBe("nbft");
    expect(driver.rules!.map(({ id }) => id)).toEqual(tableRules.map(({ code }) => code));
    for (const rule of driver.rules!) {
      expect(rule.shortDescription?.text).toMatch(/\.$/);
      expect(rule.help?.text).not.toBe("");
      expect(["error", "warning", "note"]).toContain(rule.defaultConfiguration?.level);
    }
  });

  it("has a result for each finding, with rule, level, file, bytes and path", async () => {
    const { runs } = await log(broken);
    const found = validate(table("S25"));
    const results = runs[0]!.results!;
    expect(results.map(({ ruleId }) => ruleId)).toEqual(found.map(({ rule }) => rule));
    for (const [i, result] of results.entries()) {
      expect(runs[0]!.tool.driver.rules![result.ruleIndex!]!.id).toBe(result.ruleId);
      expect(result.message.text).toBe(found[i]!.message);
      expect(result.level).toBe({ error: "error", warning: "warning", info: "note" }[found[i]!.severity]);
      const [location] = result.locations!;
      const { artifactLocation, region } = location!.physicalLocation!;
      expect(region).toEqual({ byteOffset: found[i]!.offset, byteLength: found[i]!.length });
      expect(artifactLocation).toEqual({ uri: broken, index: 0 });
      expect(location!.logicalLocations![0]!.fullyQualifiedName).toBe(found[i]!.path);
    }
  });

  it("has each file once, however often it was named", async () => {
    const { runs } = await log(broken, sound, broken, "--separate");
    const { artifacts, results } = runs[0]!;
    expect(artifacts!.map(({ location }) => location!.uri)).toEqual([broken, sound]);
    for (const { locations } of results!) {
      const { index, uri } = locations![0]!.physicalLocation!.artifactLocation!;
      expect(artifacts![index!]!.location!.uri).toBe(uri);
    }
  });

  it("says what could not be read", async () => {
    const { runs } = await log(join(scratch, "none"), sound);
    expect(runs[0]!.invocations![0]!.executionSuccessful).toBe(false);
    expect(runs[0]!.invocations![0]!.toolExecutionNotifications![0]!.message.text).toBe("no such file or directory");
    expect((await log(sound)).runs[0]!.invocations![0]!.executionSuccessful).toBe(true);
  });

  it("writes sources as URI references", async () => {
    const path = file("odd name %.bin", exampleBytes({ checksum: 0 }));
    const { runs } = await log(path);
    const uri = runs[0]!.artifacts![0]!.location!.uri!;
    expect(new URL(uri).protocol).toBe("file:");
    expect(decodeURIComponent(new URL(uri).pathname)).toBe(path);
    const piped = JSON.parse((await runCli(["validate", "-o", "sarif", "-"], { stdin: table("S25") })).out) as Log;
    expect(piped.runs[0]!.artifacts![0]!.location!.uri).toBe("stdin");
  });

  it("describes rules with their page, where the specification is, and who breaks", async () => {
    const { runs } = await log(broken);
    const rule = runs[0]!.tool.driver.rules!.find(({ id }) => id === "G002")!;
    expect(rule.helpUri).toBe("https://nvmexpress.org/specification/boot-specification/");
    expect(rule.properties).toMatchObject({ page: "docs/rules/G002.md", breaks: [{ who: "dracut" }] });
    for (const { helpUri } of runs[0]!.tool.driver.rules!) expect(new URL(helpUri!).protocol).toBe("https:");
    expect(runs[0]!.properties!["predictedReleases"]).toMatchObject({
      "nvme-cli": expect.stringMatching(/^\d.* \((released|seen) 20/),
    });
  });

  it("gives each result a fingerprint of its own that is the same elsewhere in the file", async () => {
    const prints = ({ runs }: Log) => runs[0]!.results!.map((result) => result.partialFingerprints!["nbft/v1"]);
    const found = prints(await log(broken));
    expect(new Set(found).size).toBe(found.length);
    expect(found).toContain("T015 hfi[0].transportInfo.vlan");
    expect(prints(await log(broken))).toEqual(found);
  });
});

describe("findings about a document", () => {
  const document = file(
    "table.yaml",
    [
      "host: { hostNqn: nqn.2014-08.org.nvmexpress:uuid:6f1d2c3b-4a59-4687-9abc-def012345678 }",
      "hfi:",
      "  - transportInfo:",
      "      mac: 02:5e:10:00:00:70",
      "      ipAddress: 10.20.40.11",
      "      vlan: 4095",
      "ssns:",
      "  - { traddr: 10.20.40.60, subsystemNqn: nqn.2014-08.org.example:array1, nsid: 1, primaryHfi: 1 }",
      "",
    ].join("\n"),
  );

  it("point to its lines in every format", async () => {
    const run = async (...argv: string[]) => (await runCli(["validate", "--only", "T015", document, ...argv])).out;
    expect(await run()).toContain("error   T015 ti-vlan: hfi[0].transportInfo.vlan 6:13: VLAN id is 4095");
    expect(await run("-o", "github")).toMatch(/^::error file=[^,]*table\.yaml,line=6,col=13,title=T015 ti-vlan::hfi/);
    expect(JSON.parse(await run("-o", "json"))).toMatchObject([{ rule: "T015", line: 6, column: 13 }]);
    const { runs } = JSON.parse(await run("-o", "sarif")) as Log;
    expect(runs[0]!.results![0]!.locations![0]!.physicalLocation!.region).toEqual({ startLine: 6, startColumn: 13 });
  });

  it("point to what is around a field that it does not have", async () => {
    const { out } = await runCli(["validate", "--only", "S014", document, "-o", "github"]);
    expect(out).toMatch(/table\.yaml,line=8,col=\d+,title=S014/);
  });
});

describe("findings about a table in a container", () => {
  const dump = file(
    "dump.txt",
    formatAcpidump([{ bytes: exampleBytes({ model: { "hfi[0].transportInfo.vlan": 4095 } }) }]),
  );

  it("point to the file and name the table", async () => {
    const { out } = await runCli(["validate", "--only", "T015", dump, "-o", "sarif"]);
    const [result] = (JSON.parse(out) as Log).runs[0]!.results!;
    const [location] = result!.locations!;
    expect(location!.physicalLocation!.artifactLocation!.uri).toMatch(/dump\.txt$/);
    expect(location!.physicalLocation!.region).toBeUndefined();
    expect(location!.logicalLocations).toContainEqual({ name: "NBFT", kind: "resource" });
    expect(result!.partialFingerprints!["nbft/v1"]).toBe("T015 NBFT hfi[0].transportInfo.vlan");
    const github = (await runCli(["validate", "--only", "T015", dump, "-o", "github"])).out;
    expect(github).toMatch(/^::error file=[^,:]*dump\.txt,title=T015 ti-vlan::NBFT: hfi/);
  });
});

describe("JUnit", () => {
  it("has a suite a source, with a case a finding, failing from --fail-on on", async () => {
    const { out, code } = await runCli(["validate", "-o", "junit", "--only", "T015,H009", broken, sound]);
    expect(code).toBe(1);
    expect(out).toContain(`<testsuite name="${broken}" tests="1" failures="1" errors="0" skipped="0">`);
    expect(out).toContain('<failure message="VLAN id is 65535, expected 0 to 4094">error: hfi[0].transportInfo.vlan');
    expect(out).toContain(`<testsuite name="${sound}" tests="1" failures="0" errors="0" skipped="0">`);
    expect(out).toContain('<testcase classname="rules" name="no failure"/>');
  });

  it("has an error for what cannot be read, and for a folder without a table", async () => {
    const empty = join(scratch, "empty-junit");
    mkdirSync(empty);
    const { out, code } = await runCli(["validate", "-o", "junit", empty]);
    expect(code).toBe(2);
    expect(out).toContain('errors="1"');
    expect(out).toContain(
      '<error message="no NBFT: a folder is read for files named NBFT*, with -r for every file below it"/>',
    );
  });
});

describe("the project's file", () => {
  const folder = join(scratch, "project");
  mkdirSync(join(folder, "below"), { recursive: true });
  const config = join(folder, "nbft.config.yaml");
  const within = async (text: string, argv: string[], cwd = join(folder, "below")) => {
    writeFileSync(config, text);
    const tables = [broken, sound].map((path) => resolve(path));
    const before = process.cwd();
    process.chdir(cwd);
    try {
      return await runCli(argv.map((word) => tables[[broken, sound].indexOf(word)] ?? word));
    } finally {
      process.chdir(before);
    }
  };

  it("switches rules off, is found in a folder above, and says so", async () => {
    const { out, err, code } = await within("off: [T, ss-shfi-empty]\n", ["validate", "--only", "T015", broken]);
    expect([out.includes("T015"), code]).toEqual([false, 0]);
    expect(err).toContain("nbft.config.yaml: not applied: T001, T002");
  });

  it("decides what fails, unless the command line does", async () => {
    const failOn = "failOn: info\n";
    expect((await within(failOn, ["validate", "--only", "P003a", sound])).code).toBe(1);
    expect((await within(failOn, ["validate", "--only", "P003a", sound, "--fail-on", "error"])).code).toBe(0);
    expect((await within(failOn, ["validate", "--only", "P003a", sound, "--no-config"])).code).toBe(0);
  });

  it("can be named, and every mistake in it with its line", async () => {
    const other = file("other.yaml", "off: [T015, nonsense]\nfailon: info\n");
    const { err, code } = await runCli(["validate", "--config", other, broken]);
    expect(code).toBe(2);
    expect(err).toContain("other.yaml:1:13: off[1]");
    expect(err).toContain("other.yaml:2:1");
    expect((await runCli(["validate", "--config", join(scratch, "none.yaml"), broken])).code).toBe(2);
  });
});
