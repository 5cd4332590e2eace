import { InvalidArgumentError, Option } from "commander";

/** `--memory`, of the commands that set up a machine. */
export function memoryOption(): Option {
  return new Option("--memory <mib>", "memory of the machine in MiB").argParser(parseCount);
}

/** A whole number from 1 on. */
export function parseCount(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("expected a whole number from 1 on");
  return Number(text);
}
