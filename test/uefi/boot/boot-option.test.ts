import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DecodeError, EncodeError } from "../../../src/errors.ts";
import { bootName, bootNumber, decodeU16List, encodeU16List } from "../../../src/uefi/boot/boot-numbers.ts";
import { decodeBootOption, encodeBootOption } from "../../../src/uefi/boot/boot-option.ts";
import { shellPath } from "../../helpers/shell-path.ts";

const bytes = (digits: string) => new Uint8Array(Buffer.from(digits.replace(/\s/g, ""), "hex"));
const hex = (data: Uint8Array) => Buffer.from(data).toString("hex");

/** Boot0001 as OVMF wrote it: an active option with 16 bytes of its own. */
const dvd = bytes(`
  01000000 2000
  5500450046004900200051004500 4d0055002000440056004400 2d0052004f004d0020005100 4d003000300030003000350020000000
  02010c00 d041030a 00000000 01010600 021f 03120a00 0200ffff0000 7fff0400
  4eac0881119f594d850ee21a522c59b2`);

describe("load options", () => {
  test("as the firmware wrote one", () => {
    const option = decodeBootOption(dvd);
    expect(option).toMatchObject({
      attributes: 1,
      description: "UEFI QEMU DVD-ROM QM00005 ",
      paths: ["PciRoot(0x0)/Pci(0x1F,0x2)/Sata(0x2,0xFFFF,0x0)"],
    });
    expect(hex(option.optionalData)).toBe("4eac0881119f594d850ee21a522c59b2");
    expect(hex(encodeBootOption(option))).toBe(hex(dvd));
  });

  test("a new one is active and has no data", () => {
    const option = { description: "Shell", paths: [shellPath] };
    expect(decodeBootOption(encodeBootOption(option))).toMatchObject({
      ...option,
      attributes: 1,
      optionalData: new Uint8Array(),
    });
  });

  test.each([
    ["empty", ""],
    ["shorter than its head", "010000002000"],
    ["paths past the end", "01000000 ff00 4100 0000 7fff0400"],
    ["a path without end", "01000000 0600 4100 0000 01010600021f"],
  ])("%s is refused", (_, digits) => {
    expect(() => decodeBootOption(bytes(digits))).toThrow(DecodeError);
  });

  test("a description with a NUL, or too long a path, cannot be written", () => {
    expect(() => encodeBootOption({ description: "a\0", paths: [] })).toThrow(EncodeError);
    expect(() => encodeBootOption({ description: "a", paths: new Array(20).fill("a".repeat(2000)) })).toThrow(
      EncodeError,
    );
  });

  test("any bytes are an option or a DecodeError", () => {
    const head = fc.tuple(fc.uint8Array({ minLength: 4, maxLength: 4 }), fc.nat(80)).map(([a, b]) => [...a, b, 0]);
    fc.assert(
      fc.property(head, fc.uint8Array({ maxLength: 120 }), (start, rest) => {
        try {
          const option = decodeBootOption(Uint8Array.from([...start, ...rest]));
          expect(decodeBootOption(encodeBootOption(option))).toEqual(option);
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError);
        }
      }),
    );
  });
});

test("numbers and names", () => {
  expect([bootNumber("Boot00AF"), bootNumber("Boot00af"), bootNumber("BootOrder"), bootName(0xaf)]).toEqual([
    0xaf,
    undefined,
    undefined,
    "Boot00AF",
  ]);
});

test("lists of numbers", () => {
  expect(decodeU16List(bytes("07000100"))).toEqual([7, 1]);
  expect(hex(encodeU16List([7, 1]))).toBe("07000100");
  expect(() => decodeU16List(bytes("070001"))).toThrow(DecodeError);
  expect(() => encodeU16List([65536])).toThrow(EncodeError);
});
