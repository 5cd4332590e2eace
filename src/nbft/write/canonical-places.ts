import { FIXED_BYTES, type ListName, listNames, listStructures } from "../read/frame.ts";
import { controlDescriptor, hostDescriptor } from "../structures/index.ts";

/** The canonical layouts. */
export type CanonicalStyle = "spec" | "edk2";

/** What is where in a canonical layout. */
export interface CanonicalPlaces {
  /** Every number of the Control Descriptor that says where something is. */
  readonly control: Readonly<Record<string, number>>;
  /** Byte after the Host Descriptor and the lists: where the heap starts. */
  readonly end: number;
}

const nothing: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(controlDescriptor.fields).flatMap(([key, field]) => ("derived" in field ? [[key, 0]] : [])),
);

const listKeys = listNames.map((name) => ({
  name,
  size: listStructures[name].size,
  offset: `${name}Offset`,
  length: `${name}Length`,
  version: `${name}Version`,
  count: `${name}Count`,
}));

/** Places of the Host Descriptor, where there is one, and of lists of so many entries. */
export function canonicalPlaces(
  style: CanonicalStyle,
  hasHost: boolean,
  counts: (name: ListName) => number,
): CanonicalPlaces {
  const control: Record<string, number> = { ...nothing };
  let end = FIXED_BYTES;
  if (hasHost) {
    control["hostOffset"] = end;
    control["hostLength"] = hostDescriptor.size;
    control["hostVersion"] = 1;
    end += hostDescriptor.size;
  }
  for (const { name, size, offset, length, version, count } of listKeys) {
    const entries = counts(name);
    // The Timberland driver leaves the offset of an absent discovery list after the list before it.
    if (entries === 0 && !(style === "edk2" && name === "discovery" && hasHost)) continue;
    control[offset] = end;
    if (entries === 0) continue;
    control[length] = size;
    control[version] = 1;
    control[count] = entries;
    end += entries * size;
  }
  return { control, end };
}
