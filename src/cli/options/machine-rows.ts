import { InvalidArgumentError } from "commander";
import type { OptionRow } from "./rows.ts";

/** `--memory`, of the commands that set up a machine. */
export const memoryRow = {
  flags: "--memory <mib>",
  description: "memory of the machine in MiB",
  parse: parseCount,
} as const satisfies OptionRow;

/** A whole number from 1 on. */
export function parseCount(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("expected a whole number from 1 on");
  return Number(text);
}
