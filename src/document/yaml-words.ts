import type { ErrorCode, YAMLParseError } from "yaml";

/** What is wrong with a text that is no YAML, by yaml's codes; what it says itself speaks of its functions. */
const words: Partial<Readonly<Record<ErrorCode, string>>> = {
  ALIAS_PROPS: "an alias takes neither an anchor nor a tag",
  BAD_ALIAS: "an alias or anchor without a name",
  BAD_COLLECTION_TYPE: "the tag is for another kind of value",
  BAD_DIRECTIVE: "a line that begins with % is not a YAML directive",
  BAD_DQ_ESCAPE: "not an escape sequence of double-quoted text",
  BAD_INDENT: "the indentation does not fit the lines around it",
  BAD_PROP_ORDER: "an anchor or tag belongs after the sign before it",
  BAD_SCALAR_START: "text cannot begin with this character; put it in quotes",
  BLOCK_AS_IMPLICIT_KEY: "a mapping or list cannot begin on the line of its key",
  BLOCK_IN_FLOW: "inside [ ] and { } lists and mappings are written in brackets",
  DUPLICATE_KEY: "a key is there twice",
  KEY_OVER_1024_CHARS: "a key of more than 1024 characters",
  MULTILINE_IMPLICIT_KEY: "a key takes one line; is a bracket, a quote or a colon missing?",
  MULTIPLE_ANCHORS: "a value has one anchor",
  MULTIPLE_DOCS: "a second document begins here; give one",
  MULTIPLE_TAGS: "a value has one tag",
  NON_STRING_KEY: "a key is text",
  RESOURCE_EXHAUSTION: "nested too deep for a document",
  TAB_AS_INDENT: "lines are indented by blanks, not by tabs",
  TAG_RESOLVE_FAILED: "the tag does not fit its value",
  UNEXPECTED_TOKEN: "this does not belong here; is a bracket, a quote or a colon missing before it?",
};

/** What yaml found wrong, in our words. */
export function yamlTrouble({ code, message }: Pick<YAMLParseError, "code" | "message">): string {
  if (message.includes("call stack")) return "nested too deep for a document";
  const bracket = /end with an? (\S)/.exec(message)?.[1];
  if (bracket !== undefined) return `the closing ${bracket} is missing before this`;
  if (code !== "MISSING_CHAR") return words[code] ?? "cannot be read as YAML";
  if (/closing .quote/.test(message)) return "the closing quote is missing";
  if (message.includes("followed by map values")) return 'a key without ": " after it';
  if (message.startsWith("Missing ,")) return "a comma is missing between two items";
  if (/white space|space after/.test(message)) return "a blank is missing";
  return "something is missing before this: a blank, a comma or a line of its own";
}
