/** Writing tables: from models, whole or in part, in the layout that is asked for; and where every byte of one stands. */
export { type Draft, withDefaults } from "./document/defaults.ts";
export { type NbftRevision, nbftRevisions, type RevisionNote, withRevision } from "./document/revision.ts";
export { DecodeError, EncodeError, NbftError } from "./errors.ts";
export { type DuidReading, interpretDuid } from "./nbft/duid.ts";
export { type EncodeOptions, encodeNbft, type LayoutChoice } from "./nbft/encode.ts";
export { openTable, type TableFrame } from "./nbft/frame.ts";
export { layoutOf } from "./nbft/layout-of.ts";
export type { NbftLayout } from "./nbft/layout-part.ts";
export { type Span, spansOf } from "./nbft/spans.ts";
