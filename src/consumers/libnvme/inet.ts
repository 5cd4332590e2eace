/**
 * IP address text as glibc's inet_ntop and inet_pton know it. It differs from RFC 5952 in one place: six leading zero groups
 * make the last two print as dotted decimal (`::1.2.3.4`).
 */

/** Text of four bytes as inet_ntop(AF_INET) prints them. */
function ntop4(bytes: Uint8Array, at: number): string {
  return `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`;
}

/** Text of 16 bytes at `at` as inet_ntop(AF_INET6) prints them. */
export function ntop6(bytes: Uint8Array, at = 0): string {
  const groups = Array.from({ length: 8 }, (_, i) => (bytes[at + 2 * i]! << 8) | bytes[at + 2 * i + 1]!);
  let start = -1;
  let length = 0;
  for (let i = 0; i < 8; i++) {
    let run = 0;
    while (i + run < 8 && groups[i + run] === 0) run++;
    if (run > length) [start, length] = [i, run];
    if (run > 0) i += run - 1;
  }
  const dotted = start === 0 && (length === 6 || (length === 5 && groups[5] === 0xffff));
  const text = (from: number, to: number) => groups.slice(from, to).map((group) => group.toString(16));
  if (length < 2) return text(0, 8).join(":");
  const tail = dotted ? [...text(length, 6), ntop4(bytes, at + 12)] : text(start + length, 8);
  return `${text(0, start).join(":")}::${tail.join(":")}`;
}

/** Text of a 16-byte address as libnvme prints it: IPv4-mapped addresses in dotted decimal. */
export function formatAddress(bytes: Uint8Array, at = 0): string {
  let mapped = bytes[at + 10] === 0xff && bytes[at + 11] === 0xff;
  for (let i = at; mapped && i < at + 10; i++) mapped = bytes[i] === 0;
  return mapped ? ntop4(bytes, at + 12) : ntop6(bytes, at);
}

/** The four bytes of a text that inet_pton(AF_INET) accepts: no leading zeros, no short forms. */
function pton4(text: string): Uint8Array | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || parts.some((part) => !/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255))
    return undefined;
  return Uint8Array.from(parts, Number);
}

/** The 16 bytes of a text that inet_pton(AF_INET6) accepts. */
function pton6(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(16);
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const last = (tail ?? head)!;
  if (last.at(-1)?.includes(".")) {
    const v4 = pton4(last.pop()!);
    if (!v4) return undefined;
    last.push(((v4[0]! << 8) | v4[1]!).toString(16), ((v4[2]! << 8) | v4[3]!).toString(16));
  }
  const all = [...head!, ...(tail ?? [])];
  if (tail ? all.length > 7 : all.length !== 8) return undefined;
  if (all.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  const put = (groups: readonly string[], at: number) => {
    for (const [i, group] of groups.entries()) {
      const value = Number.parseInt(group, 16);
      bytes.set([value >> 8, value & 0xff], at + 2 * i);
    }
  };
  put(head!, 0);
  if (tail) put(tail, 16 - 2 * tail.length);
  return bytes;
}

/**
 * The one spelling of a numeric address, as libnvme 3.0 writes it to the kernel; undefined for a host name. A scope (`%eth0`)
 * stays with an IPv6 address and is lost with an IPv4 one.
 */
export function libnvmeAddress(text: string): string | undefined {
  const percent = text.indexOf("%");
  const address = percent < 0 ? text : text.slice(0, percent);
  if (address.length > 45) return undefined;
  const v4 = pton4(address);
  if (v4) return ntop4(v4, 0);
  const v6 = pton6(address);
  return v6 && ntop6(v6) + (percent < 0 ? "" : text.slice(percent));
}

/**
 * The address that getaddrinfo makes of one to four numbers with dots between, as inet_aton(3): the last one fills what is left, and a
 * number may be octal (`010`) or hexadecimal (`0x7f`). `2001` is 0.0.7.209.
 *
 * @returns undefined for anything else
 */
export function parseNumbersAndDots(text: string): string | undefined {
  const parts = text.split(".");
  if (parts.length > 4 || parts.some((part) => !/^(0x[0-9a-f]+|0[0-7]*|[1-9]\d*)$/i.test(part))) return undefined;
  const numbers = parts.map((part) => (/^0[0-7]+$/.test(part) ? Number.parseInt(part, 8) : Number(part)));
  const last = numbers.pop()!;
  if (numbers.some((number) => number > 255) || last >= 2 ** (8 * (4 - numbers.length))) return undefined;
  const rest = Array.from({ length: 4 - numbers.length }, (_, i) => Math.floor(last / 2 ** (8 * i)) % 256).reverse();
  return [...numbers, ...rest].join(".");
}
