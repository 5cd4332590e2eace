import { attemptEdits } from "../../uefi/config/attempt-edits.ts";
import { type Io, UsageError } from "../io.ts";
import type { SetOptions } from "../options/vars-rows.ts";
import { type BootReader, printNotes, readAttemptsSource } from "./attempts-source.ts";
import { editStoreFile } from "./store-file.ts";

/** Writes the attempts of a Config, a boot description or another store, and the variables that they need. */
export function setAttempts(io: Io, path: string, file: string, options: SetOptions, readBoot: BootReader): void {
  if (path === "-" && file === "-") throw new UsageError("only one of STORE and --attempts can be standard input");
  const source = readAttemptsSource(io, file, options.hostId, readBoot);
  printNotes(io, file, source);
  editStoreFile(io, path, options, ({ present, maxVariable }) =>
    attemptEdits(source.variables, present, { withoutCompanions: !options.companions, maxVariable }),
  );
}
