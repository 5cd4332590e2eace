import type { SpecRef } from "../diagnostic.ts";

/** Names of the values of a number, for example `{ 3: "tcp" }`. A value without a name stays a number. */
export type Names = Readonly<Record<number, string>>;

/** What fields and bits of a flags field have in common: the text of every reference page and docstring. */
interface Described {
  /** The specification's own words. */
  readonly title: string;
  /** The specification's abbreviation, for example `HFIDIDX`. */
  readonly abbreviation?: string | undefined;
  /** What it means to a reader, where the title does not say: goes on after the title and a colon. */
  readonly meaning?: string | undefined;
  /** Revision of the specification that introduced it; the bytes or bits were reserved before. */
  readonly since?: string | undefined;
  /** Figure that describes it, where that is not the structure's own. */
  readonly figure?: number | undefined;
}

/** What every field has, whatever its kind. */
interface FieldBase extends Described {
  /** First byte, from the start of the structure. */
  readonly at: number;
  /** Length in bytes. */
  readonly size: number;
  /** Unit of a number, for example `seconds`. */
  readonly unit?: string | undefined;
  /** Derived from the rest of the model when encoding (lengths, offsets, counts, checksum): never part of a model. */
  readonly derived?: true | undefined;
}

/** Unsigned little-endian number of 1, 2 or 4 bytes. */
export interface UintField extends FieldBase {
  readonly kind: "uint";
  readonly size: 1 | 2 | 4;
  readonly names?: Names | undefined;
  /** The only value that the specification allows; a model shows the field only when it differs. */
  readonly const?: number | undefined;
  /** The value where a document says nothing. */
  readonly default?: number | undefined;
  /** Absent from a model where the structure is too short for it, or where `when` does not hold. */
  readonly optional?: true | undefined;
  /** The field is reserved, and absent from a model, unless this holds. */
  readonly when?: Condition | undefined;
}

/** Some bits of a flags field. */
export interface BitField extends Described {
  readonly low: number;
  readonly width: number;
  readonly names?: Names | undefined;
  /** The value where a document says nothing; 0 if not given. */
  readonly default?: number | undefined;
}

export type BitFields = Readonly<Record<string, BitField>>;

/** Unsigned little-endian number whose bits have meanings of their own. Bits without a name are kept in `reserved`. */
export interface FlagsField extends FieldBase {
  readonly kind: "flags";
  readonly size: 1 | 2 | 4;
  readonly bits: BitFields;
}

/** Kinds of fields whose value is a text form of their bytes, one text for each value and back. */
export const textKinds = [
  "ascii",
  "cstring",
  "uuid",
  "guid",
  "ip",
  "ipv4",
  "efi-ip",
  "mac",
  "hex",
  "pci",
  "nid",
] as const;

export type TextKind = (typeof textKinds)[number];

/** Bytes with a text form. */
export interface TextField extends FieldBase {
  readonly kind: TextKind;
  readonly const?: string | undefined;
  readonly default?: string | undefined;
  /** All bytes zero means "none": the model shows `undefined`. */
  readonly zeroIsNone?: true | undefined;
}

/** Bytes that the specification reserves: written as zero, kept by the layout when they are not. */
export interface ReservedField extends FieldBase {
  readonly kind: "reserved";
}

/** What a heap object reference points at. */
export type HeapObject =
  | { readonly kind: "string"; readonly what?: "nqn" | "uri" | "host name" | "service id" | "path" | undefined }
  | { readonly kind: "ip" }
  | { readonly kind: "bytes" }
  | { readonly kind: "number"; readonly size: 4 }
  /** Numbers of one byte, or of two in big-endian (registry) order. */
  | { readonly kind: "list"; readonly itemSize: 1 | 2; readonly names?: Names | undefined }
  | { readonly kind: "structure"; readonly structure: Structure };

/** A condition on a field (or `flags.bit`) of the same structure. */
export interface Condition {
  readonly field: string;
  readonly atLeast: number;
}

/** Heap object reference: u32 offset from the start of the table, u16 length; both 0 when unused. */
export interface RefField extends FieldBase {
  readonly kind: "ref";
  readonly size: 6;
  readonly object: HeapObject;
  /** The reference is reserved, and must not be followed, unless this holds. */
  readonly when?: Condition | undefined;
}

export type Field = UintField | FlagsField | TextField | ReservedField | RefField;

export type Fields = Readonly<Record<string, Field>>;

/**
 * The one description of a structure. Its model's interface, readers, writers, spans, hex annotation, JSON Schema and
 * reference pages are all made from it.
 */
export interface Structure<F extends Fields = Fields> {
  /** Type name, for example `HfiDescriptor`. */
  readonly name: string;
  /** The specification's title. */
  readonly title: string;
  /** What else a reader of its model should know, in sentences. */
  readonly about?: string | undefined;
  readonly spec: SpecRef;
  /** Size in bytes of the newest known form. */
  readonly size: number;
  /** Size of the shortest valid form; fields after it are absent when the object is shorter than `size`. */
  readonly minSize: number;
  readonly fields: F;
}

/** What a row may say besides its place and title. */
type Extras = Omit<Described, "title">;

type UintExtras = Extras & Pick<UintField, "unit" | "names" | "const" | "default" | "derived" | "optional" | "when">;

const uint =
  (size: 1 | 2 | 4) =>
  (at: number, title: string, extras: UintExtras = {}): UintField => ({ kind: "uint", at, size, title, ...extras });

/** Unsigned 8-bit number. */
export const u8 = uint(1);
/** Unsigned 16-bit number, little-endian. */
export const u16 = uint(2);
/** Unsigned 32-bit number, little-endian. */
export const u32 = uint(4);

