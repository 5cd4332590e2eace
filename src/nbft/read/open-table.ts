import { sumView } from "../../acpi/checksum.ts";
import { checkBytes } from "../../bytes/bytes.ts";
import { viewOf } from "../../bytes/view.ts";
import { DecodeError } from "../../errors.ts";
import { hex, specHex } from "../../text/hex.ts";
import type { ControlDescriptorNumbers, NbftHeaderNumbers } from "../generated/model.ts";
// Reading needs no descriptions at run time, and loads none: a command that shows a table starts faster without them.
import { listEntries, numbersOfControlDescriptor, numbersOfNbftHeader, places, sizes } from "../generated/readers.ts";
import type { ListName } from "../structures/lists.ts";
import type { Problem } from "./defects.ts";

/** Where the entries of a list are. */
export interface ListPlace {
  /** First byte of the first entry, from the start of the table. */
  readonly offset: number;
  /** Bytes from one entry to the next. */
  readonly stride: number;
  /** Entries that can be read: at most what the Control Descriptor says. */
  readonly count: number;
}

/** The numbers of header and Control Descriptor as stored, and where everything else is, every place checked against the table's end. */
export interface TableFrame {
  /** The table, cut at its end: no more than Length says, no more than there is. */
  readonly bytes: Uint8Array;
  /** Of `bytes`. */
  readonly view: DataView;
  /** The input, with what follows the table. */
  readonly input: Uint8Array;
  /** The header's fields as stored, also those that are derived or reserved. */
  readonly header: NbftHeaderNumbers;
  /** The Control Descriptor's fields as stored. */
  readonly control: ControlDescriptorNumbers;
  /** Whether the Control Descriptor may be followed. */
  readonly configured: boolean;
  /** First byte of the heap, from the start of the table; 128 where the stated heap does not fit into it. */
  readonly heapStart: number;
  /** Byte after the heap; the end of the table where the stated heap does not fit into it. */
  readonly heapEnd: number;
  /** First byte of the Host Descriptor, from the start of the table; undefined where none can be read. */
  readonly hostOffset: number | undefined;
  /** Where the entries of each list are; no entries where the list cannot be read. */
  readonly lists: Readonly<Record<ListName, ListPlace>>;
}

/** Bytes of header and Control Descriptor. */
export const FIXED_BYTES = sizes.NbftHeader + sizes.ControlDescriptor;

/**
 * Opens a table: reads header and Control Descriptor and checks every place they name.
 *
 * @throws {DecodeError} when there are fewer than 128 bytes (H001) or the signature is not `NBFT` (H003): no NBFT at all.
 */
export function openTable(input: Uint8Array): TableFrame {
  return openFrame(input, []);
}

/**
 * Opens a table for a reader.
 *
 * @internal
 * @param problems what is wrong is added here
 */
export function openFrame(input: Uint8Array, problems: Problem[]): TableFrame {
  checkBytes(input);
  if (input.length >= 4 && (input[0] !== 0x4e || input[1] !== 0x42 || input[2] !== 0x46 || input[3] !== 0x54)) {
    throw new DecodeError("not an NBFT: the signature is not NBFT", { rule: "H003", path: "header.signature" });
  }
  if (input.length < FIXED_BYTES) {
    throw new DecodeError(`too short for an NBFT: ${input.length} bytes, expected at least ${FIXED_BYTES}`, {
      rule: "H001",
    });
  }
  const whole = plain(input);
  const all = viewOf(whole);
  const header = numbersOfNbftHeader(all, 0);
  const control = numbersOfControlDescriptor(all, places.control.structureId);
  const length = header.length === whole.length ? header.length : statedLength(header.length, whole.length, problems);
  const bytes = length === whole.length ? whole : whole.subarray(0, length);
  const view = length === whole.length ? all : viewOf(bytes);

  const sum = header.length > whole.length ? 0 : sumView(view, 0, length);
  if (sum !== 0) {
    const right = (header.checksum - sum) & 0xff;
    const message = `checksum is ${specHex(header.checksum)}, expected ${specHex(right)}`;
    note(problems, "H002", "header.checksum", places.header.checksum, 1, message);
  }
  if (header.majorRevision !== 1) {
    note(
      problems,
      "H007",
      "header.majorRevision",
      places.header.majorRevision,
      1,
      `major revision is ${header.majorRevision}, expected 1`,
    );
  }
  const { heapOffset } = header;
  const heapIsInside = heapOffset + header.heapLength <= length;
  if (!heapIsInside) noteHeap(header, length, problems);
  const heapStart = heapIsInside ? heapOffset : FIXED_BYTES;
  const heapEnd = heapIsInside ? heapOffset + header.heapLength : length;
  if (control.structureId !== 1) {
    const message = `structure id is ${specHex(control.structureId)}, expected 01h`;
    note(problems, "C001", "control.structureId", places.control.structureId, 1, message);
  }
  const configured = (control.flags & 1) !== 0;
  if (!configured)
    note(problems, "C002", "control.flags.valid", places.control.flags, 1, "Block Valid is 0: nothing is configured");
  const found = { bytes, view, problems };
  return {
    bytes,
    view,
    input: whole,
    header,
    control,
    configured,
    heapStart,
    heapEnd,
    hostOffset: configured ? hostPlace(found, control.hostOffset, control.hostLength) : undefined,
    lists: configured
      ? {
          hfi: listPlace(found, "hfi", control.hfiOffset, control.hfiLength, control.hfiCount),
          ssns: listPlace(found, "ssns", control.ssnsOffset, control.ssnsLength, control.ssnsCount),
          security: listPlace(found, "security", control.securityOffset, control.securityLength, control.securityCount),
          discovery: listPlace(
            found,
            "discovery",
            control.discoveryOffset,
            control.discoveryLength,
            control.discoveryCount,
          ),
        }
      : noLists,
  };
}

