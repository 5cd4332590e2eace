import { accessSync, constants, statSync } from "node:fs";
import { join } from "node:path";
import { LabError } from "./errors.ts";

/** Name of the package that has a program, by package manager. */
export interface PackageNames {
  readonly apt: string;
  readonly dnf: string;
  readonly zypper: string;
}

/** The programs that the lab may need, and where a system gets them from. */
export const programPackages = {
  "qemu-system-x86_64": { apt: "qemu-system-x86", dnf: "qemu-system-x86-core", zypper: "qemu-x86" },
  "apt-get": { apt: "apt", dnf: "apt", zypper: "apt" },
  "dpkg-deb": { apt: "dpkg", dnf: "dpkg", zypper: "dpkg" },
  tar: { apt: "tar", dnf: "tar", zypper: "tar" },
  xz: { apt: "xz-utils", dnf: "xz", zypper: "xz" },
  zstd: { apt: "zstd", dnf: "zstd", zypper: "zstd" },
  "qemu-img": { apt: "qemu-utils", dnf: "qemu-img", zypper: "qemu-img" },
  debugfs: { apt: "e2fsprogs", dnf: "e2fsprogs", zypper: "e2fsprogs" },
  mke2fs: { apt: "e2fsprogs", dnf: "e2fsprogs", zypper: "e2fsprogs" },
  unshare: { apt: "util-linux", dnf: "util-linux", zypper: "util-linux" },
  chroot: { apt: "coreutils", dnf: "coreutils", zypper: "coreutils" },
  busybox: { apt: "busybox-static", dnf: "busybox", zypper: "busybox-static" },
  nvme: { apt: "nvme-cli", dnf: "nvme-cli", zypper: "nvme-cli" },
  dracut: { apt: "dracut-core dracut-network", dnf: "dracut dracut-network", zypper: "dracut" },
} as const satisfies Record<string, PackageNames>;

export type LabProgram = keyof typeof programPackages;

/** A program that the lab needs and this system lacks. */
export class MissingProgramError extends LabError {
  override name = "MissingProgramError";
  /** Name of the program. */
  readonly program: LabProgram;

  constructor(program: LabProgram, why: string) {
    const { apt, dnf, zypper } = programPackages[program];
    super(
      `${program} is missing (${why}): apt install --no-install-recommends ${apt} · dnf install ${dnf} · zypper install ${zypper}`,
    );
    this.program = program;
  }
}

/** Folders with administrators' programs, which an ordinary user's PATH often lacks. */
const more = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/** Full path of a program in PATH or in the folders of administrators' programs; undefined where there is none. A name with a `/` is taken as it is. */
export function findProgram(name: string, path = process.env["PATH"] ?? ""): string | undefined {
  if (name.includes("/")) return isProgram(name) ? name : undefined;
  for (const folder of [...path.split(":"), ...more]) {
    const file = join(folder || ".", name);
    if (isProgram(file)) return file;
  }
  return undefined;
}

/** Like {@link findProgram}. @throws {MissingProgramError} that names the packages. */
export function needProgram(name: LabProgram, why: string): string {
  const found = findProgram(name);
  if (found === undefined) throw new MissingProgramError(name, why);
  return found;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
