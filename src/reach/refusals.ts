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

/** Port that Linux takes where a connection names none (drivers/nvme/host/tcp.c): the one of discovery controllers. */
const NO_PORT = 8009;

/**
 * The port that the kernel reads in a service id: decimal, octal with 0 before it, hexadecimal with 0x. Readers leave out an empty one
 * and `none`. Undefined for a text that it refuses, and for port 0.
 */
export function kernelPort(text: string): number | undefined {
  if (text === "" || text === "none") return NO_PORT;
  if (text.length > 12) return undefined;
  const [, hexadecimal, octal, decimal] = /^\+?(?:0x([0-9a-f]+)|0([0-7]+)|([1-9]\d*))\n?$/i.exec(text) ?? [];
  const value = hexadecimal
    ? Number.parseInt(hexadecimal, 16)
    : octal
      ? Number.parseInt(octal, 8)
      : Number(decimal ?? Number.NaN);
  return value >= 1 && value <= 65535 ? value : undefined;
}

/** Which other port than the one it seems to name Linux takes a service id for, in words; undefined where it is that one. */
export function otherPort(text: string): string | undefined {
  const port = kernelPort(text);
  if (port === undefined || port === Number(text)) return undefined;
  return text.startsWith("0") || text.startsWith("+0")
    ? `Linux reads it as octal: port ${port}`
    : `Linux takes port ${port}`;
}
