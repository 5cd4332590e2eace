import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checksumFor, sumBytes } from "../../src/acpi/checksum.ts";
import { findRsdps, lowRsdps, readMemory, scanForNbft } from "../../src/acpi/memory-tables.ts";
import {
  elfCoreMemory,
  isElfCore,
  isLime,
  limeMemory,
  rawMemory,
  segmentedMemory,
} from "../../src/acpi/physical-memory.ts";
import { bytesReader } from "../../src/acpi/reader.ts";
import { readRsdp, rsdpStructure } from "../../src/acpi/rsdp.ts";
import { encodeStructure } from "../../src/structure/index.ts";
import { table } from "../helpers/vectors.ts";

const one = table("L02");
const two = table("multipath/");

/** A table with a header and a right checksum. */
function sdt(signature: string, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(36 + body.length);
  bytes.set(new TextEncoder().encode(signature));
  new DataView(bytes.buffer).setUint32(4, bytes.length, true);
  bytes.set(body, 36);
  bytes[9] = checksumFor(bytes);
  return bytes;
}

function pointers(addresses: readonly number[], size: 4 | 8): Uint8Array {
  const view = new DataView(new ArrayBuffer(addresses.length * size));
  for (const [i, address] of addresses.entries()) {
    if (size === 4) view.setUint32(i * 4, address, true);
    else view.setBigUint64(i * 8, BigInt(address), true);
  }
  return new Uint8Array(view.buffer);
}

function rsdp(revision: 0 | 2, rsdt: number, xsdt = 0): Uint8Array {
  const bytes = encodeStructure(rsdpStructure, {
    signature: "RSD PTR ",
    oemId: "TEST",
    revision,
    rsdt,
    length: 36,
    xsdtLow: xsdt,
  });
  bytes[8] = -sumBytes(bytes, 0, 20);
  bytes[32] = -sumBytes(bytes);
  return revision === 0 ? bytes.slice(0, 20) : bytes;
}

/** An image with parts at some addresses. */
function image(size: number, parts: Readonly<Record<number, Uint8Array>>): Uint8Array {
  const bytes = new Uint8Array(size);
  for (const [at, part] of Object.entries(parts)) bytes.set(part, Number(at));
  return bytes;
}

const read = (bytes: Uint8Array) => readMemory(rawMemory(bytesReader(bytes)));
const names = (bytes: Uint8Array) => read(bytes).tables.map(({ name }) => name);
const bad = (bytes: Uint8Array) => bytes.map((byte, i) => (i === 9 ? byte ^ 1 : byte));

/** What SeaBIOS leaves: RSDP of revision 0 in the F segment, RSDT only, tables at any byte. */
const bios = (parts: Readonly<Record<number, Uint8Array>> = {}) =>
  image(0x140000, {
    1006048: rsdp(0, 0x120001),
    1179649: sdt("RSDT", pointers([0x130003, 0, 0x131007], 4)),
    1245187: one,
    1249287: two,
    ...parts,
  });

/** What EDK2 leaves: two pointers, the second one not aligned to 16, each with its own root. */
const efi = (parts: Readonly<Record<number, Uint8Array>> = {}) =>
  image(0x200000, {
    1376256: rsdp(0, 0x151000),
    1376276: rsdp(2, 0x151000, 0x1510e8),
    1380352: sdt("RSDT", pointers([0x160000], 4)),
    1380584: sdt("XSDT", pointers([0x160000, 0x161000], 8)),
    1441792: one,
    1445888: two,
    ...parts,
  });

