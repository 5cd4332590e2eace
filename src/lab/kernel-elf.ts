import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { viewOf } from "../bytes/view.ts";
import type { Children } from "./children.ts";
import { findProgram } from "./programs.ts";

/**
 * Takes the uncompressed kernel out of a bzImage: QEMU starts it by its PVH entry at once, and no emulated processor has to unpack it first. What cannot
 * be unpacked here, or has no such entry, gives an empty file.
 *
 * Linux, Documentation/arch/x86/boot.rst: `setup_sects` at 1F1h, `payload_offset` at 248h, `payload_length` at 24Ch from protocol 2.08 on.
 */
export async function writeKernelElf(image: string, output: string, children: Children): Promise<void> {
  const elf = await unpack(payloadOf(readFileSync(image)), output, children);
  writeFileSync(output, elf && hasPvhEntry(elf) ? elf : new Uint8Array());
}

/** The compressed kernel in a bzImage. */
export function payloadOf(image: Uint8Array): Uint8Array | undefined {
  if (image.length < 0x250) return undefined;
  const view = viewOf(image);
  const isLinux = view.getUint32(0x202, true) === 0x53726448;
  if (!isLinux || view.getUint16(0x206, true) < 0x0208) return undefined;
  const start = ((image[0x1f1] || 4) + 1) * 512 + view.getUint32(0x248, true);
  const payload = image.subarray(start, start + view.getUint32(0x24c, true));
  return payload.length > 4 ? payload : undefined;
}

async function unpack(
  payload: Uint8Array | undefined,
  output: string,
  children: Children,
): Promise<Uint8Array | undefined> {
  const magic = payload && new DataView(payload.buffer, payload.byteOffset, 4).getUint32(0, false);
  if (!payload || magic === undefined) return undefined;
  // All but gzip are followed by the length of what they hold, four bytes.
  const packed = payload.subarray(0, -4);
  if (magic >>> 16 === 0x1f8b) return gunzip(payload);
  const program = magic === 0x28b52ffd ? findProgram("zstd") : magic === 0xfd377a58 ? findProgram("xz") : undefined;
  if (program === undefined) return undefined;
  const input = `${output}.packed`;
  try {
    writeFileSync(input, packed);
    const { stdout } = await children.run(program, ["-d", "-c", "-q", input], { most: 512 * 1024 * 1024 });
    return stdout;
  } catch {
    return undefined;
  } finally {
    rmSync(input, { force: true });
  }
}

function gunzip(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return gunzipSync(bytes);
  } catch {
    return undefined;
  }
}

/** Whether a 64-bit ELF kernel has the note that names its PVH entry: owner `Xen`, type 18 (Xen, public/elfnote.h). */
export function hasPvhEntry(elf: Uint8Array): boolean {
  const magic = [0x7f, 0x45, 0x4c, 0x46, 2, 1];
  if (elf.length < 64 || magic.some((value, i) => elf[i] !== value)) return false;
  const view = viewOf(elf);
  const table = Number(view.getBigUint64(32, true));
  const size = view.getUint16(54, true);
  for (let i = 0; i < view.getUint16(56, true); i++) {
    const header = table + i * size;
    if (size < 56 || header + 56 > elf.length) return false;
    if (view.getUint32(header, true) !== 4) continue;
    const start = Number(view.getBigUint64(header + 8, true));
    const notes = elf.subarray(start, start + Number(view.getBigUint64(header + 32, true)));
    if (notesHave(notes, "Xen", 18)) return true;
  }
  return false;
}

function notesHave(notes: Uint8Array, owner: string, type: number): boolean {
  const view = viewOf(notes);
  const whole = (length: number) => Math.ceil(length / 4) * 4;
  for (let at = 0; at + 12 <= notes.length; ) {
    const [name, content] = [view.getUint32(at, true), view.getUint32(at + 4, true)];
    const text = new TextDecoder().decode(notes.subarray(at + 12, at + 12 + Math.max(0, name - 1)));
    if (text === owner && view.getUint32(at + 8, true) === type) return true;
    at += 12 + whole(name) + whole(content);
  }
  return false;
}
