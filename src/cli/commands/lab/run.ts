import { dirname, resolve } from "node:path";
import type { BootDescription } from "../../../boot/description.ts";
import { nbftRevisions } from "../../../document/revisions.ts";
import { labCacheFolder } from "../../../lab/cache.ts";
import type { GivenAttempts } from "../../../lab/firmware-boot/attempts.ts";
import type { FirmwareBootRequest } from "../../../lab/firmware-boot/firmware-boot.ts";
import { type RunOptions, type RunResult, runLab } from "../../../lab/run.ts";
import { depths } from "../../../lab/run-options.ts";
import { escapeText } from "../../../text/escape.ts";
import { withoutEscapes } from "../../../text/terminal.ts";
import { verifyBoot } from "../../../verify/verify.ts";
import type { RowAction } from "../../command.ts";
import { type Io, note, UsageError } from "../../io.ts";
import type { OptionsOf } from "../../options/options-of.ts";
import type { OptionRow } from "../../options/rows.ts";
import { claimFormatRow, colorRow, verboseRow } from "../../options/rows.ts";
import { sourceRows, sourceWords } from "../../options/table-rows.ts";
import { writeOutput } from "../../output.ts";
import { tablesOfSources } from "../../sources/boot.ts";
import { secretsIn } from "../../sources/secret.ts";
import { printNotes, readAttemptsSource } from "../../vars/attempts-source.ts";
import { readInput } from "../../vars/store-file.ts";
import { printVerifications } from "../../verification-output.ts";
import { readBoot } from "../vars/read-boot.ts";
import { partRows } from "./parts.ts";
import { passedOptions, passedRows } from "./run-options.ts";
import { longWork } from "./work.ts";

const rows = [
  ...sourceRows,
  ...partRows,
  ...passedRows,
  {
    flags: "--depth <depth>",
    description:
      "read the table, connect with nvme-cli, boot by dracut, or boot a whole system (default: connect; dracut with --initrd, os with --system)",
    choices: depths,
  },
  {
    flags: "--revision <revision>",
    description: "revision of the table made from a boot description",
    choices: nbftRevisions,
    default: "1.0",
  },
  {
    flags: "--firmware <which>",
    description: "seabios, uefi, CODE[:VARS], or a folder with both",
    default: "seabios",
  },
  {
    flags: "--firmware-dir <folder>",
    description: "boot a boot description with the Timberland firmware in this folder",
  },
  {
    flags: "--block-size <bytes>",
    description: "block size of the namespace that the firmware boots from (default: the description's, else 512)",
    choices: ["512", "4096"],
  },
  {
    flags: "--program-by <way>",
    description: "write the attempts into the store, or use the firmware's own tool from an EFI disk",
    choices: ["store", "efidisk"],
    default: "store",
  },
  {
    flags: "--attempts <file>",
    description: "program these attempts, of a Config for setattempt or a variable store, instead of the description's",
  },
  { flags: "--kernel <file>", description: "boot this kernel; without --initrd, an initramfs is built for it" },
  { flags: "--modules <folder>", description: "modules of the kernel, without --initrd" },
  {
    flags: "--initrd <file>",
    description: "boot this dracut initramfs; report hooks are appended to it",
  },
  {
    flags: "--secrets <folder>",
    description:
      "keys of host and target: host.key, controller.key, tls.key (default: new ones if the table needs them)",
  },
  {
    flags: "--facts <file>",
    description: "with --firmware-dir, write the facts of the boot here, for nbft predict --facts",
  },
  { flags: "--evidence <file>", description: "write the reports of both machines here, for nbft verify" },
  { flags: "--console", description: "show the host's console while it runs" },
  claimFormatRow,
  verboseRow("show the expected value for claims that hold, too"),
  colorRow,
] as const satisfies readonly OptionRow[];

type RunArguments = OptionsOf<typeof rows>;

/** `nbft lab run`: boots once and checks the boot. */
export const runAction: RowAction<RunArguments> = {
  words: sourceWords,
  rows,
  async run(sources, given, io) {
    const { tables, boot, remedy } = tablesOfSources(sources, given, io);
    if (boot?.targets.length === 0 && remedy !== undefined && given.depth !== "read")
      throw new UsageError(
        `${escapeText(sources.join(", "))}: targets: is missing: a discovery controller or the DHCP server names the subsystem, and the run has to serve it; ${remedy}`,
      );
    const described = boot && targetsOf(boot, sources[0]!);
    const image = given.firmwareDir === undefined ? undefined : bootedOf(described)?.image;
    const options = image === undefined ? given : { system: image, ...given };
    const firmwareBoot = firmwareBootRequest(boot && { ...boot, targets: described! }, options, io);
    const result = await longWork(io, (tools) =>
      runLab({ ...runOptions(tables, options, io), described, firmwareBoot }, tools),
    );
    for (const { kind, about, text } of result.remarks) note(io, `${kind}: ${escapeText(`${about}: ${text}`)}`);
    if (options.evidence !== undefined) writeOutput(io, options.evidence, result.evidence);
    if (options.facts !== undefined && result.facts)
      writeOutput(io, options.facts, `${JSON.stringify(result.facts, undefined, 2)}\n`);
    const path = sources.join(", ") || "this machine's tables";
    printVerifications(
      [{ path, verification: verifyBoot(result.evidence, { exact: firmwareBoot === undefined }) }],
      options,
      io,
    );
    tellFolder(result, options, io);
  },
};

