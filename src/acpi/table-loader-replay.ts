import { writeUint } from "../bytes/numbers.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { sumBytes } from "./checksum.ts";
import { containerFinding } from "./rules.ts";
import type { LoaderCommand } from "./table-loader.ts";

/** What a replay leaves in memory. */
export interface LoaderReplay {
  /** Patched copies of the files that the script allocates, by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Commands that a firmware would refuse. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A script of a real machine has some dozens; each may sum up a whole blob. */
const mostCommands = 4096;

/**
 * Does what a firmware does with a table-loader script: copies the files, adds addresses to pointers, makes checksums.
 *
 * @param items contents of fw_cfg files by name
 * @param bases physical address of each file in memory; 0 where none is given, which leaves pointers as offsets into their file.
 *
 * Commands that a firmware would refuse are left out, each with a finding; WRITE_POINTER has no effect on tables and is only checked.
 */
export function replayTableLoader(
  commands: readonly LoaderCommand[],
  items: (name: string) => Uint8Array | undefined,
  bases: Readonly<Record<string, number>> = {},
): LoaderReplay {
  const files = new Map<string, Uint8Array>();
  const diagnostics: Diagnostic[] = [];
  for (const [i, command] of commands.slice(0, mostCommands).entries()) {
    const trouble = step(command, items, bases, files);
    if (trouble)
      diagnostics.push(containerFinding("K021", `commands[${i}]`, i * 128, 128, `${command.kind}: ${trouble}`));
  }
  return { files, diagnostics };
}

/** Carries one command out, or says why it cannot be. */
function step(
  command: LoaderCommand,
  items: (name: string) => Uint8Array | undefined,
  bases: Readonly<Record<string, number>>,
  files: Map<string, Uint8Array>,
): string | undefined {
  switch (command.kind) {
    case "unknown":
      return undefined;
    case "allocate": {
      const bytes = items(command.file);
      if (!bytes) return `there is no item ${command.file}`;
      if (files.has(command.file)) return `${command.file} is allocated twice`;
      if (command.align === 0 || (command.align & (command.align - 1)) !== 0)
        return `alignment ${command.align} is not a power of two`;
      if (command.align > 4096) return `alignment ${command.align} is more than 4096, which OVMF refuses`;
      files.set(command.file, bytes.slice());
      return undefined;
    }
    case "add-checksum": {
      const file = files.get(command.file);
      if (!file) return `${command.file} is not allocated`;
      const { result, start, length } = command;
      if (start + length > file.length || result >= file.length || result < start || result >= start + length)
        return `range ${start}+${length} with its sum at ${result} is not inside ${command.file} (${file.length} bytes)`;
      const before = file[result]!;
      file[result] = before - sumBytes(file, start, start + length);
      return before === 0
        ? undefined
        : `byte ${result} is 0x${before.toString(16)} before: SeaBIOS makes a right sum, OVMF a wrong one`;
    }
    case "add-pointer": {
      const file = files.get(command.file);
      const target = files.get(command.target);
      if (!file) return `${command.file} is not allocated`;
      if (!target) return `${command.target} is not allocated`;
      const { offset, size } = command;
      if (size !== 1 && size !== 2 && size !== 4 && size !== 8) return `a pointer of ${size} bytes`;
      if (offset + size > file.length) return `offset ${offset} is outside ${command.file} (${file.length} bytes)`;
      const value = readNumber(file, offset, size);
      if (value >= target.length) return `points to ${value}, ${command.target} has ${target.length} bytes`;
      const address = value + (bases[command.target] ?? 0);
      if (address >= 2 ** (8 * size)) return `address 0x${address.toString(16)} does not fit into ${size} bytes`;
      writeNumber(file, offset, size, address);
      return undefined;
    }
    case "write-pointer": {
      const target = files.get(command.target);
      if (!target) return `${command.target} is not allocated`;
      return command.targetOffset >= target.length
        ? `offset ${command.targetOffset} is outside ${command.target} (${target.length} bytes)`
        : undefined;
    }
  }
}

/** Unsigned little-endian number of 1 to 8 bytes; inexact above 2^53. */
export function readNumber(bytes: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let i = size - 1; i >= 0; i--) value = value * 256 + bytes[at + i]!;
  return value;
}

/** Writes an unsigned little-endian number of 1 to 8 bytes, below 2^53. */
export function writeNumber(bytes: Uint8Array, at: number, size: number, value: number): void {
  writeUint(bytes, at, Math.min(size, 4), value % 2 ** 32);
  if (size > 4) writeUint(bytes, at + 4, size - 4, Math.floor(value / 2 ** 32));
}
