import { type Io, raise } from "../io.ts";
import type { EditArguments } from "../options/vars-rows.ts";
import type { VariableChoice } from "./copy.ts";
import { editStoreFile, keyFor } from "./store-file.ts";

/** Removes variables; exits 2 when one is not there. */
export function deleteVariables(
  io: Io,
  path: string,
  names: readonly string[],
  options: EditArguments & VariableChoice,
): void {
  const changes = editStoreFile(io, path, options, ({ present }) =>
    names.map((name) => ({ kind: "delete", key: keyFor(name, options.guid, present) })),
  );
  if (changes.some(({ action }) => action === "missing")) raise(io, 2);
}
