import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { readNbft } from "../../src/nbft/read/read.ts";
import { runCli } from "../helpers/cli.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-encode-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const nqn = "nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890";

/** Documents that are wrong, and what has to be said of each: line, column, path, reason. */
const wrong: readonly (readonly [title: string, text: string, message: RegExp])[] = [
  [
    "half a MAC address",
    `host:\n  hostNqn: ${nqn}\nhfi:\n  - transportInfo:\n      mac: ea:eb\n`,
    /:5:12: hfi\[0\]\.transportInfo\.mac: "ea:eb" is wrong/,
  ],
  [
    "an unknown key",
    `host:\n  hostNqns: ${nqn}\n`,
    /:2:3: host\.hostNqns: no such key "hostNqns" in HostDescriptor: did you mean "hostNqn"\?/,
  ],
  [
    "the beginning of a key",
    "hfi:\n  - transportInfo:\n      subnetMask: 24\n",
    /:3:7: hfi\[0\]\.transportInfo\.subnetMask: .*: did you mean "subnetMaskPrefix"\?/,
  ],
  [
    "a flag beside the flags",
    "hfi:\n  - transportInfo:\n      dhcpOverride: true\n",
    /:3:7: hfi\[0\]\.transportInfo\.dhcpOverride: .*: did you mean "flags\.dhcpOverride"\?/,
  ],
  [
    "a merged mapping",
    `host:\n  <<: { hostNqn: ${nqn} }\n`,
    /:2:3: host\.<<: no such key "<<" in HostDescriptor: YAML 1\.2 merges no mappings; write their keys here/,
  ],
  ...(
    [
      ["192.168.101.30/24", "write 192.168.101.30, and the length of the prefix under its own key"],
      ["192.168.101.30:4420", "write 192.168.101.30"],
      ["fe80::1%eth0", "write fe80::1"],
      ["[fe80::1]:4420", "write fe80::1"],
    ] as const
  ).map(([address, todo]): (typeof wrong)[number] => [
    `${address} in the place of an address`,
    `hfi:\n  - transportInfo:\n      ipAddress: "${address}"\n`,
    new RegExp(`:3:18: .* is wrong: expected an IPv4 or IPv6 address and nothing else; ${todo}(?:\n|$)`),
  ]),
  [
    "a long NQN",
    `host:\n  hostNqn: nqn.2014-08.org.example:${"x".repeat(300)}\n`,
    /:2:12: host\.hostNqn: \d+ bytes, an NQN has at most 223/,
  ],
  ["a number where text belongs", "host:\n  hostNqn: 7\n", /:2:12: host\.hostNqn: /],
  ["a number that does not fit", "ssns:\n  - traddr: 192.0.2.1\n    nsid: 4294967296\n", /:3:11: ssns\[0\]\.nsid: /],
  ["too many entries", `hfi:\n${"  - index: 1\n".repeat(256)}`, /: hfi: .*255/],
  ["a list that is none", "hfi: 7\n", /:1:6: hfi: /],
  ["no YAML", "host: [\n", /:\d+:\d+: /],
  ["the same key twice", "host:\n  hostNqn: a\n  hostNqn: b\n", /:3:3: the key "hostNqn" is there twice\n/],
  [
    "the same key twice in JSON",
    `{"host": {},\n "host": {}}`,
    /:2:2: the key "host" is there twice, first in line 1\n/,
  ],
  [
    "half a surrogate pair",
    '{"host": {"hostNqn": "\\ud800"}}',
    /:1:22: host\.hostNqn: half of a surrogate pair is wrong/,
  ],
  ["a tag that would lose content", "!!omap [host: {}]\n", /:1:8: the tag !!omap means nothing here/],
  ["a set", "hfi: !!set {a}\n", /:1:12: the tag !!set means nothing here/],
  [
    "an address with a leading zero",
    "ssns:\n  - traddr: 010.0.0.1\n",
    /:2:13: ssns\[0\]\.traddr: "010\.0\.0\.1" is wrong: numbers of an IPv4 address have no leading zeros, .*; write 10\.0\.0\.1/,
  ],
  ["infinity", "ssns:\n  - nsid: .inf\n", /:2:11: ssns\[0\]\.nsid: "\.inf" is wrong: expected a whole number/],
  ["a number too large for any", '{"ssns": [{"nsid": 1e999}]}', /:1:20: ssns\[0\]\.nsid: "Infinity" is wrong/],
  ["two documents", "host: {}\n---\nhost: {}\n", /:2:1: a second document begins here; give one\n/],
  [
    "three mistakes at once",
    `host:\n  hostNqns: ${nqn}\nssns:\n  - tradr: 192.0.2.1\n    trsvcid: 4420\n    nsid: -1\n`,
    new RegExp(
      [
        /:2:3: host\.hostNqns: no such key "hostNqns" in HostDescriptor: did you mean "hostNqn"\?\n/,
        /.*:4:5: ssns\[0\]\.tradr: no such key "tradr" in SsnsDescriptor: did you mean "traddr"\?\n/,
        /.*:6:11: ssns\[0\]\.nsid: "-1" is wrong: expected a whole number from 0 to 4294967295\n/,
      ]
        .map(({ source }) => source)
        .join(""),
    ),
  ],
  ["nothing", "", /.+/],
  ["a boot description with a mistake", "interfaces:\n  - mac: 7\n", /:2:10: interfaces\[0\]\.mac: /],
];

