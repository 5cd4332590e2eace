import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Children } from "./children.ts";
import { LabError } from "./errors.ts";
import { needProgram } from "./programs.ts";
import type { Progress } from "./progress.ts";

/** Where Debian packages come from. */
export interface DebianMirror {
  /** Address of the archive's root, the folder that has `dists`. */
  readonly url: string;
  /** Releases to take packages from, as {@link suitesOf} reads them. */
  readonly suite: string;
}

/** Packages that may come from a release of their own, by the name that is given for them. */
const movable = { "nvme-cli": "nvme-cli libnvme*", dracut: "dracut dracut-*", linux: "linux-*" } as const;

/** Where packages come from: everything but some from one release. */
export interface Suites {
  readonly base: string;
  /** By `nvme-cli`, `dracut` and `linux`. */
  readonly others: Readonly<Partial<Record<keyof typeof movable, string>>>;
  /** dracut's module that sets up the network in the initramfs. */
  readonly network: NetworkModule;
}

/** Modules of dracut that set up the network; `network-legacy` is in dracut up to Debian 13 only. */
export type NetworkModule = "network-manager" | "network-legacy";

/**
 * Reads `trixie`, `trixie+nvme-cli=sid+dracut=forky+linux=sid` or `trixie+network-legacy`. `experimental` is nvme-cli from there and everything
 * else from sid.
 *
 * @throws {LabError} for what is none of these.
 */
export function suitesOf(text: string): Suites {
  const [base = "", ...more] = (text === "experimental" ? "sid+nvme-cli=experimental" : text).split("+");
  const others: Record<string, string> = {};
  const legacy = "network-legacy";
  for (const word of more.filter((each) => each !== legacy)) {
    const [name = "", suite = ""] = word.split("=");
    if (!Object.hasOwn(movable, name) || !isSuite(suite))
      throw new LabError(
        `--suite ${text}: ${word} is not ${Object.keys(movable).join("=, ")}= and a release, nor ${legacy}`,
      );
    others[name] = suite;
  }
  if (!isSuite(base)) throw new LabError(`--suite ${text}: ${base} is not the name of a release`);
  return { base, others, network: more.includes(legacy) ? legacy : "network-manager" };
}

const isSuite = (name: string) => /^[a-z0-9][a-z0-9.-]*$/.test(name);

/** Release that the lab is made from and was tried with. */
export const defaultSuite = "trixie";

const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** A package as a file. */
export interface PackageFile {
  readonly name: string;
  readonly version: string;
  readonly file: string;
}

/** No mirror is known. */
export class NoMirrorError extends LabError {
  override name = "NoMirrorError";
}

/**
 * The mirror to use: the one given, else that of this system's own apt sources where it is a Debian system.
 *
 * @throws {NoMirrorError} where neither is there.
 */
export function findMirror(given: string | undefined, suite = defaultSuite): DebianMirror {
  const url = given ?? systemMirror();
  if (url === undefined)
    throw new NoMirrorError(
      "no Debian mirror is known: this system's apt sources name none; give one with --mirror URL or NBFT_MIRROR (https://www.debian.org/mirror/list)",
    );
  if (!/^(https?|file):\/\/[\x21-\x7e]+$/.test(url) || /[[\]]/.test(url))
    throw new NoMirrorError(`not the address of a mirror: ${url}`);
  return { url: url.replace(/\/+$/, ""), suite };
}

function systemMirror(): string | undefined {
  const folder = "/etc/apt/sources.list.d";
  const files = ["/etc/apt/sources.list"];
  if (existsSync(folder)) files.push(...readdirSync(folder).map((name) => join(folder, name)));
  return mirrorIn(files.filter((file) => existsSync(file)).map((file) => readFileSync(file, "utf8")));
}

/**
 * Address of the Debian archive in the texts of apt's sources, one-line or deb822 style (sources.list(5)): the one whose path ends in `/debian`;
 * security updates and other people's archives have other paths.
 */
