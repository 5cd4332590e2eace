/**
 * What a model or document shows at most. Many references can name one object, so without limits the model of a table could be thousands of
 * times larger than the table, and take as long. The layout keeps all bytes.
 */

/** Longest text, in bytes; NQNs end at 223, host names at 253. */
export const MAX_TEXT_BYTES = 512;
/** Most entries of a list: indexes are one byte. */
export const MAX_LIST_ENTRIES = 255;
/** Most bytes of a binary object; a DUID ends at 130. */
export const MAX_OBJECT_BYTES = 256;

/** Texts from this many characters on, and lists from this many entries on, are written once in a document. NQNs are shorter. */
export const LONG_TEXT = 256;
export const LONG_LIST = 16;

/**
 * Paths to subsystems whose attempts are predicted, of one table: those of 255 namespaces over two ports. An SSNS that brings more, and those
 * after it, have one step that says so. A table of 100 KB may have 65,025 paths.
 */
export const MOST_PATHS = 512;
