import { libnvmeAddress } from "../libnvme/inet.ts";

/** Parts of a URL as Python's urllib.parse.urlparse gives them. */
export interface PythonUrl {
  /** Lower case; empty where there is none. */
  readonly scheme: string;
  /** Lower case, without brackets; absent where it is empty. */
  readonly hostname: string | undefined;
  readonly port: number | undefined;
}

/**
 * Parts of a URL as Python sees them.
 *
 * Python 3.13, Lib/urllib/parse.py. Not covered: hosts outside ASCII that contain separators once they are normalized.
 *
 * @returns a sentence where Python raises ValueError
 */
export function parsePythonUrl(text: string): PythonUrl | string {
  const clean = text.replace(/^[\x00-\x20]+/, "").replace(/[\t\r\n]/g, "");
  const start = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(clean);
  const rest = start ? clean.slice(start[0].length) : clean;
  const scheme = start ? start[1]!.toLowerCase() : "";
  if (!rest.startsWith("//")) return { scheme, hostname: undefined, port: undefined };
  const place = rest.slice(2).split(/[/?#]/, 1)[0]!;
  if (place.includes("[") !== place.includes("]")) return "a bracket without its twin";
  const host = place.slice(place.lastIndexOf("@") + 1);
  const open = host.indexOf("[");
  if (place.includes("[")) {
    const bracketed = /^\[([^\]]*)\](:.*)?$/s.exec(host)?.[1];
    if (bracketed === undefined || libnvmeAddress(bracketed)?.includes(":") !== true)
      return "no IPv6 address in brackets";
  }
  const inside = open < 0 ? undefined : host.slice(open + 1);
  const [name, after] =
    inside === undefined ? cut(host, ":") : [cut(inside, "]")[0], cut(cut(inside, "]")[1] ?? "", ":")[1]];
  const port = after === undefined || after === "" ? undefined : after;
  if (port !== undefined && (!/^\d+$/.test(port) || Number(port) > 65535))
    return "the port is not a number up to 65535";
  const [plain, zone] = cut(name, "%");
  const hostname = plain.toLowerCase() + (zone === undefined ? "" : `%${zone}`);
  return {
    scheme,
    hostname: hostname === "" ? undefined : hostname,
    port: port === undefined ? undefined : Number(port),
  };
}

/** A text before and after the first separator. */
function cut(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}
