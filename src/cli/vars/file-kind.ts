import { isTable } from "../../acpi/is-table.ts";
import { isPlainText } from "../../bytes/decode-text.ts";
import { escapeText } from "../../text/escape.ts";
import { detectVariableFile } from "../../uefi/files/variable-file.ts";
import { readVariableStore } from "../../uefi/store/read-store.ts";
import { UsageError } from "../io.ts";

/** What attempts can be read from. */
export type AttemptsKind = "config" | "boot" | "variables";

/** What a file with attempts is: a variable store, a boot description, or the text of setattempt. */
export function attemptsKind(bytes: Uint8Array): AttemptsKind {
  const kind = detectVariableFile(bytes);
  if (kind === "dmpstore" || kind === "nvvars" || (kind === "flash" && readVariableStore(bytes).store))
    return "variables";
  const text = new TextDecoder("latin1").decode(bytes);
  if (kind === "qemu-json" && /^\s*(\[|\{\s*"(version|variables)")/.test(text)) return "variables";
  if (configLine.test(text.replaceAll("\0", ""))) return "config";
  return kind === "qemu-json" || /^(host|interfaces|targets|attempts|table)\s*:(\s|$)/m.test(text) ? "boot" : "config";
}

const configLine = /^[^\S\n]*\$(start|end)[^\S\n]*$/im;

/** Whether a file is a table, its document, or what `nvme nbft show` prints of one. */
export function isOfTable(bytes: Uint8Array): boolean {
  if (isTable(bytes)) return true;
  return hasKey(bytes, { json: /"(?:hfi|ssns|subsystem)"\s*:/, yaml: /^(?:header|control|hfi|ssns)\s*:/m });
}

/** Whether a text, as JSON or YAML, has one of some keys. */
function hasKey(bytes: Uint8Array, { json, yaml }: { readonly json: RegExp; readonly yaml: RegExp }): boolean {
  if (!isPlainText(bytes)) return false;
  const isJson = detectVariableFile(bytes) === "qemu-json";
  return (isJson ? json : yaml).test(new TextDecoder("latin1").decode(bytes));
}

/** @throws {UsageError} for what another command checks: as a Config, every line of it would be wrong. */
export function requireConfig(path: string, bytes: Uint8Array): void {
  const kind = isOfTable(bytes) ? "table" : attemptsKind(bytes);
  if (kind === "config") return;
  const file = escapeText(path);
  const others = {
    table: `a table, not a Config: nbft validate ${file} checks it`,
    variables: `a variable store, not a Config: nbft vars check ${file} checks it and its attempts`,
    boot: `a boot description, not a Config: nbft attempt convert -o config ${file} -w Config makes one`,
  };
  throw new UsageError(`${file}: ${others[kind]}`);
}

/** @throws {UsageError} for what other commands read. */
export function requireStore(path: string, bytes: Uint8Array): Uint8Array {
  const what = notAStore(bytes);
  if (what === undefined) return bytes;
  const file = escapeText(path);
  const todo =
    what === "an NBFT" ? `nbft dump ${file} shows it` : `nbft vars set STORE --attempts ${file} stores its attempts`;
  throw new UsageError(`${file}: ${what}, not a variable store: ${todo}`);
}

function notAStore(bytes: Uint8Array): string | undefined {
  if (isOfTable(bytes)) return "an NBFT";
  if (hasKey(bytes, { json: /"(?:interfaces|targets|attempts)"\s*:/, yaml: /^(?:interfaces|targets|attempts)\s*:/m }))
    return "a boot description";
  return hasKey(bytes, { json: configLine, yaml: configLine }) ? "a Config" : undefined;
}
