import type { Diagnostic, Severity, SpecRef } from "../../diagnostic.ts";
import { figure, section } from "../structures/spec.ts";

interface Defect {
  readonly name: string;
  readonly severity: Severity;
  /** The table as a whole is unusable: `decodeNbft` throws. */
  readonly fatal?: true;
  readonly hint: string;
  readonly spec: SpecRef;
}

const heap = section("3.2.1.1");

/** Defects that reading itself meets, by code of the rule catalogue; `validate` reports them under the same codes. */
export const defects = {
  H001: {
    name: "too-short",
    severity: "error",
    fatal: true,
    hint: "The capture is truncated: header and Control Descriptor take 128 bytes",
    spec: figure(9),
  },
  H002: {
    name: "checksum",
    severity: "error",
    fatal: true,
    hint: "The table was changed without correcting its checksum, or damaged; Linux rejects it",
    spec: figure(9),
  },
  H003: {
    name: "signature",
    severity: "error",
    fatal: true,
    hint: "These bytes are another ACPI table, or not a table",
    spec: figure(9),
  },
  H004: {
    name: "len-small",
    severity: "error",
    fatal: true,
    hint: "Length covers at least 128 bytes",
    spec: figure(9),
  },
  H005: {
    name: "len-beyond",
    severity: "error",
    fatal: true,
    hint: "The capture is truncated, or Length is wrong",
    spec: figure(9),
  },
  H006: {
    name: "trailing",
    severity: "warning",
    hint: "Bytes after the table are ignored; libnvme sums the whole file and may reject it",
    spec: figure(9),
  },
  H007: {
    name: "major",
    severity: "error",
    fatal: true,
    hint: "Readers of revision 1 reject other major revisions",
    spec: figure(9),
  },
  H014: {
    name: "heap-range",
    severity: "error",
    fatal: true,
    hint: "Check Heap Offset and Heap Length; nbft looks for objects in the whole table instead",
    spec: section("3.2.2.2"),
  },
  C001: {
    name: "ctl-id",
    severity: "error",
    fatal: true,
    hint: "The Control Descriptor is at offset 64",
    spec: figure(9),
  },
  C002: {
    name: "ctl-invalid",
    severity: "info",
    hint: "The firmware supports NVMe boot but has nothing configured; libnvme rejects such a table",
    spec: section("3.2"),
  },
  C006: {
    name: "host-ref",
    severity: "error",
    fatal: true,
    hint: "The Host Descriptor is at offset 128 and has 32 bytes",
    spec: figure(9),
  },
  C010: {
    name: "list-zero-offset",
    severity: "error",
    fatal: true,
    hint: "A list with entries needs an offset",
    spec: figure(9),
  },
  C011: {
    name: "list-short",
    severity: "error",
    fatal: true,
    hint: "The descriptor length is the distance between entries and at least the structure's size",
    spec: figure(9),
  },
  C012: {
    name: "list-range",
    severity: "error",
    fatal: true,
    hint: "Offset + count × length must lie inside the table",
    spec: figure(9),
  },
  O001: {
    name: "host-id",
    severity: "error",
    fatal: true,
    hint: "Check the Host Descriptor's offset",
    spec: figure(10),
  },
  O002: {
    name: "host-valid",
    severity: "error",
    fatal: true,
    hint: "Without a valid Host Descriptor no reader uses the table",
    spec: figure(10),
  },
  P001: { name: "obj-range", severity: "error", hint: "Every referenced object lies inside the heap", spec: heap },
  P002: { name: "obj-half", severity: "info", hint: "An unused reference has offset 0 and length 0", spec: heap },
  P005: {
    name: "str-unterminated",
    severity: "error",
    hint: "Strings end in a NUL that the length counts",
    spec: heap,
  },
  P006: {
    name: "str-term-outside",
    severity: "error",
    hint: "Count the NUL in the length, or keep one byte of heap after the string",
    spec: heap,
  },
  P007: { name: "str-embedded", severity: "warning", hint: "Readers cut the string at the first NUL", spec: heap },
  P008: {
    name: "str-utf8",
    severity: "warning",
    hint: "Write UTF-8; readers pass the bytes on unchanged",
    spec: section("1.5.2"),
  },
  P009: {
    name: "str-control",
    severity: "warning",
    hint: "Remove them; programs that print the string unescaped send control characters to a terminal or a log",
    spec: section("1.5.2"),
  },
  T001: {
    name: "ti-short",
    severity: "error",
    hint: "A TCP Transport Info Descriptor has 128 bytes",
    spec: figure(14),
  },
  X001: {
    name: "hx-short",
    severity: "error",
    hint: "An HFI Extended Information Descriptor has 20 bytes",
    spec: figure(15),
  },
  X006: { name: "hx-iaid-len", severity: "error", hint: "An IAID has four bytes", spec: figure(15) },
  S007: {
    name: "ss-traddr-len",
    severity: "error",
    hint: "Addresses have 16 bytes, IPv4 mapped into IPv6; libnvme reads 16 bytes whatever the length says",
    spec: figure(17),
  },
  E001: {
    name: "ex-short",
    severity: "error",
    hint: "An SSNS Extended Information Descriptor has 18 or 23 bytes",
    spec: figure(21),
  },
} as const satisfies Record<string, Defect>;

export type DefectCode = keyof typeof defects;

/** What reading noticed: a defect with its place, before it is worded as a diagnostic. */
export interface Problem {
  readonly code: DefectCode;
  readonly path: string;
  readonly offset: number;
  readonly length: number;
  readonly message: string;
}

/** Whether a problem makes the table unusable for every reader. */
export function isFatal({ code }: Problem): boolean {
  return "fatal" in defects[code];
}

/** A problem in words, with its rule's name, severity, hint and source. */
export function diagnosticOf({ code, path, offset, length, message }: Problem): Diagnostic {
  const { name, severity, hint, spec } = defects[code];
  return { rule: code, name, severity, path, offset, length, message, hint, spec };
}
