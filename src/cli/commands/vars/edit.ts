import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { escapeText } from "../../../text/escape.ts";
import { readVariables } from "../../../uefi/files/variable-file.ts";
import { keyOf } from "../../../uefi/variable.ts";
import { type Io, raise, UsageError } from "../../io.ts";
import { addEditOptions, type EditArguments, editStore, guidOption, keyFor, vendorOf } from "./store-file.ts";

const storeArgument = ["<store>", "OVMF_VARS.fd, QEMU's JSON store, a dmpstore file, or -"] as const;

/** `nbft vars delete STORE NAME…`: removes variables; exits 2 when one is not there. */
export function defineDelete(command: Command, io: Io): void {
  addEditOptions(command)
    .argument(...storeArgument)
    .argument("<name...>", "variables to remove")
    .addOption(guidOption())
    .action((path: string, names: string[], options: EditArguments & { readonly guid?: string }) => {
      const changes = editStore(io, path, options, (present) =>
        names.map((name) => ({ kind: "delete", key: keyFor(name, options.guid, present) })),
      );
      if (changes.some(({ action }) => action === "missing")) raise(io, 2);
    });
}

/** `nbft vars compact STORE`: packs the live records, as the firmware does when space runs out. */
export function defineCompact(command: Command, io: Io): void {
  addEditOptions(command)
    .argument(...storeArgument)
    .action((path: string, options: EditArguments) => {
      editStore(io, path, options, () => [{ kind: "compact" }]);
    });
}

interface ImportOptions extends EditArguments {
  readonly guid?: string;
}

/** `nbft vars import STORE FILE [NAME…]`: copies variables from another store of any kind. */
export function defineImport(command: Command, io: Io): void {
  addEditOptions(command)
    .argument(...storeArgument)
    .argument("<file>", "where the variables come from: a store of any kind")
    .argument("[name...]", "variables to copy (default: all)")
    .option("-g, --guid <guid>", "only variables of this vendor")
    .action((path: string, file: string, names: string[], options: ImportOptions) => {
      const guid = options.guid === undefined ? undefined : vendorOf(options.guid);
      const wanted = readVariables(readFileSync(file)).filter(
        (variable) =>
          (guid === undefined || variable.guid === guid) && (names.length === 0 || names.includes(variable.name)),
      );
      const missing = names.find((name) => !wanted.some((variable) => variable.name === name));
      if (missing !== undefined) throw new UsageError(`${escapeText(file)} has no variable ${escapeText(missing)}`);
      if (wanted.length === 0) throw new UsageError(`${escapeText(file)} has no variables`);
      const unique = new Map(wanted.map((variable) => [keyOf(variable), variable]));
      editStore(io, path, options, () =>
        [...unique.values()].map((variable) => ({ kind: "set", variable: plain(variable) })),
      );
    });
}

/** A variable without what belongs to the place where it was stored. */
function plain({
  guid,
  name,
  attributes,
  data,
  timestamp,
  monotonicCount,
  publicKeyIndex,
}: ReturnType<typeof readVariables>[number]) {
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
