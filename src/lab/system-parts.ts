import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync, readFileSync } from "node:fs";
import { release as runningRelease } from "node:os";
import { join } from "node:path";
import { readElfNeeds } from "./elf.ts";
import { hostModules, targetModules } from "./initrds.ts";
import { missingModules, readModuleTree } from "./modules.ts";

/** Where a part of the lab comes from. */
export type PartSource = "named" | "host" | "debian";

/** A kernel with its modules. */
export interface KernelPart {
  readonly from: PartSource;
  readonly release: string;
  /** Version of its package, where it has one. */
  readonly version: string;
  readonly image: string;
  /** `lib/modules/RELEASE`. */
  readonly modules: string;
}

/** A program with the root folder that its libraries are found in. */
export interface ProgramPart {
  readonly from: PartSource;
  readonly version: string;
  readonly root: string;
  readonly path: string;
}

/** A part of this system that will not do, and why. */
export interface Unfit {
  readonly unfit: string;
}

/** Whether a kernel has all that the lab's guests need; else what is missing. */
export function kernelFrom(image: string, modules: string, from: PartSource, version: string): KernelPart | Unfit {
  if (!readable(image)) return { unfit: `${image} cannot be read` };
  if (!existsSync(join(modules, "modules.builtin"))) return { unfit: `${modules} holds no kernel modules` };
  const missing = missingModules(readModuleTree(modules), [...new Set([...targetModules, ...hostModules])]);
  if (missing.length > 0) return { unfit: `the kernel of ${modules} lacks ${missing.join(", ")}` };
  return { from, release: modules.split("/").at(-1)!, version, image, modules };
}

/**
 * A kernel of this system, or of packages unpacked into a folder: the running one first. Ubuntu's and Fedora's images in /boot are readable by root
 * only; from Debian forky on they are next to the modules.
 */
export function systemKernel(root = "/", from: PartSource = "host", version?: string): KernelPart | Unfit {
  const folder = [join(root, "usr/lib/modules"), join(root, "lib/modules")].find((path) => existsSync(path));
  if (folder === undefined) return { unfit: "this system has no kernel modules" };
  const running = runningRelease();
  const releases = readdirSync(folder).sort(
    (a, b) => Number(b === running) - Number(a === running) || (a < b ? 1 : -1),
  );
  let unfit = `${folder} is empty`;
  for (const release of releases) {
    const image = [join(folder, release, "vmlinuz"), join(root, "boot", `vmlinuz-${release}`)].find(readable);
    const kernel = image
      ? kernelFrom(image, join(folder, release), from, version ?? release)
      : { unfit: `no readable image of kernel ${release}` };
    if (!("unfit" in kernel)) return kernel;
    unfit = kernel.unfit;
  }
  return { unfit };
}

/** Applets that the guest scripts call. */
const applets =
  "cat chmod dd dmesg grep insmod ip ln mkdir mknod mount nc netstat poweroff sed sleep stty sync timeout udhcpc udhcpd".split(
    " ",
  );

/** A busybox, provided that it is static and has the applets that the guest scripts call. */
export function busyboxFrom(file: string, from: PartSource, version?: string): ProgramPart | Unfit {
  if (!readable(file)) return { unfit: `${file} cannot be read` };
  if (readElfNeeds(readFileSync(file)).interpreter !== undefined) return { unfit: `${file} is not static` };
  const said = say(file, ["--list"]);
  const missing = applets.filter((applet) => !said?.split(/\s+/).includes(applet));
  if (missing.length > 0) return { unfit: `${file} lacks ${missing.join(", ")}` };
  const own = /BusyBox v(\S+)/.exec(say(file, []) ?? "")?.[1];
  return { from, version: version ?? own ?? "unknown", root: "/", path: file };
}

/** An nvme-cli, provided that it can read an NBFT. */
export function nvmeFrom(root: string, path: string, from: PartSource): ProgramPart | Unfit {
  const file = join(root, path);
  if (!readable(file)) return { unfit: `${file} cannot be read` };
  const version = /version (\S+)/.exec(say(file, ["version"]) ?? "")?.[1];
  if (version === undefined) return { unfit: `${file} does not say its version` };
  const old = tooOld(version);
  return old === undefined ? { from, version, root, path } : { unfit: old };
}

/** Why an nvme-cli of this version cannot boot from a table; undefined where it can. */
export function tooOld(version: string): string | undefined {
  // Debian's 2.4+really2.3 is a 2.3.
  const [major = 0, minor = 0] = version
    .replace(/^(?:\d+:|.*\+really)/, "")
    .split(/[.-]/, 2)
    .map(Number);
  return major < 2 || (major === 2 && minor < 5)
    ? `nvme-cli ${version} is too old for connect-all --nbft, which came with 2.5`
    : undefined;
}

function say(file: string, args: string[]): string | undefined {
  try {
    return execFileSync(file, args, { encoding: "utf8", timeout: 5000, stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return undefined;
  }
}

function readable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
