export { annotateStructure, decodeStructure, encodeStructure, readRecord } from "./codec.ts";
export * from "./field.ts";
export {
  type HeapRef,
  type Infer,
  maskOf,
  type NumbersOf,
  type RecordOf,
  recordKey,
  type Structure,
  structure,
} from "./structure.ts";
