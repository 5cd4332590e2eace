import { sumBytes } from "../acpi/checksum.ts";
import { latin1Text } from "../bytes/latin1.ts";
import { readUint } from "../bytes/numbers.ts";
import type { ReportPart, ReportStage } from "./report.ts";

/** How a report was changed on its way, and what to do. */
interface Damage {
  readonly message: string;
  readonly hint?: string;
}

const copied = "A terminal, mail or editor changed the file on its way: copy it as it is";

/**
 * How a report was changed on its way, in words: by a terminal that it was copied from, a mail, an editor; or that who collected it may not read a
 * table. Undefined where nothing shows it. What such a report lacks, the machine may have had.
 */
export function damageOf(stages: readonly ReportStage[]): Damage | undefined {
  for (const { parts } of stages) {
    for (const part of parts) {
      if (!part.complete) continue;
      if (/^tables\/NBFT\d*$/.test(part.name) && part.bytes.length === 0)
        return { message: `${part.name} is empty: only root can read it` };
      // Linux gives as many bytes as the header says.
      if (/^tables\/NBFT\d*$/.test(part.name) && !isTable(part.bytes, parts))
        return { message: `${part.name} has other bytes than the kernel gave`, hint: copied };
      if (part.name.endsWith(".attrs") && !part.bytes.includes(tab) && /^\/\S+ /m.test(latin1Text(part.bytes)))
        return { message: `${part.name} has lost its TABs`, hint: copied };
    }
  }
  return undefined;
}

const tab = 0x09;

/** A checksum that is wrong is the firmware's own, unless nvme-cli took the table: it takes none with a wrong one. */
function isTable(bytes: Uint8Array, parts: readonly ReportPart[]): boolean {
  if (bytes.length < 8 || readUint(bytes, 4, 4) !== bytes.length) return false;
  return sumBytes(bytes) === 0 || !parts.some(({ name, bytes }) => name === "nbft-show.json" && bytes.includes(brace));
}

const brace = 0x7b;
