import { statSync } from "node:fs";
import { basename } from "node:path";
import { InvalidArgumentError } from "commander";
import { firmwareOfBoot } from "../../boot/firmware.ts";
import { bootOfTable } from "../../boot/from-table.ts";
import { encodeEfiDisk, startupScript } from "../../machine/disk/efi-disk.ts";
import type { FatFile } from "../../machine/disk/fat.ts";
import { readNamed } from "../../node/file-error.ts";
import { textPlaceOf } from "../../output/findings/text.ts";
import { escapeText } from "../../text/escape.ts";
import { checkConfig } from "../../uefi/setattempt/check-config.ts";
import { formatConfig } from "../../uefi/setattempt/format-config.ts";
import type { RowCommand } from "../command.ts";
import { type Io, note, UsageError } from "../io.ts";
import type { OptionsOf } from "../options/options-of.ts";
import type { OptionRow } from "../options/rows.ts";
import { writeRow } from "../options/rows.ts";
import { originRows } from "../options/table-rows.ts";
import { writeOutput } from "../output.ts";
import { bootSource } from "../sources/boot.ts";
import { onlySource } from "../sources/only-source.ts";
import { configVerdict, firstFindings } from "../vars/config-verdict.ts";
import { requireConfig } from "../vars/file-kind.ts";

/** The Config text: the user's own, or made from a boot description or table. */
function configFile(sources: readonly string[], options: EfidiskOptions, io: Io): FatFile[] {
  const hasSource = sources.length > 0 || options.nbftPath !== undefined;
  if (options.config !== undefined) {
    if (hasSource) throw new UsageError("--config and a source both say what the attempts are");
    const data = new Uint8Array(readNamed(options.config));
    requireConfig(options.config, data);
    refuseUnstored(data, options.config, options, io);
    return [{ path: "Config", data }];
  }
  if (!hasSource) return [];
  const path = onlySource(sources[0], options, "name the table");
  const source = bootSource([path], { from: options.from }, io);
  if (source.kind === "tables" && source.tables.length > 1)
    throw new UsageError(`${escapeText(path)}: ${source.tables.length} tables; name the file of one`);
  const boot =
    source.kind === "boot" ? source.boot : bootOfTable(source.tables[0]!.reading.table, escapeText(path)).description;
  const { config, notes } = firmwareOfBoot(boot);
  for (const text of notes) note(io, `${escapeText(path)}: ${escapeText(text)}`);
  const data = new TextEncoder().encode(formatConfig(config));
  refuseUnstored(data, path, options, io);
  return [{ path: "Config", data }];
}

/**
 * Says what is wrong with a Config, in the words of `nbft attempt check`.
 *
 * @throws {UsageError} for one that the firmware does not store
 */
function refuseUnstored(data: Uint8Array, source: string, { allowRefused, config }: EfidiskOptions, io: Io): void {
  const check = checkConfig(data);
  const stored = check.firmware.result === "stored";
  // What is made here is not to be corrected where it works.
  const { shown, more } = firstFindings(stored && config === undefined ? [] : check.findings);
  for (const finding of shown) {
    const place = textPlaceOf(finding);
    const at = place ? `:${place.line}:${place.column}` : "";
    note(io, `${escapeText(source)}${at}: ${finding.severity} ${finding.rule}: ${escapeText(finding.message)}`);
  }
  for (const text of more) note(io, `${escapeText(source)}: ${text}`);
  if (stored || allowRefused) return;
  throw new UsageError(
    `${escapeText(source)}: ${configVerdict(check)}; correct it (nbft attempt check shows where), or give --allow-refused`,
  );
}

function parseFile(text: string, files: readonly FatFile[] = []): FatFile[] {
  const at = text.lastIndexOf("=");
  const source = at > 0 ? text.slice(at + 1) : text;
  const path = at > 0 ? text.slice(0, at) : basename(text);
  if (statSync(source).size > 1 << 30) throw new InvalidArgumentError(`${source} is larger than 1 GiB`);
  return [...files, { path, data: new Uint8Array(readNamed(source, Number.POSITIVE_INFINITY)) }];
}

function mebibytes(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError("expected a number of MiB");
  return Number(text) << 20;
}

const rows = [
  ...originRows,
  { ...writeRow("write the disk image here"), required: true },
  { flags: "--config <file>", description: "your own setattempt text, instead of a source" },
  {
    flags: "--file <path=file>",
    description: "copy FILE to PATH on the disk (may be repeated)",
    parse: parseFile,
  },
  { flags: "--allow-refused", description: "accept a Config that the firmware does not store" },
  {
    flags: "--tool <name>",
    description: "name of the program that stores the attempts",
    default: "NvmeOfCli.efi",
  },
  { flags: "--startup <file>", description: "your own startup.nsh" },
  { flags: "--no-startup", description: "write no startup.nsh" },
  {
    flags: "--end <what>",
    description: "what startup.nsh does at its end",
    choices: ["reset", "exit", "nothing"],
    default: "reset",
  },
  {
    flags: "--block-size <bytes>",
    description: "logical block size of the disk",
    choices: ["512", "4096"],
    default: "512",
  },
  { flags: "--size <mib>", description: "size of the file system in MiB", parse: mebibytes },
  { flags: "--fat <bits>", description: "type of the file system", choices: ["12", "16", "32"] },
  { flags: "--label <name>", description: "label of the file system", default: "NBFT" },
] as const satisfies readonly OptionRow[];

type EfidiskOptions = OptionsOf<typeof rows>;

/** `nbft efidisk SOURCE -w IMG`: a disk from which the UEFI shell stores the attempts, or firmware boots the user's files. */
export default {
  words: [["[source]", "boot description or table that the attempts are made from"]],
  rows,
  run(sources, options, io) {
    const files = [...configFile(sources, options, io), ...(options.file ?? [])];
    if (files.length === 0) throw new UsageError("nothing to put on the disk: name a source, --config or --file");
    const hasConfig = files.some(({ path }) => path === "Config");
    if (typeof options.startup === "string")
      files.unshift({ path: "startup.nsh", data: new Uint8Array(readNamed(options.startup)) });
    else if (options.startup !== false && hasConfig) {
      const text = startupScript({ program: options.tool, end: options.end });
      files.unshift({ path: "startup.nsh", data: new TextEncoder().encode(text) });
      if (!files.some(({ path }) => path.toLowerCase() === options.tool.toLowerCase()))
        note(
          io,
          `${options.tool} is not on the disk: give it with --file ${options.tool}=FILE, or have it on another disk`,
        );
    }
    const image = encodeEfiDisk({
      files,
      blockSize: Number(options.blockSize) as 512 | 4096,
      size: options.size,
      fatType: options.fat === undefined ? undefined : (Number(options.fat) as 12 | 16 | 32),
      label: options.label,
    });
    writeOutput(io, options.write, image);
    const name = options.write === "-" ? "the image" : escapeText(options.write);
    note(
      io,
      `${name}: ${image.size >> 20} MiB, blocks of ${options.blockSize}: ${files.map(({ path }) => escapeText(path)).join(", ")}`,
    );
  },
  manual: {
    examples: [["nbft efidisk boot.yaml --file NvmeOfCli.efi -w efidisk.img", "makes a disk that programs a firmware"]],
  },
} satisfies RowCommand<EfidiskOptions>;
