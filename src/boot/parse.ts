import { DocumentError, type DocumentProblem } from "../document/document-error.ts";
import type { ParsedText } from "../document/parse-text.ts";
import { checkShape, type ParsedDocument } from "../document/shape/checked.ts";
import { checkParsed, parseShape } from "../document/shape/parse.ts";
import type { BootDescription } from "./description.ts";
import { type BootDocument, bootShape } from "./document.ts";
import { resolveBoot } from "./resolve.ts";

/** What is wrong in a boot description: a ParseError with all its problems. */
export { DocumentError as BootDescriptionError, type DocumentProblem as BootProblem };

/** A boot description without a file, in messages. */
const UNNAMED = "boot description";

/** Choices of {@link parseBootDescription}. */
export interface ParseBootOptions {
  /** Name of the file, for messages. */
  readonly file?: string;
}

/**
 * Reads a boot description from YAML or JSON text and completes it. Unknown keys are refused.
 *
 * @throws {BootDescriptionError} a ParseError that lists what is wrong, each with line, column and path.
 */
export function parseBootDescription(text: string, options: ParseBootOptions = {}): BootDescription {
  return complete(parseShape(text, bootShape, { file: options.file ?? UNNAMED }));
}

/**
 * Completes the boot description in a text that was parsed.
 *
 * @throws {BootDescriptionError} that lists what is wrong, each with line, column and path.
 */
export function bootOfParsed(parsed: ParsedText): BootDescription {
  return complete(checkParsed(parsed, bootShape, { file: parsed.file ?? UNNAMED }));
}

/**
 * Completes a boot description that a program has made: the same checks, paths in place of lines.
 *
 * @throws {BootDescriptionError} that lists what is wrong.
 */
export function completeBootDescription(value: BootDocument, options: ParseBootOptions = {}): BootDescription {
  return complete(checkShape(value, bootShape, { file: options.file ?? UNNAMED }));
}

function complete(parsed: ParsedDocument<typeof bootShape>): BootDescription {
  const { description, problems } = resolveBoot(parsed.value as BootDocument);
  parsed.refuse(problems);
  return description;
}
