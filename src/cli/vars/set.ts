import { escapeText } from "../../text/escape.ts";
import { parseAttributes } from "../../uefi/attributes.ts";
import { attemptEdits } from "../../uefi/config/attempt-edits.ts";
import type { HostIdEncoding } from "../../uefi/config/firmware-config.ts";
import { detectVariableFile } from "../../uefi/files/variable-file.ts";
import { vendorGuids } from "../../uefi/guids.ts";
import { readVariableStore } from "../../uefi/store/read-store.ts";
import { keyOf } from "../../uefi/variable.ts";
import { type Io, UsageError } from "../io.ts";
import { type BootReader, printNotes, readAttempts } from "./attempts-source.ts";
import { type EditArguments, editStore, keyFor } from "./store-file.ts";
import { type ValueArguments, valueBytes } from "./value.ts";

/** Options of `nbft vars set`. */
export interface SetOptions extends EditArguments, ValueArguments {
  readonly attempts?: string;
  readonly companions: boolean;
  readonly hostId: HostIdEncoding;
  readonly guid?: string;
  readonly attributes?: string;
}

/** Writes attempts, or one variable. */
export function setVariables(
  io: Io,
  path: string,
  name: string | undefined,
  options: SetOptions,
  readBoot: BootReader,
): void {
  if ((name === undefined) === (options.attempts === undefined)) {
    throw new UsageError("name a variable to write, or a file with --attempts");
  }
  if (options.attempts !== undefined) setAttempts(io, path, options.attempts, options, readBoot);
  else setOne(io, path, name!, options);
}

function setAttempts(io: Io, path: string, file: string, options: SetOptions, readBoot: BootReader): void {
  if (path === "-" && file === "-") throw new UsageError("only one of STORE and --attempts can be standard input");
  const source = readAttempts(io, file, options.hostId, readBoot);
  printNotes(io, file, source);
  editStore(io, path, options, (present, bytes) =>
    attemptEdits(source.variables, present, {
      withoutCompanions: !options.companions,
      maxVariable: maxVariable(bytes),
    }),
  );
}

/** Largest variable that the builds with a store of this size write. */
export function maxVariable(bytes: Uint8Array): number | undefined {
  if (detectVariableFile(bytes) !== "flash") return undefined;
  const { store } = readVariableStore(bytes);
  return store && store.layout.recordsEnd <= 0x10000 ? 0x2000 : 0x8400;
}

function setOne(io: Io, path: string, name: string, options: SetOptions): void {
  editStore(io, path, options, (present) => {
    const key = keyFor(name, options.guid, present);
    const old = present.find((variable) => keyOf(variable) === keyOf(key));
    const runtime = key.guid === vendorGuids.global || key.guid === vendorGuids["image-security"];
    const attributes =
      options.attributes === undefined ? (old?.attributes ?? (runtime ? 7 : 3)) : parseAttributes(options.attributes);
    if (attributes === undefined) throw new UsageError(`${escapeText(options.attributes!)} are no attributes`);
    return [{ kind: "set", variable: { ...key, attributes, data: valueBytes(key, options, old) } }];
  });
}
