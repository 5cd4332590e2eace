import { type Bytes, checkBytes } from "../bytes/bytes.ts";
import { readUint } from "../bytes/numbers.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { EncodeError } from "../errors.ts";
import { cstring, decodeStructure, encodeStructure, reserved, structure, u8, u32 } from "../structure/index.ts";
import type { LoaderAddChecksum, LoaderAddPointer, LoaderAllocate, LoaderWritePointer } from "./generated/model.ts";
import { containerFinding } from "./rules.ts";

const spec = { doc: "QEMU", rev: "10.0", section: "hw/acpi/bios-linker-loader.c" };

/** Where a blob is to be placed. OVMF ignores it. */
const zones = { 1: "high", 2: "fseg" } as const;

/** `ALLOCATE`: load a fw_cfg file into memory. 128 bytes, little-endian like all commands. */
export const loaderAllocate = structure("LoaderAllocate", {
  title: "Table loader: allocate",
  spec,
  size: 128,
  fields: {
    command: u32(0, "Command", { const: 1 }),
    file: cstring(4, 56, "File"),
    align: u32(60, "Alignment, a power of two"),
    zone: u8(64, "Zone", { names: zones }),
    reserved: reserved(65, 63),
  },
});

/** `ADD_POINTER`: add the address of a file to a pointer in another, which holds an offset. */
export const loaderAddPointer = structure("LoaderAddPointer", {
  title: "Table loader: add pointer",
  spec,
  size: 128,
  fields: {
    command: u32(0, "Command", { const: 2 }),
    file: cstring(4, 56, "File that holds the pointer"),
    target: cstring(60, 56, "File that is pointed at"),
    offset: u32(116, "Offset of the pointer"),
    size: u8(120, "Bytes of the pointer: 1, 2, 4 or 8"),
    reserved: reserved(121, 7),
  },
});

/** `ADD_CHECKSUM`: make the sum over a range zero. The byte has to be zero before, for SeaBIOS subtracts and OVMF replaces. */
export const loaderAddChecksum = structure("LoaderAddChecksum", {
  title: "Table loader: add checksum",
  spec,
  size: 128,
  fields: {
    command: u32(0, "Command", { const: 3 }),
    file: cstring(4, 56, "File"),
    result: u32(60, "Offset of the checksum byte"),
    start: u32(64, "First byte of the range"),
    length: u32(68, "Bytes of the range"),
    reserved: reserved(72, 56),
  },
});

/** `WRITE_POINTER`: write an address back into a writable fw_cfg file. */
export const loaderWritePointer = structure("LoaderWritePointer", {
  title: "Table loader: write pointer",
  spec,
  size: 128,
  fields: {
    command: u32(0, "Command", { const: 4 }),
    file: cstring(4, 56, "fw_cfg file that is written"),
    target: cstring(60, 56, "File that is pointed at"),
    offset: u32(116, "Offset in the file that is written"),
    targetOffset: u32(120, "Offset in the file that is pointed at"),
    size: u8(124, "Bytes of the pointer: 1, 2, 4 or 8"),
    reserved: reserved(125, 3),
  },
});

/** Bytes of a command. */
export const loaderRecordSize = 128;

/** A command of a table-loader script. */
export type LoaderCommand =
  | {
      /** Load a fw_cfg file into memory. */
      readonly kind: "allocate";
      /** Name of the fw_cfg file. */
      readonly file: string;
      /** Alignment in bytes, a power of two. */
      readonly align: number;
      /** Where it is to be placed: high memory, or the F segment; OVMF ignores it. */
      readonly zone: "high" | "fseg" | number;
    }
  | {
      /** Add the address of one file to a pointer in another. */
      readonly kind: "add-pointer";
      /** File that holds the pointer. */
      readonly file: string;
      /** File that is pointed at. */
      readonly target: string;
      /** First byte of the pointer in `file`. */
      readonly offset: number;
      /** Bytes of the pointer: 1, 2, 4 or 8; little-endian. */
      readonly size: number;
    }
  | {
      /** Make the sum over a range zero. */
      readonly kind: "add-checksum";
      /** File with the range. */
      readonly file: string;
      /** Byte in the file that takes the checksum. */
      readonly result: number;
      /** First byte of the range in the file. */
      readonly start: number;
      /** Bytes of the range. */
      readonly length: number;
    }
  | {
      /** Write an address back into a writable fw_cfg file. */
      readonly kind: "write-pointer";
      /** fw_cfg file that is written. */
      readonly file: string;
      /** File that is pointed at. */
      readonly target: string;
      /** First byte of the pointer in `file`. */
      readonly offset: number;
      /** Byte in `target` that is pointed at. */
      readonly targetOffset: number;
      /** Bytes of the pointer: 1, 2, 4 or 8; little-endian. */
      readonly size: number;
    }
  /** A command that no firmware knows: both skip it. The record is kept as it is. */
  | {
      /** Any other number. */
      readonly kind: "unknown";
      /** The command's number. */
      readonly command: number;
      /** The whole record, 128 bytes. */
      readonly bytes: Uint8Array;
    };

