import { type Command, Option } from "commander";
import { buildLab, type LabBuild } from "../../../lab/build.ts";
import { labCacheFolder } from "../../../lab/cache.ts";
import type { Paint } from "../../../output/paint.ts";
import { escapeText } from "../../../text/escape.ts";
import { paintFor } from "../../color.ts";
import type { Io } from "../../io.ts";
import { optionOf } from "../../options/add.ts";
import { colorRow, formatRow } from "../../options/rows.ts";
import { addPartOptions, type PartOptions } from "./parts.ts";
import { longWork } from "./work.ts";

interface BuildArguments extends PartOptions {
  readonly depth: "connect" | "dracut" | "os";
  readonly kernel?: string;
  readonly modules?: string;
  readonly busybox?: string;
  readonly nvme?: string;
  readonly update?: true;
  readonly outputFormat: "text" | "json";
}

/** `nbft lab build`: fetches and makes. */
export function defineBuild(command: Command, io: Io): void {
  addPartOptions(command)
    .addOption(
      new Option("--depth <depth>", "how far boots are to go").choices(["connect", "dracut", "os"]).default("dracut"),
    )
    .option("--kernel <file>", "kernel image to use")
    .option("--modules <folder>", "its modules (default: /lib/modules/RELEASE by the image's name)")
    .option("--busybox <file>", "static busybox to use")
    .option("--nvme <file>", "nvme-cli to use")
    .option("--update", "look for newer packages")
    .addOption(optionOf(formatRow(["text", "json"])))
    .addOption(optionOf(colorRow))
    .action(async (options: BuildArguments) => {
      const { outputFormat, depth, parts, suite, update, kernel, modules, busybox, nvme } = options;
      const { mirror = io.env["NBFT_MIRROR"] } = options;
      const given = { depth, source: parts, suite, update, kernel, modules, busybox, nvme };
      const build = await longWork(io, (tools) => buildLab({ ...given, mirror, cache: labCacheFolder(io.env) }, tools));
      io.out(outputFormat === "json" ? `${JSON.stringify(build, undefined, 2)}\n` : formatBuild(build, paintFor(io)));
    });
}

function formatBuild(build: LabBuild, paint: Paint): string {
  const { kernel, busybox, nvme } = build;
  const rows = [
    ["kernel", kernel.release, kernel.from],
    ["busybox", busybox.version, busybox.from],
    ["nvme-cli", nvme.version, nvme.from],
    ["target", build.targetInitrd, "made"],
    ["quick host", build.hostInitrd, "made"],
    ["root", build.rootImage, "made"],
    ...(build.dracutInitrd ? [["dracut", build.dracutInitrd, `dracut-core ${build.versions["dracut-core"]}`]] : []),
  ];
  return rows
    .map(([name, what, from]) => `${paint.bold(name!.padEnd(10))}  ${escapeText(what!)}  (${from})\n`)
    .join("");
}
