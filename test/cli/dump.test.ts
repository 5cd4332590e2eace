import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { bareDocumentOf } from "../../src/document/document.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { escapeJson } from "../../src/text/json.ts";
import { runCli } from "../helpers/cli.ts";
import { allTables, table } from "../helpers/vectors.ts";

const made = "test/vectors/nbft/made";
const bad = "test/vectors/nbft/made-bad";
const scratch = mkdtempSync(join(tmpdir(), "nbft-dump-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A folder with tables under the names that Linux gives them. */
function folderOf(name: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = join(scratch, name);
  mkdirSync(folder, { recursive: true });
  for (const [file, content] of Object.entries(files)) {
    if (typeof content === "string") copyFileSync(content, join(folder, file));
    else writeFileSync(join(folder, file), content);
  }
  return folder;
}

describe("sources", () => {
  it("takes every NBFT* of a directory in order, and nothing else", async () => {
    const folder = folderOf("ten", {
      NBFT10: `${made}/L01-min-v10-edk2`,
      NBFT2: `${made}/L02-min-v11-spec`,
      NBFT: `${made}/L13-security-3`,
      APIC: `${made}/L01-min-v10-edk2`,
    });
    const { out, code } = await runCli(["dump", "-o", "ndjson", folder]);
    const sources = out
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { source: string }).source);
    expect(sources).toEqual([`${folder}/NBFT`, `${folder}/NBFT2`, `${folder}/NBFT10`]);
    expect(code).toBe(0);
  });

  it("reads standard input", async () => {
    const { out, code } = await runCli(["dump", "-o", "json", "-"], { stdin: table("L02") });
    expect((JSON.parse(out) as { host: { hostNqn: string } }).host.hostNqn).toMatch(/^nqn\./);
    expect(code).toBe(0);
  });

  it("takes --nbft-path as nvme-cli does, and a file as well", async () => {
    const folder = folderOf("one", { NBFT: `${made}/L02-min-v11-spec` });
    const byFolder = await runCli(["dump", "-o", "binary", `--nbft-path=${folder}`]);
    const byFile = await runCli(["dump", "-o", "binary", "--nbft-path", `${folder}/NBFT`]);
    expect(byFolder.bytes).toEqual(table("L02"));
    expect(byFile.bytes).toEqual(table("L02"));
  });

  it.each([
    ["a file that is not there", join(scratch, "nothing"), "no such file or directory"],
    [
      "another table",
      join(folderOf("other", { APIC: new Uint8Array(64).map((_, i) => [0x41, 0x50, 0x49, 0x43, 64][i] ?? 0) }), "APIC"),
      "",
    ],
    ["a cut table", `${bad}/S01-truncated-127`, "too short for an NBFT: 127 bytes, expected at least 128"],
  ])("exits 2 for %s, with the others shown", async (_, path, message) => {
    const { out, err, code } = await runCli(["dump", "-o", "json", path, `${made}/L02-min-v11-spec`]);
    expect(err).toContain(message);
    expect(err.split("\n")).toHaveLength(2);
    expect(JSON.parse(out)).toHaveLength(1);
    expect(code).toBe(2);
  });

  it("says where it looked when a directory has no table", async () => {
    const { out, err, code } = await runCli(["dump", "-o", "json", folderOf("empty", {})]);
    expect([out, code]).toEqual(["[]\n", 2]);
    expect(err).toMatch(/empty: no NBFT: a folder is read for files named NBFT\*/);
  });

  it.each([["--bogus"], ["-o", "xml", made]])("exits 2 on a wrong call: %s", async (...words) => {
    const { code, err } = await runCli(["dump", ...words]);
    expect(code).toBe(2);
    expect(err).toMatch(/^nbft: (unknown option|-o xml: not an output format)/);
  });
});

describe("exit code", () => {
  it.each([
    ["a wrong checksum", Uint8Array.from(table("L02"), (byte, i) => (i === 9 ? 0 : byte))],
    ["a length beyond the file", table("S03")],
    ["a heap outside the table", table("S05")],
  ])("is 0 for a table with %s: it could be shown", async (_, bytes) => {
    const { code, out } = await runCli(["dump", "-"], { stdin: bytes });
    expect(code).toBe(0);
    expect(out).toMatch(/finding/);
  });
});

describe("-o json", () => {
  it("is one document for one file, an array for more", async () => {
    const one = JSON.parse((await runCli(["dump", "-o", "json", `${made}/L02-min-v11-spec`])).out) as object;
    const two = JSON.parse(
      (await runCli(["dump", "-o", "json", `${made}/L01-min-v10-edk2`, `${made}/L02-min-v11-spec`])).out,
    ) as object[];
    expect(one).not.toHaveProperty("source");
    expect(two.map((document) => (document as { source: string }).source)).toEqual([
      `${made}/L01-min-v10-edk2`,
      `${made}/L02-min-v11-spec`,
    ]);
  });

  it("has a layout only where the bytes are not canonical", async () => {
    expect(JSON.parse((await runCli(["dump", "-o", "json", `${made}/L02-min-v11-spec`])).out)).not.toHaveProperty(
      "layout",
    );
    const edk2 = JSON.parse(
      (await runCli(["dump", "-o", "json", "test/vectors/firmware/vlan/NBFT.bin"])).out,
    ) as object;
    expect(edk2).toHaveProperty("layout", { style: "edk2" });
  });

  it("follows the table's size when hundreds of references name one object", async () => {
    for (const format of ["json", "ndjson"]) {
      const { out } = await runCli(["dump", "-o", format, `${bad}/S23-255-ssns-x-heap-sized-list`]);
      expect(out.length).toBeLessThan(10 * table("S23").length);
    }
  });
});

