import type { TextShape } from "../document/shape/shape.ts";
import { formatPci, parsePci } from "../structure/text-value.ts";
import { formatHex, parseHex } from "../text/hex.ts";
import { formatMac, parseMac } from "../text/mac.ts";
import { MAX_NQN_BYTES } from "../text/nvme.ts";
import { formatUuid, parseUuid } from "../text/uuid.ts";
import { canonicalIp, formatPortal, parseNetwork, parsePortal } from "./portal.ts";

type Form = Pick<TextShape, "expected" | "parse"> & { readonly pattern?: string };

const utf8 = new TextEncoder();

function via<T>(
  parse: (text: string) => T | undefined,
  format: (value: T) => string,
): (text: string) => string | undefined {
  return (text) => {
    const value = parse(text);
    return value === undefined ? undefined : format(value);
  };
}

/** Printable text without blanks of at most `max` bytes. */
function token(max: number, wanted: RegExp): (text: string) => string | undefined {
  return (text) => (utf8.encode(text).length <= max && wanted.test(text) ? text : undefined);
}

export const nqnForm: Form = {
  expected: `an NQN such as nqn.2014-08.org.nvmexpress:uuid:…, at most ${MAX_NQN_BYTES} bytes`,
  pattern: "^nqn\\.[!-~]+$",
  parse: token(MAX_NQN_BYTES, /^nqn\.[^\s\p{C}]+$/u),
};

export const nameForm: Form = {
  expected: "a name of letters, digits, dots, hyphens or underscores, at most 64",
  pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$",
  parse: token(64, /^[A-Za-z0-9][A-Za-z0-9._-]*$/),
};

export const hostNameForm: Form = {
  expected: "a host name such as host-vm or host.example.org",
  parse: token(223, /^[^\s\p{C}]+$/u),
};

const uuidPattern = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$";

export const uuidForm: Form = {
  expected: "a UUID such as f8131bac-cdef-4165-866b-5998c1e67890",
  pattern: uuidPattern,
  parse: via(parseUuid, (bytes) => formatUuid(bytes)),
};

export const nguidForm: Form = {
  expected: "32 hexadecimal digits, with or without hyphens",
  pattern: "^[0-9a-fA-F-]{32,36}$",
  parse: via(digits(16), (bytes) => formatHex(bytes)),
};

export const eui64Form: Form = {
  expected: "16 hexadecimal digits, with or without hyphens",
  pattern: "^[0-9a-fA-F]{2}([-:]?[0-9a-fA-F]{2}){7}$",
  parse: via(digits(8), (bytes) => formatHex(bytes)),
};

function digits(size: number): (text: string) => Uint8Array | undefined {
  return (text) => {
    const bytes = /\s/.test(text) ? undefined : parseHex(text);
    return bytes?.length === size ? bytes : undefined;
  };
}

export const duidForm: Form = {
  expected: "3 to 130 bytes in hexadecimal, such as 00:03:00:01:ea:eb:d3:58:89:58",
  pattern: "^[0-9a-fA-F]{2}([-:]?[0-9a-fA-F]{2})+$",
  parse: via(
    (text) => {
      const bytes = parseHex(text);
      return bytes && bytes.length >= 3 && bytes.length <= 130 ? bytes : undefined;
    },
    (bytes) => formatHex(bytes, ":"),
  ),
};

export const macForm: Form = {
  expected: "a MAC address such as ea:eb:d3:58:89:58",
  pattern: "^[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}$",
  parse: via(parseMac, (bytes) => formatMac(bytes)),
};

export const pciForm: Form = {
  expected: "a PCI address such as 0000:00:03.0",
  pattern: "^([0-9a-fA-F]{1,4}:)?[0-9a-fA-F]{1,2}:[01]?[0-9a-fA-F]\\.[0-7]$",
  parse: via(parsePci, formatPci),
};

export const ipForm: Form = { expected: "an IPv4 or IPv6 address", parse: canonicalIp };

const networkText = via(parseNetwork, ({ address, prefixLength }) => `${address}/${prefixLength}`);

export const networkForm: Form = {
  expected: "an address with its prefix length, such as 192.168.101.30/24",
  pattern: "^[0-9a-fA-F.:]+/\\d{1,3}$",
  parse: networkText,
};

/** How an interface can come by its address without a static one. */
export const addressWords = ["dhcp", "dhcp6", "auto"] as const;

export const interfaceAddressForm: Form = {
  expected: "an address with its prefix length such as 192.168.101.30/24, or dhcp, dhcp6 or auto",
  pattern: "^(dhcp|dhcp6|auto|[0-9a-fA-F.:]+/\\d{1,3})$",
  parse: (text) => addressWords.find((known) => known === text) ?? networkText(text),
};

export const portalForm: Form = {
  expected: "ADDRESS or ADDRESS:PORT, such as 192.168.101.20:4420 or [fe80::1]:4420",
  parse: via(parsePortal, formatPortal),
};

export const pathForm: Form = {
  expected: "a path",
  parse: (text) => (text !== "" && !text.includes("\0") ? text : undefined),
};

/** Path of a file with a secret. The secret itself would be shown wherever the path is. */
export const secretPathForm: Form = {
  expected: "a path of the file that holds the secret, not the secret",
  parse: (text) => (/^\s*(DHHC-1|NVMeTLSkey-1):/i.test(text) ? undefined : pathForm.parse(text)),
};

/** Text of at most `max` bytes of printable ASCII. */
export function asciiForm(max: number, min = 0): Form {
  return {
    expected: `${min === max ? "" : "at most "}${max} printable ASCII characters`,
    pattern: `^[ -~]{${min},${max}}$`,
    parse: (text) => (text.length >= min && text.length <= max && /^[ -~]*$/.test(text) ? text : undefined),
  };
}

export const rootPathForm: Form = {
  expected: "from-target, or a root path such as NVME+TCP://192.168.101.20:4420/nqn.2014-08…/urn:uuid:…",
  parse: token(255, /^(from-target|nvme\+tcp:\/\/[^\s\p{C}]+)$/iu),
};

export const anyText: Form = { expected: "text", parse: (text) => text };

/** A UUID, 32 or 16 hexadecimal digits; the specification's prefixes are understood and left out. */
export const nidForm: Form = {
  expected: "a UUID, or 32 (NGUID) or 16 (EUI-64) hexadecimal digits",
  parse: (text) => {
    const bare = text.replace(/^(urn:uuid:|uuid:|nvme-nguid:|urn:nguid:|eui:|eui\.|urn:eui64:)/i, "");
    return uuidForm.parse(bare) ?? nguidForm.parse(bare) ?? eui64Form.parse(bare);
  },
};
