/** The value at a model path such as `hfi[0].transportInfo.hostName`. */
export function valueAt(table: unknown, path: string): unknown {
  let value = table;
  for (const key of path.split(/[.[\]]+/)) {
    if (key === "") continue;
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
