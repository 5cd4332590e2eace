import { equalBytes } from "../bytes/compare.ts";
import { readUint } from "../bytes/numbers.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { hex } from "../text/hex.ts";
import { sumBytes } from "./checksum.ts";
import { type FoundTable, nameTables, signatureOf, type UnnamedTable } from "./found-table.ts";
import type { PhysicalMemory } from "./physical-memory.ts";
import { hasRsdpSignature, type Rsdp, readAddress, readRsdp } from "./rsdp.ts";
import { containerFinding } from "./rules.ts";
import { acpiHeaderSize } from "./table-header.ts";

/** An RSDP and the physical address where it was found. */
export interface FoundRsdp extends Rsdp {
  /** Physical address. */
  readonly address: number;
}

/** Called now and then with the number of bytes looked at, and of all bytes. */
export type ScanProgress = (done: number, total: number) => void;

const blockSize = 1 << 20;
/** Longest table that is taken out of memory, and most bytes of all tables together. */
const longestTable = 1 << 24;
const mostBytes = 1 << 26;
/** A machine has some dozens of tables, and two pointers. */
const mostTables = 1024;
const mostRsdps = 64;

/** What a memory image gives. */
export interface MemoryReading {
  /** In the order in which root tables list them; by address where no RSDP leads to one. */
  readonly tables: readonly FoundTable[];
  /** What is wrong with pointers and tables on the way. */
  readonly diagnostics: readonly Diagnostic[];
  /** Pointers that were found, each with right sums. */
  readonly rsdps: readonly FoundRsdp[];
}

/**
 * The ACPI tables in a memory image: RSDP → XSDT or RSDT → tables, and the DSDT and FACS that the FADT names.
 *
 * The pointer is looked for in the first KiB of the extended BIOS data area and from E0000h to FFFFFh, then, for EFI, in the whole image, at every
 * fourth byte: EDK2 puts its second one where it is not aligned to 16. Where no pointer leads to a table, NBFTs are looked for
 * by their signature, with strict checks.
 */
export function readMemory(memory: PhysicalMemory, progress?: ScanProgress): MemoryReading {
  const diagnostics: Diagnostic[] = [];
  const low = lowRsdps(memory);
  const walk = (rsdps: readonly FoundRsdp[]) => new RootWalk(memory, diagnostics).walk(rsdps);
  let rsdps: readonly FoundRsdp[] = low;
  let tables = walk(low);
  if (tables.length === 0) {
    rsdps = findRsdps(memory, progress);
    tables = walk(rsdps);
  }
  if (tables.length === 0) {
    tables = scanForNbft(memory, progress);
    diagnostics.push(
      containerFinding(
        "K033",
        "rsdp",
        0,
        0,
        `no RSDP leads to a table; ${tables.length} found by looking for the signature NBFT`,
        "The image may contain only a part of the memory; take it from physical address 0 on",
      ),
    );
  }
  return { tables: nameTables(tables), diagnostics, rsdps };
}

/** RSDPs in the places that firmware for a PC BIOS uses. */
export function lowRsdps(memory: PhysicalMemory): FoundRsdp[] {
  const ebda = memory.read(0x40e, 2);
  const start = ebda.length === 2 ? readUint(ebda, 0, 2) * 16 : 0;
  const areas: [number, number][] = [[0xe0000, 0x20000]];
  if (start >= 0x400 && start < 0xa0000) areas.unshift([start, 1024]);
  return areas.flatMap(([address, length]) => rsdpsIn(memory.read(address, length), address));
}

/** Every RSDP of the image, at 4-byte steps, in the order of addresses. */
export function findRsdps(memory: PhysicalMemory, progress?: ScanProgress): FoundRsdp[] {
  const found: FoundRsdp[] = [];
  for (const { address, bytes } of blocks(memory, 4096, progress)) {
    for (const rsdp of rsdpsIn(bytes, address)) {
      if (found.at(-1)?.address !== rsdp.address) found.push(rsdp);
    }
    if (found.length >= mostRsdps) return found.slice(0, mostRsdps);
  }
  return found;
}

function rsdpsIn(bytes: Uint8Array, address: number): FoundRsdp[] {
  const found: FoundRsdp[] = [];
  for (let at = (4 - (address & 3)) & 3; at + 20 <= bytes.length; at += 4) {
    if (bytes[at] !== 0x52 || !hasRsdpSignature(bytes, at)) continue;
    const rsdp = readRsdp(bytes, at);
    if (rsdp) found.push({ ...rsdp, address: address + at });
  }
  return found;
}

