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
