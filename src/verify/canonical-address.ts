import { formatIp, parseIp } from "../text/ip.ts";

/** One text for each address, however it was written; the text itself where it is none. A zone (`%eth0`) is cut off. */
export function canonicalAddress(text: string): string {
  const bytes = parseIp(text.replace(/%.*$/, "").replace(/^\[|\]$/g, ""));
  return bytes ? formatIp(bytes) : text;
}