describe("the pointer", () => {
  it("is found in the F segment and in the extended BIOS data area", () => {
    expect(lowRsdps(rawMemory(bytesReader(bios())))).toMatchObject([
      { address: 0xf59e0, revision: 0, rsdt: 0x120001, xsdt: 0 },
    ]);
    const ebda = image(0x140000, { 1038: Uint8Array.of(0xc0, 0x9f), 654352: rsdp(0, 0x120001) });
    expect(lowRsdps(rawMemory(bytesReader(ebda)))).toMatchObject([{ address: 0x9fc10 }]);
  });

  it("is found at every fourth byte of the image, across blocks", () => {
    const block = 1 << 20;
    const bytes = image(3 * block, { [block - 8]: rsdp(2, 1, 2), [2 * block + 0x14]: rsdp(2, 3, 4) });
    expect(findRsdps(rawMemory(bytesReader(bytes))).map(({ address }) => address)).toEqual([
      block - 8,
      2 * block + 0x14,
    ]);
  });

  it.each([
    ["a wrong sum of the first 20 bytes", rsdp(2, 1, 2).map((byte, i) => (i === 8 ? byte + 1 : byte))],
    ["a wrong sum of all 36", rsdp(2, 1, 2).map((byte, i) => (i === 32 ? byte + 1 : byte))],
    ["a length of 0", fixed(rsdp(2, 1, 2), 0)],
    ["a length of 2^32 - 1", fixed(rsdp(2, 1, 2), 0xffffffff)],
    ["its end missing", rsdp(2, 1, 2).slice(0, 30)],
  ])("with %s does not count", (_, bytes) => {
    expect(readRsdp(bytes)).toBeUndefined();
  });

  it("of revision 0 ends after 20 bytes: what follows is not its own", () => {
    const bytes = new Uint8Array(40).fill(0xff);
    bytes.set(rsdp(0, 77));
    expect(readRsdp(bytes)).toMatchObject({ revision: 0, rsdt: 77, xsdt: 0 });
  });

  function fixed(bytes: Uint8Array, length: number): Uint8Array {
    new DataView(bytes.buffer).setUint32(20, length, true);
    bytes[32] = 0;
    bytes[32] = -sumBytes(bytes);
    return bytes;
  }
});

describe("tables after the pointer", () => {
  it("come from the RSDT that SeaBIOS leaves, null entries passed over", () => {
    const { tables, diagnostics } = read(bios());
    expect(tables.map(({ name, address, offset }) => [name, address, offset])).toEqual([
      ["RSDT", 0x120001, 0x120001],
      ["NBFT1", 0x130003, 0x130003],
      ["NBFT2", 0x131007, 0x131007],
    ]);
    expect(tables[2]!.bytes).toEqual(two);
    expect(diagnostics).toEqual([]);
  });

  it("come from the XSDT where there is one, each once", () => {
    expect(names(efi())).toEqual(["XSDT", "NBFT1", "NBFT2", "RSDT"]);
  });

  it("count once where firmware has left a copy of them in memory", () => {
    const copies = {
      1507328: rsdp(2, 0, 0x171000),
      1511424: sdt("XSDT", pointers([0x172000, 0x173000], 8)),
      1515520: one,
      1519616: two,
      1523712: rsdp(2, 0, 0x17f000),
    };
    const { tables, diagnostics } = read(efi(copies));
    expect(tables.filter(({ signature }) => signature === "NBFT").map(({ address }) => address)).toEqual([
      0x160000, 0x161000,
    ]);
    expect(diagnostics).toEqual([]);
  });

  it("count twice where one list names two that are alike", () => {
    expect(names(bios({ 1249287: one }))).toEqual(["RSDT", "NBFT1", "NBFT2"]);
  });

  it("include the DSDT and FACS that the FADT names", () => {
    const fadt = new Uint8Array(208);
    const view = new DataView(fadt.buffer);
    view.setUint32(0, 0x133000, true);
    view.setUint32(4, 0x7fff_ffff, true);
    view.setBigUint64(140 - 36, 0x134000n, true);
    const facs = new Uint8Array(64);
    facs.set(new TextEncoder().encode("FACS@\0\0\0"));
    const parts = { 1249287: sdt("FACP", fadt), 1257472: facs, 1261568: sdt("DSDT", new Uint8Array(4)) };
    const { tables, diagnostics } = read(bios(parts));
    expect(tables.map(({ name, origin }) => [name, origin])).toEqual([
      ["RSDT", "RSDP at 0xf59e0"],
      ["NBFT", "RSDT at 0x120001"],
      ["FACP", "RSDT at 0x120001"],
      ["DSDT", "FACP at 0x131007"],
      ["FACS", "FACP at 0x131007"],
    ]);
    expect(diagnostics).toEqual([]);
  });

  it("are taken from the RSDT when the XSDT is not one", () => {
    const { tables, diagnostics } = read(efi({ 1380584: new Uint8Array(64) }));
    expect(tables.map(({ name }) => name)).toEqual(["RSDT", "NBFT"]);
    expect(diagnostics).toMatchObject([{ rule: "K031" }]);
  });

  it.each([
    ["a wrong checksum", bad(one), true, "checksum is wrong"],
    ["a length beyond the image", withLength(one, 0xffffff), false, "runs out of the image"],
    ["a length of 2^32 - 1", withLength(one, 0xffffffff), false, "is too large"],
    ["a length less than a header", withLength(one, 35), false, "less than a header"],
    ["no signature", new Uint8Array(565), false, "no table"],
  ])("with %s are a finding and spoil no other", (_, bytes, kept, message) => {
    const { tables, diagnostics } = read(bios({ 1245187: bytes }));
    expect(tables.filter(({ address }) => address === 0x130003)).toHaveLength(kept ? 1 : 0);
    expect(tables.find(({ address }) => address === 0x131007)!.bytes).toEqual(two);
    expect(diagnostics).toMatchObject([{ rule: "K032", message: expect.stringContaining(message) }]);
  });

  it("outside the image are a finding", () => {
    const { diagnostics } = read(bios({ 1179649: sdt("RSDT", pointers([0x9000_0000], 4)) }));
    expect(diagnostics).toMatchObject([{ rule: "K032", message: expect.stringContaining("outside the image") }]);
  });

  it("that point at each other end", () => {
    const fadt = (at: number) => {
      const body = new Uint8Array(120);
      new DataView(body.buffer).setUint32(4, at, true);
      return sdt("FACP", body);
    };
    const { tables } = read(bios({ 1245187: fadt(0x131007), 1249287: fadt(0x130003) }));
    expect(tables).toHaveLength(3);
  });

  function withLength(bytes: Uint8Array, length: number): Uint8Array {
    const copy = bytes.slice();
    new DataView(copy.buffer).setUint32(4, length, true);
    return copy;
  }
});

