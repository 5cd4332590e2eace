import { readFileSync, statSync } from "node:fs";
import type { InspectedFile } from "../machine/qemu/check-machine.ts";
import { openFile } from "./file-reader.ts";

/** Files larger than this are not taken into memory for a check. */
const largestFile = 16 << 20;

/** A file as a check of a machine looks at it; undefined when it is not there or cannot be read. */
export function inspectFile(path: string): InspectedFile | undefined {
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) return undefined;
    return {
      size: stat.size,
      head: (length) => {
        const reader = openFile(path);
        try {
          return reader.read(0, length).slice();
        } finally {
          reader.close();
        }
      },
      bytes: () => (stat.size > largestFile ? undefined : readFileSync(path)),
    };
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}
