import { cleanLines } from "../../acpi/text/clean-lines.ts";
import { isShow, showsOfJson } from "./parse-show-json.ts";
import { isShowText, parseShowText } from "./parse-show-text.ts";
import type { NvmeShow } from "./show.ts";

/** Places that are tried as the start of JSON in a larger text. */
const mostStarts = 32;

const alsoText = "read from the JSON of nvme nbft show; the text that it printed as well is not read";

/**
 * What `nvme nbft show` printed, JSON or text, wherever a text quotes it: the whole text, a block of Markdown, a mail. JSON comes first, since it says
 * more.
 */
export function showsIn(text: string): NvmeShow[] {
  const json = eachOnce(jsonShows(text));
  if (json.length === 0) return isShowText(text) ? eachOnce(parseShowText(text)) : [];
  return isShowText(text) ? json.map((show) => ({ ...show, notes: [alsoText] })) : json;
}

function jsonShows(text: string): NvmeShow[] {
  if (!/"(?:subsystem|hfi|filename)"\s*:/.test(text)) return [];
  // Scripts quote it as a comment: dracut's parse-nvmf-boot-connections.sh does.
  const clean = cleanLines(text)
    .map((line) => line.replace(/^\s*(?:#|\/\/|\*) ?/, ""))
    .join("\n");
  const found: NvmeShow[] = [];
  let tries = mostStarts;
  let from = 0;
  for (const { index } of clean.matchAll(/^[ \t]*[[{]/gm)) {
    if (index < from) continue;
    if (tries-- === 0) break;
    const start = clean.slice(index).search(/[[{]/) + index;
    const end = endOfJson(clean, start);
    const value = end === undefined ? undefined : parsed(clean.slice(start, end));
    if (!isShow(value)) continue;
    found.push(...showsOfJson(value));
    from = end!;
  }
  return found;
}

/** Without those that a thread quotes again. */
function eachOnce(shows: readonly NvmeShow[]): NvmeShow[] {
  return [...new Map(shows.map((show) => [JSON.stringify(show), show])).values()];
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
