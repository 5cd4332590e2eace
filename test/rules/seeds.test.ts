import { describe, expect, it } from "vitest";
import { checksumFor } from "../../src/acpi/checksum.ts";
import { controlDescriptor, hfiDescriptor, ssnsDescriptor } from "../../src/nbft/structures/index.ts";
import { validate } from "../../src/rules/validate.ts";
import { table } from "../helpers/vectors.ts";

/** The table that all malformed ones were made from: 1 HFI, 1 SSNS, 1 security profile, 1 discovery controller, 749 bytes. */
function base(): Uint8Array {
  const bytes = table("S03").slice();
  view(bytes).setUint32(4, bytes.length, true);
  return sealed(bytes);
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function sealed(bytes: Uint8Array): Uint8Array {
  bytes[9] = checksumFor(bytes, bytes.length);
  return bytes;
}

const control = (key: keyof typeof controlDescriptor.fields) => 64 + controlDescriptor.fields[key].at;
const HFI = 160;
const SSNS = 192;
const hfi = (key: keyof typeof hfiDescriptor.fields) => HFI + hfiDescriptor.fields[key].at;
const ssns = (key: keyof typeof ssnsDescriptor.fields) => SSNS + ssnsDescriptor.fields[key].at;

/** The base with bytes after its heap, which takes them in; Length follows. */
function grown(more: Uint8Array): Uint8Array {
  const before = base();
  const bytes = new Uint8Array(before.length + more.length);
  bytes.set(before);
  bytes.set(more, before.length);
  view(bytes).setUint32(4, bytes.length, true);
  view(bytes).setUint32(40, view(bytes).getUint32(40, true) + more.length, true);
  return bytes;
}

function edited(edit: (view: DataView, bytes: Uint8Array) => void, bytes = base()): Uint8Array {
  edit(view(bytes), bytes);
  return sealed(bytes);
}

function setRef(view: DataView, at: number, offset: number, length: number): void {
  view.setUint32(at, offset, true);
  view.setUint16(at + 4, length, true);
}

/** A heap with `count` SSNS that all name the same list of `length` bytes. */
function manySsns(count: number, length: number): Uint8Array {
  const old = base();
  const room = count * 128;
  const bytes = new Uint8Array(old.length + room + length);
  bytes.set(old);
  const fields = view(bytes);
  const list = old.length;
  const objects = old.length + room;
  for (let i = 0; i < count; i++) {
    bytes.set(old.subarray(SSNS, SSNS + 128), list + i * 128);
    fields.setUint16(list + i * 128 + 1, i + 1, true);
    setRef(fields, list + i * 128 + 48, objects, length);
  }
  for (let i = 0; i < length; i++) bytes[objects + i] = 1 + (i & 1);
  fields.setUint32(control("ssnsOffset"), list, true);
  fields.setUint8(control("ssnsCount"), count);
  // The heap takes in everything from its old start on, the new list as well: a seed is about one thing, not about places.
  fields.setUint32(4, bytes.length, true);
  fields.setUint32(40, bytes.length - fields.getUint32(36, true), true);
  return sealed(bytes);
}

const text = (value: string) => new TextEncoder().encode(value);

/** A malformed table: bytes of a vector or made here, and the codes that the catalogue gives it. */
type Seed = readonly [name: string, make: () => Uint8Array, codes: readonly string[]];

const seeds: readonly Seed[] = [
  ["S01 first 127 bytes only", () => table("S01"), ["H001"]],
  ["S02 Length one past the bytes", () => edited((fields) => fields.setUint32(4, 750, true)), ["H005"]],
  ["S03 Length FFFFFFFFh", () => table("S03"), ["H005"]],
  [
    "S04 one bit flipped, checksum stale",
    () => {
      const bytes = base();
      bytes[500]! ^= 4;
      return bytes;
    },
    ["H002"],
  ],
  ["S05 heap wraps", () => table("S05"), ["H014"]],
  [
    "S06 heap is the whole table",
    () =>
      edited((fields) => {
        fields.setUint32(36, 0, true);
        fields.setUint32(40, 749, true);
      }),
    ["H015"],
  ],
  ["S07 Host Descriptor 16 bytes before the end", () => table("S07"), ["C006"]],
  [
    "S08 HFI list at FFFFFFE0h",
    () => edited((fields) => fields.setUint32(control("hfiOffset"), 0xffffffe0, true)),
    ["C012"],
  ],
  ["S09 255 HFIs", () => table("S09"), ["C012"]],
  [
    "S10 SSNS of one byte, 200 of them",
    () =>
      edited((fields) => {
        fields.setUint16(control("ssnsLength"), 1, true);
        fields.setUint8(control("ssnsCount"), 200);
      }),
    ["C011"],
  ],
  ["S11 SSNS list on the Control Descriptor", () => table("S11"), ["C015", "S001"]],
  [
    "S12 transport info of 2 bytes at the end",
    () => edited((fields) => setRef(fields, hfi("transportInfo"), 747, 2)),
    ["T001"],
  ],
  ["S13 transport info of 7 bytes at the end", () => table("S13"), ["T001"]],
  ["S14 address of 4 bytes at the end", () => edited((fields) => setRef(fields, ssns("traddr"), 745, 4)), ["S007"]],
  ["S15 last string lacks its NUL", () => table("S15"), ["P006"]],
  [
    "S16 NUL inside the NQN",
    () =>
      edited((fields, bytes) => {
        bytes[fields.getUint32(ssns("subsystemNqn"), true) + 5] = 0;
      }),
    ["P007"],
  ],
  ["S17 NQN is not UTF-8", () => table("S17"), ["P008"]],
  [
    "S18 NQN of 60 016 bytes",
    () => {
      const nqn = text(`nqn.2014-08.org:${"a".repeat(60_000)}\0`);
      return edited((fields) => setRef(fields, ssns("subsystemNqn"), 749, nqn.length), grown(nqn));
    },
    ["S010"],
  ],
  ["S19 IAID of 1 byte at the end", () => table("S19"), ["X006"]],
  [
    "S20 HFI extended information of 8 bytes at the end",
    () =>
      edited((fields) => {
        const info = fields.getUint32(hfi("transportInfo"), true);
        fields.setUint8(info + 3, 2);
        setRef(fields, info + 110, 741, 8);
      }),
    ["X001"],
  ],
  ["S21 HFI extended information is its own transport info", () => table("S21"), ["X002a"]],
  [
    "S22 secondary list is the whole heap",
    () =>
      edited((fields) => setRef(fields, ssns("secondaryHfis"), fields.getUint32(36, true), fields.getUint32(40, true))),
    ["S021"],
  ],
  ["S23 255 SSNS with lists of heap size", () => table("S23"), ["S022"]],
  [
    "S24 HFI indexes 0, 0, 255",
    () => {
      const bytes = grown(new Uint8Array(96));
      return edited((fields) => {
        for (const [i, index] of [0, 0, 255].entries()) {
          bytes.set(bytes.subarray(HFI, HFI + 32), 749 + 32 * i);
          bytes[749 + 32 * i + 1] = index;
        }
        fields.setUint32(control("hfiOffset"), 749, true);
        fields.setUint8(control("hfiCount"), 3);
        fields.setUint32(40, fields.getUint32(40, true) - 96, true);
      }, bytes);
    },
    ["F003"],
  ],
  [
    "S25 every flag and number all ones",
    () => table("S25"),
    ["S015", "S012", "T015", "T017", "T005", "T013", "T014", "Y004", "Y005", "S005", "S028"],
  ],
  ["S26 255 SSNS share one list of 65 535 bytes", () => manySsns(255, 65_535), ["S022"]],
];

describe("malformed tables get the catalogue's code", () => {
  it.each(seeds)("%s", (_, make, codes) => {
    const bytes = make();
    const found = validate(bytes);
    const rules = new Set(found.map(({ rule }) => rule));
    expect(codes.filter((code) => !rules.has(code))).toEqual([]);
    for (const { offset, length } of found) expect(offset + length).toBeLessThanOrEqual(Math.max(bytes.length, 4));
  });

  it("the base itself has no error", () => {
    expect(validate(base()).filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it("S24 reports the second 0 as well, and where each index stands", () => {
    const [, make] = seeds.find(([name]) => name.startsWith("S24"))!;
    const found = validate(make(), { only: ["F003"] });
    expect(found.map(({ path, severity, offset }) => [path, severity, offset])).toEqual([
      ["hfi[0].index", "error", 750],
      ["hfi[1].index", "error", 782],
      ["hfi[2].index", "warning", 814],
    ]);
  });

  it("S02 is one defect: a table that is cut is not blamed for what the cut took away", () => {
    const errors = validate(seeds[1]![1]()).filter(({ severity }) => severity === "error");
    expect(errors.map(({ rule }) => rule)).toEqual(["H005"]);
  });

  it("a heap in the header is one defect: that everything else lies after it is not said as well", () => {
    const bytes = edited((fields) => {
      fields.setUint32(36, 0, true);
      fields.setUint32(40, 64, true);
    });
    const found = validate(bytes, { only: ["H015", "H016"] });
    expect(found.map(({ rule, path }) => `${rule} ${path}`)).toEqual(["H015 header.heapOffset"]);
  });

  it("S22 and S26 say once for each record what is wrong with its list", () => {
    const whole = validate(seeds[21]![1](), { only: ["S021"] });
    expect(whole).toHaveLength(1);
    expect(whole[0]!.message).toMatch(/^secondary HFI list names \d+, .* and \d+ more, which no valid HFI has$/);
    expect(validate(seeds[25]![1](), { only: ["S022"] })).toHaveLength(255);
  });
});
