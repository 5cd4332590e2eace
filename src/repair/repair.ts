import { checksumFor, sumBytes } from "../acpi/checksum.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { writeUint } from "../layout/value.ts";
import { encodeNbft } from "../nbft/encode.ts";
import { exactLayoutOf } from "../nbft/layout-of.ts";
import { DISCOVERY_NQN } from "../nbft/names.ts";
import { type NbftReading, readNbft } from "../nbft/read.ts";
import type { NbftTable } from "../nbft/table.ts";
import { validate } from "../rules/validate.ts";
import { swapGuid } from "../text/uuid.ts";

/** A repair of one rule's findings. */
export interface Fix {
  /** Code of the rule. */
  readonly rule: string;
  /** What is done, for people. */
  readonly title: string;
  /** The table without the findings; the checksum is seen to afterwards. */
  apply(reading: NbftReading): Uint8Array;
}

/** What was repaired, and what was not. */
export interface Repair {
  readonly bytes: Uint8Array;
  /** Fixes that were applied, in order. */
  readonly applied: readonly { readonly rule: string; readonly title: string; readonly findings: number }[];
  /** What `validate` finds in the result. */
  readonly left: readonly Diagnostic[];
}

/** Every fix, in the order in which they are applied: the table's frame first, then what needs it. */
export const fixes: readonly Fix[] = [
  { rule: "H004", title: "write the number of bytes that are there as length", apply: lengthOfInput },
  { rule: "H005", title: "write the number of bytes that are there as length", apply: lengthOfInput },
  { rule: "H006", title: "cut off what follows the table", apply: ({ frame }) => Uint8Array.from(frame.bytes) },
  {
    rule: "O009",
    title: "write the host ID in the order of the host NQN's UUID",
    apply: ({ frame }) => {
      const bytes = Uint8Array.from(frame.input);
      const at = frame.hostOffset! + 2;
      bytes.set(swapGuid(bytes.subarray(at, at + 16)), at);
      return bytes;
    },
  },
  {
    rule: "S019",
    title: "add a secondary HFI list with the primary HFI",
    apply: (reading) =>
      edited(reading, (table) => ({
        ...table,
        ssns: table.ssns.map((ssns) =>
          ssns.secondaryHfis === undefined ? { ...ssns, secondaryHfis: [ssns.primaryHfi] } : ssns,
        ),
      })),
  },
  {
    rule: "D010",
    title: "write the well-known discovery NQN",
    apply: (reading) =>
      edited(reading, (table) => ({
        ...table,
        discovery: table.discovery.map((discovery) =>
          discovery.nqn === undefined ? { ...discovery, nqn: DISCOVERY_NQN } : discovery,
        ),
      })),
  },
];

/** The rule whose repair is the last step of every other. */
const CHECKSUM = "H002";

/** Codes of the rules that can be repaired. */
export const repairable: readonly string[] = [...fixes.map(({ rule }) => rule), CHECKSUM];

/**
 * Repairs what a table's rules find, byte by byte: everything that no fix is about stays as it is and where it is; new objects go to the end of
 * the heap. The checksum is made right again, unless it was wrong before and `only` leaves it out.
 *
 * @param only codes of the rules to repair; all that can be unless given
 * @throws {DecodeError} when the bytes are no NBFT
 */
export function repairNbft(input: Uint8Array, only?: readonly string[]): Repair {
  let bytes = Uint8Array.from(input);
  const wanted = (rule: string) => only === undefined || only.includes(rule);
  const sumWasRight = sumOf(bytes) === 0;
  const applied: { rule: string; title: string; findings: number }[] = [];
  for (const fix of fixes) {
    if (!wanted(fix.rule)) continue;
    const findings = validate(bytes).filter(({ rule }) => rule === fix.rule).length;
    if (findings === 0) continue;
    bytes = Uint8Array.from(fix.apply(readNbft(bytes)));
    applied.push({ rule: fix.rule, title: fix.title, findings });
  }
  if (wanted(CHECKSUM) || sumWasRight) {
    const { length } = readNbft(bytes).frame.bytes;
    if (!sumWasRight && sumOf(bytes) !== 0)
      applied.push({ rule: CHECKSUM, title: "write the checksum that makes the sum 0", findings: 1 });
    bytes[9] = checksumFor(bytes, length);
  }
  return { bytes, applied, left: validate(bytes) };
}

function sumOf(bytes: Uint8Array): number {
  return sumBytes(readNbft(bytes).frame.bytes);
}

function lengthOfInput({ frame }: NbftReading): Uint8Array {
  const bytes = Uint8Array.from(frame.input);
  writeUint(bytes, 4, 4, bytes.length);
  return bytes;
}

/** The table with a changed model, everything else in its place. */
function edited(reading: NbftReading, edit: (table: NbftTable) => NbftTable): Uint8Array {
  return encodeNbft(edit(reading.table), { layout: exactLayoutOf(reading) });
}
