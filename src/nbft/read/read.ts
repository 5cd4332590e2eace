import type { Diagnostic } from "../../diagnostic.ts";
import { DecodeError } from "../../errors.ts";
import { specHex } from "../../text/hex.ts";
import {
  decodeControlDescriptor,
  decodeDiscoveryDescriptorList,
  decodeHfiDescriptorList,
  decodeHostDescriptor,
  decodeNbftHeader,
  decodeSecurityProfileDescriptorList,
  decodeSsnsDescriptorList,
} from "../generated/decoders.ts";
import type { NbftTable } from "../table.ts";
import type { Problem } from "./defects.ts";
import { defects, diagnosticOf, isFatal } from "./defects.ts";
import type { ListName } from "./frame.ts";
import { openFrame, type TableFrame } from "./open-table.ts";
import { TableReader } from "./table-reader.ts";

/** The result of `readNbft`. */
export interface NbftReading {
  /** Everything that could be decoded. */
  readonly table: NbftTable;
  /** What is wrong with the bytes, in reading order; `validate` also checks the content. */
  readonly diagnostics: readonly Diagnostic[];
  /** Header, Control Descriptor, and the checked offsets of host, lists and heap. */
  readonly frame: TableFrame;
}

/**
 * Reads a table tolerantly: the table has everything that can be decoded, the diagnostics list everything that is wrong, and a
 * broken descriptor never hides others. Never reads outside the table or a heap object; time and memory depend on the
 * size of the input, not on the lengths stored in it.
 *
 * NVMe Boot Specification 1.0 to 1.3.
 *
 * @throws {DecodeError} only when the bytes are not an NBFT (fewer than 128, or another signature), or not a `Uint8Array`.
 */
export function readNbft(bytes: Uint8Array): NbftReading {
  const { table, frame, problems } = readTable(bytes);
  return { table, frame, diagnostics: problems.map(diagnosticOf) };
}

/** Choices of {@link decodeNbft}. */
export interface DecodeOptions {
  /** Accept a wrong checksum. */
  readonly lenient?: boolean;
}

/**
 * Decodes a usable table. Defects of single descriptors do not throw; {@link readNbft} reports them.
 *
 * @throws {DecodeError} with the rule's code on the first defect that makes the table unusable as a whole.
 */
export function decodeNbft(bytes: Uint8Array, options: DecodeOptions = {}): NbftTable {
  const { table, problems } = readTable(bytes);
  for (const problem of problems) {
    if (!isFatal(problem) || (options.lenient && problem.code === "H002")) continue;
    const { code, path, offset, message } = problem;
    throw new DecodeError(`${path}: ${message} (${code} ${defects[code].name})`, { rule: code, path, offset });
  }
  return table;
}

function readTable(input: Uint8Array): { table: NbftTable; frame: TableFrame; problems: Problem[] } {
  const problems: Problem[] = [];
  const frame = openFrame(input, problems);
  const { lists } = frame;
  const reader = new TableReader(frame.bytes, frame.view, frame.heapStart, frame.heapEnd, problems);
  // In the order of the table: problems come out in the order in which they are met.
  reader.owner = "header";
  const header = decodeNbftHeader(reader, 0);
  const control = decodeControlDescriptor(reader, 64);
  const host = readHost(reader, frame);
  reader.owner = "hfi";
  const hfi = decodeHfiDescriptorList(reader, lists.hfi);
  reader.owner = "ssns";
  const ssns = decodeSsnsDescriptorList(reader, lists.ssns);
  reader.owner = "security";
  const security = decodeSecurityProfileDescriptorList(reader, lists.security);
  reader.owner = "discovery";
  const discovery = decodeDiscoveryDescriptorList(reader, lists.discovery);
  const table = { header, control, host, hfi, ssns, security, discovery };
  return { table, frame, problems: problems.filter(({ path }) => !isOfInvalidEntry(path, table)) };
}

/** Whether a path leads into a list entry that says that it is not valid: nobody reads what is in it. */
function isOfInvalidEntry(path: string, table: NbftTable): boolean {
  const [, list, position] = /^(\w+)\[(\d+)\]\./.exec(path) ?? [];
  if (list === undefined || path.endsWith("].structureId")) return false;
  const entry = table[list as ListName][Number(position)];
  return entry !== undefined && entry.structureId === undefined && !entry.flags.valid;
}

function readHost(reader: TableReader, { hostOffset }: TableFrame): NbftTable["host"] {
  if (hostOffset === undefined) return undefined;
  reader.owner = "host";
  const host = decodeHostDescriptor(reader, hostOffset);
  if (host.structureId !== undefined) {
    reader.problem("O001", ".structureId", hostOffset, 1, `structure id is ${specHex(host.structureId)}, expected 02h`);
  }
  if (!host.flags.valid) reader.problem("O002", ".flags.valid", hostOffset + 1, 1, "Descriptor Valid is 0");
  return host;
}
