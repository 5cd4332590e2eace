/**
 * Writes tables: {@link encodeNbft} encodes a model, {@link withDefaults} completes a partial model. Runs in browsers as well as in
 * Node.js.
 *
 * @module nbft/encode
 */

export type { Bytes } from "./bytes/bytes.ts";
export { type Draft, type NbftDraft, withDefaults } from "./document/defaults.ts";
export { DocumentError, type DocumentProblem } from "./document/document-error.ts";
export { type RevisionNote, withRevision } from "./document/revision.ts";
export { type NbftRevision, nbftRevisions } from "./document/revisions.ts";
export { EncodeError, NbftError } from "./errors.ts";
export { type EncodeOptions, encodeNbft, type LayoutChoice } from "./nbft/write/encode.ts";
export { layoutOf } from "./nbft/write/layout-of.ts";
export type {
  ByteRun,
  HostLayout,
  ListLayout,
  NbftLayout,
  ObjectLayout,
  PlaceLayout,
} from "./nbft/write/layout-part.ts";
