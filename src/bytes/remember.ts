import { checkBytes } from "./bytes.ts";
import { equalBytes } from "./compare.ts";

/**
 * A function of bytes that works its result out once, as long as the bytes of an array stay what they are. What is made gets a copy of them, and may
 * be asked for by many: nobody changes it.
 */
export function remember<V extends object>(make: (bytes: Uint8Array) => V): (bytes: Uint8Array) => V {
  const known = new WeakMap<Uint8Array, { readonly copy: Uint8Array; readonly made: V }>();
  return (bytes) => {
    checkBytes(bytes);
    const entry = known.get(bytes);
    if (entry && equalBytes(entry.copy, bytes)) return entry.made;
    const copy = new Uint8Array(bytes);
    const made = make(copy);
    known.set(bytes, { copy, made });
    return made;
  };
}

/**
 * A function of some things that works its result out once for the same ones in the same order, as long as the first, an object, is in use. Nobody
 * changes them.
 */
export function rememberOf<K, V>(make: (things: readonly K[]) => V): (things: readonly K[]) => V {
  const known = new WeakMap<object, { readonly things: readonly K[]; readonly made: V }>();
  return (things) => {
    const [first] = things;
    if (typeof first !== "object" || first === null) return make(things);
    const entry = known.get(first);
    if (entry?.things.length === things.length && entry.things.every((each, i) => each === things[i]))
      return entry.made;
    const made = make(things);
    known.set(first, { things, made });
    return made;
  };
}
