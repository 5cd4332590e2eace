import { dirname, resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { BootDescription } from "../../../boot/description.ts";
import { firmwareOfBoot } from "../../../boot/firmware.ts";
import { parseBootDescription } from "../../../boot/parse.ts";
import { labCacheFolder } from "../../../lab/cache.ts";
import type { GivenAttempts } from "../../../lab/firmware-boot/attempts.ts";
import type { FirmwareWish } from "../../../lab/firmware-boot/firmware-boot.ts";
import { type RunOptions, type RunResult, runLab } from "../../../lab/run.ts";
import { type Fault, faults } from "../../../lab/topology/topology.ts";
import { escapeText } from "../../../text/escape.ts";
import { withoutEscapes } from "../../../text/terminal.ts";
import { verifyBoot } from "../../../verify/verify.ts";
import { type Io, UsageError } from "../../io.ts";
import { writeOutput } from "../../output.ts";
import { colorOption } from "../../paint.ts";
import { addSourceArguments, type SourceArguments } from "../../sources/arguments.ts";
import { tablesOfSources } from "../../sources/boot.ts";
import { printNotes, readAttempts } from "../../vars/attempts-source.ts";
import { readInput } from "../../vars/store-file.ts";
import { type ClaimOptions, claimFormatOption, printVerifications } from "../../verification-output.ts";
import { addPartOptions, type PartOptions } from "./parts.ts";
import { longWork } from "./work.ts";

interface RunArguments extends PartOptions, ClaimOptions, SourceArguments {
  readonly revision: "1.0" | "1.1";
  readonly depth?: RunOptions["depth"];
  readonly via: RunOptions["via"];
  readonly firmware: string;
  readonly firmwareDir?: string;
  readonly blockSize?: "512" | "4096";
  readonly namespace?: string;
  readonly program: "store" | "efidisk";
  readonly attempts?: string;
  readonly kernel?: string;
  readonly modules?: string;
  readonly initrd?: string;
  readonly overlay?: readonly string[];
  readonly cmdline?: string;
  readonly append?: string;
  readonly exactCmdline?: true;
  readonly root?: string;
  readonly target?: { readonly address: string; readonly port: number };
  readonly fault?: readonly Fault[];
  readonly disk?: readonly string[];
  readonly nicModel?: string;
  readonly memory?: number;
  readonly qemu?: string;
  readonly qemuArg?: readonly string[];
  readonly timeout?: number;
  readonly shuffle: boolean;
  readonly facts?: string;
  readonly evidence?: string;
  readonly keep?: true;
  readonly console?: true;
}

/** `nbft lab run`: boots once and judges the boot. */
export function defineRun(command: Command, io: Io): void {
  addPartOptions(addSourceArguments(command, io))
    .addOption(
      new Option("--depth <depth>", "only read the table, connect with nvme-cli, boot by dracut, or a whole system")
        .choices(["read", "connect", "dracut", "os"])
        .default(undefined, "connect; dracut with --initrd"),
    )
    .addOption(
      new Option("--via <way>", "how the table gets into the machine")
        .choices(["acpitable", "initrd"])
        .default("acpitable"),
    )
    .addOption(
      new Option("--revision <revision>", "of the table that a boot description makes")
        .choices(["1.0", "1.1"])
        .default("1.0"),
    )
    .option("--firmware <which>", "seabios, ovmf, CODE[:VARS], or a folder with both", "seabios")
    .option(
      "--firmware-dir <folder>",
      "let the Timberland firmware in this folder do the whole boot of a boot description",
    )
    .addOption(
      new Option("--block-size <bytes>", "of the namespace that the firmware boots from")
        .choices(["512", "4096"])
        .default(undefined, "the description's, else 512"),
    )
    .addOption(
      new Option("--program <way>", "write the attempts into its store, or let its own tool do it from an EFI disk")
        .choices(["store", "efidisk"])
        .default("store"),
    )
    .option(
      "--attempts <file>",
      "program these attempts, of a Config for setattempt or a variable store, instead of the description's",
    )
    .option("--namespace <image>", "disk image for that namespace, served copy-on-write, instead of the laboratory's")
    .option("--kernel <file>", "boot this kernel; without --initrd everything is made for it")
    .option("--modules <folder>", "its modules, where everything is made for it")
    .option("--initrd <file>", "boot this dracut initramfs; report hooks are appended, nothing in it is changed")
    .option("--overlay <file...>", "archives (cpio) to append to the initramfs")
    .option("--cmdline <text>", "what to say about the root file system, instead of the laboratory's own")
    .option("--append <text>", "more for the kernel's command line")
    .option("--exact-cmdline", "put nothing there to make an emulated machine faster")
    .option("--root <image>", "disk image to boot from; it is not written to")
    .option("--target <address:port>", "a target that runs already, instead of the laboratory's", parseTarget)
    .addOption(new Option("--fault <name...>", "break something on purpose").choices(Object.keys(faults)))
    .option("--disk <image...>", "disk of the host itself; it is not written to")
    .option("--no-shuffle", "keep the table's own names and addresses instead of new ones for this run")
    .option("--nic-model <model>", "QEMU's network card")
    .option("--memory <megabytes>", "memory of the host", parsePositive)
    .option("--qemu <program>", "QEMU to use")
    .option("--qemu-arg <word...>", "more arguments for the host's QEMU, as --qemu-arg=-device --qemu-arg=…")
    .option("--timeout <seconds>", "longest time that the host may run", parsePositive)
    .option("--facts <file>", "with --firmware-dir, write what was seen of the boot, for nbft predict --facts")
    .option("--evidence <file>", "keep what both machines said, for nbft verify")
    .option("--keep", "keep the folder of the run")
    .option("--console", "show the host's console while it runs")
    .addOption(claimFormatOption())
    .option("-v, --verbose", "show what was expected for claims that hold, too")
    .addOption(colorOption())
    .action(async (sources: string[], options: RunArguments) => {
      const { tables, boot } = tablesOfSources(sources, options, io);
      const described = boot && targetsOf(boot, sources[0]!);
      const firmwareBoot = firmwareWish(boot && { ...boot, targets: described! }, options, io);
      const result = await longWork(io, (tools) =>
        runLab({ ...runOptions(tables, options, io), described, firmwareBoot }, tools),
      );
      for (const { kind, about, text } of result.remarks) io.err(`nbft: ${kind}: ${escapeText(`${about}: ${text}`)}\n`);
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
    });
}

/** A description's targets; its images lie where it says, as seen from its own folder. */
function targetsOf({ targets }: BootDescription, path: string): BootDescription["targets"] {
  const full = (image: string | undefined) => image && resolve(path === "-" ? "." : dirname(path), image);
  return targets.map((target) => ({
    ...target,
    namespaces: target.namespaces.map((each) => ({ ...each, image: full(each.image) })),
  }));
}

function firmwareWish(boot: BootDescription | undefined, options: RunArguments, io: Io): FirmwareWish | undefined {
  const { firmwareDir, program } = options;
  if (firmwareDir === undefined) {
    const needs = (["attempts", "namespace", "facts", "blockSize"] as const).find(
      (name) => options[name] !== undefined,
    );
    if (needs !== undefined)
      throw new UsageError(`--${needs === "blockSize" ? "block-size" : needs} belongs to --firmware-dir`);
    return undefined;
  }
  if (boot === undefined)
    throw new UsageError(
      "--firmware-dir needs a boot description: a table does not say what is programmed into a firmware",
    );
  if (depthOf(options) === "read")
    throw new UsageError("--firmware-dir boots from the target: --depth connect, dracut or os");
  const first = boot.targets.flatMap(({ namespaces }) => namespaces).find(({ bootable }) => bootable);
  return {
    folder: firmwareDir,
    boot,
    blockSize: (options.blockSize ?? String(first?.blockSize)) === "4096" ? 4096 : 512,
    namespace: options.namespace ?? first?.image,
    program,
    attempts: options.attempts === undefined ? undefined : givenAttempts(options.attempts, io),
  };
}

function givenAttempts(path: string, io: Io): GivenAttempts {
  const source = readAttempts(io, path, "efi-guid", (text, file) =>
    firmwareOfBoot(parseBootDescription(text, { file })),
  );
  printNotes(io, path, source);
  const { config, variables, kind } = source;
  return { config, variables, text: kind === "config" ? readInput(io, path) : undefined };
}

function runOptions(tables: readonly Uint8Array[], options: RunArguments, io: Io): RunOptions {
  const { source, suite, mirror = io.env["NBFT_MIRROR"], kernel, initrd } = options;
  const depth = depthOf(options);
  if (initrd !== undefined && (depth === "read" || depth === "connect"))
    throw new UsageError("--initrd boots by dracut: --depth dracut or os");
  // A kernel without its initramfs: everything is made for it.
  const made = kernel !== undefined && initrd === undefined ? { kernel, modules: options.modules } : {};
  return {
    tables,
    depth,
    via: options.via,
    firmware: options.firmware,
    build: { cache: labCacheFolder(io.env), source, suite, mirror, ...made },
    kernel: initrd === undefined ? undefined : kernel,
    initrd,
    overlays: options.overlay,
    commandLine: options.cmdline,
    append: options.append,
    exactCommandLine: options.exactCmdline,
    root: options.root,
    shuffle: options.shuffle,
    faults: options.fault,
    target: options.target,
    disks: options.disk,
    nicModel: options.nicModel,
    memory: options.memory,
    qemu: options.qemu,
    qemuArguments: options.qemuArg,
    timeout: options.timeout,
    keep: options.keep,
    onConsole: options.console ? (piece) => io.err(consoleText(piece)) : undefined,
  };
}

function depthOf({ depth, initrd }: RunArguments): RunOptions["depth"] {
  return depth ?? (initrd === undefined ? "connect" : "dracut");
}

/** A run that did not go well, or was to be kept, leaves its folder. */
function tellFolder({ folder, ended }: RunResult, { keep }: RunArguments, io: Io): void {
  if (folder === undefined) return;
  const why = keep ? "kept" : `the machine ended by ${ended}; its logs are kept`;
  io.err(`nbft: ${why}: ${escapeText(folder)}\n`);
}

/** Console output without what it would do to this terminal. */
function consoleText(piece: Uint8Array): string {
  return withoutEscapes(new TextDecoder().decode(piece))
    .split("\n")
    .map((line) => escapeText(line.replace(/\r/g, "")))
    .join("\n");
}

function parseTarget(text: string): { address: string; port: number } {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:[\]]+)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (!match || port < 1 || port > 65535) throw new InvalidArgumentError("expected ADDRESS:PORT or [ADDRESS]:PORT");
  return { address: match[1] ?? match[2]!, port };
}

function parsePositive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError("expected a number above 0");
  return value;
}
