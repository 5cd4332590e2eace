/** Characters that JSON allows as they are and a terminal or log does not take as text: DEL, C1, line separators, bidirectional controls. */
const unsafe = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** JSON text in which everything that a terminal could obey is written as `\u009b`; it says the same to whoever parses it (RFC 8259, section 7). */
export function escapeJson(json: string): string {
  return json.replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A value as JSON, indented and ended by a line end, safe to show: see {@link escapeJson}. */
export function formatJson(value: unknown): string {
  return `${escapeJson(JSON.stringify(value, null, 2))}\n`;
}

/** Items of a list that are written at once. */
const PIECE = 256;

/** The text of an object as {@link formatJson} writes it, piece by piece: a long list in it is never one text. */
export function* jsonPieces(value: Readonly<Record<string, unknown>>): Generator<string> {
  let opening = "{\n";
  for (const [key, part] of Object.entries(value)) {
    if (!Array.isArray(part) || part.length === 0) {
      const text = JSON.stringify({ [key]: part }, null, 2);
      if (text === "{}") continue;
      yield opening + escapeJson(text.slice(2, -2));
    } else {
      let before = `${opening}  ${escapeJson(JSON.stringify(key))}: [\n`;
      for (let at = 0; at < part.length; at += PIECE) {
        yield before + escapeJson(JSON.stringify({ "": part.slice(at, at + PIECE) }, null, 2).slice(10, -6));
        before = ",\n";
      }
      yield "\n  ]";
    }
    opening = ",\n";
  }
  yield opening === "{\n" ? "{}\n" : "\n}\n";
}

/** The text of an array as {@link formatJson} writes it, one item after another. */
export class JsonArray {
  #opening = "[\n";

  /** Text of the next item, and of what comes before it. */
  item(value: unknown): string {
    const text = this.#opening + escapeJson(JSON.stringify([value], null, 2).slice(2, -2));
    this.#opening = ",\n";
    return text;
  }

  /** Text of the end. */
  end(): string {
    return this.#opening === "[\n" ? "[]\n" : "\n]\n";
  }
}
