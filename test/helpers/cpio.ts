import { type CpioEntry, readCpio } from "../../src/acpi/cpio.ts";
import { bytesReader } from "../../src/acpi/reader.ts";

/** Entries of an archive in memory. */
export function cpioEntries(bytes: Uint8Array): readonly CpioEntry[] {
  return readCpio(bytesReader(bytes)).entries;
}
