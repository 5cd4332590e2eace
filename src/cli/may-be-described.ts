import { statSync } from "node:fs";
import type { Io } from "./io.ts";

/** Whether a source is a document or a boot description and no table: a file by its name, standard input by its content. */
export function mayBeDescribed(path: string, io: Io): boolean {
  if (path === "-") return looksDescribed(io.stdin());
  return /\.(ya?ml|json)$/i.test(path) && !statSync(path, { throwIfNoEntry: false })?.isDirectory();
}

/** Whether bytes look like YAML or JSON with keys at the top, or a list; acpidump's text and other dumps do not. */
function looksDescribed(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 4096));
  return /^\s*([{[]|#|---|%YAML|["']?\$?[A-Za-z]\w*["']?\s*:(\s|$))/.test(start) && !/[\x00-\x08]/.test(start);
}
