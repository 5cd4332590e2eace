import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withFileLockFor } from "../node/lock-file.ts";
import { runInMachine } from "./builder-machine.ts";
import { cacheKey, makeOnce } from "./cache.ts";
import { ProgramError } from "./children.ts";
import { defaultSuite, suitesOf } from "./debian.ts";
import { dracutScript, runDracut, runSystemDracut } from "./dracut.ts";
import { collectSh, hostInitSh, reportSh, rootInitSh, targetInitSh, udhcpcSh } from "./generated/guest-scripts.ts";
import { hostInitrd, targetInitrd, tlsInitrd, tlsModules } from "./initrds.ts";
import { writeKernelElf } from "./kernel-elf.ts";
import { readModuleTree } from "./modules.ts";
import { type ChrootWay, probeChroot } from "./namespaces.ts";
import { type BuildOptions, findParts, once, type Parts, type Work } from "./parts.ts";
import { makeRootImage } from "./root-image.ts";
import { makeSystemImage } from "./system-image.ts";
import type { KernelPart, ProgramPart } from "./system-parts.ts";

/** A lab that is ready: files for the guests, and what they were made from. */
export interface LabBuild {
  /** Path of the folder with the files of this build. */
  readonly folder: string;
  /** Kernel of all guests. */
  readonly kernel: KernelPart;
  /** The same kernel unpacked, for QEMU to start at once; an empty file where there is none. */
  readonly kernelElf: string;
  /** Busybox of the target and of the quick host. */
  readonly busybox: ProgramPart;
  /** nvme-cli of the quick host. */
  readonly nvme: ProgramPart;
  /** Path of the target's initramfs. */
  readonly targetInitrd: string;
  /** Path of the quick host's initramfs, for the depths `read` and `connect`. */
  readonly hostInitrd: string;
  /** What TLS adds to these two; where {@link BuildOptions.tls} asked for it. */
  readonly tlsInitrd?: string;
  /** Path of the small root file system that the target serves where there is no whole system. */
  readonly rootImage: string;
  /** A whole system's root file system; where {@link BuildOptions.depth} asked for it. */
  readonly systemImage?: string;
  /** Made by dracut; where {@link BuildOptions.depth} asked for it. */
  readonly dracutInitrd?: string;
  /** Names and versions of the packages inside, for a report. */
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * Builds what is not there yet. Parts are taken in this order: files that are named, this system's own, Debian packages unpacked without root's
 * rights. Every step leaves either its result or nothing, so that a build that was stopped goes on where it was.
 *
 * @throws {LabError} when a part is neither here nor to be had, a {@link MissingProgramError} for a program.
 */
export async function buildLab(options: BuildOptions, work: Work): Promise<LabBuild> {
  const builds = join(options.cache, "builds");
  mkdirSync(builds, { recursive: true });
  return withFileLockFor(
    builds,
    async () => makePieces(options, await findParts(options, work), work),
    30 * 60_000,
    (pid) => work.notice(`waiting for process ${pid ?? "?"}, which builds in the same cache`),
  );
}

async function makePieces(options: BuildOptions, parts: Parts, work: Work): Promise<LabBuild> {
  const { kernel, busybox, nvme, tlshd, tree, dracut: ownDracut, versions } = parts;
  const { progress, children } = work;
  const kernelKey = [kernel.release, kernel.image, stamp(kernel.image)].join(" ");
  const busyboxKey = `${busybox.path} ${stamp(busybox.path)}`;
  const folder = join(options.cache, "builds", `${kernel.release}-${cacheKey(kernelKey, busyboxKey, nvme.root)}`);
  mkdirSync(folder, { recursive: true });
  const piece = async (name: string, key: string, make: (path: string) => Promise<void> | void) => {
    const path = join(folder, name);
    await makeOnce(path, key, async (partial) => {
      progress({ step: `make ${name.replace(/-[0-9a-f]{12}(?=\.img$)/, "")}` });
      await make(partial);
    });
    return path;
  };
  const modules = once(async () => readModuleTree(kernel.modules));
  const target = await piece("target.cpio", cacheKey(kernelKey, busyboxKey, targetInitSh), async (path) =>
    writeFileSync(path, targetInitrd(busybox.path, await modules())),
  );
  const nvmeKey = `${join(nvme.root, nvme.path)} ${stamp(join(nvme.root, nvme.path))}`;
  const guest = cacheKey(hostInitSh, collectSh, reportSh, udhcpcSh);
  const host = await piece("host.cpio", cacheKey(kernelKey, busyboxKey, nvmeKey, guest), async (path) =>
    writeFileSync(path, hostInitrd(busybox.path, await modules(), nvme)),
  );
  const tls =
    tlshd &&
    (await piece("tls.cpio", cacheKey(kernelKey, nvmeKey, `${tlshd.root} ${tlshd.version}`), async (path) =>
      writeFileSync(path, tlsInitrd(await modules(), nvme, tlshd)),
    ));
  const root = await piece("root.img", cacheKey(busyboxKey, rootInitSh, "4096"), (path) =>
    makeRootImage(path, busybox.path, `${path}.tree`, children),
  );
  const kernelElf = await piece("vmlinux", cacheKey(kernelKey, "1"), (path) =>
    writeKernelElf(kernel.image, path, children),
  );
  const build = {
    folder,
    kernel,
    kernelElf,
    busybox,
    nvme,
    targetInitrd: target,
    hostInitrd: host,
    ...(tls && { tlsInitrd: tls }),
    rootImage: root,
    versions,
  };
  if (options.depth === "connect" || (tree === undefined && ownDracut === undefined)) return build;
  const dracutKey = tree ?? `${ownDracut!.path} ${ownDracut!.version}`;
  const { network } = suitesOf(options.suite ?? defaultSuite);
  const script = dracutScript(kernel.release, network, tlshd && tlsModules(await modules()));
  // Named by its key: suites that share kernel and nvme-cli share this folder, and one's initramfs must not take the place of another's.
  const imageKey = cacheKey(kernelKey, dracutKey, script);
  const dracut = await piece(`dracut-${imageKey}.img`, imageKey, async (path) => {
    progress({ step: "make dracut.img", detail: "dracut runs for about 10 s" });
    const log = join(folder, "dracut.log");
    if (ownDracut) return runSystemDracut(ownDracut, kernel, path, log, children);
    const way = await probeChroot(children);
    if (way !== "none" && (await tryDracut(way, path, log))) return;
    await runInMachine(tree!, script, path, { kernel, busybox }, options.cache, work);
  });
  if (options.depth === "dracut" || tree === undefined) return { ...build, dracutInitrd: dracut };
  const systemKey = cacheKey(kernelKey, tree, "2");
  const system = await piece(`system-${systemKey}.img`, systemKey, (path) => makeSystemImage(path, tree, children));
  return { ...build, dracutInitrd: dracut, systemImage: system };

  /** A container's root may have a chroot and still not all that dracut needs: then it goes on in a virtual machine. */
  async function tryDracut(way: Exclude<ChrootWay, "none">, path: string, log: string): Promise<boolean> {
    try {
      await runDracut(tree!, script, kernel.modules, way, path, log, children);
      return true;
    } catch (error) {
      if (way !== "chroot" || !(error instanceof ProgramError)) throw error;
      work.notice(
        `dracut did not run in a plain chroot, trying a virtual machine: ${error.message.split("\n").at(-1)?.trim()}`,
      );
      return false;
    }
  }
}

/** Size and time of a file: what changes when it is replaced. */
function stamp(file: string): string {
  const { size, mtimeMs } = statSync(file);
  return `${size} ${mtimeMs}`;
}

/** Removes everything that the lab keeps. */
export function cleanLab(cache: string): void {
  rmSync(cache, { recursive: true, force: true });
}
