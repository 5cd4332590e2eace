import type { ByteWriter } from "../byte-writer.ts";

/** A value that json-c prints; bytes are a C string, printed without a look at its encoding. */
export type JsonC = string | number | Uint8Array | readonly JsonC[] | JsonCObject;

/** Keys in order; a key whose value is undefined is left out. */
export interface JsonCObject {
  readonly [key: string]: JsonC | undefined;
}

/**
 * Writes a value as json-c prints it with JSON_C_TO_STRING_PRETTY and JSON_C_TO_STRING_NOSLASHESCAPE: two blanks an indent, no
 * blank after a colon, control characters as `\u00xx`, everything above 7Eh untouched.
 *
 * @param compactEmpty json-c 0.18 prints an empty array as `[]`, 0.16 as two lines
 * @param newline what starts a line at the value's own level
 */
export function printJsonC(writer: ByteWriter, value: JsonC, compactEmpty = false, newline = "\n"): void {
  if (typeof value === "number") writer.text(String(value));
  else if (typeof value === "string") printText(writer, value);
  else if (value instanceof Uint8Array) printString(writer, value);
  else if (isList(value)) {
    const inside = `${newline}  `;
    writer.text("[");
    for (let i = 0; i < value.length; i++) {
      writer.text(i > 0 ? "," : "").text(inside);
      printJsonC(writer, value[i]!, compactEmpty, inside);
    }
    writer.text(value.length === 0 && compactEmpty ? "" : newline).text("]");
  } else printObject(writer, value, compactEmpty, newline);
}

function printObject(writer: ByteWriter, object: JsonCObject, compactEmpty: boolean, newline: string): void {
  const inside = `${newline}  `;
  let isFirst = true;
  writer.text("{");
  for (const key in object) {
    const item = object[key];
    if (item === undefined) continue;
    writer
      .text(isFirst ? "" : ",")
      .text(inside)
      .text('"')
      .text(key)
      .text('":');
    printJsonC(writer, item, compactEmpty, inside);
    isFirst = false;
  }
  writer.text(isFirst && compactEmpty ? "" : newline).text("}");
}

function isList(value: readonly JsonC[] | JsonCObject): value is readonly JsonC[] {
  return Array.isArray(value);
}

const encoder = new TextEncoder();

/** Nearly every text is plain. */
function printText(writer: ByteWriter, text: string): void {
  if (/^[ !#-[\]-~]*$/.test(text)) writer.text('"').text(text).text('"');
  else printString(writer, encoder.encode(text));
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
