import { cleanLines } from "../../acpi/text/clean-lines.ts";
import { DecodeError } from "../../errors.ts";
import { parseHex } from "../../text/hex.ts";
import { decodeNodes } from "../../uefi/device-path/node.ts";
import type { ShownBootOptions, ShownOption } from "./boot-options.ts";
import { parseLibefivarPath } from "./libefivar-text.ts";

const optionLine = /^\s{0,8}(Boot[0-9A-F]{4})([* ]) ?(.*)$/;
const numberLine =
  /^\s{0,8}(Timeout|BootNext|BootCurrent|BootOrder): (\d{1,5}(?= seconds?\s*$)|[0-9A-F]{4}(?:,[0-9A-F]{4})*(?=\s*$))/;
/** Bytes that release 18 prints with -v: nodes of the path, with `/` between them, and the optional data. */
const bytesLine = /^\s{0,12}(dp|data): ([0-9a-f /]+)$/;
const moreBytes = /^\s{0,12}((?:\/ )?(?:[0-9a-f]{2}(?: \/)?(?: |$))+)$/;
/** Where a path starts: after the tab, or after blanks where a terminal has made some of it. */
const pathStart = /\t|\s+(?=(?:PciRoot|Acpi|ACPI|HD|CDROM|Fv|FvVol|FvFile|MAC|BBS|VenHw|VenMedia|VenMsg|Uri|USB)\()/;

/** Whether a text is what efibootmgr prints, whatever precedes and quotes it. */
export function isEfibootmgr(text: string): boolean {
  return (
    /^.{0,32}(?:BootCurrent|BootOrder): [0-9A-F]{4}/m.test(text) && /^.{0,32}Boot[0-9A-F]{4}(?:\*| [* ])/m.test(text)
  );
}

/** The boot options that efibootmgr prints: of release 18 with `-v` all bytes, of others what the texts of their device paths say. */
export function parseEfibootmgr(text: string): ShownBootOptions {
  const options: ShownOption[] = [];
  const numbers = new Map<string, readonly number[]>();
  let bytes: { dp: string; data: string } = { dp: "", data: "" };
  let last: "dp" | "data" | undefined;
  const close = () => {
    const option = options.at(-1);
    if (option && bytes.dp !== "") options[options.length - 1] = withBytes(option, bytes);
    bytes = { dp: "", data: "" };
    last = undefined;
  };
  for (const line of cleanLines(text)) {
    const option = optionLine.exec(line);
    const number = numberLine.exec(line);
    const row = bytesLine.exec(line);
    // Mail wraps long lines.
    const more = last === undefined ? undefined : moreBytes.exec(line)?.[1];
    if (option) {
      close();
      options.push(optionOf(option[1]!, option[2] === "*", option[3]!));
    } else if (number) numbers.set(number[1]!, numbersIn(number[1]!, number[2]!));
    else if (row && options.length > 0) {
      last = row[1] as "dp" | "data";
      bytes[last] = row[2]!;
    } else if (last !== undefined && more !== undefined) bytes[last] += more;
    else close();
  }
  close();
  return { options: eachOnce(options), numbers };
}

/** One option of a name, the one that shows most: people post the output with and without -v. */
function eachOnce(options: readonly ShownOption[]): ShownOption[] {
  const best = new Map<string, ShownOption>();
  const lacks = ({ nodes, unread, optionalData }: ShownOption) =>
    (nodes.length === 0 ? 1000 : 0) + unread.length + (optionalData ? 0 : 0.5);
  for (const option of options) {
    const known = best.get(option.name);
    if (!known || lacks(option) < lacks(known)) best.set(option.name, option);
  }
  return [...best.values()];
}

function numbersIn(name: string, text: string): number[] {
  return name === "Timeout" ? [Number(text) & 0xffff] : text.split(",").map((digits) => Number.parseInt(digits, 16));
}

function optionOf(name: string, active: boolean, rest: string): ShownOption {
  const start = pathStart.exec(rest);
  // Release 17 shows paths with -v only.
  if (!start)
    return { name, active, description: rest.trimEnd(), nodes: [], unread: ["its path"], optionalData: undefined };
  return {
    name,
    active,
    description: rest.slice(0, start.index),
    ...parseLibefivarPath(rest.slice(start.index).trim()),
  };
}

/** The option with the bytes of its path, which say more than its text. */
function withBytes(option: ShownOption, { dp, data }: { dp: string; data: string }): ShownOption {
  const bytes = (text: string) => parseHex(text.replace(/[ /]/g, ""));
  const [path, optionalData] = [bytes(dp), bytes(data)];
  try {
    if (path) return { ...option, nodes: decodeNodes(path).nodes.slice(0, -1), unread: [], optionalData };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
  }
  return option;
}
