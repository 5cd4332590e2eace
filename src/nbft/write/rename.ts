import { checksumFor } from "../../acpi/checksum.ts";
import { latin1Bytes, latin1Text } from "../../bytes/latin1.ts";
import { formatIp, isMapped, parseIp } from "../../text/ip.ts";
import { formatGuid, formatUuid, parseGuid, parseUuid } from "../../text/uuid.ts";
import { readNbft } from "../read/read.ts";
import { spansOf } from "../read/spans.ts";

/** Names and addresses as text, and what is to stand in their places: of the same length in each pair. */
export type Renames = ReadonlyMap<string, string>;

const addresses =
  /\.(?:ipAddress|gateway|primaryDns|secondaryDns|dhcpServer)$|^ssns\[\d+\]\.traddr$|^host\.hostId$|^ssns\[\d+\]\.nid$/;
const texts = /\.(?:hostNqn|subsystemNqn|nqn|uri|dhcpRootPath)$/;

/** Text with every known name in it replaced; the longest first. A name that lost its last character at the end of the text counts too. */
export function renameText(text: string, names: Renames): string {
  const known = [...names.keys()].sort((a, b) => b.length - a.length);
  let result = "";
  for (let at = 0; at < text.length; ) {
    const found = known.find((name) => text.startsWith(name, at) && !touches(text, at, name.length));
    const cut = found ?? known.find((name) => name.length > 30 && text.slice(at) === name.slice(0, -1));
    if (cut === undefined) result += text[at++];
    else {
      const piece = names.get(cut)!.slice(0, found === undefined ? -1 : undefined);
      result += piece;
      at += piece.length;
    }
  }
  return result;
}

/** Whether a digit goes on where the name begins or ends: 10.0.0.1 is not in 10.0.0.10. */
function touches(text: string, at: number, length: number): boolean {
  const word = /[0-9A-Za-z]/;
  return word.test(text[at - 1] ?? "") || word.test(text[at + length] ?? "");
}

/**
 * A table with other names and addresses, everything else byte for byte: host NQN and Host ID, subsystem NQNs, namespace identifiers, addresses, and
 * the texts that hold them.
 *
 * @throws {NbftError} when the input is not an NBFT.
 */
export function renameNbft(input: Uint8Array, names: Renames): Uint8Array {
  const bytes = input.slice();
  const read = readNbft(input);
  for (const { offset, length, path } of spansOf(read.frame)) {
    const old = input.subarray(offset, offset + length);
    const renamed =
      length === 16 && addresses.test(path)
        ? renameBinary(old, names)
        : texts.test(path)
          ? latin1Bytes(renameText(latin1Text(old), names))
          : old;
    if (renamed.length === length) bytes.set(renamed, offset);
  }
  if (input[9] === checksumFor(input)) bytes[9] = checksumFor(bytes);
  return bytes;
}

/** 16 bytes that are an address, a UUID in either order of its bytes, an NGUID, or an EUI-64 and eight zeros. */
function renameBinary(bytes: Uint8Array, names: Renames): Uint8Array {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const forms: readonly (readonly [text: string, parse: (text: string) => Uint8Array | undefined])[] = [
    [formatUuid(bytes), parseUuid],
    [formatGuid(bytes), parseGuid],
    [formatIp(bytes), (text) => parseIp(text)],
    [hex, parseHexBytes],
    [hex.slice(0, 16), (text) => parseHexBytes(text.padEnd(32, "0"))],
  ];
  for (const [text, parse] of forms) {
    const other = names.get(text);
    const parsed = other === undefined ? undefined : parse(other);
    if (parsed && isMapped(parsed) === isMapped(bytes)) return parsed;
  }
  return bytes;
}

function parseHexBytes(text: string): Uint8Array | undefined {
  return text.length === 32 ? Uint8Array.from(text.match(/../g)!, (pair) => Number.parseInt(pair, 16)) : undefined;
}
