import { createHash } from "node:crypto";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type TableVerdict, verdictOf } from "../corpus/verdict.ts";
import { documentOf } from "../document/document.ts";
import { DecodeError } from "../errors.ts";
import { readNbft } from "../nbft/read/read.ts";
import { escapeText } from "../text/escape.ts";
import { formatJson } from "../text/json.ts";
import { type Io, UsageError } from "./io.ts";
import { makeFolder, writeOutput } from "./output.ts";

/** A table to be written, and what is to be told about it besides the verdict. */
interface CorpusFile {
  /** Folder below the output folder; the output folder itself when empty. */
  readonly folder: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly about: Readonly<Record<string, unknown>>;
}

/**
 * Makes a folder for a set of tables.
 *
 * @throws {UsageError} when it exists and something is in it.
 */
export function makeOutputFolder(folder: string, force: boolean): void {
  if (folder === "-") throw new UsageError("-w - is standard output: a folder is needed");
  makeFolder(folder);
  if (!force && readdirSync(folder).length > 0) {
    throw new UsageError(`${escapeText(folder)}: is not empty; -f writes into it, over what is there`);
  }
}

/** Writes a set of tables: each as `NBFT-NAME`, so that nvme-cli takes the folder; documents in a folder of their own. */
export class TableFolder {
  readonly #io: Io;
  readonly #root: string;
  readonly #documents: boolean;
  readonly #expected: unknown[] = [];

  constructor(io: Io, root: string, documents: boolean) {
    this.#io = io;
    this.#root = root;
    this.#documents = documents;
  }

  add({ folder, name, bytes, about }: CorpusFile): void {
    const file = join(folder, `NBFT-${name}`);
    this.#write(file, bytes);
    const text = this.#documents ? documentText(bytes) : undefined;
    const document = join("documents", `${name}.json`);
    if (text !== undefined) this.#write(document, text);
    const verdict: TableVerdict = verdictOf(bytes);
    this.#expected.push({
      file,
      ...(text === undefined ? {} : { document }),
      size: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      ...about,
      ...verdict,
    });
  }

  /** Writes the list of all tables with what is expected of them; last, so that a folder with it is complete. */
  finish(about: Readonly<Record<string, unknown>>): number {
    this.#write("expected.json", formatJson({ format: 1, ...about, tables: this.#expected }));
    return this.#expected.length;
  }

  #write(name: string, data: Uint8Array | string): void {
    const path = join(this.#root, name);
    mkdirSync(join(path, ".."), { recursive: true });
    writeOutput(this.#io, path, data);
  }
}

/** The document of a table; undefined where the bytes are not a table. */
function documentText(bytes: Uint8Array): string | undefined {
  try {
    return formatJson(documentOf(readNbft(bytes)));
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}