const nothing: ListPlace = { offset: 0, stride: 0, count: 0 };
const noLists = { hfi: nothing, ssns: nothing, security: nothing, discovery: nothing } as const;

/** A Node Buffer would make subarrays that print otherwise, and slow code that sees both: everything inside works on plain Uint8Arrays. */
function plain(input: Uint8Array): Uint8Array {
  if (Object.getPrototypeOf(input) === Uint8Array.prototype) return input;
  return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
}

function note(
  problems: Problem[],
  code: Problem["code"],
  path: string,
  offset: number,
  length: number,
  message: string,
): void {
  problems.push({ code, path, offset, length, message });
}

function statedLength(stated: number, there: number, problems: Problem[]): number {
  if (stated < FIXED_BYTES) {
    note(
      problems,
      "H004",
      "header.length",
      places.header.length,
      4,
      `length is ${stated}, expected at least ${FIXED_BYTES}`,
    );
    return there;
  }
  if (stated > there) {
    note(
      problems,
      "H005",
      "header.length",
      places.header.length,
      4,
      `length is ${stated}, but only ${there} bytes are there`,
    );
    return there;
  }
  if (stated < there) {
    const message = `${there - stated} bytes follow the ${stated} bytes of the table`;
    note(problems, "H006", "header.length", stated, there - stated, message);
  }
  return stated;
}

function noteHeap({ heapOffset, heapLength }: TableFrame["header"], length: number, problems: Problem[]): void {
  const message = `heap of ${heapLength} bytes at ${hex(heapOffset)} ends outside the table of ${length} bytes`;
  note(problems, "H014", "header.heapOffset", places.header.heapOffset, 8, message);
}

type OpenFrame = Pick<TableFrame, "bytes" | "view"> & { readonly problems: Problem[] };

function hostPlace({ bytes, problems }: OpenFrame, offset: number, length: number): number | undefined {
  if (offset === 0 || length === 0 || offset + sizes.HostDescriptor > bytes.length) {
    const message = `${length} bytes at ${hex(offset)} are not a place for a Host Descriptor of ${sizes.HostDescriptor} bytes`;
    note(problems, "C006", "control.hostOffset", places.control.hostOffset, 6, message);
    if (offset === 0 || offset + sizes.HostDescriptor > bytes.length) return undefined;
  }
  return offset;
}

function listPlace(
  { bytes, view, problems }: OpenFrame,
  name: ListName,
  offset: number,
  stride: number,
  count: number,
): ListPlace {
  const { size } = listEntries[name];
  if (count === 0) return { offset, stride, count };
  // Where the Control Descriptor names the list; looked up only for what is wrong.
  const at = () => places.control[`${name}Offset`];
  if (offset === 0) {
    note(problems, "C010", `control.${name}Offset`, at(), 4, `offset is 0 for a list of ${count}`);
    return { offset, stride, count: 0 };
  }
  if (stride < size) {
    const message = `descriptor length is ${stride} for ${count} descriptors, expected at least ${size}`;
    note(problems, "C011", `control.${name}Length`, at() + 4, 2, message);
    return { offset, stride, count: 0 };
  }
  if (offset + count * stride > bytes.length) {
    const message = `${count} × ${stride} bytes at ${hex(offset)} end outside the table of ${bytes.length} bytes`;
    note(problems, "C012", `control.${name}Offset`, at(), 8, message);
    return { offset, stride, count: plausible(view, bytes.length, offset, stride, name) };
  }
  return { offset, stride, count };
}

/** How many entries of a list that runs out of the table still look like entries. */
function plausible(view: DataView, end: number, offset: number, stride: number, name: ListName): number {
  const { size, id } = listEntries[name];
  let count = 0;
  for (let at = offset; at + size <= end && view.getUint8(at) === id; at += stride) count++;
  return count;
}
