import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sumBytes } from "../../src/acpi/checksum.ts";
import { concatBytes } from "../../src/bytes/concat.ts";
import {
  applyAcpitable,
  checkAcpitableTotal,
  formatAcpitable,
  longestAcpitable,
} from "../../src/machine/qemu/acpitable.ts";
import { formatOption } from "../../src/machine/qemu/option-text.ts";
import { table } from "../helpers/vectors.ts";

const nbft = table("L02");
const ascii = (bytes: Uint8Array, at: number, size: number) => String.fromCharCode(...bytes.subarray(at, at + size));
const messages = (diagnostics: readonly { message: string }[]) => diagnostics.map(({ message }) => message);

describe("QEMU's option text", () => {
  it("any parts come back (property)", () => {
    const key = fc.stringMatching(/^[a-z_]{1,8}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.string()), { minLength: 1, maxLength: 5 }), (parts) => {
        const texts = formatOption(parts).match(/(?:[^,]|,,)+/g)!;
        expect(texts).toEqual(parts.map(([name, value]) => `${name}=${value.replaceAll(",", ",,")}`));
      }),
    );
  });
});

describe("writing an option", () => {
  it.each([
    [{ file: ["NBFT"] }, "file=NBFT"],
    [{ file: ["a", "b"] }, "file=a:b"],
    [{ file: ["/x/a,b.bin"] }, "file=/x/a,,b.bin"],
    [
      {
        data: ["body"],
        sig: "NBFT",
        rev: 1,
        oemId: "A,B",
        oemTableId: "T",
        oemRev: 2210,
        aslCompilerId: "C",
        aslCompilerRev: 1,
      },
      "sig=NBFT,rev=1,oem_id=A,,B,oem_table_id=T,oem_rev=2210,asl_compiler_id=C,asl_compiler_rev=1,data=body",
    ],
  ])("%j", (option, text) => {
    expect(formatAcpitable(option)).toBe(text);
  });

  it.each([
    [{ file: ["a:b"] }, /has a colon/],
    [{ file: [""] }, /at least one path/],
    [{ file: [] }, /at least one path/],
    [{}, /exactly one/],
    [{ file: ["a"], data: ["b"] }, /exactly one/],
  ])("refuses %j", (option, message) => {
    expect(() => formatAcpitable(option)).toThrow(message);
  });
});

describe("what the guest sees", () => {
  it("a sound table unchanged", () => {
    expect(applyAcpitable({ file: ["t"] }, [nbft])).toEqual({ bytes: nbft, diagnostics: [] });
  });

  it("a repaired checksum, and says so", () => {
    const broken = nbft.map((byte, i) => (i === 9 ? byte ^ 0x55 : byte));
    const { bytes, diagnostics } = applyAcpitable({ file: ["t"] }, [broken]);
    expect(bytes).toEqual(nbft);
    expect(diagnostics).toMatchObject([{ rule: "Q004", severity: "warning" }]);
  });

  it.each([
    [
      "trailing bytes become part of it",
      concatBytes([nbft, new Uint8Array(7)]),
      "ACPI table has wrong length, header says 565, actual size 572 bytes",
    ],
    [
      "a cut file gets its own length",
      nbft.slice(0, 500),
      "ACPI table has wrong length, header says 565, actual size 500 bytes",
    ],
  ])("%s", (_, content, message) => {
    const { bytes, diagnostics } = applyAcpitable({ file: ["t"] }, [content]);
    expect(messages(diagnostics)).toEqual([message]);
    expect(bytes!.length).toBe(content.length);
    expect(new DataView(bytes!.buffer).getUint32(4, true)).toBe(content.length);
    expect(sumBytes(bytes!)).toBe(0);
  });

  it("one table of several files", () => {
    expect(applyAcpitable({ file: ["a", "b"] }, [nbft.subarray(0, 100), nbft.subarray(100)]).bytes).toEqual(nbft);
  });

  it("the same from a body with all header options", () => {
    const option = {
      data: ["b"],
      sig: "NBFT",
      rev: 1,
      oemId: "LAB   ",
      oemTableId: "LABTABLE",
      oemRev: 1,
      aslCompilerId: "LAB0",
      aslCompilerRev: 1,
    };
    expect(applyAcpitable(option, [nbft.subarray(36)])).toEqual({ bytes: nbft, diagnostics: [] });
  });

  it("QEMU's default header where nothing is said", () => {
    const { bytes, diagnostics } = applyAcpitable({ data: ["b"] }, [nbft.subarray(36)]);
    expect(messages(diagnostics)).toEqual(["ACPI table: no headers are specified"]);
    expect([ascii(bytes!, 0, 4), ascii(bytes!, 10, 6), ascii(bytes!, 16, 8), ascii(bytes!, 28, 4)]).toEqual([
      "QEMU",
      "QEMUQE",
      "QEMUQEMU",
      "QEMU",
    ]);
  });

  it("texts cut and padded with NUL", () => {
    const { bytes } = applyAcpitable({ file: ["t"], sig: "NBFTX", oemId: "AB", oemTableId: "123456789" }, [nbft]);
    expect([ascii(bytes!, 0, 4), ascii(bytes!, 10, 6), ascii(bytes!, 16, 8)]).toEqual([
      "NBFT",
      "AB\0\0\0\0",
      "12345678",
    ]);
  });

  it.each([
    [new Uint8Array(35), "ACPI table claiming to have header is too short, available: 35, expected: 36"],
    [new Uint8Array(longestAcpitable + 1), "ACPI table too big, requested: 65536, max: 65535"],
  ])("nothing of %j", (content, message) => {
    expect(applyAcpitable({ file: ["t"] }, [content])).toMatchObject({ diagnostics: [{ severity: "error", message }] });
    expect(applyAcpitable({ file: ["t"] }, [content]).bytes).toBeUndefined();
  });

  it("65535 bytes at most", () => {
    expect(applyAcpitable({ file: ["t"] }, [new Uint8Array(longestAcpitable)]).bytes).toHaveLength(longestAcpitable);
  });

  it("any file of 36 to 65535 bytes with right length and sum (property)", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 36, maxLength: 400 }), (content) => {
        const { bytes } = applyAcpitable({ file: ["t"] }, [content]);
        expect(sumBytes(bytes!)).toBe(0);
        expect(bytes!.filter((_, i) => i > 9)).toEqual(content.filter((_, i) => i > 9));
      }),
    );
  });
});

describe("all tables together", () => {
  it.each([
    [[572], []],
    [[60_000], ["Q012"]],
    [Array.from({ length: 31 }, () => 65_535), ["Q012"]],
    [Array.from({ length: 32 }, () => 65_535), ["Q006"]],
  ])("%j", (sizes, rules) => {
    expect(checkAcpitableTotal(sizes).map(({ rule }) => rule)).toEqual(rules);
  });
});
