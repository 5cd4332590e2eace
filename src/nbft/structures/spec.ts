import type { SpecRef } from "../../diagnostic.ts";

/** A figure of the NVMe Boot Specification 1.3. */
export function figure(number: number | string): SpecRef {
  return { doc: "NVMe-BOOT", rev: "1.3", figure: number };
}

/** A section of the NVMe Boot Specification 1.3. */
export function section(number: string): SpecRef {
  return { doc: "NVMe-BOOT", rev: "1.3", section: number };
}