export function mirrorIn(texts: readonly string[]): string | undefined {
  for (const text of texts)
    for (const line of text.split("\n")) {
      const words = line
        .replace(/#.*/, "")
        .replace(/\[[^\]]*\]/, "")
        .trim()
        .split(/\s+/);
      if (words[0] !== "deb" && words[0] !== "URIs:") continue;
      const url = words.slice(1).find((word) => /^https?:\/\/\S+\/debian\/?$/.test(word));
      if (url !== undefined) return url;
    }
  return undefined;
}

/** Asks a Debian archive for packages without touching this system: apt with folders, sources and an empty package state of its own. */
export interface DebianArchive {
  /** Brings the package lists up to date. */
  update(): Promise<void>;
  /** Packages with everything they depend on; nothing counts as installed, so that even essential ones are only taken when named or needed. */
  fetchWithDependencies(names: readonly string[], progress: Progress): Promise<PackageFile[]>;
  /** These packages alone. */
  fetch(names: readonly string[], progress: Progress): Promise<PackageFile[]>;
  /** Packages of the kernel that a meta package depends on: its image, and what forky and later have put into packages of their own: program, modules, lists of them. */
  kernelPackages(meta: string): Promise<string[]>;
}

export function openDebianArchive(folder: string, mirror: DebianMirror, children: Children): DebianArchive {
  const apt = needProgram("apt-get", "fetches Debian packages");
  const cacheProgram = apt.replace(/apt-get$/, "apt-cache");
  const archives = join(folder, "archives");
  mkdirSync(join(folder, "lists/partial"), { recursive: true });
  mkdirSync(join(archives, "partial"), { recursive: true });
  mkdirSync(join(folder, "none/partial"), { recursive: true });
  const signed = existsSync(keyring) ? `[signed-by=${keyring}] ` : "";
  const from = suitesOf(mirror.suite);
  const suites = [...new Set([from.base, ...Object.values(from.others)])];
  const lines = suites.map((suite) => `deb ${signed}${mirror.url} ${suite} main\n`);
  writeFileSync(join(folder, "sources.list"), lines.join(""));
  writeFileSync(join(folder, "preferences"), preferences(from));
  if (!existsSync(join(folder, "status"))) writeFileSync(join(folder, "status"), "");
  const options = Object.entries({
    "Dir::State": folder,
    "Dir::State::Lists": join(folder, "lists"),
    "Dir::State::status": join(folder, "status"),
    "Dir::Cache": folder,
    "Dir::Cache::archives": archives,
    "Dir::Etc::SourceList": join(folder, "sources.list"),
    "Dir::Etc::SourceParts": "/dev/null",
    "Dir::Etc::Preferences": join(folder, "preferences"),
    "Dir::Etc::PreferencesParts": "/dev/null",
    "APT::Architecture": "amd64",
    "APT::Install-Recommends": "0",
    "APT::Sandbox::User": "",
    "Acquire::Languages": "none",
    "Acquire::Retries": "3",
    "Acquire::http::Timeout": "30",
    "Debug::NoLocking": "1",
  }).flatMap(([key, value]) => ["-o", `${key}=${value}`]);
  const env = { ...process.env, LC_ALL: "C", DEBIAN_FRONTEND: "noninteractive" };
  const run = async (program: string, args: string[], cwd = folder) =>
    new TextDecoder().decode((await children.run(program, [...options, ...args], { cwd, env })).stdout);

  /** All files of a request and how much of them is not here yet. apt leaves out what it finds in its folder, so it is shown an empty one. */
  const plan = async (args: readonly string[]) => {
    const uris = await run(apt, ["-o", `Dir::Cache::archives=${join(folder, "none")}`, "-qq", "--print-uris", ...args]);
    const files = [...uris.matchAll(/^'[^']*' (\S+) (\d+)/gm)].map(([, name, size]) => ({
      file: join(archives, name!),
      size: Number(size),
    }));
    const missing = files.filter(({ file, size }) => !existsSync(file) || statSync(file).size !== size);
    return { files, missing, bytes: missing.reduce((sum, { size }) => sum + size, 0) };
  };
  const packageOf = (file: string): PackageFile => {
    const [name, version] = file.split("/").at(-1)!.split("_");
    return { name: name!, version: decodeURIComponent(version ?? ""), file };
  };
  const watch = (bytes: number, missing: readonly { file: string; size: number }[], progress: Progress) => {
    const here = () =>
      missing.reduce((sum, { file }) => sum + sizeOf(file) + sizeOf(join(archives, "partial", base(file))), 0);
    const tell = () =>
      progress({
        step: "fetch packages",
        detail: `${missing.length}, ${megabytes(bytes)}`,
        done: Math.min(1, here() / bytes),
      });
    tell();
    const timer = setInterval(tell, 250);
    return () => clearInterval(timer);
  };

  const get = async (args: readonly string[], progress: Progress): Promise<PackageFile[]> => {
    const { files, missing, bytes } = await plan(args);
    if (missing.length > 0) {
      const finish = watch(bytes, missing, progress);
      try {
        await run(apt, ["-qq", "-y", "--download-only", ...args], archives);
      } finally {
        finish();
      }
    }
    return files.map(({ file }) => packageOf(file));
  };
  const dependsOn = async (name: string) =>
    [...(await run(cacheProgram, ["depends", name])).matchAll(/^\s*Depends: (\S+)/gm)].map(([, found]) => found!);
  return {
    update: async () => {
      await run(apt, ["-qq", "update"]);
    },
    fetchWithDependencies: (names, progress) => get(["install", ...names], progress),
    fetch: (names, progress) => get(["download", ...names], progress),
    kernelPackages: async (meta) => {
      const image = (await dependsOn(meta)).find((name) => /^linux-image-\d/.test(name));
      if (image === undefined) throw new LabError(`${meta} depends on no kernel in this archive`);
      return [image, ...(await dependsOn(image)).filter((name) => /^linux-(?:base|binary|modules)-\d/.test(name))];
    },
  };
}

