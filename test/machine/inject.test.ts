import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sumBytes } from "../../src/acpi/checksum.ts";
import { fwCfgItems, readFwCfgTables } from "../../src/acpi/fw-cfg-capture.ts";
import { decodeTableLoader, encodeTableLoader } from "../../src/acpi/table-loader.ts";
import { readNumber, replayTableLoader } from "../../src/acpi/table-loader-replay.ts";
import { formatFwCfg } from "../../src/machine/qemu/fw-cfg-argument.ts";
import { injectionArguments, injectTables, itemFileName } from "../../src/machine/qemu/inject.ts";
import { filesBelow } from "../helpers/acpi-vectors.ts";
import { table } from "../helpers/vectors.ts";

const small = table("L02");
const multipath = table("multipath/");
const capture = (name: string) =>
  Object.fromEntries(
    Object.entries(filesBelow(`fwcfg/${name}`)).map(([file, bytes]) => [file.replaceAll("%2F", "/"), bytes]),
  );
const inject = (items: Record<string, Uint8Array>, tables: readonly Uint8Array[]) =>
  injectTables(fwCfgItems(items), tables);
const tablesIn = (items: ReadonlyMap<string, Uint8Array>) => readFwCfgTables(fwCfgItems(Object.fromEntries(items)));

describe.each(["q35-two-nbft", "virt", "microvm"])("into a captured %s", (name) => {
  const items = capture(name);
  const before = readFwCfgTables(fwCfgItems(items)).tables;
  const injection = inject(items, [small, multipath]);

  it("adds the tables after all others, bytes unchanged, at multiples of 16", () => {
    const { tables, diagnostics } = tablesIn(injection.items);
    expect(diagnostics).toEqual([]);
    const added = tables
      .filter(({ bytes }) => bytes.length === small.length || bytes.length === multipath.length)
      .slice(-2);
    expect(added.map(({ bytes }) => bytes)).toEqual([small, multipath]);
    for (const { offset } of added) expect(offset! % 16).toBe(0);
    expect(tables.length).toBe(before.length + 2);
  });

  it("keeps every other table as it was", () => {
    const { tables } = tablesIn(injection.items);
    for (const { signature, bytes, offset } of before) {
      if (/^[RX]SDT$/.test(signature)) continue;
      expect(tables.find((found) => found.offset === offset)!.bytes).toEqual(bytes);
    }
  });

  it("lists the old entries and then the new ones, in a root with a right sum", () => {
    const { commands } = decodeTableLoader(injection.items.get("etc/table-loader")!);
    const { files, diagnostics } = replayTableLoader(commands, (item) => injection.items.get(item), {
      "etc/acpi/tables": 0x7fe0000,
      "etc/acpi/rsdp": 0xf5000,
    });
    expect(diagnostics).toEqual([]);
    const rsdp = files.get("etc/acpi/rsdp")!;
    expect(sumBytes(rsdp, 0, 20)).toBe(0);
    if (rsdp.length === 36) expect(sumBytes(rsdp)).toBe(0);
    const [at, size] = rsdp.length === 36 ? [24, 8] : [16, 4];
    const blob = files.get("etc/acpi/tables")!;
    const root = readNumber(rsdp, at, size) - 0x7fe0000;
    const length = readNumber(blob, root + 4, 4);
    expect(sumBytes(blob, root, root + length)).toBe(0);
    const entries = Array.from(
      { length: (length - 36) / size },
      (_, i) => readNumber(blob, root + 36 + i * size, size) - 0x7fe0000,
    );
    const names = entries.map((offset) => String.fromCharCode(...blob.subarray(offset, offset + 4)));
    const old = before
      .map(({ signature }) => signature)
      .filter((signature) => !/^([RX]SDT|DSDT|FACS)$/.test(signature));
    expect([...names].sort()).toEqual([...old, "NBFT", "NBFT"].sort());
    expect(names.slice(-2)).toEqual(["NBFT", "NBFT"]);
  });

  it("can be done again", () => {
    const again = inject(Object.fromEntries(injection.items), [small]);
    expect(tablesIn(again.items).tables.filter(({ signature }) => signature === "NBFT").length).toBe(
      tablesIn(injection.items).tables.filter(({ signature }) => signature === "NBFT").length + 1,
    );
  });

  it("gives sizes that firmware takes", () => {
    expect(injection.items.get("etc/table-loader")!.length % 128).toBe(0);
    expect(injection.items.get("etc/acpi/tables")!.length % 4096).toBe(0);
    expect([...injection.items.keys()].sort()).toEqual(["etc/acpi/rsdp", "etc/acpi/tables", "etc/table-loader"]);
  });
});

