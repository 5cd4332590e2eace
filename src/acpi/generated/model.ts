// Generated from the descriptions in src/acpi by `npm run generate`; do not edit.

/**
 * System Description Table Header.
 *
 * ACPI 6.5, 5.2.6. 36 bytes.
 */
export interface AcpiTableHeader {
  /**
   * Signature (SIG): says what kind of table it is.
   *
   * Bytes 0 to 3.
   */
  readonly signature: string;
  /**
   * Length (LEN), in bytes: of the whole table.
   *
   * Bytes 4 to 7.
   */
  readonly length: number;
  /**
   * Revision: of the table's kind.
   *
   * Byte 8.
   */
  readonly revision: number;
  /**
   * Checksum (CKSUM): makes the sum of all bytes of the table 0 modulo 256.
   *
   * Byte 9.
   */
  readonly checksum: number;
  /**
   * OEM ID (OEMID): names the maker of the machine or its firmware.
   *
   * Bytes 10 to 15.
   */
  readonly oemId: string;
  /**
   * OEM Table ID (OEMTID): the maker's name for the table.
   *
   * Bytes 16 to 23.
   */
  readonly oemTableId: string;
  /**
   * OEM Revision (OEMREV): the maker's revision of the table.
   *
   * Bytes 24 to 27.
   */
  readonly oemRevision: number;
  /**
   * Creator ID (CRID): names the program that made the table.
   *
   * Bytes 28 to 31.
   */
  readonly creatorId: string;
  /**
   * Creator Revision (CRREV): revision of that program.
   *
   * Bytes 32 to 35.
   */
  readonly creatorRevision: number;
}

/**
 * Root System Description Pointer.
 *
 * ACPI 6.5, 5.2.5.3. 20 or 36 bytes.
 */
export interface RsdpStructure {
  /**
   * Signature.
   *
   * Bytes 0 to 7.
   */
  readonly signature: string;
  /**
   * Checksum of the first 20 bytes.
   *
   * Byte 8.
   */
  readonly checksum: number;
  /**
   * OEM ID.
   *
   * Bytes 9 to 14.
   */
  readonly oemId: string;
  /**
   * Revision.
   *
   * Byte 15.
   */
  readonly revision: number;
  /**
   * RsdtAddress.
   *
   * Bytes 16 to 19.
   */
  readonly rsdt: number;
  /**
   * Length.
   *
   * Bytes 20 to 23.
   */
  readonly length: number;
  /**
   * XsdtAddress, low half.
   *
   * Bytes 24 to 27.
   */
  readonly xsdtLow: number;
  /**
   * XsdtAddress, high half.
   *
   * Bytes 28 to 31.
   */
  readonly xsdtHigh: number;
  /**
   * Extended Checksum of all bytes.
   *
   * Byte 32.
   */
  readonly extendedChecksum: number;
}

/**
 * Table loader: allocate.
 *
 * QEMU 10.0, hw/acpi/bios-linker-loader.c. 128 bytes.
 */
export interface LoaderAllocate {
  /**
   * Command.
   *
   * Bytes 0 to 3.
   *
   * Absent when it is 1, as the specification requires.
   */
  readonly command?: number | undefined;
  /**
   * File.
   *
   * Bytes 4 to 59.
   */
  readonly file: string;
  /**
   * Alignment, a power of two.
   *
   * Bytes 60 to 63.
   */
  readonly align: number;
  /**
   * Zone.
   *
   * Byte 64. Values: 1 high, 2 fseg; any other stays a number.
   */
  readonly zone: "high" | "fseg" | number;
}

/**
 * Table loader: add pointer.
 *
 * QEMU 10.0, hw/acpi/bios-linker-loader.c. 128 bytes.
 */
export interface LoaderAddPointer {
  /**
   * Command.
   *
   * Bytes 0 to 3.
   *
   * Absent when it is 2, as the specification requires.
   */
  readonly command?: number | undefined;
  /**
   * File that holds the pointer.
   *
   * Bytes 4 to 59.
   */
  readonly file: string;
  /**
   * File that is pointed at.
   *
   * Bytes 60 to 115.
   */
  readonly target: string;
  /**
   * Offset of the pointer.
   *
   * Bytes 116 to 119.
   */
  readonly offset: number;
  /**
   * Bytes of the pointer: 1, 2, 4 or 8.
   *
   * Byte 120.
   */
  readonly size: number;
}

/**
 * Table loader: add checksum.
 *
 * QEMU 10.0, hw/acpi/bios-linker-loader.c. 128 bytes.
 */
export interface LoaderAddChecksum {
  /**
   * Command.
   *
   * Bytes 0 to 3.
   *
   * Absent when it is 3, as the specification requires.
   */
  readonly command?: number | undefined;
  /**
   * File.
   *
   * Bytes 4 to 59.
   */
  readonly file: string;
  /**
   * Offset of the checksum byte.
   *
   * Bytes 60 to 63.
   */
  readonly result: number;
  /**
   * First byte of the range.
   *
   * Bytes 64 to 67.
   */
  readonly start: number;
  /**
   * Bytes of the range.
   *
   * Bytes 68 to 71.
   */
  readonly length: number;
}

/**
 * Table loader: write pointer.
 *
 * QEMU 10.0, hw/acpi/bios-linker-loader.c. 128 bytes.
 */
export interface LoaderWritePointer {
  /**
   * Command.
   *
   * Bytes 0 to 3.
   *
   * Absent when it is 4, as the specification requires.
   */
  readonly command?: number | undefined;
  /**
   * fw_cfg file that is written.
   *
   * Bytes 4 to 59.
   */
  readonly file: string;
  /**
   * File that is pointed at.
   *
   * Bytes 60 to 115.
   */
  readonly target: string;
  /**
   * Offset in the file that is written.
   *
   * Bytes 116 to 119.
   */
  readonly offset: number;
  /**
   * Offset in the file that is pointed at.
   *
   * Bytes 120 to 123.
   */
  readonly targetOffset: number;
  /**
   * Bytes of the pointer: 1, 2, 4 or 8.
   *
   * Byte 124.
   */
  readonly size: number;
}
