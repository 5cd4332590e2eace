import { expect, it, vi } from "vitest";
import { remember } from "../../src/bytes/remember.ts";

const counting = () => {
  const make = vi.fn((bytes: Uint8Array, key: number) => ({ bytes, key }));
  return { make, remembered: remember(make) };
};

it("makes a result once a key and array, from a copy", () => {
  const { make, remembered } = counting();
  const bytes = Uint8Array.of(1, 2);
  const first = remembered(bytes, 1);
  expect(remembered(bytes, 1)).toBe(first);
  expect(remembered(bytes, 2)).toEqual({ bytes, key: 2 });
  expect(remembered(Uint8Array.of(1, 2), 1)).not.toBe(first);
  expect(make).toHaveBeenCalledTimes(3);
  bytes[0] = 9;
  expect(first.bytes).toEqual(Uint8Array.of(1, 2));
});

it("forgets every result of an array whose bytes have changed", () => {
  const { make, remembered } = counting();
  const bytes = Uint8Array.of(1, 2);
  for (const key of [1, 2]) remembered(bytes, key);
  bytes[1] = 9;
  expect(remembered(bytes, 1).bytes).toEqual(Uint8Array.of(1, 9));
  expect(remembered(bytes, 2).bytes).toEqual(Uint8Array.of(1, 9));
  expect(make).toHaveBeenCalledTimes(4);
});

it("keeps eight results of an array, the oldest goes first", () => {
  const { make, remembered } = counting();
  const bytes = Uint8Array.of(1);
  for (let key = 0; key < 9; key++) remembered(bytes, key);
  for (let key = 1; key < 9; key++) remembered(bytes, key);
  expect(make).toHaveBeenCalledTimes(9);
  remembered(bytes, 0);
  expect(make).toHaveBeenCalledTimes(10);
});

it("keeps no exception, and refuses what is not bytes", () => {
  let fails = true;
  const remembered = remember((bytes, _: undefined) => {
    if (fails) throw new RangeError("once");
    return bytes;
  });
  const bytes = Uint8Array.of(1);
  expect(() => remembered(bytes, undefined)).toThrow("once");
  fails = false;
  expect(remembered(bytes, undefined)).toEqual(bytes);
  expect(() => remembered("text" as unknown as Uint8Array, undefined)).toThrow("expected a Uint8Array");
});
