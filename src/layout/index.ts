export {
  type Annotation,
  annotateStructure,
  decodeStructure,
  describeField,
  encodeStructure,
  readRecord,
} from "./codec.ts";
export * from "./field.ts";
export {
  type AnyRecord,
  type HeapRef,
  type Infer,
  maskOf,
  type NumbersOf,
  type RecordOf,
  recordKey,
  type Structure,
  structure,
} from "./structure.ts";
