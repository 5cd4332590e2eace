/** Order of PCI places: bus, device, function. */
export function pciOrder(place: string | undefined): number {
  const [, segment, bus, device, fn] = /^(\w+):(\w+):(\w+)\.(\w)$/.exec(place ?? "") ?? [];
  const number = (digits: string | undefined) => Number.parseInt(digits ?? "0", 16);
  return ((number(segment) * 256 + number(bus)) * 32 + number(device)) * 8 + number(fn);
}

/** Compares two lists of numbers, the first difference decides. */
export function comparePlaces(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}
