import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readMemory } from "../../acpi/memory-tables.ts";
import { rawMemory } from "../../acpi/physical-memory.ts";
import { bytesReader } from "../../acpi/reader.ts";
import { firmwareGaveUp, firmwareLogOf, processorFault } from "../../verify/facts/firmware-log.ts";
import { executeQmp, monitorArguments } from "../qmp.ts";

/** File of the run's folder that takes the firmware's debug log. */
export const debugLog = "firmware.debug";
/** File of the run's folder with the table that a firmware that gave up had published. */
export const leftTable = "firmware.left";

const socket = "host.qmp";
const memoryImage = "firmware.memory";
/** The firmware keeps its tables below the end of its memory; so much of it is looked at. */
const looked = 128 << 20;

/** QEMU's arguments for a host whose memory can be looked at. */
export function watchArguments(): string[] {
  return ["-debugcon", `file:${debugLog}`, "-global", "isa-debugcon.iobase=0x402", ...monitorArguments(socket)];
}

/** A firmware that boots: whether it has given up, which is long before any time limit, and what it leaves then. */
export interface FirmwareWatch {
  hasGivenUp(): boolean;
  /** Puts the table that the firmware has published, and that no system will read, into the run's folder. */
  takeTable(): Promise<void>;
}

/**
 * Watches the firmware of a machine with so many megabytes of memory. Where the system that it boots need not report, the table is taken as soon
 * as the firmware starts it.
 */
export function watchFirmware(folder: string, megabytes: number, silent: boolean): FirmwareWatch {
  const log = join(folder, debugLog);
  const console = join(folder, "host.console");
  const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  let size = 0;
  let taking: Promise<void> | undefined;
  const watch: FirmwareWatch = {
    hasGivenUp: () => {
      const now = sizeOf(log) + sizeOf(console);
      if (now === size) return false;
      size = now;
      const text = existsSync(log) ? readFileSync(log, "latin1") : "";
      if (silent && firmwareLogOf(text).booted !== undefined) taking ??= watch.takeTable();
      const screen = existsSync(console) ? readFileSync(console, "latin1") : "";
      // A firmware without debug log shows its shell on the console; the log's own words are nothing that a guest would write there.
      return firmwareGaveUp(text) || processorFault.test(screen) || (text === "" && firmwareGaveUp(screen));
    },
    takeTable: async () => {
      await taking;
      const end = Math.min(megabytes, 2048) * 1024 * 1024;
      const from = Math.max(0, end - looked);
      const image = join(folder, memoryImage);
      try {
        const args = { val: from, size: end - from, filename: image };
        if (!(await executeQmp(join(folder, socket), "pmemsave", args)) || !existsSync(image)) return;
        const { tables } = readMemory(rawMemory(bytesReader(readFileSync(image)), from));
        const nbft = tables.find(({ signature }) => signature === "NBFT");
        if (nbft) writeFileSync(join(folder, leftTable), nbft.bytes);
      } finally {
        rmSync(image, { force: true });
      }
    },
  };
  return watch;
}
