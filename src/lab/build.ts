import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runInMachine } from "./builder-machine.ts";
import { keyOf, makeOnce, takeLock } from "./cache.ts";
import { type Children, ProgramError } from "./children.ts";
import {
  type DebianArchive,
  defaultSuite,
  findMirror,
  openDebianArchive,
  type PackageFile,
  unpackPackages,
} from "./debian.ts";
import {
  dracutPackages,
  dracutScript,
  finishTree,
  prepareTree,
  runDracut,
  runSystemDracut,
  systemDracut,
} from "./dracut.ts";
import { LabError } from "./errors.ts";
import { collectSh, hostInitSh, reportSh, rootInitSh, targetInitSh, udhcpcSh } from "./generated/guest-scripts.ts";
import { hostInitrd, targetInitrd } from "./initrds.ts";
import { readModuleTree } from "./modules.ts";
import { type ChrootWay, probeChroot } from "./namespaces.ts";
import { findProgram } from "./programs.ts";
import type { Notice, Progress } from "./progress.ts";
import { makeRootImage } from "./root-image.ts";
import { makeSystemImage } from "./system-image.ts";
import {
  busyboxFrom,
  type KernelPart,
  kernelFrom,
  nvmeFrom,
  type ProgramPart,
  systemKernel,
  type Unfit,
} from "./system-parts.ts";

/** How far the laboratory is to be built: the quick host, or also an initramfs made by dracut, or also a whole system. */
export type BuildDepth = "connect" | "dracut" | "os";

/** Which parts to take, and from where. */
export interface BuildOptions {
  /** The laboratory's cache folder, see {@link labCacheFolder}. */
  readonly cache: string;
  readonly depth: BuildDepth;
  /** `auto` takes what this system has and fetches the rest; `host` never fetches; `debian` takes nothing of this system. */
  readonly source: "auto" | "host" | "debian";
  readonly mirror?: string | undefined;
  readonly suite?: string | undefined;
  /** Kernel image and its `lib/modules/RELEASE`. */
  readonly kernel?: string | undefined;
  readonly modules?: string | undefined;
  readonly busybox?: string | undefined;
  readonly nvme?: string | undefined;
  /** Ask the mirror for newer packages even though the laboratory is complete. */
  readonly update?: boolean | undefined;
}

/** What long work needs from its caller. */
export interface Work {
  readonly children: Children;
  readonly progress: Progress;
  readonly notice: Notice;
}

/** A laboratory that is ready: files for the guests, and what they were made from. */
export interface LabBuild {
  readonly folder: string;
  readonly kernel: KernelPart;
  readonly busybox: ProgramPart;
  readonly nvme: ProgramPart;
  readonly targetInitrd: string;
  readonly hostInitrd: string;
  readonly rootImage: string;
  /** A whole system's root file system; where {@link BuildOptions.depth} asked for it. */
  readonly systemImage?: string;
  /** Made by dracut; where {@link BuildOptions.depth} asked for it. */
  readonly dracutInitrd?: string;
  /** Names and versions of the packages inside, for a report. */
  readonly versions: Readonly<Record<string, string>>;
}

interface Parts {
  readonly kernel: KernelPart;
  readonly busybox: ProgramPart;
  readonly nvme: ProgramPart;
  /** Folder of packages to run dracut in. */
  readonly tree?: string;
  /** This system's own dracut instead. */
  readonly dracut?: ProgramPart;
  readonly versions: Readonly<Record<string, string>>;
}

/** The parts that this system cannot give, when nothing may be fetched. */
export class UnfitSystemError extends LabError {
  override name = "UnfitSystemError";
}

/**
 * Builds what is not there yet. Parts are taken in this order: files that are named, this system's own, Debian packages unpacked without root's
 * rights. Every step leaves either its result or nothing, so that a build that was stopped goes on where it was.
 */
export async function buildLab(options: BuildOptions, work: Work): Promise<LabBuild> {
  mkdirSync(options.cache, { recursive: true });
  const release = await takeLock(join(options.cache, "lock"), 30 * 60_000, (holder) =>
    work.notice(`waiting for process ${holder}, which builds in the same cache`),
  );
  try {
    const parts = await findParts(options, work);
    return await makePieces(options, parts, work);
  } finally {
    release();
  }
}

/** The parts of the last build with the same wishes, as long as their files are there; so a complete laboratory needs no network. */
async function findParts(options: BuildOptions, work: Work): Promise<Parts> {
  const { source, suite, kernel, modules, busybox, nvme } = options;
  const wishes = keyOf(JSON.stringify([source, suite ?? defaultSuite, kernel, modules, busybox, nvme]));
  const record = join(options.cache, `parts-${wishes}.json`);
  if (!options.update && existsSync(record)) {
    const parts = JSON.parse(readFileSync(record, "utf8")) as Parts;
    const files = [
      parts.kernel.image,
      parts.kernel.modules,
      parts.busybox.path,
      join(parts.nvme.root, parts.nvme.path),
    ];
    const hasTree = parts.tree !== undefined && existsSync(parts.tree);
    const enough = options.depth === "connect" || hasTree || (options.depth === "dracut" && parts.dracut !== undefined);
    if (enough && files.every((file) => existsSync(file))) return parts;
  }
  const parts = await chooseParts(options, work);
  writeFileSync(record, JSON.stringify(parts, undefined, 2));
  return parts;
}

