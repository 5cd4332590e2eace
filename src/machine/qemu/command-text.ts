import type { QemuCommand } from "./machine.ts";

/** A word for a POSIX shell: as it is where no character is special, else in single quotes. */
export function shellQuote(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * A command as a shell script's lines: one option a line, joined by backslashes. A line end inside a word stays inside its quotes.
 */
export function formatShell({ program, options }: QemuCommand): string {
  const lines = options.map((words) => words.map(shellQuote).join(" "));
  return `${[shellQuote(program), ...lines].join(" \\\n  ")}\n`;
}

/** A comment of a shell script: never more than its own line. */
export function shellComment(text: string): string {
  return `# ${text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, " ")}`;
}