describe("an image without a pointer", () => {
  it("is searched for NBFTs at any byte; copies count once", () => {
    const bytes = image(3 << 20, { 74565: one, [(1 << 20) - 100]: two, 2101812: one });
    const { tables, diagnostics } = read(bytes);
    expect(tables.map(({ name, address }) => [name, address])).toEqual([
      ["NBFT1", 0x12345],
      ["NBFT2", (1 << 20) - 100],
    ]);
    expect(diagnostics).toMatchObject([{ rule: "K033" }]);
  });

  it("does not take the signature alone for a table", () => {
    const oem = one.slice();
    oem.set(new TextEncoder().encode("NBFT"), 12);
    oem[9] = checksumFor(oem);
    const bytes = image(1 << 20, { 100: new TextEncoder().encode("NBFTNBFTNBFT"), 5000: oem, 9000: bad(two) });
    expect(scanForNbft(rawMemory(bytesReader(bytes))).map(({ address }) => address)).toEqual([5000]);
  });

  it("reports its progress to the end", () => {
    const seen: [number, number][] = [];
    readMemory(rawMemory(bytesReader(new Uint8Array(2_500_000))), (done, total) => seen.push([done, total]));
    expect(seen.at(-1)).toEqual([2_500_000, 2_500_000]);
    expect(seen.length).toBeGreaterThanOrEqual(3);
  });
});

