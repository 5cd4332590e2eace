import { isTable } from "../../acpi/is-table.ts";
import { isPlainText } from "../../bytes/decode-text.ts";
import { latin1Text } from "../../bytes/latin1.ts";
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
  return isTable(bytes) || keysOf(bytes)?.has(tableKeys) === true;
}

/** Keys of a document, as JSON and as YAML write them. */
interface Keys {
  readonly json: RegExp;
  readonly yaml: RegExp;
}

const tableKeys: Keys = { json: /"(?:hfi|ssns|subsystem)"\s*:/, yaml: /^(?:header|control|hfi|ssns)\s*:/m };
const bootKeys: Keys = { json: /"(?:interfaces|targets|attempts)"\s*:/, yaml: /^(?:interfaces|targets|attempts)\s*:/m };

/** The text of a file, and whether it has one of some keys; undefined for what is no text. */
function keysOf(bytes: Uint8Array): { readonly text: string; has(keys: Keys): boolean } | undefined {
  if (!isPlainText(bytes)) return undefined;
  const text = new TextDecoder("latin1").decode(bytes);
  const isJson = detectVariableFile(bytes) === "qemu-json";
  return { text, has: ({ json, yaml }) => (isJson ? json : yaml).test(text) };
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
  const file = escapeText(path);
  const what = notAStore(file, bytes);
  if (what !== undefined) throw new UsageError(`${file}: ${what}`);
  return bytes;
}

const efivarfsName = /-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const efivarfs = "/sys/firmware/efi/efivars, or a copy of it";

/** What a file is that is known and not a variable store, and what to do. */
function notAStore(file: string, bytes: Uint8Array): string | undefined {
  const stored = `not a variable store: nbft vars set STORE --attempts ${file} stores its attempts`;
  const read = keysOf(bytes);
  const { text = "" } = read ?? {};
  if (isTable(bytes) || read?.has(tableKeys)) return `an NBFT, not a variable store: nbft dump ${file} shows it`;
  if (read?.has(bootKeys)) return `a boot description, ${stored}`;
  if (configLine.test(text)) return `a Config, ${stored}`;
  if (/^Variable \S+ '[0-9A-F-]{36}:/m.test(text))
    return "what dmpstore prints, not a variable store: dmpstore -all -s FILE writes one that can be read";
  if (/<nvram[\s>]/.test(text)) return "a libvirt domain, not a variable store: its <nvram> names the store";
  if (latin1Text(bytes.subarray(257, 262)) === "ustar")
    return "a tar archive, not a variable store: unpack it, and name the store or the folder of efivarfs";
  if (isPlainText(bytes) && bytes.includes(0))
    return "text in UTF-16, which cannot be changed in its place: save it as UTF-8, or write another file with -w FILE";
  if (latin1Text(bytes.subarray(0, 4)) === "PK\x03\x04") return "a ZIP archive: unpack it first";
  if (/^\s*(?:AMZNUEFI|QU1aTlVFRk)|"QU1aTlVFRk/.test(latin1Text(bytes.subarray(0, 4096))))
    return "UefiData of AWS, not a variable store: uefivars -i aws -o edk2 (python-uefivars) makes one of its base64";
  if (/^GUID: [0-9a-f-]{36}\r?\nName: "/m.test(text))
    return `what efivar -p prints, not a variable store: name ${efivarfs}`;
  if (/^(?:[0-9a-f-]{36}-\S+\r?\n)+$/.test(text)) return `what efivar -l prints, without data: name ${efivarfs}`;
  if (/^(?:0x)?[0-9a-f]{4,8}:? +(?:[0-9a-f]{2,8} +){4}/im.test(text))
    return `a hex dump, not a variable store: make the bytes of it again (xxd -r ${file} STORE undoes xxd)`;
  if (/^(?:[A-Za-z0-9+/]{60,}={0,2}\r?\n)/.test(text))
    return `base64, not a variable store: base64 -d ${file} | nbft vars COMMAND - reads what is in it`;
  return efivarfsName.test(file) && attemptsKind(bytes) !== "variables"
    ? "one variable of efivarfs: name the folder"
    : undefined;
}
