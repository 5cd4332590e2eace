import { bareText } from "./bare-text.ts";

/**
 * The lines of a text without what terminals, browsers, mail, Markdown and logs add to them: quote marks, the table borders and bullets of trackers,
 * the time stamps of a kernel log. Indentation stays, since columns matter to some readers.
 */
export function cleanLines(text: string): string[] {
  const lines = bareText(text)
    .text.replaceAll("\0", "")
    .split(/\r\n|\n|\r/)
    .map(cleanLine);
  return lines.some((line) => hunk.test(line)) ? lines.map((line) => line.replace(/^[+ ]/, "")) : lines;
}

/** A diff marks the lines that it adds. */
const hunk = /^@@ -\d{1,9}(?:,\d{1,9})? \+\d{1,9}(?:,\d{1,9})? @@/;

/** `> `, any number of times. */
const quote = /^(?:\s{0,8}>)+ ?/;
/** `[    1.234567] ` and `[Sat Nov 30 20:44:01 2024] `, after the words of a system log, and before dmesg's caller (`[   T1]`). */
const kernelTime =
  /^\s{0,16}(?:\S+ +){0,5}\S*\[(?: {0,12}\d{1,9}\.\d{3,9}|\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,6})? \d{4})\] (?:\[ {0,8}[TC]\d{1,9}\] )?/;
/** `dracut-cmdline[400]: `, as programs write into the kernel's log before there is a journal. */
const program = /^[\w.@/-]{1,64}\[\d{1,7}\]: ?/;
/** `Nov 30 20:44:01 host kernel: ` and `2024-11-30T20:44:01+00:00 host unit[812]: `, as journalctl and system logs print it. */
const journal =
  /^(?:\S{3} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,6})?|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S{0,16}) \S{1,64} [\w.@/-]{1,64}(?:\[\d{1,7}\])?: ?/;

/** `2024-11-30T20:44:01.0000000Z ` and `[2024-11-30T20:44:01.000Z] `, as GitHub and Jenkins print it. */
const stamp = /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]? /;

function cleanLine(line: string): string {
  let clean = line;
  if (line.includes("\xc2\xa0")) clean = clean.replaceAll("\xc2\xa0", "  ");
  if (line.includes(">")) clean = clean.replace(quote, "");
  if (line.includes("] ") && kernelTime.test(clean)) clean = clean.replace(kernelTime, "").replace(program, "");
  return line.includes(":") ? clean.replace(journal, "").replace(stamp, "") : clean;
}

/** Takes from the lines after the first what precedes a table in the first: the same characters, or the next numbers of lines. */
export function prefixStripper(prefix: string): (line: string) => string {
  const number = /^\s*(\d{1,6})[:|.)]?\s+$/.exec(prefix)?.[1];
  let next = Number(number);
  return (line) => {
    if (number === undefined) return prefix !== "" && line.startsWith(prefix) ? line.slice(prefix.length) : line;
    next++;
    const [whole, digits] = /^\s*(\d{1,6})[:|.)]?\s+/.exec(line) ?? ["", ""];
    return Number(digits) === next ? line.slice(whole.length) : line;
  };
}
