import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { type Children, ProgramError } from "./children.ts";
import type { NetworkModule } from "./debian.ts";
import { dracutDrivers } from "./initrds.ts";
import { type ChrootWay, runInTree } from "./namespaces.ts";
import { findProgram } from "./programs.ts";
import type { KernelPart, ProgramPart, Unfit } from "./system-parts.ts";

/** What each network module needs: dracut 112 leaves out D-Bus, which NetworkManager needs, unless it is named. */
const networkModules: Readonly<Record<NetworkModule, { packages: string; modules: string }>> = {
  "network-manager": { packages: "network-manager", modules: "network-manager dbus" },
  "network-legacy": { packages: "isc-dhcp-client", modules: "network-legacy" },
};

/** Packages whose programs dracut puts into an initramfs that boots from an NBFT. Essential ones are named, for nothing counts as installed. */
export const dracutPackages = (network: NetworkModule) => [...everyNetwork, networkModules[network].packages];

const everyNetwork =
  "systemd systemd-sysv udev dbus dracut-core dracut-network kmod nvme-cli jq iproute2 iputils-arping zstd cpio e2fsprogs bash dash coreutils sed grep gawk findutils util-linux mount login passwd gzip tar base-files ncurses-bin debianutils libc-bin hostname diffutils sysvinit-utils procps".split(
    " ",
  );

/** Modules of dracut that a lab guest has no use for; without them the image is a quarter smaller and boots faster. */
const omitted =
  "hwdb virtfs virtiofs lunmask resume nvdimm overlay-root kernel-modules-extra kernel-modules qemu systemd-pcrphase systemd-battery-check terminfo systemd-coredump";

/** Folders that unpacked packages expect to be links into `usr`. */
export function prepareTree(tree: string): void {
  for (const folder of ["bin", "sbin", "lib", "lib64"]) {
    mkdirSync(join(tree, "usr", folder), { recursive: true });
    if (!existsSync(join(tree, folder))) symlinkSync(`usr/${folder}`, join(tree, folder));
  }
  for (const folder of ["proc", "sys", "dev", "tmp", "var/tmp", "etc"])
    mkdirSync(join(tree, folder), { recursive: true });
}

/** What the packages' scripts would have made, as far as dracut and a boot need it. */
export function finishTree(tree: string): void {
  writeFileSync(
    join(tree, "etc/passwd"),
    "root:x:0:0:root:/root:/bin/bash\nmessagebus:x:100:100::/run/dbus:/usr/sbin/nologin\n",
  );
  writeFileSync(join(tree, "etc/group"), "root:x:0:\nmessagebus:x:100:\ntty:x:5:\n");
  if (!existsSync(join(tree, "usr/bin/awk"))) symlinkSync("gawk", join(tree, "usr/bin/awk"));
}

const dracutArguments = (release: string, output: string, network: NetworkModule, tls: readonly string[] = []) => [
  ...["-N", "--force", "--kver", release, "--no-compress"],
  ...["--add", `nvmf ${networkModules[network].modules}`, "--omit", omitted],
  ...["--add-drivers", [...dracutDrivers, ...tls].join(" ")],
  ...(tls.length > 0 ? ["--install", "/usr/sbin/tlshd"] : []),
  output,
];

/**
 * This system's own dracut, provided that it has the modules for NBFT, that the kernel is this system's as well, and that the caller is root: an
 * image made by anybody else lacks the files that only root may read.
 */
export function systemDracut(kernel: KernelPart, root = "/"): ProgramPart | Unfit {
  const path = findProgram("dracut");
  if (path === undefined) return { unfit: "this system has no dracut" };
  const folder = join(root, "usr/lib/dracut/modules.d");
  const modules = existsSync(folder) ? readdirSync(folder).map((name) => name.replace(/^\d+/, "")) : [];
  const missing = ["nvmf", "network-manager"].filter((name) => !modules.includes(name));
  if (missing.length > 0) return { unfit: `this system's dracut lacks ${missing.join(", ")}` };
  if (kernel.from !== "host") return { unfit: "the kernel is not this system's" };
  if (process.getuid?.() !== 0) return { unfit: "this system's dracut makes whole images for root only" };
  const said = spawnSync(path, ["--version"], { encoding: "utf8", timeout: 10_000 }).stdout ?? "";
  return { from: "host", version: /(\d[\w.-]*)/.exec(said)?.[1] ?? "unknown", root, path };
}

/** Makes an initramfs with this system's own dracut. @throws {ProgramError} with the end of its log. */
export async function runSystemDracut(
  dracut: ProgramPart,
  kernel: KernelPart,
  output: string,
  log: string,
  children: Children,
): Promise<void> {
  rmSync(log, { force: true });
  try {
    await children.run(dracut.path, dracutArguments(kernel.release, output, "network-manager"), { log });
  } catch (error) {
    throw withLog(error, log);
  }
}

/**
 * What runs in the tree: the caches that packages' scripts would have made, then dracut. The result is `/tmp/nbft-initrd.img`.
 *
 * @param tls modules that TLS needs, where the image is to have it
 */
export function dracutScript(release: string, network: NetworkModule, tls: readonly string[] | undefined): string {
  return [
    "ldconfig",
    `depmod ${release}`,
    `dracut ${dracutArguments(release, "/tmp/nbft-initrd.img", network, tls)
      .map((word) => `'${word}'`)
      .join(" ")}`,
    "",
  ].join("\n");
}

/**
 * Runs dracut in a tree of packages: an initramfs with NVMe/TCP, NBFT and NetworkManager for one kernel.
 *
 * @param script what {@link dracutScript} gave
 * @param modules the kernel's `lib/modules/RELEASE`.
 * @throws {ProgramError} with the end of dracut's log.
 */
export async function runDracut(
  tree: string,
  script: string,
  modules: string,
  way: Exclude<ChrootWay, "none">,
  output: string,
  log: string,
  children: Children,
): Promise<void> {
  const release = basename(modules);
  const own = join(tree, "usr/lib/modules", release);
  if (!existsSync(own)) cpSync(modules, own, { recursive: true });
  rmSync(log, { force: true });
  const made = join(tree, "tmp/nbft-initrd.img");
  rmSync(made, { force: true });
  try {
    await runInTree(way, tree, script, log, children);
  } catch (error) {
    throw withLog(error, log);
  }
  // dracut can end well with half of its files missing, where it could not keep their owners.
  const failed = readFileSync(log, "utf8").match(/^dracut.*(?:FAILED|ERROR):.*$/gm);
  if (failed) throw new ProgramError(`dracut: ${failed.length} installs failed, first: ${failed[0]}`, "dracut");
  copyFileSync(made, output);
  rmSync(made, { force: true });
}

function withLog(error: unknown, log: string): unknown {
  if (!(error instanceof ProgramError) || !existsSync(log)) return error;
  const end = readFileSync(log, "utf8").trim().split("\n").slice(-5).join("\n  ");
  return new ProgramError(`dracut failed, its log (${log}) ends in:\n  ${end}`, "dracut", error.ended);
}
