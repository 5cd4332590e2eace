import { readNbft } from "../nbft/read/read.ts";
import { type Renames, renameText } from "../nbft/write/rename.ts";
import { isMapped, parseIp } from "../text/ip.ts";
import { DISCOVERY_NQN } from "../text/nvme.ts";
import { formatGuid, parseUuid } from "../text/uuid.ts";
import { expectationOf } from "../verify/expectation.ts";

/** A whole number below `limit`. */
export type Random = (limit: number) => number;

/**
 * Names and addresses for one run in the places of a table's own: nothing that was made before the run can know them, so that a boot that comes up with
 * them has read its table. Each is as long as the one that it replaces; networks stay networks, and what was the same stays the same.
 */
export function shuffledNames(tables: readonly Uint8Array[], random: Random): Renames {
  const expectation = expectationOf(tables.map((bytes) => readNbft(bytes).table));
  const names = new Map<string, string>();
  const put = (old: string | undefined, make: (text: string) => string) => {
    if (old !== undefined && old !== "" && !names.has(old)) names.set(old, make(old));
  };
  const uuid = (text: string) => {
    if (!/[1-9a-f]/i.test(text.replaceAll("-", ""))) return;
    put(text.toLowerCase(), (old) => scramble(old, random));
    put(text, (old) => sameCase(names.get(old.toLowerCase())!, old));
  };
  const nqn = (text: string | undefined) => {
    if (text === undefined || text.toLowerCase() === DISCOVERY_NQN) return;
    const [, head, tail] = /^([^:]*:)(.+)$/.exec(text) ?? /^(.*\.)([^.]*)$/.exec(text) ?? [];
    const id = /^(.*uuid:)([0-9a-f-]{36})$/i.exec(text);
    if (id) uuid(id[2]!);
    put(text, () =>
      id ? id[1]! + names.get(id[2]!)! : head === undefined ? text : head + scramble(tail!, random, /[0-9a-zA-Z]/),
    );
  };
  for (const host of expectation.hosts) {
    nqn(host.nqn);
    const bytes = host.id === undefined ? undefined : parseUuid(host.id);
    const swapped = bytes && formatGuid(bytes);
    // A firmware that stores an EFI_GUID: the same UUID as in the NQN, its first bytes the other way round.
    if (swapped === undefined || !names.has(swapped)) uuid(host.id ?? "");
  }
  const addresses = addressNames(expectation.interfaces, random);
  for (const hfi of expectation.interfaces)
    for (const text of [hfi.address, hfi.gateway, hfi.dhcpServer, ...hfi.dns]) put(text, addresses);
  for (const { traddr, subsystemNqn, namespace, rootPath } of expectation.paths) {
    put(traddr, addresses);
    nqn(subsystemNqn);
    if (namespace.type === "uuid") uuid(namespace.id ?? "");
    else put(namespace.id, (old) => scramble(old, random));
    for (const text of addressesIn(rootPath)) put(text, addresses);
  }
  for (const { uri, nqn: own } of expectation.discovery) {
    nqn(own);
    for (const text of addressesIn(uri)) put(text, addresses);
  }
  // An address whose other form is longer or shorter has no place in a text: then none of its kind is replaced.
  const unequal = [...names].some(([from, to]) => from.length !== to.length);
  return new Map([...names].filter(([from, to]) => from !== to && !(unequal && from.includes(":") && parseIp(from))));
}

/** A value with every text in it renamed: a boot description, or the facts of a boot. */
export function renameIn<T>(value: T, names: Renames): T {
  if (typeof value === "string") return renameText(value, names) as T;
  if (Array.isArray(value)) return value.map((each) => renameIn(each, names)) as T;
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, renameIn(each, names)])) as T;
}

/** The way back. */
export function inverse(names: Renames): Renames {
  return new Map([...names].map(([from, to]) => [to, from]));
}

/**
 * Where the byte that a Host ID begins with is in a UUID: as it is written, and as a firmware stores it that takes it for an EFI_GUID, whose first four
 * bytes are the other way round. libnvme takes a Host ID that begins with 00 for none: what begins so goes on doing so, and nothing else does.
 */
const firstBytes = [0, 6];

