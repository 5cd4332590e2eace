import type { BootDescription } from "../boot/description.ts";
import { bootOfFirmware } from "../boot/from-firmware.ts";
import { bootOfParsed } from "../boot/parse.ts";
import { READ_BY_ALL, tableOfBoot } from "../boot/table.ts";
import { decodeText, isPlainText } from "../bytes/decode-text.ts";
import { notUnicode } from "../document/document-text.ts";
import { onlyElement, type ParsedText, parseText } from "../document/parse-text.ts";
import { NbftError } from "../errors.ts";
import { encodeNbft } from "../nbft/write/encode.ts";
import { withoutEscapes } from "../text/terminal.ts";
import { type ConfigCheck, checkConfig } from "../uefi/setattempt/check-config.ts";
import { isBootDocument, tableOfDocumentText } from "./described-text.ts";
import type { NvmeShow } from "./show/show.ts";
import { tableOfShow } from "./show/table-of-show.ts";
import type { PlannedBoot } from "./test-plan.ts";
import { howToGetTables, sourceTextOf } from "./text-forms.ts";

/** What a text describes: a table, a boot that a table is made for, or what nvme-cli shows of tables. */
export type Described =
  | { readonly kind: "document"; readonly parsed: ParsedText }
  | ({ readonly kind: "boot" } & DescribedBoot)
  | { readonly kind: "boots"; readonly boots: readonly NamedBoot[] }
  | { readonly kind: "show"; readonly shows: readonly NvmeShow[] };

/** One boot of a file that describes several. */
export interface NamedBoot {
  readonly name: string;
  readonly described: DescribedBoot;
}

/** A boot, and what was left out or understood differently. */
export interface DescribedBoot {
  readonly boot: BootDescription;
  readonly notes: readonly string[];
  /** What is wrong with a Config, which the firmware would report or misread. */
  readonly findings?: ConfigCheck["findings"];
  /** Where to write what the text has no words for; undefined for a boot description, which has words for everything. */
  readonly remedy?: string;
}

/** A table that is made from a text, or why none can be. */
export interface MadeTable {
  /** The text's name; `FILE:NAME` for one of several. */
  readonly path: string;
  readonly bytes?: Uint8Array;
  readonly error?: string;
  /** The text, and the table's name in it, where it describes several. */
  readonly within?: { readonly file: string; readonly name: string };
  /** The bytes are made from a text. */
  readonly made?: true;
  /** Where a part of the table is written in a document. */
  readonly locate?: ParsedText["locate"];
  /** What nvme-cli shows of it, where that is all that is known. */
  readonly show?: NvmeShow;
  /** What had to be assumed or left out. */
  readonly notes?: readonly string[];
}

/** Why what is shown of a table is not enough. */
export function needsTable(shows: readonly NvmeShow[]): string {
  const options = shows[0]?.form === "boot options";
  const [what, it, commands] = options
    ? ["boot options, which do", "them", "network and report"]
    : ["the output of nvme nbft show, which does", "it", "network, report and diff"];
  return `${what} not have all of the table: ${howToGetTables.split(", or")[0]}; nbft init makes a boot description from ${it}, and explain, plan, ${commands} work with ${it}`;
}

/**
 * The document or boot description in a text. A list of one document, as `dump -o json` of a directory gives, will do.
 *
 * @throws {ParseError} with file, line and column when it is not YAML or JSON, or a wrong boot description.
 * @throws {NbftError} when it holds several documents, or none.
 */
function documentIn(text: string, file: string | undefined): Described {
  const parsed = parseText(text, file);
  const { value } = parsed;
  if (Array.isArray(value)) {
    if (value.length === 1) return { kind: "document", parsed: onlyElement(parsed, value) };
    throw wrong(file, `${value.length} documents; give one`);
  }
  if (isBootDocument(value)) return { kind: "boot", boot: bootOfParsed(parsed), notes: [] };
  return { kind: "document", parsed };
}

function wrong(file: string | undefined, message: string): NbftError {
  return new NbftError(file === undefined ? message : `${file}: ${message}`);
}

/** The boot of a Config for the firmware's setattempt. */
function bootOfConfig(bytes: Uint8Array, file: string | undefined): Described {
  const { firmware, config, findings } = checkConfig(bytes);
  const blanks = blanksIn(bytes);
  if (blanks.length > 0)
    throw wrong(
      file,
      `a template: ${blanks.join(", ")} ${blanks.length === 1 ? "stands" : "stand"} for values: put them in, as create_attempt.sh of rh-linux-poc does`,
    );
  const { description, notes } = bootOfFirmware(config);
  const refused = firmware.result === "stored" ? [] : ["the firmware would not store it: nbft attempt check shows why"];
  return { kind: "boot", boot: description, notes: [...refused, ...notes], findings, remedy: remedyFor(file) };
}

function remedyFor(file = "FILE"): string {
  return `nbft attempt convert -o boot ${file} -w boot.yaml makes a description to write it into`;
}

