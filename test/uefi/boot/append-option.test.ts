import { describe, expect, test } from "vitest";
import { appendBootOption } from "../../../src/uefi/boot/append-option.ts";
import { bootName, decodeU16List, encodeU16List } from "../../../src/uefi/boot/boot-numbers.ts";
import { encodeBootOption } from "../../../src/uefi/boot/boot-option.ts";
import { editVariableFile, readVariables } from "../../../src/uefi/files/variable-file.ts";
import { vendorGuids } from "../../../src/uefi/guids.ts";
import { createVariableStore } from "../../../src/uefi/store/create-store.ts";
import type { Variable } from "../../../src/uefi/variable.ts";

const option = (description: string) => encodeBootOption({ description, paths: ["\\EFI\\BOOT\\BOOTX64.EFI"] });
const global = (name: string, data: Uint8Array, attributes = 7): Variable => ({
  guid: vendorGuids.global,
  name,
  attributes,
  data,
});

/** A store with options and an order, after another option. */
function appended(present: readonly Variable[], data: Uint8Array, choice?: { first: boolean }) {
  const store = editVariableFile(
    createVariableStore("2M"),
    present.map((variable) => ({ kind: "set", variable })),
  ).bytes;
  const { name, edits } = appendBootOption(readVariables(store), data, choice);
  const after = readVariables(editVariableFile(store, edits).bytes);
  const order = after.find((variable) => variable.name === "BootOrder")!;
  return { name, after, order: decodeU16List(order.data), attributes: order.attributes };
}

describe("another boot option", () => {
  const present = [
    global("Boot0000", option("a")),
    global("Boot0002", option("c")),
    global("BootOrder", encodeU16List([2, 0, 1])),
  ];

  test("gets a number that no option has and BootOrder does not name, and comes last", () => {
    const { name, order, after } = appended(present, option("new"));
    expect([name, order]).toEqual(["Boot0003", [2, 0, 1, 3]]);
    expect(after.find((variable) => variable.name === "Boot0003")).toMatchObject({
      attributes: 7,
      data: option("new"),
    });
    expect(after.find((variable) => variable.name === "Boot0002")).toMatchObject({ data: option("c") });
  });

  test("comes first where that is asked", () => {
    expect(appended(present, option("new"), { first: true }).order).toEqual([3, 2, 0, 1]);
  });

  test("is the one that is there with the same content", () => {
    expect(appended(present, option("c"))).toMatchObject({ name: "Boot0002", order: [2, 0, 1] });
    expect(appended(present, option("a"), { first: true })).toMatchObject({ name: "Boot0000", order: [0, 2, 1] });
    expect(appended(present.slice(0, 2), option("c"))).toMatchObject({ name: "Boot0002", order: [2] });
  });

  test("makes the first BootOrder, and keeps the attributes of one", () => {
    expect(appended([], option("new"))).toMatchObject({ name: "Boot0000", order: [0], attributes: 7 });
    expect(appended([global("BootOrder", encodeU16List([9]), 3)], option("new")).attributes).toBe(3);
  });

  test("is refused where no number is free", () => {
    const all = Array.from({ length: 0x10000 }, (_, number) => global(bootName(number), new Uint8Array(2)));
    expect(() => appendBootOption(all, option("new"))).toThrow(/all 65536 numbers/);
  });

  test("is not confused by another vendor's variables", () => {
    const other = { ...global("Boot0000", option("x")), guid: vendorGuids.shim };
    expect(appended([other], option("new")).name).toBe("Boot0000");
  });
});
