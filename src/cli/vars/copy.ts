import { escapeText } from "../../text/escape.ts";
import { encodeDmpstore } from "../../uefi/files/dmpstore.ts";
import { formatQemuJson } from "../../uefi/files/qemu-json.ts";
import { readVariables } from "../../uefi/files/variable-file.ts";
import { type Variable, variableKey } from "../../uefi/variable.ts";
import { aboutFile, type Io, note, UsageError } from "../io.ts";
import type { EditArguments, ExportOptions, VariableChoice } from "../options/vars-rows.ts";
import { refuseExisting, writeOutput } from "../output.ts";
import { editStoreFile, readStore, vendorOf } from "./store-file.ts";

/** Writes variables in another form. */
export function exportVariables(io: Io, path: string, names: readonly string[], options: ExportOptions): void {
  refuseExisting(options.write, options.force);
  const chosen = choose(
    aboutFile(path, () => readVariables(readStore(io, path))),
    path,
    names,
    options,
  );
  const content = options.outputFormat === "dmpstore" ? encodeDmpstore(chosen) : formatQemuJson(chosen);
  writeOutput(io, options.write, content, { fresh: !options.force });
}

/** Copies variables from another store of any kind. */
export function importVariables(
  io: Io,
  path: string,
  file: string,
  names: readonly string[],
  options: EditArguments & VariableChoice,
): void {
  const chosen = choose(
    aboutFile(file, () => readVariables(readStore(io, file))),
    file,
    names,
    options,
  );
  if (chosen.length === 0) throw new UsageError(`${escapeText(file)}: no variables`);
  const unique = new Map<string, Variable>();
  for (const variable of chosen) {
    const key = variableKey(variable);
    // As the firmware looks for one, and as list shows them.
    if (!unique.has(key)) unique.set(key, variable);
    else note(io, `${escapeText(file)}: ${escapeText(variable.name)} is there more than once: the first counts`);
  }
  editStoreFile(io, path, options, () => [...unique.values()].map((each) => ({ kind: "set", variable: plain(each) })));
}

function choose(
  variables: readonly Variable[],
  path: string,
  names: readonly string[],
  options: VariableChoice,
): readonly Variable[] {
  const guid = options.guid === undefined ? undefined : vendorOf(options.guid);
  const chosen = variables.filter(
    (variable) =>
      (guid === undefined || variable.guid === guid) && (names.length === 0 || names.includes(variable.name)),
  );
  const missing = names.find((name) => !chosen.some((variable) => variable.name === name));
  if (missing !== undefined) throw new UsageError(`${escapeText(path)}: no variable ${escapeText(missing)}`);
  return chosen;
}

/** A variable without what belongs to the place where it was stored. */
function plain({ guid, name, attributes, data, timestamp, monotonicCount, publicKeyIndex }: Variable): Variable {
  return {
    guid,
    name,
    attributes,
    data,
    ...(timestamp && { timestamp }),
    ...(monotonicCount && { monotonicCount }),
    ...(publicKeyIndex && { publicKeyIndex }),
  };
}
