import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crc32 } from "../../src/bytes/crc32.ts";
import { encodeEfiDisk, startupScript } from "../../src/machine/disk/efi-disk.ts";
import { encodeFat, type FatFile } from "../../src/machine/disk/fat.ts";
import { checkFatName, shortName } from "../../src/machine/disk/fat-name.ts";
import { encodeGpt, espType } from "../../src/machine/disk/gpt.ts";
import { flattenImage, type SparseImage } from "../../src/machine/disk/sparse-image.ts";
import { formatGuid } from "../../src/text/uuid.ts";

const text = (content: string) => new TextEncoder().encode(content);
const mebibyte = 1 << 20;

/** A reader of FAT written from the specification, apart from the writer: every file with its path. */
function readFat(bytes: Uint8Array): { type: number; label: string; files: Map<string, Uint8Array>; free: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const u16 = (at: number) => view.getUint16(at, true);
  const u32 = (at: number) => view.getUint32(at, true);
  const sector = u16(11);
  const cluster = bytes[13]! * sector;
  const reserved = u16(14) * sector;
  const rootBytes = u16(17) * 32;
  const total = (u16(19) || u32(32)) * sector;
  const fatBytes = (u16(22) || u32(36)) * sector;
  const data = reserved + bytes[16]! * fatBytes + rootBytes;
  const clusters = Math.floor((total - data) / cluster);
  const type = clusters < 4085 ? 12 : clusters < 65525 ? 16 : 32;
  expect(total).toBe(bytes.length);
  expect([bytes[510], bytes[511]]).toEqual([0x55, 0xaa]);
  // Both copies of the table are the same.
  expect(
    Buffer.compare(
      bytes.subarray(reserved, reserved + fatBytes),
      bytes.subarray(reserved + fatBytes, reserved + 2 * fatBytes),
    ),
  ).toBe(0);
  expect(((clusters + 2) * type) / 8).toBeLessThanOrEqual(fatBytes);
  const next = (number: number) => {
    if (type === 32) return u32(reserved + 4 * number) & 0x0fffffff;
    if (type === 16) return u16(reserved + 2 * number);
    const pair = u16(reserved + Math.floor(1.5 * number));
    return number % 2 === 0 ? pair & 0xfff : pair >> 4;
  };
  const last = { 12: 0xff8, 16: 0xfff8, 32: 0x0ffffff8 }[type];
  const used = new Set<number>();
  const chain = (first: number) => {
    const parts: Uint8Array[] = [];
    for (let number = first; number < last; number = next(number)) {
      if (used.has(number) || number < 2 || number >= clusters + 2)
        throw new Error(`cluster ${number} is in two chains, or none`);
      used.add(number);
      parts.push(bytes.subarray(data + (number - 2) * cluster, data + (number - 1) * cluster));
    }
    return Buffer.concat(parts);
  };
  const files = new Map<string, Uint8Array>();
  let label = "";
  const walk = (entries: Uint8Array, path: string, own: number, parent: number) => {
    let long: string[] = [];
    let sum = -1;
    const shorts = new Set<string>();
    for (let at = 0; at + 32 <= entries.length && entries[at] !== 0; at += 32) {
      const entry = entries.subarray(at, at + 32);
      const fields = new DataView(entry.buffer, entry.byteOffset);
      if (entry[11] === 0x0f) {
        if (entry[0]! & 0x40) long = [];
        const units = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30].map((place) => fields.getUint16(place, true));
        const end = units.indexOf(0);
        if (end >= 0) expect(units.slice(end + 1).every((unit) => unit === 0xffff)).toBe(true);
        long.unshift(String.fromCharCode(...(end < 0 ? units : units.slice(0, end))));
        sum = entry[13]!;
        continue;
      }
      const short = String.fromCharCode(...entry.subarray(0, 11));
      expect(shorts.has(short)).toBe(false);
      shorts.add(short);
      let check = 0;
      for (const byte of entry.subarray(0, 11)) check = (((check & 1) << 7) + (check >> 1) + byte) & 0xff;
      if (long.length > 0) expect(sum).toBe(check);
      const name =
        long.length > 0
          ? long.join("")
          : [short.slice(0, 8).trimEnd(), short.slice(8).trimEnd()].filter(Boolean).join(".");
      long = [];
      const first = (fields.getUint16(20, true) << 16) | fields.getUint16(26, true);
      const size = fields.getUint32(28, true);
      if (entry[11]! & 8) label = short.trimEnd();
      else if (short.startsWith(".")) expect(first).toBe(short.startsWith("..") ? parent : own);
      else if (entry[11]! & 0x10) walk(chain(first), `${path}${name}/`, first, path === "" ? 0 : own);
      else {
        const content = first === 0 ? Buffer.alloc(0) : chain(first);
        expect(content.length).toBe(Math.ceil(size / cluster) * cluster);
        files.set(path + name, new Uint8Array(content.subarray(0, size)));
      }
    }
  };
  if (type === 32) walk(chain(u32(44)), "", u32(44), 0);
  else walk(bytes.subarray(data - rootBytes, data), "", 0, 0);
  if (type === 32) {
    const info = u16(48) * sector;
    expect([u32(info), u32(info + 484), u32(info + 508)]).toEqual([0x41615252, 0x61417272, 0xaa550000]);
    expect(u32(info + 488)).toBe(clusters - used.size);
    expect(Buffer.compare(bytes.subarray(0, 512), bytes.subarray(6 * sector, 6 * sector + 512))).toBe(0);
  }
  return { type, label, files, free: clusters - used.size };
}

