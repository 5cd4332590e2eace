import { cleanLines } from "../../acpi/text/clean-lines.ts";
import { isShow, showsOfJson } from "./parse-show-json.ts";
import { isShowText, parseShowText } from "./parse-show-text.ts";
import type { NvmeShow } from "./show.ts";

/** Places that are tried as the start of JSON in a larger text. */
const mostStarts = 32;

/**
 * What `nvme nbft show` printed, JSON or text, wherever a text quotes it: the whole text, a block of Markdown, a mail. JSON comes first, since it says
 * more.
 */
export function showsIn(text: string): NvmeShow[] {
  const json = jsonShows(text);
  if (json.length > 0) return json;
  return isShowText(text) ? parseShowText(text) : [];
}

function jsonShows(text: string): NvmeShow[] {
  if (!/"(?:subsystem|hfi|filename)"\s*:/.test(text)) return [];
  const clean = cleanLines(text).join("\n");
  let tries = mostStarts;
  for (const { index } of clean.matchAll(/^\s*[[{]/gm)) {
    if (tries-- === 0) break;
    const start = clean.slice(index).search(/[[{]/) + index;
    const end = endOfJson(clean, start);
    if (end === undefined) continue;
    const value = parsed(clean.slice(start, end));
    if (isShow(value)) return showsOfJson(value);
  }
  return [];
}

/** Where the array or object that starts at `start` ends. */
function endOfJson(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      at++;
      while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    } else if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

/** The value of a JSON text; undefined where it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
