import { findFile, type InitramfsImage } from "../../initramfs/image.ts";
import type { FatFile } from "../../machine/disk/fat.ts";
import { LabError } from "../errors.ts";
import { formatGrubConfig } from "./grub-config.ts";
import type { TreeKernel } from "./kernel.ts";
import type { TreeLoader } from "./loader.ts";

/** What the EFI system partition says about the boot. */
export interface BootEntry {
  readonly title: string;
  readonly rootUuid: string;
  readonly commandLine: string;
}

/** Where firmware without boot options looks for a boot loader (UEFI 2.10, section 3.5.1.1). */
const fallback = "EFI/BOOT/BOOTX64.EFI";

/** Files of an EFI system partition that starts a tree's kernel by its boot loader. */
export function espFiles(tree: InitramfsImage, kernel: TreeKernel, loader: TreeLoader, entry: BootEntry): FatFile[] {
  const from = (path: string, source: string): FatFile => ({ path, data: fileOf(tree, source) });
  const text = (path: string, content: string): FatFile => ({ path, data: new TextEncoder().encode(content) });
  const first = from(fallback, loader.first);
  if (loader.kind === "uki") return [first];
  if (loader.kind === "systemd-boot") {
    return [
      first,
      text("loader/loader.conf", "timeout 0\ndefault nbft.conf\n"),
      text(
        "loader/entries/nbft.conf",
        `title ${entry.title}\nlinux /nbft/linux\ninitrd /nbft/initrd\noptions ${entry.commandLine}\n`,
      ),
      from("nbft/linux", kernel.image),
      from("nbft/initrd", kernel.initrd),
    ];
  }
  const { title, rootUuid, commandLine } = entry;
  const menu = formatGrubConfig(title, { kernel: kernel.image, initrd: kernel.initrd, rootUuid, commandLine });
  const beside = Object.entries(loader.beside);
  // With shim the folder of its distribution has the same programs, for boot options that name them.
  const own =
    beside.length > 0 ? loader.folders.filter((folder) => folder.startsWith("EFI/") && folder !== "EFI/BOOT") : [];
  return [
    first,
    ...["EFI/BOOT", ...own].flatMap((folder) => beside.map(([name, source]) => from(`${folder}/${name}`, source))),
    ...own.map((folder) => from(`${folder}/shimx64.efi`, loader.first)),
    ...loader.folders.map((folder) => text(`${folder}/grub.cfg`, menu)),
  ];
}

function fileOf(tree: InitramfsImage, path: string): Uint8Array {
  const file = findFile(tree, path);
  if (!file) throw new LabError(`no ${path}, which the boot takes`);
  return file.data();
}
