import { dirname, isAbsolute, join } from "node:path";
import { InvalidArgumentError } from "commander";
import type { BootDescription } from "../../boot/description.ts";
import { bootOfTable } from "../../boot/from-table.ts";
import { configfsScript, removalScript } from "../../machine/target/configfs.ts";
import { formatNvmetcli } from "../../machine/target/nvmetcli.ts";
import { type TargetSpec, targetOfBoot } from "../../machine/target/target-spec.ts";
import { imageFormat } from "../../node/image-format.ts";
import { formatSecret } from "../../secrets/secret.ts";
import { tlshdConfig } from "../../secrets/tlshd.ts";
import { escapeText } from "../../text/escape.ts";
import type { RowCommand } from "../command.ts";
import { aboutFile, type Io, note, UsageError } from "../io.ts";
import type { OptionsOf } from "../options/options-of.ts";
import type { OptionRow } from "../options/rows.ts";
import { formatRow } from "../options/rows.ts";
import { sourceRows, sourceWords } from "../options/table-rows.ts";
import { type BootSource, bootSource } from "../sources/boot.ts";
import { oneSecret } from "../sources/secret.ts";

function parseDevice(text: string, devices: Readonly<Record<string, string>> = {}): Record<string, string> {
  const at = text.lastIndexOf("=");
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError("expected NSID=DEVICE or NQN/NSID=DEVICE");
  return { ...devices, [text.slice(0, at)]: text.slice(at + 1) };
}

const rows = [
  ...sourceRows,
  formatRow(
    ["configfs", "nvmetcli", "tlshd"],
    "shell script for configfs, nvmetcli's JSON, or the configuration of tlshd",
  ),
  {
    flags: "--device <nsid=path>",
    description:
      "block device or image of a namespace; NQN/NSID=PATH if several subsystems have the NSID (may be repeated)",
    parse: parseDevice,
  },
  { flags: "--zone <interface>", description: "the target's interface for link-local addresses" },
  { flags: "--show-secrets", description: "write the keys into nvmetcli's JSON" },
  { flags: "--remove", description: "print the script that removes the target again" },
] as const satisfies readonly OptionRow[];

type TargetOptions = OptionsOf<typeof rows>;

const formats = {
  configfs: (spec: TargetSpec, options: TargetOptions) => (options.remove ? removalScript(spec) : configfsScript(spec)),
  nvmetcli: (spec: TargetSpec, options: TargetOptions, io: Io) => {
    if (options.remove) throw new UsageError("--remove is for -o configfs; nvmetcli clear takes everything away");
    for (const { namespaces } of spec.subsystems)
      for (const { path, image, blockSize } of namespaces)
        if (image && blockSize === 512)
          note(
            io,
            `${escapeText(path)}: behind a plain file nvmet has blocks of 4096 bytes, this one was made for 512: attach it first (losetup --find --show --sector-size 512) and name the loop device with --device`,
          );
    if (spec.hosts.length === 0) return formatNvmetcli(spec);
    if (options.showSecrets) return formatNvmetcli(spec, (file) => formatSecret(oneSecret(io, file)));
    note(io, "the keys of hosts are left out, and without them the target demands nothing: --show-secrets writes them");
    return formatNvmetcli(spec);
  },
  tlshd: () => tlshdConfig,
} as const satisfies Record<TargetOptions["outputFormat"], unknown>;

/** The boot that is to be served, its images relative to this folder. */
function bootOf(source: BootSource, io: Io): BootDescription {
  if (source.kind === "boot") {
    const folder = source.path === "-" ? "." : dirname(source.path);
    const beside = (file: string | undefined) => (file === undefined || isAbsolute(file) ? file : join(folder, file));
    return {
      ...source.boot,
      targets: source.boot.targets.map((target) => ({
        ...target,
        namespaces: target.namespaces.map((namespace) => ({ ...namespace, image: beside(namespace.image) })),
        security: target.security && {
          ...target.security,
          hostSecret: beside(target.security.hostSecret),
          controllerSecret: beside(target.security.controllerSecret),
        },
      })),
    };
  }
  const [table, ...more] = source.tables;
  if (more.length > 0) throw new UsageError("one table, or one boot description");
  const name = escapeText(table!.path);
  const { description, notes } = bootOfTable(table!.reading.table, name);
  for (const text of notes) note(io, `${name}: ${escapeText(text)}`);
  return description;
}

/** `nbft target SOURCE`: the configuration of a Linux soft target that serves the boot. */
export default {
  words: sourceWords,
  rows,
  run(sources, options, io) {
    const source = bootSource(sources, options, io);
    const file = source.kind === "boot" ? source.path : source.tables[0]!.path;
    const boot = bootOf(source, io);
    // It is the same for every target: no device has to be named for it.
    if (options.outputFormat === "tlshd") return io.out(formats.tlshd());
    const places = { devices: options.device ?? {}, zone: options.zone };
    const { spec, diagnostics } = aboutFile(file, () => targetOfBoot(boot, places));
    for (const { severity, path, message, hint } of diagnostics)
      note(io, `${severity}: ${path}: ${escapeText(message)}${hint === undefined ? "" : ` (${hint})`}`);
    for (const path of new Set(spec.subsystems.flatMap(({ namespaces }) => namespaces.map((each) => each.path))))
      if (imageFormat(path) === "qcow2")
        note(
          io,
          `${escapeText(path)}: a qcow2 image, whose header nvmet would serve: convert it (qemu-img convert -O raw), or attach it (qemu-nbd --connect=/dev/nbd0) and name /dev/nbd0 with --device`,
        );
    io.out(formats[options.outputFormat](spec, options, io));
  },
  manual: { examples: [["nbft target boot.yaml --device 1=/dev/vdb | sudo sh", "sets up the kernel's soft target"]] },
} satisfies RowCommand<TargetOptions>;