describe("nbft encode", () => {
  it.each(wrong)("refuses %s by line and path, and leaves the file as it was", async (_, text, message) => {
    const folder = mkdtempSync(join(scratch, "wrong-"));
    const [source, output] = [join(folder, "table.yaml"), join(folder, "NBFT")];
    writeFileSync(source, text);
    writeFileSync(output, "before");
    const { code, out, err } = await runCli(["encode", source, "-w", output]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(message);
    expect(err).toContain("table.yaml");
    expect(readFileSync(output, "utf8")).toBe("before");
    expect(readdirSync(folder).sort()).toEqual(["NBFT", "table.yaml"]);
  });

  it.each<[string, Uint8Array, string]>([
    [
      "Latin-1",
      Buffer.from("host:\n  hostNqn: nqn.2026-01.lab:\xe9\n", "latin1"),
      ":2:28: not UTF-8 from here on; save the file as UTF-8",
    ],
    [
      "UTF-8 that breaks off after a mark",
      Buffer.from("\xef\xbb\xbfhost: \xc3", "latin1"),
      ":1:7: not UTF-8 from here on",
    ],
    [
      "half a surrogate in UTF-16",
      Buffer.from("\ufeffhost: {hostNqn: \ud800}", "utf16le"),
      ":1:17: not UTF-8 from here on",
    ],
    [
      "a table as text",
      Buffer.from(readFileSync("test/vectors/firmware/multipath/NBFT.bin").toString("hex")),
      ": a table as text: a JSON or YAML document is needed",
    ],
    [
      "something else, compressed",
      gzipSync(Buffer.from([0, 1, 2, 3])),
      ": not text: a JSON or YAML document is needed",
    ],
    [
      "what was compressed and is cut",
      gzipSync(Buffer.from("host: {}\n")).subarray(0, 20),
      ": compressed (gzip), and damaged",
    ],
  ])("refuses %s, and says so", async (_, bytes, message) => {
    const source = join(mkdtempSync(join(scratch, "bytes-")), "document");
    writeFileSync(source, bytes);
    const { code, err } = await runCli(["encode", source, "-w", join(scratch, "none")]);
    expect([code, err]).toEqual([2, expect.stringContaining(`nbft: ${source}${message}`)]);
  });

  it("takes an IPv4 address as the table has it", async () => {
    const source = join(scratch, "mapped.yaml");
    writeFileSync(source, "hfi: [{transportInfo: {mac: 52:54:00:12:34:56, ipAddress: '::ffff:192.0.2.1'}}]\n");
    const { bytes } = await runCli(["encode", source, "-w", "-"]);
    expect(readNbft(bytes).table.hfi[0]?.transportInfo).toMatchObject({ ipAddress: "192.0.2.1", subnetMaskPrefix: 24 });
  });

  it("names the description that has too little for a table", async () => {
    const source = join(scratch, "no-lease.yaml");
    writeFileSync(source, `host: {nqn: ${nqn}}\ninterfaces: [{mac: 52:54:00:12:34:56, address: dhcp}]\n`);
    for (const words of [["encode"], ["qemu"], ["validate"], ["plan"]])
      expect((await runCli([...words, source])).err).toContain(
        `nbft: ${source}: interfaces[0].lease.address: is missing`,
      );
  });

  it("obeys no terminal controls in the name of a file", async () => {
    const source = join(scratch, "x\u001b[31my.yaml");
    writeFileSync(source, "a: 1\n");
    expect((await runCli(["encode", source])).err).toContain("x\\x1b[31my.yaml:1:1: a: no such key");
  });

  it("refuses an empty text in the edk2 layout, which has no form for it", async () => {
    const folder = mkdtempSync(join(scratch, "empty-"));
    const source = join(folder, "table.yaml");
    writeFileSync(source, 'ssns:\n  - traddr: 192.0.2.1\n    subsystemNqn: ""\n');
    const { code, err } = await runCli(["encode", source, "--layout", "edk2", "-w", join(folder, "NBFT")]);
    expect(code).toBe(2);
    expect(err).toContain("table.yaml:3:19: ssns[0].subsystemNqn: an empty text has no form in the edk2 layout");
    expect((await runCli(["encode", source, "-w", join(folder, "NBFT")])).code).toBe(0);
  });

  it("replaces a file whole, and leaves nothing beside it", async () => {
    const folder = mkdtempSync(join(scratch, "whole-"));
    const output = join(folder, "NBFT");
    writeFileSync(output, "x".repeat(100_000));
    expect((await runCli(["encode", "examples/table.yaml", "-w", output])).code).toBe(0);
    expect(readNbft(readFileSync(output)).table.ssns).toHaveLength(2);
    expect(readdirSync(folder)).toEqual(["NBFT"]);
  });

  it("cannot write where a folder is, or where none is", async () => {
    for (const output of [scratch, join(scratch, "none", "NBFT")]) {
      const { code, err } = await runCli(["encode", "examples/table.yaml", "-w", output]);
      expect([code, err.split("\n")[0]]).toEqual([2, expect.stringMatching(/^nbft: .*(a directory|no such file)/i)]);
    }
  });

  it("writes no table to a terminal", async () => {
    const { code, bytes } = await runCli(["encode", "examples/table.yaml"], { tty: true });
    expect([code, bytes.length]).toEqual([2, 0]);
  });

  it.each([
    ["a table", readFileSync("test/vectors/nbft/made/L13-security-3"), /: a table: a JSON or YAML document is needed/],
    ["NUL bytes", new Uint8Array(64), /not text/],
    ["two documents", "[{}, {}]", /: 2 documents; give one/],
  ])("refuses %s", async (_, stdin, message) => {
    const { code, err } = await runCli(["encode", "-"], { stdin });
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  it("makes both layouts and both revisions of one document", async () => {
    const made = async (...words: string[]) => (await runCli(["encode", "examples/table.yaml", ...words])).bytes;
    const spec = await made();
    expect(await made("--layout", "spec", "--revision", "1.0")).toEqual(spec);
    expect(await made("--layout", "edk2")).not.toEqual(spec);
    expect(readNbft(await made("--layout", "edk2")).table).toEqual(readNbft(spec).table);
    expect(readNbft(await made("--revision", "1.1")).table.header.minorRevision).toBe(1);
  });
});

describe("nbft diff", () => {
  it("exits 0 for the same, 1 for what differs, 2 for trouble", async () => {
    const file = join(scratch, "same");
    await runCli(["encode", "examples/table.yaml", "-w", file]);
    expect(await runCli(["diff", "examples/table.yaml", file])).toMatchObject({ code: 0, out: "" });
    expect(await runCli(["diff", "examples/static.yaml", file])).toMatchObject({ code: 1 });
    expect(await runCli(["diff", "no-such-file", file])).toMatchObject({ code: 2, out: "" });
    expect(await runCli(["diff", "-", "-"])).toMatchObject({ code: 2, out: "" });
  });

  it("knows a profile that has got another number", async () => {
    const document = (index: number) => JSON.stringify({ security: [{ index, secretKeypath: "/a" }] });
    const [a, b] = [join(scratch, "a.json"), join(scratch, "b.json")];
    writeFileSync(a, document(1));
    writeFileSync(b, document(2));
    expect(await runCli(["diff", a, b])).toMatchObject({ code: 1, out: "~ security#1.index 1 → 2\n" });
  });
});
