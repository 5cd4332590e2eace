import { escapeText } from "../../text/escape.ts";
import { type Io, raise } from "../io.ts";
import type { EditArguments, VariableChoice } from "../options/vars-rows.ts";
import { editStoreFile, keyFor, vendorOf } from "./store-file.ts";

/** Removes variables; one that is not there is reported, and exits with 2. */
export function deleteVariables(
  io: Io,
  path: string,
  names: readonly string[],
  options: EditArguments & VariableChoice,
): void {
  const guid = options.guid === undefined ? undefined : vendorOf(options.guid);
  const missing: string[] = [];
  editStoreFile(io, path, options, ({ present }) => {
    const ofVendor = guid === undefined ? present : present.filter((variable) => variable.guid === guid);
    const isThere = (name: string) => ofVendor.some((variable) => variable.name === name);
    missing.push(...names.filter((name) => !isThere(name)));
    return names.filter(isThere).map((name) => ({ kind: "delete", key: keyFor(path, name, options.guid, present) }));
  });
  for (const name of missing) {
    io.err(`nbft: ${escapeText(path)}: no variable ${escapeText(name)}\n`);
    raise(io, 2);
  }
}
