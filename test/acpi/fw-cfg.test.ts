import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sumBytes } from "../../src/acpi/checksum.ts";
import { memoryTree } from "../../src/acpi/file-tree.ts";
import {
  decodeLegacyTables,
  fwCfgItems,
  isFwCfgTree,
  readFwCfgTables,
  readFwCfgTree,
} from "../../src/acpi/fw-cfg-capture.ts";
import { decodeFwCfgDirectory } from "../../src/acpi/fw-cfg-directory.ts";
import { decodeTableLoader, encodeTableLoader, type LoaderCommand } from "../../src/acpi/table-loader.ts";
import { readNumber, replayTableLoader, writeNumber } from "../../src/acpi/table-loader-replay.ts";
import { captureTree, filesBelow } from "../helpers/acpi-vectors.ts";
import { table } from "../helpers/vectors.ts";

const q35 = filesBelow("fwcfg/q35-two-nbft");
const item = (name: string) => q35[name.replaceAll("/", "%2F")]!;

describe("the directory", () => {
  it("of a real machine names its items in order", () => {
    const { entries, diagnostics } = decodeFwCfgDirectory(q35["_directory.bin"]!);
    expect(diagnostics).toEqual([]);
    expect(entries).toHaveLength(15);
    expect(entries.map(({ name }) => name)).toEqual(entries.map(({ name }) => name).sort());
    expect(entries.find(({ name }) => name === "etc/table-loader")).toMatchObject({ size: 4096, select: 0x2c });
    expect(entries.map(({ select }) => select)).toEqual(entries.map((_, i) => 0x20 + i));
  });

  it("gives the rows that are there when more are announced", () => {
    const cut = q35["_directory.bin"]!.slice(0, 4 + 64 * 3 + 20);
    const { entries, diagnostics } = decodeFwCfgDirectory(cut);
    expect(entries).toHaveLength(3);
    expect(diagnostics).toMatchObject([
      { rule: "K023", message: expect.stringContaining("announces 15 items, 3 are there") },
    ]);
    expect(decodeFwCfgDirectory(Uint8Array.of(0xff, 0xff)).entries).toEqual([]);
    expect(decodeFwCfgDirectory(new Uint8Array(4).fill(0xff)).entries).toEqual([]);
  });
});

describe("a script", () => {
  it.each([
    ["q35", item("etc/table-loader")],
    ["virt", filesBelow("fwcfg/virt")["etc/table-loader"]!],
    ["microvm", filesBelow("fwcfg/microvm")["etc/table-loader"]!],
  ])("of a real %s is decoded and written again byte for byte", (_, bytes) => {
    const { commands, diagnostics } = decodeTableLoader(bytes);
    expect(diagnostics).toEqual([]);
    expect(commands[0]).toMatchObject({ kind: "allocate" });
    expect(encodeTableLoader(commands, bytes.length % 4096 === 0 ? 4096 : 128)).toEqual(bytes);
  });

  const file = fc.stringMatching(/^[a-z/-]{1,20}$/);
  const u32 = fc.nat(0xffffffff);
  const size = fc.constantFrom(1, 2, 4, 8);
  const command: fc.Arbitrary<LoaderCommand> = fc.oneof(
    fc.record({
      kind: fc.constant("allocate" as const),
      file,
      align: u32,
      zone: fc.constantFrom<"high" | "fseg" | number>("high", "fseg", 9),
    }),
    fc.record({ kind: fc.constant("add-pointer" as const), file, target: file, offset: u32, size }),
    fc.record({ kind: fc.constant("add-checksum" as const), file, result: u32, start: u32, length: u32 }),
    fc.record({
      kind: fc.constant("write-pointer" as const),
      file,
      target: file,
      offset: u32,
      targetOffset: u32,
      size,
    }),
    fc.uint8Array({ minLength: 124, maxLength: 124 }).map((rest): LoaderCommand => {
      const bytes = Uint8Array.of(9, 0, 0, 0, ...rest);
      return { kind: "unknown", command: 9, bytes };
    }),
  );

  it("any commands come back (property)", () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 8 }), (commands) => {
        expect(decodeTableLoader(encodeTableLoader(commands)).commands).toEqual(commands);
      }),
    );
  });

  it("any bytes can be decoded and replayed (property)", () => {
    const base = item("etc/table-loader").slice(0, 2048);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2047), fc.nat(255)), { maxLength: 20 }), (changes) => {
        const bytes = base.slice();
        for (const [at, value] of changes) bytes[at] = value;
        replayTableLoader(decodeTableLoader(bytes).commands, (name) => item(name)?.slice(0, 16384));
      }),
      { numRuns: 50 },
    );
  });

  it("with a wrong size, an unknown command or an open name gets a finding each", () => {
    expect(decodeTableLoader(new Uint8Array(130)).diagnostics).toMatchObject([{ rule: "K020" }]);
    const unknown = new Uint8Array(128);
    unknown[0] = 7;
    expect(decodeTableLoader(unknown)).toMatchObject({
      commands: [{ kind: "unknown", command: 7 }],
      diagnostics: [{ rule: "K022" }],
    });
    const open = new Uint8Array(128).fill(0x61);
    open.set([1, 0, 0, 0]);
    expect(decodeTableLoader(open).diagnostics).toMatchObject([{ rule: "K021" }]);
  });

  it("refuses a name that does not fit", () => {
    expect(() => encodeTableLoader([{ kind: "allocate", file: "x".repeat(56), align: 1, zone: "high" }])).toThrow(
      /commands\[0\]\.file/,
    );
  });
});

