import { findFile, type InitramfsImage } from "../../initramfs/image.ts";
import { LabError } from "../errors.ts";

/** A kernel of a system's tree with its initramfs. Paths are from the tree's root, without a leading `/`. */
export interface TreeKernel {
  /** As in the names of its files: `6.12.117+deb13-cloud-amd64`. */
  readonly release: string;
  /** Path of the kernel. */
  readonly image: string;
  /** Path of its initramfs. */
  readonly initrd: string;
  /** Words of its boot loader entry that have a meaning on another disk, too. */
  readonly options: readonly string[];
}

/** Where distributions put kernels; the first group is the release. */
const kernelPlaces = [
  /^boot\/vmlinuz-(?!0-rescue)(.+)$/,
  /^(?:boot|efi|boot\/efi)\/[^/]+\/([^/]+)\/linux$/,
  /^usr\/lib\/modules\/([^/]+)\/vmlinuz$/,
];

/** Where the initramfs of a kernel lies: Debian, Fedora, openSUSE, systemd's kernel-install, image-based systems. */
const initrdPlaces = (release: string, kernel: string) => [
  `boot/initrd.img-${release}`,
  `boot/initramfs-${release}.img`,
  `boot/initrd-${release}`,
  kernel.replace(/[^/]+$/, "initrd"),
  `usr/lib/modules/${release}/initramfs.img`,
];

/**
 * The newest kernel of a tree that has an initramfs, or the one that is named.
 *
 * @throws {LabError} saying where was looked, where there is none.
 */
export function findKernel(tree: InitramfsImage, wanted?: string): TreeKernel {
  const found = [...tree.entries.keys()].flatMap((path) => {
    const release = kernelPlaces.map((place) => place.exec(path)?.[1]).find(Boolean);
    return release === undefined || !findFile(tree, path) ? [] : [{ release, image: path }];
  });
  if (found.length === 0)
    throw new LabError("no kernel in boot/vmlinuz-* or usr/lib/modules/*/vmlinuz; install one in the tree");
  const asked = wanted === undefined ? found : found.filter(({ release }) => release === wanted);
  const releases = [...new Set(found.map(({ release }) => release))].sort(byVersion).join(", ");
  if (asked.length === 0) throw new LabError(`no kernel ${wanted}; there are ${releases}`);
  const whole = asked.flatMap(({ release, image }) => {
    const initrd = initrdPlaces(release, image).find((path) => findFile(tree, path));
    return initrd === undefined ? [] : [{ release, image, initrd, options: entryOptions(tree, release) }];
  });
  const newest = whole.sort((a, b) => byVersion(a.release, b.release)).at(-1);
  if (!newest)
    throw new LabError(
      `kernel ${wanted ?? releases} has no initramfs in boot; install dracut in the tree, or run it there (dracut --no-hostonly --add nvmf)`,
    );
  return newest;
}

const versions = new Intl.Collator("en", { numeric: true });

function byVersion(a: string, b: string): number {
  return versions.compare(a, b);
}

/** Words about the disk of the machine on which an entry was written, and GRUB's variables. */
const ofOtherDisks =
  /^(?:root|rootflags|rootfstype|resume|resume_offset|console|BOOT_IMAGE|initrd|ostree)=|^rd\.(?:lvm|luks|md|dm)|^r[ow]$|\$/;

/** The options of a kernel's Boot Loader Specification entry (boot/loader/entries). */
function entryOptions(tree: InitramfsImage, release: string): string[] {
  for (const path of tree.entries.keys()) {
    if (!/^(?:boot|efi|boot\/efi)\/loader\/entries\/[^/]+\.conf$/.test(path)) continue;
    const text = new TextDecoder().decode(findFile(tree, path)?.data());
    const value = (key: string) => new RegExp(`^${key}[ \\t]+(.*)$`, "m").exec(text)?.[1]?.trim();
    if (value("version") !== release && !value("linux")?.includes(release)) continue;
    return (value("options") ?? "").split(/\s+/).filter((word) => word !== "" && !ofOtherDisks.test(word));
  }
  return [];
}
