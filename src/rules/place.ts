import { readUint } from "../bytes/numbers.ts";
import { listStructures, type TableFrame } from "../nbft/read/frame.ts";
import { controlDescriptor, hostDescriptor, nbftHeader } from "../nbft/structures/index.ts";
import type { Field, Structure } from "../structure/index.ts";

/** A run of bytes, counted from the start of the table. */
export interface Place {
  readonly offset: number;
  readonly length: number;
}

/**
 * Where a path of the model stands: `hfi[0].transportInfo.vlan` is the field's bytes, `ssns[0].traddr` the object that the reference
 * leads to (the reference itself when it leads nowhere), `ssns[0].traddrRef` the reference, `heap` the heap, `table` everything.
 *
 * @throws {TypeError} for a path that no table has.
 */
export function placeOf(frame: TableFrame, path: string): Place {
  if (path === "table") return { offset: 0, length: frame.bytes.length };
  if (path === "heap") return { offset: frame.heapStart, length: frame.heapEnd - frame.heapStart };
  const match = /^(header|control|host|hfi|ssns|security|discovery)(?:\[(\d+)\])?(?:\.(.+))?$/.exec(path);
  if (!match) throw new TypeError(`no such path: ${path}`);
  const [, owner, position, rest] = match as unknown as [string, string, string | undefined, string | undefined];
  if (owner === "header") return placeIn(frame, nbftHeader, 0, rest);
  if (owner === "control") return placeIn(frame, controlDescriptor, nbftHeader.size, rest);
  if (owner === "host") return placeIn(frame, hostDescriptor, frame.hostOffset ?? hostDescriptor.size * 4, rest);
  const list = owner as keyof typeof listStructures;
  const { offset, stride } = frame.lists[list];
  return placeIn(frame, listStructures[list], offset + Number(position) * stride, rest);
}

/** Where a field of the structure at `at` stands, or what it leads to. */
export function placeIn(frame: TableFrame, structure: Structure, at: number, key: string | undefined): Place {
  if (key === undefined) return { offset: at, length: structure.size };
  const dot = key.indexOf(".");
  const head = dot < 0 ? key : key.slice(0, dot);
  const field = fieldOf(structure, head);
  const offset = at + field.at;
  if (field.kind !== "ref" || head.endsWith("Ref")) return { offset, length: field.size };
  const target = readUint(frame.bytes, offset, 4);
  const length = readUint(frame.bytes, offset + 4, 2);
  if (length === 0 || target < frame.heapStart || target + length > frame.heapEnd)
    return { offset, length: field.size };
  const { object } = field;
  if (dot < 0 || object.kind !== "structure" || length < object.structure.minSize) return { offset: target, length };
  return placeIn(frame, object.structure, target, key.slice(dot + 1));
}

function fieldOf(structure: Structure, key: string): Field {
  const field = structure.fields[key] ?? (key.endsWith("Ref") ? structure.fields[key.slice(0, -3)] : undefined);
  if (!field) throw new TypeError(`${structure.name} has no field ${key}`);
  return field;
}
