import { expect, it, vi } from "vitest";
import { remember, rememberOf } from "../../src/bytes/remember.ts";

const counting = () => {
  const make = vi.fn((bytes: Uint8Array) => ({ bytes }));
  return { make, remembered: remember(make) };
};

it("makes a result once an array, from a copy", () => {
  const { make, remembered } = counting();
  const bytes = Uint8Array.of(1, 2);
  const first = remembered(bytes);
  expect(remembered(bytes)).toBe(first);
  expect(remembered(Uint8Array.of(1, 2))).not.toBe(first);
  expect(make).toHaveBeenCalledTimes(2);
  bytes[0] = 9;
  expect(first.bytes).toEqual(Uint8Array.of(1, 2));
});

it("forgets the result of an array whose bytes have changed", () => {
  const { make, remembered } = counting();
  const bytes = Uint8Array.of(1, 2);
  remembered(bytes);
  bytes[1] = 9;
  expect(remembered(bytes).bytes).toEqual(Uint8Array.of(1, 9));
  expect(remembered(bytes).bytes).toEqual(Uint8Array.of(1, 9));
  expect(make).toHaveBeenCalledTimes(2);
});

it("keeps no exception, and refuses what is not bytes", () => {
  let fails = true;
  const remembered = remember((bytes) => {
    if (fails) throw new RangeError("once");
    return bytes;
  });
  const bytes = Uint8Array.of(1);
  expect(() => remembered(bytes)).toThrow("once");
  fails = false;
  expect(remembered(bytes)).toEqual(bytes);
  expect(() => remembered("text" as unknown as Uint8Array)).toThrow("expected a Uint8Array");
});

it("makes a result once for the same things in the same order", () => {
  const make = vi.fn((things: readonly unknown[]) => ({ things }));
  const remembered = rememberOf(make);
  const [a, b] = [{}, {}];
  const first = remembered([a, b, "text"]);
  expect(remembered([a, b, "text"])).toBe(first);
  for (const others of [
    [a, b],
    [b, a, "text"],
    [a, b, "texts"],
    [a, {}, "text"],
  ]) {
    expect(remembered(others).things).toBe(others);
  }
  expect(make).toHaveBeenCalledTimes(5);
});

it("keeps no result for nothing, and for what begins with a text", () => {
  const make = vi.fn((things: readonly unknown[]) => ({ things }));
  const remembered = rememberOf(make);
  for (const things of [[], [], ["text"], ["text"], [null]]) expect(remembered(things).things).toBe(things);
  expect(make).toHaveBeenCalledTimes(5);
});