/** A script and what is wrong with its form. */
export interface LoaderScript {
  /** In the order in which firmware carries them out. */
  readonly commands: readonly LoaderCommand[];
  /** Commands that firmware skips or refuses. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Commands of `etc/table-loader`. Records with command 0 are padding and left out. */
export function decodeTableLoader(bytes: Uint8Array): LoaderScript {
  checkBytes(bytes);
  const commands: LoaderCommand[] = [];
  const diagnostics: Diagnostic[] = [];
  if (bytes.length % loaderRecordSize !== 0)
    diagnostics.push(
      containerFinding(
        "K020",
        "table-loader",
        0,
        bytes.length,
        `${bytes.length} bytes is not a multiple of ${loaderRecordSize}: SeaBIOS and OVMF refuse the script`,
      ),
    );
  for (let at = 0; at + loaderRecordSize <= bytes.length; at += loaderRecordSize) {
    const command = readUint(bytes, at, 4);
    if (command === 0) continue;
    commands.push(decodeCommand(bytes, at, command));
    if (command > 4)
      diagnostics.push(
        containerFinding(
          "K022",
          "table-loader",
          at,
          loaderRecordSize,
          `command ${command} is unknown; firmware skips it`,
        ),
      );
    else if (bytes[at + 59] !== 0 || ((command === 2 || command === 4) && bytes[at + 115] !== 0))
      diagnostics.push(
        containerFinding(
          "K021",
          "table-loader",
          at,
          loaderRecordSize,
          "a file name is not ended by NUL: OVMF refuses the script",
        ),
      );
  }
  return { commands, diagnostics };
}

function decodeCommand(bytes: Uint8Array, at: number, command: number): LoaderCommand {
  switch (command) {
    case 1: {
      const { file, align, zone } = decodeStructure<LoaderAllocate>(loaderAllocate, bytes, at);
      return { kind: "allocate", file, align, zone };
    }
    case 2: {
      const { file, target, offset, size } = decodeStructure<LoaderAddPointer>(loaderAddPointer, bytes, at);
      return { kind: "add-pointer", file, target, offset, size };
    }
    case 3: {
      const { file, result, start, length } = decodeStructure<LoaderAddChecksum>(loaderAddChecksum, bytes, at);
      return { kind: "add-checksum", file, result, start, length };
    }
    case 4: {
      const { file, target, offset, targetOffset, size } = decodeStructure<LoaderWritePointer>(
        loaderWritePointer,
        bytes,
        at,
      );
      return { kind: "write-pointer", file, target, offset, targetOffset, size };
    }
    default:
      return { kind: "unknown", command, bytes: bytes.slice(at, at + loaderRecordSize) };
  }
}

/**
 * A script of commands, padded with zeros to a multiple of `padTo` bytes (4096 as on pc and q35; 128 as on microvm and Arm).
 *
 * @throws {EncodeError} for a name longer than 55 bytes or a number that does not fit.
 */
export function encodeTableLoader(commands: readonly LoaderCommand[], padTo = 4096): Bytes {
  const bytes = new Uint8Array(Math.ceil((commands.length * loaderRecordSize) / padTo) * padTo);
  for (const [i, command] of commands.entries())
    bytes.set(encodeCommand(command, `commands[${i}]`), i * loaderRecordSize);
  return bytes;
}

function encodeCommand(command: LoaderCommand, path: string): Uint8Array {
  switch (command.kind) {
    case "allocate": {
      const { kind: _, ...fields } = command;
      return encodeStructure<LoaderAllocate>(loaderAllocate, fields, path);
    }
    case "add-pointer": {
      const { kind: _, ...fields } = command;
      return encodeStructure<LoaderAddPointer>(loaderAddPointer, fields, path);
    }
    case "add-checksum": {
      const { kind: _, ...fields } = command;
      return encodeStructure<LoaderAddChecksum>(loaderAddChecksum, fields, path);
    }
    case "write-pointer": {
      const { kind: _, ...fields } = command;
      return encodeStructure<LoaderWritePointer>(loaderWritePointer, fields, path);
    }
    case "unknown":
      if (command.bytes.length !== loaderRecordSize) throw new EncodeError("expected 128 bytes", path);
      return command.bytes;
  }
}