describe("-o ndjson", () => {
  it.each(allTables.filter(({ bytes }) => bytes.length >= 128).map(({ path, bytes }) => [path, bytes] as const))(
    "is the model of %s on one line",
    async (path, bytes) => {
      const { out } = await runCli(["dump", "-o", "ndjson", path]);
      expect(out).toBe(`${escapeJson(JSON.stringify({ source: path, ...bareDocumentOf(readNbft(bytes).table) }))}\n`);
    },
  );
});

describe("-o hex", () => {
  it.each(allTables.filter(({ bytes }) => bytes.length >= 128).map(({ path, bytes }) => [path, bytes] as const))(
    "shows every byte of %s once, in order",
    async (path, bytes) => {
      const { out } = await runCli(["dump", "-o", "hex", path]);
      const rows = [...out.matchAll(/^([0-9a-f]{6}) {2}((?:[0-9a-f]{2} )*[0-9a-f]{2}) /gm)];
      const shown = rows.flatMap(([, , digits]) => digits!.split(" ").map((pair) => Number.parseInt(pair, 16)));
      expect(Uint8Array.from(shown)).toEqual(bytes);
      let at = 0;
      for (const [, offset, digits] of rows) {
        expect(Number.parseInt(offset!, 16)).toBe(at);
        at += digits!.split(" ").length;
      }
      expect(out).toContain(`${bytes.length} of ${bytes.length} bytes owned`);
    },
  );
});

describe("-o binary", () => {
  it("gives all tables back to back", async () => {
    const { bytes } = await runCli(["dump", "-o", "binary", `${made}/L01-min-v10-edk2`, `${made}/L02-min-v11-spec`]);
    expect(bytes).toEqual(Uint8Array.of(...table("L01"), ...table("L02")));
  });

  it("does not go to a terminal", async () => {
    const { code, bytes, err } = await runCli(["dump", "-o", "binary", `${made}/L02-min-v11-spec`], { tty: true });
    expect([code, bytes.length]).toEqual([2, 0]);
    expect(err).toContain("will not write binary data to a terminal: use > FILE, or a pipe");
  });
});

describe("text", () => {
  const hostile = () => {
    const { table: model } = readNbft(table("L02"));
    const ssns = { ...model.ssns[0]!, subsystemNqn: "nqn.\u001b[2J\u0007\u202eevil\nSSNS 9" };
    return encodeNbft({ ...model, ssns: [ssns] });
  };

  it("shows control characters escaped", async () => {
    const { out } = await runCli(["dump", "-"], { stdin: hostile() });
    expect(out).toContain("nqn.\\x1b[2J\\x07\\u202eevil\\nSSNS 9");
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it("shows none in hex either", async () => {
    const { out } = await runCli(["dump", "-o", "hex", "-"], { stdin: hostile() });
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it("is coloured on a terminal, not in a pipe, not with NO_COLOR", async () => {
    const words = ["dump", `${made}/L02-min-v11-spec`];
    expect((await runCli(words, { tty: true })).out).toContain("\u001b[1m");
    expect((await runCli(words)).out).not.toContain("\u001b");
    expect((await runCli(words, { tty: true, env: { NO_COLOR: "1" } })).out).not.toContain("\u001b");
    expect((await runCli([...words, "--color", "always"])).out).toContain("\u001b[1m");
  });

  it("hides key paths unless asked", async () => {
    const path = `${made}/L13-security-3`;
    const keypath = readNbft(table("L13")).table.security[0]!.secretKeypath!;
    expect(keypath.length).toBeGreaterThan(4);
    expect((await runCli(["dump", path])).out).not.toContain(keypath);
    expect((await runCli(["dump", "--show-secrets", path])).out).toContain(keypath);
    expect((await runCli(["dump", "-o", "json", path])).out).toContain(keypath);
  });

  it("shows only the sections asked for", async () => {
    const { out } = await runCli(["dump", "-H", `${made}/L13-security-3`]);
    expect(out).toContain("HFI 1");
    expect(out).not.toMatch(/SSNS|Discovery controller 1|Security profile 1/);
  });
});

describe("nvme-cli formats", () => {
  it("print a rejected table on standard output and exit 0, as nvme-cli does", async () => {
    const folder = folderOf("rejected", { NBFT: `${bad}/S05-heap-wrap` });
    const { out, code } = await runCli(["dump", "-o", "nvme-cli-json", folder]);
    expect([out, code]).toEqual([`Failed to parse ${folder}/NBFT\n`, 0]);
  });
});
