import type { ColorChoice } from "../color.ts";
import type { ShowOptions } from "../dump/dump.ts";

/** Formats that are shown without loading the rest of the program. */
export const hotFormats = ["text", "json", "ndjson"] as const;

export type HotFormat = (typeof hotFormats)[number];

/** A plain `nbft dump FILE…`, understood without commander. */
export interface HotRequest {
  readonly format: HotFormat;
  readonly sources: readonly string[];
  readonly options: ShowOptions & { readonly color: ColorChoice };
}

/** Sources are looked at before anything is written; a few only. */
const MOST_SOURCES = 16;

const switches: Readonly<Record<string, keyof ShowOptions>> = {
  "-s": "subsystem",
  "--subsystem": "subsystem",
  "-H": "hfi",
  "--hfi": "hfi",
  "-d": "discovery",
  "--discovery": "discovery",
  "--show-secrets": "showSecrets",
};

/**
 * What a command line asks for when it is a plain `dump FILE…`; undefined for everything else, right or wrong, which commander judges. What is
 * understood here is understood there in the same way: a test runs both.
 */
export function hotRequest(argv: readonly string[]): HotRequest | undefined {
  if (argv[0] !== "dump") return undefined;
  let format = "text";
  let color = "auto";
  const sources: string[] = [];
  const options: Record<string, true> = {};
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i]!;
    const option = switches[word];
    if (option !== undefined) options[option] = true;
    else if (!word.startsWith("-")) sources.push(word);
    else if (word === "-o" || word === "--output-format") format = argv[++i] ?? "";
    else if (word === "--color") color = argv[++i] ?? "";
    else return undefined;
  }
  if (sources.length === 0 || sources.length > MOST_SOURCES || !isFormat(format) || !isColor(color)) return undefined;
  return { format, sources, options: { ...options, color } };
}

function isFormat(word: string): word is HotFormat {
  return (hotFormats as readonly string[]).includes(word);
}

function isColor(word: string): word is ColorChoice {
  return word === "auto" || word === "always" || word === "never";
}