async function chooseParts(options: BuildOptions, work: Work): Promise<Parts> {
  const { source } = options;
  const archive = openLater(options, work);
  const packages = join(options.cache, "packages");
  const versions: Record<string, string> = {};

  const choose = async <T>(
    what: string,
    named: (() => T | Unfit) | undefined,
    own: () => T | Unfit,
    fetch: () => Promise<T>,
  ): Promise<T> => {
    if (named) {
      const part = named();
      if (!isUnfit(part)) return part;
      throw new UnfitSystemError(`${what}: ${part.unfit}`);
    }
    if (source !== "debian") {
      const part = own();
      if (!isUnfit(part)) return part;
      if (source === "host") throw new UnfitSystemError(`${what}: ${part.unfit}`);
      work.progress({ step: `${what} from Debian`, detail: part.unfit });
    }
    return fetch();
  };

  const kernel = await choose<KernelPart>(
    "kernel",
    options.kernel === undefined
      ? undefined
      : () => kernelFrom(options.kernel!, options.modules ?? modulesNextTo(options.kernel!), "named", options.kernel!),
    () => systemKernel(),
    async () => {
      const name = await (await archive()).resolveMeta("linux-image-cloud-amd64");
      const [file] = await (await archive()).fetch([name], work.progress);
      const folder = await unpackedPackages([file!], join(packages, "kernel"), work);
      const found = kernelFrom(
        onlyMatch(join(folder, "boot"), /^vmlinuz-/),
        onlyMatch(join(folder, "usr/lib/modules"), /./),
        "debian",
        file!.version,
      );
      return mustFit(found, name);
    },
  );
  versions["linux"] = kernel.release;

  const fetched = new Map<string, string>();
  const tools = once(async () => {
    const files = await (await archive()).fetchWithDependencies(["nvme-cli", "busybox-static"], work.progress);
    for (const { name, version } of files) fetched.set(name, version);
    return unpackedPackages(files, join(packages, "tools"), work);
  });
  const busybox = await choose<ProgramPart>(
    "busybox",
    options.busybox === undefined ? undefined : () => busyboxFrom(options.busybox!, "named"),
    () => {
      const found = ["busybox-static", "busybox"].map((name) => findProgram(name)).find(Boolean);
      return found ? busyboxFrom(found, "host") : { unfit: "this system has no busybox" };
    },
    async () =>
      mustFit(
        busyboxFrom(join(await tools(), "usr/bin/busybox"), "debian", fetched.get("busybox-static")),
        "busybox-static",
      ),
  );
  const nvme = await choose<ProgramPart>(
    "nvme-cli",
    options.nvme === undefined ? undefined : () => nvmeFrom("/", options.nvme!, "named"),
    () => {
      const found = findProgram("nvme");
      return found ? nvmeFrom("/", found, "host") : { unfit: "this system has no nvme-cli" };
    },
    async () => {
      const root = await tools();
      return { from: "debian", version: fetched.get("nvme-cli") ?? "", root, path: "usr/sbin/nvme" };
    },
  );
  versions["busybox"] = busybox.version;
  versions["nvme-cli"] = nvme.version;

  if (options.depth === "connect") return { kernel, busybox, nvme, versions };
  const dracut = source === "debian" || options.depth === "os" ? undefined : systemDracut(kernel);
  if (dracut && !isUnfit(dracut)) {
    versions["dracut-core"] = dracut.version;
    return { kernel, busybox, nvme, dracut, versions };
  }
  if (source === "host")
    throw new UnfitSystemError(dracut ? `dracut: ${dracut.unfit}` : "a whole system is made from Debian packages only");
  const files = await (await archive()).fetchWithDependencies(dracutPackages, work.progress);
  for (const { name, version } of files)
    if (/^(dracut-core|nvme-cli|libnvme1.*|network-manager|systemd)$/.test(name)) versions[name] = version;
  const tree = await unpackedPackages(files, join(packages, "tree"), work, finishTree);
  return { kernel, busybox, nvme, tree, versions };
}

/** apt is only asked when something is to be fetched, and its lists are brought up to date once. */
function openLater(options: BuildOptions, work: Work): () => Promise<DebianArchive> {
  return once(async () => {
    const mirror = findMirror(options.mirror, options.suite);
    const archive = openDebianArchive(join(options.cache, "apt"), mirror, work.children);
    work.progress({ step: "package lists", detail: mirror.suite });
    await archive.update();
    return archive;
  });
}

