import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { formatAcpidump } from "../../src/acpi/acpidump-text.ts";
import { encodeCpio } from "../../src/acpi/cpio.ts";
import { readContainer } from "../../src/node/containers.ts";
import { openFile } from "../../src/node/file-reader.ts";
import { openTree } from "../../src/node/file-tree.ts";
import { findFirmware } from "../../src/node/firmware.ts";
import { inspectFile } from "../../src/node/inspect.ts";
import { containersOf, tablesOf } from "../../src/node/sources.ts";
import { writeFileAtomic } from "../../src/node/write-file.ts";
import { table } from "../helpers/vectors.ts";

const folder = mkdtempSync(join(tmpdir(), "nbft-containers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const nbft = table("L02");
const other = table("multipath/");
function put(name: string, data: Uint8Array | string): string {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, data);
  return path;
}
const sources = (...paths: string[]) => [...tablesOf({ sources: paths, stdin: () => new Uint8Array() })];

describe("an open file", () => {
  it("is read in pieces, small ones from a block, with what was given out before left alone", () => {
    const bytes = new Uint8Array(300_000).map((_, i) => i * 7);
    const reader = openFile(put("pieces", bytes));
    const first = reader.read(10, 4);
    const far = reader.read(200_000, 8);
    const large = reader.read(5, 150_000);
    expect([...first]).toEqual([...bytes.subarray(10, 14)]);
    expect([...far]).toEqual([...bytes.subarray(200_000, 200_008)]);
    expect(Buffer.compare(large, bytes.subarray(5, 150_005))).toBe(0);
    expect(reader.read(299_998, 10)).toHaveLength(2);
    expect(reader.read(300_000, 10)).toHaveLength(0);
    expect(reader.read(-5, 10)).toHaveLength(5);
    reader.close();
    reader.close();
  });

  it("that states no size is read to its end", () => {
    const reader = openFile("/proc/self/status");
    expect(reader.size).toBeGreaterThan(100);
    expect(reader.streamed).toBe(true);
    reader.close();
  });

  it("that never ends is given up", () => {
    expect(() => openFile("/dev/zero")).toThrow(/more than \d+ bytes from a pipe or device/);
  });
});

describe("a directory as a tree", () => {
  it("follows links inside it, and only those", () => {
    put("tree/real/NBFT", nbft);
    put("outside/secret", "secret");
    mkdirSync(join(folder, "tree/sub"));
    symlinkSync("../real/NBFT", join(folder, "tree/sub/inside"));
    symlinkSync("../../outside/secret", join(folder, "tree/sub/outside"));
    symlinkSync("../outside/secret", join(folder, "tree/own"));
    symlinkSync("sub", join(folder, "tree/sub/loop"));
    const tree = openTree(join(folder, "tree"));
    expect(tree.kind("sub/inside")).toBe("file");
    expect(tree.kind("sub/outside")).toBeUndefined();
    expect(tree.kind("own")).toBe("file");
    expect(tree.list("sub").map(({ name, kind }) => [name, kind])).toEqual([
      ["inside", "file"],
      ["loop", "other"],
      ["outside", "other"],
    ]);
    expect(tree.open("sub/inside").read(0, 4)).toEqual(nbft.subarray(0, 4));
  });

  it("does not open pipes and devices", () => {
    mkdirSync(join(folder, "odd/sys/firmware/acpi/tables"), { recursive: true });
    execFileSync("mkfifo", [join(folder, "odd/sys/firmware/acpi/tables/NBFT")]);
    expect(readContainer(join(folder, "odd")).tables).toEqual([]);
  });

  it("may have more files than a process may open", () => {
    for (let i = 0; i < 1200; i++) put(`many/sys/firmware/acpi/tables/SSDT${i}`, nbft);
    expect(readContainer(join(folder, "many")).tables).toHaveLength(1000);
  });
});

describe("a folder of tables", () => {
  const bytesOf = (path: string) => sources(path)[0]?.bytes;
  const longer = Buffer.concat([nbft, new Uint8Array(5000).fill(7)]);

  it("has tables with all their bytes, whatever length they say", () => {
    for (const [name, bytes] of [
      ["whole", nbft],
      ["longer", longer],
      ["shorter", nbft.subarray(0, -20)],
      ["head", nbft.subarray(0, 6)],
      ["large", Buffer.concat([nbft, new Uint8Array(100_000).fill(7)])],
    ] as const) {
      put(`folder-${name}/NBFT`, bytes);
      expect(Buffer.from(bytesOf(join(folder, `folder-${name}`))!).equals(bytes), name).toBe(true);
    }
  });

  it("may have a pipe, which is read to its end", () => {
    const [whole, pipe] = [put("after.bin", longer), join(folder, "folder-pipe/NBFT0")];
    mkdirSync(join(folder, "folder-pipe"));
    execFileSync("mkfifo", [pipe]);
    // A table, and bytes after it that come later.
    const parts = `(head -c ${nbft.length}; sleep 0.05; cat) <"$0" >"$1"`;
    spawn("sh", ["-c", parts, whole, pipe], { stdio: "ignore" });
    expect(bytesOf(join(folder, "folder-pipe"))).toEqual(Uint8Array.from(longer));
  });
});

describe("sources", () => {
  const dump = put("dump.txt", formatAcpidump([{ bytes: nbft }, { bytes: other }]));
  const early = put("early.cpio", encodeCpio([{ name: "kernel/firmware/acpi/n.aml", data: nbft }]));

  it("name a table inside a container by container and table", () => {
    expect(sources(dump, early).map(({ path, container, origin }) => [path, container, origin])).toEqual([
      [`${dump}:NBFT1`, "acpidump", "line 1"],
      [`${dump}:NBFT2`, "acpidump", "line 39"],
      [`${early}:NBFT`, "initrd", "kernel/firmware/acpi/n.aml"],
    ]);
  });

  it("read a container from standard input", () => {
    const [found] = [...tablesOf({ sources: ["-"], stdin: () => readFileSync(dump) })];
    expect(found).toMatchObject({ path: "-:NBFT1", bytes: nbft });
  });

  it("keep a plain table's own path, whatever its name", () => {
    const path = put("plain.bin", nbft);
    expect(sources(path)).toEqual([{ path, bytes: nbft }]);
  });

  it("find tables of a report and of acpixtract by their files", () => {
    put("report/sos-1/sys/firmware/acpi/tables/NBFT", nbft);
    put("extracted/nbft1.dat", nbft);
    put("extracted/nbft2.dat", other);
    expect(sources(join(folder, "report"), join(folder, "extracted")).map(({ path }) => path)).toEqual([
      join(folder, "report/sos-1/sys/firmware/acpi/tables/NBFT"),
      join(folder, "extracted/nbft1.dat"),
      join(folder, "extracted/nbft2.dat"),
    ]);
  });

  it("report each source's trouble and go on", () => {
    const zipped = put("initrd.gz", Uint8Array.of(0x1f, 0x8b, 8, 0));
    const empty = put("empty.cpio", encodeCpio([{ name: "init", data: nbft }]));
    const found = sources(join(folder, "nope"), zipped, empty, early);
    expect(found.map(({ error }) => error)).toEqual([
      "no such file or directory",
      expect.stringContaining("compressed (gzip)"),
      "read as initrd: no NBFT, 0 other tables",
      undefined,
    ]);
  });

  it("can be forced to a kind, and only to one that fits", () => {
    const both = put("both.bin", Buffer.concat([nbft, other]));
    const forced = (from: "tables" | "directory" | "acpidump") => [
      ...tablesOf({ sources: [both], stdin: () => new Uint8Array(), from }),
    ];
    expect(forced("tables").map(({ bytes }) => bytes)).toEqual([nbft, other]);
    expect(forced("directory")[0]!.error).toBe("is a file, and directory is the form of a directory");
    expect(forced("acpidump")[0]!.error).toBe("read as acpidump: no NBFT, 0 other tables");
    expect([...tablesOf({ sources: [folder], stdin: () => new Uint8Array(), from: "memory" })][0]!.error).toBe(
      "is a directory, and memory is the form of a file",
    );
  });

  it("warn of what is wrong with a container", () => {
    const warned: string[] = [];
    const broken = put("broken.cpio", encodeCpio([{ name: "kernel/firmware/acpi/n", data: nbft.slice(0, 100) }]));
    [
      ...tablesOf({
        sources: [broken],
        stdin: () => new Uint8Array(),
        warn: (path, { rule }) => warned.push(`${path} ${rule}`),
      }),
    ];
    expect(warned).toEqual([`${broken} K013`]);
  });

  it("list whole containers, other tables included", () => {
    const found = [...containersOf({ sources: [dump, join(folder, "nope")], stdin: () => new Uint8Array() })];
    expect(found[0]!.reading!.tables).toHaveLength(2);
    expect(found[1]).toMatchObject({ error: "no such file or directory" });
  });
});

describe("large outputs", () => {
  const image = {
    size: 10 << 20,
    parts: [
      { offset: 5, bytes: Uint8Array.of(1, 2) },
      { offset: (10 << 20) - 1, bytes: Uint8Array.of(3) },
    ],
  };

  it("are files with holes", () => {
    const path = join(folder, "sparse.img");
    writeFileAtomic(path, image);
    const { size, blocks } = statSync(path);
    expect(size).toBe(image.size);
    expect(blocks * 512).toBeLessThan(1 << 20);
    const bytes = readFileSync(path);
    expect([bytes[5], bytes[6], bytes.at(-1), bytes[7]]).toEqual([1, 2, 3, 0]);
  });

  it("replace a file at once, keep its permissions, and leave nothing behind when they fail", () => {
    const path = put("out/image", "old");
    chmodSync(path, 0o640);
    const failing = {
      size: 10,
      parts: [
        {
          offset: 0,
          get bytes(): Uint8Array {
            throw new Error("stop");
          },
        },
      ],
    };
    expect(() => writeFileAtomic(path, failing)).toThrow("stop");
    expect(readFileSync(path, "utf8")).toBe("old");
    writeFileAtomic(path, { size: 3, parts: [{ offset: 0, bytes: Uint8Array.of(65) }] });
    expect(readFileSync(path, "utf8")).toBe("A\0\0");
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(readdirSync(join(folder, "out"))).toEqual(["image"]);
  });

  it("do not make folders", () => {
    expect(() => writeFileAtomic(join(folder, "nowhere/x"), image)).toThrow(/ENOENT/);
    expect(existsSync(join(folder, "nowhere"))).toBe(false);
  });
});

describe("this system", () => {
  it("is asked for firmware by descriptor, the user's own folder last", () => {
    const config = join(folder, "config");
    put(
      "config/qemu/firmware/00-own.json",
      JSON.stringify({
        description: "own",
        "interface-types": ["uefi"],
        mapping: { device: "flash", executable: { filename: "/own/CODE.fd", format: "raw" } },
        targets: [{ architecture: "sparc", machines: ["own-*"] }],
        features: [],
        tags: [],
      }),
    );
    const before = process.env["XDG_CONFIG_HOME"];
    process.env["XDG_CONFIG_HOME"] = config;
    try {
      expect(findFirmware({ architecture: "sparc", machine: "own-1" })?.description).toBe("own");
      expect(findFirmware({ architecture: "sparc", machine: "other" })).toBeUndefined();
    } finally {
      if (before === undefined) delete process.env["XDG_CONFIG_HOME"];
      else process.env["XDG_CONFIG_HOME"] = before;
    }
  });

  it("shows files to a check", () => {
    const path = put("file", nbft);
    const file = inspectFile(path)!;
    expect([file.size, file.head(4), file.bytes()!.length]).toEqual([nbft.length, nbft.slice(0, 4), nbft.length]);
    expect(inspectFile(join(folder, "nope"))).toBeUndefined();
    expect(inspectFile(folder)).toBeUndefined();
  });
});
