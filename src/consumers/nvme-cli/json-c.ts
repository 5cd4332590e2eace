import type { Bytes } from "../../bytes/bytes.ts";
import { ByteWriter } from "../byte-writer.ts";

/** A value that json-c prints; bytes are a C string, printed without a look at its encoding. */
export type JsonC = string | number | Uint8Array | readonly JsonC[] | JsonCObject;

/** Keys in order; a key whose value is undefined is left out. */
export interface JsonCObject {
  readonly [key: string]: JsonC | undefined;
}

/**
 * Text of a value as json-c prints it with JSON_C_TO_STRING_PRETTY and JSON_C_TO_STRING_NOSLASHESCAPE: two blanks an indent, no
 * blank after a colon, control characters as `\u00xx`, everything above 7Eh untouched.
 *
 * @param compactEmpty json-c 0.18 prints an empty array as `[]`, 0.16 as two lines
 * @param newline what starts a line at the value's own level
 */
export function printJsonC(value: JsonC, compactEmpty = false, newline = "\n"): Bytes {
  const writer = new ByteWriter();
  new Printer(writer, compactEmpty).print(value, newline);
  return writer.finish();
}

class Printer {
  readonly #writer: ByteWriter;
  readonly #compactEmpty: boolean;

  constructor(writer: ByteWriter, compactEmpty: boolean) {
    this.#writer = writer;
    this.#compactEmpty = compactEmpty;
  }

  print(value: JsonC, newline: string): void {
    if (typeof value === "number") this.#writer.text(String(value));
    else if (typeof value === "string") printString(this.#writer, encoder.encode(value));
    else if (value instanceof Uint8Array) printString(this.#writer, value);
    else if (isList(value)) this.#printAll("[", value, "]", newline, (item, inside) => this.print(item, inside));
    else {
      const entries = Object.entries(value).filter((entry): entry is [string, JsonC] => entry[1] !== undefined);
      this.#printAll("{", entries, "}", newline, ([key, item], inside) => {
        this.#writer.text(`"${key}":`);
        this.print(item, inside);
      });
    }
  }

  #printAll<T>(
    open: string,
    items: readonly T[],
    close: string,
    newline: string,
    printItem: (item: T, newline: string) => void,
  ): void {
    const inside = `${newline}  `;
    this.#writer.text(open);
    for (const [i, item] of items.entries()) {
      this.#writer.text(i > 0 ? `,${inside}` : inside);
      printItem(item, inside);
    }
    this.#writer.text(items.length === 0 && this.#compactEmpty ? close : newline + close);
  }
}

const encoder = new TextEncoder();

function isList(value: readonly JsonC[] | JsonCObject): value is readonly JsonC[] {
  return Array.isArray(value);
}

const escapes: Readonly<Record<number, string>> = {
  8: "\\b",
  9: "\\t",
  10: "\\n",
  12: "\\f",
  13: "\\r",
  34: '\\"',
  92: "\\\\",
};

function printString(writer: ByteWriter, bytes: Uint8Array): void {
  writer.text('"');
  let start = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte >= 0x20 && byte !== 34 && byte !== 92) continue;
    writer.bytes(bytes.subarray(start, i));
    writer.text(escapes[byte] ?? `\\u00${byte.toString(16).padStart(2, "0")}`);
    start = i + 1;
  }
  writer.bytes(bytes.subarray(start)).text('"');
}
