import { formatHex } from "../../text/hex.ts";

/** What a certificate is called by. */
export interface CertificateName {
  /** The subject's parts, for example `O=Microsoft Corporation, CN=Microsoft Corporation KEK CA 2011`. */
  readonly subject: string;
  /** The last day on which it is valid, `2026-06-24`. */
  readonly validUntil: string | undefined;
}

/** An element of DER: its tag, and its content within the bytes. */
interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
}

/**
 * The elements of DER content one after the other (ITU-T X.690); undefined where one leaves the bytes.
 */
function elementsOf(bytes: Uint8Array): Element[] | undefined {
  const elements: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at]!;
    const first = bytes[at + 1];
    if (first === undefined) return undefined;
    const more = first < 0x80 ? 0 : first & 0x7f;
    if (more > 4) return undefined;
    let length = first < 0x80 ? first : 0;
    for (let i = 0; i < more; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0);
    const start = at + 2 + more;
    if (start + length > bytes.length) return undefined;
    elements.push({ tag, content: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return elements;
}

/** Short names of the parts that a subject has, by their object identifier's bytes (RFC 4514, section 3; RFC 2985). */
const attributes: Readonly<Record<string, string>> = {
  "550403": "CN",
  "550406": "C",
  "550407": "L",
  "550408": "ST",
  "55040a": "O",
  "55040b": "OU",
  "2a864886f70d010901": "emailAddress",
};

const bmpString = 0x1e;
const version = 0xa0;
const generalizedTime = 0x18;

/** Subject and last day of an X.509 certificate in DER (RFC 5280, section 4.1); undefined where it cannot be read. */
export function certificateName(der: Uint8Array): CertificateName | undefined {
  const certificate = elementsOf(der)?.[0];
  const signed = certificate && elementsOf(certificate.content)?.[0];
  const all = signed && elementsOf(signed.content);
  const fields = all?.[0]?.tag === version ? all.slice(1) : all;
  // Serial number, algorithm, issuer, validity, subject.
  const [, , , validity, subject] = fields ?? [];
  if (!validity || !subject) return undefined;
  const parts = elementsOf(subject.content)?.flatMap(({ content }) => elementsOf(content) ?? []);
  const names = parts?.map(({ content }) => nameOf(elementsOf(content) ?? []));
  if (!names || names.includes(undefined)) return undefined;
  return { subject: names.join(", "), validUntil: dateOf(elementsOf(validity.content)?.[1]) };
}

function nameOf([type, value]: readonly Element[]): string | undefined {
  if (!type || !value) return undefined;
  const text = new TextDecoder(value.tag === bmpString ? "utf-16be" : "utf-8").decode(value.content);
  return `${attributes[formatHex(type.content)] ?? "?"}=${text}`;
}

/** `YYMMDD…`, of years from 1950 to 2049, or `YYYYMMDD…`. */
function dateOf(time: Element | undefined): string | undefined {
  const text = new TextDecoder().decode(time?.content);
  const [, year, month, day] = /^(\d{2}|\d{4})(\d{2})(\d{2})\d{6}Z$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  const whole = time!.tag === generalizedTime ? year : `${Number(year) < 50 ? "20" : "19"}${year}`;
  return `${whole}-${month}-${day}`;
}
