import { UsageError } from "../io.ts";
import type { SourceArguments } from "./arguments.ts";

/**
 * The one source that a command was given, as an argument or by `--nbft-path`.
 *
 * @throws {UsageError} for none or two.
 */
export function onlySource(given: string | undefined, { nbftPath }: SourceArguments, what: string): string {
  if (given !== undefined && nbftPath !== undefined)
    throw new UsageError(`one table is needed: ${given}, or --nbft-path ${nbftPath}`);
  const source = given ?? nbftPath;
  if (source === undefined) throw new UsageError(`${what}: a file, or - for standard input`);
  return source;
}
