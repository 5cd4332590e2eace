/** A part of a path: a key of a mapping, or a position in a list. */
export type PathKey = string | number;

/** The parts of a path such as `hfi[0].transportInfo.mac` or `objects["hfi[0].transportInfo"].offset`. */
export function pathKeys(path: string): PathKey[] {
  return [...path.matchAll(/\[("(?:[^"\\]|\\.)*")\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, name]) =>
    quoted !== undefined ? (JSON.parse(quoted) as string) : index !== undefined ? Number(index) : name!,
  );
}
