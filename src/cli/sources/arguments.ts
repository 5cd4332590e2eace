import type { Io } from "../io.ts";
import type { OptionsOf } from "../options/options-of.ts";
import type { sourceRows } from "../options/table-rows.ts";
import type { DescribedTable } from "./described.ts";

type SourceOptions = OptionsOf<typeof sourceRows>;

/** Options of every command that takes SOURCE arguments, and what the command itself wants of them. */
export interface SourceArguments extends Omit<SourceOptions, "from"> {
  readonly from?: SourceOptions["from"] | undefined;
  /** Sources without a table are not a failure, as for nvme-cli. */
  readonly mayBeEmpty?: boolean;
  /** Makes the tables of a source that is a description; undefined for any other. */
  readonly describe?: (path: string, io: Io, shows: boolean) => DescribedTable[] | undefined;
  /** Output of `nvme nbft show` will do in place of a table. */
  readonly shows?: true;
}
