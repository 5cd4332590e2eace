/** Longest NQN that Linux takes, in bytes: it wants less than 223 (drivers/nvme/host/fabrics.c, NVMF_NQN_SIZE). */
const LONGEST_NQN = 222;

/** How Linux sees an NQN that it does not take, as the end of a sentence; undefined for one that it takes. */
export function nqnRefusal(nqn: string, bytes: number = nqn.length): string | undefined {
  if (bytes > LONGEST_NQN) return `has ${bytes} bytes, the kernel takes ${LONGEST_NQN}`;
  return splitsOptions(nqn) ? SPLITS_OPTIONS : undefined;
}

/** What is wrong with a text that {@link splitsOptions} is true of, as the end of a sentence. */
export const SPLITS_OPTIONS = "holds a comma or line end: the kernel takes what follows for another option";

/** Whether the kernel, which is given options in one line with commas, takes the rest of a text for another option. */
export function splitsOptions(text: string): boolean {
  return /[,\n]/.test(text);
}

/** Whether the kernel reads a text as a port: decimal, octal with 0, hexadecimal with 0x; nothing means 4420. */
export function isPort(text: string): boolean {
  if (text === "" || text === "none") return true;
  if (text.length > 12) return false;
  const digits = /^\+?(?:0x([0-9a-f]+)|0([0-7]+)|(\d+))\n?$/i.exec(text);
  if (!digits) return false;
  const [, hexadecimal, octal, decimal] = digits;
  const value = hexadecimal
    ? Number.parseInt(hexadecimal, 16)
    : octal
      ? Number.parseInt(octal, 8)
      : Number.parseInt(decimal!, 10);
  return value >= 1 && value <= 65535;
}
