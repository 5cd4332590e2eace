import { viewOf } from "../bytes/view.ts";
import { DecodeError } from "../errors.ts";

/** What a dynamically linked program asks for. */
export interface ElfNeeds {
  /** Path of the program interpreter (the dynamic loader). */
  readonly interpreter: string | undefined;
  /** Names of the shared libraries, DT_NEEDED in their order. */
  readonly libraries: readonly string[];
}

const none: ElfNeeds = { interpreter: undefined, libraries: [] };

/**
 * Interpreter and needed libraries of a 64-bit little-endian ELF file; nothing for any other file or a static program.
 *
 * System V ABI, AMD64 supplement; ELF-64 object file format 1.5, program headers and dynamic section.
 *
 * @throws {DecodeError} when headers point outside the file.
 */
export function readElfNeeds(bytes: Uint8Array): ElfNeeds {
  const magic = [0x7f, 0x45, 0x4c, 0x46, 2, 1];
  if (bytes.length < 64 || magic.some((value, i) => bytes[i] !== value)) return none;
  const view = viewOf(bytes);
  const at = (offset: bigint | number, length: number): number => {
    const start = Number(offset);
    if (start + length > bytes.length)
      throw new DecodeError(`ELF file of ${bytes.length} bytes has no ${length} bytes at ${start}`, { offset: start });
    return start;
  };
  const count = view.getUint16(56, true);
  const size = view.getUint16(54, true);
  if (count > 0 && size < 56) throw new DecodeError(`ELF program headers of ${size} bytes`, { offset: 54 });
  const table = at(view.getBigUint64(32, true), count * size);
  const segments = Array.from({ length: count }, (_, i) => {
    const header = table + i * size;
    return {
      type: view.getUint32(header, true),
      offset: view.getBigUint64(header + 8, true),
      address: view.getBigUint64(header + 16, true),
      fileSize: view.getBigUint64(header + 32, true),
    };
  });
  const text = (start: number, end: number) => new TextDecoder().decode(bytes.subarray(start, end));
  const cstring = (start: number): string => {
    const end = bytes.indexOf(0, start);
    return text(start, end < 0 ? bytes.length : end);
  };

  const interp = segments.find((segment) => segment.type === 3);
  const interpreter = interp && cstring(at(interp.offset, Number(interp.fileSize)));
  const dynamic = segments.find((segment) => segment.type === 2);
  if (!dynamic) return { interpreter, libraries: [] };

  const start = at(dynamic.offset, Number(dynamic.fileSize));
  const names: bigint[] = [];
  let strings: bigint | undefined;
  for (let entry = start; entry + 16 <= start + Number(dynamic.fileSize); entry += 16) {
    const tag = view.getBigInt64(entry, true);
    if (tag === 0n) break;
    if (tag === 1n) names.push(view.getBigUint64(entry + 8, true));
    if (tag === 5n) strings = view.getBigUint64(entry + 8, true);
  }
  // The string table is given by its address in memory: the load segment tells where that is in the file.
  const holder = segments.find(
    ({ type, address, fileSize }) =>
      type === 1 && strings !== undefined && address <= strings && strings < address + fileSize,
  );
  if (strings === undefined || !holder) return { interpreter, libraries: [] };
  const base = holder.offset + (strings - holder.address);
  return { interpreter, libraries: names.map((name) => cstring(at(base + name, 1))) };
}
