import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheKey, makeOnce } from "./cache.ts";
import type { Children } from "./children.ts";
import {
  type DebianArchive,
  defaultSuite,
  findMirror,
  type NetworkModule,
  openDebianArchive,
  type PackageFile,
  suitesOf,
  unpackPackages,
} from "./debian.ts";
import { dracutPackages, finishTree, prepareTree, systemDracut } from "./dracut.ts";
import { LabError } from "./errors.ts";
import { findProgram, needProgram } from "./programs.ts";
import type { Notice, Progress } from "./progress.ts";
import {
  busyboxFrom,
  type KernelPart,
  kernelFrom,
  nvmeFrom,
  type ProgramPart,
  systemKernel,
  tooOld,
  type Unfit,
} from "./system-parts.ts";

/** How far the lab is to be built: the quick host, or also an initramfs made by dracut, or also a whole system. */
export type BuildDepth = "connect" | "dracut" | "os";

/** Which parts to take, and from where. */
export interface BuildOptions {
  /** The lab's cache folder, see {@link labCacheFolder}. */
  readonly cache: string;
  /** Which of the host's parts are made, besides the quick host. */
  readonly depth: BuildDepth;
  /** `auto` takes what this system has and fetches the rest; `host` never fetches; `debian` takes nothing of this system. */
  readonly source: "auto" | "host" | "debian";
  /** URL of the Debian mirror; that of this system's apt sources unless given. */
  readonly mirror?: string | undefined;
  /** Debian release; `trixie` unless given. */
  readonly suite?: string | undefined;
  /** Kernel image and its `lib/modules/RELEASE`. */
  readonly kernel?: string | undefined;
  /** Folder with that kernel's modules, `lib/modules/RELEASE`. */
  readonly modules?: string | undefined;
  /** Path of a busybox, instead of this system's or Debian's. */
  readonly busybox?: string | undefined;
  /** Path of an nvme-cli, instead of this system's or Debian's. */
  readonly nvme?: string | undefined;
  /** Also what TLS needs: tlshd and modules, from Debian packages. */
  readonly tls?: boolean | undefined;
  /** Ask the mirror for newer packages even though the lab is complete. */
  readonly update?: boolean | undefined;
}

/** What long work needs from its caller. */
export interface Work {
  /** Starts the programs, and ends them when the work is given up. */
  readonly children: Children;
  /** Called with each step of the work. */
  readonly progress: Progress;
  /** Called with each sentence that a person should see. */
  readonly notice: Notice;
}

