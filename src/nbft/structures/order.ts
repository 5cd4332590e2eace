import type { Structure } from "../../structure/index.ts";
import { controlDescriptor } from "./control.ts";
import { nbftHeader } from "./header.ts";
import { hostDescriptor } from "./host.ts";
import { listStructures } from "./lists.ts";

/** The structures that are found without a reference, in the order of the specification's structure ids. */
export const rootStructures: readonly Structure[] = [
  nbftHeader,
  controlDescriptor,
  hostDescriptor,
  ...Object.values(listStructures),
];

/** All structures of the table, each followed by those that its references lead to. */
export const structureOrder: readonly Structure[] = rootStructures.flatMap(withReferred);

function withReferred(structure: Structure): Structure[] {
  const referred = Object.values(structure.fields).flatMap((field) =>
    field.kind === "ref" && field.object.kind === "structure" ? [field.object.structure] : [],
  );
  return [structure, ...referred.flatMap(withReferred)];
}
