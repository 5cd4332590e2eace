import { compressionOf } from "../acpi/compression.ts";
import { isTar } from "../acpi/tar.ts";
import { latin1Text } from "../bytes/latin1.ts";

/** Why nothing is claimed of a file without a report. */
export const noReport = "no report of nbft collect in it";

/** Bytes of a file that are looked at to tell what it is. */
const looked = 1 << 20;

/** What a file without a report is, and what to do, where that can be told. */
export function whatInstead(bytes: Uint8Array): string | undefined {
  const form = compressionOf(bytes);
  if (form !== undefined) return `it is compressed (${form}): decompress it first`;
  const text = latin1Text(bytes.subarray(0, looked));
  if (isTar(bytes)) return "it is a tar archive: name the evidence files in it, unpacked";
  if (text.startsWith("PK\x03\x04")) return "it is a zip archive: name the evidence files in it, unpacked";
  if (text.startsWith("NBFT")) return "it is a table: give it with --expect, beside the evidence of a boot";
  if (/^(\xff\xfe|\xfe\xff)/.test(text) || /^@\0@\0/.test(text))
    return "it is UTF-16, as PowerShell's > writes it, which spoils a report: copy the file as it is";
  if (text.startsWith("#!") && text.includes("nbft-report"))
    return "it is the script that nbft collect prints: run it on the machine that booted, and give what it writes";
  if (/^\s*[[{]/.test(text) && text.includes('"judgement"')) return "it is a result of nbft verify, not its evidence";
  if (text.startsWith("@@nbft-report ")) return "it is a part of one, whose end is missing: give the whole file";
  if (/^@@[0-9a-zA-Z-]{8,64} (STAGE|BEGIN|END|DONE)\b/m.test(text))
    return "it is a part of one, whose beginning is missing: give the whole file";
  return undefined;
}