/** Segments in blocks of one MiB; each block is followed by the first `overlap` bytes of the next. */
function* blocks(
  memory: PhysicalMemory,
  overlap: number,
  progress: ScanProgress | undefined,
): Generator<{ address: number; bytes: Uint8Array }> {
  const total = memory.segments.reduce((sum, { length }) => sum + length, 0);
  let done = 0;
  for (const segment of memory.segments) {
    for (let at = 0; at < segment.length; at += blockSize) {
      const address = segment.address + at;
      yield { address, bytes: memory.read(address, Math.min(blockSize, segment.length - at) + overlap) };
      done += Math.min(blockSize, segment.length - at);
      progress?.(done, total);
    }
  }
}

class RootWalk {
  readonly #memory: PhysicalMemory;
  readonly #diagnostics: Diagnostic[];
  readonly #tables: UnnamedTable[] = [];
  readonly #seen = new Set<number>();
  /** Bytes that may still be taken: tables that overlap could otherwise make much of little. */
  #budget: number;
  /** Number of tables that earlier pointers led to. */
  #earlier = 0;

  constructor(memory: PhysicalMemory, diagnostics: Diagnostic[]) {
    this.#memory = memory;
    this.#diagnostics = diagnostics;
    this.#budget = budgetOf(memory);
  }

  walk(rsdps: readonly FoundRsdp[]): UnnamedTable[] {
    // EDK2 leaves one pointer of each revision; the XSDT of the newer one is the list that counts.
    for (const rsdp of [...rsdps].sort((a, b) => Number(b.xsdt !== 0) - Number(a.xsdt !== 0))) {
      this.#earlier = this.#tables.length;
      const done = this.#root(rsdp, "XSDT", rsdp.xsdt, 8) || this.#root(rsdp, "RSDT", rsdp.rsdt, 4);
      if (!done) this.#find("K031", rsdp.address, `the RSDP at ${hex(rsdp.address)} leads to no root table`);
    }
    return this.#tables;
  }

  #find(rule: "K031" | "K032", address: number, message: string): void {
    // Firmware leaves copies of its work behind: where one pointer is good, others that lead astray say nothing.
    if (this.#earlier > 0) return;
    const offset = this.#memory.offsetOf(address) ?? 0;
    this.#diagnostics.push(containerFinding(rule, hex(address), offset, 0, message));
  }

  #root(rsdp: FoundRsdp, name: "XSDT" | "RSDT", address: number, size: 4 | 8): boolean {
    if (address === 0) return false;
    if (this.#seen.has(address)) return true;
    const root = this.#read(address);
    if (typeof root === "string" || signatureOf(root) !== name) {
      const what = typeof root === "string" ? root : `signature ${JSON.stringify(signatureOf(root))}`;
      this.#find("K031", address, `${name} at ${hex(address)} (RSDP at ${hex(rsdp.address)}): ${what}`);
      return false;
    }
    this.#keep(root, address, `RSDP at ${hex(rsdp.address)}`);
    if (sumBytes(root) !== 0) this.#find("K031", address, `${name} at ${hex(address)}: checksum is wrong`);
    const count = Math.min(Math.floor((root.length - acpiHeaderSize) / size), mostTables);
    for (let i = 0; i < count; i++) {
      const entry = readAddress(root, acpiHeaderSize + i * size, size);
      const bytes = this.#table(entry, `${name} at ${hex(address)}`);
      if (bytes && signatureOf(bytes) === "FACP")
        for (const at of fadtPointers(bytes)) this.#table(at, `FACP at ${hex(entry)}`);
    }
    return true;
  }

  #table(address: number, origin: string): Uint8Array | undefined {
    if (address === 0 || this.#seen.has(address)) return undefined;
    const bytes = this.#read(address);
    if (typeof bytes === "string") {
      this.#seen.add(address);
      this.#find("K032", address, `table at ${hex(address)} (${origin}): ${bytes}`);
      return undefined;
    }
    if (this.#isCopy(bytes)) {
      this.#seen.add(address);
      return bytes;
    }
    this.#keep(bytes, address, origin);
    if (sumBytes(bytes) !== 0 && signatureOf(bytes) !== "FACS")
      this.#find("K032", address, `${signatureOf(bytes)} at ${hex(address)}: checksum is wrong`);
    return bytes;
  }

