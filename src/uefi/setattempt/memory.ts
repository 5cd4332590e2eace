import { attemptSlots, nvmeofAttemptConfig } from "../nvmeof/attempt-config.ts";
import { nvmeofGlobalData } from "../nvmeof/global-data.ts";

/**
 * Local variables of the tool's function, in the order in which the compiler of the June 2023 build laid them out; the tool
 * writes past the end of some, into what follows. Offsets in bytes from the start of the tag buffer.
 */
export const Local = {
  /** char[40]: the tag without blanks. */
  tag: 0,
  /** CHAR16[64]: text of the last host identifier, kept when a longer one does not fit. */
  hostIdText: 40,
  globalData: 168,
  /** char[1024]: the line; what an earlier, longer line left stays behind the NUL. */
  line: 922,
  attempts: 1946,
  /** Behind the attempts: 8 spare bytes, eight saved registers, then the address to return to. */
  end: 1946 + attemptSlots * nvmeofAttemptConfig.size,
} as const;

export const hostIdTextSize = 128;

/** Where the addresses to return to lie, in bytes after the attempts: of the function, of its caller, of the program. */
const returnAddresses = [72, 520, 696];

/** Memory of one run. */
export class Memory {
  /** Locals, and room for the 256th attempt that an 8-bit counter can reach. */
  readonly bytes = new Uint8Array(Local.attempts + 257 * nvmeofAttemptConfig.size);
  /** Bytes of the line buffer that any line has written so far; after them lies what the stack held before. */
  lineKnown = 0;
  /** A write went after the eight slots. */
  overrun = false;
  /** An address to return to was overwritten: the tool never comes back. */
  returnLost = false;

  /** Writes bytes at an offset. */
  write(at: number, bytes: Uint8Array): void {
    this.bytes.set(bytes, at);
    const start = at - Local.end;
    if (start + bytes.length <= 0) return;
    this.overrun = true;
    if (returnAddresses.some((at) => start < at + 8 && start + bytes.length > at)) this.returnLost = true;
  }

  /** Puts a line with its NUL into the line buffer. */
  setLine(line: Uint8Array): void {
    this.bytes.set(line, Local.line);
    this.bytes[Local.line + line.length] = 0;
    this.lineKnown = Math.max(this.lineKnown, line.length + 1);
  }

  /** Text at an offset of the line buffer up to its NUL, as a view. */
  lineText(at: number): Uint8Array {
    const start = Local.line + at;
    return this.bytes.subarray(start, this.bytes.indexOf(0, start));
  }

  get globalData(): Uint8Array {
    return this.bytes.subarray(Local.globalData, Local.globalData + nvmeofGlobalData.size);
  }

  get attempts(): Uint8Array {
    return this.bytes.subarray(Local.attempts, Local.end);
  }
}
