/** Parts of a URI as libnvme finds them; text is Latin-1, one character a byte. */
export interface FabricsUri {
  readonly scheme: string;
  readonly protocol: string | undefined;
  readonly host: string;
  /** 0 where the URI has none. */
  readonly port: number;
}

/**
 * Parts of a URI as libnvme's sscanf calls find them, which is more than RFC 3986 allows: blanks before and after numbers and
 * protocol, any port that fits 32 bits, text after a closing bracket.
 *
 * libnvme 1.13 `nvme_parse_uri`, libnvme 3.0-rc1 `libnvmf_uri_parse`.
 *
 * @param uri Latin-1 text
 * @returns undefined when it is no URI
 */
export function parseFabricsUri(uri: string): FabricsUri | undefined {
  const parts = /^([^:/]+):\/\/([^/?#]+)/.exec(uri);
  const scheme = parts && /^([^+]+)(?:\+[ \t\n\v\f\r]*([^ \t\n\v\f\r]+))?/.exec(parts[1]!);
  if (!scheme) return undefined;
  const authority = parts[2]!;
  const place = authority.slice(authority.lastIndexOf("@") + 1);
  const bracketed = /^\[([^\]]+)(\]:)?(.*)$/s.exec(place);
  if (bracketed) {
    const port = bracketed[2] ? scanInt(bracketed[3]!) : 0;
    return { scheme: scheme[1]!, protocol: scheme[2], host: bracketed[1]!, port };
  }
  const plain = /^([^:]+)(:)?(.*)$/s.exec(place);
  if (!plain) return undefined;
  const host = unescapeUri(plain[1]!);
  return { scheme: scheme[1]!, protocol: scheme[2], host, port: plain[2] ? scanInt(plain[3]!) : 0 };
}

/** What sscanf's `%d` makes of the start of a text: 0 without digits; saturated at 64 bits, then cut to 32. */
function scanInt(text: string): number {
  const digits = /^[ \t\n\v\f\r]*([+-]?\d+)/.exec(text)?.[1];
  if (digits === undefined) return 0;
  const value = BigInt(digits.replace(/^\+/, ""));
  const limit = 2n ** 63n;
  const saturated = value >= limit ? limit - 1n : value < -limit ? -limit : value;
  return Number(BigInt.asIntN(32, saturated));
}

/** `%xx` becomes the byte; a NUL ends the text. */
function unescapeUri(text: string): string {
  const plain = text.replace(/%([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  const nul = plain.indexOf("\0");
  return nul < 0 ? plain : plain.slice(0, nul);
}

/** Transport, host and port as nvme-discoverd cuts them out of a URI: it stops at the first colon, so that IPv6 gets lost. */
export function parseDiscoverdUri(
  uri: string,
): { transport: string; host: string; port: string | undefined } | undefined {
  const plus = uri.indexOf("+");
  const start = uri.indexOf("://");
  if (plus < 0 || start < 0) return undefined;
  const end = uri.indexOf("://", plus);
  const rest = uri.slice(start + 3);
  const colon = rest.indexOf(":");
  const slash = colon < 0 ? -1 : rest.indexOf("/", colon);
  return {
    transport: uri.slice(plus + 1, end < 0 ? undefined : end),
    host: rest.split(/[:/]/, 1)[0]!,
    port: colon < 0 ? undefined : rest.slice(colon + 1, slash < 0 ? undefined : slash),
  };
}
