import { checkBytes } from "./bytes.ts";
import { equalBytes } from "./compare.ts";

/** Results of one array that are kept: there are as many as releases of a program, and some are many times as large as the bytes. */
const MOST_KEPT = 8;

/**
 * A function of bytes that works each of its results out once, as long as the bytes of an array stay what they are. What is made gets a copy of
 * them, and may be asked for by many: nobody changes it.
 */
export function remember<K, V extends object>(
  make: (bytes: Uint8Array, key: K) => V,
): (bytes: Uint8Array, key: K) => V {
  const known = new WeakMap<Uint8Array, { readonly copy: Uint8Array; readonly made: Map<K, V> }>();
  return (bytes, key) => {
    checkBytes(bytes);
    let entry = known.get(bytes);
    if (!entry || !equalBytes(entry.copy, bytes)) {
      entry = { copy: new Uint8Array(bytes), made: new Map() };
      known.set(bytes, entry);
    }
    let value = entry.made.get(key);
    if (value === undefined) {
      value = make(entry.copy, key);
      if (entry.made.size >= MOST_KEPT) entry.made.delete(entry.made.keys().next().value!);
      entry.made.set(key, value);
    }
    return value;
  };
}
