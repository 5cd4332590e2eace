import { type Bytes, checkBytes } from "../../bytes/bytes.ts";
import { equalBytes } from "../../bytes/compare.ts";
import { latin1Text } from "../../bytes/latin1.ts";
import { DecodeError, EncodeError } from "../../errors.ts";
import { isAuthenticated } from "../attributes.ts";
import { createVariableStore } from "../store/create-store.ts";
import {
  type EditOptions,
  type EditResult,
  editStore,
  requireVariable,
  type StoreChange,
  type StoreEdit,
} from "../store/edit-store.ts";
import { storeGeometries } from "../store/geometries.ts";
import {
  decodeVariableStore,
  largestVariable,
  readVariableStore,
  requireSound,
  type VariableStore,
  visibleVariables,
} from "../store/read-store.ts";
import { type Variable, type VariableKey, variableKey } from "../variable.ts";
import { decodeDmpstore, encodeDmpstore, isDmpstore } from "./dmpstore.ts";
import { decodeNvVars, encodeNvVars, isNvVars } from "./nvvars.ts";
import { formatQemuJson, parseQemuJson, type QemuJsonVariable } from "./qemu-json.ts";

/** Kinds of files that hold variables. */
export type VariableFileKind = "flash" | "qemu-json" | "dmpstore" | "nvvars";

/** What a file probably is, by its first bytes; a flash image where nothing else fits, so that its reader explains. */
export function detectVariableFile(bytes: Uint8Array): VariableFileKind {
  checkBytes(bytes);
  const first = bytes.subarray(0, 1024).find((byte) => byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf);
  if ((first === 0x7b || first === 0x5b) && bytes[0] !== 0 && !isKernelLog(bytes)) return "qemu-json";
  if (isDmpstore(bytes)) return "dmpstore";
  return isNvVars(bytes) ? "nvvars" : "flash";
}

/** A log begins like a list: `[    0.000000] `. */
function isKernelLog(bytes: Uint8Array): boolean {
  return /^\s*\[\s*\d+\.\d+\]/.test(latin1Text(bytes.subarray(0, 64)));
}

/**
 * The variables that a firmware would find in a file of any kind.
 *
 * @throws {DecodeError} or {ParseError} when the file cannot be read as what it is.
 */
export function readVariables(bytes: Uint8Array, kind = detectVariableFile(bytes)): Variable[] {
  switch (kind) {
    case "qemu-json":
      return parseQemuJson(utf8(bytes));
    case "dmpstore":
      return decodeDmpstore(bytes);
    case "nvvars":
      return decodeNvVars(bytes);
    case "flash": {
      const { store, unformatted, diagnostics } = readVariableStore(bytes, { quick: true });
      if (unformatted) return [];
      if (store) return visibleVariables(store);
      const { message = "", offset = 0, rule } = diagnostics[0] ?? {};
      throw new DecodeError(message, { offset, rule });
    }
  }
}

/** What steps can be made from: the variables that are there, and how large one may be. */
export interface EditBase {
  /** Variables that the firmware finds. */
  readonly present: readonly Variable[];
  /** Largest variable that the firmware of this store writes, its name and header included; undefined without a limit. */
  readonly maxVariable: number | undefined;
}

/** Steps, or how to make them from what is there. */
export type FileEdits = readonly StoreEdit[] | ((base: EditBase) => readonly StoreEdit[]);

/**
 * Applies steps to a file of any kind and returns the new file. An image that was never formatted is formatted first, as
 * the firmware would.
 *
 * @throws {DecodeError}, {ParseError} or {EncodeError} as the file's own reader and the edits do.
 */
export function editVariableFile(bytes: Uint8Array, edits: FileEdits, options: EditOptions = {}): EditResult {
  const steps = (base: EditBase) => (typeof edits === "function" ? edits(base) : edits);
  const kind = detectVariableFile(bytes);
  if (kind === "flash") {
    const store = soundStore(bytes);
    const base = { present: visibleVariables(store), maxVariable: largestVariable(store.layout) };
    return editStore(store, steps(base), options);
  }
  const present = readVariables(bytes, kind);
  const list = new EditedList(present);
  const changes = steps({ present, maxVariable: undefined }).map((edit) => list.apply(edit, options));
  return { bytes: listEncoders[kind](list.variables()), changes };
}

const listEncoders: Readonly<Record<Exclude<VariableFileKind, "flash">, (list: readonly Variable[]) => Bytes>> = {
  "qemu-json": (list) => encodeUtf8(formatQemuJson(list)),
  dmpstore: encodeDmpstore,
  nvvars: encodeNvVars,
};

/** The store in an image, or an empty one of the same size where it was never formatted. */
function soundStore(bytes: Uint8Array): VariableStore {
  const reading = readVariableStore(bytes, { quick: true });
  if (reading.unformatted) {
    const size = (["4M", "2M", "aavmf"] as const).find((each) => storeGeometries[each].fileSize === bytes.length);
    if (size !== undefined) return decodeVariableStore(createVariableStore(size));
  }
  return requireSound(reading);
}

/** Variables of a file that is a list of them. A key may be there more than once: the first one counts, the others stay. */
class EditedList {
  /** In the order of the file; undefined where one was deleted. */
  readonly #list: (QemuJsonVariable | undefined)[];
  /** Positions of each key, in order. */
  readonly #places = new Map<string, number[]>();

  constructor(variables: readonly Variable[]) {
    this.#list = [...variables];
    for (const [at, variable] of variables.entries()) this.#placesOf(variable).push(at);
  }

  variables(): QemuJsonVariable[] {
    return this.#list.filter((variable) => variable !== undefined);
  }

  #placesOf(key: VariableKey): number[] {
    const text = variableKey(key);
    const known = this.#places.get(text);
    if (known) return known;
    const places: number[] = [];
    this.#places.set(text, places);
    return places;
  }

  apply(edit: StoreEdit, { force }: EditOptions): StoreChange {
    if (edit.kind === "compact") return { action: "compacted", size: 0 };
    const key: VariableKey = edit.kind === "set" ? { guid: edit.variable.guid, name: edit.variable.name } : edit.key;
    const places = this.#placesOf(key);
    const [at] = places;
    const old = at === undefined ? undefined : this.#list[at];
    if (old && !force && isAuthenticated(old.attributes)) {
      if (edit.kind === "delete" || !isSame(old, edit.variable)) {
        throw new EncodeError(
          "the variable needs a signature, which an edit cannot make; force the change to write it as it is",
          key.name,
        );
      }
    }
    if (edit.kind === "delete") {
      if (at === undefined || !old) return { action: "missing", key, size: 0 };
      this.#list[at] = undefined;
      places.shift();
      return { action: "deleted", key, size: old.data.length };
    }
    const { variable } = edit;
    requireVariable(variable);
    if (old && isSame(old, variable)) return { action: "unchanged", key, size: variable.data.length };
    if (at !== undefined && old) this.#list[at] = { ...old, ...variable };
    else places.push(this.#list.push(variable) - 1);
    return { action: old ? "replaced" : "added", key, size: variable.data.length };
  }
}

function isSame(a: Variable, b: Variable): boolean {
  return a.attributes === b.attributes && equalBytes(a.data, b.data);
}

function utf8(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function encodeUtf8(text: string): Bytes {
  return new TextEncoder().encode(text);
}
