import { readNbft } from "../nbft/read/read.ts";
import { JsonText } from "../nbft/write/json-text.ts";
import { writeModel } from "../nbft/write/model-json.ts";
import { escapeJson } from "../text/json.ts";
import { bareDocumentOf } from "./document.ts";

const newline = 0x0a;

/**
 * Lines of NDJSON, one a table: what JSON.stringify and {@link escapeJson} make of `{ source, ...bareDocumentOf(table) }`, made from the table's bytes without the
 * objects in between. Collects lines until {@link take} is called.
 */
export class NdjsonWriter {
  readonly #out: JsonText;

  /** @param size bytes to begin with; more are allocated when they are needed */
  constructor(size = 1 << 16) {
    this.#out = new JsonText(size);
  }

  /** Bytes collected so far. */
  get length(): number {
    return this.#out.end;
  }

  /**
   * Appends the line of one table.
   *
   * @throws {DecodeError} when the bytes are no NBFT; nothing is appended then.
   */
  add(source: string, bytes: Uint8Array): void {
    const out = this.#out;
    const start = out.end;
    const name = escapeJson(JSON.stringify(source));
    out.reserve(start, 16 + 3 * name.length);
    const head = out.text(start, `{"source":${name}`);
    let end = writeModel(out, head, bytes);
    if (end < 0) {
      const text = escapeJson(JSON.stringify(bareDocumentOf(readNbft(bytes).table)));
      out.reserve(head, 3 * text.length + 4);
      end = out.text(head, `,${text.slice(1, -1)}`);
    }
    out.reserve(end, 2);
    out.bytes[end] = 0x7d;
    out.bytes[end + 1] = newline;
    out.end = end + 2;
  }

  /** The lines collected so far, and begins anew. The bytes are valid until the next {@link add}. */
  take(): Uint8Array {
    const taken = this.#out.bytes.subarray(0, this.#out.end);
    this.#out.end = 0;
    return taken;
  }
}
