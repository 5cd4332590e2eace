import { latin1Bytes } from "../bytes/latin1.ts";
import { nqnRefusal } from "../reach/refusals.ts";
import { DISCOVERY_NQN, MAX_NQN_BYTES, UUID_NQN_PREFIX } from "../text/nvme.ts";

// Every text of a table comes through here. Its bytes are looked at, not its characters: a table's texts are cut out of one long text,
// whose characters take several times as long to reach.

const nqnPrefix = latin1Bytes("nqn.");
const uuidPrefix = latin1Bytes(UUID_NQN_PREFIX);
/** The same, 32 bytes, in words of four. */
const uuidPrefixWords = Array.from({ length: 8 }, (_, i) => new DataView(uuidPrefix.buffer).getUint32(4 * i));
const discoveryNqn = latin1Bytes(DISCOVERY_NQN);

const HYPHEN = 0x2d;
const DOT = 0x2e;
const COLON = 0x3a;

/** Whether some bytes start with others. */
function startsWith(bytes: Uint8Array, at: number, prefix: Uint8Array): boolean {
  for (let i = 0; i < prefix.length; i++) if (bytes[at + i] !== prefix[i]) return false;
  return true;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** 1 for letters, digits and the hyphen by their codes. */
const inLabels = new Uint8Array(256);
inLabels[HYPHEN] = 1;
inLabels.fill(1, 0x30, 0x3a).fill(1, 0x41, 0x5b).fill(1, 0x61, 0x7b);

/** Values of hexadecimal digits by their codes, -1 for other bytes. */
const digits = new Int8Array(256).fill(-1);
for (let value = 0; value < 16; value++) {
  const [lower, upper] = [value.toString(16), value.toString(16).toUpperCase()];
  for (const text of [lower, upper]) digits[text.charCodeAt(0)] = value;
}

/** Whether 36 bytes at `at`, which have a UUID's hyphens, are the text of one. */
export function isUuid(bytes: Uint8Array, at: number): boolean {
  let bad = 0;
  for (let i = 0; i < 16; i++) {
    const place = at + uuidDigits[i]!;
    // Anything but a digit is -1, whose sign stays.
    bad |= digits[bytes[place]!]! | digits[bytes[place + 1]!]!;
  }
  return bad >= 0;
}

/** Place of what has to be a UUID in an NQN that ends in one, or -1: its hyphens are there, its digits were not looked at. */
export function placeOfUuid(bytes: Uint8Array, view: DataView, at: number, length: number): number {
  if (length !== uuidPrefix.length + 36) return -1;
  for (let i = 0; i < uuidPrefixWords.length; i++) {
    if (view.getUint32(at + 4 * i) !== uuidPrefixWords[i]) return -1;
  }
  const uuid = at + uuidPrefix.length;
  const hyphens =
    bytes[uuid + 8] === HYPHEN &&
    bytes[uuid + 13] === HYPHEN &&
    bytes[uuid + 18] === HYPHEN &&
    bytes[uuid + 23] === HYPHEN;
  return hyphens ? uuid : -1;
}

/** Where the bytes of a UUID stand in its text. */
const uuidDigits = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
/** The same for an EFI_GUID, whose first three fields are reversed. */
const guidDigits = [6, 4, 2, 0, 11, 9, 16, 14, 19, 21, 24, 26, 28, 30, 32, 34];

/** How 16 bytes at `at` relate to the text of a UUID: in its order, in EFI_GUID order, or not at all. */
export function uuidOrder(bytes: Uint8Array, at: number, text: number): "same" | "swapped" | "other" {
  if (inOrder(bytes, at, text, uuidDigits)) return "same";
  return inOrder(bytes, at, text, guidDigits) ? "swapped" : "other";
}

function inOrder(bytes: Uint8Array, at: number, text: number, order: readonly number[]): boolean {
  for (let i = 0; i < 16; i++) {
    const place = text + order[i]!;
    if (bytes[at + i] !== ((digits[bytes[place]!]! << 4) | digits[bytes[place + 1]!]!)) return false;
  }
  return true;
}

/** What is wrong with an NQN. */
export interface NqnTrouble {
  readonly kind: "length" | "syntax";
  /** A sentence that continues "NQN …". */
  readonly message: string;
}

/**
 * What is wrong with an NQN, if anything (NVMe Base Specification 2.1, section 4.7).
 *
 * @param nqn what the model shows of it
 * @param at its first byte
 * @param stored length of its object
 */
export function nqnTrouble(
  nqn: string,
  bytes: Uint8Array,
  view: DataView,
  at: number,
  stored: number,
): NqnTrouble | undefined {
  const size = stored < MAX_NQN_BYTES ? stored : new TextEncoder().encode(nqn).length;
  if (size > MAX_NQN_BYTES) {
    return { kind: "length", message: `has ${Math.max(stored - 1, size)} bytes, expected at most ${MAX_NQN_BYTES}` };
  }
  const refusal = nqnRefusal(nqn, size);
  if (refusal !== undefined) return { kind: "syntax", message: refusal };
  const { length } = nqn;
  if (/\s$/.test(nqn)) return { kind: "syntax", message: `is ${quote(cut(nqn))}: it ends with a blank` };
  if (isUsualNqn(bytes, view, at, length)) return undefined;
  if (startsWith(bytes, at, uuidPrefix)) return syntax(nqn, `a UUID after ${UUID_NQN_PREFIX}`);
  // The colon is missing in the discovery NQN alone.
  if (length === discoveryNqn.length && startsWith(bytes, at, discoveryNqn)) return undefined;
  return syntax(nqn, "nqn.YYYY-MM.DOMAIN:NAME");
}

/** Whether some bytes are an NQN with a UUID, or one with a name: any sound NQN but the discovery controllers'. */
function isUsualNqn(bytes: Uint8Array, view: DataView, at: number, length: number): boolean {
  const uuid = placeOfUuid(bytes, view, at, length);
  if (uuid >= 0) return isUuid(bytes, uuid);
  return isNamedNqn(bytes, at, at + length) && !startsWith(bytes, at, uuidPrefix);
}

function syntax(nqn: string, expected: string): NqnTrouble {
  return { kind: "syntax", message: `is ${quote(cut(nqn))}, expected ${expected}` };
}

/** Whether some bytes are `nqn.YYYY-MM.DOMAIN:NAME`. */
function isNamedNqn(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < 15 || !startsWith(bytes, at, nqnPrefix)) return false;
  if (bytes[at + 8] !== HYPHEN || bytes[at + 11] !== DOT) return false;
  for (let i = 4; i < 11; i++) if (i !== 8 && !isDigit(bytes[at + i]!)) return false;
  const month = 10 * (bytes[at + 9]! - 0x30) + bytes[at + 10]! - 0x30;
  let colon = at + 12;
  while (colon < end && bytes[colon] !== COLON) colon++;
  return month >= 1 && month <= 12 && colon + 1 < end && areLabels(bytes, at + 12, colon);
}