/** A folder with these packages unpacked, named by their versions. */
async function unpackedPackages(
  files: readonly PackageFile[],
  prefix: string,
  work: Work,
  finish: (folder: string) => void = () => {},
): Promise<string> {
  const key = keyOf("1", ...files.map(({ name, version }) => `${name}=${version}`).sort());
  const folder = `${prefix}-${key}`;
  await makeOnce(folder, key, async (partial) => {
    mkdirSync(partial, { recursive: true });
    prepareTree(partial);
    await unpackPackages(files, partial, work.children, work.progress);
    finish(partial);
  });
  return folder;
}

async function makePieces(options: BuildOptions, parts: Parts, work: Work): Promise<LabBuild> {
  const { kernel, busybox, nvme, tree, dracut: ownDracut, versions } = parts;
  const { progress, children } = work;
  const kernelKey = [kernel.release, kernel.image, stamp(kernel.image)].join(" ");
  const busyboxKey = `${busybox.path} ${stamp(busybox.path)}`;
  const folder = join(options.cache, "builds", `${kernel.release}-${keyOf(kernelKey, busyboxKey, nvme.root)}`);
  mkdirSync(folder, { recursive: true });
  const piece = async (name: string, key: string, make: (path: string) => Promise<void> | void) => {
    const path = join(folder, name);
    await makeOnce(path, key, async (partial) => {
      progress({ step: `make ${name}` });
      await make(partial);
    });
    return path;
  };
  const modules = once(async () => readModuleTree(kernel.modules));
  const target = await piece("target.cpio", keyOf(kernelKey, busyboxKey, targetInitSh), async (path) =>
    writeFileSync(path, targetInitrd(busybox.path, await modules())),
  );
  const nvmeKey = `${join(nvme.root, nvme.path)} ${stamp(join(nvme.root, nvme.path))}`;
  const guest = keyOf(hostInitSh, collectSh, reportSh, udhcpcSh);
  const host = await piece("host.cpio", keyOf(kernelKey, busyboxKey, nvmeKey, guest), async (path) =>
    writeFileSync(path, hostInitrd(busybox.path, await modules(), nvme)),
  );
  const root = await piece("root.img", keyOf(busyboxKey, rootInitSh, "4096"), (path) =>
    makeRootImage(path, busybox.path, `${path}.tree`, children),
  );
  const build = { folder, kernel, busybox, nvme, targetInitrd: target, hostInitrd: host, rootImage: root, versions };
  if (options.depth === "connect" || (tree === undefined && ownDracut === undefined)) return build;
  const dracutKey = tree ?? `${ownDracut!.path} ${ownDracut!.version}`;
  const dracut = await piece("dracut.img", keyOf(kernelKey, dracutKey), async (path) => {
    progress({ step: "make dracut.img", detail: "dracut runs for about 10 s" });
    const log = join(folder, "dracut.log");
    if (ownDracut) return runSystemDracut(ownDracut, kernel, path, log, children);
    const way = await probeChroot(children);
    if (way !== "none" && (await tryDracut(way, path, log))) return;
    await runInMachine(tree!, dracutScript(kernel.release), path, { kernel, busybox }, options.cache, work);
  });
  if (options.depth === "dracut" || tree === undefined) return { ...build, dracutInitrd: dracut };
  const system = await piece("system.img", keyOf(kernelKey, tree, "2"), (path) =>
    makeSystemImage(path, tree, children),
  );
  return { ...build, dracutInitrd: dracut, systemImage: system };

  /** A container's root may have a chroot and still not all that dracut needs: then it goes on in a virtual machine. */
  async function tryDracut(way: Exclude<ChrootWay, "none">, path: string, log: string): Promise<boolean> {
    try {
      await runDracut(tree!, kernel.modules, way, path, log, children);
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

function isUnfit(part: unknown): part is Unfit {
  return typeof part === "object" && part !== null && "unfit" in part;
}

function mustFit<T>(part: T | Unfit, name: string): T {
  if (isUnfit(part)) throw new UnfitSystemError(`package ${name}: ${part.unfit}`);
  return part;
}

function modulesNextTo(kernel: string): string {
  const release = kernel
    .split("/")
    .at(-1)!
    .replace(/^vmlinu[xz]-/, "");
  return `/lib/modules/${release}`;
}

function onlyMatch(folder: string, pattern: RegExp): string {
  const names = readdirSync(folder).filter((name) => pattern.test(name));
  if (names.length !== 1) throw new RangeError(`${folder}: expected one file, found ${names.length}`);
  return join(folder, names[0]!);
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

/** Removes everything that the laboratory keeps. */
export function cleanLab(cache: string): void {
  rmSync(cache, { recursive: true, force: true });
}
