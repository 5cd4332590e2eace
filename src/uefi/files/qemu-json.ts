import { EncodeError, ParseError } from "../../errors.ts";
import { formatHex, parseHex } from "../../text/hex.ts";
import { isFilled } from "../bytes.ts";
import type { Variable } from "../variable.ts";

/** A variable of QEMU's store; `digest` (and anything else that QEMU may add) is carried along. */
export interface QemuJsonVariable extends Variable {
  readonly extra?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Variables of QEMU's `uefi-vars` device (`jsonfile=`), version 2, as virt-firmware and python-uefivars write it too; the
 * bare list of uefivars version 1 is read as well.
 *
 * @throws {ParseError} naming the entry when the text is no such store.
 */
export function parseQemuJson(text: string): QemuJsonVariable[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new ParseError(`not JSON: ${(error as Error).message}`);
  }
  const list = Array.isArray(document) ? document : (document as { variables?: unknown } | null)?.variables;
  if (!Array.isArray(list)) throw new ParseError('This JSON has no list of "variables"');
  return list.map((entry: unknown, i) => parseEntry(entry, `variables[${i}]`));
}

function parseEntry(entry: unknown, path: string): QemuJsonVariable {
  const fail = (message: string) => new ParseError(`${path}: ${message}`, { path });
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) throw fail("expected an object");
  const { name, guid, attr, data, time, ...extra } = entry as Record<string, unknown>;
  if (typeof name !== "string" || name === "") throw fail('"name" is missing');
  if (typeof guid !== "string" || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(guid)) {
    throw fail('"guid" is no GUID');
  }
  if (typeof attr !== "number" || !Number.isInteger(attr) || attr < 0 || attr > 0xffffffff) {
    throw fail('"attr" is no 32-bit number');
  }
  const bytes = typeof data === "string" ? (parseHex(data) ?? parseBase64(data)) : undefined;
  if (!bytes) throw fail('"data" is not hexadecimal');
  // virt-firmware 0.2 to 0.3.4 writes null for what it has not.
  const timestamp = typeof time === "string" ? parseHex(time) : undefined;
  if (time !== undefined && time !== null && timestamp?.length !== 16)
    throw fail('"time" is not 16 bytes in hexadecimal');
  const known = Object.fromEntries(Object.entries(extra).filter(([, value]) => value !== null));
  return {
    guid: guid.toLowerCase(),
    name,
    attributes: attr,
    data: bytes,
    ...(timestamp && { timestamp }),
    ...(Object.keys(known).length > 0 && { extra: known }),
  };
}

/** Bytes of base64, as python-uefivars (AWS) writes them: with padding, so that digits of a hexadecimal number are not taken for it. */
function parseBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
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