describe("a replay", () => {
  it("leaves tables with right sums and pointers to each other, as firmware does", () => {
    const { commands } = decodeTableLoader(item("etc/table-loader"));
    const base = 0x0ffe0000;
    const { files, diagnostics } = replayTableLoader(commands, item, {
      "etc/acpi/tables": base,
      "etc/acpi/rsdp": 0xf59e0,
    });
    expect(diagnostics).toEqual([]);
    const rsdp = files.get("etc/acpi/rsdp")!;
    const blob = files.get("etc/acpi/tables")!;
    expect(sumBytes(rsdp, 0, 20)).toBe(0);
    const root = readNumber(rsdp, 16, 4) - base;
    expect(String.fromCharCode(...blob.subarray(root, root + 4))).toBe("RSDT");
    const length = readNumber(blob, root + 4, 4);
    expect(sumBytes(blob, root, root + length)).toBe(0);
    const signatures = [];
    for (let at = root + 36; at < root + length; at += 4) {
      const place = readNumber(blob, at, 4) - base;
      signatures.push(String.fromCharCode(...blob.subarray(place, place + 4)));
      expect(sumBytes(blob, place, place + readNumber(blob, place + 4, 4))).toBe(0);
    }
    expect(signatures).toEqual(["FACP", "APIC", "HPET", "MCFG", "WAET", "NBFT", "NBFT"]);
  });

  it("does not change the items", () => {
    const before = item("etc/acpi/tables").slice();
    replayTableLoader(decodeTableLoader(item("etc/table-loader")).commands, item, { "etc/acpi/tables": 0x1000 });
    expect(item("etc/acpi/tables")).toEqual(before);
  });

  const items = (name: string) => ({ a: new Uint8Array(16), b: Uint8Array.from({ length: 32 }, () => 1) })[name];
  const allocate = (file: string): LoaderCommand => ({ kind: "allocate", file, align: 16, zone: "high" });
  it.each<[string, LoaderCommand[], RegExp]>([
    ["a file that is not there", [allocate("x")], /no item x/],
    ["a file twice", [allocate("a"), allocate("a")], /allocated twice/],
    [
      "an alignment that is no power of two",
      [{ kind: "allocate", file: "a", align: 24, zone: "high" }],
      /not a power of two/,
    ],
    ["an alignment above 4096", [{ kind: "allocate", file: "a", align: 8192, zone: "high" }], /more than 4096/],
    [
      "a checksum of a file that is not loaded",
      [{ kind: "add-checksum", file: "a", result: 0, start: 0, length: 1 }],
      /not allocated/,
    ],
    [
      "a checksum beyond the file",
      [allocate("a"), { kind: "add-checksum", file: "a", result: 0, start: 0, length: 17 }],
      /not inside a/,
    ],
    [
      "a checksum outside its range",
      [allocate("a"), { kind: "add-checksum", file: "a", result: 9, start: 0, length: 8 }],
      /not inside a/,
    ],
    [
      "a checksum byte that is not zero",
      [allocate("b"), { kind: "add-checksum", file: "b", result: 0, start: 0, length: 8 }],
      /OVMF a wrong one/,
    ],
    [
      "a pointer into a file that is not loaded",
      [allocate("a"), { kind: "add-pointer", file: "a", target: "b", offset: 0, size: 4 }],
      /b is not allocated/,
    ],
    [
      "a pointer of 3 bytes",
      [allocate("a"), { kind: "add-pointer", file: "a", target: "a", offset: 0, size: 3 }],
      /pointer of 3 bytes/,
    ],
    [
      "a pointer beyond its file",
      [allocate("a"), { kind: "add-pointer", file: "a", target: "a", offset: 13, size: 4 }],
      /outside a/,
    ],
    [
      "a pointer that leads out of the target",
      [allocate("a"), allocate("b"), { kind: "add-pointer", file: "b", target: "a", offset: 0, size: 4 }],
      /points to 16843009, a has 16 bytes/,
    ],
    [
      "a write pointer out of its target",
      [allocate("a"), { kind: "write-pointer", file: "w", target: "a", offset: 0, targetOffset: 16, size: 8 }],
      /outside a/,
    ],
  ])("says what a firmware refuses: %s", (_, commands, message) => {
    const { diagnostics } = replayTableLoader(commands, items);
    expect(diagnostics).toMatchObject([{ rule: "K021", message: expect.stringMatching(message) }]);
  });

  it("refuses an address that does not fit into its pointer", () => {
    const commands: LoaderCommand[] = [
      allocate("a"),
      { kind: "add-pointer", file: "a", target: "a", offset: 0, size: 4 },
    ];
    expect(replayTableLoader(commands, items, { a: 2 ** 32 }).diagnostics[0]!.message).toMatch(
      /does not fit into 4 bytes/,
    );
    expect(
      replayTableLoader([commands[0]!, { ...commands[1]!, size: 8 } as LoaderCommand], items, { a: 2 ** 40 })
        .files.get("a")!
        .subarray(0, 8),
    ).toEqual(Uint8Array.of(0, 0, 0, 0, 0, 1, 0, 0));
  });

  it("numbers of 1 to 8 bytes are read as they are written", () => {
    for (const [size, value] of [
      [1, 200],
      [2, 0x1234],
      [4, 0xfedcba98],
      [8, 2 ** 52 + 3],
    ] as const) {
      const bytes = new Uint8Array(12);
      writeNumber(bytes, 2, size, value);
      expect(readNumber(bytes, 2, size)).toBe(value);
    }
  });
});