describe("ELF core files", () => {
  /** A core with PT_NOTE first, as QEMU writes it, and memory cut into segments. */
  function core(bits: 32 | 64, bytes: Uint8Array, cuts: readonly number[], type = 4): Uint8Array {
    const wide = bits === 64;
    const ranges = [0, ...cuts, bytes.length].slice(1).map((end, i) => [[0, ...cuts][i]!, end] as const);
    const entry = wide ? 56 : 32;
    const start = (wide ? 64 : 52) + entry * (ranges.length + 1);
    const file = new Uint8Array(start + bytes.length);
    const view = new DataView(file.buffer);
    file.set([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, 1, 1]);
    view.setUint16(16, type, true);
    const word = (at: number, value: number) =>
      wide ? view.setBigUint64(at, BigInt(value), true) : view.setUint32(at, value, true);
    word(wide ? 32 : 28, wide ? 64 : 52);
    view.setUint16(wide ? 54 : 42, entry, true);
    view.setUint16(wide ? 56 : 44, ranges.length + 1, true);
    const table = wide ? 64 : 52;
    view.setUint32(table, 4, true);
    let offset = start;
    // Segments are written in reverse, so that the order in the file is not that of the addresses.
    for (const [i, [from, to]] of [...ranges].reverse().entries()) {
      const at = table + entry * (i + 1);
      view.setUint32(at, 1, true);
      word(at + (wide ? 8 : 4), offset);
      word(at + (wide ? 24 : 12), from);
      word(at + (wide ? 32 : 16), to - from);
      file.set(bytes.subarray(from, to), offset);
      offset += to - from;
    }
    return file;
  }

  it.each([32, 64] as const)("of %i bits give the tables by physical address, across segments", (bits) => {
    const file = core(bits, efi(), [0x40000, 0x151010, 0x1600ff]);
    expect(isElfCore(file)).toBe(true);
    const { tables, diagnostics } = readMemory(elfCoreMemory(bytesReader(file)));
    expect(tables.map(({ name }) => name)).toEqual(["XSDT", "NBFT1", "NBFT2", "RSDT"]);
    expect(tables[1]!.bytes).toEqual(one);
    const { offset } = tables[2]!;
    expect(file.subarray(offset, offset! + two.length)).toEqual(two);
    expect(diagnostics).toEqual([]);
  });

  it("take the number of segments from the first section header where it is 65535", () => {
    const file = core(64, efi(), []);
    const longer = new Uint8Array(file.length + 64);
    longer.set(file);
    const view = new DataView(longer.buffer);
    view.setUint16(56, 0xffff, true);
    view.setBigUint64(40, BigInt(file.length), true);
    view.setUint32(file.length + 44, 2, true);
    expect(readMemory(elfCoreMemory(bytesReader(longer))).tables.length).toBe(4);
  });

  it("of another type, or cut, are refused", () => {
    expect(isElfCore(core(64, efi(), [], 2))).toBe(false);
    expect(() => elfCoreMemory(bytesReader(core(64, efi(), [], 2)))).toThrow("not an ELF core file");
    expect(() => elfCoreMemory(bytesReader(core(64, efi(), []).slice(0, 40)))).toThrow("the ELF header is cut");
  });

  it("any header ends without an exception but the library's own (property)", () => {
    const good = core(64, new Uint8Array(4096), [1024]);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(250), fc.nat(255)), { maxLength: 20 }), (changes) => {
        const bytes = good.slice();
        for (const [at, value] of changes) if (at > 17) bytes[at] = value;
        try {
          readMemory(elfCoreMemory(bytesReader(bytes)));
        } catch (error) {
          expect((error as Error).name).toBe("DecodeError");
        }
      }),
    );
  });
});

describe("LiME images", () => {
  it("give the tables by physical address", () => {
    const bytes = efi();
    const header = (from: number, to: number) => {
      const view = new DataView(new ArrayBuffer(32));
      view.setUint32(0, 0x4c694d45, true);
      view.setUint32(4, 1, true);
      view.setBigUint64(8, BigInt(from), true);
      view.setBigUint64(16, BigInt(to - 1), true);
      return new Uint8Array(view.buffer);
    };
    const file = new Uint8Array(64 + 0xa0000 + (0x200000 - 0x100000));
    file.set(header(0, 0xa0000));
    file.set(bytes.subarray(0, 0xa0000), 32);
    file.set(header(0x100000, 0x200000), 32 + 0xa0000);
    file.set(bytes.subarray(0x100000), 64 + 0xa0000);
    expect(isLime(file)).toBe(true);
    expect(readMemory(limeMemory(bytesReader(file))).tables.map(({ name }) => name)).toEqual([
      "XSDT",
      "NBFT1",
      "NBFT2",
      "RSDT",
    ]);
  });
});

describe("segments", () => {
  it("are read across their borders, and no further than a hole", () => {
    const memory = segmentedMemory(bytesReader(Uint8Array.from({ length: 30 }, (_, i) => i)), [
      { address: 110, offset: 20, length: 10 },
      { address: 100, offset: 0, length: 10 },
      { address: 200, offset: 10, length: 99 },
    ]);
    expect([...memory.read(105, 10)]).toEqual([5, 6, 7, 8, 9, 20, 21, 22, 23, 24]);
    expect([...memory.read(118, 10)]).toEqual([28, 29]);
    expect(memory.read(120, 1).length).toBe(0);
    expect(memory.read(50, 10).length).toBe(0);
    expect([...memory.read(219, 9)]).toEqual([29]);
    expect([memory.offsetOf(112), memory.offsetOf(150)]).toEqual([22, undefined]);
  });
});

it("any image ends without an exception (property)", () => {
  const base = bios().subarray(0xf0000);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(base.length - 1), fc.nat(255)), { maxLength: 60 }),
      fc.boolean(),
      (changes, shift) => {
        const bytes = base.slice();
        for (const [at, value] of changes) bytes[at] = value;
        const memory = rawMemory(bytesReader(bytes), shift ? 0xf0000 : 0);
        for (const { bytes: found } of readMemory(memory).tables)
          expect(found.length).toBeLessThanOrEqual(bytes.length);
      },
    ),
    { numRuns: 60 },
  );
});
