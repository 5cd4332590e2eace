import { escapeText } from "../text/escape.ts";

/** Whether the system refused something: a file, a pipe, a full disk. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error && "syscall" in error;
}

/** What the system refused, in words: whose fault first. Node.js says `ENOENT: no such file or directory, open 'x'`. */
export function systemErrorText(error: NodeJS.ErrnoException): string {
  const words = /^[A-Z0-9_]+: (.*?), \w+/.exec(error.message)?.[1] ?? escapeText(error.message);
  if (error.path !== undefined) return `${error.path === "" ? "''" : escapeText(error.path)}: ${words}`;
  // What reads and writes files names them.
  return error.syscall === "write" ? `standard output: ${words}` : words;
}

/** Removes the source's name from the start of each line of a message, for reports that print the name themselves. */
export function withoutName(message: string, path: string): string {
  const names = path === "-" ? ["standard input:", "-:"] : [`${path}:`, `${escapeText(path)}:`];
  const lines = message.split("\n").map((line) => {
    const name = names.find((each) => line.startsWith(each));
    return name === undefined ? line : line.slice(name.length).trimStart();
  });
  return lines.join("\n");
}
