import type { Io } from "../io.ts";
import type { SourceArguments } from "./arguments.ts";
import { mayBeDescription } from "./may-be-description.ts";

/** The options with what makes the tables of descriptions, where a source may be one: what reads YAML takes longer to load than most tables to show. */
export async function describing<T extends SourceArguments>(
  sources: readonly string[],
  options: T,
  io: Io,
): Promise<T> {
  const all = options.nbftPath === undefined ? sources : [...sources, options.nbftPath];
  if (!all.some((path) => mayBeDescription(path, io))) return options;
  return { ...options, describe: (await import("./described.ts")).describedTables };
}
