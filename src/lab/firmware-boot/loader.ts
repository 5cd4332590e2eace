import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { cacheKey, makeOnce } from "../cache.ts";
import { findMirror, openDebianArchive, unpackPackages } from "../debian.ts";
import type { BuildOptions, Work } from "../parts.ts";
import { UnfitSystemError } from "../parts.ts";

/** Where packages put a GRUB that is one file. */
const places = [
  "usr/lib/grub/x86_64-efi/monolithic/grubx64.efi",
  "usr/share/grub2/x86_64-efi/grub.efi",
  "boot/efi/EFI/fedora/grubx64.efi",
];
const packageName = "grub-efi-amd64-unsigned";

/**
 * A GRUB for the EFI system partition: this system's, else Debian's. GRUB reads files in pieces of half a MiB; loaders that read a kernel in one
 * command, such as systemd-boot and unified kernel images, are refused by Linux's target, which takes at most 4 MiB.
 *
 * @throws {UnfitSystemError} when there is none and nothing may be fetched.
 */
export async function findGrub(options: BuildOptions, work: Work): Promise<string> {
  const own =
    options.source === "debian" ? undefined : places.map((place) => join("/", place)).find((file) => existsSync(file));
  if (own !== undefined) return own;
  if (options.source === "host") {
    throw new UnfitSystemError(
      "this system has no GRUB for EFI in one file: apt install grub-efi-amd64-unsigned · dnf install grub2-efi-x64 · zypper install grub2-x86_64-efi",
    );
  }
  const mirror = findMirror(options.mirror, options.suite);
  const folder = join(options.cache, "packages", `grub-${cacheKey(mirror.suite, packageName)}`);
  const file = join(folder, places[0]!);
  await makeOnce(folder, cacheKey(mirror.suite, packageName), async (partial) => {
    const archive = openDebianArchive(join(options.cache, "apt"), mirror, work.children);
    await archive.update();
    const packages = await archive.fetch([packageName], work.progress);
    mkdirSync(partial, { recursive: true });
    await unpackPackages(packages, partial, work.children, work.progress);
  });
  if (!existsSync(file)) throw new UnfitSystemError(`package ${packageName} has no ${places[0]}`);
  return file;
}
