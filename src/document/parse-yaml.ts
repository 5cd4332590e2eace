import { Composer, type Document, isScalar, type LineCounter, Parser, visit, YAMLParseError } from "yaml";

/** Errors after which a text is not read further: nobody reads more of them, and thousands would take minutes. */
const MOST_ERRORS = 5;

/**
 * Parses a text as one YAML document, in time that follows its length: what yaml's own `parseDocument` takes the square of it for, many
 * errors and many keys in one map, is bounded or done otherwise here.
 *
 * @returns the document, with the first of its errors
 * @throws {RangeError} when it is nested too deep
 */
export function parseYaml(text: string, lineCounter: LineCounter): Document.Parsed {
  const tokens = new Parser(lineCounter.addNewLine).parse(text);
  const composer = new Composer({ lineCounter, prettyErrors: false, stringKeys: true, uniqueKeys: false });
  let document: Document.Parsed | undefined;
  for (const next of composer.compose(untilErrors(tokens), true, text.length)) {
    if (document === undefined) document = next as Document.Parsed;
    else {
      const message = "Source contains multiple documents; please use YAML.parseAllDocuments()";
      document.errors.push(new YAMLParseError(next.range.slice(0, 2) as [number, number], "MULTIPLE_DOCS", message));
      break;
    }
  }
  // The composer was told to make a document even of nothing.
  const only = document!;
  if (only.errors.length === 0) findRepeatedKey(only);
  return only;
}

function* untilErrors<T extends { readonly type: string }>(tokens: Iterable<T>): Generator<T> {
  let errors = 0;
  for (const token of tokens) {
    yield token;
    if (token.type === "error" && ++errors >= MOST_ERRORS) return;
  }
}

/** Adds an error for the first key that stands twice in its map. */
function findRepeatedKey(document: Document.Parsed): void {
  visit(document, {
    Map(_, map) {
      const keys = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (!keys.has(key.value)) {
          keys.add(key.value);
          continue;
        }
        const [start, end] = key.range ?? [0, 0];
        document.errors.push(new YAMLParseError([start, end], "DUPLICATE_KEY", "Map keys must be unique"));
        return visit.BREAK;
      }
      return undefined;
    },
  });
}