/** Words in capitals in the place of values that have no words: HOSTNQN, HOST_IP2. */
function blanksIn(bytes: Uint8Array): string[] {
  const text = new TextDecoder().decode(bytes).replaceAll("\0", "");
  const values = text.matchAll(
    /^ *(?:HostNqn|HostId|MacString|LocalIp|SubnetMask|Gateway|TargetIp|NQN|NID): *([A-Z][A-Z0-9_]{3,})\s*$/gm,
  );
  return [...new Set([...values].map(([, word]) => word!))].filter((word) => /[G-Z]/.test(word));
}

/** The boots of rh-linux-poc's tests. */
function bootsOfTests(planned: readonly PlannedBoot[], file = "FILE"): Described {
  const boots = planned.map(({ name, config }) => {
    const { description, notes } = bootOfFirmware(config);
    return { name, described: { boot: description, notes, remedy: remedyFor(`"${file}:${name}"`) } };
  });
  const [only] = boots;
  return boots.length === 1 && only ? { kind: "boot", ...only.described } : { kind: "boots", boots };
}

/** How a text is read. */
export interface DescribedOptions {
  /** A text of unknown form is a document. */
  readonly document?: boolean;
  /** The boots of rh-linux-poc's tests that are meant; all without it. */
  readonly choose?: (planned: readonly PlannedBoot[]) => readonly PlannedBoot[];
}

/** What bytes describe, and their text. */
export interface DescribedText {
  readonly described: Described;
  readonly text: string;
}

/**
 * What a text describes; undefined where it describes nothing: bytes that are not text, tables as text, unknown forms.
 *
 * @param file its name in messages, which begin with it
 * @throws {NbftError} for a document or description that is wrong, or output of another command, with what to do.
 */
export function describedBy(
  bytes: Uint8Array,
  file: string | undefined,
  { document = false, choose = (planned) => planned }: DescribedOptions = {},
): DescribedText | undefined {
  if (bytes.length > 0 && !isPlainText(bytes)) return undefined;
  const decoded = decodeText(bytes);
  const text = withoutEscapes(decoded.text);
  const described = describedAs(bytes, text, file, document, choose);
  const written = described?.kind === "document" || (described?.kind === "boot" && described.remedy === undefined);
  if (written && decoded.damage) throw notUnicode(decoded.damage, file);
  return described && { described, text };
}

function describedAs(
  bytes: Uint8Array,
  text: string,
  file: string | undefined,
  document: boolean,
  choose: NonNullable<DescribedOptions["choose"]>,
): Described | undefined {
  const form = sourceTextOf(text);
  switch (form.kind) {
    case "document":
      return documentIn(text, file);
    case "show":
      return form;
    case "config":
      return bootOfConfig(bytes, file);
    case "test plan":
      return bootsOfTests(choose(form.boots), file);
    case "refused":
      throw wrong(file, form.message);
    case "tables":
      return undefined;
    case "unknown":
      return document ? documentIn(text, file) : undefined;
  }
}

/**
 * The tables that are made from what a text describes.
 *
 * @param shows output of `nvme nbft show` will do
 * @throws {NbftError} for a document that no table can say
 */
export function tablesDescribed(path: string, described: Described, shows: boolean): MadeTable[] {
  switch (described.kind) {
    case "boots":
      return described.boots.map(({ name, described: boot }) => ({
        ...tableOfBootAt(`${path}:${name}`, boot),
        within: { file: path, name },
      }));
    case "boot":
      return [tableOfBootAt(path, described)];
    case "document": {
      const { parsed } = described;
      return [{ path, bytes: tableOfDocumentText(parsed), made: true, locate: parsed.locate }];
    }
    case "show":
      if (!shows) return [{ path, error: needsTable(described.shows) }];
      return described.shows.map((show, i, all) => {
        if (all.length === 1) return tableShown(path, show);
        const name = nameOf(show, i, all);
        return { ...tableShown(`${path}:${name}`, show), within: { file: path, name } };
      });
  }
}

/** The table of a boot under its name, or what it lacks. */
function tableOfBootAt(path: string, { boot, notes, remedy }: DescribedBoot): MadeTable {
  try {
    return { path, bytes: encodeNbft(tableOfBoot(boot, { revision: READ_BY_ALL })), made: true, notes };
  } catch (error) {
    if (!(error instanceof NbftError)) throw error;
    return { path, error: remedy === undefined ? error.message : `${error.message}; ${remedy}` };
  }
}

function tableShown(path: string, show: NvmeShow): MadeTable {
  const { table, missing, notes } = tableOfShow(show);
  const source = show.form === "boot options" ? "boot options, which do" : "the output of nvme nbft show, which does";
  const note = `made from ${source} not have: ${missing.join(", ")}`;
  return { path, bytes: encodeNbft(table), made: true, show, notes: [note, ...notes] };
}

/** The table's file name, where no other table of the text has it: two machines may have been compared. */
function nameOf({ filename }: NvmeShow, position: number, all: readonly NvmeShow[]): string {
  const name = filename?.split("/").at(-1);
  const same = all.filter((other) => other.filename?.split("/").at(-1) === name);
  return name && same.length === 1 ? name : `${position + 1}`;
}
