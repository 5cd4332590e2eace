import { withChildren } from "../../../lab/interrupt.ts";
import type { Work } from "../../../lab/parts.ts";
import { escapeText } from "../../../text/escape.ts";
import { type Io, note } from "../../io.ts";
import { progressLine } from "../../progress.ts";

/** Runs long work with its progress on the terminal; whatever it started ends with it. */
export async function longWork<T>(io: Io, action: (tools: Work) => Promise<T>): Promise<T> {
  const line = progressLine(io);
  const notice = (text: string) => {
    line.clear();
    note(io, escapeText(text));
  };
  try {
    return await withChildren((children) => action({ children, progress: line.progress, notice }));
  } finally {
    line.clear();
  }
}
