import { latin1Text } from "../bytes/latin1.ts";

const blockSize = 512;

/** Whether a file is a tar archive: POSIX and GNU have `ustar` at 257. */
export function isTar(head: Uint8Array): boolean {
  return latin1Text(head.subarray(257, 262)) === "ustar";
}

/**
 * The regular files of a tar archive by name, as far as it goes; sparse files and links are left out. Names longer than a header has room for are
 * those of GNU (`L`) and POSIX (`path=` of a pax header).
 *
 * @param wanted whether a file's bytes are needed
 */
export function readTar(bytes: Uint8Array, wanted: (name: string) => boolean): Record<string, Uint8Array> {
  const files: Record<string, Uint8Array> = {};
  const text = (at: number, length: number) =>
    new TextDecoder().decode(bytes.subarray(at, at + length)).replace(/\0.*$/s, "");
  let longName: string | undefined;
  for (let at = 0; at + blockSize <= bytes.length; ) {
    if (bytes[at] === 0) break;
    const size = Number.parseInt(text(at + 124, 12).trim(), 8);
    const type = String.fromCharCode(bytes[at + 156]!);
    const start = at + blockSize;
    if (!Number.isSafeInteger(size) || size < 0 || start + size > bytes.length) break;
    if (type === "L") longName = text(start, size);
    else if (type === "x") longName = /^\d+ path=(.*)$/m.exec(text(start, Math.min(size, 1 << 16)))?.[1] ?? longName;
    else {
      const prefix = text(at + 345, 155);
      const name = (longName ?? (prefix === "" ? text(at, 100) : `${prefix}/${text(at, 100)}`)).replace(
        /^(?:\.?\/)+/,
        "",
      );
      if ((type === "0" || type === "\0") && wanted(name) && !name.split("/").includes(".."))
        files[name] = bytes.subarray(start, start + size);
      longName = undefined;
    }
    at = start + Math.ceil(size / blockSize) * blockSize;
  }
  return files;
}
