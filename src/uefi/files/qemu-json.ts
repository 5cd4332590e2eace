import { decodeBase64 } from "../../bytes/base64.ts";
import { isFilled } from "../../bytes/compare.ts";
import { EncodeError, ParseError } from "../../errors.ts";
import { formatHex, parseHex } from "../../text/hex.ts";
import { JsonPlaces } from "../../text/json-places.ts";
import { jsonError, parseJson } from "../../text/parse-json.ts";
import { formatGuid } from "../../text/uuid.ts";
import type { Variable } from "../variable.ts";

/** A variable of QEMU's store; `digest` (and anything else that QEMU may add) is carried along. */
export interface QemuJsonVariable extends Variable {
  /** Other keys of the entry; undefined where there is none. */
  readonly extra?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Variables of QEMU's `uefi-vars` device (`jsonfile=`), version 2, as virt-firmware writes it too, and of python-uefivars: its version 2 says `timestamp`
 * for `time`, its version 1 is a bare list with GUIDs as bytes, and some have their data in base64.
 *
 * @throws {ParseError} naming the entry when the text is no such store, or the line where a key is there twice: an edit would lose one of them.
 */
export function parseQemuJson(text: string): QemuJsonVariable[] {
  const document = parseJson(text);
  const { repeated: twice } = new JsonPlaces(text);
  if (twice) throw jsonError(text, twice.at, `the key ${JSON.stringify(twice.key.slice(0, 40))} is there twice`);
  const list = Array.isArray(document) ? document : (document as { variables?: unknown } | null)?.variables;
  if (!Array.isArray(list)) throw new ParseError('this JSON has no list of "variables"');
  const version = Array.isArray(document) ? 1 : ((document as { version?: unknown }).version ?? 2);
  if (version !== 1 && version !== 2)
    throw new ParseError(`"version" is ${JSON.stringify(version)}: versions 1 and 2 are known`);
  const decode = dataFormOf(list);
  return list.map((entry: unknown, i) => parseEntry(entry, `variables[${i}]`, decode));
}

/** What of a JSON store would be gone if it were written anew in QEMU's form; undefined for one that is in it. */
export function lostByRewriting(text: string): string | undefined {
  const document = parseJson(text);
  if (Array.isArray(document)) return "its form, a list as python-uefivars has it";
  const other = Object.keys(document as object).find((key) => key !== "version" && key !== "variables");
  return other === undefined ? undefined : `its key ${JSON.stringify(other.slice(0, 40))}`;
}

/** How the data of all entries are written: digits of base64 may be those of hexadecimal numbers, so one entry does not tell. */
function dataFormOf(list: readonly unknown[]): (text: string) => Uint8Array | undefined {
  const texts = list
    .map((entry) => (entry as { data?: unknown } | null)?.data)
    .filter((data) => typeof data === "string");
  const all = (parse: (text: string) => Uint8Array | undefined) => texts.every((text) => parse(text) !== undefined);
  return !all(parseHex) && all(decodeBase64) ? decodeBase64 : parseHex;
}

function parseEntry(entry: unknown, path: string, decode: (text: string) => Uint8Array | undefined): QemuJsonVariable {
  const fail = (message: string) => new ParseError(`${path}: ${message}`, { path });
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) throw fail("expected an object");
  const { name, guid: id, attr, data, timestamp: stamp, time = stamp, ...extra } = entry as Record<string, unknown>;
  if (typeof name !== "string" || name === "") throw fail('"name" is missing');
  const guid = typeof id === "string" ? guidOf(id) : undefined;
  if (guid === undefined) throw fail('"guid" is not a GUID');
  if (typeof attr !== "number" || !Number.isInteger(attr) || attr < 0 || attr > 0xffffffff) {
    throw fail('"attr" is not a 32-bit number');
  }
  const bytes = typeof data === "string" ? decode(data) : undefined;
  if (!bytes) throw fail('"data" is not hexadecimal, nor all data base64');
  // virt-firmware 0.2 to 0.3.4 writes null for what it has not.
  const timestamp = typeof time === "string" ? parseHex(time) : undefined;
  if (time !== undefined && time !== null && timestamp?.length !== 16)
    throw fail('"time" is not 16 bytes in hexadecimal');
  const known = Object.fromEntries(Object.entries(extra).filter(([, value]) => value !== null));
  return {
    guid,
    name,
    attributes: attr,
    data: bytes,
    ...(timestamp && { timestamp }),
    ...(Object.keys(known).length > 0 && { extra: known }),
  };
}

/** Text of a GUID from text, or from its bytes in memory. */
function guidOf(text: string): string | undefined {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase();
  const bytes = parseHex(text);
  return bytes?.length === 16 ? formatGuid(bytes) : undefined;
}

/**
 * Text of QEMU's JSON variable store, version 2.
 *
 * @throws {EncodeError} for a variable with a name that is no text of Unicode characters.
 */
export function formatQemuJson(variables: readonly QemuJsonVariable[]): string {
  const list = variables.map(({ name, guid, attributes, data, timestamp, extra }) => {
    if (/[\ud800-\udfff]/u.test(name)) throw new EncodeError("the name has half a surrogate pair", name);
    return {
      name,
      guid,
      attr: attributes,
      data: formatHex(data),
      ...(timestamp && !isFilled(timestamp, 0) && { time: formatHex(timestamp) }),
      ...extra,
    };
  });
  return `${JSON.stringify({ version: 2, variables: list }, null, 4)}\n`;
}