describe("what to know about it", () => {
  const items = capture("virt");

  it("a wrong checksum or length is handed over as it is, with a warning", () => {
    const broken = small.map((byte, i) => (i === 9 ? byte ^ 1 : byte));
    const cut = small.slice(0, 500);
    const { diagnostics, items: made } = inject(items, [broken, cut]);
    expect(diagnostics.map(({ rule, path }) => [rule, path])).toEqual([
      ["Q004", "tables[0]"],
      ["Q003", "tables[1]"],
    ]);
    const blob = made.get("etc/acpi/tables")!;
    expect(Buffer.from(blob).includes(Buffer.from(broken))).toBe(true);
    expect(Buffer.from(blob).includes(Buffer.from(cut))).toBe(true);
  });

  it("bytes that are not a table are refused by name", () => {
    expect(inject(items, [new Uint8Array(10)]).diagnostics).toMatchObject([{ rule: "Q002", severity: "error" }]);
  });

  it("pointers that cannot be written back are left out", () => {
    const { commands } = decodeTableLoader(items["etc/table-loader"]!);
    const script = encodeTableLoader(
      [
        ...commands,
        {
          kind: "write-pointer",
          file: "etc/vmgenid_addr",
          target: "etc/acpi/tables",
          offset: 0,
          targetOffset: 40,
          size: 8,
        },
      ],
      128,
    );
    const { diagnostics, items: made } = inject({ ...items, "etc/table-loader": script }, [small]);
    expect(diagnostics).toMatchObject([{ rule: "Q052" }]);
    expect(decodeTableLoader(made.get("etc/table-loader")!).commands.some(({ kind }) => kind === "write-pointer")).toBe(
      false,
    );
  });

  it("a pristine capture is warned of", () => {
    const q35 = capture("q35-two-nbft");
    const fadt = readFwCfgTables(fwCfgItems(q35)).tables.find(({ name }) => name === "FACP")!;
    const blob = q35["etc/acpi/tables"]!.slice();
    blob.fill(0, fadt.offset! + 56, fadt.offset! + 60);
    expect(inject({ ...q35, "etc/acpi/tables": blob }, [small]).diagnostics.map(({ rule }) => rule)).toContain("K024");
  });

  it.each([
    ["etc/table-loader", /no etc\/table-loader/],
    ["etc/acpi/tables", /no etc\/acpi\/tables/],
    ["etc/acpi/rsdp", /no etc\/acpi\/rsdp/],
  ])("a capture without %s is refused", (missing, message) => {
    const { [missing]: _, ...rest } = items;
    expect(() => inject(rest, [small])).toThrow(message);
  });

  it("a capture without a root table is refused", () => {
    const blob = items["etc/acpi/tables"]!.slice().fill(0);
    expect(() => inject({ ...items, "etc/acpi/tables": blob }, [small])).toThrow(/no RSDT or XSDT/);
  });

  it("its arguments name the files that the items were written to", () => {
    const args = injectionArguments(inject(items, [small]), (item) => `/x/${itemFileName(item)}`).map(formatFwCfg);
    expect(args.sort()).toEqual([
      "name=etc/acpi/rsdp,file=/x/etc%2Facpi%2Frsdp",
      "name=etc/acpi/tables,file=/x/etc%2Facpi%2Ftables",
      "name=etc/table-loader,file=/x/etc%2Ftable-loader",
    ]);
  });

  it("any tables come out of it as they went in (property)", () => {
    const body = fc.uint8Array({ minLength: 36, maxLength: 200 }).map((bytes) => {
      const copy = bytes.slice();
      copy.set(new TextEncoder().encode("NBFT"));
      new DataView(copy.buffer).setUint32(4, copy.length, true);
      copy[9] = 0;
      copy[9] = -sumBytes(copy);
      return copy;
    });
    fc.assert(
      fc.property(
        fc.array(body, { minLength: 1, maxLength: 5 }),
        fc.constantFrom("virt", "microvm"),
        (tables, name) => {
          const { items: made } = inject(capture(name), tables);
          expect(
            tablesIn(made)
              .tables.filter(({ signature }) => signature === "NBFT")
              .map(({ bytes }) => bytes),
          ).toEqual(tables);
        },
      ),
      { numRuns: 30 },
    );
  });
});
