import { compressionOf } from "../../acpi/compression.ts";
import { encodeCpio } from "../../acpi/cpio.ts";
import { signatureOf } from "../../acpi/found-table.ts";
import { initrdTablePath, mostInitrdTables, raiseOemRevision, readInitrd, refusal } from "../../acpi/initrd.ts";
import { latin1Text } from "../../bytes/latin1.ts";
import { NbftError } from "../../errors.ts";
import { isBefore } from "../../machine/qemu/route.ts";
import { type FileReader, openFile } from "../../node/file-reader.ts";
import { secretsArchive, securedPaths } from "../../secrets/archive.ts";
import { escapeText } from "../../text/escape.ts";
import type { RowCommand } from "../command.ts";
import { aboutFile, type Io, note, ReportedError, UsageError } from "../io.ts";
import type { OptionsOf } from "../options/options-of.ts";
import type { OptionRow } from "../options/rows.ts";
import { writeRow } from "../options/rows.ts";
import { sourceRows, sourceWords } from "../options/table-rows.ts";
import { writeOutput, writePrivateOutput } from "../output.ts";
import { describing } from "../sources/describing.ts";
import type { ReadableTable } from "../sources/readable.ts";
import { secretsIn } from "../sources/secret.ts";
import { readableTables } from "../sources/tables.ts";

/** Oldest Linux that takes an NBFT from an initrd. */
const oldestKernel = "6.3";

/** The archive and then the base, block by block. */
function* joined(archive: Uint8Array, base: FileReader | undefined): Generator<{ offset: number; bytes: Uint8Array }> {
  yield { offset: 0, bytes: archive };
  const block = 1 << 20;
  for (let at = 0; base && at < base.size; at += block) {
    yield { offset: archive.length + at, bytes: base.read(at, block) };
  }
}

function checkTables(tables: readonly ReadableTable[], options: InitrdOptions, io: Io): void {
  if (tables.length === 0) throw new ReportedError();
  const refused = tables.flatMap(({ path, bytes }, i) => {
    const why = i >= mostInitrdTables ? `Linux takes ${mostInitrdTables} tables` : refusal(bytes);
    return why === undefined ? [] : [`${escapeText(path)}: the kernel refuses this table: ${why}`];
  });
  if (options.kernelVersion !== undefined && isBefore(options.kernelVersion, oldestKernel))
    refused.push(
      `Linux ${options.kernelVersion} does not know the signature NBFT in an initrd ("Unknown signature"); ${oldestKernel} is the first`,
    );
  if (refused.length > 0 && !options.allowRefused)
    throw new UsageError(`${refused.join("\nnbft: ")}\nnbft: nothing was written; --allow-refused writes it`);
  for (const line of refused) note(io, line);
  for (const { path, bytes } of tables)
    if (signatureOf(bytes) !== "NBFT")
      note(
        io,
        `${escapeText(path)}: the signature is ${escapeText(signatureOf(bytes))}; Linux takes those that it knows`,
      );
}

/** @throws {UsageError} where there is no greater OEM Revision */
function withRaisedRevision(table: ReadableTable): ReadableTable {
  try {
    return { ...table, bytes: raiseOemRevision(table.bytes) };
  } catch (error) {
    if (error instanceof NbftError) throw new UsageError(`${escapeText(table.path)}: ${error.message}`);
    throw error;
  }
}

function openBase(path: string): FileReader {
  return aboutFile(path, () => openFile(path));
}

/** What the base is, and tables that it brings itself. */
function checkBase(path: string, base: FileReader, io: Io): void {
  const head = base.read(0, 8);
  const known =
    compressionOf(head) ?? (/^07070[12]/.test(latin1Text(head)) ? "newc" : head[0] === 0 ? "padding" : undefined);
  if (known === undefined) note(io, `${escapeText(path)}: neither a newc archive nor compressed: is it an initrd?`);
  const own = known === "newc" || known === "padding" ? readInitrd(base) : undefined;
  for (const { name, origin } of own?.tables ?? [])
    note(
      io,
      `${escapeText(path)}: already contains a table, ${escapeText(name)} in ${escapeText(origin)}; the kernel uses it, too`,
    );
}

