import type { Progress } from "../lab/progress.ts";
import { escapeText } from "../text/escape.ts";
import type { Io } from "./io.ts";

/** Shows how far long work is: in one line of the terminal that is written over, or on a pipe with a line for each step. */
export function progressLine(io: Io): { readonly progress: Progress; clear(): void } {
  if (io.quiet) return { progress: () => {}, clear: () => {} };
  let shown = "";
  if (!io.errIsTty)
    return {
      progress: ({ step }) => {
        if (step !== shown) io.err(`nbft: ${escapeText(step)}\n`);
        shown = step;
      },
      clear: () => {},
    };
  return {
    progress: ({ step, detail, done }) => {
      const percent = done === undefined ? "" : ` ${Math.round(done * 100)} %`;
      const line = escapeText(`${step}${detail === undefined ? "" : `: ${detail}`}${percent}`).slice(0, 100);
      if (line !== shown) io.err(`\r\x1b[K${line}`);
      shown = line;
    },
    clear: () => {
      if (shown !== "") io.err("\r\x1b[K");
      shown = "";
    },
  };
}

/** The progress line of work that takes seconds at most: on a terminal alone, for its one stage says nothing on a pipe. */
export function terminalProgress(io: Io): ReturnType<typeof progressLine> {
  return io.errIsTty ? progressLine(io) : { progress: () => {}, clear: () => {} };
}

/** The progress line of a search through a large image; it goes away with the last byte. */
export function searchProgress(io: Io): ((done: number, total: number) => void) | undefined {
  if (!io.errIsTty || io.quiet) return undefined;
  const line = progressLine(io);
  return (done, total) => {
    line.progress({ step: "search memory for tables", done: done / total });
    if (done >= total) line.clear();
  };
}
