import type { Structure } from "../../src/structure/index.ts";
import { type Folded, fold } from "./fold.ts";

/** Source of `readX(view, bytes, at)`: the record of a structure, as binary-parser would read it. */
export function readerSource(structure: Structure): string {
  return `/** Record of a {@link ${structure.name}} at \`at\`; the caller has checked that ${structure.size} bytes are there. */
export function read${structure.name}(view: DataView, bytes: Uint8Array, at: number): ${structure.name}Record {
  return ${literal(fold(structure))};
}
`;
}

/** Source of `numbersOfX(view, at)`: the numbers of a record, without a view for each byte field. */
export function numbersSource(structure: Structure): string {
  const folded = fold(structure);
  const numbers = Object.entries(structure.fields).flatMap(([key, { kind }]) =>
    kind === "uint" || kind === "flags" ? [[key, folded[key]!] as const] : [],
  );
  return `/** Numbers of a {@link ${structure.name}} at \`at\`; the caller has checked that ${structure.size} bytes are there. */
export function numbersOf${structure.name}(view: DataView, at: number): ${structure.name}Numbers {
  return ${literal(Object.fromEntries(numbers))};
}
`;
}

function literal(folded: Folded): string {
  if (typeof folded === "string") return folded;
  return `{ ${Object.entries(folded)
    .map(([key, value]) => `${key}: ${literal(value)}`)
    .join(", ")} }`;
}

/** Name of the constant that holds a structure's description. */
export function variableOf(structure: Structure): string {
  return structure.name[0]!.toLowerCase() + structure.name.slice(1);
}