const asMap = (files: readonly FatFile[]) =>
  new Map([...files].sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ path, data }) => [path, data]));
const sorted = (files: Map<string, Uint8Array>) => new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));

const sample: FatFile[] = [
  { path: "startup.nsh", data: text("echo hi") },
  { path: "Config", data: text("HostNqn:x\n") },
  { path: "UPPER.TXT", data: text("exact short name") },
  { path: "EFI/BOOT/BOOTX64.EFI", data: new Uint8Array(100_001).map((_, i) => i * 31) },
  { path: "EFI/A long name, with ünïcode.txt", data: text("x") },
  { path: "EFI/empty", data: new Uint8Array(0) },
  { path: "EFI/exactly thirteen", data: text("13") },
  { path: "EFI/thirteen.char", data: text("13 units") },
  ...Array.from({ length: 30 }, (_, i) => ({ path: `many/a name that is long ${i}.txt`, data: new Uint8Array(i) })),
];

describe("a FAT volume", () => {
  it.each([
    [512, 12, 4 * mebibyte],
    [512, 16, 32 * mebibyte],
    [512, 32, 40 * mebibyte],
    [4096, 12, 8 * mebibyte],
    [4096, 16, 64 * mebibyte],
    [4096, 32, 280 * mebibyte],
  ] as const)("with sectors of %i, FAT%i, holds every file", (sectorSize, type, size) => {
    const image = encodeFat(sample, { sectorSize, type, size, label: "my disk" });
    const volume = readFat(flattenImage(image));
    expect(volume.type).toBe(type);
    expect(volume.label).toBe("MY DISK");
    expect(sorted(volume.files)).toEqual(asMap(sample));
  });

  it.each([
    [512, 32],
    [4096, 16],
  ] as const)("with sectors of %i is as large as the files need", (sectorSize, type) => {
    const small = readFat(flattenImage(encodeFat(sample, { sectorSize })));
    expect(small.type).toBe(type);
    const big = { path: "big.bin", data: new Uint8Array(40 * mebibyte).fill(1) };
    const image = encodeFat([big], { sectorSize });
    expect(image.size).toBeLessThan(70 * mebibyte);
    expect(Buffer.compare(readFat(flattenImage(image)).files.get("big.bin")!, big.data)).toBe(0);
  });

  it("can be full to the last cluster, and not fuller", () => {
    const empty = readFat(flattenImage(encodeFat([], { size: 2 * mebibyte, type: 12 })));
    const cluster = flattenImage(encodeFat([], { size: 2 * mebibyte, type: 12 }))[13]! * 512;
    const fill = (clusters: number) =>
      encodeFat([{ path: "F", data: new Uint8Array(clusters * cluster) }], { size: 2 * mebibyte, type: 12 });
    expect(readFat(flattenImage(fill(empty.free))).free).toBe(0);
    expect(() => fill(empty.free + 1)).toThrow(/need more than/);
  });

  it("is the same for the same files", () => {
    const again = () => flattenImage(encodeFat(sample, { size: 4 * mebibyte }));
    expect(Buffer.compare(again(), again())).toBe(0);
  });

  it.each<[string, FatFile[], RegExp]>([
    [
      "two names that differ in case",
      [
        { path: "a/Config", data: text("") },
        { path: "A/CONFIG", data: text("") },
      ],
      /there twice/,
    ],
    [
      "a file where a folder is needed",
      [
        { path: "a", data: text("") },
        { path: "A/b", data: text("") },
      ],
      /a is a file|A is a file/,
    ],
    ["a character that FAT has not", [{ path: "a:b", data: text("") }], /does not allow/],
    ["a backslash", [{ path: "..\\up", data: text("") }], /does not allow/],
    ["a way up", [{ path: "../up", data: text("") }], /is not a name/],
    ["an empty part", [{ path: "a//b", data: text("") }], /is not a name/],
    ["a trailing dot", [{ path: "a.", data: text("") }], /dot or a space/],
    ["a name of 256 characters", [{ path: "x".repeat(256), data: text("") }], /longer than 255/],
  ])("refuses %s", (_, files, message) => {
    expect(() => encodeFat(files)).toThrow(message);
  });

  it.each([
    [{ size: 1000 }, /not a multiple/],
    [{ size: 40 * mebibyte, type: 12 as const, sectorSize: 512 as const }, undefined],
    [{ size: 4 * mebibyte, type: 32 as const }, /cannot be FAT32/],
    [{ size: 4096 }, /cannot be FAT/],
    [{ label: "TOO LONG A LABEL" }, /cannot be a label/],
    [{ label: "a/b" }, /cannot be a label/],
  ])("with %j", (options, message) => {
    if (message) expect(() => encodeFat([], options)).toThrow(message);
    else expect(readFat(flattenImage(encodeFat([], options))).type).toBe(12);
  });

  it("any files come back (property)", () => {
    const name = fc.stringMatching(/^[a-zA-Z0-9 _.äöü€-]{1,40}$/).filter((word) => {
      try {
        checkFatName(word, "");
        return true;
      } catch {
        return false;
      }
    });
    const file = fc.record({
      path: fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/")),
      data: fc.uint8Array({ maxLength: 3000 }),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(file, { maxLength: 12, selector: ({ path }) => path.split("/")[0]!.toUpperCase() }),
        fc.constantFrom<512 | 4096>(512, 4096),
        (files, sectorSize) => {
          const image = encodeFat(files, { sectorSize, size: 8 * mebibyte });
          expect(sorted(readFat(flattenImage(image)).files)).toEqual(asMap(files));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("short names are unique in a folder", () => {
    const taken = new Set<string>();
    const of = (name: string) => String.fromCharCode(...shortName(name, taken).bytes);
    expect([
      of("Config"),
      of("CONFIG.TXT"),
      of("a long name.txt"),
      of("a long other.txt"),
      of(".hidden"),
      of("ä.b.c"),
    ]).toEqual(["CONFIG     ", "CONFIG  TXT", "ALONGN~1TXT", "ALONGO~1TXT", "HIDDEN~1   ", "_B~1    C  "]);
    expect(taken.size).toBe(6);
    const many = new Set<string>();
    for (let i = 0; i < 200; i++) shortName(`the same beginning ${i}`, many);
    expect(many.size).toBe(200);
  });
});

describe("a GPT disk", () => {
  const content = (size: number, byte: number): SparseImage => ({
    size,
    parts: [
      { offset: 0, bytes: Uint8Array.of(byte) },
      { offset: size - 1, bytes: Uint8Array.of(byte) },
    ],
  });
  const guid = (i: number) => `11111111-2222-3333-4444-00000000000${i}`;
  it.each([512, 4096] as const)("with blocks of %i has both headers, and partitions at whole MiB", (blockSize) => {
    const disk = encodeGpt(
      [
        { type: espType, guid: guid(1), name: "ESP", content: content(3 * mebibyte + 5, 0xaa) },
        { type: "0fc63daf-8483-4772-8e79-3d69d8477de4", guid: guid(2), name: "root", content: content(mebibyte, 0xbb) },
      ],
      { blockSize, diskGuid: guid(9) },
    );
    const bytes = flattenImage(disk);
    const view = new DataView(bytes.buffer);
    expect([bytes[450], bytes[510], bytes[511], view.getUint32(454, true)]).toEqual([0xee, 0x55, 0xaa, 1]);
    const blocks = disk.size / blockSize;
    for (const [own, other] of [
      [1, blocks - 1],
      [blocks - 1, 1],
    ] as const) {
      const at = own * blockSize;
      expect(new TextDecoder().decode(bytes.subarray(at, at + 8))).toBe("EFI PART");
      const header = bytes.slice(at, at + 92);
      new DataView(header.buffer).setUint32(16, 0);
      expect(view.getUint32(at + 16, true)).toBe(crc32(header));
      expect([Number(view.getBigUint64(at + 24, true)), Number(view.getBigUint64(at + 32, true))]).toEqual([
        own,
        other,
      ]);
      const table = Number(view.getBigUint64(at + 72, true)) * blockSize;
      expect(view.getUint32(at + 88, true)).toBe(crc32(bytes.subarray(table, table + 16384)));
      expect(formatGuid(bytes, table)).toBe(espType);
      expect(formatGuid(bytes, at + 56)).toBe(guid(9));
      const [first, last] = [Number(view.getBigUint64(table + 32, true)), Number(view.getBigUint64(table + 40, true))];
      expect((first * blockSize) % mebibyte).toBe(0);
      expect(last - first + 1).toBe(Math.ceil((3 * mebibyte + 5) / blockSize));
      expect(first).toBeGreaterThanOrEqual(Number(view.getBigUint64(at + 40, true)));
      const end = Number(view.getBigUint64(table + 128 + 40, true));
      expect(end).toBeLessThanOrEqual(Number(view.getBigUint64(at + 48, true)));
    }
    expect(bytes[mebibyte]).toBe(0xaa);
    expect(bytes[5 * mebibyte]).toBe(0xbb);
  });

  it("refuses a GUID that is none and a name that is too long", () => {
    expect(() => encodeGpt([], { diskGuid: "x" })).toThrow(/not a GUID/);
    expect(() =>
      encodeGpt([{ type: espType, guid: guid(1), name: "x".repeat(37), content: content(512, 1) }], {
        diskGuid: guid(9),
      }),
    ).toThrow(/36 characters/);
  });
});

describe("an EFI disk", () => {
  it.each([512, 4096] as const)("with blocks of %i has the files on its one partition", (blockSize) => {
    const bytes = flattenImage(encodeEfiDisk({ files: sample, blockSize }));
    const end = bytes.length - mebibyte;
    const view = new DataView(bytes.buffer);
    expect(view.getUint32(mebibyte + 28, true)).toBe(mebibyte / blockSize);
    const sectors = view.getUint16(mebibyte + 19, true) || view.getUint32(mebibyte + 32, true);
    expect(mebibyte + sectors * blockSize).toBeLessThanOrEqual(end);
    expect(sorted(readFat(bytes.slice(mebibyte, mebibyte + sectors * blockSize)).files)).toEqual(asMap(sample));
  });

  it("is the same for the same files, another for others", () => {
    const disk = (content: string) => flattenImage(encodeEfiDisk({ files: [{ path: "a", data: text(content) }] }));
    expect(Buffer.compare(disk("x"), disk("x"))).toBe(0);
    expect(formatGuid(disk("x"), 568)).not.toBe(formatGuid(disk("y"), 568));
    expect(formatGuid(disk("x"), 568)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-/);
  });

  it("takes GUIDs, label and size", () => {
    const bytes = flattenImage(
      encodeEfiDisk({
        files: [],
        diskGuid: "11111111-2222-3333-4444-555555555555",
        partitionGuid: "66666666-7777-8888-9999-aaaaaaaaaaaa",
        label: "POC",
        size: 4 * mebibyte,
      }),
    );
    expect(formatGuid(bytes, 512 + 56)).toBe("11111111-2222-3333-4444-555555555555");
    expect(formatGuid(bytes, 1024 + 16)).toBe("66666666-7777-8888-9999-aaaaaaaaaaaa");
    expect(bytes.length).toBe(6 * mebibyte);
  });
});

describe("startup.nsh", () => {
  it("finds its disk, runs the program and resets, with the shell's line ends", () => {
    const script = startupScript();
    expect(script).toContain("NvmeOfCli.efi setattempt Config\r\nreset\r\n:end\r\n");
    expect(script.split("\n").every((line) => line === "" || line.endsWith("\r"))).toBe(true);
  });

  it.each([
    ["exit", "exit\r\n:end"],
    ["nothing", "setattempt Config\r\n:end"],
  ] as const)("ends with %s", (end, expected) => {
    expect(startupScript({ end })).toContain(expected);
  });

  it.each(["a b", "x;y", "", "%0", "fs0:\\x"])("refuses the name %j", (program) => {
    expect(() => startupScript({ program })).toThrow(/cannot be a word/);
  });
});