/** Whether some bytes are labels of letters, digits and hyphens with dots between. */
function areLabels(bytes: Uint8Array, from: number, to: number): boolean {
  let length = 0;
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    if (inLabels[byte] === 1) length++;
    else if (byte !== DOT || length === 0) return false;
    else length = 0;
  }
  return length > 0;
}

/** Text short enough for a message. */
export function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** Whether some bytes are a host name: `name`, `name.` or `name.domain` (NVMe Boot Specification 1.3, section 1.5.6). */
export function isHostName(bytes: Uint8Array, from: number, to: number): boolean {
  const end = bytes[to - 1] === DOT ? to - 1 : to;
  if (end - from > 253 || !areLabels(bytes, from, end)) return false;
  let start = from;
  for (let i = from; i <= end; i++) {
    if (i < end && bytes[i] !== DOT) continue;
    // No label is empty: areLabels has seen to it.
    if (i - start > 63 || bytes[start] === HYPHEN || bytes[i - 1] === HYPHEN) return false;
    start = i + 1;
  }
  return true;
}

/** Number of a decimal port from 1 to 65535, or 0. */
export function portOf(bytes: Uint8Array, from: number, to: number): number {
  if (to <= from || to - from > 5 || bytes[from] === 0x30) return 0;
  let port = 0;
  for (let i = from; i < to; i++) {
    if (!isDigit(bytes[i]!)) return 0;
    port = 10 * port + bytes[i]! - 0x30;
  }
  return port <= 65535 ? port : 0;
}

/** Whether all bytes are printable ASCII or NUL. */
export function isPlain(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    if (byte !== 0 && (byte < 0x20 || byte > 0x7e)) return false;
  }
  return true;
}

/** Text of a table in a message. Whoever prints the message escapes it. */
export function quote(text: string): string {
  return `"${text}"`;
}
