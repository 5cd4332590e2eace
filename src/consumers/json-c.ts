import { ByteWriter } from "./byte-writer.ts";

/** A value that json-c prints; bytes are a C string, printed without a look at its encoding. */
export type JsonC = string | number | Uint8Array | readonly JsonC[] | JsonCObject;

/** Keys in order; a key whose value is undefined is left out. */
export interface JsonCObject {
  readonly [key: string]: JsonC | undefined;
}

/**
 * Text of a value as json-c prints it with JSON_C_TO_STRING_PRETTY and JSON_C_TO_STRING_NOSLASHESCAPE: two blanks an indent, no
 * blank behind a colon, control characters as `\u00xx`, everything above 7Eh untouched.
 */
export function printJsonC(value: JsonC): Uint8Array {
  const writer = new ByteWriter();
  print(writer, value, "\n");
  return writer.finish();
}

function print(writer: ByteWriter, value: JsonC, newline: string): void {
  if (typeof value === "number") writer.text(String(value));
  else if (typeof value === "string") printString(writer, encoder.encode(value));
  else if (value instanceof Uint8Array) printString(writer, value);
  else if (isList(value)) {
    printAll(writer, "[", value, "]", newline, (item, inside) => print(writer, item, inside));
  } else {
    const entries = Object.entries(value).filter((entry): entry is [string, JsonC] => entry[1] !== undefined);
    printAll(writer, "{", entries, "}", newline, ([key, item], inside) => {
      writer.text(`"${key}":`);
      print(writer, item, inside);
    });
  }
}

const encoder = new TextEncoder();

function isList(value: readonly JsonC[] | JsonCObject): value is readonly JsonC[] {
  return Array.isArray(value);
}

function printAll<T>(
  writer: ByteWriter,
  open: string,
  items: readonly T[],
  close: string,
  newline: string,
  printItem: (item: T, newline: string) => void,
): void {
  const inside = `${newline}  `;
  writer.text(open);
  for (const [i, item] of items.entries()) {
    writer.text(i > 0 ? `,${inside}` : inside);
    printItem(item, inside);
  }
  writer.text(newline + close);
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
