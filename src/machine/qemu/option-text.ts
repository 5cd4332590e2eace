import { ParseError } from "../../errors.ts";

/** One `key=value` of a QEMU option; a value without a key is the option's implied one. */
export type OptionPart = readonly [key: string, value: string];

/**
 * Text of a QEMU option: parts joined by commas, commas in values doubled. A part with an empty key is written as its value alone and may only
 * come first.
 */
export function formatOption(parts: readonly OptionPart[]): string {
  return parts.map(([key, value]) => (key === "" ? quoteValue(value) : `${key}=${quoteValue(value)}`)).join(",");
}

/** A value with its commas doubled, as QEMU's option parser wants it. */
export function quoteValue(value: string): string {
  return value.replaceAll(",", ",,");
}

/**
 * Parts of a QEMU option. `implied` is the key of a first part without one; later parts without a value are flags (`on`).
 *
 * @throws {ParseError} when a part has no key.
 */
export function parseOption(text: string, implied: string): OptionPart[] {
  const parts: OptionPart[] = [];
  const texts: string[] = [];
  let piece = "";
  for (let at = 0; at < text.length; at++) {
    const doubled = text[at] === "," && text[at + 1] === ",";
    if (text[at] === "," && !doubled) {
      texts.push(piece);
      piece = "";
    } else piece += text[at];
    if (doubled) at++;
  }
  texts.push(piece);
  for (const [i, part] of texts.entries()) {
    const equals = part.indexOf("=");
    if (equals > 0) parts.push([part.slice(0, equals), part.slice(equals + 1)]);
    else if (equals === 0) throw new ParseError(`part ${i + 1} of ${JSON.stringify(text)} has no name`);
    else if (i === 0) parts.push([implied, part]);
    else if (part !== "") parts.push([part.replace(/^no(?=.)/, ""), /^no./.test(part) ? "off" : "on"]);
  }
  return parts;
}

/**
 * A number as QEMU reads it: decimal, `0x` hexadecimal, or octal with a leading zero, as C does. Undefined when it is none.
 */
export function parseNumber(text: string): number | undefined {
  if (/^0[xX][0-9a-fA-F]+$/.test(text)) return Number.parseInt(text.slice(2), 16);
  if (/^0[0-7]+$/.test(text)) return Number.parseInt(text, 8);
  return /^(0|[1-9]\d*)$/.test(text) ? Number(text) : undefined;
}
