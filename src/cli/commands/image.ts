import { loaderKinds } from "../../lab/image/loader-kinds.ts";
import { type SystemDisk, writeSystemDisk } from "../../lab/image/system-disk.ts";
import { formatInitramfs } from "../../output/initramfs.ts";
import type { Paint } from "../../output/paint.ts";
import { escapeText } from "../../text/escape.ts";
import { formatJson } from "../../text/json.ts";
import { paintFor } from "../color.ts";
import type { RowCommand } from "../command.ts";
import { note, raise, UsageError } from "../io.ts";
import { parseCount } from "../options/machine-rows.ts";
import type { OptionsOf } from "../options/options-of.ts";
import type { OptionRow } from "../options/rows.ts";
import { colorRow, formatRow, writeRow } from "../options/rows.ts";
import { longWork } from "./lab/work.ts";

const rows = [
  { ...writeRow("write the disk image here"), required: true },
  {
    flags: "--block-size <bytes>",
    description: "logical block size of the disk",
    choices: ["512", "4096"],
    default: "512",
  },
  {
    flags: "--size <mib>",
    description: "size of the disk in MiB (default: what the files need, plus 512)",
    parse: parseCount,
  },
  {
    flags: "--loader <kind>",
    description: "boot loader to start from (default: GRUB if there)",
    choices: loaderKinds,
  },
  {
    flags: "--kernel-release <release>",
    description: "kernel to boot (default: the newest with an initramfs)",
  },
  { flags: "--append <text>", description: "more options for the kernel command line" },
  {
    flags: "--drivers <names>",
    description: "network card modules that the initramfs must have",
    parse: (names) => names.split(","),
  },
  formatRow(["text", "json"]),
  colorRow,
] as const satisfies readonly OptionRow[];

type ImageOptions = OptionsOf<typeof rows>;

/** `nbft image ROOTDIR|TAR -w disk.img`: a bootable disk from a distribution's files. */
export default {
  words: [["<tree>", "folder with a system's files, or a tar of one"]],
  rows,
  async run([tree], options, io) {
    const { write, blockSize, size, loader, kernelRelease: kernel, append, drivers, outputFormat } = options;
    if (write === "-") throw new UsageError("-w -: a disk image is made in a file: name one");
    const disk = await longWork(io, (work) =>
      writeSystemDisk(
        tree!,
        write,
        {
          ...{ loader, kernel, append, drivers },
          blockSize: blockSize === "4096" ? 4096 : 512,
          size: size === undefined ? undefined : size * 2 ** 20,
        },
        work,
      ),
    );
    for (const text of disk.notes) note(io, escapeText(text));
    io.out(outputFormat === "json" ? formatJson(disk) : formatDisk(disk, write, paintFor(io)));
    if (disk.problems.some(({ fatal }) => fatal) || disk.findings.some(({ severity }) => severity === "error"))
      raise(io, 1);
  },
  manual: {
    examples: [["nbft image root.tar -w disk.img", "makes a bootable disk of a distribution's files"]],
    one: "the system cannot boot by NBFT; the disk is written anyway",
  },
} satisfies RowCommand<ImageOptions>;

function formatDisk(disk: SystemDisk, path: string, paint: Paint): string {
  const { name, size, blockSize, rootUuid, loader, kernel, commandLine, findings } = disk;
  const grub = Object.keys(loader.beside).find((each) => each.startsWith("grub"));
  const rows = [
    ["system", name],
    ["loader", loader.first],
    ...(grub === undefined ? [] : [["GRUB", loader.beside[grub]!]]),
    ["kernel", kernel.image],
    ["command line", commandLine],
    ["root", `ext4, UUID ${rootUuid}`],
  ];
  const lines = rows.map(([title, value]) => `  ${title!.padEnd(14)}  ${escapeText(value!)}\n`).join("");
  const told = findings.map(({ severity, message }) => {
    const mark = severity === "error" ? paint.bad("cannot boot") : paint.doubtful("note");
    return `  ${mark}: ${escapeText(message)}\n`;
  });
  const head = `${paint.bold(escapeText(path))}: ${Math.round(size / 2 ** 20)} MiB, blocks of ${blockSize}`;
  const initramfs = formatInitramfs(kernel.initrd, disk.initramfs, disk.problems, disk.unpredicted, paint);
  return `${head}\n${lines}${told.join("")}${initramfs}`;
}
