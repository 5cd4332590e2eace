import type { containerKinds } from "../../acpi/container-kinds.ts";
import type { Io } from "../io.ts";
import type { DescribedTable } from "./described.ts";

/** Options of every command that takes SOURCE arguments. */
export interface SourceArguments {
  readonly nbftPath?: string;
  readonly from?: (typeof containerKinds)[number] | undefined;
  /** Folders stand for every file below them that holds tables. */
  readonly recursive?: true;
  /** Sources without a table are not a failure, as for nvme-cli. */
  readonly mayBeEmpty?: boolean;
  /** Makes the tables of a source that is a description; undefined for any other. */
  readonly describe?: (path: string, io: Io, shows: boolean) => DescribedTable[] | undefined;
  /** Output of `nvme nbft show` will do in place of a table. */
  readonly shows?: true;
}
