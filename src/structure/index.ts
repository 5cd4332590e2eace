export { decodeStructure, encodeStructure } from "./codec.ts";
export * from "./field.ts";
export {
  type HeapRef,
  maskOf,
  recordKey,
  structure,
} from "./structure.ts";
