import { parseHex } from "../text/hex.ts";
import type { TextReading } from "./acpidump-text.ts";
import { containerFinding, nameTables, signatureOf } from "./found-table.ts";

/** Most bytes that lines of `*` may stand for altogether. */
const mostRepeated = 1 << 16;

/**
 * Bytes of a hex dump: `xxd`, `xxd -p`, `hexdump -C`, `od -A x -t x1`, or digits alone. The offset of a line is its place; a line of `*`
 * repeats the one before, as hexdump and od mean it.
 */
export function parseHexDump(text: string): TextReading {
  // Rows start with their offset; digits alone start with the signature.
  const plain = startsWithSignature(text) ? parseHex(text) : undefined;
  if (plain) return one(plain, 1);
  const bytes: number[] = [];
  let repeat: readonly number[] | undefined;
  let last: readonly number[] = [];
  let room = mostRepeated;
  for (const [i, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (line.trim() === "*") {
      repeat = last;
      continue;
    }
    const row = hexLine(line);
    if (!row) continue;
    const gap = row.offset - bytes.length;
    if (gap < 0 || gap > (repeat ? room : 0)) {
      const message = `line ${i + 1} is for offset 0x${row.offset.toString(16)}, expected 0x${bytes.length.toString(16)}`;
      return {
        ...one(Uint8Array.from(bytes), 1),
        diagnostics: [
          containerFinding("K001", "hex", i + 1, 0, message, "Lines of the dump are missing or out of order"),
        ],
      };
    }
    if (repeat && repeat.length > 0 && gap > 0) for (let n = 0; n < gap; n++) bytes.push(repeat[n % repeat.length]!);
    room -= gap;
    repeat = undefined;
    for (const byte of row.bytes) bytes.push(byte);
    last = row.bytes;
  }
  return one(Uint8Array.from(bytes), 1);
}

/** Whether a text looks like a hex dump of an NBFT. */
export function isHexDump(text: string): boolean {
  const head = text.slice(0, 4096);
  return (
    startsWithSignature(head) || (hexLine(head.split(/\r?\n/)[0]!)?.bytes.slice(0, 4).join() ?? "") === "78,66,70,84"
  );
}

function startsWithSignature(text: string): boolean {
  return /^\s*4e[\s:-]?42[\s:-]?46[\s:-]?54/i.test(text);
}

function one(bytes: Uint8Array, line: number): TextReading {
  if (bytes.length === 0) return { tables: [], diagnostics: [] };
  return {
    tables: nameTables([{ signature: signatureOf(bytes), bytes, origin: `line ${Math.max(line, 1)}` }]),
    diagnostics: [],
  };
}

function hexLine(line: string): { offset: number; bytes: number[] } | undefined {
  const match = /^\s*([0-9a-fA-F]{4,16}):?\s+((?:[0-9a-fA-F]{2,4}(?: {1,2}|$)){1,16})/.exec(line);
  if (!match) return /^[0-9a-fA-F]{6,8}\s*$/.test(line) ? { offset: Number.parseInt(line, 16), bytes: [] } : undefined;
  const digits = match[2]!.replaceAll(" ", "").slice(0, 32);
  const bytes = parseHex(digits);
  return bytes && { offset: Number.parseInt(match[1]!, 16), bytes: [...bytes] };
}