/** An archive with the keys of tables' paths, to append to an initrd. */
function writeSecrets(tables: readonly ReadableTable[], folder: string, options: InitrdOptions, io: Io): void {
  if (options.base !== undefined) throw new UsageError("--secrets makes an archive to append: it takes no --base");
  const secrets = secretsIn(io, folder);
  const { paths, byProfile } = securedPaths(tables);
  if (paths.length === 0)
    throw new UsageError(
      `${tables.map(({ path }) => escapeText(path)).join(", ")}: no path can have keys: nvme-cli 2.16 connects none of them`,
    );
  const archive = secretsArchive(paths, () => secrets);
  writePrivateOutput(io, options.write, archive);
  const count = `${paths.length} ${paths.length === 1 ? "path" : "paths"}`;
  for (const line of [
    `etc/nvme/config.json with the keys of ${count}${byProfile ? "" : " (no record has a security profile)"}`,
    "append it to the initrd and make that readable only by root: chmod 0600",
    "for nvme-cli 2.5 to 2.16; 3.x skips records with a security profile",
    ...(secrets.tls
      ? [
          "it starts tlshd, which the initrd has to have: dracut --install /usr/sbin/tlshd --add-drivers 'tls gcm ghash_generic'",
        ]
      : []),
  ])
    note(io, line);
}

const rows = [
  ...sourceRows,
  { ...writeRow("write the new initrd here"), required: true },
  { flags: "--base <initrd>", description: "initrd to put the tables in front of" },
  {
    flags: "--raise-revision",
    description: "raise the OEM Revision by 1, so that Linux replaces the machine's own table",
  },
  {
    flags: "--kernel-version <version>",
    description: "Linux version that will read it; too old versions are refused",
  },
  { flags: "--allow-refused", description: "write tables that the kernel refuses" },
  {
    flags: "--secrets <folder>",
    description: "write keys to append to an initrd, from host.key, controller.key, tls.key",
  },
] as const satisfies readonly OptionRow[];

type InitrdOptions = OptionsOf<typeof rows>;

/** `nbft initrd TABLE…`: an early archive that Linux takes tables from, alone or before an initrd. */
export default {
  words: sourceWords,
  rows,
  async run(sources, options, io) {
    const given = [...readableTables(sources, await describing(sources, options, io), io)];
    const tables = options.raiseRevision ? given.map(withRaisedRevision) : given;
    if (options.secrets !== undefined) {
      writeSecrets(tables, options.secrets, options, io);
      return;
    }
    checkTables(tables, options, io);
    const archive = encodeCpio(
      tables.map(({ bytes }, i) => ({
        name: `${initrdTablePath}nbft${tables.length === 1 ? "" : i + 1}.aml`,
        data: bytes,
      })),
    );
    const base = options.base === undefined ? undefined : openBase(options.base);
    try {
      if (base) checkBase(options.base!, base, io);
      writeOutput(io, options.write, { parts: joined(archive, base) });
    } finally {
      base?.close();
    }
    const before = base ? ` before ${escapeText(options.base!)}` : "";
    for (const line of [
      `${tables.length} ${tables.length === 1 ? "table" : "tables"} in ${archive.length} bytes${before}`,
      `needs Linux ${oldestKernel} or later with CONFIG_ACPI_TABLE_UPGRADE; this file first, uncompressed; a locked-down kernel may ignore it`,
      "a table of the machine with the same OEM ID and OEM Table ID is replaced only by a greater OEM Revision",
    ])
      note(io, line);
  },
  manual: {
    examples: [
      ["nbft initrd NBFT --base /boot/initrd.img -w /boot/initrd-nbft.img", "puts a table in front of an initramfs"],
    ],
  },
} satisfies RowCommand<InitrdOptions>;
