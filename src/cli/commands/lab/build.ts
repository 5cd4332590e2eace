import { buildLab, type LabBuild } from "../../../lab/build.ts";
import { labCacheFolder } from "../../../lab/cache.ts";
import type { Paint } from "../../../output/paint.ts";
import { escapeText } from "../../../text/escape.ts";
import { paintFor } from "../../color.ts";
import type { RowAction } from "../../command.ts";
import type { OptionsOf } from "../../options/options-of.ts";
import type { OptionRow } from "../../options/rows.ts";
import { colorRow, formatRow } from "../../options/rows.ts";
import { partRows } from "./parts.ts";
import { longWork } from "./work.ts";

const rows = [
  ...partRows,
  {
    flags: "--depth <depth>",
    description: "how far to boot",
    choices: ["connect", "dracut", "os"],
    default: "dracut",
  },
  { flags: "--kernel <file>", description: "kernel image to use" },
  { flags: "--modules <folder>", description: "its modules (default: /lib/modules/RELEASE by the image's name)" },
  { flags: "--busybox <file>", description: "static busybox to use" },
  { flags: "--nvme <file>", description: "nvme-cli to use" },
  { flags: "--update", description: "look for newer packages" },
  formatRow(["text", "json"]),
  colorRow,
] as const satisfies readonly OptionRow[];

type BuildArguments = OptionsOf<typeof rows>;

/** `nbft lab build`: fetches and makes. */
export const buildAction: RowAction<BuildArguments> = {
  words: [],
  rows,
  async run(_, options, io) {
    const { outputFormat, depth, parts, suite, update, kernel, modules, busybox, nvme } = options;
    const { mirror = io.env["NBFT_MIRROR"] } = options;
    const given = { depth, source: parts, suite, update, kernel, modules, busybox, nvme };
    const build = await longWork(io, (tools) => buildLab({ ...given, mirror, cache: labCacheFolder(io.env) }, tools));
    io.out(outputFormat === "json" ? `${JSON.stringify(build, undefined, 2)}\n` : formatBuild(build, paintFor(io)));
  },
};

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