  /** Whether another pointer has led to the same bytes: what firmware loaded before it installed the tables stays in memory. */
  #isCopy(bytes: Uint8Array): boolean {
    return this.#tables.slice(0, this.#earlier).some((other) => equalBytes(other.bytes, bytes));
  }

  #keep(bytes: Uint8Array, address: number, origin: string): void {
    this.#seen.add(address);
    this.#budget -= bytes.length;
    const offset = this.#memory.offsetOf(address);
    this.#tables.push({
      signature: signatureOf(bytes),
      bytes,
      address,
      origin,
      ...(offset !== undefined && { offset }),
    });
  }

  /** The table at an address, or a sentence about why there is none. */
  #read(address: number): Uint8Array | string {
    const header = this.#memory.read(address, acpiHeaderSize).slice();
    if (header.length < acpiHeaderSize) return "outside the image";
    if (!/^[!-~]{4}$/.test(signatureOf(header))) return `no table: starts with ${JSON.stringify(signatureOf(header))}`;
    const length = readUint(header, 4, 4);
    if (length < acpiHeaderSize) return `length ${length} is less than a header`;
    if (length > longestTable) return `length ${length} is too large`;
    if (this.#memory.read(address + length - 1, 1).length === 0) return `length ${length} runs out of the image`;
    if (length > this.#budget || this.#tables.length >= mostTables) return "too many tables before it";
    const bytes = this.#memory.read(address, length);
    if (bytes.length < length) return `length ${length} runs out of the image`;
    return bytes.slice();
  }
}

/** Addresses of the DSDT and FACS in a FADT: the 64-bit fields where they are set (ACPI 6.5, table 5.9). */
function fadtPointers(fadt: Uint8Array): number[] {
  const wide = (at: number) => (fadt.length >= at + 8 ? readAddress(fadt, at, 8) : 0);
  const narrow = (at: number) => (fadt.length >= at + 4 ? readAddress(fadt, at, 4) : 0);
  return [wide(140) || narrow(40), wide(132) || narrow(36)];
}

/**
 * NBFTs found by their signature alone, at any byte: only those whose length lies inside the image, whose sum is 0, whose major revision is 1,
 * whose control structure starts with its id, and whose heap lies inside. Copies with the same bytes count once.
 */
export function scanForNbft(memory: PhysicalMemory, progress?: ScanProgress): UnnamedTable[] {
  const found: UnnamedTable[] = [];
  let budget = budgetOf(memory);
  for (const { address, bytes } of blocks(memory, acpiHeaderSize, progress)) {
    for (let at = bytes.indexOf(0x4e); at >= 0 && at < blockSize; at = bytes.indexOf(0x4e, at + 1)) {
      if (bytes[at + 1] !== 0x42 || bytes[at + 2] !== 0x46 || bytes[at + 3] !== 0x54) continue;
      const length = plausibleLength(memory, address + at);
      if (length > budget) continue;
      budget -= length;
      const table = length === 0 ? undefined : summedTable(memory, address + at, length);
      if (!table || found.some((other) => equalBytes(other.bytes, table))) continue;
      const offset = memory.offsetOf(address + at);
      found.push({
        signature: "NBFT",
        bytes: table,
        address: address + at,
        origin: `signature at ${hex(address + at)}`,
        ...(offset !== undefined && { offset }),
      });
    }
  }
  return found;
}

/** Most bytes that are taken out of an image: a few times its own size. */
function budgetOf(memory: PhysicalMemory): number {
  const total = memory.segments.reduce((sum, { length }) => sum + length, 0);
  return Math.min(mostBytes, 4 * total + 65_536);
}

/** The length that an NBFT at an address states when its fixed fields are right; else 0. */
function plausibleLength(memory: PhysicalMemory, address: number): number {
  const start = memory.read(address, 128);
  if (start.length < 128 || start[8] !== 1 || start[64] !== 1) return 0;
  const length = readUint(start, 4, 4);
  const heapEnd = readUint(start, 36, 4) + readUint(start, 40, 4);
  return length < 128 || length > longestTable || heapEnd > length ? 0 : length;
}

function summedTable(memory: PhysicalMemory, address: number, length: number): Uint8Array | undefined {
  const bytes = memory.read(address, length);
  return bytes.length === length && sumBytes(bytes) === 0 ? bytes.slice() : undefined;
}
