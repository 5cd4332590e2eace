import { escapeText } from "../../text/escape.ts";

/** Widths of printable ASCII in hundredths of an em: DejaVu Sans, which Verdana agrees with; other sans-serif fonts are narrower. */
const plain = [
  32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84,
  84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61,
  69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59,
  82, 59, 59, 52, 64, 34, 64, 84,
];
const bold = [
  35, 46, 52, 84, 70, 100, 87, 31, 46, 46, 52, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 40, 40, 84,
  84, 84, 58, 100, 77, 76, 73, 83, 68, 68, 82, 84, 37, 37, 77, 64, 100, 84, 85, 73, 85, 77, 72, 68, 81, 77, 110, 77, 72,
  73, 46, 37, 46, 84, 50, 50, 67, 72, 59, 72, 68, 44, 72, 71, 34, 34, 67, 34, 104, 71, 69, 72, 72, 49, 60, 48, 71, 65,
  92, 65, 65, 58, 71, 37, 71, 84,
];

/** Fonts that the widths hold for. */
export const fontFamily = "'DejaVu Sans', Verdana, Arial, Helvetica, sans-serif";

/** How a text is set. */
export interface Type {
  readonly size: number;
  readonly bold: boolean;
}

/** Widest that a text gets when it is shown, in the unit of its size. */
export function textWidth(text: string, type: Type): number {
  const widths = type.bold ? bold : plain;
  let sum = 0;
  for (const character of escapeText(text))
    sum += widths[character.charCodeAt(0) - 0x20] ?? otherWidth(character.charCodeAt(0));
  return (sum * type.size) / 100;
}

/** The widest of other characters: accented letters and the ellipsis, and everything else. */
function otherWidth(code: number): number {
  return code < 0x180 || code === 0x2026 ? 110 : 210;
}

/** Text shortened in the middle until it fits: NQNs differ at their ends. */
export function shortened(text: string, width: number, type: Type): string {
  if (textWidth(text, type) <= width) return text;
  const characters = [...text.slice(0, 4096)];
  const end = [...text.slice(-4096)];
  for (let kept = Math.min(characters.length - 1, Math.ceil(width / (type.size / 5))); kept > 0; kept--) {
    const head = Math.floor(kept / 3);
    const cut = `${characters.slice(0, head).join("")}…${end.slice(end.length - (kept - head)).join("")}`;
    if (textWidth(cut, type) <= width) return cut;
  }
  return "…";
}

/** Text on at most two lines, its middle left out where that is not enough. */
export function inTwo(text: string, width: number, type: Type): string[] {
  if (textWidth(text, type) <= width) return [text];
  const characters = [...text.slice(0, 4096)];
  let first = characters.length - 1;
  while (first > 1 && textWidth(characters.slice(0, first).join(""), type) > width) first--;
  const rest = text.slice(characters.slice(0, first).join("").length);
  if (textWidth(rest, type) <= width) return [characters.slice(0, first).join(""), rest];
  const end = [...text.slice(-4096)];
  let kept = first + 10;
  while (kept > 1 && textWidth(`…${end.slice(-kept).join("")}`, type) > width) kept--;
  return [characters.slice(0, first).join(""), `…${end.slice(-kept).join("")}`];
}

/** Text as lines that fit: broken after blanks and the punctuation of addresses, shortened where a part has none. */
export function wrapped(text: string, width: number, type: Type): string[] {
  const lines: string[] = [];
  let line = "";
  for (const part of text.match(/[^\s:/,-]*(?:[\s:/,-]+|$)/g) ?? []) {
    if (line !== "" && textWidth((line + part).trimEnd(), type) > width) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += part;
  }
  if (line.trimEnd() !== "" || lines.length === 0) lines.push(line.trimEnd());
  return lines.map((each) => shortened(each, width, type));
}
