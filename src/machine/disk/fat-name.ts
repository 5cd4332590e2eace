import { EncodeError } from "../../errors.ts";

/** A name in the short form that every FAT directory entry has. */
export interface ShortName {
  /** 11 bytes: base padded to 8, extension padded to 3, upper case. */
  readonly bytes: Uint8Array;
  /** Whether the name is stored in this form exactly, so that it needs no long entries. */
  readonly exact: boolean;
}

const shortCharacters = /^[A-Z0-9!#$%&'()@^_`{}~-]*$/;

/**
 * Checks a name of a file or folder.
 *
 * @throws {EncodeError} when FAT cannot hold it: empty, more than 255 UTF-16 units, control characters, `"*\/:<>?\\|`, or a trailing dot or space.
 */
export function checkFatName(name: string, path: string): void {
  const why =
    name === "" || name === "." || name === ".."
      ? "is not a name"
      : name.length > 255
        ? "is longer than 255 characters"
        : /[\x00-\x1f"*/:<>?\\|\x7f]/.test(name)
          ? "has a character that FAT does not allow"
          : /[. ]$/.test(name)
            ? "ends in a dot or a space"
            : undefined;
  if (why !== undefined) throw new EncodeError(`${JSON.stringify(name)} ${why}`, path);
}

/** A short name for a file, different from those already taken in its folder; `taken` holds the 11 characters of each. */
export function shortName(name: string, taken: Set<string>): ShortName {
  const dot = name.lastIndexOf(".");
  const base = dot > 0 ? name.slice(0, dot) : name;
  const extension = dot > 0 ? name.slice(dot + 1) : "";
  const clean = (text: string) =>
    [...text.toUpperCase()].map((character) => (shortCharacters.test(character) ? character : "_")).join("");
  const fits =
    base.length <= 8 &&
    extension.length <= 3 &&
    shortCharacters.test(base.toUpperCase()) &&
    shortCharacters.test(extension.toUpperCase());
  const tail = clean(extension.replaceAll(".", "")).slice(0, 3);
  let text = clean(base.replace(/[. ]/g, "")).slice(0, 8).padEnd(8) + tail.padEnd(3);
  for (let number = 1; !fits || taken.has(text); number++) {
    const suffix = `~${number}`;
    const candidate = clean(base.replace(/[. ]/g, "")).slice(0, 8 - suffix.length) + suffix;
    text = candidate.padEnd(8) + tail.padEnd(3);
    if (!taken.has(text)) break;
  }
  taken.add(text);
  const exact = fits && `${base.padEnd(8)}${extension.padEnd(3)}` === text;
  return { bytes: new TextEncoder().encode(text), exact };
}

/** The byte that ties long entries to their short name. */
function checksum(short: Uint8Array): number {
  let sum = 0;
  for (const byte of short) sum = (((sum & 1) << 7) + (sum >> 1) + byte) & 0xff;
  return sum;
}

/** Places of the 13 UTF-16 units in a long entry. */
const unitPlaces = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30];

/** The long entries of a name, last piece first as they stand in the folder. */
export function longEntries(name: string, short: Uint8Array): Uint8Array[] {
  const count = Math.ceil(name.length / unitPlaces.length);
  const sum = checksum(short);
  const entries: Uint8Array[] = [];
  for (let piece = count; piece >= 1; piece--) {
    const entry = new Uint8Array(32);
    const view = new DataView(entry.buffer);
    entry[0] = piece | (piece === count ? 0x40 : 0);
    entry[11] = 0x0f;
    entry[13] = sum;
    for (const [i, place] of unitPlaces.entries()) {
      const at = (piece - 1) * unitPlaces.length + i;
      // One NUL ends a name that does not fill its last entry; FFFFh fills the rest.
      view.setUint16(place, at < name.length ? name.charCodeAt(at) : at === name.length ? 0 : 0xffff, true);
    }
    entries.push(entry);
  }
  return entries;
}