describe("a capture", () => {
  const small = table("L02");
  const multipath = table("multipath/");

  it("with percent-encoded names gives the user's tables as the guest saw them", () => {
    const tree = captureTree("q35-two-nbft");
    expect(isFwCfgTree(tree)).toBe(true);
    const { tables, diagnostics } = readFwCfgTables(readFwCfgTree(tree));
    expect(tables.map(({ name }) => name)).toEqual([
      "FACS",
      "DSDT",
      "FACP",
      "APIC",
      "HPET",
      "MCFG",
      "WAET",
      "NBFT1",
      "NBFT2",
      "RSDT",
    ]);
    expect(tables.filter(({ signature }) => signature === "NBFT").map(({ bytes }) => bytes)).toEqual([
      small,
      multipath,
    ]);
    expect(diagnostics).toEqual([]);
  });

  it.each([
    ["virt", ["DSDT", "FACP", "APIC", "PPTT", "GTDT", "MCFG", "SPCR", "DBG2", "IORT", "XSDT"]],
    ["microvm", ["DSDT", "FACP", "APIC", "XSDT"]],
  ])("with names as folders: %s", (name, expected) => {
    const { tables, diagnostics } = readFwCfgTables(readFwCfgTree(captureTree(name)));
    expect(tables.map((found) => found.name)).toEqual(expected);
    expect(diagnostics).toEqual([]);
  });

  const sysfs = (shape: (name: string, key: number, bytes: Uint8Array) => Record<string, Uint8Array>) =>
    memoryTree(
      Object.assign(
        {},
        ...Object.entries(q35).map(([name, bytes], i) => shape(name.replaceAll("%2F", "/"), 32 + i, bytes)),
      ) as Record<string, Uint8Array>,
    );
  it.each([
    [
      "by_name of sysfs",
      sysfs((name, _, bytes) => ({ [`by_name/${name}/raw`]: bytes, [`by_name/${name}/key`]: new Uint8Array(1) })),
    ],
    [
      "by_key of sysfs",
      sysfs((name, key, bytes) => ({
        [`by_key/${key}/raw`]: bytes,
        [`by_key/${key}/name`]: new TextEncoder().encode(`${name}\n`),
      })),
    ],
    ["the folder qemu_fw_cfg", sysfs((name, _, bytes) => ({ [`qemu_fw_cfg/by_name/${name}/raw`]: bytes }))],
    ["lower-case percent signs", sysfs((name, _, bytes) => ({ [name.replaceAll("/", "%2f")]: bytes }))],
  ])("copied from %s", (_, tree) => {
    expect(isFwCfgTree(tree)).toBe(true);
    expect(readFwCfgTables(readFwCfgTree(tree)).tables.filter(({ signature }) => signature === "NBFT")).toHaveLength(2);
  });

  const without = (changes: Record<string, Uint8Array | undefined>) => {
    const all: Record<string, Uint8Array> = {};
    for (const [name, bytes] of Object.entries(q35)) all[name.replaceAll("%2F", "/")] = bytes;
    for (const [name, bytes] of Object.entries(changes)) {
      if (bytes) all[name] = bytes;
      else delete all[name];
    }
    return readFwCfgTables(fwCfgItems(all));
  };

  it("without the script follows the offsets from the RSDP", () => {
    const { tables, diagnostics } = without({ "etc/table-loader": undefined });
    expect(tables.filter(({ signature }) => signature === "NBFT").map(({ bytes }) => bytes)).toEqual([
      small,
      multipath,
    ]);
    expect(diagnostics).toMatchObject([{ rule: "K023" }]);
  });

  it("without the tables has none, and says why", () => {
    const { tables, diagnostics } = without({ "etc/acpi/tables": undefined });
    expect(tables).toEqual([]);
    expect(diagnostics.some(({ message }) => message.includes("there is no item etc/acpi/tables"))).toBe(true);
  });

  it("of the legacy item alone gives its tables", () => {
    const legacy = Uint8Array.of(2, 0, ...le16(small.length), ...small, ...le16(multipath.length), ...multipath);
    expect(decodeLegacyTables(legacy)).toEqual([small, multipath]);
    expect(decodeLegacyTables(legacy.slice(0, -1))).toEqual([small]);
    const { tables } = readFwCfgTables(fwCfgItems({ "0x8000": legacy }));
    expect(tables.map(({ name }) => name)).toEqual(["NBFT1", "NBFT2"]);
  });

  it("with an NBFT of wrong sum shows it and says what firmware does", () => {
    const blob = item("etc/acpi/tables").slice();
    const at = readFwCfgTables(readFwCfgTree(captureTree("q35-two-nbft"))).tables.find(({ name }) => name === "NBFT1")!
      .offset!;
    blob[at + 9] = blob[at + 9]! ^ 1;
    const { tables, diagnostics } = without({ "etc/acpi/tables": blob });
    expect(tables.some(({ name }) => name === "NBFT1")).toBe(true);
    expect(diagnostics).toMatchObject([{ rule: "K032", hint: expect.stringContaining("OVMF takes it for data") }]);
  });

  it("from before the firmware ran is told apart by its FADT", () => {
    const { tables } = without({});
    const fadt = tables.find(({ name }) => name === "FACP")!;
    const blob = item("etc/acpi/tables").slice();
    blob.fill(0, fadt.offset! + 56, fadt.offset! + 60);
    expect(without({ "etc/acpi/tables": blob }).diagnostics).toMatchObject([{ rule: "K024" }]);
  });

  it("with an item of another size than the directory says gets a finding", () => {
    const tree = memoryTree({ ...q35, "etc%2Facpi%2Frsdp": q35["etc%2Facpi%2Frsdp"]!.slice(0, 10) });
    expect(readFwCfgTables(readFwCfgTree(tree)).diagnostics.map(({ rule }) => rule)).toContain("K025");
  });

  function le16(value: number): [number, number] {
    return [value & 0xff, value >> 8];
  }
});