/** Other digits in the places of digits, other letters in those of letters; hexadecimal where the whole text is. */
function scramble(text: string, random: Random, what = /[0-9a-f]/i): string {
  const hexadecimal = /^[0-9a-f-]*$/i.test(text);
  const other = (character: string) => {
    const set = hexadecimal ? "0123456789abcdef" : /\d/.test(character) ? "0123456789" : "abcdefghijklmnopqrstuvwxyz";
    return sameCase(set[random(set.length)]!, character);
  };
  const made = [...text].map((character) => (what.test(character) ? other(character) : character));
  if (!hexadecimal || text.length < 32) return made.join("");
  for (const at of firstBytes) {
    if (text.slice(at, at + 2) === "00") made.fill("0", at, at + 2);
    else if (made.slice(at, at + 2).join("") === "00") made[at] = "a";
  }
  return made.join("");
}

function sameCase(text: string, like: string): string {
  return like !== like.toLowerCase() ? text.toUpperCase() : text;
}

function addressesIn(text: string | undefined): string[] {
  const found = text?.match(/\d{1,3}(?:\.\d{1,3}){3}|(?<=\[)[0-9a-fA-F:.]+(?=\])/g) ?? [];
  return found.filter((address) => parseIp(address));
}

/** New addresses: the parts of a network are replaced, part by part, so that what shares a network goes on sharing it; the part of the host stays. */
function addressNames(
  interfaces: readonly { readonly address: string | undefined; readonly prefix: number }[],
  random: Random,
): (address: string) => string {
  const made = new Map<string, string>();
  const part = (before: string, text: string, choices: () => string): string => {
    const key = `${before} ${text}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const taken = new Set([...made].filter(([other]) => other.startsWith(`${before} `)).map(([, value]) => value));
    let other = choices();
    for (let i = 0; i < 50 && (taken.has(other) || other === text); i++) other = choices();
    made.set(key, taken.has(other) ? text : other);
    return made.get(key)!;
  };
  const prefixOf = (bytes: Uint8Array) => {
    const fitting = interfaces
      .map(({ address, prefix }) => ({ own: address === undefined ? undefined : parseIp(address), prefix }))
      .filter(({ own, prefix }) => own && isMapped(own) === isMapped(bytes) && shares(own, bytes, prefix));
    return Math.max(0, ...fitting.map(({ prefix }) => prefix));
  };
  return (address) => {
    const bytes = parseIp(address);
    if (!bytes) return address;
    const parts = isMapped(bytes) ? address.split(".") : address.split(":");
    const size = isMapped(bytes) ? 8 : 16;
    const longest = isMapped(bytes) ? 24 : 64;
    const bits = Math.min(longest, prefixOf(bytes) || longest);
    if (isMapped(bytes) ? /^(?:0|127|169|22[4-9]|23\d|24\d|25\d)\./.test(address) : !/^[0-9a-f]{1,4}:/.test(address))
      return address;
    if (!isMapped(bytes) && (bytes[0] === 0xfe || bytes[0] === 0xff)) return address;
    const first = isMapped(bytes) ? 0 : 1;
    const last = Math.floor(bits / size);
    const end = parts.indexOf("") < 0 ? parts.length : parts.indexOf("");
    let before = address.includes(":") ? "6" : "4";
    return parts
      .map((text, i) => {
        const other =
          i < first || i >= Math.min(last, end)
            ? text
            : part(before, text, () => (size === 8 ? octet(text, i === 0, random) : hextet(text, random)));
        before += ` ${text}`;
        return other;
      })
      .join(address.includes(":") ? ":" : ".");
  };
}

function shares(a: Uint8Array, b: Uint8Array, prefix: number): boolean {
  const bits = isMapped(a) ? 96 + prefix : prefix || 64;
  for (let i = 0; i < bits; i++) if (((a[i >> 3]! ^ b[i >> 3]!) >> (7 - (i & 7))) & 1) return false;
  return true;
}

/** A number of as many digits. */
function octet(text: string, first: boolean, random: Random): string {
  if (text.length === 1) return String(first ? 1 + random(9) : random(10));
  if (text.length === 2) return String(10 + random(90));
  return String(first ? 170 + random(54) : 100 + random(156));
}

function hextet(text: string, random: Random): string {
  const digits = "0123456789abcdef";
  return [...text].map((_, i) => digits[i === 0 ? 1 + random(15) : random(16)]).join("");
}