/**
 * Which release apt takes what from (apt_preferences(5)): the base release has priority 500. What needs a newer C library gets it: newer ones run what was
 * made for older ones.
 */
export function preferences({ base: main, others }: Suites): string {
  const pin = (packages: string, suite: string, priority: number) =>
    `Package: ${packages}\nPin: release ${suite}\nPin-Priority: ${priority}\n`;
  const more = Object.entries(others).filter(([, suite]) => suite !== main);
  return more
    .flatMap(([name, suite]) => [
      pin(movable[name as keyof typeof movable], suite, 990),
      ...(suite === "experimental" ? [] : [pin("libc6 libc-bin libc-gconv-modules-extra", suite, 500)]),
      pin("*", suite, 100),
    ])
    .join("\n");
}

const base = (file: string) => file.split("/").at(-1)!;

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}

/** A size for people, in units of a million bytes. */
function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}

/** What of a package is of no use in a guest. */
const leaveOut = ["./usr/share/doc/*", "./usr/share/man/*", "./usr/share/locale/*", "./usr/share/info/*", "./dev/*"];

/**
 * Unpacks packages over each other into a folder as they would lie in the root of a system, without running their scripts and without root's rights:
 * everything belongs to the caller.
 */
export async function unpackPackages(
  packages: readonly PackageFile[],
  folder: string,
  children: Children,
  progress: Progress,
): Promise<void> {
  const unpacker = needProgram("dpkg-deb", "unpacks Debian packages");
  const tar = needProgram("tar", "unpacks Debian packages");
  // tar fails on an archive that stops early, so that the pipeline's exit code describes dpkg-deb's failure, too.
  const pipeline = `deb=$1 folder=$2 tar=$3; shift 3; "$0" --fsys-tarfile "$deb" | "$tar" -C "$folder" -x --no-same-owner --keep-directory-symlink "$@"`;
  const queue = [...packages];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      progress({ step: "unpack packages", detail: next.name, done: 1 - (queue.length + 1) / packages.length });
      const excludes = leaveOut.map((pattern) => `--exclude=${pattern}`);
      await children.run("/bin/sh", ["-c", pipeline, unpacker, next.file, folder, tar, ...excludes]);
    }
  };
  // The order does not matter: no two of these packages hold the same file.
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
}