/** One bit: a boolean. */
export function bit(low: number, title: string, extras: Extras & { default?: 1 } = {}): BitField {
  return { low, width: 1, title, ...extras };
}

/** Bits `high` to `low`: a number, or its name. */
export function bits(high: number, low: number, title: string, names: Names, extras: Extras = {}): BitField {
  return { low, width: high - low + 1, title, names, ...extras };
}

const flags =
  (size: 1 | 2 | 4) =>
  (at: number, title: string, named: BitFields, extras: Extras = {}): FlagsField => ({
    kind: "flags",
    at,
    size,
    title,
    bits: named,
    ...extras,
  });

/** 8 bits of flags. */
export const flags8 = flags(1);
/** 16 bits of flags, little-endian. */
export const flags16 = flags(2);
/** 32 bits of flags, little-endian. */
export const flags32 = flags(4);

type TextExtras = Extras & Pick<TextField, "const" | "default">;

/** Fixed-length ASCII; trailing NULs are not part of the text. Bytes above 7Eh are shown as Latin-1. */
export function ascii(at: number, size: number, title: string, extras: TextExtras = {}): TextField {
  return { kind: "ascii", at, size, title, ...extras };
}

/** Text in a fixed-length array, ended by its first NUL; what lies after the NUL is left over and not part of the value. */
export function cstring(at: number, size: number, title: string, extras: TextExtras = {}): TextField {
  return { kind: "cstring", at, size, title, ...extras };
}

/** 16 bytes shown as a UUID in the order in which they are stored. */
export function uuid(at: number, title: string, extras: TextExtras = {}): TextField {
  return { kind: "uuid", at, size: 16, title, ...extras };
}

/** EFI_GUID: 16 bytes of which the first three fields are little-endian. */
export function guid(at: number, title: string, extras: TextExtras = {}): TextField {
  return { kind: "guid", at, size: 16, title, ...extras };
}

/** 16-byte IP address in network order, IPv4 mapped; all zero is "none". */
export function ip(at: number, title: string, extras: TextExtras = {}): TextField {
  return { kind: "ip", at, size: 16, title, zeroIsNone: true, ...extras };
}

/**
 * EFI_IP_ADDRESS, 16 bytes in network order: IPv4 in the first four where the others are zero, else IPv6; all zero is "none".
 * An IPv6 address that ends in twelve zero bytes looks the same as an IPv4 address and is shown as one.
 */
export function efiIp(at: number, title: string, extras: TextExtras = {}): TextField {
  return { kind: "efi-ip", at, size: 16, title, zeroIsNone: true, ...extras };
}

/** EUI-48. */
export function mac(at: number, title: string, extras: TextExtras = {}): TextField {
  return { kind: "mac", at, size: 6, title, ...extras };
}

/** Bytes shown as hexadecimal digits. */
export function hexBytes(at: number, size: number, title: string, extras: TextExtras = {}): TextField {
  return { kind: "hex", at, size, title, ...extras };
}

/** PCI Express segment, bus, device and function in 32 bits, as `0000:00:04.0`. */
export function pci(at: number, title: string, extras: TextExtras = {}): TextField {
  return { kind: "pci", at, size: 4, title, ...extras };
}

/**
 * Namespace identifier, 16 bytes: a UUID where the byte before says so (NIDT 3), else 32 hexadecimal digits, or 16 when
 * NIDT is 1 and the second half is zero; all zero under any other NIDT is "none".
 */
export function nid(at: number, title: string, extras: TextExtras = {}): TextField {
  return { kind: "nid", at, size: 16, title, ...extras };
}

/** Reserved bytes. */
export function reserved(at: number, size: number): ReservedField {
  return { kind: "reserved", at, size, title: "Reserved" };
}

type RefExtras = Extras & Pick<RefField, "when">;

function ref(at: number, title: string, object: HeapObject, extras: RefExtras): RefField {
  return { kind: "ref", at, size: 6, title, object, ...extras };
}

/** Reference to a string: UTF-8, ended by a NUL inside its length or by one right after it. */
export function stringRef(
  at: number,
  title: string,
  what: Extract<HeapObject, { kind: "string" }>["what"],
  extras: RefExtras = {},
): RefField {
  return ref(at, title, { kind: "string", what }, extras);
}

/** Reference to a 16-byte IP address. */
export function ipRef(at: number, title: string, extras: RefExtras = {}): RefField {
  return ref(at, title, { kind: "ip" }, extras);
}

/** Reference to bytes without a text form of their own. */
export function bytesRef(at: number, title: string, extras: RefExtras = {}): RefField {
  return ref(at, title, { kind: "bytes" }, extras);
}

/** Reference to a little-endian number of four bytes. */
export function numberRef(at: number, title: string, extras: RefExtras = {}): RefField {
  return ref(at, title, { kind: "number", size: 4 }, extras);
}

/** Reference to a list of one-byte numbers. */
export function listRef(at: number, title: string, names: Names, extras: RefExtras = {}): RefField {
  return ref(at, title, { kind: "list", itemSize: 1, names }, extras);
}

/** Reference to a list of two-byte numbers in big-endian order. */
export function list16Ref(at: number, title: string, names: Names, extras: RefExtras = {}): RefField {
  return ref(at, title, { kind: "list", itemSize: 2, names }, extras);
}

/** Reference to another structure. */
export function structureRef(at: number, title: string, structure: Structure, extras: RefExtras = {}): RefField {
  return ref(at, title, { kind: "structure", structure }, extras);
}
