/** Writing tables: from models, whole or in part, in the layout that is asked for; and where every byte of one stands. */
export { type Draft, withDefaults } from "./document/defaults.ts";
export { type NbftRevision, nbftRevisions, type RevisionNote, withRevision } from "./document/revision.ts";
export { DecodeError, EncodeError, NbftError } from "./errors.ts";
export { type DuidReading, interpretDuid } from "./nbft/duid.ts";
export { openTable, type TableFrame } from "./nbft/read/frame.ts";
export { type Span, spansOf } from "./nbft/read/spans.ts";
export { type EncodeOptions, encodeNbft, type LayoutChoice } from "./nbft/write/encode.ts";
export { layoutOf } from "./nbft/write/layout-of.ts";
export type { NbftLayout } from "./nbft/write/layout-part.ts";