/** A description's targets; its images lie where it says, as seen from its own folder. */
function targetsOf({ targets }: BootDescription, path: string): BootDescription["targets"] {
  const full = (image: string | undefined) => image && resolve(path === "-" ? "." : dirname(path), image);
  return targets.map((target) => ({
    ...target,
    namespaces: target.namespaces.map((each) => ({ ...each, image: full(each.image) })),
  }));
}

/** The namespace that a description boots from. */
function bootedOf(targets: BootDescription["targets"] | undefined) {
  return targets?.flatMap(({ namespaces }) => namespaces).find(({ bootable }) => bootable);
}

function firmwareBootRequest(
  boot: BootDescription | undefined,
  options: RunArguments,
  io: Io,
): FirmwareBootRequest | undefined {
  const { firmwareDir, programBy: program } = options;
  if (firmwareDir === undefined) {
    const needs = (["attempts", "facts", "blockSize"] as const).find((name) => options[name] !== undefined);
    if (needs !== undefined)
      throw new UsageError(
        `--${needs.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} belongs to --firmware-dir`,
      );
    return undefined;
  }
  if (boot === undefined)
    throw new UsageError(
      "--firmware-dir needs a boot description: a table does not say what is programmed into a firmware",
    );
  if (depthOf(options) === "read")
    throw new UsageError("--firmware-dir boots from the target: --depth connect, dracut or os");
  return {
    folder: firmwareDir,
    boot,
    blockSize: (options.blockSize ?? String(bootedOf(boot.targets)?.blockSize)) === "4096" ? 4096 : 512,
    program,
    attempts: options.attempts === undefined ? undefined : givenAttempts(options.attempts, io),
  };
}

function givenAttempts(path: string, io: Io): GivenAttempts {
  const source = readAttemptsSource(io, path, "efi-guid", readBoot);
  printNotes(io, path, source);
  const { config, variables, kind } = source;
  return { config, variables, text: kind === "config" ? readInput(io, path) : undefined };
}

function runOptions(tables: readonly Uint8Array[], options: RunArguments, io: Io): RunOptions {
  const { parts, suite, mirror = io.env["NBFT_MIRROR"], kernel, initrd } = options;
  const depth = depthOf(options);
  if (initrd !== undefined && (depth === "read" || depth === "connect"))
    throw new UsageError("--initrd boots by dracut: --depth dracut or os");
  if (options.system !== undefined && depth !== "os")
    throw new UsageError(`${escapeText(options.system)}: a whole system; --depth os boots it`);
  if (options.system !== undefined && options.firmwareDir !== undefined && (kernel ?? initrd) !== undefined)
    throw new UsageError("--system with --firmware-dir boots its own kernel: leave out --kernel and --initrd");
  // A kernel without its initramfs: everything is made for it.
  const made = kernel !== undefined && initrd === undefined ? { kernel, modules: options.modules } : {};
  return {
    ...passedOptions(options),
    tables,
    depth,
    firmware: firmwareOf(options.firmware),
    build: { cache: labCacheFolder(io.env), source: parts, suite, mirror, ...made },
    kernel: initrd === undefined ? undefined : kernel,
    initrd,
    secrets: options.secrets === undefined ? undefined : secretsIn(io, options.secrets),
    onConsole: options.console ? (piece) => io.err(consoleText(piece)) : undefined,
  };
}

/** `uefi` is this system's OVMF, as in `nbft qemu`. */
function firmwareOf(word: string): string {
  if (word === "ovmf") throw new UsageError("--firmware ovmf: it is --firmware uefi now");
  return word === "uefi" ? "ovmf" : word;
}

function depthOf({ depth, initrd, system }: RunArguments): RunOptions["depth"] {
  if (depth !== undefined) return depth;
  return system !== undefined ? "os" : initrd !== undefined ? "dracut" : "connect";
}

/** A run that did not go well, or was to be kept, leaves its folder. */
function tellFolder({ folder, ended }: RunResult, { keep }: RunArguments, io: Io): void {
  if (folder === undefined) return;
  const why = keep ? "kept" : `the machine ended by ${ended}; its logs are kept`;
  note(io, `${why}: ${escapeText(folder)}`);
}

/** Console output without what it would do to this terminal. */
function consoleText(piece: Uint8Array): string {
  return withoutEscapes(new TextDecoder().decode(piece))
    .split("\n")
    .map((line) => escapeText(line.replace(/\r/g, "")))
    .join("\n");
}