/** What a lab is made from. */
export interface Parts {
  readonly kernel: KernelPart;
  readonly busybox: ProgramPart;
  readonly nvme: ProgramPart;
  /** Makes the handshakes of TLS; where {@link BuildOptions.tls} asked for it. */
  readonly tlshd?: ProgramPart;
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

/** The parts of the last build with the same options, as long as their files are there; so a complete lab needs no network. */
export async function findParts(options: BuildOptions, work: Work): Promise<Parts> {
  const { source, suite, kernel, modules, busybox, nvme, tls } = options;
  const more = tls ? ["tls"] : [];
  const key = cacheKey(JSON.stringify([source, suite ?? defaultSuite, kernel, modules, busybox, nvme, ...more]));
  const record = join(options.cache, `parts-${key}.json`);
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
  const { source, tls, suite = defaultSuite } = options;
  const { network } = suitesOf(suite);
  if (tls && source === "host")
    throw new UnfitSystemError("TLS: the lab has tlshd from Debian packages only: take another --parts");
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
      const names = await (await archive()).kernelPackages("linux-image-cloud-amd64");
      const files = await (await archive()).fetch(names, work.progress);
      const folder = await unpackedPackages(files, join(packages, "kernel"), work);
      const found = systemKernel(folder, "debian", files[0]!.version);
      return mustFit(found, names[0]!);
    },
  );
  versions["linux"] = kernel.release;

  const fetched = new Map<string, string>();
  const tools = once(async () => {
    const files = await (await archive()).fetchWithDependencies(
      ["nvme-cli", "busybox-static", ...(tls ? ["ktls-utils"] : [])],
      work.progress,
    );
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
      // tlshd has its libraries next to those of nvme-cli, and they have to fit.
      if (tls) return { unfit: "TLS takes it from the same packages as tlshd" };
      return found ? nvmeFrom("/", found, "host") : { unfit: "this system has no nvme-cli" };
    },
    async () => {
      const root = await tools();
      const version = fetched.get("nvme-cli") ?? "";
      const old = tooOld(version);
      if (old !== undefined) throw new UnfitSystemError(`${suite}: ${old}: take another --suite`);
      return { from: "debian", version, root, path: "usr/sbin/nvme" };
    },
  );
  versions["busybox"] = busybox.version;
  versions["nvme-cli"] = nvme.version;

  const tlshd = tls ? await tlshdOf(tools, fetched) : undefined;
  if (tlshd) versions["ktls-utils"] = tlshd.version;
  const programs = { kernel, busybox, nvme, ...(tlshd && { tlshd }) };

  if (options.depth === "connect") return { ...programs, versions };
  const ownDracut = source !== "debian" && options.depth !== "os" && !tls && network === "network-manager";
  const dracut = ownDracut ? systemDracut(kernel) : undefined;
  if (dracut && !isUnfit(dracut)) {
    versions["dracut-core"] = dracut.version;
    return { ...programs, dracut, versions };
  }
  if (source === "host")
    throw new UnfitSystemError(
      dracut
        ? `dracut: ${dracut.unfit}`
        : `${network === "network-legacy" ? network : "a whole system"} is made from Debian packages only`,
    );
  await needNetworkModule(await archive(), network, suite, work);
  const files = await (await archive()).fetchWithDependencies(
    [...dracutPackages(network), ...(tls ? ["ktls-utils"] : [])],
    work.progress,
  );
  for (const { name, version } of files)
    if (/^(dracut-core|nvme-cli|libnvme\d.*|network-manager|isc-dhcp-client|systemd)$/.test(name))
      versions[name] = version;
  const tree = await unpackedPackages(files, join(packages, "tree"), work, finishTree);
  return { ...programs, tree, versions };
}

/** @throws {UnfitSystemError} where dracut has no such module; asked before the packages that it needs, which that release may lack as well. */
async function needNetworkModule(
  archive: DebianArchive,
  network: NetworkModule,
  suite: string,
  { children, progress }: Work,
): Promise<void> {
  if (network === "network-manager") return;
  const [found] = await archive.fetch(["dracut-network"], progress);
  const { stdout } = await children.run(needProgram("dpkg-deb", "unpacks Debian packages"), ["-c", found!.file]);
  if (!new TextDecoder().decode(stdout).includes(`${network}/module-setup.sh`))
    throw new UnfitSystemError(
      `${suite}: dracut-network ${found!.version} has no ${network} (Debian 13 has it, later releases do not): take trixie, or leave +${network} out`,
    );
}

/** tlshd of the tools' packages. */
async function tlshdOf(tools: () => Promise<string>, fetched: ReadonlyMap<string, string>): Promise<ProgramPart> {
  const root = await tools();
  return { from: "debian", version: fetched.get("ktls-utils") ?? "unknown", root, path: "usr/sbin/tlshd" };
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
  const key = cacheKey("1", ...files.map(({ name, version }) => `${name}=${version}`).sort());
  const folder = `${prefix}-${key}`;
  await makeOnce(folder, key, async (partial) => {
    mkdirSync(partial, { recursive: true });
    prepareTree(partial);
    await unpackPackages(files, partial, work.children, work.progress);
    finish(partial);
  });
  return folder;
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

/** Does a thing the first time that it is asked for. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
